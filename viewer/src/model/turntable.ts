/** A thing from all sides in pictures: what is left to see where nothing can be drawn. */

import { type TemplateResult, html } from "lit";
import type { Language } from "../i18n/languages";
import { tell } from "./words";

export const FRAMES = 24;

/** A picture that a slider turns; `frame` counts from 0. */
export function turntable(language: Language, name: string, frame: number, turned: (frame: number) => void): TemplateResult {
  const onInput = (event: Event): void => turned(Number((event.target as HTMLInputElement).value));
  const degrees = tell(language, "degrees", { degrees: String((frame * 360) / FRAMES) });
  return html`<div class="frames" role="img" aria-label=${name}></div>
    <input class="turner" type="range" min="0" max=${FRAMES - 1} .value=${String(frame)} aria-label=${tell(language, "turnPictures")}
      aria-valuetext=${degrees} @input=${onInput}>`;
}

/** Shows the frame; the page's policy forbids style attributes, but not this. */
export function showFrame(root: ParentNode, source: string, frame: number): void {
  const frames = root.querySelector<HTMLElement>(".frames");
  if (!frames) return;
  frames.style.backgroundImage = `url("${source}")`;
  frames.style.backgroundPositionX = `${(100 * frame) / (FRAMES - 1)}%`;
}
