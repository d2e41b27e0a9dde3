/** The scenes of a hall, as its own museum's server lists them: read once, checked, their addresses made absolute. */

import type { Texts } from "../i18n/languages";
import { type Source, resourceAddress, wayAddress } from "../reading/addresses";
import { fetchJson } from "../reading/fetch-bounded";
import { type Check, list, matching, number, object, optional, record, text, whole } from "../reading/shape";
import type { TourView } from "./types";

/** One scene of the list. `thumbnail` is a small picture of it. */
export interface HallScene {
  slug: string;
  title: Texts;
  view: TourView;
  /** Address of its page. */
  page: string;
  /** Address of its tour. */
  tour: string;
  room?: string | null;
  year?: number | null;
  thumbnail?: string | null;
}

interface Page {
  items: HallScene[];
  next?: string | null;
}

const AT_ONCE = 200;
/** A hall has some hundred scenes; whoever goes on longer than this is no hall. */
const PAGES = 10;
const BOUNDS = { bytes: 4_000_000, seconds: 20, redirects: false };
const names: Check<Texts> = record(/^[A-Za-z0-9-]{1,35}$/, text(400), 40);

/** Address of the list of the scenes of the hall `venue`, of which `tour` is the address of one scene's tour. */
export function sceneListAddress(venue: string, tour: string): string {
  return new URL(`/api/v1/scenes?venue=${encodeURIComponent(venue)}&limit=${AT_ONCE}`, tour).href;
}

export class HallScenes {
  private readonly known = new Map<string, Promise<HallScene[]>>();

  /**
   * Scenes of the hall `venue`, in its own order. `tour` is the address of any of its scenes' tours; `trusted` says whether that is on
   * the museum's own server, `home` which origins are. Throws what `fetchJson` throws, and `Misshapen`.
   */
  of(venue: string, tour: string, trusted: boolean, home: readonly string[]): Promise<HallScene[]> {
    const address = sceneListAddress(venue, tour);
    const known = this.known.get(address);
    if (known) return known;
    const scenes = read(address, { address, trusted, home });
    this.known.set(address, scenes);
    scenes.catch(() => this.known.delete(address));
    return scenes;
  }
}

async function read(first: string, source: Source): Promise<HallScene[]> {
  const page = checks(source);
  const found: HallScene[] = [];
  let address: string | undefined = first;
  for (let i = 0; address && i < PAGES; i++) {
    const { items, next }: Page = page(await fetchJson(address, BOUNDS), "scenes");
    found.push(...items);
    address = next ?? undefined;
  }
  return found;
}

function checks(source: Source): Check<Page> {
  const resource: Check<string> = (value, at) => resourceAddress(text(2000)(value, at), source);
  const way: Check<string> = (value, at) => wayAddress(text(2000)(value, at), source);
  const scene = object<HallScene>({
    slug: matching(/^[a-z0-9-]{1,120}$/),
    title: names,
    view: object<TourView>({ yaw: number(-360, 360), pitch: optional(number(-90, 90)), fov: optional(number(1, 179)) }),
    page: way,
    tour: way,
    room: optional(text(80)),
    year: optional(whole(-100_000, 10_000)),
    thumbnail: optional(resource),
  });
  return object<Page>({ items: list(scene, AT_ONCE), next: optional(resource) });
}

/** Those of `scenes` whose title, in any language, or year holds every word of `query`. Pure. */
export function matchingScenes(scenes: readonly HallScene[], query: string): HallScene[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return scenes.filter(({ title, year }) => {
    const all = folded([...Object.values(title), year ?? ""].join("\n"));
    return words.every((word) => all.includes(word));
  });
}

function folded(words: string): string {
  return words.normalize("NFKC").toLowerCase();
}
