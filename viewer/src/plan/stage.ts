/** The plan itself: picture, rooms, links and cones of view, and over them the scenes as buttons that are dragged and moved by keys. */

import { type TemplateResult, html, nothing, render, svg } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { icons } from "../ui/icons";
import { Drag, gestureOf, stepOf } from "./drag";
import type { PlanDesk } from "./desk";
import { placeOf } from "./leaves";
import { type Point, cornersOf, headingTo, panned, scaleBar, toPlan, toScreen, zoomed } from "./plane";

const [STEP, LONG_STEP] = [0.1, 1];
const [DEGREE, LONG_DEGREE] = [1, 15];
const NUDGE = 40;
const NEARER = 1.25;
/** Scenes on a floor up to which each has its name beside it. */
const MOST_NAMED = 24;
/** Pixels from a scene to the handle that turns it, and from a picture's edge to the one that turns the plan. */
const [REACH, BEYOND] = [52, 30];
const CONE = 0.55;
const FANNED = 18;

export class PlanStage {
  private readonly drag = new Drag();
  private readonly fingers = new Map<number, Point>();

  constructor(
    private readonly place: HTMLElement,
    private readonly desk: PlanDesk,
  ) {
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", desk.say("stage"));
    place.setAttribute("aria-describedby", "plan-keys");
    place.addEventListener("pointerdown", (event) => this.onPress(event));
    place.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    place.addEventListener("keydown", (event) => this.onKey(event));
    new ResizeObserver(() => this.measure()).observe(place);
    this.measure();
  }

  private measure(): void {
    const { clientWidth: width, clientHeight: height } = this.place;
    const first = this.desk.sight.width === 0;
    this.desk.sight = { ...this.desk.sight, width, height };
    if (first && width > 0) this.desk.fit();
    this.desk.refresh();
  }

  render(): void {
    const { desk } = this;
    const { mode, session } = desk;
    const slugs = session.standingOn(desk.floor.key);
    const spots = this.fanned(slugs);
    this.place.dataset["mode"] = mode.kind;
    render(
      html`${this.drawing(slugs, spots)}
        <div class="plan-pins ${slugs.length <= MOST_NAMED ? "named" : ""}">${repeat(slugs, (slug) => slug, (slug) => html`${this.pin(slug, spots.get(slug)!)}
          ${slug === desk.selected && session.scenes.get(slug)?.editable && mode.kind === "rest" ? this.turner(slug, spots.get(slug)!) : nothing}`)}
          ${this.planTurner()}</div>
        ${mode.kind === "rest" ? nothing : html`<span class="cross" aria-hidden="true"></span>`}
        <div class="plan-zoom">${this.zoomButton("nearer", icons.plus, () => this.zoom(NEARER))}${this.zoomButton("farther", icons.minus, () => this.zoom(1 / NEARER))}
          ${this.zoomButton("fit", icons.whole, () => (desk.fit(), desk.refresh()))}</div>`,
      this.place,
    );
    // Styles in the markup itself are not allowed by the page's policy.
    for (const put of this.place.querySelectorAll<HTMLElement>("[data-at]")) put.style.transform = `translate(${put.dataset["at"]})`;
  }

  /** Where a pointer is on the plan. */
  pointAt(event: { clientX: number; clientY: number }): Point {
    return toPlan(this.desk.sight, this.pixelAt(event));
  }

  /** Whether a pointer is over the plan. */
  covers({ clientX, clientY }: { clientX: number; clientY: number }): boolean {
    const box = this.place.getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  }

  focusPin(slug: string): void {
    this.place.querySelector<HTMLElement>(`[data-pin="${slug}"]`)?.focus({ preventScroll: true });
  }

