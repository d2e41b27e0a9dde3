import { describe, expect, it } from "vitest";
import { MOST_PIXELS, WHOLE, closer, closest, dragged, holds, partOf, pieceAddress, pieceFor } from "../../src/xr/picture-window";

const PICTURES = [{ width: 1200, height: 900 }, { width: 7919, height: 5003 }, { width: 900, height: 6000 }, { width: 40, height: 30 }];

describe("what is seen of a picture", () => {
  it("stays under the hand while one looks closer", () => {
    const [u, v] = [0.8, 0.3];
    let seen = { ...WHOLE };
    const under = (): [number, number] => [seen.x + (u - 0.5) / seen.zoom, seen.y + (v - 0.5) / seen.zoom];
    const before = under();
    for (let i = 0; i < 5; i++) {
      seen = closer(seen, 1.7, u, v, 30);
      expect(under()[0]).toBeCloseTo(before[0], 9);
      expect(under()[1]).toBeCloseTo(before[1], 9);
    }
  });

  it("never leaves the picture", () => {
    let seen = closer(WHOLE, 4, 1, 1, 30);
    for (const [u, v] of [[2, 0], [-3, 1], [0, -9]] as const) {
      seen = dragged(seen, u, v);
      for (const middle of [seen.x, seen.y]) {
        expect(middle).toBeGreaterThanOrEqual(0.5 / seen.zoom - 1e-9);
        expect(middle).toBeLessThanOrEqual(1 - 0.5 / seen.zoom + 1e-9);
      }
    }
    expect(closer(seen, 0.001, 0.2, 0.9, 30)).toEqual(WHOLE);
  });

  it("is fetched in pieces that hold it, are no larger than allowed and as sharp as needed", () => {
    for (const picture of PICTURES) {
      for (let zoom = 1; zoom <= closest(picture); zoom *= 1.37) {
        for (const [u, v] of [[0.5, 0.5], [0.1, 0.9], [0.77, 0.2]] as const) {
          const seen = closer(WHOLE, zoom, u, v, closest(picture));
          const piece = pieceFor(seen, picture);
          expect(holds(piece, seen, picture)).toBe(true);
          expect(Math.max(piece.width, piece.height)).toBeLessThanOrEqual(MOST_PIXELS);
          const { region } = piece;
          expect(region.x + region.width).toBeLessThanOrEqual(picture.width);
          expect(region.y + region.height).toBeLessThanOrEqual(picture.height);
          const acrossPanel = (Math.max(picture.width, picture.height) / seen.zoom) * (piece.width / region.width);
          expect(acrossPanel).toBeGreaterThanOrEqual(Math.min(Math.max(picture.width, picture.height) / seen.zoom, MOST_PIXELS * 0.44));
          const part = partOf(piece, seen, picture, []);
          expect(part[0]!).toBeGreaterThanOrEqual(-1e-3);
          expect(part[0]! + part[2]!).toBeLessThanOrEqual(1.001);
          expect(part[1]!).toBeLessThanOrEqual(1.001);
          expect(part[1]! + part[3]!).toBeGreaterThanOrEqual(-1e-3);
        }
      }
    }
  });

  it("has an address at the image service", () => {
    const picture = { width: 7919, height: 5003 };
    expect(pieceAddress("https://m.example/iiif/3/a", pieceFor(WHOLE, picture), picture)).toBe("https://m.example/iiif/3/a/full/990,626/0/default.jpg");
    const seen = closer(WHOLE, 4, 0.5, 0.5, 30);
    expect(pieceAddress("https://m.example/iiif/3/a/info.json", pieceFor(seen, picture), picture)).toMatch(/\/a\/\d+,\d+,\d+,\d+\/\d+,\d+\/0\/default\.jpg$/);
  });
});
