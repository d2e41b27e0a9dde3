import { describe, expect, it } from "vitest";
import { type Look, follow } from "../../src/zoom/look";

const start: Look = { x: 0.5, y: 0.5, zoom: 1, turn: 0 };

describe("two linked pictures", () => {
  it("stay alike where they were alike", () => {
    const after = { x: 0.2, y: 0.7, zoom: 4, turn: 90 };
    expect(follow(start, after, start)).toEqual(after);
  });

  it("keep what set them apart", () => {
    const other = { x: 0.4, y: 0.6, zoom: 2, turn: 90 };
    const next = follow(start, { x: 0.6, y: 0.5, zoom: 2, turn: -90 }, other);
    expect(next.zoom).toBe(4);
    expect(next.turn).toBe(0);
    // At twice the zoom the same stretch of the screen is half the part of the picture.
    expect(next.x).toBeCloseTo(0.45);
    expect(next.y).toBeCloseTo(0.6);
  });

  it("come back when the first goes back", () => {
    const other = { x: 0.1, y: 0.9, zoom: 3, turn: 45 };
    const away = { x: 0.7, y: 0.2, zoom: 1, turn: 180 };
    const back = follow(away, start, follow(start, away, other));
    expect(back.x).toBeCloseTo(other.x);
    expect(back.y).toBeCloseTo(other.y);
    expect(back.zoom).toBeCloseTo(other.zoom);
    expect(back.turn).toBeCloseTo(other.turn);
  });
});
