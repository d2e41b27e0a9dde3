import { describe, expect, it } from "vitest";
import { type Vector, anglesOf, directionOf } from "../../src/panorama/faces";
import { UPRIGHT, axesWithin } from "../../src/panorama/orientation";
import { axesOf, createAxes, wrap } from "../../src/panorama/view";

/** Where a camera that looks along `yaw`, `pitch` of the world looks in the panorama. */
function within(yaw: number, pitch: number, offset: number, level = UPRIGHT): { yaw: number; pitch: number } {
  return anglesOf(axesWithin(axesOf(yaw, pitch, createAxes()), offset, level, createAxes()).forward);
}

describe("axesWithin", () => {
  it("turns a panorama about the vertical", () => {
    for (const [yaw, pitch, offset] of [[0, 0, 30], [100, -40, -170], [-20, 80, 5]] as const) {
      const found = within(yaw, pitch, offset);
      expect(wrap(found.yaw - (yaw - offset))).toBeCloseTo(0, 9);
      expect(found.pitch).toBeCloseTo(pitch, 9);
    }
  });

  it("lifts what lies ahead in the photograph", () => {
    const found = within(0, 10, 0, { pitch: 10, roll: 0 });
    expect(found.yaw).toBeCloseTo(0, 9);
    expect(found.pitch).toBeCloseTo(0, 9);
  });

  it("turns the photograph clockwise: its right side sinks", () => {
    const found = within(90, -10, 0, { pitch: 0, roll: 10 });
    expect(found.yaw).toBeCloseTo(90, 9);
    expect(found.pitch).toBeCloseTo(0, 9);
  });

  it("keeps axes at right angles and of length 1", () => {
    const axes = axesWithin(axesOf(33, 21, createAxes()), 77, { pitch: 12, roll: -8 }, createAxes());
    const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    expect(dot(axes.right, axes.up)).toBeCloseTo(0, 9);
    expect(dot(axes.forward, axes.up)).toBeCloseTo(0, 9);
    for (const axis of [axes.right, axes.up, axes.forward]) expect(dot(axis, axis)).toBeCloseTo(1, 9);
  });

  it("leaves an upright panorama's horizon level", () => {
    const axes = axesWithin(axesOf(50, 0, createAxes()), 20, UPRIGHT, createAxes());
    expect(axes.right[1]).toBeCloseTo(0, 9);
    expect(directionOf(30, 0, [0, 0, 0]).map((x, i) => x - axes.forward[i]!).every((x) => Math.abs(x) < 1e-9)).toBe(true);
  });
});
