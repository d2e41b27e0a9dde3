/** A round glass that shows another moment where one points. It goes with the mouse, a finger moves it, and keys do. */

import { css, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say, sayYear, speakYear } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import { type Tool, compareStyles, compareSwitch, putAwayByEscape } from "../compare-tools";
import { FIRST_LENS, type LensPlace, circleOf, gripAt, moved, sized } from "../lens-shape";
import type { Rendered, TourHost, TourPart } from "../part";
import { Press } from "../press";
import type { TimeTravel } from "../time-travel";
import type { Visit } from "../visit";
import { eraBeside } from "../year-words";

const STEP = 24;
const GROW = 1.15;

export class Lens implements TourPart {
  static readonly styles = [
    compareStyles,
    css`
      .lens {
        position: absolute;
        inset-block-start: 0;
        inset-inline-start: 0;
        border-radius: 50%;
        pointer-events: none;
        will-change: transform;
        box-shadow: 0 0 0 2.5px rgb(255 246 228 / 0.92), 0 0 0 6px rgb(15 13 11 / 0.5), 0 1rem 3.5rem rgb(0 0 0 / 0.6),
          inset 0 0 2.5rem rgb(0 0 0 / 0.28);
      }
      .lens:focus-visible {
        outline-offset: 8px;
        border-radius: 50%;
      }
      .lens div {
        position: absolute;
        inset-block-start: calc(100% + 0.6rem);
        inset-inline-start: 50%;
        transform: translateX(-50%);
        padding: 0.25rem 0.85rem;
        border-radius: 1rem;
        background: rgb(15 13 11 / 0.82);
        font-family: var(--_serif);
        white-space: nowrap;
      }
      .lens.low div {
        inset-block: auto calc(100% + 0.6rem);
      }
    `,
  ];

  readonly regions = {
    picture: () => this.glass(),
    controls: () => compareSwitch(this.host, "lens", this.tools()),
  };
  readonly commands = [{ key: "l", label: "lens" as const, run: () => this.toggle() }];
  private place: LensPlace = { ...FIRST_LENS };
  private readonly press = new Press();
  private held: { pointer: number; grip: "glass" | "rim"; dx: number; dy: number } | undefined;

  constructor(private readonly host: TourHost) {}

  raised({ surface, signal }: Visit): void {
    const { host } = this;
    // Before the view hears of it: a finger on the glass moves the glass.
    host.addEventListener("pointerdown", (event) => this.onDown(event), { signal, capture: true });
    host.addEventListener("pointermove", (event) => this.onMove(event), { signal, capture: true });
    for (const type of ["pointerup", "pointercancel"] as const) {
      host.addEventListener(type, (event) => this.onUp(event), { signal, capture: true });
    }
    surface.addEventListener("wheel", (event) => this.onWheel(event), { signal, capture: true, passive: false });
  }

  frame(_seconds: number, { time, stage }: Visit): boolean {
    if (time.comparison === "lens" && !stage.presenting) time.shape = this.circle;
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
    return time?.possible && time.comparison === "lens" ? time : undefined;
  }

  private get circle(): ReturnType<typeof circleOf> {
    return circleOf(this.place, this.host.clientWidth, this.host.clientHeight);
  }

  private get element(): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(".lens");
  }

  private toggle(): void {
    const time = this.host.visit?.time;
    time?.compare(time.comparison === "lens" ? "blend" : "lens");
    void this.host.updateComplete.then(() => this.element?.focus({ preventScroll: true }));
  }

  private glass(): Rendered {
    const { time } = this;
    const { language } = this.host;
    const moment = time?.moments[time.other];
    if (!moment) return nothing;
    const era = eraBeside(pick(moment.era, language), moment.year);
    return html`<div class="lens" role="application" tabindex="0" @keydown=${this.onKey}
      aria-label=${say(language, "lensKeys", { year: speakYear(language, moment.year) })}>
      <div aria-hidden="true">${sayYear(language, moment.year)} ${era}</div></div>`;
  }

  private tools(): Tool[] {
    const grow = (factor: number) => (): void => this.resize(this.circle.radius * factor);
    return [
      { text: "lensSmaller", icon: icons.shrink, act: grow(1 / GROW) },
      { text: "lensLarger", icon: icons.grow, act: grow(GROW) },
    ];
  }

  /** Puts the rim around what the glass shows. */
  private follow(): void {
    const { element } = this;
    if (!element) return;
    const { x, y, radius } = this.circle;
    element.style.inlineSize = element.style.blockSize = `${2 * radius}px`;
    element.style.transform = `translate(${(x - radius).toFixed(1)}px, ${(y - radius).toFixed(1)}px)`;
    element.classList.toggle("low", y + radius > this.host.clientHeight * 0.72);
  }

  private change(place: LensPlace): void {
    this.place = place;
    this.follow();
    this.host.visit?.stage.invalidate();
  }

  private move(x: number, y: number): void {
    this.change(moved(this.place, x, y, this.host.clientWidth, this.host.clientHeight));
  }

  private resize(radius: number): void {
    this.change(sized(this.place, radius, this.host.clientWidth, this.host.clientHeight));
  }

  private at(event: PointerEvent): [x: number, y: number] {
    const box = this.host.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private onDown(event: PointerEvent): void {
    const surface = this.host.visit?.surface;
    if (!this.time || event.pointerType === "mouse" || !surface || !event.composedPath().includes(surface)) return;
    const [x, y] = this.at(event);
    const { circle } = this;
    const grip = gripAt(circle, x, y);
    this.press.begin(event);
    if (!grip || this.held) return;
    event.stopPropagation();
    this.press.end(event);
    this.held = { pointer: event.pointerId, grip, dx: circle.x - x, dy: circle.y - y };
    surface.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    if (!this.time) return;
    const [x, y] = this.at(event);
    const { held } = this;
    if (held?.pointer === event.pointerId) {
      event.stopPropagation();
      if (held.grip === "glass") this.move(x + held.dx, y + held.dy);
      else this.resize(Math.hypot(x - this.circle.x, y - this.circle.y));
    } else if (event.pointerType === "mouse" && overPicture(event)) {
      this.move(x, y);
    }
  }

  private onUp(event: PointerEvent): void {
    const tapped = this.press.end(event);
    if (this.held?.pointer === event.pointerId) {
      event.stopPropagation();
      this.held = undefined;
    } else if (this.time && tapped && event.pointerType !== "mouse") {
      this.move(...this.at(event));
    }
  }

  private onWheel(event: WheelEvent): void {
    if (!this.time || !event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    this.resize(this.circle.radius * Math.exp(-(event.deltaY || event.deltaX) * 0.002));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { x, y, radius } = this.circle;
    const step = event.shiftKey ? STEP / 6 : STEP;
    const acts: Record<string, () => void> = {
      ArrowLeft: () => this.move(x - step, y),
      ArrowRight: () => this.move(x + step, y),
      ArrowUp: () => this.move(x, y - step),
      ArrowDown: () => this.move(x, y + step),
      "+": () => this.resize(radius * GROW),
      "=": () => this.resize(radius * GROW),
      "-": () => this.resize(radius / GROW),
      _: () => this.resize(radius / GROW),
    };
    const act = acts[event.key];
    if (!act) return putAwayByEscape(this.host, event);
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}

/** Whether the mouse is over the picture or its marks, not over controls. */
function overPicture(event: Event): boolean {
  return event.composedPath().some((target) => target instanceof Element && target.matches(".stage, .overlay"));
}
