/** The controls at the edges of a tour: few, and gone while nothing moves. */

import { type TemplateResult, html, nothing } from "lit";
import { type Language, type Texts, pick } from "../i18n/languages";
import { type TextKey, say } from "../i18n/catalog";
import { icons } from "../ui/icons";
import { floorPlan, hasPlan } from "./floor-plan";
import type { Tour, TourLink } from "./types";

export interface ControlsModel {
  tour: Tour;
  language: Language;
  planShown: boolean;
  /** Languages to choose from; none where the page itself has a switch. */
  languages: readonly Language[];
  /** Title of where the last jump came from. */
  departure: Texts | undefined;
  inFullScreen: boolean;
  zoom(factor: number): void;
  togglePlan(): void;
  fullScreen(): void;
  help(): void;
  back(): void;
  follow(link: TourLink): void;
  speak(language: Language): void;
}

const ZOOM = 1.35;
const SHORT: Record<Language, string> = { "zh-Hans": "简", "zh-Hant": "繁", en: "EN" };

export function controls(model: ControlsModel): TemplateResult {
  const { tour, language, planShown, languages, departure } = model;
  const button = (text: TextKey, icon: TemplateResult, act: () => void, more: { pressed?: boolean; name?: string } = {}): TemplateResult =>
    html`<button class="round ${more.name ?? ""}" title=${say(language, text)} aria-label=${say(language, text)}
      aria-pressed=${more.pressed ?? nothing} @click=${act}>${icon}</button>`;
  return html`
    <div class="corner">
      ${departure
        ? html`<button class="pill back" @click=${model.back} aria-label="${say(language, "back")}: ${pick(departure, language)}">
            ${icons.back}<span>${pick(departure, language)}</span></button>`
        : nothing}
      ${planShown && hasPlan(tour)
        ? html`<div class="plan" role="group" aria-label=${say(language, "plan")}>${floorPlan(tour, language, model.follow)}</div>`
        : nothing}
    </div>
    <div class="controls" role="group" aria-label=${say(language, "controls")}>
      ${languages
        .filter((offered) => offered !== language)
        .map(
          (offered) => html`<button class="round" lang=${offered} aria-label="${say(offered, "language")}: ${SHORT[offered]}"
            @click=${() => model.speak(offered)}>${SHORT[offered]}</button>`,
        )}
      ${hasPlan(tour) ? button("plan", icons.plan, model.togglePlan, { pressed: planShown }) : nothing}
      ${button("zoomIn", icons.plus, () => model.zoom(ZOOM), { name: "zoom-button" })}
      ${button("zoomOut", icons.minus, () => model.zoom(1 / ZOOM), { name: "zoom-button" })}
      ${button("help", icons.help, model.help, { name: "help-button" })}
      ${document.fullscreenEnabled
        ? button(model.inFullScreen ? "leaveFullScreen" : "fullScreen", model.inFullScreen ? icons.leaveFullScreen : icons.fullScreen, model.fullScreen)
        : nothing}
    </div>
  `;
}
