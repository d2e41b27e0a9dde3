/** The first picture, while the renderer is still on its way; it leaves when the renderer has painted. */

import { css, html } from "lit";
import type { View } from "../../panorama/view";
import { fetchView, openingView } from "../ahead";
import type { TourHost, TourPart } from "../part";
import { paintPoster } from "../poster";
import { panoramaSource } from "../tour-client";
import type { Tour } from "../types";
import type { Visit } from "../visit";

export class FirstPicture implements TourPart {
  static readonly styles = css`
    .poster {
      position: absolute;
      inset: 0;
      overflow: hidden;
      pointer-events: none;
      transition: opacity 0.35s;
    }
    .poster.gone {
      opacity: 0;
    }
    .poster .cube {
      position: absolute;
      inset: 0;
      transform-style: preserve-3d;
    }
    .poster .cube div {
      position: absolute;
      backface-visibility: visible;
    }
  `;

  readonly regions = { ground: () => html`<div class="poster"></div>` };

  constructor(private readonly host: TourHost) {}

  async opening(reading: Promise<Tour>, view: Partial<View>): Promise<void> {
    try {
      const { scene } = await reading;
      if (!this.box || this.host.tour) return;
      const { clientWidth: width, clientHeight: height } = this.box;
      const seen = openingView(scene, view, width, height);
      const { strip, level } = panoramaSource(scene);
      if (!this.pagePicture) paintPoster(this.box, strip, seen, level);
      fetchView(scene, seen, width, height);
    } catch {
      // The guide reads the same tour, and says what is wrong.
    }
  }

  drawn({ guide }: Visit): void {
    if (!guide.node?.painted) return;
    this.box?.classList.add("gone");
    this.host.renderRoot.querySelector("canvas")?.classList.remove("coming");
    this.pagePicture?.remove();
  }

  /** The page's own first picture, beneath the tag. */
  private get pagePicture(): Element | null {
    return this.host.parentElement?.querySelector(":scope > .first-paint") ?? null;
  }

  private get box(): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(".poster");
  }
}
