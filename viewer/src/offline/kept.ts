/** The halls that are kept in this browser. */

import { DESCRIPTION, HALL_CACHE } from "./names";
import type { ExhibitKind, Sharpness } from "./plan";

/** What is known of a kept hall. */
export interface KeptHall {
  slug: string;
  /** In the language in which it was kept. */
  title: string;
  /** Address of the scene with which a visit begins. */
  page: string;
  scenes: number;
  bytes: number;
  sharpness: Sharpness;
  /** What of its exhibits is kept, too. */
  exhibits: ExhibitKind[];
  /** ISO 8601. */
  kept: string;
  /** Whether all of it is here. */
  whole: boolean;
}

export function hallCache(slug: string): string {
  return HALL_CACHE + slug;
}

export async function keptHalls(): Promise<KeptHall[]> {
  const found: KeptHall[] = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(HALL_CACHE)) continue;
    const answer = await (await caches.open(name)).match(DESCRIPTION + name.slice(HALL_CACHE.length));
    if (answer) found.push((await answer.json()) as KeptHall);
  }
  return found.sort((a, b) => a.title.localeCompare(b.title));
}

export async function describe(cache: Cache, hall: KeptHall): Promise<void> {
  await cache.put(DESCRIPTION + hall.slug, new Response(JSON.stringify(hall), { headers: { "Content-Type": "application/json" } }));
}

/** Lets go of a hall; of the last, of the service worker too. */
export async function letGo(slug: string): Promise<void> {
  await caches.delete(hallCache(slug));
  if ((await caches.keys()).some((name) => name.startsWith(HALL_CACHE))) return;
  await (await navigator.serviceWorker.getRegistration("/"))?.unregister();
}

/** Bytes as one reads them: 850 KB, 12.4 MB, 1.2 GB. */
export function readableBytes(bytes: number, language: string): string {
  const [unit, divisor] = bytes >= 1e9 ? ["GB", 1e9] : bytes >= 1e6 ? ["MB", 1e6] : ["KB", 1e3];
  const digits = bytes / divisor < 10 ? 1 : 0;
  return `${(bytes / divisor).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
