/** The way back to where the last jump through time or a portal came from. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import type { Rendered, TourHost, TourPart } from "../part";

export class WayBack implements TourPart {
  static readonly styles = css`
    @media (max-width: 40rem) {
      .back span { max-inline-size: 26vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    }
  `;

  readonly regions = { corner: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private render(): Rendered {
    const { visit, language } = this.host;
    const departure = visit?.guide.departure;
    if (!departure) return nothing;
    const title = pick(departure.title, language);
    return html`<button class="pill back" @click=${() => visit?.guide.back()} aria-label="${say(language, "back")}: ${title}">
      ${icons.back}<span>${title}</span></button>`;
  }
}