  private pixelAt({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const box = this.place.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  /** Where scenes are drawn: those that stand on one spot, as the moments of a place do, beside each other. */
  private fanned(slugs: readonly string[]): Map<string, Point> {
    const taken = new Map<string, number>();
    return new Map(slugs.map((slug) => {
      const { x, y } = placeOf(this.desk.leaves, slug)!;
      const spot = `${x.toFixed(1)} ${y.toFixed(1)}`;
      const nth = taken.get(spot) ?? 0;
      taken.set(spot, nth + 1);
      const [left, top] = toScreen(this.desk.sight, [x, y]);
      return [slug, [left + nth * FANNED, top]];
    }));
  }

  private drawing(slugs: readonly string[], spots: ReadonlyMap<string, Point>): TemplateResult {
    const { desk } = this;
    const { sight, mode } = desk;
    const d = (points: readonly Point[]): string => points.map((point) => toScreen(sight, point).map((n) => n.toFixed(1)).join(",")).join(" ");
    const line = (from: Point, to: Point, name: string): unknown => svg`<line class=${name} x1=${from[0]} y1=${from[1]} x2=${to[0]} y2=${to[1]}></line>`;
    const bar = scaleBar(sight.scale, Math.max(sight.width / 4, 60));
    const proposed = desk.tab === "ways" ? [...(desk.ways?.chosen ?? [])] : [];
    const ends = mode.kind === "measure" ? mode.ends.map((end) => toScreen(sight, end)) : [];
    return html`<svg aria-hidden="true" width=${sight.width} height=${sight.height}>
      ${this.picture()}
      ${desk.rooms.map((outline) => svg`<polygon class="room" points=${d(outline)}></polygon>`)}
      ${this.ways(spots).map(([from, to, both]) => line(from, to, both ? "way" : "way single"))}
      ${proposed.map(({ first, second }) => (spots.has(first) && spots.has(second) ? line(spots.get(first)!, spots.get(second)!, "way proposed") : nothing))}
      ${slugs.map((slug) => svg`<path class="cone ${slug === desk.selected ? "here" : ""}" transform="translate(${spots.get(slug)!.join(" ")}) rotate(${desk.headingOf(slug).toFixed(1)})"
        d="M0 0L${-Math.sin(CONE) * REACH} ${-Math.cos(CONE) * REACH}A${REACH} ${REACH} 0 0 1 ${Math.sin(CONE) * REACH} ${-Math.cos(CONE) * REACH}Z"></path>`)}
      ${ends.length === 2 ? line(ends[0]!, ends[1]!, "length") : nothing}
      ${ends.map(([x, y]) => svg`<circle class="end" cx=${x} cy=${y} r="6"></circle>`)}
      <g class="scale-bar" transform="translate(16 ${sight.height - 18})"><path d="M0 -6V0H${bar * sight.scale}V-6"></path><text x="4" y="-9">${bar} m</text></g>
      <g class="north-mark" transform="translate(${sight.width - 28} 34)"><path d="M0 -18L6 4L0 0L-6 4Z"></path><text y="20">${desk.say("heading-n")}</text></g>
    </svg>`;
  }

  private picture(): unknown {
    const { floor, picture, ratio, sight } = this.desk;
    if (!picture?.source || ratio === undefined) return nothing;
    const [x, y] = toScreen(sight, [floor.frame.x, floor.frame.y]);
    const [width, height] = [floor.frame.metres * sight.scale, floor.frame.metres * ratio * sight.scale];
    return svg`<image href=${picture.source} transform="translate(${x} ${y}) rotate(${floor.frame.turned})" x=${-width / 2} y=${-height / 2}
      width=${width} height=${height} preserveAspectRatio="none"></image>`;
  }

  /** The links between scenes that stand here; whether they lead both ways. */
  private ways(spots: ReadonlyMap<string, Point>): [Point, Point, boolean][] {
    const links = new Set(this.desk.session.links.map((pair) => pair.join("/")));
    return this.desk.session.links.flatMap(([from, to]): [Point, Point, boolean][] => {
      const both = links.has(`${to}/${from}`);
      const [a, b] = [spots.get(from), spots.get(to)];
      return a && b && !(both && from > to) ? [[a, b, both]] : [];
    });
  }

  private pin(slug: string, [x, y]: Point): TemplateResult {
    const { desk } = this;
    const scene = desk.session.scenes.get(slug)!;
    const chosen = desk.selected === slug;
    return html`<button type="button" class="plan-pin ${scene.editable ? "" : "fixed"} ${scene.state}" data-pin=${slug} data-at="${x.toFixed(1)}px,${y.toFixed(1)}px"
      aria-pressed=${chosen ? "true" : "false"} aria-label=${desk.describe(slug)}
      @pointerdown=${(event: PointerEvent) => this.onGrip(event, slug)} @click=${() => desk.mode.kind === "rest" && desk.select(slug)} @keydown=${(event: KeyboardEvent) => this.onPinKey(event, slug)}>
      <span class="pin-name">${scene.title}</span>
      <span class="pin-card" aria-hidden="true">${scene.thumbnail ? html`<img src=${scene.thumbnail} alt="" loading="lazy">` : nothing}<span>${scene.title}</span></span></button>`;
  }

  /** The handle that turns a scene to where its first view looks. */
  private turner(slug: string, [x, y]: Point): TemplateResult {
    const { desk } = this;
    const heading = ((desk.headingOf(slug) % 360) + 360) % 360;
    const angle = (heading * Math.PI) / 180;
    const at: Point = [x + Math.sin(angle) * REACH, y - Math.cos(angle) * REACH];
    const turn = (to: number, gesture: string): void => desk.face(slug, to, gesture);
    const from = (): Point => {
      const here = placeOf(desk.leaves, slug)!;
      return [here.x, here.y];
    };
    return this.slider("turn-scene", desk.say("looks-to"), heading, at, from, turn);
  }

  /** The handle above the picture that turns it until north is on top. */
  private planTurner(): unknown {
    const { desk } = this;
    const { floor, ratio, sight } = desk;
    if (desk.tab !== "floors" || !desk.session.page.arrange || ratio === undefined || desk.mode.kind !== "rest") return nothing;
    const [left, right] = cornersOf(floor.frame, ratio).map((corner) => toScreen(sight, corner)) as [Point, Point];
    const angle = (floor.frame.turned * Math.PI) / 180;
    const at: Point = [(left[0] + right[0]) / 2 + Math.sin(angle) * BEYOND, (left[1] + right[1]) / 2 - Math.cos(angle) * BEYOND];
    const middle = (): Point => [desk.floor.frame.x, desk.floor.frame.y];
    return this.slider("turn-plan", desk.say("turn-plan"), ((floor.frame.turned % 360) + 360) % 360, at, middle, (to, gesture) => desk.turnPlan(to, gesture));
  }

  private slider(name: string, label: string, heading: number, [x, y]: Point, about: () => Point, turn: (heading: number, gesture: string) => void): TemplateResult {
    const onKey = (event: KeyboardEvent): void => {
      const by = stepOf(event, DEGREE, LONG_DEGREE);
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      turn(Math.round(heading + (by[0] || by[1])), gestureOf(event, name));
    };
    const onGrip = (event: PointerEvent): void => {
      event.stopPropagation();
      this.drag.begin(event, { moved: (to, gesture) => turn(Math.round(headingTo(about(), this.pointAt(to))), gesture), ...this.holding() });
    };
    return html`<div class="plan-turner" role="slider" tabindex="0" data-handle=${name} aria-label=${label} aria-valuemin="0" aria-valuemax="359" aria-valuenow=${Math.round(heading) % 360}
      aria-valuetext="${Math.round(heading) % 360}°" title=${label} data-at="${x.toFixed(1)}px,${y.toFixed(1)}px" @pointerdown=${onGrip} @keydown=${onKey}></div>`;
  }

  private zoomButton(name: string, icon: unknown, act: () => void): TemplateResult {
    const words = this.desk.say(name);
    return html`<button type="button" class="icon" data-zoom=${name} title=${words} aria-label=${words} @pointerdown=${(event: Event) => event.stopPropagation()} @click=${act}>${icon}</button>`;
  }

  private zoom(factor: number, at: Point = [this.desk.sight.width / 2, this.desk.sight.height / 2]): void {
    this.desk.sight = zoomed(this.desk.sight, factor, at);
    this.desk.refresh();
  }

  /** Nothing is sent while something is dragged. */
  private holding(): { began(): void; ended(): void } {
    const { session } = this.desk;
    return {
      began: () => session.keeper.hold(true),
      ended: () => {
        session.history.settle();
        session.keeper.hold(false);
      },
    };
  }

  private onGrip(event: PointerEvent, slug: string): void {
    const { desk } = this;
    if (desk.mode.kind !== "rest") return; // The plan beneath takes the click.
    event.stopPropagation();
    if (event.button !== 0 || !desk.session.scenes.get(slug)?.editable) return;
    const { x, y } = placeOf(desk.leaves, slug)!;
    const from = this.pointAt(event);
    const moved = (to: PointerEvent, gesture: string): void => {
      const now = this.pointAt(to);
      desk.put(slug, [x + now[0] - from[0], y + now[1] - from[1]], gesture);
    };
    this.drag.begin(event, { moved, ...this.holding() });
  }

  private onPinKey(event: KeyboardEvent, slug: string): void {
    const { desk } = this;
    if (!desk.session.scenes.get(slug)?.editable) return;
    const by = stepOf(event, STEP, LONG_STEP);
    const here = placeOf(desk.leaves, slug);
    if (by && here) {
      desk.put(slug, [here.x + by[0], here.y + by[1]], gestureOf(event, slug));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      desk.takeOff(slug);
      this.place.focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** A press on the plan itself: it moves what is seen, or the picture; a click does what the mode says. */
  private onPress(event: PointerEvent): void {
    const { desk } = this;
    if (event.button !== 0 || event.target instanceof Element && event.target.closest(".plan-zoom")) return;
    this.fingers.set(event.pointerId, this.pixelAt(event));
    const picture = desk.mode.kind === "picture" ? desk.floor.frame : undefined;
    const from = this.pointAt(event);
    let last = this.pixelAt(event);
    const moved = (to: PointerEvent, gesture: string): void => {
      const now = this.pixelAt(to);
      this.pinch(to.pointerId, now);
      if (picture && this.fingers.size === 1) {
        const [x, y] = this.pointAt(to);
        desk.movePicture(picture.x + x - from[0], picture.y + y - from[1], gesture);
      } else {
        const share = this.fingers.size;
        desk.sight = panned(desk.sight, (now[0] - last[0]) / share, (now[1] - last[1]) / share);
        desk.refresh();
      }
      last = now;
    };
    const { began, ended } = this.holding();
    this.drag.begin(event, {
      moved,
      began,
      ended,
      over: () => this.fingers.delete(event.pointerId),
      clicked: (at) => this.take(this.pointAt(at)),
    });
  }

  private pinch(pointer: number, now: Point): void {
    const other = [...this.fingers].find(([id]) => id !== pointer)?.[1];
    const was = this.fingers.get(pointer);
    if (other && was) {
      const [before, after] = [was, now].map(([x, y]) => Math.hypot(x - other[0], y - other[1])) as [number, number];
      if (before > 1 && after > 1) this.desk.sight = zoomed(this.desk.sight, after / before, [(other[0] + now[0]) / 2, (other[1] + now[1]) / 2]);
    }
    this.fingers.set(pointer, now);
  }

  /** A click on the plan, or Enter for its middle. */
  private take(at: Point): void {
    const { desk } = this;
    const { mode } = desk;
    if (mode.kind === "place") {
      desk.mode = { kind: "rest" };
      desk.put(mode.slug, at);
      this.focusPin(mode.slug);
    } else if (mode.kind === "measure") {
      desk.enter({ kind: "measure", ends: mode.ends.length === 2 ? [at] : [...mode.ends, at] });
      if (mode.ends.length === 1) document.querySelector<HTMLElement>("[data-length]")?.focus();
    } else if (mode.kind === "rest") {
      desk.select(undefined);
    }
  }

  private onWheel(event: WheelEvent): void {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), this.pixelAt(event));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.place || event.ctrlKey || event.metaKey || event.altKey) return;
    const { desk } = this;
    const { sight, mode } = desk;
    const by = stepOf(event, 1, 5);
    if (by && mode.kind === "picture") {
      const step = event.shiftKey ? LONG_STEP / 5 : STEP;
      desk.movePicture(desk.floor.frame.x + by[0] * step, desk.floor.frame.y + by[1] * step, gestureOf(event, "picture"));
    } else if (by) {
      desk.sight = panned(sight, -by[0] * NUDGE, by[1] * NUDGE);
      desk.refresh();
    } else if (event.key === "+" || event.key === "=") this.zoom(NEARER);
    else if (event.key === "-") this.zoom(1 / NEARER);
    else if (event.key === "0") {
      desk.fit();
      desk.refresh();
    } else if (event.key === "Enter" && mode.kind !== "rest") this.take([sight.x, sight.y]);
    else return;
    event.preventDefault();
  }
}
