/** What the labels over the picture say, and their looks; where they go: see `labels.ts`. */

import { type TemplateResult, css, html, nothing, render } from "lit";
import { hotspotKind } from "../hotspots/registry";
import { type Language, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import { keepHeading } from "./journey";
import type { MarkName } from "./marks";
import type { Tour, TourLink } from "./types";

/** What the label shows. */
export interface Named {
  name: MarkName;
  tour: Tour;
  language: Language;
}

/** Fills the label of what is pointed at. */
export function fillLabel(label: HTMLElement, { name, tour, language }: Named): void {
  const key = `${tour.scene.slug} ${name.link} ${name.id} ${language}`;
  if (label.dataset["of"] === key) return;
  label.dataset["of"] = key;
  const content = name.link ? labelOfWay(tour, name.id, language) : labelOfThing(tour, name.id, language);
  if (content) render(content, label);
}

/** The name of a way, always to be seen. */
export function nameOfWay(link: TourLink, language: Language): TemplateResult {
  const far = elsewhere(link, language);
  return html`<div class="name" data-name=${link.id} aria-hidden="true"><div>${
    far ? html`<span class="kind">${far}</span>` : nothing
  }<span class="title">${pick(link.title, language)}</span></div></div>`;
}

/** With a look at where it leads. */
function labelOfWay(tour: Tour, id: number, language: Language): TemplateResult | undefined {
  const link = tour.scene.links.find((known) => known.id === id);
  if (!link) return undefined;
  const kind = link.kind === "time" && link.year != null ? sayYear(language, link.year) : elsewhere(link, language);
  return html`<div class="ahead">${lookAhead(tour, link)}${kind ? html`<span class="kind">${kind}</span>` : ""}<span class="title">${pick(link.title, language)}</span></div>`;
}

function labelOfThing(tour: Tour, id: number, language: Language): TemplateResult | undefined {
  const hotspot = tour.scene.hotspots.find((known) => known.id === id);
  if (!hotspot) return undefined;
  const kind = hotspotKind(hotspot.kind);
  return html`<div><span class="kind">${kind ? say(language, kind.label) : ""}</span>
    <span class="title">${pick(hotspot.title, language)}</span></div>`;
}

/** What a portal to another museum says of itself: nobody should wonder whose house comes next. */
function elsewhere(link: TourLink, language: Language): string {
  return link.scene == null ? say(language, "elsewhere", { host: new URL(link.url).host }) : "";
}

/** The side of the next scene that one will face: a piece of the strip that was fetched ahead anyway. */
function lookAhead(tour: Tour, link: TourLink): TemplateResult | typeof nothing {
  const next = link.scene ? tour.neighbours[link.scene] : undefined;
  if (!next) return nothing;
  const heading = link.kind === "time" ? undefined : link.yaw;
  const yaw = link.arrival?.yaw ?? (heading === undefined ? next.view.yaw : keepHeading(heading, tour.scene.north, next.north));
  return html`<span class="look"><img class="side-${sideOf(yaw)}" src=${next.panorama.strip} alt="" /></span>`;
}

/** Number of the cube's upright side that lies around a yaw: 0 in front, 1 right, 2 behind, 3 left. */
export function sideOf(yaw: number): number {
  return (Math.round(yaw / 90) + 4) % 4;
}

export const labelStyles = css`
  .label,
  .name {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    max-inline-size: min(18rem, 72vw);
    transform-origin: 0 0;
    pointer-events: none;
    will-change: transform;
    opacity: 0;
    transition: opacity 0.15s;
  }
  .name {
    max-inline-size: min(13rem, 50vw);
    transition: opacity 0.3s;
  }
  .label.shown,
  .name.shown {
    opacity: 1;
  }
  .label > div,
  .name > div {
    padding: 0.45rem 0.85rem;
    border-radius: 0.5rem;
    background: rgb(15 13 11 / 0.82);
    line-height: 1.4;
    text-align: center;
    inline-size: max-content;
    max-inline-size: 100%;
    margin-inline: auto;
  }
  .label > div {
    backdrop-filter: blur(10px);
  }
  .name > div {
    padding: 0.25rem 0.7rem;
    text-wrap: balance;
  }
  .label > .ahead {
    padding: 0.3rem 0.3rem 0.5rem;
    border-radius: 0.75rem;
    box-shadow: 0 0 0 1px rgb(233 184 114 / 0.35), 0 1rem 3rem rgb(0 0 0 / 0.55);
  }
  /* One square of the strip of six, its upper and lower quarter cut off. */
  .look {
    display: block;
    inline-size: 12rem;
    block-size: 7.5rem;
    overflow: hidden;
    border-radius: 0.5rem;
    margin-block-end: 0.4rem;
    background: #191613;
  }
  .look img {
    display: block;
    inline-size: 600%;
    block-size: 12rem;
    margin-block-start: -2.1rem;
  }
  .look .side-1 { margin-inline-start: -100%; }
  .look .side-2 { margin-inline-start: -200%; }
  .look .side-3 { margin-inline-start: -300%; }
  :is(.label, .name) .kind {
    display: block;
    color: var(--_quiet);
    font-size: 0.8125rem;
  }
  :is(.label, .name) .title {
    font-family: var(--_serif);
  }
`;
