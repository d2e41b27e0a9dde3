/** The pictures of a scene in the order in which they hang. Pure. */

import { readingOrder } from "./marks";
import type { TourHotspot, TourScene } from "./types";

/** Hotspots that open as a picture, as one reads them along the walls from the first view on; what opens in the round stands, and does not hang. */
export function wallOrder(scene: Pick<TourScene, "hotspots" | "view">): TourHotspot[] {
  return readingOrder(scene.hotspots, scene.view.yaw).filter((hotspot) => hotspot.target?.iiif && hotspot.kind !== "model");
}

/** The picture `by` places on from the hotspot `id`, round the room; undefined where there is no other. */
export function besideOnWall(scene: Pick<TourScene, "hotspots" | "view">, id: number, by: number): TourHotspot | undefined {
  const order = wallOrder(scene);
  const place = order.findIndex((hotspot) => hotspot.id === id);
  if (place < 0 || order.length < 2) return undefined;
  return order[(((place + by) % order.length) + order.length) % order.length];
}
