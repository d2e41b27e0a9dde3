import { describe, expect, it } from "vitest";
import { Undoing } from "../../src/editor/undoing";
import { type Answer, Keeper } from "../../src/plan/keeper";
import { type Change, type Leaves, type Value, addFloor, apply, diff, floorsOf, grow, northOf, outstanding, place, placeOf, put, removeFloor, setNorth, shiftFloor, takeOff, turnPlan } from "../../src/plan/leaves";

const START: Leaves = new Map<string, Value>([
  ["floor/main/order", 0],
  ["floor/main/picture", 7],
  ["floor/main/frame", [10, 0, 20, 0]],
  ["floor/main/title/en", ""],
  ["scene/gate/at", ["main", 10, 4]],
  ["scene/gate/north", 350],
  ["scene/court/at", null],
  ["scene/court/north", 0],
]);
const main = (leaves: Leaves): ReturnType<typeof floorsOf>[number] => floorsOf(leaves).find(({ key }) => key === "main")!;

describe("scenes on floors", () => {
  it("are put, turned and taken off, and nothing else changes", () => {
    const put = place(START, "court", "main", [1.234, -2]);
    expect(diff(START, put)).toEqual([{ path: "scene/court/at", was: null, now: ["main", 1.23, -2] }]);
    expect(diff(put, takeOff(put, "court"))).toHaveLength(1);
    expect(northOf(setNorth(START, "gate", -30), "gate")).toBe(330);
    expect(placeOf(place(START, "court", "attic", [0, 0]), "court"), "on a floor that is not there").toBeUndefined();
  });

  it("go along when the plan grows or turns", () => {
    const larger = grow(START, main(START), 2, ["gate"]);
    expect([main(larger).frame.metres, placeOf(larger, "gate")]).toEqual([40, { floor: "main", x: 10, y: 8 }]);
    const turned = turnPlan(START, main(START), 90, ["gate"]);
    expect([main(turned).frame.turned, placeOf(turned, "gate"), northOf(turned, "gate")]).toEqual([90, { floor: "main", x: 14, y: 0 }, 80]);
    expect(placeOf(turnPlan(START, main(START), 90, []), "gate")).toEqual({ floor: "main", x: 10, y: 4 });
  });
});

describe("floors", () => {
  it("come, go, and change their order", () => {
    const two = addFloor(START, "floor-2");
    expect(floorsOf(two).map(({ key }) => key)).toEqual(["main", "floor-2"]);
    expect(floorsOf(shiftFloor(two, "floor-2", -1)).map(({ key }) => key)).toEqual(["floor-2", "main"]);
    expect(shiftFloor(two, "floor-2", 1)).toBe(two);
    const one = removeFloor(two, "floor-2");
    expect(diff(START, one)).toEqual([]);
  });
});

describe("undo and redo", () => {
  it("lead back to the beginning and forth to the end", () => {
    const history = new Undoing<Leaves, Change>(START, { diff, apply });
    const acts: ((leaves: Leaves) => Leaves)[] = [
      (leaves) => addFloor(leaves, "floor-2"),
      (leaves) => place(leaves, "court", "floor-2", [3, 3]),
      (leaves) => turnPlan(leaves, main(leaves), 33, ["gate"]),
      (leaves) => put(leaves, { "floor/main/title/en": "Ground" }),
      (leaves) => takeOff(leaves, "gate"),
    ];
    for (const [i, act] of acts.entries()) history.change(`act ${i}`, act(history.state));
    const end = history.state;
    while (history.undo());
    expect(diff(START, history.state)).toEqual([]);
    while (history.redo());
    expect(diff(end, history.state)).toEqual([]);
  });
});

describe("saving by itself", () => {
  function desk(answers: Answer[]): { keeper: Keeper; sent: Change[][]; run(): void } {
    const sent: Change[][] = [];
    let waiting: (() => void) | undefined;
    const keeper = new Keeper(START, {
      send: (changes) => {
        sent.push([...changes]);
        return Promise.resolve(answers.shift() ?? { kind: "kept", kept: undefined });
      },
      later: (_, act) => {
        waiting = act;
        return () => (waiting = undefined);
      },
      now: () => 5,
      changed: () => undefined,
    });
    return { keeper, sent, run: () => waiting?.() };
  }
  const MOVED = place(START, "gate", "main", [1, 1]);

  it("sends what was changed with what it was, once", async () => {
    const { keeper, sent } = desk([]);
    keeper.note(MOVED);
    expect(await keeper.flush()).toBe(true);
    expect(await keeper.flush()).toBe(true);
    expect(sent).toEqual([[{ path: "scene/gate/at", was: ["main", 10, 4], now: ["main", 1, 1] }]]);
    expect(keeper.state).toEqual({ kind: "saved", at: 5 });
  });

  it("tries again what did not arrive, with what came meanwhile", async () => {
    const { keeper, sent, run } = desk([{ kind: "unreachable" }]);
    keeper.note(MOVED);
    expect(await keeper.flush()).toBe(false);
    keeper.note(setNorth(MOVED, "gate", 12));
    run();
    expect(await keeper.flush()).toBe(true);
    expect(sent[1]).toHaveLength(2);
  });

  it("waits where both changed the same, and then replaces what was seen or takes it", async () => {
    const theirs = { path: "scene/gate/at", label: "", was: "", mine: "", now: "", value: ["main", 9, 9] as Value };
    for (const [mine, expected] of [[true, ["main", 1, 1]], [false, undefined]] as const) {
      const { keeper, sent } = desk([{ kind: "contested", contested: [theirs] }]);
      keeper.note(MOVED);
      expect(await keeper.flush()).toBe(false);
      expect(keeper.state.kind).toBe("contested");
      keeper.settle([theirs], mine ? MOVED : put(MOVED, { "scene/gate/at": theirs.value }));
      expect(await keeper.flush()).toBe(true);
      expect(sent[1]?.[0]).toEqual(expected && { path: "scene/gate/at", was: ["main", 9, 9], now: expected });
    }
  });

  it("goes on with what an earlier page could not save, and asks where others have changed the same since", async () => {
    const theirs = place(START, "gate", "main", [9, 9]);
    const left: Change[] = [
      { path: "scene/gate/at", was: ["main", 10, 4], now: ["main", 1, 1] },
      { path: "scene/gate/north", was: 10, now: 350 },
      { path: "scene/gone/north", was: 0, now: 1 },
    ];
    const changes = outstanding(theirs, left, (path) => !path.includes("gone"));
    expect(changes, "neither what is so already nor what is not hers").toEqual(left.slice(0, 1));
    const { keeper, sent } = desk([]);
    keeper.renew(theirs);
    keeper.takeUp(changes, apply(theirs, changes));
    expect(keeper.unsaved).toEqual(changes);
    expect(await keeper.flush()).toBe(true);
    expect(sent, "sent with what it was made from").toEqual([changes]);
    expect(keeper.unsaved).toEqual([]);
  });

  it("takes over what others did elsewhere and keeps her own", () => {
    const { keeper } = desk([]);
    keeper.note(MOVED);
    const foreign = keeper.renew(setNorth(place(START, "gate", "main", [7, 7]), "court", 40));
    expect(foreign.map(({ path }) => path)).toEqual(["scene/court/north"]);
  });
});
