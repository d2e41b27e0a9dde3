/** Where a visitor looks after following a link. Pure. */

import { type View, wrap } from "../panorama/view";
import type { TourLink, TourView } from "./types";

/** Pitch and field of view that a `TourView` leaves out. */
export function completeView(view: TourView): View {
  return { yaw: view.yaw, pitch: view.pitch ?? 0, fov: view.fov ?? 75 };
}

/** The yaw in a scene whose forward heads to `north`, that looks where `yaw` looks in a scene whose forward heads to `from`. */
export function keepHeading(yaw: number, from: number, north: number): number {
  return wrap(yaw + from - north);
}

/**
 * The view on arriving in the scene that heads to `north`, coming from `view` in one that heads to `from`.
 *
 * The link's `arrival` wins; without it heading, pitch and field of view are kept.
 */
export function arrivalView(link: Pick<TourLink, "arrival">, view: View, from: number, north: number): View {
  if (link.arrival) return { ...completeView(link.arrival), fov: link.arrival.fov ?? view.fov };
  return { yaw: keepHeading(view.yaw, from, north), pitch: view.pitch, fov: view.fov };
}
