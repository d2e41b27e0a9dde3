/** The title of the scene, and of the venue that it is in. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import type { Rendered, TourHost, TourPart } from "../part";

export class Where implements TourPart {
  static readonly styles = css`
    .where {
      text-align: center;
      text-shadow: 0 1px 10px #000, 0 0 3px #000;
      pointer-events: none;
      transition: opacity 0.6s;
      max-inline-size: calc(100% - 7rem);
    }
    .where strong {
      font: 500 1.1875rem/1.35 var(--_serif);
      display: block;
      text-wrap: balance;
    }
    .where span {
      font-size: 0.875rem;
      color: #ddd3c4;
    }
    :host(.idle) .where {
      opacity: 0;
    }
    @media (max-width: 40rem) {
      .where { max-inline-size: 100%; }
    }
  `;

  readonly regions = { caption: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private render(): Rendered {
    const { tour, language } = this.host;
    if (!tour) return nothing;
    return html`<div class="where"><strong>${pick(tour.scene.title, language)}</strong>
      <span>${pick(tour.scene.venue.title, language)}</span></div>`;
  }
}
