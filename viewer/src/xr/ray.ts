/** What a ray meets: boards, balls, and directions as seen from the head. Pure; metres. */

import type { Vector } from "../panorama/faces";

export interface Ray {
  origin: Vector;
  /** Of length 1. */
  direction: Vector;
}

/** Where a ray meets something. */
export interface Meeting {
  /** Along the ray. */
  distance: number;
  /** Across a board, from its left and upper edge: 0 to 1. */
  u: number;
  v: number;
  /** Which of a target's things; -1 is the target itself. */
  item: number;
}

export function createRay(): Ray {
  return { origin: [0, 0, 0], direction: [0, 0, -1] };
}

export function createMeeting(): Meeting {
  return { distance: Number.POSITIVE_INFINITY, u: 0, v: 0, item: -1 };
}

/**
 * Whether the ray meets the front of a board, `width` × `height` around its own origin, facing its own +Z; `board` is its matrix, 16
 * numbers column by column, which may scale. Writes distance, `u` and `v` into `out`.
 */
export function meetBoard({ origin, direction }: Readonly<Ray>, board: ArrayLike<number>, width: number, height: number, out: Meeting): boolean {
  const slope = direction[0] * board[8]! + direction[1] * board[9]! + direction[2] * board[10]!;
  if (slope >= -1e-6) return false;
  const x = board[12]! - origin[0];
  const y = board[13]! - origin[1];
  const z = board[14]! - origin[2];
  const distance = (x * board[8]! + y * board[9]! + z * board[10]!) / slope;
  if (!(distance > 0)) return false;
  const px = direction[0] * distance - x;
  const py = direction[1] * distance - y;
  const pz = direction[2] * distance - z;
  const across = along(board, 0, px, py, pz) / width;
  const down = -along(board, 4, px, py, pz) / height;
  if (Math.abs(across) > 0.5 || Math.abs(down) > 0.5) return false;
  out.distance = distance;
  out.u = across + 0.5;
  out.v = down + 0.5;
  out.item = -1;
  return true;
}

/** How far along one of the board's axes, in that axis's own length. */
function along(board: ArrayLike<number>, column: number, x: number, y: number, z: number): number {
  const ax = board[column]!;
  const ay = board[column + 1]!;
  const az = board[column + 2]!;
  return (x * ax + y * ay + z * az) / (ax * ax + ay * ay + az * az);
}

/** How far along the ray a ball begins; 0 within it, undefined where the ray misses it. */
export function meetBall({ origin, direction }: Readonly<Ray>, middle: Readonly<Vector>, radius: number): number | undefined {
  const x = middle[0] - origin[0];
  const y = middle[1] - origin[1];
  const z = middle[2] - origin[2];
  const nearest = x * direction[0] + y * direction[1] + z * direction[2];
  const square = radius * radius - (x * x + y * y + z * z - nearest * nearest);
  if (square < 0) return undefined;
  const half = Math.sqrt(square);
  if (nearest + half < 0) return undefined;
  return Math.max(nearest - half, 0);
}

/**
 * The direction from the head to what the ray points at, `far` metres around the head; written into `out`. Returns the distance along
 * the ray.
 */
export function seenFrom(head: Readonly<Vector>, { origin, direction }: Readonly<Ray>, far: number, out: Vector): number {
  const x = origin[0] - head[0];
  const y = origin[1] - head[1];
  const z = origin[2] - head[2];
  const nearest = -(x * direction[0] + y * direction[1] + z * direction[2]);
  const distance = nearest + Math.sqrt(Math.max(far * far - (x * x + y * y + z * z - nearest * nearest), 0));
  out[0] = (x + direction[0] * distance) / far;
  out[1] = (y + direction[1] * distance) / far;
  out[2] = (z + direction[2] * distance) / far;
  return distance;
}

export function dot(a: Readonly<Vector>, b: Readonly<Vector>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/**
 * Whether a direction lies within an outline of directions, all less than 90° from its middle. Crossings are counted on the plane that
 * touches the sphere there.
 */
export function withinOutline(direction: Readonly<Vector>, outline: readonly Readonly<Vector>[], middle: Readonly<Vector>): boolean {
  const depth = dot(direction, middle);
  if (depth <= 0.05 || outline.length < 3) return false;
  const steep = Math.abs(middle[1]) > 0.9;
  // Two axes across the middle; which way they are turned does not matter.
  const sx = steep ? 1 : 0;
  const sy = steep ? 0 : 1;
  const sz = 0;
  const ax = middle[1] * sz - middle[2] * sy;
  const ay = middle[2] * sx - middle[0] * sz;
  const az = middle[0] * sy - middle[1] * sx;
  const bx = middle[1] * az - middle[2] * ay;
  const by = middle[2] * ax - middle[0] * az;
  const bz = middle[0] * ay - middle[1] * ax;
  const x = (direction[0] * ax + direction[1] * ay + direction[2] * az) / depth;
  const y = (direction[0] * bx + direction[1] * by + direction[2] * bz) / depth;
  let within = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const a = outline[i]!;
    const b = outline[j]!;
    const da = Math.max(dot(a, middle), 0.05);
    const db = Math.max(dot(b, middle), 0.05);
    const xa = (a[0] * ax + a[1] * ay + a[2] * az) / da;
    const ya = (a[0] * bx + a[1] * by + a[2] * bz) / da;
    const xb = (b[0] * ax + b[1] * ay + b[2] * az) / db;
    const yb = (b[0] * bx + b[1] * by + b[2] * bz) / db;
    if (ya > y !== yb > y && x < ((xb - xa) * (y - ya)) / (yb - ya) + xa) within = !within;
  }
  return within;
}
