import { describe, expect, it } from "vitest";
import * as commands from "../../src/editor/commands";
import { type Copy, LocalCopy, copyOf, takeUp } from "../../src/editor/local-copy";
import { Numbers } from "../../src/editor/wire";
import { draft, hotspot } from "./drafts";

function shelf() {
  const items = new Map<string, string>();
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
}

describe("what the browser keeps until the server has it", () => {
  it("comes back in another page, with what others did meanwhile", () => {
    const storage = shelf();
    const numbers = new Numbers();
    const base = draft();
    let mine = commands.moveSpot(base, "links:1", 33, -20);
    mine = commands.addHotspot(mine, hotspot(numbers.fresh("hotspots"), { yaw: 7 }));
    mine = commands.addHotspot(mine, hotspot(numbers.fresh("hotspots"), { yaw: 8 }));
    // One of them had reached the server, which has given it a number.
    numbers.renumber("hotspots", -1, 40);
    new LocalCopy<Copy>(storage, "lobby").keep(copyOf(1000, { version: 3, base, draft: mine }, numbers));

    const later = new Numbers();
    const theirs = { ...draft(), north: 12, hotspots: [...draft().hotspots, hotspot("hotspots:40", { yaw: 7 })] };
    const copy = new LocalCopy<Copy>(storage, "lobby").left(2000)!;
    const own = commands.addHotspot(theirs, hotspot(later.fresh("hotspots"), { yaw: 99 }));
    const { shown: taken, draft: hers, worth } = takeUp(own, copy, later);
    expect(worth).toBe(true);
    expect(hers.north, "what others did is none of hers").toBe(0);
    expect(taken.north).toBe(12);
    expect(taken.links[0]).toMatchObject({ key: "links:1", yaw: 33 });
    expect(taken.hotspots.map(({ yaw }) => yaw).sort((a, b) => a - b)).toEqual([7, 8, 40, 40, 99]);
    expect(new Set(taken.hotspots.map(({ key }) => key)).size).toBe(5);
  });

  it("brings nothing that the server has got all the same", () => {
    const storage = shelf();
    const numbers = new Numbers();
    const mine = commands.addHotspot(draft(), hotspot(numbers.fresh("hotspots"), { yaw: 7 }));
    new LocalCopy<Copy>(storage, "lobby").keep(copyOf(1000, { version: 3, base: draft(), draft: mine }, numbers));
    const saved = commands.addHotspot(draft(), hotspot("hotspots:77", { yaw: 7 }));
    const { shown, worth } = takeUp(saved, new LocalCopy<Copy>(storage, "lobby").left(2000)!, new Numbers());
    expect(shown).toEqual(saved);
    expect(worth).toBe(false);
  });

  it("is gone once it is saved, or after a month, and may be forbidden", () => {
    const storage = shelf();
    const copy = new LocalCopy<Copy>(storage, "lobby");
    copy.keep(copyOf(1000, { version: 3, base: draft(), draft: draft({ north: 5 }) }, new Numbers()));
    expect(new LocalCopy<Copy>(storage, "lobby").left(1000 + 31 * 24 * 3600 * 1000)).toBeUndefined();
    copy.drop();
    expect(copy.left(2000)).toBeUndefined();
    const closed = { getItem: () => "{", setItem: () => { throw new Error("full"); }, removeItem: () => undefined };
    const none = new LocalCopy<Copy>(closed, "lobby");
    none.keep(copyOf(1, { version: 3, base: draft(), draft: draft() }, new Numbers()));
    expect(none.left(2)).toBeUndefined();
  });
});
