import { describe, expect, it } from "vitest";
import { sideOf } from "../../src/tour/label";
import { readingOrder } from "../../src/tour/marks";
import { markPitch } from "../../src/tour/ways-out";
import type { TourHotspot, TourLink } from "../../src/tour/types";

const hotspot = (id: number, yaw: number, pitch: number): TourHotspot => ({ id, kind: "text", yaw, pitch, title: {} });
const link = (kind: string, pitch: number): TourLink => ({ id: 1, kind, yaw: 0, pitch, title: {}, tour: "", url: "" });

describe("the side of the next scene that one will face", () => {
  it.each([
    [0, 0],
    [44, 0],
    [46, 1],
    [90, 1],
    [179, 2],
    [-179, 2],
    [-90, 3],
    [-46, 3],
    [-44, 0],
  ])("at yaw %d is %d", (yaw, side) => expect(sideOf(yaw)).toBe(side));
});

describe("reading order", () => {
  it("goes from left to right, each column from the top", () => {
    const order = readingOrder([hotspot(1, 40, -5), hotspot(2, -30, 0), hotspot(3, 41, 10), hotspot(4, 5, 0)], 0);
    expect(order.map((one) => one.id)).toEqual([2, 4, 3, 1]);
  });

  it("begins behind the left shoulder of the first view", () => {
    const order = readingOrder([hotspot(1, 10, 0), hotspot(2, -170, 0), hotspot(3, 170, 0)], 180);
    expect(order.map((one) => one.id)).toEqual([1, 3, 2]);
  });
});

describe("a way's mark", () => {
  it("lies on the floor where one walks", () => {
    expect(markPitch(link("walk", 0))).toBeLessThan(-20);
    expect(markPitch(link("walk", -12))).toBe(-12);
  });

  it("floats where the curator put a jump", () => expect(markPitch(link("time", 5))).toBe(5));
});
