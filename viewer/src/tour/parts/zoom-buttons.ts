/** Buttons that zoom, for a mouse without a wheel; fingers pinch. */

import { css, html } from "lit";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import type { Rendered, TourHost, TourPart } from "../part";

const FACTOR = 1.35;

export class ZoomButtons implements TourPart {
  static readonly styles = css`
    @media (max-width: 40rem) {
      .zoom-button { display: none; }
    }
  `;

  readonly regions = { controls: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private render(): Rendered {
    const zoom = (factor: number) => (): void => this.host.visit?.controller.zoomBy(factor);
    const { language } = this.host;
    return html`${roundButton(language, { text: "zoomIn", icon: icons.plus, act: zoom(FACTOR), name: "zoom-button" })}
      ${roundButton(language, { text: "zoomOut", icon: icons.minus, act: zoom(1 / FACTOR), name: "zoom-button" })}`;
  }
}
