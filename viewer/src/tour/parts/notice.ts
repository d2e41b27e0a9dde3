/** A line for a few seconds, to those who look and those who listen: what a press has done, or why it could not. */

import { css, html, nothing } from "lit";
import type { Rendered, TourHost, TourPart } from "../part";

const SECONDS = 6;

export class Notice implements TourPart {
  static readonly styles = css`
    .notice {
      max-inline-size: min(30rem, 100% - 7rem);
      margin: 0;
      padding: 0.6rem 1.25rem;
      border-radius: 1.4rem;
      background: rgb(15 13 11 / 0.88);
      box-shadow: 0 0 0 1px var(--_line);
      text-align: center;
      text-wrap: balance;
    }
  `;

  readonly regions = { head: () => this.render() };
  private words = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: TourHost) {}

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  notice(words: string): void {
    this.words = words;
    this.host.announce(words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.words = "";
      this.host.requestUpdate();
    }, SECONDS * 1000);
    this.host.requestUpdate();
  }

  private render(): Rendered {
    return this.words ? html`<p class="notice" aria-hidden="true">${this.words}</p>` : nothing;
  }
}
