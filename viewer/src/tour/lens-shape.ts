/** Where the lens is and how large: shares of the picture, so that it stays in place when the picture changes its size. Pure. */

import type { ClipShape } from "../panorama/clip";
import { clamp } from "../panorama/view";

export interface LensPlace {
  /** Shares of width and height. */
  x: number;
  y: number;
  /** Radius as a share of the shorter side. */
  radius: number;
}

export const FIRST_LENS: Readonly<LensPlace> = { x: 0.5, y: 0.45, radius: 0.27 };
const LEAST = 56;
const MOST = 0.48;
/** Pixels on both sides of the rim that a finger takes hold of to change the size. */
const RIM = 26;

type Circle = Extract<ClipShape, { kind: "circle" }>;

/** The circle in CSS pixels. */
export function circleOf(lens: Readonly<LensPlace>, width: number, height: number): Circle {
  const side = Math.min(width, height);
  return { kind: "circle", x: lens.x * width, y: lens.y * height, radius: clamp(lens.radius * side, Math.min(LEAST, side * MOST), side * MOST) };
}

/** Moves the middle to a point in CSS pixels; it stays in the picture. */
export function moved(lens: Readonly<LensPlace>, x: number, y: number, width: number, height: number): LensPlace {
  return { ...lens, x: clamp(x / width, 0, 1), y: clamp(y / height, 0, 1) };
}

/** With a radius of so many CSS pixels, within what is useful. */
export function sized(lens: Readonly<LensPlace>, radius: number, width: number, height: number): LensPlace {
  const side = Math.min(width, height);
  return { ...lens, radius: clamp(radius, Math.min(LEAST, side * MOST), side * MOST) / side };
}

/** What a finger at a point takes hold of: the glass, its rim, or nothing. */
export function gripAt(circle: Readonly<Circle>, x: number, y: number): "glass" | "rim" | undefined {
  const distance = Math.hypot(x - circle.x, y - circle.y);
  if (Math.abs(distance - circle.radius) <= RIM) return "rim";
  return distance < circle.radius ? "glass" : undefined;
}
