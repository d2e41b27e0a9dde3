/**
 * Keeps a hall: asks what belongs to it, says how large that is, and fetches it into a cache of its own.
 *
 * Everything is asked for as nobody in particular, so that nothing is kept that only somebody logged in may see.
 */

import { checkTour } from "../tour/check-tour";
import type { HallScene } from "../tour/hall-scenes";
import type { Tour } from "../tour/types";
import { type Exhibits, exhibitFiles } from "./exhibits";
import { NOBODY, each, meanSize, spread } from "./fetching";
import { type KeptHall, describe, hallCache, letGo } from "./kept";
import { DESCRIPTION, KEPT_PAGE } from "./names";
import { type ExhibitKind, type Sharpness, keptLevels, levelTiles, sceneFiles } from "./plan";

const ATTEMPTS = 3;
/** Tiles of each level whose size is asked for, to know the others'. */
const SAMPLES = 4;
/** Mean size of what is neither tile nor script, where nothing is known. */
const SMALL_FILE = 20_000;

/** The disk is full, or the browser gives no more room. */
export class NoRoom extends Error {}

export interface Hall {
  slug: string;
  title: string;
  /** Address of the list of its scenes. */
  list: string;
  scenes: readonly HallScene[];
  tours: readonly Tour[];
}

/** What a visitor wants of it. */
export interface Choice {
  sharpness: Sharpness;
  exhibits: readonly ExhibitKind[];
}

export interface Progress {
  files: number;
  of: number;
  bytes: number;
}

/** Reads all tours of a hall; a scene that is not there any more is passed over. */
export async function readHall(slug: string, title: string, list: string, scenes: readonly HallScene[], signal: AbortSignal): Promise<Hall> {
  const tours: Tour[] = [];
  const there: HallScene[] = [];
  await each(scenes, signal, async (scene) => {
    const answer = await fetch(scene.tour, { ...NOBODY, signal });
    if (answer.status === 404 || answer.status === 410) return;
    if (!answer.ok) throw new Error(`${answer.status} for ${scene.tour}`);
    tours.push(checkTour(await answer.json(), { address: scene.tour, trusted: true, home: [location.origin] }));
    there.push(scene);
  });
  return { slug, title, list, scenes: there, tours };
}

/** About how many bytes each sharpness takes. */
export async function estimate(hall: Hall, signal: AbortSignal): Promise<Record<Sharpness, number>> {
  const levels = new Map<number, string[]>();
  for (const { scene } of hall.tours) {
    scene.panorama.levels.forEach((size, level) => levels.set(size, [...(levels.get(size) ?? []), ...levelTiles(scene.panorama, level)]));
  }
  const means = new Map<number, number>();
  await each([...levels], signal, async ([size, tiles]) => means.set(size, await meanSize(spread(tiles, SAMPLES), signal)));
  const others = hall.tours.reduce((sum, tour) => sum + sceneFiles(tour).length + 3, 0) * SMALL_FILE + (await assets(signal)).bytes;
  const of = (sharpness: Sharpness): number => {
    let sum = others;
    for (const { scene } of hall.tours) {
      for (const level of keptLevels(scene.panorama.levels, sharpness)) {
        sum += levelTiles(scene.panorama, level).length * (means.get(scene.panorama.levels[level]!) ?? 0);
      }
    }
    return sum;
  };
  return { light: of("light"), sharp: of("sharp"), whole: of("whole") };
}

/** Bytes that this browser still gives; undefined where it does not say. */
export async function room(): Promise<number | undefined> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota === undefined ? undefined : quota - (usage ?? 0);
}

/**
 * Keeps the hall, with what of its exhibits was chosen, going on where it was left. Throws `NoRoom`, the reason of `signal`, or what `fetch` throws; what has come by then
 * stays, to be gone on with, unless it was cancelled before it had ever been whole.
 */
