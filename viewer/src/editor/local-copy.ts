/**
 * What is not saved yet, kept by the browser itself: should it end before the server has it, that is offered when the same is opened again.
 */

import { type AnySpot, type Draft, LISTS, type List } from "./draft";
import { type Step, apply, diff } from "./patch";
import type { Numbers } from "./wire";

/** Of a scene: what the server had at a version, and what she had made of it. Keys of spots are those of their numbers, negative for what
 * was new. */
export interface Copy {
  /** Milliseconds since 1970. */
  at: number;
  version: number;
  base: Draft;
  draft: Draft;
}

export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "museum-unsaved:";
/** Milliseconds after which nobody asks for it any more. */
const HOLDS = 30 * 24 * 3600 * 1000;

export class LocalCopy<Kept extends { at: number }> {
  private kept = false;

  constructor(
    private readonly shelf: Shelf,
    private readonly name: string,
  ) {}

  keep(copy: Kept): void {
    try {
      this.shelf.setItem(PREFIX + this.name, JSON.stringify(copy));
      this.kept = true;
    } catch {
      // Full, or forbidden: then only the server keeps it.
    }
  }

  /** The server has it. */
  drop(): void {
    if (!this.kept) return;
    this.kept = false;
    this.forget();
  }

  /** What an earlier page left; undefined where it left nothing. */
  left(now: number): Kept | undefined {
    try {
      const copy = JSON.parse(this.shelf.getItem(PREFIX + this.name) ?? "null") as Kept | null;
      return copy && now - copy.at < HOLDS ? copy : undefined;
    } catch {
      return undefined;
    }
  }

  forget(): void {
    try {
      this.shelf.removeItem(PREFIX + this.name);
    } catch {
      // It was forbidden to be kept, too.
    }
  }
}

/** What is to be kept of a scene. */
export function copyOf(at: number, { version, base, draft }: Hers, numbers: Numbers): Copy {
  return { at, version, base: named(base, numbers), draft: named(draft, numbers) };
}

/** What she made of what the server had at a version. */
export interface Hers {
  version: number;
  base: Draft;
  draft: Draft;
}

export interface TakenUp extends Hers {
  /** The draft as it is now, with what she had changed. */
  shown: Draft;
  /** Whether there is anything that the server has not got. */
  worth: boolean;
}

/** What was changed in a copy, on top of what there was then and of `now`; what the server has got of it all the same does not come twice. */
export function takeUp(now: Draft, copy: Copy, numbers: Numbers): TakenUp {
  const keys = new Map<string, string>();
  const rename = (list: List, spot: AnySpot): AnySpot => {
    const id = Number(spot.key.split(":")[1]);
    let key = id < 0 ? keys.get(spot.key) : numbers.keyOf(list, id);
    if (!key) keys.set(spot.key, (key = numbers.fresh(list)));
    return { ...spot, key };
  };
  const renamed = (draft: Draft): Draft => ({
    ...draft,
    links: draft.links.map((spot) => rename("links", spot)) as Draft["links"],
    hotspots: draft.hotspots.map((spot) => rename("hotspots", spot)) as Draft["hotspots"],
  });
  const present = new Set(LISTS.flatMap((list) => now[list].map((spot) => plain(spot))));
  const base = renamed(copy.base);
  const steps = diff(base, renamed(copy.draft)).filter((step) => !isThere(step, present));
  const shown = apply(now, steps);
  // What somebody has removed meanwhile can't be shown changed, but it is for her to say whether it stays away.
  const gone = steps.some((step) => "list" in step && "field" in step && !now[step.list].some(({ key }) => key === step.key));
  return { version: copy.version, base, draft: apply(base, steps), shown, worth: gone || diff(now, shown).length > 0 };
}

function isThere(step: Step, present: ReadonlySet<string>): boolean {
  return "at" in step && step.after !== undefined && present.has(plain(step.after));
}

/** A spot without what tells it from others of the same content, its fields in one order. */
function plain(spot: AnySpot): string {
  const fields = Object.entries(spot).filter(([name]) => name !== "key" && name !== "back");
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function named(draft: Draft, numbers: Numbers): Draft {
  const name = <S extends AnySpot>(list: List, spot: S): S => ({ ...spot, key: `${list}:${numbers.idOf(spot.key)}` });
  return {
    ...draft,
    links: draft.links.map((spot) => name("links", spot)),
    hotspots: draft.hotspots.map((spot) => name("hotspots", spot)),
  };
}
