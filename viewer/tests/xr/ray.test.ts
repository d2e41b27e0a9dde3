import { describe, expect, it } from "vitest";
import { type Vector, directionOf } from "../../src/panorama/faces";
import { type Ray, createMeeting, meetBall, meetBoard, seenFrom, withinOutline } from "../../src/xr/ray";

const direction = (yaw: number, pitch: number): Vector => directionOf(yaw, pitch, [0, 0, 0]);
const ray = (origin: Vector, yaw = 0, pitch = 0): Ray => ({ origin, direction: direction(yaw, pitch) });
/** A board 2 m ahead that faces back, scaled to 0.8 × 0.4 m. */
const BOARD = [0.8, 0, 0, 0, 0, 0.4, 0, 0, 0, 0, 1, 0, 0, 1.5, -2, 1];

describe("a ray", () => {
  it("meets a board where it lies", () => {
    const at = createMeeting();
    expect(meetBoard(ray([0, 1.5, 0]), BOARD, 1, 1, at)).toBe(true);
    expect(at).toMatchObject({ distance: 2, u: 0.5, v: 0.5 });
    expect(meetBoard(ray([0.3, 1.6, 0]), BOARD, 1, 1, at)).toBe(true);
    expect(at.u).toBeCloseTo(0.5 + 0.3 / 0.8);
    expect(at.v).toBeCloseTo(0.5 - 0.1 / 0.4);
  });

  it("misses it beside, behind, and from the back", () => {
    const at = createMeeting();
    expect(meetBoard(ray([0.5, 1.5, 0]), BOARD, 1, 1, at)).toBe(false);
    expect(meetBoard(ray([0, 1.5, 0], 180), BOARD, 1, 1, at)).toBe(false);
    expect(meetBoard(ray([0, 1.5, -4], 180), BOARD, 1, 1, at)).toBe(false);
  });

  it("meets a ball at its front", () => {
    expect(meetBall(ray([0, 0, 0]), [0, 0, -3], 1)).toBeCloseTo(2);
    expect(meetBall(ray([0, 0, -3]), [0, 0, -3], 1)).toBe(0);
    expect(meetBall(ray([0, 0, 0]), [2, 0, -3], 1)).toBeUndefined();
    expect(meetBall(ray([0, 0, 0], 180), [0, 0, -3], 1)).toBeUndefined();
  });

  it("from the hand ends where the head sees it", () => {
    const head: Vector = [0.2, 1.6, -0.1];
    for (const [yaw, pitch] of [[0, 0], [70, -30], [-140, 50]] as const) {
      const thing = direction(yaw, pitch).map((part, i) => head[i]! + part * 4.5) as Vector;
      const hand: Vector = [0.5, 1.1, -0.4];
      const way = thing.map((part, i) => part - hand[i]!) as Vector;
      const length = Math.hypot(...way);
      const out: Vector = [0, 0, 0];
      const distance = seenFrom(head, { origin: hand, direction: way.map((part) => part / length) as Vector }, 4.5, out);
      expect(distance).toBeCloseTo(length, 6);
      direction(yaw, pitch).forEach((part, i) => expect(out[i]).toBeCloseTo(part, 6));
    }
  });
});

describe("an outline", () => {
  it("holds what lies in it, all around the head", () => {
    for (const yaw of [0, 95, 179, -60]) {
      for (const pitch of [0, 40, -75]) {
        const outline = [[-8, 6], [8, 6], [8, -6], [-8, -6]].map(([y, p]) => direction(yaw + y!, pitch + p!));
        const middle = direction(yaw, pitch);
        expect(withinOutline(direction(yaw, pitch), outline, middle)).toBe(true);
        expect(withinOutline(direction(yaw + 6, pitch - 4), outline, middle)).toBe(true);
        expect(withinOutline(direction(yaw + 12, pitch), outline, middle)).toBe(false);
        expect(withinOutline(direction(yaw, pitch + 9), outline, middle)).toBe(false);
        expect(withinOutline(direction(yaw + 180, -pitch), outline, middle)).toBe(false);
      }
    }
  });

  it("of a hollow shape leaves its hollow out", () => {
    const shape = [[-10, 10], [10, 10], [10, -10], [0, 4], [-10, -10]].map(([y, p]) => direction(y!, p!));
    expect(withinOutline(direction(0, 8), shape, direction(0, 0))).toBe(true);
    expect(withinOutline(direction(0, -6), shape, direction(0, 0))).toBe(false);
  });
});
