import { describe, expect, it } from "vitest";
import * as commands from "../../src/editor/commands";
import type { Corner, Draft } from "../../src/editor/draft";
import { History } from "../../src/editor/history";
import { apply, diff } from "../../src/editor/patch";
import { dice, draft, hotspot, link } from "./drafts";

const OUTLINE: Corner[] = [[30, 10], [50, 10], [50, -10], [30, -10]];

/** One command or another, on one spot or another. */
function anyCommand(now: Draft, random: () => number, made: { count: number }): Draft {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const key = pick([...now.links, ...now.hotspots])?.key ?? "links:none";
  const thing = pick(now.hotspots)?.key ?? "hotspots:none";
  const fresh = --made.count;
  const choices: (() => Draft)[] = [
    () => commands.moveSpot(now, key, random() * 400 - 200, random() * 200 - 100),
    () => commands.removeSpot(now, key),
    () => commands.addLink(now, link(`links:${fresh}`, { yaw: random() * 90, back: { yaw: random() * 90, pitch: 0, follows: true } })),
    () => commands.addHotspot(now, hotspot(`hotspots:${fresh}`, { polygon: random() < 0.5 ? OUTLINE : null })),
    () => commands.setPolygon(now, thing, random() < 0.3 ? null : OUTLINE),
    () => commands.insertCorner(now, thing, Math.floor(random() * 3)),
    () => commands.moveCorner(now, thing, 1, random() * 90, random() * 30),
    () => commands.removeCorner(now, thing, 1),
    () => commands.setText(now, key, "title", random() < 0.5 ? "en" : "zh-Hans", random() < 0.3 ? "" : `words ${random()}`),
    () => commands.setLevel(now, { pitch: random() * 20 - 10, roll: random() * 20 - 10 }),
    () => commands.setScene(now, { north: random() * 360, plan_x: random() * 9, plan_y: random() * 9 }),
    () => commands.setFirstView(now, { yaw: random() * 360, pitch: random() * 90, fov: random() * 100 }),
  ];
  return pick(choices)!();
}

describe("undo and redo", () => {
  it("lead back to the beginning and forth to the end, whatever was done", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = dice(seed);
      const made = { count: 0 };
      const first = draft();
      const history = new History(first);
      const states = [first];
      for (let i = 0; i < 30; i++) {
        if (history.change("moved", anyCommand(history.draft, random, made))) states.push(history.draft);
      }
      for (const state of states.slice(0, -1).reverse()) {
        history.undo();
        expect(history.draft).toEqual(state);
      }
      expect(history.undo()).toBe(false);
      for (const state of states.slice(1)) {
        history.redo();
        expect(history.draft).toEqual(state);
      }
      expect(history.redo()).toBe(false);
    }
  });

  it("leaves what others have done meanwhile", () => {
    for (let seed = 100; seed <= 140; seed++) {
      const random = dice(seed);
      const history = new History(draft());
      history.change("moved", commands.moveSpot(history.draft, "links:1", 99, 0));
      history.change("added", commands.addHotspot(history.draft, hotspot("hotspots:-1")));
      const other = draft();
      const theirs = commands.setText(commands.setScene(other, { north: random() * 360 }), "hotspots:5", "title", "en", `Theirs ${seed}`);
      history.absorb(diff(other, theirs));
      history.undo();
      history.undo();
      expect(history.draft).toEqual(theirs);
      history.redo();
      history.redo();
      expect(history.draft.north).toBe(theirs.north);
      expect(history.draft.links[0]!.yaw).toBe(99);
    }
  });

  it("passes over what somebody else has removed", () => {
    const history = new History(draft());
    history.change("moved", commands.moveSpot(history.draft, "links:1", 99, 0));
    history.absorb(diff(draft(), commands.removeSpot(draft(), "links:1")));
    history.undo();
    expect(history.draft.links.map(({ key }) => key)).toEqual(["links:2"]);
  });

  it("takes a whole drag back at once, and the next one by itself", () => {
    const history = new History(draft());
    for (const yaw of [11, 12, 13]) history.change("moved", commands.moveSpot(history.draft, "links:1", yaw, -20), "drag 1");
    history.settle();
    for (const yaw of [14, 15]) history.change("moved", commands.moveSpot(history.draft, "links:1", yaw, -20), "drag 1");
    history.undo();
    expect(history.draft.links[0]!.yaw).toBe(13);
    history.undo();
    expect(history.draft).toEqual(draft());
    expect(history.redoable).toBe("moved");
  });

  it("has nothing to take back where nothing was changed", () => {
    const history = new History(draft());
    expect(history.change("moved", commands.moveSpot(draft(), "links:1", 10, -20))).toBe(false);
    expect(history.undoable).toBeUndefined();
  });

  it("applies what it finds different", () => {
    for (let seed = 200; seed <= 230; seed++) {
      const random = dice(seed);
      const made = { count: 0 };
      let now = draft();
      for (let i = 0; i < 10; i++) now = anyCommand(now, random, made);
      expect(apply(draft(), diff(draft(), now))).toEqual(now);
    }
  });
});
