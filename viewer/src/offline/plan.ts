/** What a scene takes to be kept: addresses of its files. Pure. */

import { type Photograph, photographsOf } from "../hotspots/photographs";
import type { CollectionRecord } from "../hotspots/record";
import { levelFor } from "../model/level";
import { levelAt } from "../standing/level-at";
import type { Tour, TourHotspot, TourPanorama } from "../tour/types";

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

/** What of a hall's exhibits can be kept beside the walk. */
export const EXHIBITS = ["pictures", "models", "recordings"] as const;
export type ExhibitKind = (typeof EXHIBITS)[number];

/** Pixels of the longer side up to which a picture is kept: more than a screen shows of it at once. */
export const PICTURE = 2048;

/** All pictures that hotspots open, each once; `records` are those behind them, by address. */
export function picturesOf(tours: readonly Tour[], records: ReadonlyMap<string, CollectionRecord>): Photograph[] {
  const found = hotspotsOf(tours).flatMap(({ target }) => photographsOf(target, records.get(target?.record ?? "")));
  return [...new Map(found.map((one) => [one.iiif, one])).values()];
}

/** Pixels of all levels of a picture that are kept. */
export function picturePixels({ width, height }: Readonly<{ width: number; height: number }>): number {
  let pixels = 0;
  for (let scale = 1; ; scale *= 2) {
    const [w, h] = [Math.ceil(width / scale), Math.ceil(height / scale)];
    if (Math.max(w, h) <= PICTURE) pixels += w * h;
    if (Math.max(w, h) <= 512) return pixels;
  }
}

/** The levels of 3D models that this browser asks for: light ones on a `phone`. What stands in a scene is as light as its distance allows. */
export function modelsOf(tours: readonly Tour[], phone: boolean): string[] {
  const found = hotspotsOf(tours).flatMap(({ target, standing }) => {
    const model = target?.model;
    if (!model) return [];
    const opened = phone ? levelFor(model, "phone") : model;
    return standing ? [opened, levelAt(model, standing.distance)] : [opened];
  });
  return [...new Set(found)];
}

/** Sounds and films. */
export function recordingsOf(tours: readonly Tour[]): string[] {
  const recorded = hotspotsOf(tours).filter(({ kind }) => kind === "audio" || kind === "video");
  return [...new Set(recorded.flatMap(({ target }) => target?.href ?? []))];
}

/** What is said in them, to be read. */
export function captionsOf(tours: readonly Tour[]): string[] {
  return [...new Set(hotspotsOf(tours).flatMap(({ target }) => Object.values(target?.captions ?? {}) as string[]))];
}

function hotspotsOf(tours: readonly Tour[]): TourHotspot[] {
  return tours.flatMap(({ scene }) => scene.hotspots);
}
