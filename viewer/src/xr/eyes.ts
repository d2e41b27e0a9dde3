/**
 * What two eyes see together, as one camera that tiles are chosen for. Pure.
 *
 * Displays may be turned outwards and see farther down than up, so the one camera looks along the middle of all that they see. It is as
 * wide as their union and as sharp as the sharper of them.
 */

import type { Vector } from "../panorama/faces";
import type { Camera } from "../panorama/tile-selector";

export interface Eye {
  /** Where the eye is and how it is turned: 16 numbers, column by column. */
  world: ArrayLike<number>;
  /** Its projection, likewise. */
  projection: ArrayLike<number>;
  /** Device pixels from top to bottom. */
  height: number;
}

/** No camera sees farther to a side than this tangent: 80°. */
const WIDEST = 5.7;

interface Extent {
  left: number;
  right: number;
  down: number;
  up: number;
}

/** Writes the camera into `out`, its axes in the frame of the eyes' `world`. Nothing is allocated. */
export function seeWith(eyes: readonly Eye[], out: Camera): Camera {
  const { right, up, forward } = out.axes;
  mean(eyes, 8, -1, forward);
  mean(eyes, 4, 1, up);
  cross(forward, up, right);
  normalize(right);
  cross(right, forward, up);
  measure(eyes, out);
  tilt(forward, up, (Math.atan(extent.up) + Math.atan(extent.down)) / 2);
  measure(eyes, out);
  const vertical = Math.max(extent.up, -extent.down);
  const side = Math.max(extent.right, -extent.left);
  let focal = 0;
  for (let i = 0; i < eyes.length; i++) focal = Math.max(focal, (eyes[i]!.projection[5]! * eyes[i]!.height) / 2);
  out.fov = (2 * Math.atan(vertical) * 180) / Math.PI;
  out.height = 2 * focal * vertical;
  out.width = 2 * focal * side;
  return out;
}

const extent: Extent = { left: 0, right: 0, down: 0, up: 0 };

/** The tangents, to all sides of `camera`, that hold the corners of all pictures. */
function measure(eyes: readonly Eye[], { axes: { right, up, forward } }: Camera): void {
  extent.left = extent.down = WIDEST;
  extent.right = extent.up = -WIDEST;
  for (let i = 0; i < eyes.length; i++) {
    const { world, projection } = eyes[i]!;
    for (let corner = 0; corner < 4; corner++) {
      const x = ((corner & 1 ? 1 : -1) + projection[8]!) / projection[0]!;
      const y = ((corner & 2 ? 1 : -1) + projection[9]!) / projection[5]!;
      const wx = world[0]! * x + world[4]! * y - world[8]!;
      const wy = world[1]! * x + world[5]! * y - world[9]!;
      const wz = world[2]! * x + world[6]! * y - world[10]!;
      const ahead = Math.max(wx * forward[0] + wy * forward[1] + wz * forward[2], 1e-3);
      const across = (wx * right[0] + wy * right[1] + wz * right[2]) / ahead;
      const above = (wx * up[0] + wy * up[1] + wz * up[2]) / ahead;
      extent.left = Math.max(Math.min(extent.left, across), -WIDEST);
      extent.right = Math.min(Math.max(extent.right, across), WIDEST);
      extent.down = Math.max(Math.min(extent.down, above), -WIDEST);
      extent.up = Math.min(Math.max(extent.up, above), WIDEST);
    }
  }
}

/** The mean of one column of all eyes' matrices, as a unit vector. */
function mean(eyes: readonly Eye[], column: number, sign: 1 | -1, out: Vector): void {
  out[0] = out[1] = out[2] = 0;
  for (let i = 0; i < eyes.length; i++) {
    const { world } = eyes[i]!;
    out[0] += sign * world[column]!;
    out[1] += sign * world[column + 1]!;
    out[2] += sign * world[column + 2]!;
  }
  normalize(out);
}

/** Turns forward and up about right, upwards by `angle` radians. */
function tilt(forward: Vector, up: Vector, angle: number): void {
  const sine = Math.sin(angle);
  const cosine = Math.cos(angle);
  for (let i = 0; i < 3; i++) {
    const f = forward[i]!;
    const u = up[i]!;
    forward[i] = f * cosine + u * sine;
    up[i] = u * cosine - f * sine;
  }
}

function cross(a: Readonly<Vector>, b: Readonly<Vector>, out: Vector): void {
  const x = a[1] * b[2] - a[2] * b[1];
  const y = a[2] * b[0] - a[0] * b[2];
  const z = a[0] * b[1] - a[1] * b[0];
  out[0] = x;
  out[1] = y;
  out[2] = z;
}

function normalize(out: Vector): void {
  const length = Math.hypot(out[0], out[1], out[2]) || 1;
  out[0] /= length;
  out[1] /= length;
  out[2] /= length;
}
