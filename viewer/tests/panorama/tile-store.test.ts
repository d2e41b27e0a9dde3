import { describe, expect, it } from "vitest";
import { TileStore } from "../../src/panorama/tile-store";

function make(budget: number): { store: TileStore<string>; gone: string[] } {
  const gone: string[] = [];
  return { store: new TileStore<string>(budget, (value) => gone.push(value)), gone };
}

describe("TileStore", () => {
  it("drops the longest unused first, and no more than it must", () => {
    const { store, gone } = make(30);
    for (const [id, name] of ["a", "b", "c", "d"].entries()) store.put(id, name, 10);
    store.begin();
    store.use(0);
    store.end();
    expect(gone).toEqual(["b"]);
    expect(store.bytes).toBe(30);
    expect(store.state(1)).toBe("absent");
  });

  it("never drops what is in use or pinned, even above the budget", () => {
    const { store, gone } = make(10);
    for (const [id, name] of ["a", "b", "c"].entries()) store.put(id, name, 10);
    store.pin(2);
    store.begin();
    store.use(0);
    store.use(1);
    store.end();
    expect(gone).toEqual([]);
    store.unpin(2);
    store.begin();
    store.use(1);
    store.end();
    expect(gone.sort()).toEqual(["a", "c"]);
  });

  it("keeps its count of bytes over any run of puts, uses and frames", () => {
    const { store } = make(55);
    let state = 11;
    const next = (below: number): number => (state = (state * 48271) % 2147483647) % below;
    const sizes = new Map<number, number>();
    for (let i = 0; i < 2000; i++) {
      const id = next(40);
      if (store.state(id) !== "ready") {
        store.put(id, String(id), 1 + (id % 7));
        sizes.set(id, 1 + (id % 7));
      }
      store.begin();
      store.use(next(40));
      store.use(id);
      store.end();
      const held = [...sizes].filter(([known]) => store.state(known) === "ready").reduce((sum, [, bytes]) => sum + bytes, 0);
      expect(store.bytes).toBe(held);
      expect(store.bytes).toBeLessThanOrEqual(55);
      expect(store.state(id)).toBe("ready");
    }
  });

  it("keeps the first of two arrivals", () => {
    const { store, gone } = make(100);
    store.put(1, "first", 5);
    store.put(1, "second", 5);
    expect(store.value(1)).toBe("first");
    expect(gone).toEqual(["second"]);
    expect(store.bytes).toBe(5);
  });

  it("clears one pyramid and leaves another", () => {
    const { store, gone } = make(100);
    store.put(1, "one", 5);
    store.put(101, "other", 5);
    store.pin(1);
    store.clear(0, 100);
    expect(gone).toEqual(["one"]);
    expect(store.bytes).toBe(5);
  });

  it("does not unpin what is not pinned", () => {
    expect(() => make(1).store.unpin(4)).toThrow("tile 4 is not pinned");
  });
});
