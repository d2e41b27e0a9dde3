/** The time line of a place: its moments with years and eras, the periods they lie in, and a knob to drag through them. */

import { type TemplateResult, html, nothing } from "lit";
import { pick } from "../../i18n/languages";
import { say, sayYear } from "../../i18n/catalog";
import type { Command, Rendered, TourHost, TourPart } from "../part";
import { Press } from "../press";
import { between, periodSpans, roomForNames, step, yearAt } from "../time-line";
import { timeLineStyles } from "../time-line-styles";
import type { TimeTravel } from "../time-travel";
import { eraBeside, periodOf, spokenPosition } from "../year-words";

/** Pixels that a year with its era takes. */
const NAME = 76;
/** Share of the way between two moments that a fine step of the keyboard makes. */
const FINE = 0.1;

export class TimeLine implements TourPart {
  static readonly styles = timeLineStyles;

  readonly regions = { caption: () => this.render() };
  readonly commands: readonly Command[] = [
    { key: "t", label: "moments", run: () => this.knob?.focus() },
    { key: "escape", run: () => this.time?.compare("blend") },
  ];
  private readonly press = new Press();
  /** Where on the knob the hand is, in pixels right of its middle; undefined while no hand is. */
  private grip: number | undefined;
  private width = 0;

  constructor(private readonly host: TourHost) {}

  hostUpdated(): void {
    if (!this.time) return;
    this.follow(this.time);
    this.giveRoom();
  }

  timeChanged(time: TimeTravel): void {
    this.follow(time);
  }

  turned(): void {
    if (this.host.clientWidth !== this.width) this.giveRoom();
  }

  private get time(): TimeTravel | undefined {
    const time = this.host.visit?.time;
    return time?.possible ? time : undefined;
  }

