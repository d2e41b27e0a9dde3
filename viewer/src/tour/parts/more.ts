/** What is not needed at every step stands behind one button: those marked `extra`, and on a phone also those marked `roomy`. */

import { css } from "lit";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import type { Rendered, TourHost, TourPart } from "../part";

export class More implements TourPart {
  static readonly styles = css`
    :host(:not(.more)) .controls .extra { display: none; }
    @media (max-width: 40rem) {
      :host(:not(.more)) .controls .roomy { display: none; }
      .controls {
        flex-wrap: wrap-reverse;
        justify-content: flex-end;
        max-inline-size: calc(100% - 2rem);
      }
      /* The second row stands where the title does. */
      :host(.more) .caption:not(:has(.time-line)) { visibility: hidden; }
      :host(.more) .caption:has(.time-line) { inset-block-end: calc(max(1rem, env(safe-area-inset-bottom)) + 7rem); }
      :host(.more) .corner:not(:has(.plan)) { visibility: hidden; }
    }
    @media (max-height: 46rem) and (min-width: 40.01rem) {
      .controls {
        flex-wrap: wrap-reverse;
        max-block-size: calc(100% - 6rem - var(--head-space, 0px));
        align-content: flex-start;
      }
    }
  `;

  readonly regions = { controls: () => this.render() };

  constructor(private readonly host: TourHost) {}

  rested(idle: boolean): void {
    // Whoever is still among them looks for the right one.
    const within = this.host.renderRoot.querySelector(".controls:is(:focus-within, :hover)");
    if (idle && !within) this.show(false);
  }

  private show(shown: boolean): void {
    if (shown === this.host.classList.contains("more")) return;
    this.host.classList.toggle("more", shown);
    this.host.requestUpdate();
  }

  private render(): Rendered {
    const shown = this.host.classList.contains("more");
    return roundButton(this.host.language, {
      text: "more",
      icon: icons.more,
      act: () => this.show(!shown),
      expanded: shown,
      name: "more-button",
    });
  }
}
