import { describe, expect, it } from "vitest";
import { anglesOf } from "../../src/panorama/faces";
import { layOn } from "../../src/tour/plane";

/** Where the point (x, y) of a box is seen once it is laid by `matrix`. */
function seen(matrix: readonly number[], x: number, y: number): { yaw: number; pitch: number } {
  const at = [0, 1, 2].map((row) => matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!);
  return anglesOf([at[0]!, -at[1]!, at[2]!]);
}

describe("a flat thing on a wall", () => {
  // A picture 2 m wide and 1.2 m high on a wall that is seen at a slant, from 1 m below its middle.
  const places = [[-1, 1.6, -3], [1, 1.6, -2], [1, 0.4, -2], [-1, 0.4, -3]] as const;
  const corners = places.map(([x, y, z]) => {
    const { yaw, pitch } = anglesOf([x, y, z]);
    return [yaw, pitch] as const;
  });

  it("has its corners where they are seen", () => {
    const matrix = layOn(corners, 640, 384)!;
    [[0, 0], [640, 0], [640, 384], [0, 384]].forEach(([x, y], corner) => {
      const { yaw, pitch } = seen(matrix, x!, y!);
      expect(yaw).toBeCloseTo(corners[corner]![0], 6);
      expect(pitch).toBeCloseTo(corners[corner]![1], 6);
    });
  });

  it("has its middle where perspective puts it", () => {
    const { yaw, pitch } = anglesOf([0, 1, -2.5]);
    const middle = seen(layOn(corners, 640, 384)!, 320, 192);
    expect(middle.yaw).toBeCloseTo(yaw, 6);
    expect(middle.pitch).toBeCloseTo(pitch, 6);
  });

  it("is nothing where the corners make no flat shape", () => {
    expect(layOn([[0, 10], [20, 10], [20, 0]], 10, 10)).toBeUndefined();
    expect(layOn([[0, 10], [20, 0], [20, 10], [0, 0]], 10, 10)).toBeUndefined();
    expect(layOn([[0, 0], [0, 0], [0, 0], [0, 0]], 10, 10)).toBeUndefined();
  });
});