export async function keep(
  hall: Hall,
  { sharpness, exhibits }: Choice,
  known: Exhibits | undefined,
  signal: AbortSignal,
  progress: (progress: Progress) => void,
): Promise<void> {
  const cache = await caches.open(hallCache(hall.slug));
  const earlier = (await (await cache.match(DESCRIPTION + hall.slug))?.json()) as KeptHall | undefined;
  // What has come since it was begun and broke off need not come again.
  const begun = earlier && !earlier.whole ? Date.parse(earlier.kept) : Number.POSITIVE_INFINITY;
  const description: KeptHall = {
    slug: hall.slug,
    title: hall.title,
    page: hall.scenes[0]!.page,
    scenes: hall.scenes.length,
    bytes: 0,
    sharpness,
    exhibits: [...exhibits],
    kept: new Date().toISOString(),
    whole: false,
  };
  try {
    await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
    void navigator.storage?.persist?.();
    await describe(cache, description);
    const wanted = await everything(hall, sharpness, signal);
    for (const { address, lasting } of known ? await exhibitFiles(known, exhibits, signal) : []) wanted.set(address, { source: address, lasting });
    const had = new Set((await cache.keys()).map(({ url }) => url));
    let [files, bytes] = [0, 0];
    await each([...wanted], signal, async ([address, { source, lasting }]) => {
      const kept = had.has(address) ? await cache.match(address) : undefined;
      const stays = kept && (lasting || Date.parse(kept.headers.get("Date") ?? "") >= begun);
      const came = stays ? (await kept.blob()).size : await bring(cache, address, source, signal);
      bytes += came;
      progress({ files: ++files, of: wanted.size, bytes });
    });
    for (const address of had) {
      if (!wanted.has(address) && !address.includes(DESCRIPTION)) await cache.delete(address);
    }
    await describe(cache, { ...description, bytes, whole: true });
  } catch (error) {
    if (signal.aborted && !earlier) await letGo(hall.slug);
    throw isFull(error) ? new NoRoom(String(error)) : error;
  }
}

interface Wanted {
  /** Where it is fetched from, if not from its own address. */
  source: string;
  /** Whether its address is its content. */
  lasting: boolean;
}

async function everything(hall: Hall, sharpness: Sharpness, signal: AbortSignal): Promise<Map<string, Wanted>> {
  const wanted = new Map<string, Wanted>();
  const add = (address: string, lasting: boolean, source = address): void => {
    const url = new URL(address, location.href).href;
    if (new URL(url).origin === location.origin) wanted.set(url, { lasting, source });
  };
  const language = document.documentElement.lang;
  const page = (address: string): void => {
    const spoken = new URL(address, location.href);
    spoken.searchParams.set("lang", language);
    add(address, false, spoken.href);
  };
  for (const file of (await assets(signal)).files) add(file, true);
  page(KEPT_PAGE);
  add(hall.list, false);
  for (const { page: address, tour, thumbnail } of hall.scenes) {
    page(address);
    add(tour, false);
    if (thumbnail) add(thumbnail, true);
  }
  for (const tour of hall.tours) {
    for (const file of sceneFiles(tour)) add(file, !file.includes("/api/"));
    for (const level of keptLevels(tour.scene.panorama.levels, sharpness)) {
      for (const tile of levelTiles(tour.scene.panorama, level)) add(tile, true);
    }
  }
  return wanted;
}

/** Scripts and styles that the pages need, and their bytes. */
async function assets(signal: AbortSignal): Promise<{ files: string[]; bytes: number }> {
  const answer = await fetch("/offline/assets.json", { ...NOBODY, signal });
  if (!answer.ok) throw new Error(`${answer.status} for assets`);
  return (await answer.json()) as { files: string[]; bytes: number };
}

/** Fetches one file into the cache; its bytes. What the museum does not have is not kept. */
async function bring(cache: Cache, address: string, source: string, signal: AbortSignal): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(source, { ...NOBODY, signal });
      if (answer.status === 404 || answer.status === 410) {
        await cache.delete(address);
        return 0;
      }
      if (!answer.ok) throw new Error(`${answer.status} for ${source}`);
      const body = await answer.blob();
      const headers = new Headers(answer.headers);
      // The body has been unpacked.
      for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
      await cache.put(address, new Response(body, { headers }));
      return body.size;
    } catch (error) {
      if (signal.aborted || isFull(error) || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
    }
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
