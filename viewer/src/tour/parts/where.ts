/** The title of the scene, and the way up from it: the museum and the venue that it is in. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
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
    .where ol {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      margin: 0;
      padding: 0;
      list-style: none;
      font-size: 0.875rem;
      color: #ddd3c4;
    }
    .where li + li:not(.hidden-text)::before {
      content: "›";
      margin-inline: 0.5rem;
    }
    .where a {
      color: inherit;
      text-decoration: none;
      pointer-events: auto;
      display: inline-block;
      min-block-size: 1.5rem;
      min-inline-size: 1.5rem;
      border-radius: 4px;
    }
    .where a:hover {
      color: #fff;
      text-decoration: underline;
      text-underline-offset: 0.25em;
    }
    :host(.idle) .where:not(:focus-within) {
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
    // Whoever shows links and hotspots herself says where one is, too: beneath her handles no finger would find a way up.
    if (!tour || this.host.unmarked) return nothing;
    const title = pick(tour.scene.title, language);
    // Whoever stands in a piece of someone's page keeps that page.
    const target = this.host.address ? nothing : "_blank";
    const stays = this.host.classList.contains("kiosk");
    const up = (url: string, words: string): Rendered =>
      html`<li>${stays ? words : html`<a href=${url} target=${target}>${words}</a>`}</li>`;
    return html`<nav class="where" aria-label=${say(language, "whereYouAre")}><strong aria-hidden="true">${title}</strong>
      <ol>${up(tour.home, pick(tour.museum, language))}${up(tour.scene.venue.url, pick(tour.scene.venue.title, language))}
        <li class="hidden-text" aria-current="page">${title}</li></ol></nav>`;
  }
}
