import { describe, expect, it } from "vitest";
import { type Corner, type Quad, between, contained, laidBetween, quadOf } from "../src/ui/quad";

/** Where CSS puts a point of the element under `matrix3d(…)`. */
function put(transform: string, [x, y]: Corner): Corner {
  const m = transform.slice("matrix3d(".length, -1).split(",").map(Number);
  const w = m[3]! * x + m[7]! * y + m[15]!;
  return [(m[0]! * x + m[4]! * y + m[12]!) / w, (m[1]! * x + m[5]! * y + m[13]!) / w];
}

const wall: Quad = [
  [100, 80],
  [300, 120],
  [310, 260],
  [95, 330],
];

describe("a picture within a box", () => {
  it("fills the height where it is narrower, the width where it is wider, and lies in the middle", () => {
    const box = { x: 10, y: 20, width: 200, height: 100 };
    expect(contained(box, 1)).toEqual({ x: 60, y: 20, width: 100, height: 100 });
    expect(contained(box, 4)).toEqual({ x: 10, y: 45, width: 200, height: 50 });
  });
});

describe("a picture laid between four corners", () => {
  it.each([[wall], [quadOf({ x: 7, y: 8, width: 40, height: 30 })]])("has its own corners there", (quad) => {
    const transform = laidBetween(quad, 640, 480)!;
    const corners: Corner[] = [[0, 0], [640, 0], [640, 480], [0, 480]];
    corners.forEach((corner, i) => {
      const [x, y] = put(transform, corner);
      expect(x).toBeCloseTo(quad[i]![0], 3);
      expect(y).toBeCloseTo(quad[i]![1], 3);
    });
  });

  it("is seen in perspective: its middle lies where the diagonals cross", () => {
    const [x, y] = put(laidBetween(wall, 640, 480)!, [320, 240]);
    const along = (a: Corner, b: Corner): number => (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
    expect(along(wall[0], wall[2]) / 1e4).toBeCloseTo(0, 4);
    expect(along(wall[1], wall[3]) / 1e4).toBeCloseTo(0, 4);
  });

  it("is nothing where they lie on a line", () => {
    expect(laidBetween([[0, 0], [10, 0], [20, 0], [30, 0]], 640, 480)).toBeUndefined();
    expect(laidBetween(wall, 0, 480)).toBeUndefined();
  });

  it("goes from one place to the other", () => {
    const there = quadOf({ x: 0, y: 0, width: 800, height: 600 });
    expect(between(wall, there, 0)).toEqual(wall);
    expect(between(wall, there, 1)).toEqual(there);
    expect(between(wall, there, 0.5)[0]).toEqual([50, 40]);
  });
});
