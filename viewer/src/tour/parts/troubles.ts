/** What is wrong, with what to do about it; and the line that runs while a scene is being fetched. */

import { css, html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import type { Rendered, TourHost, TourPart } from "../part";
import { type TroubleWords, troubleWords } from "../trouble-words";

interface Trouble {
  text: TroubleWords["text"] | "lost" | "noWebGL";
  /** The other museum's server, where it is about one. */
  host?: string | undefined;
  retry?: () => void;
}

export class Troubles implements TourPart {
  static readonly styles = css`
    .waiting {
      position: absolute;
      inset-block-start: 0;
      inset-inline: 0;
      block-size: 2px;
      overflow: hidden;
    }
    .waiting::after {
      content: '';
      position: absolute;
      inset: 0;
      inline-size: 30%;
      background: var(--_accent);
      animation: wait 1.2s infinite ease-in-out;
    }
    @keyframes wait {
      from { transform: translateX(-100%); }
      to { transform: translateX(430%); }
    }
    .trouble {
      position: absolute;
      inset: 0;
      padding: 1.5rem;
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 1.25rem;
      text-align: center;
      background: rgb(10 9 8 / 0.72);
      backdrop-filter: blur(8px);
    }
    .trouble p {
      margin: 0;
      max-inline-size: 32rem;
      font: 400 1.25rem/1.6 var(--_serif);
      text-wrap: balance;
    }
    .trouble > div {
      display: flex;
      gap: 0.75rem;
    }
    .trouble .pill {
      min-inline-size: 7rem;
      justify-content: center;
      box-shadow: inset 0 0 0 1px var(--_line);
    }
    .trouble .retry {
      background: var(--_accent);
      color: #201709;
    }
  `;

  readonly regions = { alert: () => this.render() };
  private trouble: Trouble | undefined;
  private isWaiting = false;

  constructor(private readonly host: TourHost) {}

  hostConnected(): void {
    window.addEventListener("online", this.onOnline);
  }

  hostDisconnected(): void {
    window.removeEventListener("online", this.onOnline);
  }

  raised(): void {
    this.show(undefined);
  }

  entered(): void {
    this.show(undefined);
  }

  waiting(waiting: boolean): void {
    if (waiting === this.isWaiting) return;
    this.isWaiting = waiting;
    this.host.requestUpdate();
  }

  failed(error: unknown, retry: () => void, address?: string): void {
    const host = address !== undefined && !this.host.isHome(address) ? new URL(address).host : undefined;
    const { text, host: far, again } = troubleWords(error, host);
    this.show({ text, host: far, ...(again && { retry }) });
  }

  undrawable(): void {
    this.show({ text: "noWebGL" });
  }

  lost(lost: boolean): void {
    this.show(lost ? { text: "lost" } : undefined);
  }

  private show(trouble: Trouble | undefined): void {
    this.trouble = trouble;
    this.host.requestUpdate();
  }

  /** The network is back: what failed is tried again. */
  private readonly onOnline = (): void => {
    this.trouble?.retry?.();
    this.host.visit?.guide.node?.retry();
  };

  private render(): Rendered {
    const { language, tour } = this.host;
    const { trouble } = this;
    return html`${this.isWaiting ? html`<div class="waiting"></div>` : nothing}
      ${trouble
        ? html`<div class="trouble" role="alert"><p>${say(language, trouble.text, { host: trouble.host ?? "" })}</p>
            <div>
              ${trouble.retry ? html`<button class="pill retry" @click=${trouble.retry}>${say(language, "retry")}</button>` : nothing}
              ${tour && trouble.text !== "lost"
                ? html`<button class="pill" @click=${() => this.show(undefined)}>${say(language, "stay")}</button>`
                : nothing}
            </div></div>`
        : nothing}`;
  }
}
