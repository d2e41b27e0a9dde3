/** What `<museum-model>` shows while the thing itself is not there: its still, how far it has come, what went wrong, pictures in its place. */

import { type TemplateResult, html, nothing } from "lit";
import { say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import { turntable } from "./turntable";
import { type ModelWord, tell } from "./words";

/** The picture of the thing; once the thing is `there` it fades, and is silent. */
export function still(poster: string | null | undefined, name: string, there: boolean): TemplateResult | typeof nothing {
  if (!poster) return nothing;
  return html`<img class="still ${there ? "gone" : ""}" src=${poster} alt=${there ? "" : name} aria-hidden=${there}>`;
}

/** `progress` is from 0 to 1. */
export function waiting(language: Language, progress: number): TemplateResult {
  const percent = Math.round(100 * progress);
  return html`<div class="waiting" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}
    aria-label=${tell(language, "opening", { percent: String(percent) })}><svg viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="16"/><circle class="done" cx="18" cy="18" r="16" pathLength="100" stroke-dasharray="${percent} 100"/>
    </svg></div>`;
}

export function trouble(language: Language, word: ModelWord, retry: () => void): TemplateResult {
  return html`<div class="trouble" role="alert"><p>${navigator.onLine ? tell(language, word) : say(language, "notKept")}</p>
    <button class="pill" @click=${retry}>${say(language, "retry")}</button></div>`;
}

/** Where nothing can be drawn: the thing from all sides in pictures, if there are some. */
export function undrawable(language: Language, name: string, pictures: boolean, frame: number, turned: (frame: number) => void): TemplateResult {
  if (!pictures) return html`<p class="note" role="note">${tell(language, "noWebGLStill")}</p>`;
  return html`${turntable(language, name, frame, turned)}<p class="note" role="note">${tell(language, "noWebGL")}</p>`;
}
