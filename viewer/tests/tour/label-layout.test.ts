import { describe, expect, it } from "vitest";
import { type LabelPlace, type LabelWish, farScale, layLabels } from "../../src/tour/label-layout";

/** Numbers between 0 and 1, the same each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

function wishesOf(random: () => number, count: number, across: number, down: number): LabelWish[] {
  return Array.from({ length: count }, () => {
    // Marks gather, lie on edges, and out of the picture.
    const [x, y, half] = [(random() * 1.4 - 0.2) * across, (random() * 1.4 - 0.2) * down, random() * 90];
    const scale = random() < 0.1 ? 0 : 0.5 + random() / 2;
    return { x, top: y - half, bottom: y + half, width: 20 + random() * 300, height: 18 + random() * 150, scale };
  });
}

function laid(wishes: LabelWish[], across: number, down: number): LabelPlace[] {
  const places = wishes.map(() => ({ left: 0, top: 0, scale: 0, shown: false }));
  layLabels(wishes, across, down, places);
  return places;
}

const SIZES = [[390, 844], [844, 390], [1440, 900], [320, 256], [3840, 2160]] as const;
const CASES = Array.from({ length: 400 }, (_, seed) => {
  const random = numbers(seed + 1);
  const [across, down] = SIZES[seed % SIZES.length]!;
  return { across, down, wishes: wishesOf(random, Math.floor(random() * 40), across, down) };
});

describe("labels", () => {
  it("never lie over one another, nor out of the picture", () => {
    for (const { across, down, wishes } of CASES) {
      const boxes = laid(wishes, across, down).flatMap(({ left, top, scale, shown }, i) => {
        const { width, height } = wishes[i]!;
        return shown ? [{ left, top, right: left + width * scale, bottom: top + height * scale }] : [];
      });
      for (const [i, a] of boxes.entries()) {
        expect(a.left >= 0 && a.top >= 0 && a.right <= across && a.bottom <= down).toBe(true);
        for (const b of boxes.slice(0, i)) {
          expect(a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom).toBe(true);
        }
      }
    }
  });

  it("give way only to more important ones", () => {
    for (const { across, down, wishes } of CASES) {
      const all = laid(wishes, across, down);
      expect(laid(wishes.slice(0, 5), across, down)).toEqual(all.slice(0, 5));
      const [first] = wishes;
      const fits = first && first.scale > 0 && first.width * first.scale <= across - 16 && first.height * first.scale <= down - 16;
      expect(all[0]?.shown ?? false).toBe(Boolean(fits));
    }
  });

  it("are where there is room for all", () => {
    const wish = (x: number): LabelWish => ({ x, top: 200, bottom: 240, width: 80, height: 30, scale: 1 });
    expect(laid([wish(100), wish(300), wish(110)], 600, 400)).toMatchObject([
      { left: 60, top: 160, shown: true },
      { left: 260, top: 160, shown: true },
      { left: 70, top: 250, shown: true },
    ]);
  });

  it("shrink with distance until they are gone", () => {
    const scales = [0, 1, 3, 4, 6, 9, 9.99, 10, 11, 1000, Number.NaN].map(farScale);
    expect(scales[0]).toBe(1);
    expect(scales[2]).toBe(1);
    expect(scales.slice(7)).toEqual([0, 0, 0, 0]);
    for (let i = 1; i < 7; i++) expect(scales[i]! <= scales[i - 1]! && scales[i]! >= 0.7).toBe(true);
  });
});
