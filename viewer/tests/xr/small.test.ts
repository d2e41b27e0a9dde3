import { describe, expect, it } from "vitest";
import { CALLS, tilesBeside } from "../../src/xr/budget";
import { comfortOf } from "../../src/xr/comfort";
import { DWELL, Dwell } from "../../src/xr/dwell";
import { MenuPlace } from "../../src/xr/menu-place";
import { firstLines, linesOf, shortened } from "../../src/xr/words";

describe("looking at a thing for a while", () => {
  const frames = (dwell: Dwell, thing: unknown, item: number, seconds: number): number => {
    let presses = 0;
    for (let i = 0; i < seconds * 60; i++) if (dwell.look(thing, item, 1 / 60)) presses++;
    return presses;
  };

  it("presses it once", () => {
    const dwell = new Dwell();
    expect(frames(dwell, "board", 3, DWELL * 0.9)).toBe(0);
    expect(dwell.share).toBeCloseTo(0.9, 1);
    expect(frames(dwell, "board", 3, DWELL * 4)).toBe(1);
    expect(dwell.share).toBe(0);
  });

  it("begins anew at another thing, and not after a glance aside", () => {
    const dwell = new Dwell();
    frames(dwell, "board", 3, DWELL * 0.9);
    expect(frames(dwell, "board", 4, DWELL * 0.9)).toBe(0);
    expect(frames(dwell, undefined, -1, 0.15)).toBe(0);
    expect(frames(dwell, "board", 4, DWELL * 0.2)).toBe(1);
    frames(dwell, undefined, -1, 1);
    expect(frames(dwell, "board", 4, DWELL * 1.2)).toBe(1);
  });
});

describe("the menu", () => {
  it("comes to the wrist that is looked at, and stays a little longer than it came", () => {
    const place = new MenuPlace();
    for (const [facing, atWrist] of [[0.2, false], [0.8, true], [0.5, true], [0.3, false], [0.5, false], [undefined, false]] as const) {
      place.tick(facing, 0, 0);
      expect(place.atWrist, String(facing)).toBe(atWrist);
    }
  });

  it("waits below, and follows whoever has turned far and looks up again", () => {
    const place = new MenuPlace();
    place.tick(undefined, 100, 0);
    expect(place.yaw).toBe(100);
    place.tick(undefined, 140, 0);
    expect(place.yaw).toBe(100);
    place.tick(undefined, 170, -40);
    expect(place.yaw, "whoever looks down at it does not chase it").toBe(100);
    place.tick(undefined, 170, -5);
    expect(place.yaw).toBe(170);
    place.tick(undefined, -160, -5);
    expect(place.yaw).toBe(170);
    place.recenter();
    place.tick(undefined, -160, -40);
    expect(place.yaw).toBe(-160);
  });
});

describe("comfort", () => {
  it("is gentle where nothing else was chosen", () => {
    for (const kept of [undefined, null, 7, "x", {}, { step: 31, glides: "yes" }]) expect(comfortOf(kept)).toEqual({ glides: false, step: 30, seated: false });
    expect(comfortOf({ glides: true, step: 90, seated: true })).toEqual({ glides: true, step: 90, seated: true });
  });
});

describe("the budget", () => {
  it("leaves tiles what other things do not take, and never fewer than a picture needs", () => {
    for (let others = 0; others <= 34; others++) expect(2 * (tilesBeside(others) + others + 2)).toBeLessThanOrEqual(CALLS);
    expect(tilesBeside(200)).toBeGreaterThanOrEqual(14);
  });
});

describe("words on a board", () => {
  const measure = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > "\u2fff" ? 20 : 10), 0);

  it("break between Han characters and between words", () => {
    expect(linesOf("天津博物馆藏", 60, measure)).toEqual(["天津博", "物馆藏"]);
    expect(linesOf("a vase of the Qing", 100, measure)).toEqual(["a vase of", "the Qing"]);
    expect(linesOf("one\ntwo", 300, measure)).toEqual(["one", "two"]);
  });

  it("never begin a line with a closing mark", () => {
    expect(linesOf("天津博，物馆", 60, measure)).toEqual(["天津", "博，物", "馆"]);
  });

  it("break a word that is wider than the board", () => {
    for (const line of linesOf("x".repeat(47), 100, measure)) expect(measure(line)).toBeLessThanOrEqual(100);
  });

  it("keep all letters", () => {
    const text = "明清時期的 blue-and-white 瓷器，見於《天工開物》。";
    expect(linesOf(text, 90, measure).join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
  });

  it("say when there is more", () => {
    expect(firstLines("天津博物馆藏品", 60, 2, measure)).toEqual(["天津博", "物馆…"]);
    expect(firstLines("天津", 60, 2, measure)).toEqual(["天津"]);
    expect(shortened("天津博物馆", 60, measure)).toBe("天津…");
  });
});
