/**
 * How a panorama lies in the world. Its own directions (x right, y up, -z forward) become the world's by
 * Ry(-offset) · Rx(pitch) · Rz(-roll): put upright first, then turned about the vertical. Degrees; pure.
 */

import type { Vector } from "./faces";
import type { Axes } from "./view";

/** How a photograph is put upright: what lies ahead is lifted by `pitch`, after all was turned clockwise by `roll`. */
export interface Level {
  pitch: number;
  roll: number;
}

export const UPRIGHT: Readonly<Level> = { pitch: 0, roll: 0 };

const DEGREE = Math.PI / 180;

/** A camera's axes in the panorama's own frame; written into `out`. */
export function axesWithin(world: Readonly<Axes>, offset: number, level: Readonly<Level>, out: Axes): Axes {
  into(world.right, offset, level, out.right);
  into(world.up, offset, level, out.up);
  into(world.forward, offset, level, out.forward);
  return out;
}

/** The panorama's own direction of one of the upright scene; written into `out`. */
export function withinLevel(upright: Readonly<Vector>, level: Readonly<Level>, out: Vector): Vector {
  into(upright, 0, level, out);
  return out;
}

/** The panorama's own direction of one of the world: the inverse of how it lies. */
function into([x, y, z]: Readonly<Vector>, offset: number, level: Readonly<Level>, out: Vector): void {
  const [sinA, cosA] = [Math.sin(offset * DEGREE), Math.cos(offset * DEGREE)];
  const [x1, z1] = [x * cosA + z * sinA, -x * sinA + z * cosA];
  const [sinP, cosP] = [Math.sin(level.pitch * DEGREE), Math.cos(level.pitch * DEGREE)];
  const [y2, z2] = [y * cosP + z1 * sinP, -y * sinP + z1 * cosP];
  const [sinR, cosR] = [Math.sin(level.roll * DEGREE), Math.cos(level.roll * DEGREE)];
  out[0] = x1 * cosR - y2 * sinR;
  out[1] = x1 * sinR + y2 * cosR;
  out[2] = z2;
}
