/**
 * A picture that hangs on a wall, and whether what is known of it may be laid over what the panorama shows of it: only where both are
 * the same picture, in the light that falls on the wall. Pure.
 */

import type { Size } from "../zoom/region";
import { type Vector, directionOf } from "../panorama/faces";
import { type View, axesOf, createAxes, focalLength, project } from "../panorama/view";
import { type Corner, layOn } from "./plane";

/** Wall and picture are compared in so many columns and rows. */
export const CELLS = 24;
/** Pixels of the longer side of what is laid on a wall. */
const MOST_PIXELS = 2048;
/** Cells that must be in the picture for a comparison. */
const FEWEST = CELLS * 5;

/** Angle between two corners in radians. */
function angle(a: Corner, b: Corner): number {
  const [p, q] = [a, b].map(([yaw, pitch]) => directionOf(yaw, pitch, [0, 0, 0])) as [Vector, Vector];
  return Math.acos(Math.min(1, p[0] * q[0] + p[1] * q[1] + p[2] * q[2]));
}

/** How large what hangs between four corners is seen, in radians: the longer of its upper and lower, and of its left and right edge. */
export function sizeSeen([a, b, c, d]: readonly [Corner, Corner, Corner, Corner]): Size {
  return { width: Math.max(angle(a, b), angle(d, c)), height: Math.max(angle(a, d), angle(b, c)) };
}

/** Size to fetch a picture in for `needed` pixels across: one of its halvings. */
export function sizeFor(picture: Readonly<Size>, needed: number): Size {
  let scale = 1;
  while (Math.max(picture.width, picture.height) / scale > MOST_PIXELS || picture.width / scale / 2 >= needed) scale *= 2;
  return { width: Math.ceil(picture.width / scale), height: Math.ceil(picture.height / scale) };
}

/** Where the cells of what hangs between corners are seen, row by row: x, y in a picture of `width` × `height`, NaN out of it. */
export function cellsSeen(corners: readonly Corner[], view: Readonly<View>, { width, height }: Size): Float32Array | undefined {
  const plane = layOn(corners, CELLS, CELLS, CELLS);
  if (!plane) return undefined;
  const axes = axesOf(view.yaw, view.pitch, createAxes());
  const focal = focalLength(view.fov, height);
  const cells = new Float32Array(CELLS * CELLS * 2).fill(Number.NaN);
  const point = { x: 0, y: 0, ahead: false };
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const [u, v] = [(cell % CELLS) + 0.5, Math.floor(cell / CELLS) + 0.5];
    const [x, y, z] = [0, 1, 2].map((i) => plane[i]! * u + plane[4 + i]! * v + plane[12 + i]!) as Vector;
    project(axes, focal, [x, -y, z], width, height, point);
    if (point.ahead && point.x >= 0 && point.y >= 0 && point.x < width && point.y < height) cells.set([point.x, point.y], cell * 2);
  }
  return cells;
}

/** The light on a picture: of each of R, G and B what comes of 1 at the upper left corner, and how much more at the right and the lower edge. */
export type Lamp = readonly [readonly number[], readonly number[], readonly number[]];

/**
 * The light in which `picture` looks like `wall`, and how like each other they are in it, 1 for equal. Both are RGBA of the cells, row by row;
 * cells of the wall with alpha 0 are not seen. Undefined where too few are, or the picture is too dark to tell.
 */
export function lampOf(wall: ArrayLike<number>, picture: ArrayLike<number>): { lamp: Lamp; likeness: number } | undefined {
  const seen = Array.from({ length: CELLS * CELLS }, (_, cell) => cell).filter((cell) => wall[cell * 4 + 3]! > 0);
  if (seen.length < FEWEST) return undefined;
  const lamp = [0, 1, 2].map((channel) => fit(seen, wall, picture, channel));
  if (lamp.some((light) => light === undefined)) return undefined;
  const found = lamp as unknown as Lamp;
  const [shown, known] = [[], []] as [number[], number[]];
  for (const cell of seen) {
    const light = found.map((channel) => lightAt(channel, ...placeOf(cell)));
    if (light.some((one) => one < 0.02)) return undefined;
    shown.push(luma([0, 1, 2].map((i) => wall[cell * 4 + i]! / light[i]!)));
    known.push(luma([0, 1, 2].map((i) => picture[cell * 4 + i]!)));
  }
  return { lamp: found, likeness: correlation(shown, known) };
}

/** A lamp's light at `u`, `v` of the picture, 0 to 1 from its upper left. */
export function lightAt([base, right, down]: readonly number[], u: number, v: number): number {
  return base! + right! * u + down! * v;
}

function placeOf(cell: number): [number, number] {
  return [((cell % CELLS) + 0.5) / CELLS, (Math.floor(cell / CELLS) + 0.5) / CELLS];
}

/** Least squares of wall = picture · (a + b u + c v) in one channel. */
function fit(seen: readonly number[], wall: ArrayLike<number>, picture: ArrayLike<number>, channel: number): number[] | undefined {
  const rows = [0, 1, 2].map(() => [0, 0, 0, 0]);
  for (const cell of seen) {
    const [u, v] = placeOf(cell);
    const value = picture[cell * 4 + channel]!;
    const basis = [value, value * u, value * v];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) rows[i]![j]! += basis[i]! * basis[j]!;
      rows[i]![3]! += basis[i]! * wall[cell * 4 + channel]!;
    }
  }
  const [a, b, c, d] = [0, 1, 2, 3].map((column) => rows.map((row) => row[column]!)) as [number[], number[], number[], number[]];
  const whole = determinant(a, b, c);
  if (!(Math.abs(whole) > 1e-9)) return undefined;
  return [determinant(d, b, c) / whole, determinant(a, d, c) / whole, determinant(a, b, d) / whole];
}

function determinant(a: number[], b: number[], c: number[]): number {
  const [a0, a1, a2] = a as [number, number, number];
  const [b0, b1, b2] = b as [number, number, number];
  const [c0, c1, c2] = c as [number, number, number];
  return a0 * (b1 * c2 - b2 * c1) - b0 * (a1 * c2 - a2 * c1) + c0 * (a1 * b2 - a2 * b1);
}

function luma([r, g, b]: readonly number[]): number {
  return 0.299 * r! + 0.587 * g! + 0.114 * b!;
}

/** Pearson's; 0 where either is the same all over. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa * bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
