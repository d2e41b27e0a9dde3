/** What the viewer itself says, in every language of its own and in those that a museum has added. */

import { en, type Catalog, type TextKey } from "./catalogs/en";
import { zhHans } from "./catalogs/zh-hans";
import { zhHant } from "./catalogs/zh-hant";
import type { Language, OwnLanguage } from "./languages";
import { wordsIn } from "./words";

export type { Catalog, TextKey } from "./catalogs/en";

export const CATALOGS: Record<OwnLanguage, Catalog> = { "zh-Hans": zhHans, "zh-Hant": zhHant, en };

/** The text of `key`, with `{name}` replaced by the values. */
export function say(language: Language, key: TextKey, values: Record<string, string> = {}): string {
  return wordsIn("viewer", CATALOGS, language, key, values);
}

/** What to say where something could not be had: without a network, that it was not kept. */
export function sayFailure(language: Language, key: TextKey): string {
  return say(language, navigator.onLine ? key : "notKept");
}

/** A year as one says it: 1937年, 1937, 公元前221年, 221 BCE. */
export function speakYear(language: Language, year: number): string {
  return year > 0 ? say(language, "yearSpoken", { year: String(year) }) : sayYear(language, year);
}

/** A year as visitors read it. Years are astronomical: 0 is 1 BCE. */
export function sayYear(language: Language, year: number): string {
  return year > 0 ? String(year) : say(language, "bce", { year: String(1 - year) });
}
