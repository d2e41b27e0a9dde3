/** Headings in words: eight winds, degrees clockwise from north. Pure. */

import { type TextKey, say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";

const WINDS = [
  "north",
  "northEast",
  "east",
  "southEast",
  "south",
  "southWest",
  "west",
  "northWest",
] as const satisfies readonly TextKey[];

/** Degrees from 0 to 359. */
export function wholeDegrees(heading: number): number {
  return ((Math.round(heading) % 360) + 360) % 360;
}

/** The wind nearest to a heading, as one says it. */
export function windOf(language: Language, heading: number): string {
  return say(language, WINDS[Math.round(wholeDegrees(heading) / 45) % 8]!);
}
