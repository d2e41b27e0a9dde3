/**
 * All that is arranged on a venue's floor plans, laid flat: what stands at each path, as the server reads and writes it (see
 * `museum/curation/floor_plans.py`). What is absent is null. Pure.
 */

import { type Frame, type Point, cornersOf, grown, spun, tidied, turn, whole } from "./plane";

export type Value = string | number | null | readonly (string | number)[];
export type Leaves = ReadonlyMap<string, Value>;

export interface Change {
  readonly path: string;
  readonly was: Value;
  readonly now: Value;
}

/** Where a scene stands. */
export interface Place {
  readonly floor: string;
  readonly x: number;
  readonly y: number;
}

export interface FloorState {
  readonly key: string;
  readonly order: number;
  readonly picture: number | null;
  readonly frame: Frame;
}

export function same(one: Value, other: Value): boolean {
  if ((one ?? "") === "" && (other ?? "") === "") return true;
  return one === other || (typeof one === "object" && typeof other === "object" && JSON.stringify(one) === JSON.stringify(other));
}

export function diff(from: Leaves, to: Leaves): Change[] {
  const found: Change[] = [];
  for (const path of new Set([...from.keys(), ...to.keys()])) {
    const [was, now] = [from.get(path) ?? null, to.get(path) ?? null];
    if (!same(was, now)) found.push({ path, was, now });
  }
  return found;
}

export function apply(leaves: Leaves, changes: readonly Change[], back = false): Leaves {
  const made = new Map(leaves);
  for (const { path, was, now } of changes) made.set(path, back ? was : now);
  return made;
}

/** Of changes of earlier those that still change something of what `may` be changed. */
export function outstanding(leaves: Leaves, changes: readonly Change[], may: (path: string) => boolean): Change[] {
  return changes.filter(({ path, now }) => may(path) && !same(leaves.get(path) ?? null, now));
}

export function put(leaves: Leaves, values: Readonly<Record<string, Value>>): Leaves {
  return new Map([...leaves, ...Object.entries(values)]);
}

/** Where a scene stands, undefined for one that is on no floor that there is. */
export function placeOf(leaves: Leaves, slug: string): Place | undefined {
  const at = leaves.get(`scene/${slug}/at`);
  if (!Array.isArray(at)) return undefined;
  const [floor, x, y] = at as [string, number, number];
  return leaves.get(`floor/${floor}/order`) == null ? undefined : { floor, x, y };
}

export function northOf(leaves: Leaves, slug: string): number {
  return (leaves.get(`scene/${slug}/north`) as number | undefined) ?? 0;
}

/** The floors in their order. */
export function floorsOf(leaves: Leaves): FloorState[] {
  const found: FloorState[] = [];
  for (const [path, order] of leaves) {
    const key = /^floor\/([^/]+)\/order$/.exec(path)?.[1];
    if (!key || typeof order !== "number") continue;
    const frame = leaves.get(`floor/${key}/frame`) as readonly number[] | null | undefined;
    const [x, y, metres, turned] = frame ?? [0, 0, 20, 0];
    found.push({
      key,
      order,
      picture: (leaves.get(`floor/${key}/picture`) as number | null | undefined) ?? null,
      frame: { x: x!, y: y!, metres: metres!, turned: turned! },
    });
  }
  return found.sort((one, other) => one.order - other.order || one.key.localeCompare(other.key));
}

export function titleOf(leaves: Leaves, key: string, language: string): string {
  return (leaves.get(`floor/${key}/title/${language}`) as string | null | undefined) ?? "";
}

export function place(leaves: Leaves, slug: string, floor: string, at: Point): Leaves {
  return put(leaves, { [`scene/${slug}/at`]: [floor, ...tidied(at)] });
}

export function takeOff(leaves: Leaves, slug: string): Leaves {
  return put(leaves, { [`scene/${slug}/at`]: null });
}

export function setNorth(leaves: Leaves, slug: string, north: number): Leaves {
  return put(leaves, { [`scene/${slug}/north`]: whole(north) });
}

export function setFrame(leaves: Leaves, key: string, { x, y, metres, turned }: Frame): Leaves {
  const width = Math.min(Math.max(Math.round(metres * 1000) / 1000, 0.1), 100_000);
  return put(leaves, { [`floor/${key}/frame`]: [...tidied([x, y]), width, turn(turned)] });
}

/** The plan of a floor `factor` times as large; `along` are scenes that keep their places on the picture. */
export function grow(leaves: Leaves, floor: FloorState, factor: number, along: readonly string[]): Leaves {
  const made = setFrame(leaves, floor.key, { ...floor.frame, metres: floor.frame.metres * factor });
  return move(made, floor, along, (at) => grown(at, floor.frame, factor));
}

/** The plan of a floor turned to `turned`; `along` are scenes that turn with it, their norths too. */
export function turnPlan(leaves: Leaves, floor: FloorState, turned: number, along: readonly string[]): Leaves {
  const by = turned - floor.frame.turned;
  const about: Point = [floor.frame.x, floor.frame.y];
  let made = setFrame(leaves, floor.key, { ...floor.frame, turned });
  for (const slug of along) made = setNorth(made, slug, northOf(leaves, slug) + by);
  return move(made, floor, along, (at) => spun(at, about, by));
}

function move(leaves: Leaves, floor: FloorState, slugs: readonly string[], to: (at: Point) => Point): Leaves {
  let made = leaves;
  for (const slug of slugs) {
    const here = placeOf(leaves, slug);
    if (here?.floor === floor.key) made = place(made, slug, floor.key, to([here.x, here.y]));
  }
  return made;
}

/** A new floor above all others. */
export function addFloor(leaves: Leaves, key: string): Leaves {
  const last = floorsOf(leaves).at(-1);
  return put(leaves, { [`floor/${key}/order`]: (last?.order ?? -1) + 1, [`floor/${key}/frame`]: [0, 0, 20, 0] });
}

export function removeFloor(leaves: Leaves, key: string): Leaves {
  return new Map([...leaves].map(([path, value]) => [path, path.startsWith(`floor/${key}/`) ? null : value]));
}

/** A floor one place up or down in the order. */
export function shiftFloor(leaves: Leaves, key: string, by: number): Leaves {
  const keys = floorsOf(leaves).map((floor) => floor.key);
  const at = keys.indexOf(key);
  if (at < 0 || at + by < 0 || at + by >= keys.length) return leaves;
  keys.splice(at + by, 0, ...keys.splice(at, 1));
  return put(leaves, Object.fromEntries(keys.map((one, order) => [`floor/${one}/order`, order])));
}

/** All that is to be seen of a floor: its scenes, the corners of its picture `ratio` times as high as wide, and of rooms that are drawn. */
export function extentOf(leaves: Leaves, floor: FloorState, slugs: readonly string[], ratio: number | undefined, rooms: readonly Point[]): Point[] {
  const places = slugs.flatMap((slug) => placeOf(leaves, slug) ?? []).filter((one) => one.floor === floor.key);
  const corners = ratio === undefined ? [] : cornersOf(floor.frame, ratio);
  return [...places.map(({ x, y }): Point => [x, y]), ...corners, ...rooms];
}
