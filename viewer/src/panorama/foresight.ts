/** The tiles that the first view will need, fetched and decoded while the renderer itself is still on its way. */

import { fetchPicture } from "./fetch-picture";
import type { PanoramaSource } from "./panorama-node";
import { UPRIGHT, axesWithin } from "./orientation";
import { TilePyramid } from "./tile-pyramid";
import { TileSelector } from "./tile-selector";
import { type View, axesOf, createAxes } from "./view";

/** Enough for one picture. What is not wanted any more could not be called off. */
const AHEAD = 32;
/** At a time, to begin with: they fill the gaps that the scripts leave on the line, but the renderer is not to wait for them. */
let parallel = 2;

const coming = new Map<string, Promise<ImageBitmap>>();
let waiting: string[] = [];
let running = 0;

/** Fetches the tiles nearest to the middle of `view`, for a picture of `width` × `height` device pixels. */
export function foresee(source: PanoramaSource, view: View, width: number, height: number): void {
  const pyramid = new TilePyramid(source);
  const axes = axesWithin(axesOf(view.yaw, view.pitch, createAxes()), 0, source.level ?? UPRIGHT, createAxes());
  const { tiles } = new TileSelector().select(pyramid, { axes, fov: view.fov, width, height }, { tiles: [] });
  const urls = tiles.slice(0, AHEAD).map((id) => pyramid.url(id));
  waiting = urls.filter((url) => !coming.has(url));
  fetchOn();
}

/** The renderer is here: all of them have the line for themselves. */
export function fetchAllForeseen(): void {
  parallel = AHEAD;
  fetchOn();
}

function fetchOn(): void {
  while (running < parallel) {
    const url = waiting.shift();
    if (url === undefined) return;
    const tile = fetchPicture(url, undefined, "low");
    running++;
    const ended = (): void => {
      running--;
      fetchOn();
    };
    tile.then(ended, ended);
    coming.set(url, tile);
  }
}

/** A tile that is on its way already, or from the network. Whoever takes it owns it, and from here on decides what is fetched. */
export function fetchTile(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  waiting = [];
  const tile = coming.get(url);
  if (!tile) return fetchPicture(url, signal);
  coming.delete(url);
  return tile;
}

/** Lets go of what nobody has taken. */
export function forgetForeseen(): void {
  waiting = [];
  for (const tile of coming.values()) {
    void tile.then(
      (bitmap) => bitmap.close(),
      () => undefined,
    );
  }
  coming.clear();
}
