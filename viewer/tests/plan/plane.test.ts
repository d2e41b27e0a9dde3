import { describe, expect, it } from "vitest";
import { type Point, type Sight, cornersOf, fitted, growth, grown, headingTo, scaleBar, spun, tidied, toPlan, toScreen, turn, whole, zoomed } from "../../src/plan/plane";

const SIGHT: Sight = { x: 10, y: -5, scale: 25, width: 800, height: 600 };

describe("what is seen of the plan", () => {
  it("has north on top and leads back to the metres it came from", () => {
    expect(toScreen(SIGHT, [10, -5])).toEqual([400, 300]);
    expect(toScreen(SIGHT, [11, -4])).toEqual([425, 275]);
    const [x, y] = toPlan(SIGHT, toScreen(SIGHT, [3.25, 7.5]));
    expect([x, y]).toEqual([expect.closeTo(3.25), expect.closeTo(7.5)]);
  });

  it("stays under the pointer when it comes nearer", () => {
    const at: Point = [120, 510];
    const nearer = zoomed(SIGHT, 3, at);
    expect(nearer.scale).toBe(75);
    expect(toPlan(nearer, at)).toEqual(toPlan(SIGHT, at).map((n) => expect.closeTo(n)));
  });

  it("holds all points, and something where there is none", () => {
    const points: Point[] = [[-40, 3], [60, 9], [2, -30]];
    const sight = fitted(points, 390, 500);
    for (const point of points) {
      const [x, y] = toScreen(sight, point);
      expect(x > 0 && x < 390 && y > 0 && y < 500).toBe(true);
    }
    expect(fitted([], 390, 500).scale).toBeGreaterThan(1);
    expect(Number.isFinite(fitted([[5, 5]], 390, 500).scale)).toBe(true);
  });
});

describe("the picture of a plan", () => {
  it("turns clockwise about its middle", () => {
    expect(spun([0, 1], [0, 0], 90)).toEqual([expect.closeTo(1), expect.closeTo(0)]);
    const [upperLeft, upperRight] = cornersOf({ x: 10, y: 20, metres: 8, turned: 90 }, 0.5);
    expect(upperLeft).toEqual([expect.closeTo(12), expect.closeTo(24)]);
    expect(upperRight).toEqual([expect.closeTo(12), expect.closeTo(16)]);
  });

  it("grows until a length is what it is known to be", () => {
    const frame = { x: 4, y: 4, metres: 20, turned: 0 };
    const factor = growth(5, 8)!;
    const [a, b] = [grown([0, 0], frame, factor), grown([3, 4], frame, factor)];
    expect(Math.hypot(b[0] - a[0], b[1] - a[1])).toBeCloseTo(8);
    expect(grown([4, 4], frame, factor)).toEqual([4, 4]);
    expect([growth(0, 3), growth(2, 0), growth(2, Number.NaN)]).toEqual([undefined, undefined, undefined]);
  });
});

describe("headings and numbers", () => {
  it("go clockwise from north", () => {
    expect([[0, 1], [1, 0], [0, -1], [-1, 0]].map((to) => headingTo([0, 0], to as unknown as Point))).toEqual([0, 90, 180, 270]);
    expect([whole(-90), whole(720), whole(359.999)]).toEqual([270, 0, 0]);
    expect([turn(270), turn(-180), turn(180)]).toEqual([-90, -180, -180]);
  });

  it("are no finer than anybody means", () => {
    expect(tidied([1.23456, -0.001])).toEqual([1.23, 0]);
    expect(Object.is(tidied([0, -0.001])[1], 0)).toBe(true);
  });

  it("make a scale bar of a round length that fits", () => {
    for (const scale of [0.05, 1, 7, 33, 400]) {
      const metres = scaleBar(scale, 200);
      expect(metres * scale).toBeLessThanOrEqual(200);
      expect(metres * scale).toBeGreaterThan(200 / 2.6);
      expect(String(metres).replace(/[.0]/g, "").slice(0, 1)).toMatch(/[125]/);
    }
  });
});
