/**
 * Sounds that come from where they are: pressed, they play on in the room while one looks around, louder in the ear that is turned to them.
 * What is said is to be read as well.
 */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say, sayFailure } from "../../i18n/catalog";
import type { View } from "../../panorama/view";
import { icons } from "../../ui/icons";
import { clock, readCaptions } from "../captions";
import { type Cue, captionAt } from "../guided/telling";
import type { Rendered, TourHost, TourPart } from "../part";
import { RoomSound } from "../room-sound";
import type { TourHotspot } from "../types";

export class Sounds implements TourPart {
  static readonly styles = css`
    .sound {
      inline-size: min(30rem, 100%);
      padding: 0.4rem 0.5rem;
      border-radius: 1.75rem;
      background: rgb(15 13 11 / 0.88);
      box-shadow: 0 0.75rem 2.5rem rgb(0 0 0 / 0.5);
    }
    .sound > div {
      display: flex;
      align-items: center;
      gap: 0.25rem 0.6rem;
    }
    .sound .round {
      flex: none;
      background: none;
    }
    .sound label {
      flex: 1;
      min-inline-size: 0;
      display: grid;
      font: 500 1rem/1.3 var(--_serif);
    }
    .sound label span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .sound input {
      inline-size: 100%;
      block-size: 1.5rem;
      margin: 0;
      accent-color: var(--_accent);
    }
    .sound p {
      margin: 0.4rem 1rem 0.6rem;
      max-block-size: 9rem;
      overflow-y: auto;
      line-height: 1.6;
      white-space: pre-line;
    }
    .sound .caption-line {
      min-block-size: 1.6em;
      text-align: center;
    }
    .sound p:first-line {
      color: var(--_ink);
    }
  `;

  readonly regions = { caption: () => this.render() };
  private hotspot: TourHotspot | undefined;
  private readonly player = document.createElement("audio");
  private readonly room = new RoomSound(this.player);
  private cues: Cue[] = [];
  private readable = true;
  private isBroken = false;

  constructor(private readonly host: TourHost) {
    const { player } = this;
    player.preload = "metadata";
    for (const type of ["play", "pause", "timeupdate", "durationchange"]) player.addEventListener(type, () => host.requestUpdate());
    player.addEventListener("error", () => this.fail());
  }

  /** What is heard, or was until it was paused; undefined where nothing is. */
  get heard(): { hotspot: TourHotspot; paused: boolean; caption: string; broken: boolean } | undefined {
    const { hotspot, player, isBroken: broken } = this;
    return hotspot && { hotspot, paused: player.paused, caption: captionAt(this.cues, player.currentTime), broken };
  }

  /** Plays what the hotspot leads to; or pauses it, or goes on. */
  play(hotspot: TourHotspot): void {
    const address = hotspot.target?.href;
    if (!address) return;
    if (this.hotspot?.id !== hotspot.id) {
      this.hotspot = hotspot;
      this.isBroken = false;
      this.player.src = address;
      void this.readCaptions(hotspot);
      this.room.comeFrom(hotspot.yaw, hotspot.pitch);
    } else if (!this.player.paused) {
      this.player.pause();
      return;
    }
    this.room.sound(this.host.visit?.view);
    this.player.play().catch(() => this.fail());
    this.host.requestUpdate();
  }

  entered(): void {
    this.stop();
  }

  hostDisconnected(): void {
    this.stop();
    this.room.rest();
  }

  turned(view: View): void {
    if (this.hotspot) this.room.aim(view);
  }

  private async readCaptions(hotspot: TourHotspot): Promise<void> {
    this.cues = [];
    const cues = await readCaptions(hotspot.target?.captions, this.host.language);
    if (this.hotspot === hotspot) this.cues = cues;
    this.host.requestUpdate();
  }

  /** Puts away what is heard. */
  stop(): void {
    if (!this.hotspot) return;
    this.hotspot = undefined;
    this.cues = [];
    this.player.pause();
    this.player.removeAttribute("src");
    this.player.load();
    this.host.requestUpdate();
  }

  private fail(): void {
    if (!this.hotspot || !this.player.error) return;
    this.isBroken = true;
    this.host.announce(sayFailure(this.host.language, "mediaFailed"));
    this.host.requestUpdate();
  }

  private readonly close = (): void => {
    const { hotspot } = this;
    this.stop();
    if (hotspot) this.host.renderRoot.querySelector<HTMLElement>(`[data-hotspot="${hotspot.id}"]`)?.focus({ preventScroll: true });
  };

  private render(): Rendered {
    const { hotspot, player, isBroken, readable } = this;
    if (!hotspot) return nothing;
    const { language } = this.host;
    const words = pick(hotspot.description, language);
    const length = Number.isFinite(player.duration) ? player.duration : 0;
    const read = (): void => {
      this.readable = !readable;
      this.host.requestUpdate();
    };
    return html`<div class="sound" role="group" aria-label="${say(language, "kind_audio")}: ${pick(hotspot.title, language)}">
      <div>
        <button class="round" aria-label=${say(language, player.paused ? "soundPlay" : "soundPause")} @click=${() => this.play(hotspot)}>
          ${player.paused ? icons.play : icons.pause}</button>
        <label><span>${pick(hotspot.title, language)}</span>
          <input type="range" min="0" max=${Math.max(length, 0.1)} step="0.1" .value=${String(player.currentTime)}
            aria-valuetext="${clock(player.currentTime)} / ${clock(length)}"
            @input=${(event: Event) => (player.currentTime = Number((event.target as HTMLInputElement).value))} /></label>
        ${words
          ? html`<button class="round" aria-label=${say(language, "soundWords")} aria-expanded=${readable} @click=${read}>${icons.text}</button>`
          : nothing}
        <button class="round" aria-label=${say(language, "close")} @click=${this.close}>${icons.close}</button>
      </div>
      ${isBroken ? html`<p role="alert">${sayFailure(language, "mediaFailed")}</p>` : nothing}
      ${this.cues.length > 0 ? html`<p class="caption-line">${captionAt(this.cues, player.currentTime)}</p>` : nothing}
      ${words && readable ? html`<p tabindex="0" role="region" aria-label=${say(language, "soundWords")}>${words}</p>` : nothing}
    </div>`;
  }
}
