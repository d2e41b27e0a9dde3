/** Whose house one is in, after a portal to another museum's server, and the way home. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import type { Rendered, TourHost, TourPart } from "../part";

export class House implements TourPart {
  static readonly styles = css`
    .house {
      display: flex;
      align-items: center;
      gap: 0.25rem 0.9rem;
      max-inline-size: 100%;
      padding-block: 0.35rem;
      padding-inline: 1.1rem 0.4rem;
      border-radius: 1.75rem;
      background: rgb(15 13 11 / 0.86);
      backdrop-filter: blur(12px);
      box-shadow: 0 0 0 1.5px var(--_accent), 0 0.75rem 2.5rem rgb(0 0 0 / 0.5);
    }
    .house p {
      margin: 0;
      min-inline-size: 0;
      line-height: 1.3;
    }
    .house p * {
      display: block;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .house b {
      font: 500 1rem/1.3 var(--_serif);
    }
    .house p span {
      font-size: 0.8125rem;
      color: var(--_quiet);
    }
    .house .pill {
      flex: none;
      background: var(--_accent);
      color: #201709;
    }
    .house .pill:hover {
      background: #f3cc90;
      color: #201709;
    }
    /* All around: this is not the house that one came into. */
    .abroad {
      position: absolute;
      inset: 0;
      pointer-events: none;
      box-shadow: inset 0 0 0 3px var(--_accent), inset 0 0 5rem rgb(233 184 114 / 0.22);
    }
  `;

  readonly regions = { over: () => this.edge(), head: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private get isAbroad(): boolean {
    const address = this.host.visit?.guide.address;
    return Boolean(address) && !this.host.isHome(address!);
  }

  private edge(): Rendered {
    return this.isAbroad ? html`<div class="abroad"></div>` : nothing;
  }

  private render(): Rendered {
    const { tour, visit, language } = this.host;
    if (!tour || !visit || !this.isAbroad) return nothing;
    const { guide } = visit;
    const home = guide.home;
    return html`<div class="house" role="group">
      <p><span>${say(language, "elsewhere", { host: new URL(guide.address).host })}</span><b>${pick(tour.museum, language)}</b></p>
      ${home
        ? html`<button class="pill" @click=${() => guide.goHome()} 
            aria-label="${say(language, "goHome")}: ${pick(home.title, language)}">${icons.home}${say(language, "goHome")}</button>`
        : nothing}
    </div>`;
  }
}
