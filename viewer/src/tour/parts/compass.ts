/** Where north is. Pressed, it turns there; and whoever turns by keys hears where she looks now. */

import { css, html, svg } from "lit";
import { say } from "../../i18n/catalog";
import { type View, wrap } from "../../panorama/view";
import { wholeDegrees, windOf } from "../heading";
import type { Rendered, TourHost, TourPart } from "../part";
import type { Visit } from "../visit";

const SECONDS = 0.7;
const TURNING = new Set(["ArrowLeft", "ArrowRight"]);

const needle = svg`<path d="M12 2.500l4 9.500h-8z" fill="var(--_accent)"/><path d="M12 21.500l4-9.500h-8z" fill="currentColor" opacity="0.75"/>`;

export class Compass implements TourPart {
  static readonly styles = css`
    .compass {
      position: absolute;
      inset-block-start: 0;
      inset-inline-end: 0.25rem;
      transition: opacity 0.5s, background-color 0.2s;
    }
    :host(.idle) .compass:not(:focus-visible):not(:hover) {
      opacity: 0;
    }
    .head:has(.house) .compass {
      inset-block-start: 4.5rem;
    }
  `;

  readonly regions = { head: () => this.render() };
  readonly commands = [{ key: "n", label: "faceNorth" as const, run: () => this.faceNorth() }];
  /** Whether keys have turned the view since it was last said where it looks. */
  private turnedByKeys = false;
  private shown = -1;

  constructor(private readonly host: TourHost) {}

  raised(visit: Visit): void {
    visit.surface.addEventListener("keydown", ({ key }) => (this.turnedByKeys ||= TURNING.has(key)), { signal: visit.signal });
  }

  drawn(visit: Visit): void {
    if (!this.turnedByKeys || visit.controller.moving) return;
    this.turnedByKeys = false;
    this.sayHeading();
  }

  turned(view: View): void {
    const button = this.host.renderRoot.querySelector<HTMLElement>(".compass");
    const { tour } = this.host;
    if (!button || !tour) return;
    const heading = view.yaw + tour.scene.north;
    (button.firstElementChild as SVGElement).style.transform = `rotate(${(-heading).toFixed(1)}deg)`;
    const degrees = wholeDegrees(heading);
    if (degrees === this.shown) return;
    this.shown = degrees;
    button.setAttribute("aria-label", this.label);
  }

  hostUpdated(): void {
    if (this.host.visit) this.turned(this.host.visit.view);
  }

  private get heading(): number {
    const { tour, visit } = this.host;
    return (visit?.view.yaw ?? 0) + (tour?.scene.north ?? 0);
  }

  private get label(): string {
    const { language } = this.host;
    const { heading } = this;
    return say(language, "compass", { heading: windOf(language, heading), degrees: String(wholeDegrees(heading)) });
  }

  private faceNorth(): void {
    const { host } = this;
    if (!host.tour || !host.visit) return;
    host.visit.controller.stop();
    host.tell((part) => part.taken?.());
    void host.turnTo({ yaw: wrap(-host.tour.scene.north), pitch: 0 }, SECONDS).then(() => this.sayHeading());
  }

  private sayHeading(): void {
    const { host, heading } = this;
    host.announce(say(host.language, "looking", { heading: windOf(host.language, heading), degrees: String(wholeDegrees(heading)) }));
  }

  private render(): Rendered {
    const { language } = this.host;
    this.shown = -1;
    return html`<button class="round compass" part="button" title=${say(language, "faceNorth")} aria-label=${this.label} @click=${() => this.faceNorth()}>
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true" focusable="false">${needle}</svg></button>`;
  }
}
