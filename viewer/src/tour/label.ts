/** One label at a time, so that labels never overlap: it floats above the mark that it names. */

import { type TemplateResult, css, html, nothing, render } from "lit";
import { hotspotKind } from "../hotspots/registry";
import { type Language, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import { keepHeading } from "./journey";
import type { MarkName } from "./marks";
import type { Tour, TourLink } from "./types";

export interface Anchor {
  x: number;
  top: number;
  bottom: number;
}

/** Fills and places the element, for a picture of this size in CSS pixels. Without a name or an anchor it hides. */
export function placeLabel(
  label: HTMLElement,
  shown: { name: MarkName; tour: Tour; language: Language; picture: boolean } | undefined,
  anchor: Anchor | undefined,
  across: number,
  down: number,
): void {
  label.classList.toggle("shown", shown !== undefined && anchor !== undefined);
  if (!shown || !anchor) return;
  const { name, tour, language, picture } = shown;
  const key = `${tour.scene.slug} ${name.link} ${name.id} ${language} ${picture}`;
  if (label.dataset["of"] !== key) {
    label.dataset["of"] = key;
    const content = labelOf(tour, name, language, picture);
    if (content) render(content, label);
  }
  const [width, height] = [label.offsetWidth, label.offsetHeight];
  const x = Math.min(Math.max(anchor.x - width / 2, 8), across - width - 8);
  const above = anchor.top - height - 10;
  const y = above > 8 ? above : Math.min(anchor.bottom + 10, down - height - 8);
  label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}

/** What the label says; `picture` adds a look at where a link leads. */
function labelOf(tour: Tour, { id, link: isLink }: MarkName, language: Language, picture: boolean): TemplateResult | undefined {
  if (isLink) {
    const link = tour.scene.links.find((known) => known.id === id);
    if (!link) return undefined;
    const kind = link.kind === "time" && link.year != null ? sayYear(language, link.year) : elsewhere(link, language);
    return html`<div class=${picture ? "ahead" : ""}>${picture ? lookAhead(tour, link) : nothing}${kind ? html`<span class="kind">${kind}</span>` : ""}<span class="title">${pick(link.title, language)}</span></div>`;
  }
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
  .label {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    max-inline-size: min(18rem, 72vw);
    pointer-events: none;
    will-change: transform;
    opacity: 0;
    transition: opacity 0.15s;
  }
  .label.shown {
    opacity: 1;
  }
  .label > div {
    padding: 0.45rem 0.85rem;
    border-radius: 0.5rem;
    background: rgb(15 13 11 / 0.82);
    backdrop-filter: blur(10px);
    line-height: 1.4;
    text-align: center;
    inline-size: max-content;
    max-inline-size: 100%;
    margin-inline: auto;
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
  .label .kind {
    display: block;
    color: var(--_quiet);
    font-size: 0.8125rem;
  }
  .label .title {
    font-family: var(--_serif);
  }
`;
