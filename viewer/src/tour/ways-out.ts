/** Which way to turn for a way on, where none is in the picture. Pure. */

import { directionOf } from "../panorama/faces";
import { type View, axesOf, createAxes, focalLength, project, wrap } from "../panorama/view";
import type { TourLink } from "./types";

/** Where a way on lies beyond the edges of the picture. */
export interface WaysOut {
  left?: TourLink;
  right?: TourLink;
  below?: TourLink;
  above?: TourLink;
}

/** A floor mark without a pitch of its own lies where one looks when about to step. */
const FLOOR_PITCH = -26;
/** A mark whose middle is this far within the picture, in CSS pixels, is seen as one. */
const WITHIN = 28;
/** At the lower edge lie the scene's name and the buttons. */
const ABOVE = 72;
const AXES = createAxes();
const POINT = { x: 0, y: 0, ahead: false };
const NONE: WaysOut = {};

/** Where the button of a link stands: ways to walk lie on the floor, jumps float where the curator put them. */
export function markPitch(link: TourLink): number {
  if (link.kind !== "walk") return link.pitch;
  return link.pitch < -8 ? link.pitch : FLOOR_PITCH;
}

/** Times are on the time line. */
export function leadsOn({ kind }: TourLink): boolean {
  return kind !== "time";
}

/** Whether the mark of a way is in the picture. */
export function isInPicture(link: TourLink, view: View, width: number, height: number): boolean {
  axesOf(view.yaw, view.pitch, AXES);
  const { x, y, ahead } = project(AXES, focalLength(view.fov, height), directionOf(link.yaw, markPitch(link), [0, 0, 0]), width, height, POINT);
  return ahead && x > WITHIN && x < width - WITHIN && y > WITHIN && y < height - ABOVE;
}

/** The nearest way beyond each edge; none as long as one to walk is in the picture, and of those that leave the house none as long as one of
 * them is: whoever sees a portal is still told where the rooms go on. */
export function waysOut(links: readonly TourLink[], view: View, width: number, height: number): WaysOut {
  const seen = links.filter((link) => leadsOn(link) && isInPicture(link, view, width, height));
  if (seen.some(isWalk)) return NONE;
  const ways = links.filter(seen.length > 0 ? isWalk : leadsOn);
  const half = (Math.atan((Math.tan((view.fov * Math.PI) / 360) * width) / Math.max(height, 1)) * 180) / Math.PI;
  const found: WaysOut = {};
  for (const link of [...ways].sort((a, b) => turnTo(a, view) - turnTo(b, view))) {
    found[edgeOf(link, view, half)] ??= link;
  }
  // What one can only tilt to is nearer than all that one would have to turn to.
  return found.below ? { below: found.below } : found.above ? { above: found.above } : found;
}

function isWalk({ kind }: TourLink): boolean {
  return kind === "walk";
}

function turnTo({ yaw }: TourLink, view: View): number {
  return Math.abs(wrap(yaw - view.yaw));
}

function edgeOf(link: TourLink, view: View, half: number): keyof WaysOut {
  if (turnTo(link, view) < half) return markPitch(link) < view.pitch ? "below" : "above";
  return wrap(link.yaw - view.yaw) < 0 ? "left" : "right";
}

/** The yaw at which a scene opens that nobody has chosen a view for: where no way on would be in the picture, that of the shortest. */
export function openingYaw(links: readonly TourLink[], view: View, width: number, height: number): number {
  const ways = links.filter(leadsOn);
  const unchosen = view.yaw === 0 && view.pitch === 0;
  if (!unchosen || ways.length === 0 || ways.some((link) => isInPicture(link, view, width, height))) return view.yaw;
  return ways.reduce((best, link) => ((link.distance ?? 5) < (best.distance ?? 5) ? link : best)).yaw;
}
