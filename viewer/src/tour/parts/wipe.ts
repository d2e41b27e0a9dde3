/** Two moments on the two sides of an edge: the earlier one on the left. One drags the edge, and slants it. */

import { css, html, nothing } from "lit";
import { say, sayYear, speakYear } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import { type Tool, compareSwitch, putAwayByEscape } from "../compare-tools";
import { type EdgePlace, FIRST_EDGE, dragged, sideOfEdge, slantThrough, slanted } from "../edge-shape";
import type { Rendered, TourHost, TourPart } from "../part";
import type { TimeTravel } from "../time-travel";
import type { Visit } from "../visit";

const STEP = 0.02;
const TURN = 5;

export class Wipe implements TourPart {
  static readonly styles = css`
    .wipe {
      position: absolute;
      inset-block-start: 0;
      inset-inline-start: 0;
      pointer-events: none;
      will-change: transform;
    }
    .wipe > * {
      position: absolute;
      pointer-events: auto;
      touch-action: none;
    }
    .edge {
      inset: -150vmax -10px;
      cursor: ew-resize;
    }
    .edge::before {
      content: '';
      position: absolute;
      inset-block: 0;
      inset-inline: calc(50% - 1.5px);
      background: rgb(255 246 228 / 0.92);
      box-shadow: 0 0 12px rgb(0 0 0 / 0.7);
    }
    .wipe .grip,
    .wipe .turn {
      display: grid;
      place-items: center;
      border-radius: 50%;
      background: rgb(15 13 11 / 0.86);
      box-shadow: 0 0 0 2.5px rgb(255 246 228 / 0.92), 0 0.5rem 1.5rem rgb(0 0 0 / 0.5);
      color: #fff6e4;
    }
    .wipe .grip {
      inset: -24px;
      inline-size: 48px;
      block-size: 48px;
      cursor: grab;
    }
    .wipe .turn {
      inset: 78px auto auto -15px;
      inline-size: 30px;
      block-size: 30px;
      cursor: crosshair;
    }
    /* As large as a finger, and no larger to the eye. */
    .wipe .turn::after {
      content: '';
      position: absolute;
      inset: -8px;
    }
    .wipe .turn::before {
      content: '';
      inline-size: 10px;
      block-size: 10px;
      border-radius: 50%;
      background: currentcolor;
    }
    .wipe b {
      inset-block-start: -0.95rem;
      padding: 0.2rem 0.8rem;
      border-radius: 1rem;
      background: rgb(15 13 11 / 0.82);
      font: 500 1.0625rem/1.5 var(--_serif);
      white-space: nowrap;
      pointer-events: none;
    }
    .wipe .left {
      inset-inline-end: 34px;
    }
    .wipe .right {
      inset-inline-start: 34px;
    }
  `;

  readonly regions = {
    picture: () => this.edge(),
    controls: () => compareSwitch(this.host, "wipe", this.tools()),
  };
  readonly commands = [{ key: "v", label: "wipe" as const, run: () => this.toggle() }];
  private place: EdgePlace = { ...FIRST_EDGE };
  private held: { turning: boolean; dx: number; dy: number } | undefined;

  constructor(private readonly host: TourHost) {}

  frame(_seconds: number, { time }: Visit): boolean {
    if (time.comparison !== "wipe") return false;
    const { clientWidth, clientHeight } = this.host;
    time.shape = sideOfEdge(this.place, time.other > time.here, clientWidth, clientHeight);
    return false;
  }

  turned(): void {
    this.follow();
  }

  hostUpdated(): void {
    this.follow();
  }

  private get time(): TimeTravel | undefined {
    const time = this.host.visit?.time;
    return time?.possible && time.comparison === "wipe" ? time : undefined;
  }

