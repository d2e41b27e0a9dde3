/** The pictures of what a hotspot opens: its own, and an artifact's other photographs once the record has come. Pure. */

import type { Texts } from "../i18n/languages";
import { leadsTo } from "../reading/addresses";
import type { TourTarget } from "../tour/types";
import type { CollectionRecord } from "./record";

export interface Photograph {
  /** Base address of its image service. */
  iiif: string;
  width: number;
  height: number;
  thumbnail?: string;
  color?: string;
  /** What it shows, for those who can't see it. */
  alt?: Texts;
}

const MOST = 60;

/** The first is the one that the hotspot itself names. */
export function photographsOf(target: TourTarget | null | undefined, record: CollectionRecord | undefined): Photograph[] {
  const own = photograph(target);
  if (!own) return [];
  const listed = [record?.["picture"], ...asList(record?.["images"])].slice(0, MOST);
  const known = listed.flatMap((one) => photograph(one, target?.record) ?? []);
  const same = known.find(({ iiif }) => iiif === own.iiif);
  return [{ ...own, ...(same?.alt && { alt: same.alt }) }, ...known.filter(({ iiif }) => iiif !== own.iiif)];
}

/** `home` is the address of the record that names it: it may only name what lies on the same server. */
function photograph(value: unknown, home?: string | null): Photograph | undefined {
  const { iiif, width, height, thumbnail, color, alt } = (value ?? {}) as Record<string, unknown>;
  const address = at(iiif, home);
  if (!address || typeof width !== "number" || typeof height !== "number") return undefined;
  const small = at(thumbnail, home);
  return {
    iiif: address,
    width,
    height,
    ...(small && { thumbnail: small }),
    ...(typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color) && { color }),
    ...(typeof alt === "object" && alt !== null && { alt: alt as Texts }),
  };
}

function at(address: unknown, home: string | null | undefined): string | undefined {
  if (typeof address !== "string" || !address) return undefined;
  return home ? leadsTo(address, home) : address;
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
