/** The captions of a recording, read in the visitor's language, and the clock beside it. */

import { type Language, type Texts, shownIn } from "../i18n/languages";
import { type Cue, parseCaptions } from "./guided/telling";

/** In the visitor's language, else in the nearest that there is. None where they cannot be had: a recording is heard without, too. */
export async function readCaptions(captions: Texts | null | undefined, language: Language): Promise<Cue[]> {
  const address = captions && captions[shownIn(captions, language)];
  if (!address) return [];
  try {
    const answer = await fetch(address);
    return answer.ok ? parseCaptions(await answer.text()) : [];
  } catch {
    return [];
  }
}

/** Seconds as a clock says them: 4:05. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
