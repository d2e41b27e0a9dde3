/**
 * Checks what comes from a server against the shape that it should have, and keeps nothing else of it. Pure.
 *
 * A check returns the value as it may be used, or throws `Misshapen` with where and what is wrong.
 */

export class Misshapen extends Error {}

export type Check<T> = (value: unknown, at: string) => T;

/** Characters that order text anew or do not belong into it: they could make a name read as another. */
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function fail(at: string, wrong: string): never {
  throw new Misshapen(`${at}: ${wrong}`);
}

/** A text of `most` characters at most, without what cannot be read. */
export function text(most: number): Check<string> {
  return (value, at) => {
    if (typeof value !== "string") fail(at, "not a text");
    if (value.length > most) fail(at, `longer than ${most} characters`);
    return value.replace(UNFIT, "");
  };
}

/** A text that a pattern describes. */
export function matching(pattern: RegExp): Check<string> {
  return (value, at) => (typeof value === "string" && pattern.test(value) ? value : fail(at, `not as ${pattern.source}`));
}

export function number(least: number, most: number): Check<number> {
  return (value, at) => {
    if (typeof value !== "number" || !(value >= least && value <= most)) fail(at, `not a number from ${least} to ${most}`);
    return value;
  };
}

export const yesOrNo: Check<boolean> = (value, at) => (typeof value === "boolean" ? value : fail(at, "neither true nor false"));

export function whole(least: number, most: number): Check<number> {
  const check = number(least, most);
  return (value, at) => (Number.isInteger(value) ? check(value, at) : fail(at, "not a whole number"));
}

export function list<T>(item: Check<T>, most: number, least = 0): Check<T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) fail(at, "not a list");
    if (value.length > most || value.length < least) fail(at, `${value.length} items, not ${least} to ${most}`);
    return value.map((each, i) => item(each, `${at}[${i}]`));
  };
}

/** A list of exactly these. */
export function tuple<T extends unknown[]>(...items: { [I in keyof T]: Check<T[I]> }): Check<T> {
  return (value, at) => {
    if (!Array.isArray(value) || value.length !== items.length) fail(at, `not a list of ${items.length}`);
    return items.map((item, i) => item(value[i], `${at}[${i}]`)) as T;
  };
}

/** What may be left out. */
export interface Optional<T> {
  optional: Check<T>;
}

export function optional<T>(check: Check<T>): Optional<T> {
  return { optional: check };
}

type Missing<T> = Exclude<T, undefined | null>;

/** A check for each field of `T`, none forgotten: a field that may be missing has an optional one. */
export type Fields<T> = {
  [K in keyof T]-?: undefined extends T[K] ? Optional<Missing<T[K]>> : Check<T[K]>;
};

/** An object with these fields; others are dropped. */
export function object<T extends object>(fields: Fields<T>): Check<T> {
  const entries = Object.entries(fields) as [string, Check<unknown> | Optional<unknown>][];
  return (value, at) => {
    const given = asObject(value, at);
    const found: Record<string, unknown> = {};
    for (const [name, check] of entries) {
      const own = Object.hasOwn(given, name) ? given[name] : undefined;
      if (typeof check === "function") found[name] = check(own, `${at}.${name}`);
      else if (own != null) found[name] = check.optional(own, `${at}.${name}`);
    }
    return found as T;
  };
}

/** Values of one kind by names that a pattern describes. */
export function record<T>(name: RegExp, item: Check<T>, most: number): Check<Record<string, T>> {
  return (value, at) => {
    const entries = Object.entries(asObject(value, at));
    if (entries.length > most) fail(at, `${entries.length} entries, not ${most} at most`);
    const found: Record<string, T> = Object.create(null) as Record<string, T>;
    for (const [key, each] of entries) {
      if (!name.test(key)) fail(at, `a name not as ${name.source}`);
      found[key] = item(each, `${at}.${key}`);
    }
    return found;
  };
}

function asObject(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(at, "not an object");
  return value as Record<string, unknown>;
}
