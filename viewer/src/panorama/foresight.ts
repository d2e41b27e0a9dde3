/** The tiles that the first view will need, fetched and decoded while the renderer itself is still on its way. */

import { fetchPicture } from "./fetch-picture";
import type { PanoramaSource } from "./panorama-node";
import { UPRIGHT, axesWithin } from "./orientation";
import { TilePyramid } from "./tile-pyramid";
import { TileSelector } from "./tile-selector";
import { type View, axesOf, createAxes } from "./view";

/** Enough for one picture. What is not wanted any more could not be called off. */
const AHEAD = 32;

const coming = new Map<string, Promise<ImageBitmap>>();

/** Fetches the tiles nearest to the middle of `view`, for a picture of `width` × `height` device pixels. */
export function foresee(source: PanoramaSource, view: View, width: number, height: number): void {
  const pyramid = new TilePyramid(source);
  const axes = axesWithin(axesOf(view.yaw, view.pitch, createAxes()), 0, source.level ?? UPRIGHT, createAxes());
  const { tiles } = new TileSelector().select(pyramid, { axes, fov: view.fov, width, height }, { tiles: [] });
  for (const id of tiles.slice(0, AHEAD)) {
    const url = pyramid.url(id);
    if (coming.has(url)) continue;
    // What is to show them comes first.
    const tile = fetchPicture(url, undefined, "low");
    tile.catch(() => undefined);
    coming.set(url, tile);
  }
}

/** A tile that is on its way already, or from the network. Whoever takes it owns it. */
export function fetchTile(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const tile = coming.get(url);
  if (!tile) return fetchPicture(url, signal);
  coming.delete(url);
  return tile;
}

/** Lets go of what nobody has taken. */
export function forgetForeseen(): void {
  for (const tile of coming.values()) {
    void tile.then(
      (bitmap) => bitmap.close(),
      () => undefined,
    );
  }
  coming.clear();
}
