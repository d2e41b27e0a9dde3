/** Keeps the region that is seen in the page's address, and shows the one that the address names. */

import type { ReactiveController } from "lit";
import { type Region, type Size, readRegion, withRegion, writeRegion } from "./region";

/** The region is written into the address once the picture has rested so long. */
const KEEP_AFTER = 400;

export interface Regional {
  readonly region: Region | undefined;
  readonly size: Size | undefined;
  /** Whether the page's address is this picture's. */
  readonly address: boolean;
  /** Shows a region, or all of the picture. */
  show(region: Region | undefined): void;
}

export class RegionKeeper implements ReactiveController {
  /** What was seen when the region in the address was shown. */
  private arrived: Region | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly picture: Regional) {}

  hostConnected(): void {
    window.addEventListener("popstate", this.arrive);
  }

  hostDisconnected(): void {
    window.removeEventListener("popstate", this.arrive);
    clearTimeout(this.keeping);
  }

  /** The region that the page's address asks for. */
  get asked(): string | null {
    return this.picture.address ? new URLSearchParams(location.search).get("region") : null;
  }

  /** Shows what the address asks for. */
  readonly arrive = (): void => {
    const { size } = this.picture;
    if (!this.picture.address || !size) return;
    const region = readRegion(this.asked, size);
    this.arrived = undefined;
    if (region || this.asked === null) this.picture.show(region);
    if (region) this.arrived = this.picture.region;
  };

  moved(): void {
    if (!this.picture.address) return;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
  }

  private keep(): void {
    const { size, region } = this.picture;
    // As long as nobody has moved, the address stays as it came: another screen shows more around the same region.
    if (!size || !region || (this.arrived && same(region, this.arrived))) return;
    this.arrived = undefined;
    const address = withRegion(location.href, writeRegion(region, size));
    if (address !== location.href) history.replaceState(history.state, "", address);
  }
}

function same(a: Region, b: Region): boolean {
  const near = Math.max(1, b.width / 500);
  return [a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height].every((apart) => Math.abs(apart) <= near);
}
