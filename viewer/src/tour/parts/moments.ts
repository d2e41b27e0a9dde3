/** Time-travel: the moments of a place to choose from, and the year that appears on arriving. */

import { type TemplateResult, css, html, nothing } from "lit";
import { type Texts, pick } from "../../i18n/languages";
import { say, sayYear } from "../../i18n/catalog";
import type { Arrival, Rendered, TourHost, TourPart } from "../part";
import type { Tour } from "../types";

export class Moments implements TourPart {
  static readonly styles = css`
    .time {
      display: flex;
      max-inline-size: 100%;
      overflow-x: auto;
      scrollbar-width: none;
      border-radius: 2rem;
      padding: 0.25rem;
      background: rgb(15 13 11 / 0.72);
      backdrop-filter: blur(14px);
    }
    .time button {
      flex: none;
      min-inline-size: 5.5rem;
      padding: 0.35rem 1rem 0.4rem;
      border-radius: 2rem;
      line-height: 1.2;
      color: var(--_quiet);
      transition: background-color 0.25s, color 0.25s;
    }
    .time button:hover {
      color: var(--_ink);
    }
    .time button[aria-pressed='true'] {
      background: var(--_accent);
      color: #201709;
    }
    .time .year {
      display: block;
      font: 500 1.125rem/1.2 var(--_serif);
      font-variant-numeric: tabular-nums;
    }
    .time .era {
      font-size: 0.75rem;
    }
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
    @media (max-width: 40rem) {
      .time button { min-inline-size: 4.75rem; padding-inline: 0.75rem; }
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

  readonly regions = { caption: () => this.choice(), over: () => this.bigYear() };
  readonly commands = [{ key: "t", label: "moments" as const, run: () => this.focus() }];
  private passedYear: number | undefined;

  constructor(private readonly host: TourHost) {}

  entered(tour: Tour, { before }: Arrival): void {
    const year = tour.scene.year ?? undefined;
    const jumped = before !== undefined && year !== undefined && year !== before.scene.year;
    this.passedYear = undefined;
    this.host.requestUpdate();
    if (jumped) void this.host.updateComplete.then(() => this.showYear(year));
  }

  private showYear(year: number): void {
    this.passedYear = year;
    this.host.requestUpdate();
  }

  private focus(): void {
    this.host.renderRoot.querySelector<HTMLElement>('.time [aria-pressed="true"]')?.focus();
  }

  /** A button for each moment, in order of their years; arrow keys go from one to the next. */
  private choice(): Rendered {
    const { tour, language } = this.host;
    const moments = tour?.scene.place?.moments ?? [];
    if (moments.length < 2) return nothing;
    return html`<div class="time" role="group" aria-label=${say(language, "moments")} @keydown=${walkButtons}>
      ${moments.map((moment) => {
        const here = moment.scene === tour?.scene.slug;
        return html`<button aria-pressed=${here} data-moment=${moment.scene}
          @click=${() => void this.host.visit?.guide.travel(moment.scene)}>
          <span class="year">${sayYear(language, moment.year)}</span>
          <span class="era">${beside(pick(moment.era, language), moment.year)}</span>
          ${here ? html`<span class="hidden-text">${say(language, "here")}</span>` : ""}
        </button>`;
      })}
    </div>`;
  }

  /** The year of the scene just entered, large, for a moment. */
  private bigYear(): Rendered {
    const { host, passedYear } = this;
    if (passedYear === undefined) return nothing;
    const era: Texts | undefined = host.tour?.scene.era ?? undefined;
    return bigYear(passedYear, sayYear(host.language, passedYear), beside(pick(era, host.language), passedYear));
  }
}

function bigYear(year: number, words: string, era: string): TemplateResult {
  return html`<div class="big-year" aria-hidden="true"><b class=${year > 0 ? "" : "words"}>${words}</b><span>${era}</span></div>`;
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
