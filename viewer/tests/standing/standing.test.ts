import { describe, expect, it } from "vitest";
import { faceRay, type Vector } from "../../src/panorama/faces";
import { levelAt } from "../../src/standing/level-at";
import { foot } from "../../src/standing/standing-model";
import { brightest, surroundings } from "../../src/standing/surroundings";

/** A strip in which every direction has its own colour. */
function chart(side: number): { pixels: Uint8ClampedArray; side: number } {
  const pixels = new Uint8ClampedArray(4 * 6 * side * side);
  const ray: Vector = [0, 0, 0];
  for (let face = 0; face < 6; face++) {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        faceRay(face, (2 * (column + 0.5)) / side - 1, 1 - (2 * (row + 0.5)) / side, ray);
        const length = Math.hypot(...ray);
        pixels.set([...ray.map((axis) => 128 + (60 * axis) / length), 255], 4 * ((row * 6 + face) * side + column));
      }
    }
  }
  return { pixels, side };
}

const shown = (linear: number): number => 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);

describe("light from the panorama", () => {
  it.each([0, 90, -37])("comes from where the panorama has it, turned by %s°", (offset) => {
    const map = surroundings(chart(32), offset);
    for (const [column, row] of [[0, 16], [15, 16], [32, 3], [47, 16], [50, 28]] as const) {
      const [around, pitch] = [((column + 0.5) / 64 - 0.5) * 2 * Math.PI, ((row + 0.5) / 32 - 0.5) * Math.PI];
      // The direction in the world, and the same in the panorama's own frame.
      const [x, y, z] = [Math.cos(pitch) * Math.cos(around), Math.sin(pitch), Math.cos(pitch) * Math.sin(around)];
      const turn = (offset * Math.PI) / 180;
      const own = [x * Math.cos(turn) + z * Math.sin(turn), y, z * Math.cos(turn) - x * Math.sin(turn)];
      const at = 4 * (row * 64 + column);
      own.forEach((axis, channel) => expect(Math.abs(shown(map[at + channel]!) - (128 + 60 * axis))).toBeLessThan(7));
    }
  });

  it("makes lamps of what is white", () => {
    const white = { pixels: new Uint8ClampedArray(4 * 6).fill(255), side: 1 };
    expect(surroundings(white, 0)[0]).toBeCloseTo(4);
  });

  it("has its lamp where the ceiling is brightest", () => {
    const { from, mean } = brightest(surroundings(chart(32), 0));
    // Red grows with x, green with y, blue with z, and eyes see green best, then red, then blue; below the horizon nothing counts.
    expect(from[1]).toBeGreaterThan(0.5);
    expect(from[0]).toBeGreaterThan(from[2]);
    expect(from[2]).toBeGreaterThan(0);
    expect(mean).toBeGreaterThan(0.15);
    expect(mean).toBeLessThan(0.3);
  });
});

it("puts a foot where the hotspot points", () => {
  const { x, y, z } = foot({ yaw: 90, pitch: -30, distance: 2 });
  expect([x, y, z].map((metres) => Number(metres.toFixed(6)))).toEqual([1.732051, -1, -0]);
});

it("asks for fewer triangles farther away", () => {
  const model = `/models/${"0".repeat(64)}`;
  expect(levelAt(`${model}.glb`, 2)).toBe(`${model}/phone.glb`);
  expect(levelAt(`${model}.glb`, 6)).toBe(`${model}/far.glb`);
});
