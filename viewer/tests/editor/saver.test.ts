import { describe, expect, it } from "vitest";
import * as commands from "../../src/editor/commands";
import { History } from "../../src/editor/history";
import { copyOf, takeUp } from "../../src/editor/local-copy";
import { resolve } from "../../src/editor/resolve";
import { type Answer, Saver } from "../../src/editor/saver";
import { Numbers, type Sent, type WireDraft, fromWire, toWire } from "../../src/editor/wire";
import { draft, hotspot, link } from "./drafts";

/** A server, a clock and an editor around a saver. */
function desk() {
  const numbers = new Numbers();
  const first = fromWire(toWire(draft(), new Numbers()), numbers);
  const history = new History(first);
  const sent: Sent[] = [];
  const answers: ((sent: Sent) => Answer)[] = [];
  let due: (() => void) | undefined;
  let version = 7;
  const keep = (body: Sent, ids: Record<string, number> = {}, backs = {}): Answer => {
    const renumbered = structuredClone(body.draft) as WireDraft;
    for (const spot of [...renumbered.links, ...renumbered.hotspots]) spot.id = ids[String(spot.id)] ?? spot.id;
    const given = (list: "links" | "hotspots") => Object.fromEntries(Object.entries(ids).filter(([id]) => body.draft[list].some((spot) => String(spot.id) === id)));
    return { kind: "kept", kept: { version: ++version, draft: renumbered, ids: { links: given("links"), hotspots: given("hotspots") }, backs } };
  };
  const saver = new Saver(version, first, numbers, {
    send: async (body) => {
      sent.push(structuredClone(body));
      return (answers.shift() ?? keep)(body);
    },
    later: (_, act) => {
      due = act;
      return () => {
        due = undefined;
      };
    },
    now: () => 1000,
    changed: () => undefined,
    absorb: (steps) => {
      history.absorb(steps);
      return history.draft;
    },
    kept: () => undefined,
  });
  const change = (next = history.draft): void => {
    history.change("moved", next);
    saver.note(history.draft);
  };
  /** Lets the time pass that it waits for. */
  const pass = async (): Promise<void> => {
    due?.();
    due = undefined;
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { numbers, history, sent, answers, saver, change, pass, keep, isWaiting: () => due !== undefined };
}

describe("saving by itself", () => {
  it("says what it does, and sends one request for many changes", async () => {
    const { history, saver, sent, change, pass } = desk();
    change(commands.moveSpot(history.draft, "links:1", 11, -20));
    change(commands.moveSpot(history.draft, "links:1", 12, -20));
    expect(saver.state.kind).toBe("waiting");
    expect(sent).toHaveLength(0);
    await pass();
    expect(saver.state).toEqual({ kind: "saved", at: 1000 });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ version: 7, backs: [], undone: [] });
    expect(sent[0]!.draft.links[0]).toMatchObject({ id: 1, yaw: 12 });
  });

  it("tries again while the server can't be reached, and loses nothing", async () => {
    const { history, saver, sent, answers, change, pass, isWaiting } = desk();
    answers.push(() => ({ kind: "unreachable" }), () => ({ kind: "unreachable" }));
    change(commands.moveSpot(history.draft, "links:1", 11, -20));
    await pass();
    expect(saver.state.kind).toBe("unreachable");
    expect(saver.dirty).toBe(true);
    change(commands.moveSpot(history.draft, "links:2", 55, -20));
    await pass();
    expect(saver.state.kind).toBe("unreachable");
    expect(isWaiting()).toBe(true);
    await pass();
    expect(saver.state.kind).toBe("saved");
    expect(sent.at(-1)!.draft.links.map((spot) => spot["yaw"])).toEqual([11, 55]);
  });

  it("keeps a new spot's number, and knows a deleted one again after undoing", async () => {
    const { history, saver, sent, answers, change, pass, numbers, keep } = desk();
    const key = numbers.fresh("hotspots");
    answers.push((body) => keep(body, { "-1": 40 }));
    change(commands.addHotspot(history.draft, hotspot(key)));
    await pass();
    change(commands.removeSpot(history.draft, key));
    await pass();
    expect(sent[1]!.draft.hotspots).toHaveLength(2);
    answers.push((body) => keep(body, { "40": 41 }));
    history.undo();
    saver.note(history.draft);
    await pass();
    expect(sent[2]!.draft.hotspots.at(-1)!.id).toBe(40);
    change(commands.moveSpot(history.draft, key, 1, 2));
    await pass();
    expect(sent[3]!.draft.hotspots.at(-1)).toMatchObject({ id: 41, yaw: 1 });
  });

  it("asks for a way back once, and takes it back with its link", async () => {
    const { history, saver, sent, answers, change, pass, numbers, keep } = desk();
    const key = numbers.fresh("links");
    answers.push((body) => keep(body, { "-1": 90 }, { "-1": { scene: "court", id: 91 } }));
    change(commands.addLink(history.draft, link(key, { target: "court", back: { yaw: -170, pitch: 0, follows: true } })));
    await pass();
    expect(sent[0]!.backs).toEqual([{ link: -1, yaw: -170, pitch: 0 }]);
    change(commands.moveSpot(history.draft, "links:2", 5, 0));
    await pass();
    expect(sent[1]!.backs).toEqual([]);
    history.undo();
    history.undo();
    saver.note(history.draft);
    await pass();
    expect(sent[2]!.undone).toEqual([{ scene: "court", id: 91 }]);
    expect(saver.dirty).toBe(false);
    history.redo();
    saver.note(history.draft);
    answers.push((body) => keep(body, {}, { "90": { scene: "court", id: 95 } }));
    await pass();
    expect(sent[3]!.backs).toHaveLength(1);
    // The way turned: so does the way back.
    change(commands.moveSpot(history.draft, key, 20, -20));
    await pass();
    expect(sent[4]).toMatchObject({ undone: [{ scene: "court", id: 95 }], backs: [{ link: 90, yaw: -160 }] });
  });

  it("takes over what others have changed, without making it hers to undo", async () => {
    const { history, answers, change, pass, keep } = desk();
    answers.push((body) => {
      const answer = keep(body) as Extract<Answer, { kind: "kept" }>;
      answer.kept.draft["north"] = 123;
      return answer;
    });
    change(commands.moveSpot(history.draft, "links:1", 11, -20));
    await pass();
    expect(history.draft.north).toBe(123);
    history.undo();
    expect(history.draft.north).toBe(123);
    expect(history.draft.links[0]!.yaw).toBe(10);
  });

  it("waits with what is refused until something is changed", async () => {
    const { history, saver, sent, answers, change, pass, isWaiting } = desk();
    answers.push(() => ({ kind: "refused", why: "No such scene." }));
    change(commands.moveSpot(history.draft, "links:1", 11, -20));
    await pass();
    expect(saver.state).toEqual({ kind: "refused", why: "No such scene." });
    expect(isWaiting()).toBe(false);
    history.undo();
    saver.note(history.draft);
    expect(saver.state.kind).toBe("saved");
    expect(saver.dirty).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it("asks where both changed the same, and saves what was chosen", async () => {
    const { history, saver, sent, answers, change, pass, numbers } = desk();
    answers.push((body) => {
      const theirs = structuredClone(body.draft);
      theirs.links[0]!["yaw"] = 60;
      theirs["north"] = 5;
      const rows = [
        { path: ["links", "1", "yaw"], part: "", label: "", was: "", mine: "", now: "" },
        { path: ["north"], part: "", label: "", was: "", mine: "", now: "" },
      ];
      return { kind: "contested", contested: { version: 12, draft: theirs, contested: rows } };
    });
    change(commands.setScene(commands.moveSpot(history.draft, "links:1", 50, -20), { north: 9 }));
    await pass();
    const { state } = saver;
    if (state.kind !== "contested") throw new Error(state.kind);
    const chosen = resolve(state.contested, history.draft, [true, false], numbers);
    expect([chosen.links[0]!.yaw, chosen.north]).toEqual([50, 5]);
    saver.settle(state.contested.version, chosen);
    await pass();
    expect(sent[1]).toMatchObject({ version: 12, draft: { north: 5 } });
    expect(saver.state.kind).toBe("saved");
  });
});

describe("what an earlier page left", () => {
  it("is sent as a change of the version of then, so that others' changes are compared with it", async () => {
    const { history, numbers, saver, sent, answers, change, pass } = desk();
    // Somebody has turned it, and removed a hotspot that she moved.
    const then = commands.addHotspot(commands.setScene(history.draft, { north: 3 }), hotspot("hotspots:99"));
    const hers = commands.moveSpot(commands.moveSpot(then, "links:1", 33, -20), "hotspots:99", 1, 1);
    const left = takeUp(history.draft, copyOf(0, { version: 5, base: then, draft: hers }, numbers), numbers);
    history.change("left", left.shown);
    saver.takeUp(left);
    change(commands.moveSpot(history.draft, "links:2", 55, -20));
    expect(saver.unsaved?.version, "until the server has it the browser keeps it as it was").toBe(5);
    answers.push((body) => ({ kind: "contested", contested: { version: 7, draft: body.draft, contested: [{ path: ["north"], part: "", label: "", was: "3", mine: "3", now: "0" }] } }));
    await pass();
    expect(sent[0]).toMatchObject({ version: 5, draft: { north: 3 } });
    expect(sent[0]!.draft.links.map(({ yaw }) => yaw)).toEqual([33, 55]);
    expect(sent[0]!.draft.hotspots.at(-1)).toMatchObject({ id: 99, yaw: 1 });
    expect(saver.state.kind).toBe("contested");
    if (saver.state.kind !== "contested") return;
    saver.settle(7, resolve(saver.state.contested, saver.mine, [false], numbers));
    await pass();
    expect(sent[1]!.version).toBe(7);
    expect(saver.state.kind).toBe("saved");
  });
});
