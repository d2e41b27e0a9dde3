/** Reads tours: fetched once, checked, their addresses made absolute, and kept. */

import type { PanoramaSource } from "../panorama/panorama-node";
import type { Tour, TourNeighbour, TourPanorama } from "./types";

/** The tour is not, or not any more, there. */
export class TourMissing extends Error {}

/** What came is not a tour. */
export class TourInvalid extends Error {}

const KEPT = 32;

export class TourClient {
  private readonly tours = new Map<string, Promise<Tour>>();

  /** The tour at an absolute address. Throws `TourMissing`, `TourInvalid`, or what `fetch` throws. */
  read(address: string): Promise<Tour> {
    const known = this.tours.get(address);
    if (known) {
      this.tours.delete(address);
      this.tours.set(address, known);
      return known;
    }
    const tour = fetchTour(address);
    this.tours.set(address, tour);
    tour.catch(() => this.tours.delete(address));
    const oldest = this.tours.keys().next();
    if (this.tours.size > KEPT && !oldest.done) this.tours.delete(oldest.value);
    return tour;
  }
}

async function fetchTour(address: string): Promise<Tour> {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (response.status === 404 || response.status === 410) throw new TourMissing(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return checkTour(await response.json(), address);
}

/** The tour in `json`, with absolute addresses. Throws `TourInvalid` with what is wrong. */
export function checkTour(json: unknown, address: string): Tour {
  const tour = json as Tour;
  const wrong = faultOf(tour);
  if (wrong) throw new TourInvalid(`${address}: ${wrong}`);
  const resolve = (url: string): string => new URL(url, address).href;
  const { scene } = tour;
  return {
    ...tour,
    home: resolve(tour.home),
    scene: {
      ...scene,
      url: resolve(scene.url),
      venue: { ...scene.venue, url: resolve(scene.venue.url) },
      panorama: resolvePanorama(scene.panorama, address),
      links: scene.links.map((link) => ({ ...link, tour: resolve(link.tour), url: resolve(link.url) })),
      ...(scene.place && {
        place: {
          ...scene.place,
          moments: scene.place.moments.map((moment) => ({ ...moment, tour: resolve(moment.tour), url: resolve(moment.url) })),
        },
      }),
      hotspots: scene.hotspots.map((hotspot) => {
        if (!hotspot.target) return hotspot;
        const target = { ...hotspot.target };
        for (const key of ["record", "page", "iiif", "model", "thumbnail", "href"] as const) {
          const url = target[key];
          if (url) target[key] = resolve(url);
        }
        return { ...hotspot, target };
      }),
    },
    neighbours: Object.fromEntries(
      Object.entries(tour.neighbours).map(([slug, next]) => [slug, { ...next, panorama: resolvePanorama(next.panorama, address) }]),
    ),
  };
}

/** What a panorama node needs to draw a scene. */
export function panoramaSource({ panorama, level }: Pick<TourNeighbour, "panorama" | "level">): PanoramaSource {
  const { tiles, levels, strip, stripSize, hash, tile = 512 } = panorama;
  const upright = { pitch: level?.pitch ?? 0, roll: level?.roll ?? 0 };
  return { tiles, levels, strip, stripSize, hash, tile, level: upright };
}

function resolvePanorama(panorama: TourPanorama, address: string): TourPanorama {
  // The placeholders' braces must not be escaped.
  const tiles = new URL(panorama.tiles, address).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
  return { ...panorama, tiles, strip: new URL(panorama.strip, address).href };
}

function faultOf(tour: Tour): string | undefined {
  if (typeof tour !== "object" || tour === null) return "not an object";
  if ((tour.version ?? 1) !== 1) return `version ${tour.version}, not 1`;
  const { scene } = tour;
  if (typeof scene?.slug !== "string") return "no scene";
  if (!Number.isFinite(scene.north)) return "no north";
  if (!Number.isFinite(scene.view?.yaw)) return "no view";
  if (!Array.isArray(scene.links) || !Array.isArray(scene.hotspots)) return "no links or hotspots";
  if (typeof tour.neighbours !== "object" || tour.neighbours === null) return "no neighbours";
  for (const panorama of [scene.panorama, ...Object.values(tour.neighbours).map((next) => next.panorama)]) {
    if (!Array.isArray(panorama?.levels) || panorama.levels.length === 0) return "a panorama without levels";
    if (typeof panorama.tiles !== "string" || typeof panorama.strip !== "string" || typeof panorama.hash !== "string") {
      return "a panorama without addresses";
    }
  }
  return undefined;
}
