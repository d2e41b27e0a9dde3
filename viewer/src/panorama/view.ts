/** A view, and the way between its pixels and directions. Angles are degrees; `fov` is vertical. */

import { type Vector, anglesOf, directionOf } from "./faces";

export interface View {
  yaw: number;
  pitch: number;
  fov: number;
}

const DEGREE = Math.PI / 180;

/** The same angle in [-180, 180). */
export function wrap(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Pixels from the middle of the picture to where the tangent is 1: pixels per radian in the middle. */
export function focalLength(fov: number, height: number): number {
  return height / 2 / Math.tan((fov * DEGREE) / 2);
}

/** Right, up and forward of a camera, as unit vectors. */
export interface Axes {
  right: Vector;
  up: Vector;
  forward: Vector;
}

export function createAxes(): Axes {
  return { right: [1, 0, 0], up: [0, 1, 0], forward: [0, 0, -1] };
}

/** The axes of a camera that looks along `yaw` and `pitch` without roll; written into `out`. */
export function axesOf(yaw: number, pitch: number, out: Axes): Axes {
  directionOf(yaw, pitch, out.forward);
  directionOf(yaw + 90, 0, out.right);
  directionOf(yaw, pitch + 90, out.up);
  return out;
}

export interface Point {
  x: number;
  y: number;
  /** False where the direction lies behind the camera; `x` and `y` then mean nothing. */
  ahead: boolean;
}

/** Where a direction appears, in CSS pixels from the top left of a picture `width` × `height`; written into `out`. */
export function project(axes: Axes, focal: number, direction: Readonly<Vector>, width: number, height: number, out: Point): Point {
  const depth = dot(direction, axes.forward);
  out.ahead = depth > 1e-3;
  const scale = focal / Math.max(depth, 1e-3);
  out.x = width / 2 + dot(direction, axes.right) * scale;
  out.y = height / 2 - dot(direction, axes.up) * scale;
  return out;
}

/** The direction under a pixel, as yaw and pitch: the inverse of `project`. */
export function unproject(view: View, x: number, y: number, width: number, height: number): { yaw: number; pitch: number } {
  const focal = focalLength(view.fov, height);
  const axes = axesOf(view.yaw, view.pitch, createAxes());
  const [right, up] = [x - width / 2, height / 2 - y];
  const ray: Vector = [0, 0, 0];
  for (let i = 0; i < 3; i++) {
    ray[i] = axes.forward[i]! * focal + axes.right[i]! * right + axes.up[i]! * up;
  }
  return anglesOf(ray);
}

/** The view after changing `fov` so that the direction under the pixel stays under it. */
export function zoomAbout(view: View, fov: number, x: number, y: number, width: number, height: number): View {
  const before = unproject(view, x, y, width, height);
  const zoomed = { ...view, fov };
  // Moving by the difference is exact for small moves only; each round leaves a small part of the one before.
  for (let round = 0; round < 3; round++) {
    const after = unproject(zoomed, x, y, width, height);
    zoomed.yaw = wrap(zoomed.yaw + wrap(before.yaw - after.yaw));
    zoomed.pitch = clamp(zoomed.pitch + before.pitch - after.pitch, -90, 90);
  }
  return zoomed;
}

/**
 * The vertical field of view with which a scene opens on a screen of this shape: the curator's, but on a narrow screen wide
 * enough to show 58° across, since a room seen through a slit is no room.
 */
export function openingFov(fov: number, aspect: number): number {
  const across = 2 * Math.atan(Math.tan((58 * DEGREE) / 2) / aspect);
  return Math.max(fov, Math.min(across / DEGREE, 100));
}

function dot(a: Readonly<Vector>, b: Readonly<Vector>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
