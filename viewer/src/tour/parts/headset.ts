/** The way into a headset, where there is one. All that one sees there comes with it: see `xr/headset.ts`. */

import { css, html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import { pick } from "../../i18n/languages";
import { icons } from "../../ui/icons";
import type { Headset as Session, WaitingPage } from "../../xr/headset";
import { roundButton } from "../controls";
import type { Command, Rendered, TourHost, TourPart } from "../part";
import type { Visit } from "../visit";

const MODE = "immersive-vr";
const FEATURES = ["local-floor", "hand-tracking"];

export class Headset implements TourPart {
  static readonly styles = css`
    .in-headset,
    .no-headset {
      position: absolute;
      inset: 0;
      padding: 1.5rem;
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 1.25rem;
      text-align: center;
      background: rgb(10 9 8 / 0.82);
    }
    .in-headset p,
    .no-headset p {
      margin: 0;
      max-inline-size: 32rem;
      font: 400 1.25rem/1.6 var(--_serif);
      text-wrap: balance;
    }
    .no-headset ul {
      margin: 0;
      padding: 0;
      list-style: none;
      display: grid;
      gap: 0.75rem;
      max-block-size: 50vh;
      overflow-y: auto;
    }
    .no-headset a {
      max-inline-size: min(32rem, 100%);
    }
  `;

  readonly regions = { controls: () => this.button(), alert: () => this.words() };
  /** Whether there is a headset. */
  private ready = false;
  private refused = false;
  /** Pages that one came by in there, to be read now. */
  private pages: readonly WaitingPage[] = [];
  private entering = false;
  private session: Session | undefined;

  constructor(private readonly host: TourHost) {}

  get commands(): readonly Command[] {
    return this.ready ? [{ key: "v", label: "xrEnter", run: () => void this.toggle() }] : [];
  }

  hostConnected(): void {
    navigator.xr?.addEventListener("devicechange", this.look);
    void this.look();
  }

  hostDisconnected(): void {
    navigator.xr?.removeEventListener("devicechange", this.look);
  }

  hostUpdated(): void {
    this.session?.changed();
  }

  raised({ signal }: Visit): void {
    signal.addEventListener("abort", () => this.session?.leave());
  }

  entered(): void {
    this.session?.entered();
  }

  timeChanged(): void {
    this.session?.changed();
  }

  failed(error: unknown, retry: () => void, address?: string): void {
    this.session?.failed(error, retry, address);
  }

  lost(lost: boolean): void {
    // What draws is gone; the page says so, and comes back by itself.
    if (lost) this.session?.leave();
  }

  private readonly look = async (): Promise<void> => {
    const ready = (await navigator.xr?.isSessionSupported(MODE).catch(() => false)) ?? false;
    if (ready === this.ready) return;
    this.ready = ready;
    this.host.requestUpdate();
  };

  private async toggle(): Promise<void> {
    if (this.session) this.session.leave();
    else await this.enter();
  }

  private async enter(): Promise<void> {
    const { visit, language } = this.host;
    if (!visit || this.entering) return;
    this.entering = true;
    this.pages = [];
    // A browser opens a session only in answer to a press, so it is asked for before anything is waited for.
    const asked = navigator.xr!.requestSession(MODE, { optionalFeatures: FEATURES });
    const module = import("../../xr/headset");
    module.catch(() => undefined);
    try {
      const session = await asked;
      try {
        this.session = await (await module).Headset.enter(session, visit, this.host, (pages) => this.left(pages));
      } catch (error) {
        await session.end().catch(() => undefined);
        throw error;
      }
      this.host.announce(say(language, "xrEntered"));
    } catch {
      this.refused = true;
    } finally {
      this.entering = false;
      this.host.requestUpdate();
    }
  }

  private left(pages: readonly WaitingPage[]): void {
    this.session = undefined;
    this.pages = pages;
    this.host.keepView();
    this.host.announce(say(this.host.language, "xrLeft"));
    this.host.requestUpdate();
  }

  private button(): Rendered {
    if (!this.ready) return nothing;
    return roundButton(this.host.language, {
      text: this.session ? "xrLeave" : "xrEnter",
      icon: icons.headset,
      act: () => void this.toggle(),
      name: "headset-button",
    });
  }

  private words(): Rendered {
    const { language } = this.host;
    if (this.session) {
      return html`<div class="in-headset"><p>${say(language, "xrEntered")}</p>
        <button class="pill" @click=${() => this.session?.leave()}>${say(language, "xrLeave")}</button></div>`;
    }
    const put = (): void => {
      this.refused = false;
      this.pages = [];
      this.host.requestUpdate();
    };
    if (this.pages.length > 0) return this.waited(put);
    if (!this.refused) return nothing;
    return html`<div class="no-headset" role="alert"><p>${say(language, "xrFailed")}</p>
      <button class="pill" @click=${put}>${say(language, "close")}</button></div>`;
  }

  /** Each opens beside the visit, which stays. */
  private waited(put: () => void): Rendered {
    const { language } = this.host;
    return html`<div class="no-headset waited" role="group" aria-label=${say(language, "xrWaited")}><p>${say(language, "xrWaited")}</p>
      <ul>${this.pages.map(
        ({ address, title }) => html`<li><a class="button pill" href=${address} target="_blank" rel="noopener">${icons.web}
          ${pick(title, language)} · ${new URL(address).host}</a></li>`,
      )}</ul>
      <button class="pill" @click=${put}>${say(language, "close")}</button></div>`;
  }
}
