/** The year of the scene just entered, large, for a moment. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { sayYear } from "../../i18n/catalog";
import type { Arrival, Rendered, TourHost, TourPart } from "../part";
import type { Tour } from "../types";
import { eraBeside } from "../year-words";

export class BigYear implements TourPart {
  static readonly styles = css`
    .big-year {
      position: absolute;
      inset: 0;
      display: grid;
      place-content: center;
      text-align: center;
      pointer-events: none;
      text-shadow: 0 2px 40px rgb(0 0 0 / 0.85), 0 0 6px rgb(0 0 0 / 0.6);
      animation: appear 2.8s both;
    }
    .big-year b {
      font: 400 clamp(5rem, 19vw, 14rem) / 1 var(--_serif);
      letter-spacing: 0.02em;
      font-variant-numeric: lining-nums;
    }
    .big-year b.words {
      font-size: clamp(3rem, 10vw, 7rem);
    }
    .big-year span {
      font: 400 clamp(1.25rem, 3vw, 2rem) / 1.4 var(--_serif);
    }
    @keyframes appear {
      0% { opacity: 0; transform: scale(0.96); }
      18%, 60% { opacity: 1; transform: none; }
      100% { opacity: 0; }
    }
    /* The year stays as long, but only fades. */
    @media (prefers-reduced-motion: reduce) {
      .big-year { animation: appear-still 2.8s both !important; animation-duration: 2.8s !important; }
    }
    @keyframes appear-still {
      0%, 100% { opacity: 0; }
      10%, 75% { opacity: 1; }
    }
  `;

  readonly regions = { over: () => this.render() };
  private year: number | undefined;

  constructor(private readonly host: TourHost) {}

  entered({ scene }: Tour, { before, kind }: Arrival): void {
    const year = scene.year ?? undefined;
    const jumped = before !== undefined && kind !== "scrub" && year !== undefined && year !== before.scene.year;
    this.show(undefined);
    // It appears anew, from the beginning, where one year follows another.
    if (jumped) void this.host.updateComplete.then(() => this.show(year));
  }

  private show(year: number | undefined): void {
    this.year = year;
    this.host.requestUpdate();
  }

  private render(): Rendered {
    const { year } = this;
    const { language, tour } = this.host;
    if (year === undefined) return nothing;
    return html`<div class="big-year" aria-hidden="true">
      <b class=${year > 0 ? "" : "words"}>${sayYear(language, year)}</b>
      <span>${eraBeside(pick(tour?.scene.era, language), year)}</span></div>`;
  }
}
