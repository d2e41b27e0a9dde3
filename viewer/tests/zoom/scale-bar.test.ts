import { describe, expect, it } from "vitest";
import { scaleBar } from "../../src/zoom/scale-bar";

describe("a scale bar", () => {
  it.each([
    [1, 120, 100, 10, "cm"],
    [0.1, 120, 100, 1, "cm"],
    [0.05, 120, 100, 5, "mm"],
    [20, 120, 100, 2, "m"],
    [0.001, 120, 100, 0.1, "mm"],
    [10, 100, 100, 1, "m"],
  ] as const)("of %d mm a pixel in %d pixels is %d long", (millimetres, room, length, value, unit) => {
    const bar = scaleBar(millimetres, room)!;
    expect(bar.length).toBeCloseTo(length);
    expect(bar.value).toBeCloseTo(value);
    expect(bar.unit).toBe(unit);
  });

  it("fills at least two fifths of its room, and never more than all of it", () => {
    for (let power = -3; power < 2; power += 0.07) {
      const { length } = scaleBar(10 ** power, 140)!;
      expect(length).toBeLessThanOrEqual(140.0001);
      expect(length).toBeGreaterThanOrEqual(56);
    }
  });

  it("is none where the size is unknown", () => {
    expect(scaleBar(0, 100)).toBeUndefined();
    expect(scaleBar(Number.NaN, 100)).toBeUndefined();
    expect(scaleBar(Number.POSITIVE_INFINITY, 100)).toBeUndefined();
  });
});
