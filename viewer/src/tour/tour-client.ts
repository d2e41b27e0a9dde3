/** Reads tours: fetched once within bounds, checked, their addresses made absolute, and kept. */

import type { PanoramaSource } from "../panorama/panorama-node";
import type { Source } from "../reading/addresses";
import { type Bounds, Refused, fetchJson } from "../reading/fetch-bounded";
import { Misshapen } from "../reading/shape";
import { checkTour } from "./check-tour";
import type { Tour, TourNeighbour } from "./types";

/** The tour is not, or not any more, there. */
export class TourMissing extends Error {}

/** What came is not a tour. */
export class TourInvalid extends Error {}

const KEPT = 32;
const OWN: Bounds = { bytes: 16_000_000, seconds: 60, redirects: true };
/** Another museum's server gets no more than this. */
const FOREIGN: Bounds = { bytes: 4_000_000, seconds: 15, redirects: false };

export class TourClient {
  private readonly tours = new Map<string, Promise<Tour>>();
  private readonly trusted = new Set<string>([location.origin]);

  /** From here on the server at this address is one that the page itself has chosen. */
  trust(address: string): void {
    this.trusted.add(new URL(address).origin);
  }

  /** Whether an address is on a server that the page itself has chosen. */
  isHome(address: string): boolean {
    return this.trusted.has(new URL(address).origin);
  }

  /** The tour at an absolute address. Throws `TourMissing`, `TourInvalid`, or what `fetchJson` throws. */
  read(address: string): Promise<Tour> {
    const known = this.tours.get(address);
    if (known) {
      this.tours.delete(address);
      this.tours.set(address, known);
      return known;
    }
    const tour = this.fetchTour(address);
    this.tours.set(address, tour);
    tour.catch(() => this.tours.delete(address));
    const oldest = this.tours.keys().next();
    if (this.tours.size > KEPT && !oldest.done) this.tours.delete(oldest.value);
    return tour;
  }

  private async fetchTour(address: string): Promise<Tour> {
    const trusted = this.isHome(address);
    const source: Source = { address, trusted, home: [...this.trusted] };
    try {
      return checkTour(await fetchJson(address, trusted ? OWN : FOREIGN), source);
    } catch (error) {
      if (error instanceof Refused && (error.status === 404 || error.status === 410)) throw new TourMissing(address);
      if (error instanceof Misshapen || error instanceof SyntaxError) throw new TourInvalid(`${address}: ${error.message}`);
      throw error;
    }
  }
}

/** What a panorama node needs to draw a scene. */
export function panoramaSource({ panorama, level, nadir }: Pick<TourNeighbour, "panorama" | "level" | "nadir">): PanoramaSource {
  const { tiles, levels, strip, stripSize, hash, tile = 512 } = panorama;
  const upright = { pitch: level?.pitch ?? 0, roll: level?.roll ?? 0 };
  return { tiles, levels, strip, stripSize, hash, tile, level: upright, nadir: nadir ?? undefined };
}
