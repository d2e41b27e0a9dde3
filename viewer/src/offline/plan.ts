/** What a scene takes to be kept: addresses of its files. Pure. */

import type { Tour, TourPanorama } from "../tour/types";

const FACES = "frblud";

/** How sharp a hall is kept: the finest size of a face, in pixels. */
export const SHARPNESS = { light: 1024, sharp: 2048, whole: 65_536 } as const;
export type Sharpness = keyof typeof SHARPNESS;

/** Numbers of the levels that are kept: the coarsest always, and all up to the size. */
export function keptLevels(levels: readonly number[], sharpness: Sharpness): number[] {
  return levels.flatMap((size, level) => (level === 0 || size <= SHARPNESS[sharpness] ? [level] : []));
}

/** Tiles of one level of one panorama. */
export function levelTiles({ tiles, levels, tile = 512 }: TourPanorama, level: number): string[] {
  const across = Math.ceil(levels[level]! / tile);
  const found: string[] = [];
  for (const face of FACES) {
    for (let row = 0; row < across; row++) {
      for (let column = 0; column < across; column++) {
        const values: Record<string, string> = { level: `${level}`, face, row: `${row}`, column: `${column}` };
        found.push(tiles.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
      }
    }
  }
  return found;
}

/** What belongs to a scene beside its tiles: first paint, small pictures, records. */
export function sceneFiles({ scene, neighbours }: Tour): string[] {
  const targets = scene.hotspots.flatMap(({ target }) => [target?.thumbnail, target?.record]);
  const strips = Object.values(neighbours).map(({ panorama }) => panorama.strip);
  return [scene.panorama.strip, scene.venue.floor?.picture, ...strips, ...targets].filter((address) => typeof address === "string");
}
