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

  private pressed = false;
  private arrived = false;

  constructor(private readonly host: TourHost) {}

  entered(): void {
    this.arrived = this.pressed;
    this.pressed = false;
  }

  /** Where the way ends the button goes, and the focus must not go with it. */
  hostUpdated(): void {
    if (!this.arrived) return;
    this.arrived = false;
    const root = this.host.renderRoot as ShadowRoot;
    if (!root.activeElement) root.querySelector<HTMLElement>(".stage")?.focus({ preventScroll: true });
  }

  private go(): void {
    this.pressed = true;
    this.host.visit?.guide.back();
  }

  private render(): Rendered {
    const { visit, language } = this.host;
    const departure = visit?.guide.departure;
    if (!departure) return nothing;
    const title = pick(departure.title, language);
    return html`<button class="pill back" @click=${() => this.go()} aria-label="${say(language, "back")}: ${title}">
      ${icons.back}<span>${title}</span></button>`;
  }
}
