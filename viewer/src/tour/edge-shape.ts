/** The edge of the wipe: where it is and how it slants. Pure. */

import type { ClipShape } from "../panorama/clip";
import { clamp } from "../panorama/view";

export interface EdgePlace {
  /** Where its grip is, as shares of width and height. */
  x: number;
  y: number;
  /** Degrees clockwise from upright, from -90 to 90. */
  slant: number;
}

export const FIRST_EDGE: Readonly<EdgePlace> = { x: 0.5, y: 0.5, slant: 0 };
/** The grip stays so far within the picture. */
const MARGIN = 0.03;
/** Near to upright or to level, it becomes that. */
const SNAP = 3;

/** The side of the edge in CSS pixels: to its right, or to its left. */
export function sideOfEdge(edge: Readonly<EdgePlace>, right: boolean, width: number, height: number): ClipShape {
  return { kind: "side", x: edge.x * width, y: edge.y * height, normal: edge.slant + (right ? 0 : 180) };
}

export function dragged(edge: Readonly<EdgePlace>, x: number, y: number, width: number, height: number): EdgePlace {
  return { ...edge, x: clamp(x / width, MARGIN, 1 - MARGIN), y: clamp(y / height, MARGIN, 1 - MARGIN) };
}

export function slanted(edge: Readonly<EdgePlace>, degrees: number): EdgePlace {
  const slant = clamp(degrees, -90, 90);
  const to = [0, 90, -90].find((rest) => Math.abs(slant - rest) < SNAP);
  return { ...edge, slant: to ?? slant };
}

/** The slant at which the edge goes through the grip and a point below it, in CSS pixels. */
export function slantThrough(edge: Readonly<EdgePlace>, x: number, y: number, width: number, height: number): number {
  return (Math.atan2(edge.x * width - x, y - edge.y * height) * 180) / Math.PI;
}
