/** What is wrong with a scene that could not be had, and whether trying again may help. */

import type { TextKey } from "../i18n/catalog";
import { TooLarge } from "../reading/fetch-bounded";
import { TourInvalid, TourMissing } from "./tour-client";

export interface TroubleWords {
  text: Extract<TextKey, "failed" | "missing" | "offline" | "farMissing" | "farInvalid" | "farSilent">;
  /** The other museum's server, where it is about one. */
  host?: string | undefined;
  again: boolean;
}

/** `host` is the other museum's server that the scene is on; undefined at home. */
export function troubleWords(error: unknown, host: string | undefined): TroubleWords {
  if (error instanceof TourMissing) return { text: host ? "farMissing" : "missing", host, again: false };
  if (!navigator.onLine) return { text: "offline", again: true };
  if (!host) return { text: "failed", again: true };
  if (error instanceof TourInvalid || error instanceof TooLarge) return { text: "farInvalid", host, again: false };
  return { text: "farSilent", host, again: true };
}
