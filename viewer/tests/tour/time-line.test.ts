import { describe, expect, it } from "vitest";
import { between, leading, near, periodSpans, positionAt, positionsOf, roomForNames, step, yearAt } from "../../src/tour/time-line";

const YEARS = [1892, 1937, 2020];
const LINE = positionsOf(YEARS);

describe("positions of moments", () => {
  it("run from 0 to 1 in order", () => {
    for (const years of [YEARS, [-220, 1368, 1900, 1901], [1900, 1900, 2000], [5, 6]]) {
      const line = positionsOf(years);
      expect(line[0]).toBe(0);
      expect(line.at(-1)).toBe(1);
      for (let i = 1; i < line.length; i++) expect(line[i]!).toBeGreaterThan(line[i - 1]!);
    }
  });

  it("give the longer time the longer way, and the shortest still enough", () => {
    expect(LINE[1]!).toBeLessThan(0.5);
    const crowded = positionsOf([-2000, 1999, 2000]);
    expect(1 - crowded[1]!).toBeGreaterThan(0.2);
  });

  it("are 0 for a single moment, and none for none", () => {
    expect(positionsOf([1900])).toEqual([0]);
    expect(positionsOf([])).toEqual([]);
  });
});

describe("what a position shows", () => {
  it("is one moment alone where it lies on it", () => {
    expect(between(LINE, 0)).toEqual({ earlier: 0, later: 1, part: 0 });
    expect(between(LINE, LINE[1]!)).toEqual({ earlier: 0, later: 1, part: 1 });
    expect(between(LINE, 1)).toEqual({ earlier: 1, later: 2, part: 1 });
    expect(between(LINE, 7)).toEqual({ earlier: 1, later: 2, part: 1 });
    expect(between([0], 0.4)).toEqual({ earlier: 0, later: 0, part: 0 });
  });

  it("blends by the way between the two nearest", () => {
    const middle = (LINE[1]! + LINE[2]!) / 2;
    expect(between(LINE, middle).part).toBeCloseTo(0.5, 9);
    expect(leading(between(LINE, middle - 0.01))).toBe(1);
    expect(leading(between(LINE, middle + 0.01))).toBe(2);
    for (let p = 0; p <= 1; p += 0.01) {
      const { earlier, later, part } = between(LINE, p);
      expect(LINE[earlier]! + part * (LINE[later]! - LINE[earlier]!)).toBeCloseTo(p, 9);
    }
  });

  it("has a year, and a year its position", () => {
    for (const [i, year] of YEARS.entries()) {
      expect(yearAt(YEARS, LINE, LINE[i]!)).toBe(year);
      expect(positionAt(YEARS, LINE, year)).toBeCloseTo(LINE[i]!, 9);
    }
    for (let year = 1892; year <= 2020; year++) expect(yearAt(YEARS, LINE, positionAt(YEARS, LINE, year))).toBe(year);
    expect(positionAt(YEARS, LINE, 1700)).toBe(0);
    expect(positionAt(YEARS, LINE, 2100)).toBe(1);
  });

  it("holds on to a moment that is near", () => {
    expect(near(LINE, 0.02, 0.03)).toBe(0);
    expect(near(LINE, 0.2, 0.03)).toBeUndefined();
  });

  it("steps from moment to moment, from in between too", () => {
    expect(step(LINE, 0, 1)).toBe(1);
    expect(step(LINE, LINE[1]!, 1)).toBe(2);
    expect(step(LINE, 1, 1)).toBe(2);
    expect(step(LINE, 0.2, -1)).toBe(0);
    expect(step(LINE, LINE[1]!, -1)).toBe(0);
    expect(step(LINE, 0, -1)).toBe(0);
  });
});

describe("names on the line", () => {
  it("all show where there is room", () => {
    expect(roomForNames(LINE, 0, 600, 80)).toEqual([true, true, true]);
  });

  it("never overlap, and the present one is always there", () => {
    const years = Array.from({ length: 12 }, (_, i) => 1900 + i * 10);
    const line = positionsOf(years);
    for (let here = 0; here < years.length; here++) {
      const shown = roomForNames(line, here, 300, 76);
      expect(shown[here]).toBe(true);
      const at = line.filter((_, i) => shown[i]).map((p) => p * 300);
      for (let i = 1; i < at.length; i++) expect(at[i]! - at[i - 1]!).toBeGreaterThanOrEqual(76);
    }
  });
});

describe("periods", () => {
  it("lie side by side on the line", () => {
    const periods = [
      { since: 1644, until: 1912 },
      { since: 1912, until: 1949 },
      { since: 1949, until: null },
    ];
    const spans = periodSpans(periods, YEARS, LINE);
    expect(spans.length).toBe(3);
    expect(spans[0]!.from).toBe(0);
    expect(spans[2]!.to).toBe(1);
    for (let i = 1; i < 3; i++) expect(spans[i]!.from).toBeCloseTo(spans[i - 1]!.to, 9);
  });

  it("that the line does not reach are left out", () => {
    expect(periodSpans([{ since: 1368, until: 1644 }], YEARS, LINE)).toEqual([]);
  });
});
