/** The buttons of a scene: ways on, and things to open. */

import { type TemplateResult, html, nothing, svg } from "lit";
import { hotspotKind } from "../hotspots/registry";
import { type Language, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import { wrap } from "../panorama/view";
import { type IconName, chevron, icons } from "../ui/icons";
import type { TourHotspot, TourLink, TourScene } from "./types";

/** A mark is a link or a hotspot of the current scene. */
export interface MarkName {
  id: number;
  link: boolean;
}

/** Directions within this many degrees are one column of the reading order. */
const COLUMN = 8;

/** Hotspots as one reads: from left to right starting behind the left shoulder of the first view, each column from the top. */
export function readingOrder(hotspots: readonly TourHotspot[], initialYaw: number): TourHotspot[] {
  const column = (hotspot: TourHotspot): number => Math.round(wrap(hotspot.yaw - initialYaw) / COLUMN);
  return [...hotspots].sort((a, b) => column(a) - column(b) || b.pitch - a.pitch || a.id - b.id);
}

/** What a screen reader says of a link. */
export function linkName(link: TourLink, language: Language): string {
  const title = pick(link.title, language);
  if (link.kind === "time" && link.year != null) return say(language, "timeTo", { year: sayYear(language, link.year), title });
  if (link.scene == null) {
    const { host } = new URL(link.url);
    return title ? say(language, "portalElsewhere", { title, host }) : say(language, "elsewhere", { host });
  }
  return say(language, link.kind === "walk" ? "walkTo" : "portalTo", { title });
}

export function linkButton(link: TourLink, language: Language): TemplateResult {
  if (link.kind === "walk") {
    return html`<button class="way walk behind" data-link=${link.id} aria-label=${linkName(link, language)}>
      <span class="lie">${chevron}</span></button>`;
  }
  return html`<button class="way jump ${link.kind} behind" data-link=${link.id} aria-label=${linkName(link, language)}>
    ${link.kind === "time" ? icons.time : icons.portal}${yearBelow(link, language)}</button>`;
}

/** Clocks are told apart by the year that they lead to. */
function yearBelow({ kind, year }: TourLink, language: Language): TemplateResult | typeof nothing {
  return kind === "time" && year != null ? html`<span class="when">${sayYear(language, year)}</span>` : nothing;
}

export function hotspotButton(hotspot: TourHotspot, language: Language): TemplateResult {
  const kind = hotspotKind(hotspot.kind);
  const title = pick(hotspot.title, language);
  const sign = hotspot.polygon ? "" : "sign";
  return html`<button class="spot behind ${sign}" data-hotspot=${hotspot.id}
    aria-label="${kind ? say(language, kind.label) : hotspot.kind}${title ? `: ${title}` : ""}" aria-haspopup=${kind?.isHeard ? nothing : "dialog"}>
    ${icons[kind?.icon ?? ("text" as IconName)]}</button>`;
}

export function outlines(scene: TourScene): TemplateResult {
  return html`<svg class="outlines" aria-hidden="true">
    ${scene.hotspots.map((hotspot) => (hotspot.polygon ? svg`<polygon data-outline=${hotspot.id}></polygon>` : ""))}
  </svg>`;
}
