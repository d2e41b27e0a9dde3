/**
 * Sounds that come from where they are: pressed, they play on in the room while one looks around, louder in the ear that is turned to them.
 * What is said is to be read as well.
 */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import { type Vector, directionOf } from "../../panorama/faces";
import { type View, axesOf, createAxes } from "../../panorama/view";
import { icons } from "../../ui/icons";
import { type Cue, captionAt, parseCaptions } from "../guided/telling";
import type { Rendered, TourHost, TourPart } from "../part";
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
  private context: AudioContext | undefined;
  private panner: PannerNode | undefined;
  private cues: Cue[] = [];
  private readable = true;
  private isBroken = false;
  private readonly axes = createAxes();
  private readonly direction: Vector = [0, 0, -1];

  constructor(private readonly host: TourHost) {
    const { player } = this;
    player.crossOrigin = "anonymous";
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
      directionOf(hotspot.yaw, hotspot.pitch, this.direction);
    } else if (!this.player.paused) {
      this.player.pause();
      return;
    }
    this.place();
    this.player.play().catch(() => this.fail());
    this.host.requestUpdate();
  }

  entered(): void {
    this.stop();
  }

  hostDisconnected(): void {
    this.stop();
    void this.context?.close();
    this.context = this.panner = undefined;
  }

  turned(view: View): void {
    if (this.hotspot) this.aim(view);
  }

  /** Puts the player's sound into the room. Only now: browsers let nobody sound before a visitor has pressed something. */
  private place(): void {
    if (!this.context) {
      this.context = new AudioContext();
      this.panner = new PannerNode(this.context, { panningModel: "HRTF", distanceModel: "linear", rolloffFactor: 0 });
      this.context.createMediaElementSource(this.player).connect(this.panner).connect(this.context.destination);
    }
    void this.context.resume();
    if (this.host.visit) this.aim(this.host.visit.view);
  }

  /** The ears stay, and the sound goes round them: to the right of the view is x, up y, behind z. */
  private aim(view: View): void {
    if (!this.panner || !this.context) return;
    const { right, up, forward } = axesOf(view.yaw, view.pitch, this.axes);
    const at = this.context.currentTime;
    this.panner.positionX.setTargetAtTime(dot(this.direction, right), at, 0.03);
    this.panner.positionY.setTargetAtTime(dot(this.direction, up), at, 0.03);
    this.panner.positionZ.setTargetAtTime(-dot(this.direction, forward), at, 0.03);
  }

  /** In the visitor's language, else in whichever there is. */
  private async readCaptions(hotspot: TourHotspot): Promise<void> {
    this.cues = [];
    const captions = hotspot.target?.captions ?? {};
    const address = captions[this.host.language] ?? Object.values(captions)[0];
    if (!address) return;
    try {
      const answer = await fetch(address);
      const text = answer.ok ? await answer.text() : "";
      if (this.hotspot === hotspot) this.cues = parseCaptions(text);
      this.host.requestUpdate();
    } catch {
      // Without its captions a sound is still heard, and its description read.
    }
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
    this.host.announce(say(this.host.language, "mediaFailed"));
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
      ${isBroken ? html`<p role="alert">${say(language, "mediaFailed")}</p>` : nothing}
      ${this.cues.length > 0 ? html`<p class="caption-line">${captionAt(this.cues, player.currentTime)}</p>` : nothing}
      ${words && readable ? html`<p tabindex="0" role="region" aria-label=${say(language, "soundWords")}>${words}</p>` : nothing}
    </div>`;
  }
}

function dot(a: Readonly<Vector>, b: Readonly<Vector>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
