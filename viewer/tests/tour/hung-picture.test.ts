import { describe, expect, it } from "vitest";
import { anglesOf } from "../../src/panorama/faces";
import { CELLS, cellsSeen, lampOf, lightAt, sizeFor, sizeSeen } from "../../src/tour/hung-picture";
import type { Corner } from "../../src/tour/plane";

/** RGBA of the cells, row by row. */
function paint(colour: (u: number, v: number) => readonly number[]): number[] {
  return Array.from({ length: CELLS * CELLS }, (_, cell) => [...colour(((cell % CELLS) + 0.5) / CELLS, (Math.floor(cell / CELLS) + 0.5) / CELLS), 255]).flat();
}

const drawn = (u: number, v: number): number[] => {
  const dark = Math.hypot(u - 0.3, v - 0.6) < 0.25 || Math.abs(u - v) < 0.06;
  return dark ? [60, 40, 30] : [230, 215, 190];
};
const PICTURE = paint(drawn);
/** A lamp above, warm and from the left. */
const LIT = paint((u, v) => drawn(u, v).map((value, i) => value * (0.7 - 0.1 * i - 0.15 * u - 0.3 * v)));

describe("a picture on a wall", () => {
  it("is the same in another light, and which light that is", () => {
    const found = lampOf(LIT, PICTURE)!;
    expect(found.likeness).toBeCloseTo(1, 6);
    expect(lightAt(found.lamp[0], 0, 0)).toBeCloseTo(0.7, 6);
    expect(lightAt(found.lamp[2], 1, 1)).toBeCloseTo(0.05, 6);
  });

  it("is told from others, from a bare wall, and from one that hangs elsewhere", () => {
    expect(lampOf(paint((u, v) => drawn(1 - u, v)), PICTURE)?.likeness ?? 0).toBeLessThan(0.8);
    expect(lampOf(paint((u, v) => drawn(u + 0.12, v)), PICTURE)?.likeness ?? 0).toBeLessThan(0.8);
    expect(lampOf(paint(() => [90, 88, 84]), PICTURE)?.likeness ?? 0).toBeLessThan(0.5);
    expect(lampOf(paint((u, v) => [200 - 80 * u, 190 - 60 * v, 180]), PICTURE)?.likeness ?? 0).toBeLessThan(0.5);
  });

  it("says nothing of what is hardly in the picture", () => {
    const hidden = LIT.map((value, i) => (i % 4 === 3 && i > CELLS * 4 * 4 ? 0 : value));
    expect(lampOf(hidden, PICTURE)).toBeUndefined();
  });

  it("is found on the screen in perspective", () => {
    const corners = ([[-1, 1.6, -3], [1, 1.6, -2], [1, 0.4, -2], [-1, 0.4, -3]] as const).map(([x, y, z]): Corner => {
      const { yaw, pitch } = anglesOf([x, y, z]);
      return [yaw, pitch];
    });
    const { yaw, pitch } = anglesOf([1 / CELLS, 1 - 0.6 / CELLS, -2.5 + 0.5 / CELLS]);
    const cells = cellsSeen(corners, { yaw, pitch, fov: 60 }, { width: 800, height: 600 })!;
    // The cell right of and below the middle.
    const cell = (CELLS / 2) * CELLS + CELLS / 2;
    expect(cells[cell * 2]).toBeCloseTo(400, -1);
    expect(cells[cell * 2 + 1]).toBeCloseTo(300, -1);
    expect(cellsSeen(corners, { yaw: yaw + 180, pitch: 0, fov: 60 }, { width: 800, height: 600 })!.every(Number.isNaN)).toBe(true);
  });

  it("is fetched as large as it is seen, in one of its halvings, and never too large", () => {
    const picture = { width: 6001, height: 4000 };
    expect(sizeFor(picture, 300)).toEqual({ width: 376, height: 250 });
    expect(sizeFor(picture, 400)).toEqual({ width: 751, height: 500 });
    expect(sizeFor(picture, 9000)).toEqual({ width: 1501, height: 1000 });
    expect(sizeFor({ width: 800, height: 600 }, 9000)).toEqual({ width: 800, height: 600 });
    expect(sizeSeen([[-10, 5], [10, 5], [10, -5], [-10, -5]]).height).toBeCloseTo((10 * Math.PI) / 180, 6);
  });
});
