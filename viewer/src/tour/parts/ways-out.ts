/** Where no way to walk is in the picture: buttons at its edges that say where the nearest lie, and turn there. */

import { type TemplateResult, css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import type { View } from "../../panorama/view";
import type { Rendered, TourHost, TourPart } from "../part";
import type { TourLink } from "../types";
import { type WaysOut as Ways, markPitch, waysOut } from "../ways-out";
import type { Visit } from "../visit";

const TEXTS = { left: "wayLeft", right: "wayRight", below: "wayBelow", above: "wayAbove" } as const;
const EDGES = ["left", "right", "below", "above"] as const;
type Edge = (typeof EDGES)[number];

export class WaysOut implements TourPart {
  static readonly styles = css`
    .way-out {
      position: absolute;
      display: flex;
      align-items: center;
      gap: 0.35rem;
      min-inline-size: 2.75rem;
      min-block-size: 2.75rem;
      max-inline-size: min(11rem, 40%);
      padding: 0.35rem 0.75rem;
      background: rgb(15 13 11 / 0.72);
      box-shadow: 0 0 0 1px rgb(233 184 114 / 0.55);
      color: var(--_ink);
      font: 500 0.9375rem/1.3 var(--_serif);
      /* It does not blink while one turns from one way to the next. */
      animation: way-out 0.3s 0.35s both;
      transition: opacity 0.5s;
    }
    .way-out svg {
      flex: none;
      color: var(--_accent);
      animation: nudge 1.3s 1s ease-in-out 3;
    }
    .way-out span {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      unicode-bidi: plaintext;
    }
    .way-out:hover {
      background: rgb(48 41 34 / 0.92);
    }
    .way-out:is(.left, .right) {
      inset-block-start: 50%;
      translate: 0 -50%;
      direction: ltr;
    }
    .way-out.left {
      left: 0;
      border-radius: 0 1.4rem 1.4rem 0;
      padding-left: max(0.5rem, env(safe-area-inset-left));
    }
    .way-out.right {
      right: 0;
      border-radius: 1.4rem 0 0 1.4rem;
      padding-right: max(0.5rem, env(safe-area-inset-right));
    }
    /* Beside the column of buttons. */
    @media (min-width: 40.01rem) {
      :host(:dir(ltr)) .way-out.right {
        right: 4.75rem;
        border-radius: 1.4rem;
      }
      :host(:dir(rtl)) .way-out.left {
        left: 4.75rem;
        border-radius: 1.4rem;
      }
    }
    .way-out:is(.below, .above) {
      left: 50%;
      translate: -50% 0;
      border-radius: 1.4rem;
    }
    .way-out.below {
      bottom: 30%;
    }
    .way-out.above {
      top: 22%;
    }
    .way-out.left svg {
      rotate: 90deg;
      --_nudge: -5px 0;
    }
    .way-out.right svg {
      rotate: -90deg;
      --_nudge: 5px 0;
    }
    .way-out.above svg {
      rotate: 180deg;
      --_nudge: 0 -5px;
    }
    :host(.idle) .way-out:not(:focus-visible) {
      opacity: 0.001;
    }
    :host([hero]) .way-out {
      display: none;
    }
    @keyframes nudge {
      50% { translate: var(--_nudge, 0 5px); }
    }
    @keyframes way-out {
      from { opacity: 0; }
    }
  `;

  readonly regions = { over: () => this.render() };
  private ways: Ways = {};

  constructor(private readonly host: TourHost) {}

  entered(): void {
    this.show({});
  }

  drawn({ guide, time }: Visit): void {
    if (guide.passing || time.comparing) this.show({});
  }

  turned(view: View, { guide, time }: Visit): void {
    const { tour, clientWidth, clientHeight, unmarked, renderRoot } = this.host;
    // Whoever is being led needs no other way.
    const hidden = !tour || unmarked || guide.passing || time.comparing || renderRoot.querySelector(".guided") !== null;
    this.show(hidden ? {} : waysOut(tour.scene.links, view, clientWidth, clientHeight));
  }

  private show(ways: Ways): void {
    if (EDGES.every((edge) => ways[edge] === this.ways[edge])) return;
    this.ways = ways;
    this.host.requestUpdate();
  }

  private render(): Rendered {
    if (!this.host.tour || EDGES.every((edge) => !this.ways[edge])) return nothing;
    return html`${EDGES.map((edge) => this.button(edge, this.ways[edge]))}`;
  }

  private button(edge: Edge, link: TourLink | undefined): TemplateResult | typeof nothing {
    if (!link) return nothing;
    const { language } = this.host;
    const title = pick(link.title, language);
    const name = html`<span>${title}</span>`;
    return html`<button class="way-out ${edge}" aria-label=${say(language, TEXTS[edge], { title })} @click=${() => void this.turn(link)}>
      ${edge === "right" ? name : nothing}${arrow}${edge === "right" ? nothing : name}</button>`;
  }

  /** Turns to the way; it has the focus then, so that the next press goes it. */
  private async turn(link: TourLink): Promise<void> {
    const { host } = this;
    await host.turnTo({ yaw: link.yaw, pitch: Math.max(markPitch(link), -12) }, 0.6);
    host.renderRoot.querySelector<HTMLElement>(`[data-link="${link.id}"]`)?.focus({ preventScroll: true });
  }
}

const arrow = html`<svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"
  stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M6 9.5l6 6 6-6"/></svg>`;
