/** The buttons of a scene: ways on, and things to open. */

import { type TemplateResult, html, nothing, svg } from "lit";
import { hotspotKind } from "../hotspots/registry";
import { type Language, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import { wrap } from "../panorama/view";
import { type IconName, chevron, icons } from "../ui/icons";
import { keepHeading } from "./journey";
import type { Tour, TourHotspot, TourLink, TourScene } from "./types";

/** A floor mark without a pitch of its own lies where one looks when about to step. */
const FLOOR_PITCH = -26;
/** Directions within this many degrees are one column of the reading order. */
const COLUMN = 8;

/** Hotspots as one reads: from left to right starting behind the left shoulder of the first view, each column from the top. */
export function readingOrder(hotspots: readonly TourHotspot[], initialYaw: number): TourHotspot[] {
  const column = (hotspot: TourHotspot): number => Math.round(wrap(hotspot.yaw - initialYaw) / COLUMN);
  return [...hotspots].sort((a, b) => column(a) - column(b) || b.pitch - a.pitch || a.id - b.id);
}

/** Where the button of a link stands: ways to walk lie on the floor, jumps float where the curator put them. */
export function markPitch(link: TourLink): number {
  if (link.kind !== "walk") return link.pitch;
  return link.pitch < -8 ? link.pitch : FLOOR_PITCH;
}

/** What a screen reader says of a link. */
export function linkName(link: TourLink, language: Language): string {
  const title = pick(link.title, language);
  if (link.kind === "time" && link.year != null) return say(language, "timeTo", { year: sayYear(language, link.year), title });
  return say(language, link.kind === "walk" ? "walkTo" : "portalTo", { title });
}

export function linkButton(link: TourLink, language: Language): TemplateResult {
  if (link.kind === "walk") {
    return html`<button class="way walk behind" data-link=${link.id} aria-label=${linkName(link, language)}>
      <span class="lie">${chevron}</span></button>`;
  }
  return html`<button class="way jump behind" data-link=${link.id} aria-label=${linkName(link, language)}>
    ${link.kind === "time" ? icons.time : icons.portal}</button>`;
}

export function hotspotButton(hotspot: TourHotspot, language: Language): TemplateResult {
  const kind = hotspotKind(hotspot.kind);
  const title = pick(hotspot.title, language);
  const sign = hotspot.polygon ? "" : "sign";
  return html`<button class="spot behind ${sign}" data-hotspot=${hotspot.id}
    aria-label="${kind ? say(language, kind.label) : hotspot.kind}${title ? `: ${title}` : ""}" aria-haspopup="dialog">
    ${icons[kind?.icon ?? ("text" as IconName)]}</button>`;
}

export function outlines(scene: TourScene): TemplateResult {
  return html`<svg class="outlines" aria-hidden="true">
    ${scene.hotspots.map((hotspot) => (hotspot.polygon ? svg`<polygon data-outline=${hotspot.id}></polygon>` : ""))}
  </svg>`;
}

/** What floats above the mark that the visitor points at; `picture` adds a look at where a link leads. */
export function labelOf(tour: Tour, id: number, isLink: boolean, language: Language, picture: boolean): TemplateResult | undefined {
  if (isLink) {
    const link = tour.scene.links.find((known) => known.id === id);
    if (!link) return undefined;
    const kind = link.kind === "time" && link.year != null ? sayYear(language, link.year) : "";
    return html`<div class=${picture ? "ahead" : ""}>${picture ? lookAhead(tour, link) : nothing}${kind ? html`<span class="kind">${kind}</span>` : ""}<span class="title">${pick(link.title, language)}</span></div>`;
  }
  const hotspot = tour.scene.hotspots.find((known) => known.id === id);
  if (!hotspot) return undefined;
  const kind = hotspotKind(hotspot.kind);
  return html`<div><span class="kind">${kind ? say(language, kind.label) : ""}</span>
    <span class="title">${pick(hotspot.title, language)}</span></div>`;
}

/** The side of the next scene that one will face: a piece of the strip that was fetched ahead anyway. */
function lookAhead(tour: Tour, link: TourLink): TemplateResult | typeof nothing {
  const next = link.scene ? tour.neighbours[link.scene] : undefined;
  // The page's security policy shows pictures of its own museum only.
  if (!next || new URL(next.panorama.strip).origin !== location.origin) return nothing;
  const heading = link.kind === "time" ? undefined : link.yaw;
  const yaw = link.arrival?.yaw ?? (heading === undefined ? next.view.yaw : keepHeading(heading, tour.scene.north, next.north));
  return html`<span class="look"><img class="side-${sideOf(yaw)}" src=${next.panorama.strip} alt="" /></span>`;
}

/** Number of the cube's upright side that lies around a yaw: 0 in front, 1 right, 2 behind, 3 left. */
export function sideOf(yaw: number): number {
  return (Math.round(yaw / 90) + 4) % 4;
}
