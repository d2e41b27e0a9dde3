/**
 * The time line: where on it years lie, and which two moments a position shows. Pure.
 *
 * Positions run from 0, the first moment, to 1, the last. Gaps between moments grow with the root of the years between them: in
 * proportion to the years themselves, moments that lie close together would fall on one another.
 */

/** No gap is narrower than this share of an even one. */
const LEAST_GAP = 0.62;

/** Positions of moments in these years, which are in order. One moment lies at 0. */
export function positionsOf(years: readonly number[]): number[] {
  const gaps = years.slice(1).map((year, i) => Math.sqrt(Math.max(year - years[i]!, 0)));
  const total = gaps.reduce((sum, gap) => sum + gap, 0) || 1;
  const even = 1 / Math.max(gaps.length, 1);
  const widths = gaps.map((gap) => Math.max(gap / total, LEAST_GAP * even));
  const whole = widths.reduce((sum, width) => sum + width, 0) || 1;
  const positions = [0];
  for (const width of widths) positions.push(positions.at(-1)! + width / whole);
  if (positions.length > 1) positions[positions.length - 1] = 1;
  return positions.slice(0, Math.max(years.length, 0));
}

/** Two neighbouring moments, by their place in the order, and how far the position is from the earlier to the later: 0 to 1. */
export interface Between {
  earlier: number;
  later: number;
  part: number;
}

export function between(positions: readonly number[], position: number): Between {
  const last = positions.length - 1;
  if (position <= 0 || last < 1) return { earlier: 0, later: Math.min(1, last), part: 0 };
  let later = 1;
  while (later < last && positions[later]! < position) later++;
  const [from, to] = [positions[later - 1]!, positions[later]!];
  return { earlier: later - 1, later, part: Math.min((position - from) / (to - from), 1) };
}

/** The moment that is more opaque at a position. */
export function leading({ earlier, later, part }: Between): number {
  return part > 0.5 ? later : earlier;
}

/** The year at a position, and the other way round: even between two moments. */
export function yearAt(years: readonly number[], positions: readonly number[], position: number): number {
  const { earlier, later, part } = between(positions, position);
  return Math.round(years[earlier]! + (years[later]! - years[earlier]!) * part);
}

export function positionAt(years: readonly number[], positions: readonly number[], year: number): number {
  const last = years.length - 1;
  if (last < 1 || year <= years[0]!) return 0;
  if (year >= years[last]!) return 1;
  let later = 1;
  while (years[later]! < year) later++;
  const [from, to] = [years[later - 1]!, years[later]!];
  return positions[later - 1]! + ((year - from) / (to - from)) * (positions[later]! - positions[later - 1]!);
}

/** The moment that lies within `reach` of a position; undefined where none does. */
export function near(positions: readonly number[], position: number, reach: number): number | undefined {
  const nearest = nearestTo(positions, position);
  return Math.abs(positions[nearest]! - position) <= reach ? nearest : undefined;
}

export function nearestTo(positions: readonly number[], position: number): number {
  let nearest = 0;
  positions.forEach((at, i) => {
    if (Math.abs(at - position) < Math.abs(positions[nearest]! - position)) nearest = i;
  });
  return nearest;
}

/** The next moment before (-1) or after (+1) a position; the last one where there is none. */
export function step(positions: readonly number[], position: number, direction: -1 | 1): number {
  const tiny = 1e-6;
  if (direction > 0) {
    const next = positions.findIndex((at) => at > position + tiny);
    return next < 0 ? positions.length - 1 : next;
  }
  return Math.max(positions.findLastIndex((at) => at < position - tiny), 0);
}

/**
 * Which moments' names have room, on a line `width` pixels long with names `name` pixels wide: the one at `here`, then the ends, then
 * the others from left to right.
 */
export function roomForNames(positions: readonly number[], here: number, width: number, name: number): boolean[] {
  const order = [here, 0, positions.length - 1, ...positions.keys()];
  const shown = positions.map(() => false);
  for (const i of order) {
    if (shown[i] || positions[i] === undefined) continue;
    shown[i] = positions.every((at, other) => !shown[other] || Math.abs(at - positions[i]!) * width >= name);
  }
  return shown;
}

/** The pieces of the line that lie in each period; years before the first and after the last moment are no part of it. */
export function periodSpans<P extends { since: number; until?: number | null | undefined }>(
  periods: readonly P[],
  years: readonly number[],
  positions: readonly number[],
): { period: P; from: number; to: number }[] {
  return periods.flatMap((period) => {
    const from = positionAt(years, positions, period.since);
    const to = period.until == null ? 1 : positionAt(years, positions, period.until);
    return to > from ? [{ period, from, to }] : [];
  });
}
