import { describe, expect, it } from "vitest";
import { TilePyramid } from "../../src/panorama/tile-pyramid";

const make = (levels: number[], tile = 512): TilePyramid => new TilePyramid({ levels, tile, tiles: "/t/{level}/{face}/{row}/{column}.jpg" });

describe("TilePyramid", () => {
  it.each([[[512, 1024, 2048]], [[326, 652, 1304]], [[641, 1281, 2561]], [[300]], [[512, 1023, 2045, 4090]]])("covers faces of %j without gap or overlap", (levels) => {
    const pyramid = make(levels);
    for (let level = 0; level < pyramid.depth; level++) {
      let right = -1;
      for (let column = 0; column < pyramid.across[level]!; column++) {
        const rectangle = pyramid.rectangle(level, column, column, { left: 0, right: 0, bottom: 0, top: 0 });
        expect(rectangle.left).toBeCloseTo(right, 12);
        expect(rectangle.top).toBeCloseTo(-right, 12);
        expect(rectangle.right).toBeGreaterThan(rectangle.left);
        right = rectangle.right;
      }
      expect(right).toBe(1);
    }
  });

  it("makes edge tiles smaller", () => {
    const { left, right } = make([641]).rectangle(0, 0, 1, { left: 0, right: 0, bottom: 0, top: 0 });
    expect(((right - left) / 2) * 641).toBeCloseTo(129, 9);
  });

  it.each([[[512, 1024, 2048, 4096]], [[641, 1281, 2561]], [[513, 1025, 2050]]])("%j: every tile but the coarsest is the child of its parent, and of no other", (levels) => {
    const pyramid = make(levels);
    for (let level = 0; level + 1 < pyramid.depth; level++) {
      let next = 0;
      for (let row = 0; row < pyramid.across[level]!; row++) {
        expect(pyramid.firstChild(level, row)).toBe(next);
        const last = pyramid.lastChild(level, row);
        for (let child = next; child <= last; child++) {
          expect(pyramid.parent(pyramid.id(level + 1, 3, child, child))).toBe(pyramid.id(level, 3, row, row));
        }
        next = last + 1;
      }
      expect(next).toBe(pyramid.across[level + 1]);
    }
    expect(pyramid.parent(pyramid.id(0, 2, 0, 0))).toBe(-1);
  });

  it("numbers tiles, and names them", () => {
    const pyramid = make([512, 1024]);
    const seen = new Set<number>();
    for (let level = 0; level < 2; level++) {
      for (let face = 0; face < 6; face++) {
        for (let row = 0; row <= level; row++) {
          for (let column = 0; column <= level; column++) {
            const id = pyramid.id(level, face, row, column);
            seen.add(id);
            expect(pyramid.at(id, { level: 0, face: 0, row: 0, column: 0 })).toEqual({ level, face, row, column });
          }
        }
      }
    }
    expect(seen.size).toBe(30);
    expect(pyramid.url(pyramid.id(1, 4, 0, 1))).toBe("/t/1/u/0/1.jpg");
  });

  it("refuses levels out of order, with the numbers", () => {
    expect(() => make([1024, 512])).toThrow("level 1 of 512 px is not larger than the one before it, 1024 px");
    expect(() => make([])).toThrow(RangeError);
  });
});
