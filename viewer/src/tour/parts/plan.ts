/** The venue's floor plan, with where one stands and what one sees. */

import { css, html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import type { View } from "../../panorama/view";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { isLight } from "../brightness";
import { floorPlan, hasPlan, planPicture, turnCone } from "../floor-plan";
import type { Rendered, TourHost, TourPart } from "../part";

export class Plan implements TourPart {
  static readonly styles = css`
    .plan {
      inline-size: clamp(8.5rem, 15vw, 13rem);
      border-radius: 0.75rem;
      background: rgb(15 13 11 / 0.82);
      backdrop-filter: blur(12px);
      padding: 0.5rem;
      transition: opacity 0.5s;
    }
    :host(.idle) .plan:not(:focus-within):not(:hover) {
      opacity: 0;
    }
    .plan svg {
      display: block;
      inline-size: 100%;
      max-block-size: 11rem;
      overflow: visible;
    }
    .plan .room {
      fill: rgb(237 230 219 / 0.07);
      stroke: rgb(237 230 219 / 0.35);
      vector-effect: non-scaling-stroke;
      stroke-width: 1;
    }
    .plan .room.here {
      fill: rgb(233 184 114 / 0.16);
    }
    /* Paper is white; a lamp in the visitor's eyes it need not be. */
    .plan image {
      opacity: 0.8;
    }
    .plan image.exchanged {
      filter: invert(0.92) hue-rotate(180deg);
    }
    .plan :is(.dot, .here-dot, .touch) {
      vector-effect: non-scaling-stroke;
    }
    .plan .dot {
      fill: var(--_raised);
      stroke: var(--_accent);
      stroke-width: 2;
      pointer-events: none;
    }
    /* A fingertip, however small the plan. */
    .plan .touch {
      fill: transparent;
      stroke: transparent;
      stroke-width: 24;
      pointer-events: all;
      cursor: pointer;
    }
    .plan a:is(:hover, :focus-visible) .dot {
      fill: var(--_accent);
    }
    .plan a:focus-visible {
      outline: none;
    }
    .plan a:focus-visible .dot {
      stroke: #fff;
      stroke-width: 3;
    }
    .plan .here-ring {
      fill: rgb(233 184 114 / 0.28);
      pointer-events: none;
    }
    .plan .here-dot {
      fill: var(--_accent);
      stroke: #fff;
      stroke-width: 2;
      pointer-events: none;
    }
    .plan .cone {
      fill: rgb(233 184 114 / 0.42);
    }
    /* On a phone the plan needs the room of the title, and stands above the years. */
    @media (max-width: 40rem) {
      .plan { inline-size: min(19rem, calc(100vw - 2rem)); }
      .plan svg { max-block-size: 14rem; }
      .corner:has(.plan) { inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 3.5rem); }
      .caption:not(:has(.time-line)):has(~ .corner .plan) { display: none; }
      .caption:has(.time-line) ~ .corner:has(.plan) { inset-block-end: 9rem; }
    }
  `;

  readonly regions = { corner: () => this.render(), controls: () => this.button() };
  readonly commands = [{ key: "m", label: "plan" as const, run: () => this.toggle() }];
  private shown = matchMedia("(min-width: 60rem)").matches;
  /** By the address of a floor's picture: whether it is a light drawing. */
  private readonly light = new Map<string, boolean>();

  constructor(private readonly host: TourHost) {}

  turned(view: View): void {
    const { tour, renderRoot, clientWidth, clientHeight } = this.host;
    if (tour && this.shown) turnCone(renderRoot, tour, view, clientWidth / clientHeight);
  }

  /** Looks at the picture of a floor, once. */
  private isLight(address: string | undefined): boolean {
    if (address === undefined) return false;
    const known = this.light.get(address);
    if (known !== undefined) return known;
    this.light.set(address, false);
    void isLight(address).then((light) => {
      this.light.set(address, light);
      if (light) this.host.requestUpdate();
    });
    return false;
  }

  private toggle(): void {
    this.shown = !this.shown;
    this.host.requestUpdate();
    void this.host.updateComplete.then(() => this.host.visit?.renew());
  }

  private render(): Rendered {
    const { tour, language } = this.host;
    if (!tour || !this.shown || !hasPlan(tour)) return nothing;
    return html`<div class="plan" role="group" aria-label=${say(language, "plan")}>
      ${floorPlan(tour, language, this.isLight(planPicture(tour)), (link) => void this.host.follow(link))}</div>`;
  }

  private button(): Rendered {
    const { tour, language } = this.host;
    if (!tour || !hasPlan(tour)) return nothing;
    return roundButton(language, { text: "plan", icon: icons.plan, act: () => this.toggle(), pressed: this.shown, name: "plan-button" });
  }
}