  private query(selector: string): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(selector);
  }

  private toggle(): void {
    const time = this.host.visit?.time;
    time?.compare(time.comparison === "wipe" ? "blend" : "wipe");
    void this.host.updateComplete.then(() => this.query(".wipe .grip")?.focus({ preventScroll: true }));
  }

  /** Years on the left and on the right of the edge. */
  private years(time: TimeTravel): [left: number, right: number] {
    const [a, b] = [time.here, time.other].sort((one, other) => one - other);
    return [time.years[a!]!, time.years[b!]!];
  }

  private edge(): Rendered {
    const { time } = this;
    const { language } = this.host;
    if (!time) return nothing;
    const [left, right] = this.years(time);
    const percent = String(Math.round(this.place.x * 100));
    const spoken = { left: speakYear(language, left), right: speakYear(language, right), percent };
    const degrees = String(Math.round(this.place.slant));
    return html`<div class="wipe" @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp} @pointercancel=${this.onUp}>
      <div class="edge"></div>
      <b class="left" aria-hidden="true">${sayYear(language, left)}</b><b class="right" aria-hidden="true">${sayYear(language, right)}</b>
      <div class="grip" role="slider" tabindex="0" aria-label=${say(language, "wipeEdge")} aria-orientation="horizontal" aria-valuemin="0"
        aria-valuemax="100" aria-valuenow=${percent} aria-valuetext=${say(language, "wipeAt", spoken)} @keydown=${this.onGripKey}>${icons.wipe}</div>
      <div class="turn" role="slider" tabindex="0" aria-label=${say(language, "wipeTurn")} aria-valuemin="-90" aria-valuemax="90"
        aria-valuenow=${degrees} aria-valuetext=${say(language, "wipeSlant", { degrees })} @keydown=${this.onTurnKey}></div>
    </div>`;
  }

  private tools(): Tool[] {
    return [{ text: "wipeUpright", icon: icons.upright, act: () => this.change(slanted(this.place, 0)) }];
  }

  /** Puts the line where the two moments meet. */
  private follow(): void {
    const element = this.query(".wipe");
    if (!element) return;
    const { clientWidth, clientHeight } = this.host;
    const { x, y, slant } = this.place;
    element.style.transform = `translate(${(x * clientWidth).toFixed(1)}px, ${(y * clientHeight).toFixed(1)}px) rotate(${slant.toFixed(2)}deg)`;
    for (const name of ["left", "right"]) {
      const label = this.query(`.wipe .${name}`);
      if (label) label.style.transform = `rotate(${(-slant).toFixed(2)}deg)`;
    }
  }

  private change(place: EdgePlace): void {
    this.place = place;
    this.follow();
    this.host.requestUpdate();
    this.host.visit?.stage.invalidate();
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (event.button !== 0 || this.held) return;
    const target = event.target as Element;
    const box = this.host.getBoundingClientRect();
    const { clientWidth, clientHeight } = this.host;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.held = {
      turning: target.closest(".turn") !== null,
      dx: this.place.x * clientWidth - x,
      dy: this.place.y * clientHeight - y,
    };
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    event.stopPropagation();
  };

  private readonly onMove = (event: PointerEvent): void => {
    const { held, place } = this;
    if (!held) return;
    const box = this.host.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const { clientWidth, clientHeight } = this.host;
    if (held.turning) this.change(slanted(place, slantThrough(place, x, y, clientWidth, clientHeight)));
    else this.change(dragged(place, x + held.dx, y + held.dy, clientWidth, clientHeight));
  };

  private readonly onUp = (): void => {
    this.held = undefined;
  };

  private readonly onGripKey = (event: KeyboardEvent): void => {
    const step = ({ ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -0.1, PageUp: 0.1 } as Record<string, number>)[event.key];
    const end = ({ Home: 0, End: 1 } as Record<string, number>)[event.key];
    if (step === undefined && end === undefined) return putAwayByEscape(this.host, event);
    event.preventDefault();
    event.stopPropagation();
    const { clientWidth, clientHeight } = this.host;
    const x = (end ?? this.place.x + step!) * clientWidth;
    this.change(dragged(this.place, x, this.place.y * clientHeight, clientWidth, clientHeight));
  };

  private readonly onTurnKey = (event: KeyboardEvent): void => {
    const turn = ({ ArrowLeft: -TURN, ArrowDown: -TURN, ArrowRight: TURN, ArrowUp: TURN } as Record<string, number>)[event.key];
    if (turn === undefined && event.key !== "Home") return putAwayByEscape(this.host, event);
    event.preventDefault();
    event.stopPropagation();
    this.change(slanted(this.place, turn === undefined ? 0 : this.place.slant + turn));
  };
}
