/** What the first view needs, on its way before those are here who show it. */

import { foresee } from "../panorama/foresight";
import { pixelRatio } from "../panorama/pixels";
import { type View, openingFov } from "../panorama/view";
import { tourAddress, viewFromQuery } from "./address";
import { completeView } from "./journey";
import { TourClient, panoramaSource } from "./tour-client";
import type { TourScene } from "./types";
import { openingYaw } from "./ways-out";

/** The one that all tours of a page share. */
export const client = new TourClient();

/** The view in which a scene opens on a screen of `width` × `height` CSS pixels, where `asked` does not say otherwise. */
export function openingView(scene: TourScene, asked: Partial<View>, width: number, height: number): View {
  const opening = completeView(scene.view);
  opening.fov = openingFov(opening.fov, width / Math.max(height, 1));
  opening.yaw = openingYaw(scene.links, opening, width, height);
  return { ...opening, ...asked };
}

/** Fetches the tiles of a scene's first view. */
export function fetchView(scene: TourScene, view: View, width: number, height: number): void {
  const ratio = pixelRatio(width, height);
  if (width > 0 && height > 0) foresee(panoramaSource(scene), view, width * ratio, height * ratio);
}

/** Fetches the tour that the page opens with, and the tiles of its first view, while `<museum-tour>` is still unknown to the browser. */
export async function fetchOpening(): Promise<void> {
  const tag = document.querySelector("museum-tour");
  const address = tag && tourAddress(tag.getAttribute("src") ?? "", tag.getAttribute("scene") ?? "", document.baseURI);
  if (!tag || !address) return;
  const { clientWidth: width, clientHeight: height } = tag;
  client.trust(address);
  try {
    const { scene } = await client.read(address);
    const asked = viewFromQuery(tag.hasAttribute("address") ? location.search : (tag.getAttribute("start") ?? ""));
    fetchView(scene, openingView(scene, asked, width, height), width, height);
  } catch {
    // The tag reads the same tour, and says what is wrong.
  }
}
