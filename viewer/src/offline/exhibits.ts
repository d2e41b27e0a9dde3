/** The exhibits of a hall that may be kept beside the walk: pictures to look at closely, 3D models, sounds and films. */

import { infoAddress } from "../hotspots/addresses";
import type { Photograph } from "../hotspots/photographs";
import type { CollectionRecord } from "../hotspots/record";
import { suitsPhone } from "../model/level";
import type { Tour } from "../tour/types";
import { placesOf } from "../zoom/places";
import { Refused } from "../reading/fetch-bounded";
import { readService } from "../zoom/service";
import { NOBODY, each, meanSize, spread } from "./fetching";
import { EXHIBITS, type ExhibitKind, PICTURE, captionsOf, modelsOf, picturePixels, picturesOf, recordingsOf } from "./plan";

/** Pictures whose tiles are asked for to know the others' size, and how many tiles of each. */
const PICTURES = 3;
const TILES = 4;

export interface Exhibits {
  pictures: readonly Photograph[];
  models: readonly string[];
  recordings: readonly string[];
  captions: readonly string[];
}

/** Reads what there is to open in a hall, as far as it is of this museum's own server. */
export async function readExhibits(tours: readonly Tour[], signal: AbortSignal): Promise<Exhibits> {
  const records = new Map<string, CollectionRecord>();
  const addresses = tours.flatMap(({ scene }) => scene.hotspots.flatMap(({ target }) => target?.record ?? []));
  await each([...new Set(addresses)].filter(isOwn), signal, async (address) => {
    const answer = await fetch(address, { ...NOBODY, signal });
    if (answer.ok) records.set(address, (await answer.json()) as CollectionRecord);
  });
  return {
    pictures: picturesOf(tours, records).filter(({ iiif }) => isOwn(iiif)),
    models: modelsOf(tours, suitsPhone()).filter(isOwn),
    recordings: recordingsOf(tours).filter(isOwn),
    captions: captionsOf(tours).filter(isOwn),
  };
}

/** About how many bytes each kind takes; 0 where there is nothing of it. */
export async function estimateExhibits(exhibits: Exhibits, signal: AbortSignal): Promise<Record<ExhibitKind, number>> {
  const sizes = { pictures: 0, models: 0, recordings: 0 };
  await each(EXHIBITS, signal, async (kind) => {
    if (kind === "pictures") sizes.pictures = await estimatePictures(exhibits.pictures, signal);
    else sizes[kind] = await wholeSize(exhibits[kind], signal);
  });
  return sizes;
}

/** All files of the kinds, and whether their address is their content. */
export async function exhibitFiles(exhibits: Exhibits, kinds: readonly ExhibitKind[], signal: AbortSignal): Promise<{ address: string; lasting: boolean }[]> {
  const files = new Map<string, boolean>();
  const add = (address: string, lasting: boolean): void => void files.set(new URL(address, location.href).href, lasting);
  if (kinds.includes("models")) for (const model of exhibits.models) add(model, true);
  if (kinds.includes("recordings")) {
    for (const recording of exhibits.recordings) add(recording, true);
    for (const captions of exhibits.captions) add(captions, false);
  }
  if (kinds.includes("pictures")) {
    await each(exhibits.pictures, signal, async ({ iiif, thumbnail }) => {
      const info = infoAddress(iiif);
      const places = placesOf(iiif);
      add(info, false);
      if (places) add(places.record, false);
      if (thumbnail && isOwn(thumbnail)) add(thumbnail, false);
      for (const tile of await tilesOf(info)) add(tile, false);
    });
  }
  return [...files].map(([address, lasting]) => ({ address, lasting }));
}

/** Addresses of the tiles that the viewer will ask for, up to a sensible size: as its own library names them. None of what the museum does not have. */
async function tilesOf(info: string): Promise<string[]> {
  const [{ default: library }, service] = await Promise.all([import("openseadragon"), readService(info).catch(passOver)]);
  if (!service) return [];
  const { address, said } = service;
  const { IIIFTileSource } = library as unknown as { IIIFTileSource: IiifTileSource };
  const source = new IIIFTileSource(IIIFTileSource.prototype.configure(said, `${address}/info.json`, ""));
  const longer = Math.max(source.width, source.height);
  const tiles: string[] = [];
  for (let level = source.minLevel; level <= source.maxLevel; level++) {
    if (level > source.minLevel && longer * source.getLevelScale(level) > PICTURE + 1) break;
    const { x: across, y: down } = source.getNumTiles(level);
    for (let y = 0; y < down; y++) for (let x = 0; x < across; x++) tiles.push(source.getTileUrl(level, x, y));
  }
  return tiles;
}

/** What is used of OpenSeadragon's, whose own types leave half of it out. */
interface IiifTileSource {
  new (options: object): {
    width: number;
    height: number;
    minLevel: number;
    maxLevel: number;
    getLevelScale(level: number): number;
    getNumTiles(level: number): { x: number; y: number };
    getTileUrl(level: number, x: number, y: number): string;
  };
  prototype: { configure(said: object, address: string, postData: string): object };
}

async function estimatePictures(pictures: readonly Photograph[], signal: AbortSignal): Promise<number> {
  let [bytes, pixels] = [0, 0];
  await each(spread(pictures, PICTURES), signal, async (picture) => {
    const tiles = await tilesOf(infoAddress(picture.iiif));
    if (tiles.length === 0) return;
    bytes += (await meanSize(spread(tiles, TILES), signal)) * tiles.length;
    pixels += picturePixels(picture);
  });
  return pixels === 0 ? 0 : (pictures.reduce((sum, picture) => sum + picturePixels(picture), 0) * bytes) / pixels;
}

function passOver(error: unknown): undefined {
  if (error instanceof Refused && (error.status === 404 || error.status === 410)) return undefined;
  throw error;
}

async function wholeSize(addresses: readonly string[], signal: AbortSignal): Promise<number> {
  let sum = 0;
  await each(addresses, signal, async (address) => {
    sum += await meanSize([address], signal);
  });
  return sum;
}

function isOwn(address: string): boolean {
  return new URL(address, location.href).origin === location.origin;
}
