/**
 * A screen in the hall that nobody owns: left alone, the picture turns slowly, and after a while everything is as it was at the beginning.
 *
 * `<museum-tour kiosk>` or, on a page of the museum, `?kiosk`; a number says after how many seconds.
 */

import { css, html, nothing } from "lit";
import type { Language } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import { type View, wrap } from "../../panorama/view";
import { kioskSeconds } from "../kiosk-seconds";
import type { Arrival, Rendered, TourHost, TourPart } from "../part";
import type { Tour } from "../types";
import type { Visit } from "../visit";
import { ExhibitOpening } from "./exhibit-opening";
import { GuidedTours } from "./guided-tour";

/** Degrees a second. */
const SPEED = 3;
const TURN_AFTER = 10;
const RETURN_SECONDS = 1.5;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart"];

export class Kiosk implements TourPart {
  static readonly styles = css`
    .touch-me {
      margin: 0;
      padding: 0.5rem 1.4rem;
      border-radius: 1.4rem;
      background: rgb(15 13 11 / 0.7);
      font: 400 1.125rem/1.6 var(--_serif);
      pointer-events: none;
    }
  `;

  readonly regions = { caption: () => this.words() };
  private seconds: number | undefined;
  private turning = false;
  private beginning: { address: string; view: View; language: Language; named: string } | undefined;
  private turnTimer: ReturnType<typeof setTimeout> | undefined;
  private returnTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: TourHost) {}

  hostConnected(): void {
    const { host } = this;
    this.seconds = kioskSeconds(host.getAttribute("kiosk"), host.address ? location.search : "");
    const on = this.seconds !== undefined;
    host.classList.toggle("kiosk", on);
    if (!on) return;
    if (host.address) document.documentElement.classList.add("kiosk");
    for (const type of SIGNS_OF_LIFE) addEventListener(type, this.alive, { passive: true, capture: true });
  }

  hostDisconnected(): void {
    this.rest();
    this.beginning = undefined;
    for (const type of SIGNS_OF_LIFE) removeEventListener(type, this.alive, { capture: true });
  }

  entered(_: Tour, { kind }: Arrival): void {
    const { host } = this;
    if (this.seconds === undefined || kind !== undefined || this.beginning) return;
    const { guide } = host.visit!;
    this.beginning = { address: guide.address, view: { ...guide.view }, language: host.language, named: host.lang };
    this.alive();
  }

  frame(seconds: number, { stage, controller }: Visit): boolean {
    if (!this.turning) return false;
    if (!controller.moving && !stage.presenting && !this.host.calm) stage.view.yaw = wrap(stage.view.yaw + SPEED * seconds);
    return !this.host.calm;
  }

  private readonly alive = (): void => {
    this.rest();
    if (this.seconds === undefined) return;
    this.turnTimer = setTimeout(this.turn, Math.min(TURN_AFTER, this.seconds / 2) * 1000);
    this.returnTimer = setTimeout(() => void this.return(), this.seconds * 1000);
  };

  private rest(): void {
    clearTimeout(this.turnTimer);
    clearTimeout(this.returnTimer);
    if (!this.turning) return;
    this.turning = false;
    this.host.requestUpdate();
  }

  /** Whoever reads, watches or listens is not gone. */
  private get busy(): boolean {
    const { host } = this;
    return (
      host.openedHotspot !== undefined ||
      host.visit?.stage.presenting === true ||
      host.renderRoot.querySelector("dialog[open]") !== null ||
      this.find(GuidedTours).playing
    );
  }

  private readonly turn = (): void => {
    if (this.busy) return;
    this.turning = true;
    this.host.visit?.stage.invalidate();
    this.host.requestUpdate();
  };

  private async return(): Promise<void> {
    const { host, beginning } = this;
    const { visit } = host;
    if (!visit || !beginning || visit.stage.presenting) return;
    if (this.find(GuidedTours).playing) {
      this.alive();
      return;
    }
    this.find(ExhibitOpening).close();
    this.find(GuidedTours).close();
    for (const dialog of host.renderRoot.querySelectorAll<HTMLDialogElement>("dialog[open]")) dialog.close();
    visit.time.compare("blend");
    if (host.language !== beginning.language) {
      host.lang = beginning.named;
      document.dispatchEvent(new CustomEvent("museum:language", { detail: { language: beginning.language } }));
    }
    if (visit.guide.address === beginning.address) await visit.look(beginning.view, host.calm ? 0 : RETURN_SECONDS);
    else await visit.guide.start(beginning.address, beginning.view);
    host.send("kiosk-return", {});
    this.turn();
  }

  private find<P extends TourPart>(kind: new (host: TourHost) => P): P {
    return this.host.parts.find((part) => part instanceof kind) as P;
  }

  private words(): Rendered {
    return this.turning ? html`<p class="touch-me" aria-hidden="true">${say(this.host.language, "touchMe")}</p>` : nothing;
  }
}