  private query(selector: string): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(selector);
  }

  private get knob(): HTMLElement | null {
    return this.query(".time-line .knob");
  }

  /** Moves the knob without rendering anew: it goes along with the hand in each frame. */
  private follow(time: TimeTravel): void {
    const { knob } = this;
    if (!knob || !time.possible) return;
    const { language, tour } = this.host;
    knob.style.left = percent(time.position);
    const { part } = time.between;
    const line = this.query(".time-line")!;
    line.classList.toggle("between", part > 0 && part < 1);
    line.classList.toggle("held", this.grip !== undefined);
    this.query(".time-line .bubble b")!.textContent = sayYear(language, time.year);
    this.query(".time-line .bubble span")!.textContent = periodOf(tour?.scene.place?.periods ?? [], time.year, language);
    // Spoken once for each step: where it goes, not every year on the way.
    const goal = time.goal;
    const year = yearAt(time.years, time.positions, goal);
    knob.setAttribute("aria-valuenow", String(year));
    knob.setAttribute("aria-valuetext", spokenPosition(time.moments, between(time.positions, goal), year, language));
  }

  private giveRoom(): void {
    const { time } = this;
    this.width = this.host.clientWidth;
    const rail = this.query(".time-line .rail");
    if (!time || !rail) return;
    const shown = roomForNames(time.positions, time.here, rail.clientWidth, NAME);
    this.host.renderRoot.querySelectorAll(".time-line [data-moment]").forEach((name, i) => name.classList.toggle("crowded", !shown[i]));
  }

  private render(): Rendered {
    const { time } = this;
    const { tour, language } = this.host;
    const place = tour?.scene.place;
    if (!time || !place) return nothing;
    const [first, last] = [time.years[0]!, time.years.at(-1)!];
    return html`<div class="time-line" role="group" aria-label=${say(language, "moments")}
      @pointerdown=${this.onDown} @pointermove=${this.onMove} @pointerup=${this.onUp} @pointercancel=${this.onUp}>
      <div class="rail">
        ${this.periods(time)}
        ${time.positions.map((position) => html`<i class="tick" .style=${`left: ${percent(position)}`}></i>`)}
        <div class="knob" role="slider" tabindex="0" aria-label=${say(language, "timeLine")} aria-orientation="horizontal"
          aria-valuemin=${first} aria-valuemax=${last} @keydown=${this.onKey}>
          <div class="bubble" aria-hidden="true"><b></b><span></span></div>
        </div>
        ${time.moments.map((_, i) => this.name(time, i))}
      </div>
    </div>`;
  }

  private periods(time: TimeTravel): TemplateResult[] {
    const { tour, language } = this.host;
    const spans = periodSpans(tour?.scene.place?.periods ?? [], time.years, time.positions);
    return spans.map(
      ({ period, from, to }) => html`<div class="period" .style=${`left: ${percent(from)}; width: ${percent(to - from)}`} aria-hidden="true">
        <span>${pick(period.title, language)}</span></div>`,
    );
  }

  /** A moment by its name. While another is looked at beside the present one, its name chooses that other. */
  private name(time: TimeTravel, index: number): TemplateResult {
    const { language } = this.host;
    const moment = time.moments[index]!;
    const here = index === time.here;
    const beside = time.comparison !== "blend" && index === time.other;
    return html`<button aria-pressed=${here} data-moment=${moment.scene} class=${beside ? "beside" : ""}
      .style=${`left: ${percent(time.positions[index]!)}`} @click=${() => this.choose(time, index)}>
      <span class="year">${sayYear(language, moment.year)}</span>
      <span class="era">${eraBeside(pick(moment.era, language), moment.year)}</span>
      ${here ? html`<span class="hidden-text">${say(language, "here")}</span>` : nothing}
      ${beside ? html`<span class="hidden-text">${say(language, "besides", { year: "" })}</span>` : nothing}
    </button>`;
  }

  private choose(time: TimeTravel, index: number): void {
    if (time.comparison === "blend") time.travel(index);
    else if (index !== time.here) time.compare(time.comparison, index);
  }

  private readonly onDown = (event: PointerEvent): void => {
    if (!this.time || !this.press.begin(event)) return;
    const target = event.target as Element;
    // A name is pressed, unless it turns out to be dragged.
    if (!target.closest("[data-moment]")) this.take(event, target.closest(".knob") !== null);
  };

  private readonly onMove = (event: PointerEvent): void => {
    if (this.grip === undefined && this.press.becomesDrag(event)) this.take(event, true);
    if (this.grip !== undefined) this.time?.hold(this.positionUnder(event.clientX - this.grip));
  };

  private readonly onUp = (event: PointerEvent): void => {
    this.press.end(event);
    if (this.grip === undefined) return;
    this.grip = undefined;
    this.time?.release();
  };

  /** Takes the knob where it is, or calls it here. */
  private take(event: PointerEvent, where: boolean): void {
    const { time, knob } = this;
    if (!time || !knob) return;
    this.query(".time-line")!.setPointerCapture(event.pointerId);
    const box = knob.getBoundingClientRect();
    this.grip = where ? event.clientX - (box.left + box.width / 2) : 0;
    time.hold(this.positionUnder(event.clientX - this.grip));
  }

  private positionUnder(x: number): number {
    const { left, width } = this.query(".time-line .rail")!.getBoundingClientRect();
    return Math.min(Math.max((x - left) / Math.max(width, 1), 0), 1);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { time } = this;
    if (!time || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = goalOf(event, time);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    time.glide(to);
  };
}

function goalOf(event: KeyboardEvent, time: TimeTravel): number | undefined {
  const { positions, goal } = time;
  if (event.key === "Home") return 0;
  if (event.key === "End") return 1;
  const later = ["ArrowRight", "ArrowUp", "PageUp"].includes(event.key);
  if (!later && !["ArrowLeft", "ArrowDown", "PageDown"].includes(event.key)) return undefined;
  const direction = later ? 1 : -1;
  if (!event.shiftKey || time.comparison !== "blend") return positions[step(positions, goal, direction)];
  const here = between(positions, goal + direction * 1e-6);
  return Math.min(Math.max(goal + direction * FINE * (positions[here.later]! - positions[here.earlier]!), 0), 1);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
