/**
 * Where the visitor has been: one entry per scene entered, each with the view in which it was left.
 *
 * On a page of the museum the trail is the browser's own history, so that its back button, reloading and sharing work; a tour
 * embedded in another page keeps its own and leaves that page's address alone.
 */

import type { View } from "../panorama/view";
import type { Texts } from "../i18n/languages";
import { addressOf } from "./address";

export interface TrailEntry {
  /** Absolute address of the scene's tour. */
  tour: string;
  /** Address of the scene's page. */
  url: string;
  view: View;
  /** How many entries lie before this one. */
  depth: number;
  /** Where the last jump through time or a portal came from: its depth, and its title. */
  departure?: { depth: number; title: Texts };
  /** Number of the hotspot that is open. */
  open?: number;
  /** What is compared: see `compared.ts`. */
  compare?: string;
  /** Slug of the guided tour that stands here, and its stop, from 1 on. */
  guided?: { tour: string; stop: number };
  /** In another museum's house: how deep the way home lies, and the name of the museum that is home. */
  home?: { depth: number; title: Texts };
}

export interface Trail {
  readonly entry: TrailEntry | undefined;
  replace(entry: TrailEntry): void;
  push(entry: TrailEntry): void;
  /** Returns to an earlier entry; the listener hears of it. */
  returnTo(depth: number): void;
  dispose(): void;
}

export type ReturnListener = (entry: TrailEntry) => void;

export class OwnTrail implements Trail {
  private readonly entries: TrailEntry[] = [];

  constructor(private readonly listener: ReturnListener) {}

  get entry(): TrailEntry | undefined {
    return this.entries.at(-1);
  }

  replace(entry: TrailEntry): void {
    this.entries[Math.max(this.entries.length - 1, 0)] = entry;
  }

  push(entry: TrailEntry): void {
    this.entries.push(entry);
  }

  returnTo(depth: number): void {
    this.entries.length = Math.min(depth + 1, this.entries.length);
    if (this.entry) this.listener(this.entry);
  }

  dispose(): void {
    this.entries.length = 0;
  }
}

const STATE = "museumTour";

export class PageTrail implements Trail {
  constructor(private readonly listener: ReturnListener) {
    window.addEventListener("popstate", this.onPop);
  }

  get entry(): TrailEntry | undefined {
    return (history.state as { [STATE]?: TrailEntry } | null)?.[STATE];
  }

  replace(entry: TrailEntry): void {
    history.replaceState({ [STATE]: entry }, "", pageAddress(entry));
  }

  push(entry: TrailEntry): void {
    history.pushState({ [STATE]: entry }, "", pageAddress(entry));
  }

  returnTo(depth: number): void {
    const here = this.entry?.depth ?? 0;
    if (depth < here) history.go(depth - here);
  }

  dispose(): void {
    window.removeEventListener("popstate", this.onPop);
  }

  private readonly onPop = (): void => {
    if (this.entry) this.listener(this.entry);
  };
}

function pageAddress(entry: TrailEntry): string {
  const address = new URL(addressOf(entry.url, entry.view), location.href);
  // A page can name none but its own server's scenes: in another museum's house the address stays that of the door.
  if (address.origin !== location.origin) return location.pathname + location.search + location.hash;
  if (entry.open !== undefined) address.searchParams.set("open", String(entry.open));
  if (entry.compare !== undefined) address.searchParams.set("compare", entry.compare);
  const kiosk = new URLSearchParams(location.search).get("kiosk");
  if (kiosk !== null) address.searchParams.set("kiosk", kiosk);
  for (const [name, value] of Object.entries(entry.guided ?? {})) address.searchParams.set(name, String(value));
  return address.pathname + address.search + location.hash;
}
