/** Time-travel: the moments of a place to choose from, and the year that appears on arriving. */

import { type TemplateResult, html } from "lit";
import { type Language, type Texts, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import type { TourScene } from "./types";

/** A button for each moment, in order of their years; arrow keys go from one to the next. */
export function timeControl(scene: TourScene, language: Language, travel: (slug: string) => void): TemplateResult {
  return html`<div class="time" role="group" aria-label=${say(language, "moments")} @keydown=${walkButtons}>
    ${scene.place!.moments.map((moment) => {
      const here = moment.scene === scene.slug;
      const era = pick(moment.era, language);
      return html`<button aria-pressed=${here} data-moment=${moment.scene} @click=${() => travel(moment.scene)}>
        <span class="year">${sayYear(language, moment.year)}</span>
        <span class="era">${beside(era, moment.year)}</span>
        ${here ? html`<span class="hidden-text">${say(language, "here")}</span>` : ""}
      </button>`;
    })}
  </div>`;
}

/** The year of the scene just entered, large, for a moment. */
export function bigYear(year: number, era: Texts | undefined, language: Language): TemplateResult {
  const words = pick(era, language);
  return html`<div class="big-year" aria-hidden="true">
    <b class=${year > 0 ? "" : "words"}>${sayYear(language, year)}</b>
    <span>${beside(words, year)}</span>
  </div>`;
}

/** An era's name says something beside the year only where it does not itself state it. */
function beside(era: string, year: number): string {
  return era.includes(String(year)) ? "" : era;
}

function walkButtons(event: KeyboardEvent): void {
  const step = event.key === "ArrowRight" ? "nextElementSibling" : event.key === "ArrowLeft" ? "previousElementSibling" : undefined;
  if (!step) return;
  event.preventDefault();
  const next = (event.target as Element).closest("button")?.[step];
  if (next instanceof HTMLElement) next.focus();
}
