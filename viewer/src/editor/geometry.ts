/** Directions and shapes for the editor. Degrees: yaw clockwise, pitch up; metres on plans. Pure. */

import { type Vector, anglesOf, directionOf } from "../panorama/faces";
import type { Level } from "../panorama/orientation";
import { clamp, wrap } from "../panorama/view";
import type { Corner } from "./draft";

const DEGREE = Math.PI / 180;
/** Two points that are to lie on the horizon say something of both its tilts only when they are this far from each other. */
const LEAST_APART = 20;
/** Walks are drawn on the floor: at most this high. */
export const FLOOR_MOST = -8;

/** Six digits after the point: a millionth of a degree is nobody's intention. */
export function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function tidyYaw(yaw: number): number {
  return tidy(wrap(yaw));
}

/** Where, under the level `after`, lies what lay at yaw and pitch under the level `before`. */
export function relevel([yaw, pitch]: Corner, before: Level, after: Level): Corner {
  const own = ownOf(directionOf(yaw, pitch, [0, 0, 0]), before);
  const found = anglesOf(uprightOf(own, after));
  return [tidyYaw(found.yaw), tidy(found.pitch)];
}

/** The photograph's own direction of an upright one. */
export function ownOf([x, y, z]: Readonly<Vector>, level: Level): Vector {
  const [y1, z1] = turned(y, z, -level.pitch);
  const [x1, y2] = turned(x, y1, level.roll);
  return [x1, y2, z1];
}

function uprightOf([x, y, z]: Readonly<Vector>, level: Level): Vector {
  const [x1, y1] = turned(x, y, -level.roll);
  const [y2, z1] = turned(y1, z, level.pitch);
  return [x1, y2, z1];
}

function turned(a: number, b: number, degrees: number): [number, number] {
  const [sine, cosine] = [Math.sin(degrees * DEGREE), Math.cos(degrees * DEGREE)];
  return [a * cosine - b * sine, a * sine + b * cosine];
}

/**
 * The level under which two points, given as they are seen under the level `before`, both lie on the horizon. Undefined where they are too
 * near to each other, or to opposite each other, to tell, or where it would take more than 45°.
 */
export function levelThrough(first: Corner, second: Corner, before: Level): Level | undefined {
  const [a, b] = [first, second].map(([yaw, pitch]) => ownOf(directionOf(yaw, pitch, [0, 0, 0]), before)) as [Vector, Vector];
  const up: Vector = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const length = Math.hypot(...up);
  if (length < Math.sin(LEAST_APART * DEGREE)) return undefined;
  const sign = up[1] < 0 ? -1 : 1;
  const [x, y, z] = up.map((part) => (part * sign) / length) as Vector;
  const roll = Math.atan2(-x, y) / DEGREE;
  const pitch = Math.atan2(-z, Math.hypot(x, y)) / DEGREE;
  if (Math.abs(roll) > 45 || Math.abs(pitch) > 45) return undefined;
  return { pitch: tidy(pitch), roll: tidy(roll) };
}

/** The north of a scene in which what is seen at `yaw` has the compass heading `heading`, from 0 to 360. */
export function northFor(yaw: number, heading: number): number {
  return tidy((((heading - yaw) % 360) + 360) % 360) % 360;
}

export function movedBy(polygon: readonly Corner[], across: number, up: number): Corner[] {
  return polygon.map(([yaw, pitch]) => [tidyYaw(yaw + across), tidy(clamp(pitch + up, -90, 90))]);
}

/** The middle of a polygon's corners, on the sphere. */
export function middleOf(polygon: readonly Corner[]): Corner {
  const sum: Vector = [0, 0, 0];
  for (const [yaw, pitch] of polygon) {
    const direction = directionOf(yaw, pitch, [0, 0, 0]);
    for (let i = 0; i < 3; i++) sum[i]! += direction[i]!;
  }
  const { yaw, pitch } = anglesOf(sum);
  return [tidyYaw(yaw), tidy(pitch)];
}

/** The corners clockwise as one sees them, from the upper left. */
export function inOrder(polygon: readonly Corner[]): Corner[] {
  const [middle] = middleOf(polygon);
  const flat = polygon.map(([yaw, pitch]) => [wrap(yaw - middle), pitch] as const);
  const twice = flat.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = flat[(i + 1) % flat.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  // With pitch up, a positive area runs against the clock.
  const order = twice > 0 ? [...flat.keys()].reverse() : [...flat.keys()];
  const upperLeft = (i: number): number => flat[i]![1] - flat[i]![0];
  const first = order.reduce((best, i) => (upperLeft(i) > upperLeft(best) ? i : best), order[0]!);
  const from = order.indexOf(first);
  return [...order.slice(from), ...order.slice(0, from)].map((i) => polygon[i]!);
}

/** An upright frame around a direction, `across` and `high` degrees large as seen from the middle. */
export function frameAround([yaw, pitch]: Corner, across = 20, high = 15): Corner[] {
  const low = clamp(pitch - high / 2, -89, 89);
  const top = clamp(pitch + high / 2, -89, 89);
  const half = across / 2 / Math.max(Math.cos(pitch * DEGREE), 0.2);
  return ([[-half, top], [half, top], [half, low], [-half, low]] as const).map(([x, y]) => [tidyYaw(yaw + x), tidy(y)]);
}

/** Half-way between two corners. */
export function between([yaw, pitch]: Corner, [otherYaw, otherPitch]: Corner): Corner {
  return [tidyYaw(yaw + wrap(otherYaw - yaw) / 2), tidy((pitch + otherPitch) / 2)];
}
