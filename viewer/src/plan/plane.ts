/**
 * The geometry of a floor plan: metres, x east and y north, against the pixels of the page; the frame of the plan's picture; what follows
 * from a length that is known, or from another north. Headings are degrees clockwise from north. Pure.
 */

import { clamp, wrap } from "../panorama/view";

export type Point = readonly [x: number, y: number];

/** Where the picture of a plan lies: its middle, its width in metres, and by how much it is turned clockwise. */
export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly metres: number;
  readonly turned: number;
}

/** What of the plane is seen: the point in the middle, and pixels per metre. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

const DEGREE = Math.PI / 180;
const [LEAST_SCALE, MOST_SCALE] = [0.02, 800];
const MARGIN = 1.15;
/** Metres that are seen at least, so that one scene alone does not fill everything. */
const LEAST_SEEN = 8;

export function toScreen(sight: Sight, [x, y]: Point): Point {
  return [sight.width / 2 + (x - sight.x) * sight.scale, sight.height / 2 - (y - sight.y) * sight.scale];
}

export function toPlan(sight: Sight, [x, y]: Point): Point {
  return [sight.x + (x - sight.width / 2) / sight.scale, sight.y - (y - sight.height / 2) / sight.scale];
}

/** Nearer or farther, what lies at the pixel `at` staying there. */
export function zoomed(sight: Sight, factor: number, at: Point): Sight {
  const scale = clamp(sight.scale * factor, LEAST_SCALE, MOST_SCALE);
  const [x, y] = toPlan(sight, at);
  const part = sight.scale / scale;
  return { ...sight, scale, x: x + (sight.x - x) * part, y: y + (sight.y - y) * part };
}

export function panned(sight: Sight, dx: number, dy: number): Sight {
  return { ...sight, x: sight.x - dx / sight.scale, y: sight.y + dy / sight.scale };
}

/** The middle of points and how far they spread; undefined where there are none. */
export function extentOfPoints(points: readonly Point[]): { x: number; y: number; width: number; height: number } | undefined {
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (low + high) / 2, width: right - left, height: high - low };
}

/** All points are seen, with a margin. */
export function fitted(points: readonly Point[], width: number, height: number): Sight {
  const spread = extentOfPoints(points) ?? { x: 0, y: 0, width: 0, height: 0 };
  const across = Math.max(spread.width, LEAST_SEEN) * MARGIN;
  const up = Math.max(spread.height, LEAST_SEEN) * MARGIN;
  const scale = clamp(Math.min(width / across, height / up), LEAST_SCALE, MOST_SCALE);
  return { x: spread.x, y: spread.y, scale, width, height };
}

/** The corners of a picture `ratio` times as high as wide, clockwise from its own upper left. */
export function cornersOf(frame: Frame, ratio: number): Point[] {
  const [a, b] = [frame.metres / 2, (frame.metres * ratio) / 2];
  const corners: Point[] = [[-a, b], [a, b], [a, -b], [-a, -b]];
  return corners.map(([x, y]) => spun([frame.x + x, frame.y + y], [frame.x, frame.y], frame.turned));
}

/** A point turned clockwise about another. */
export function spun([x, y]: Point, [aboutX, aboutY]: Point, degrees: number): Point {
  const [sin, cos] = [Math.sin(degrees * DEGREE), Math.cos(degrees * DEGREE)];
  const [dx, dy] = [x - aboutX, y - aboutY];
  return [aboutX + dx * cos + dy * sin, aboutY - dx * sin + dy * cos];
}

export function apart([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.hypot(otherX - x, otherY - y);
}

/** The heading from one point to another, in [0, 360). */
export function headingTo([x, y]: Point, [otherX, otherY]: Point): number {
  return whole(Math.atan2(otherX - x, otherY - y) / DEGREE);
}

/** The same heading in [0, 360), to a hundredth. */
export function whole(heading: number): number {
  const found = Math.round((((heading % 360) + 360) % 360) * 100) / 100;
  return found >= 360 ? 0 : found;
}

/** How many times as large the plan has to be for what measures `seen` metres on it to be `known` metres long; undefined where that says nothing. */
export function growth(seen: number, known: number): number | undefined {
  return seen > 1e-6 && known > 0 && Number.isFinite(known / seen) ? known / seen : undefined;
}

/** A point that goes along when the plan grows about the middle of its picture. */
export function grown([x, y]: Point, frame: Frame, factor: number): Point {
  return [frame.x + (x - frame.x) * factor, frame.y + (y - frame.y) * factor];
}

/** A turn in [-180, 180), to a hundredth. */
export function turn(degrees: number): number {
  return wrap(Math.round(degrees * 100) / 100);
}

/** Centimetres are as fine as anybody places anything. */
export function tidied([x, y]: Point): Point {
  // No minus before a nought.
  return [Math.round(x * 100) / 100 + 0, Math.round(y * 100) / 100 + 0];
}

/** A length for a scale bar, at most so many pixels long: 1, 2 or 5 times a power of ten. */
export function scaleBar(scale: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / scale));
  const steps = [5, 2, 1].map((step) => step * power);
  return steps.find((step) => step * scale <= most) ?? power;
}
