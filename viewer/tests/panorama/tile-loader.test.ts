import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { TileGone, TileLoader } from "../../src/panorama/tile-loader";

interface Call {
  url: string;
  signal: AbortSignal;
  done(value: string): void;
  fail(error: Error): void;
}

let calls: Call[];
let heard: string[];
let loader: TileLoader<string>;
const settle = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

afterEach(() => vi.useRealTimers());

beforeEach(() => {
  vi.useFakeTimers();
  calls = [];
  heard = [];
  loader = new TileLoader<string>(
    (url, signal) =>
      new Promise((done, fail) => {
        signal.addEventListener("abort", () => fail(new Error("aborted")));
        calls.push({ url, signal, done, fail });
      }),
    (id) => `t${id}`,
    {
      loading: (id) => heard.push(`loading ${id}`),
      loaded: (id, value) => heard.push(`loaded ${id} ${value}`),
      dropped: (id) => heard.push(`dropped ${id}`),
      failed: (id) => heard.push(`failed ${id}`),
    },
    2,
  );
});

describe("TileLoader", () => {
  it("loads in order, so many at a time", async () => {
    loader.want([3, 1, 2]);
    expect(calls.map((call) => call.url)).toEqual(["t3", "t1"]);
    calls[0]!.done("x");
    await settle();
    expect(calls.map((call) => call.url)).toEqual(["t3", "t1", "t2"]);
    expect(heard).toContain("loaded 3 x");
  });

  it("aborts what is no longer wanted and frees its place", async () => {
    loader.want([1, 2]);
    loader.want([5, 6]);
    await settle();
    expect(calls[0]!.signal.aborted && calls[1]!.signal.aborted).toBe(true);
    expect(calls.slice(2).map((call) => call.url)).toEqual(["t5", "t6"]);
    expect(heard).toContain("dropped 1");
  });

  it("does not ask twice for what is on its way", () => {
    loader.want([1]);
    loader.want([1]);
    expect(calls).toHaveLength(1);
  });

  it("tries again after 1, 2 and 4 seconds, then gives up until told", async () => {
    loader.want([1]);
    for (const pause of [1000, 2000, 4000]) {
      calls.at(-1)!.fail(new Error("network"));
      await settle();
      const before = calls.length;
      vi.advanceTimersByTime(pause - 1);
      expect(calls).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(calls).toHaveLength(before + 1);
    }
    calls.at(-1)!.fail(new Error("network"));
    await settle();
    expect(heard).toContain("failed 1");
    loader.want([1]);
    expect(calls).toHaveLength(4);
    loader.retry();
    expect(calls).toHaveLength(5);
  });

  it("does not try again for what the server does not have", async () => {
    loader.want([1]);
    calls[0]!.fail(new TileGone("t1"));
    await settle();
    vi.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(1);
    expect(heard).toContain("failed 1");
  });

  it("forgets a pause when the tile is no longer wanted", async () => {
    loader.want([1]);
    calls[0]!.fail(new Error("network"));
    await settle();
    loader.want([]);
    vi.advanceTimersByTime(60_000);
    expect(calls).toHaveLength(1);
    expect(heard).toContain("dropped 1");
  });
});
