/** The draft as the server reads and writes it, and which of its numbers belongs to which spot of the page. */

import { type AnySpot, type Draft, type HotspotSpot, LISTS, type LinkSpot, type List, SCENE_FIELDS } from "./draft";

/** A way back that the server has made. */
export interface Made {
  scene: string;
  id: number;
}

export interface Sent {
  version: number;
  draft: WireDraft;
  backs: { link: number; yaw: number; pitch: number }[];
  undone: Made[];
  /** What is saved by itself in one sitting is one entry of the history. */
  sitting?: string;
}

export interface Kept {
  version: number;
  draft: WireDraft;
  /** By list: numbers as they were sent, and those that were given. */
  ids: Partial<Record<List, Record<string, number>>>;
  backs: Record<string, Made>;
}

export interface ContestedRow {
  path: string[];
  part: string;
  label: string;
  was: string;
  mine: string;
  now: string;
}

export interface ContestedAnswer {
  version: number;
  draft: WireDraft;
  contested: ContestedRow[];
}

type WireSpot = Record<string, unknown> & { id: number };
export type WireDraft = Record<string, unknown> & { links: WireSpot[]; hotspots: WireSpot[] };

export class Numbers {
  private readonly ids = new Map<string, number>();
  private readonly keys = new Map<string, string>();
  private last = 0;

  /** A key for a new spot. */
  fresh(list: List): string {
    return this.name(list, --this.last);
  }

  idOf(key: string): number {
    return this.ids.get(key) ?? Number(key.split(":")[1]);
  }

  keyOf(list: List, id: number): string {
    return this.keys.get(`${list}:${id}`) ?? this.name(list, id);
  }

  /** A spot has got another number. */
  renumber(list: List, from: number, to: number): void {
    const key = this.keyOf(list, from);
    this.ids.set(key, to);
    this.keys.set(`${list}:${to}`, key);
  }

  private name(list: List, id: number): string {
    const key = `${list}:${id}`;
    this.ids.set(key, id);
    this.keys.set(key, key);
    return key;
  }
}

/** What the server sent, with the wishes for ways back as `known` has them. */
export function fromWire(wire: WireDraft, numbers: Numbers, known?: Draft): Draft {
  const backs = new Map(known?.links.map((link) => [link.key, link.back]));
  const fields = Object.fromEntries(SCENE_FIELDS.map((field) => [field, wire[field] ?? null]));
  const links = wire.links.map(({ id, ...spot }) => {
    const key = numbers.keyOf("links", id);
    return { ...spot, key, back: backs.get(key) ?? null } as unknown as LinkSpot;
  });
  const hotspots = wire.hotspots.map(({ id, ...spot }) => ({ ...spot, key: numbers.keyOf("hotspots", id) }) as unknown as HotspotSpot);
  return { ...(fields as unknown as Draft), links, hotspots };
}

export function toWire(draft: Draft, numbers: Numbers): WireDraft {
  const write = (spot: AnySpot): WireSpot => {
    const { key, back: _, ...fields } = spot as LinkSpot;
    return { ...fields, id: numbers.idOf(key) };
  };
  const fields = Object.fromEntries(SCENE_FIELDS.map((field) => [field, draft[field]]));
  return { ...fields, links: draft.links.map(write), hotspots: draft.hotspots.map(write) };
}

/** Takes over the numbers that the server has given. */
export function renumber(numbers: Numbers, ids: Kept["ids"]): void {
  for (const list of LISTS) {
    for (const [from, to] of Object.entries(ids[list] ?? {})) numbers.renumber(list, Number(from), to);
  }
}
