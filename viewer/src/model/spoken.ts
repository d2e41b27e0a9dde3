import { type Language, joined } from "../i18n/languages";
import { tell } from "./words";

const SIDES = ["front", "back", "left", "right"] as const;
const HEIGHTS = [["upper", "above"], ["lower", "below"]] as const;

/** What `<model-viewer>` says of the side that is seen, in `language`, as its attribute `a11y` wants it. */
export function spoken(language: Language): string {
  const words: Record<string, string> = { "interaction-prompt": tell(language, "turnable") };
  for (const side of SIDES) {
    words[side] = tell(language, side);
    for (const [key, height] of HEIGHTS) {
      words[`${key}-${side}`] = joined([tell(language, side), tell(language, height)], language);
    }
  }
  return JSON.stringify(words);
}
