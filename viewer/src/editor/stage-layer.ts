/** The links and hotspots over the picture: buttons that are dragged, moved by arrow keys and followed; and what guides the eye. */

import { html, nothing, render } from "lit";
import { hotspotKind } from "../hotspots/registry";
import { directionOf } from "../panorama/faces";
import { type Point, axesOf, clamp, createAxes, focalLength, project, unproject, wrap } from "../panorama/view";
import { type IconName, chevron, icons } from "../ui/icons";
import * as commands from "./commands";
import type { Desk } from "./desk";
import { type AnySpot, type Corner, isLink, isUnplaced } from "./draft";
import { FLOOR_MOST } from "./geometry";
import { OutlineLayer } from "./outline-layer";

const TAP = 6;
const STEP = 0.1;
const LONG_STEP = 1;
/** Where the visitor's viewer lays ways that have no place on the floor of their own. */
const FLOOR_PITCH = -26;
const HEADINGS = ["n", "e", "s", "w"] as const;

/** Where a spot is seen: ways to walk lie on the floor, as the visitor sees them. */
export function shownPitch(spot: AnySpot): number {
  return isLink(spot) && spot.kind === "walk" && spot.pitch >= FLOOR_MOST ? FLOOR_PITCH : spot.pitch;
}

export class StageLayer {
  private readonly outlines: OutlineLayer;
  private readonly axes = createAxes();
  private readonly point: Point = { x: 0, y: 0, ahead: false };
  private gestures = 0;
  private order: string[] = [];

  constructor(
    private readonly layer: HTMLElement,
    private readonly desk: Desk,
    private readonly follow: (slug: string) => void,
  ) {
    this.outlines = new OutlineLayer(desk, this);
    const { tour } = desk;
    tour.addEventListener("view-change", () => this.place());
    tour.addEventListener("pointerdown", (event) => this.onPress(event));
    tour.addEventListener("keydown", (event) => this.onPictureKey(event), { capture: true });
    new ResizeObserver(() => this.place()).observe(tour);
  }

  render(): void {
    const { mode, pending, session } = this.desk;
    // While one scene fades into another nothing lies over them.
    const draft = this.desk.tour.scene === session?.slug ? session?.draft : undefined;
    const spots = draft ? this.inReadingOrder([...draft.links, ...draft.hotspots]) : [];
    this.layer.classList.toggle("aiming", mode.kind !== "rest");
    this.layer.dataset["mode"] = mode.kind;
    render(
      html`${draft ? this.outlines.template(draft) : nothing}
        ${spots.map((spot) => this.handle(spot))}
        ${this.desk.tab === "scene" && draft ? HEADINGS.map((name) => html`<span class="heading-mark" data-heading=${name}>${this.desk.say(`heading-${name}`)}</span>`) : nothing}
        ${pending ? html`<span class="pin" data-yaw=${pending.yaw} data-pitch=${pending.pitch}></span>` : nothing}
        ${mode.kind === "level" && mode.first ? html`<span class="pin" data-yaw=${mode.first[0]} data-pitch=${mode.first[1]}></span>` : nothing}
        ${mode.kind === "rest" ? nothing : html`<span class="cross" aria-hidden="true"></span>`}`,
      this.layer,
    );
    this.place();
  }

  /** Puts everything where it belongs in the present view. */
  place(): void {
    const { draft, tour } = this.desk;
    const { width, height } = this.size();
    if (!draft || width === 0) return;
    const { view } = tour;
    axesOf(view.yaw, view.pitch, this.axes);
    const focal = focalLength(view.fov, height);
    const put = (element: HTMLElement, yaw: number, pitch: number): void => {
      const at = project(this.axes, focal, directionOf(yaw, pitch, [0, 0, 0]), width, height, this.point);
      element.classList.toggle("behind", !at.ahead);
      if (at.ahead) element.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
    };
    const spots = new Map([...draft.links, ...draft.hotspots].map((spot) => [spot.key, spot]));
    for (const element of this.layer.querySelectorAll<HTMLElement>("[data-key]")) {
      const spot = spots.get(element.dataset["key"] ?? "");
      if (spot) put(element, spot.yaw, shownPitch(spot));
    }
    for (const element of this.layer.querySelectorAll<HTMLElement>("[data-yaw]")) {
      put(element, Number(element.dataset["yaw"]), Number(element.dataset["pitch"]));
    }
    for (const element of this.layer.querySelectorAll<HTMLElement>("[data-heading]")) {
      put(element, HEADINGS.indexOf(element.dataset["heading"] as "n") * 90 - draft.north, 0);
    }
    this.outlines.place(this.layer, (corner) => {
      const [yaw, pitch] = corner;
      const at = project(this.axes, focal, directionOf(yaw, pitch, [0, 0, 0]), width, height, this.point);
      return at.ahead ? [at.x, at.y] : undefined;
    });
  }

  /** The direction under a pointer. */
  directionAt(event: { clientX: number; clientY: number }): Corner {
    const box = this.desk.tour.getBoundingClientRect();
    const { yaw, pitch } = unproject(this.desk.tour.view, event.clientX - box.left, event.clientY - box.top, box.width, box.height);
    return [wrap(yaw), pitch];
  }

  /** Drags something by its button: `move` is told where it is to be. A press that does not move is a click like any other. */
  drag(down: PointerEvent, at: Corner, move: (to: Corner, gesture: string) => void): void {
    if (down.button !== 0 || !this.desk.editable) return;
    const button = down.currentTarget as HTMLElement;
    button.setPointerCapture(down.pointerId);
    const gesture = `drag ${++this.gestures}`;
    // It is held where it was taken hold of, and does not jump under the pointer.
    const from = this.directionAt(down);
    let dragged = false;
    const moved = (event: PointerEvent): void => {
      if (!dragged && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < TAP) return;
      if (!dragged) this.desk.session?.saver.hold(true);
      dragged = true;
      const to = this.directionAt(event);
      move([at[0] + wrap(to[0] - from[0]), clamp(at[1] + to[1] - from[1], -90, 90)], gesture);
    };
    const ended = (): void => {
      button.removeEventListener("pointermove", moved);
      button.removeEventListener("pointerup", ended);
      button.removeEventListener("pointercancel", ended);
      if (!dragged) return;
      this.desk.settle();
      this.desk.session?.saver.hold(false);
    };
    button.addEventListener("pointermove", moved);
    button.addEventListener("pointerup", ended);
    button.addEventListener("pointercancel", ended);
  }

  /** How far, across and up, an arrow key moves what has the focus; undefined for other keys. */
  stepOf(event: KeyboardEvent): [across: number, up: number] | undefined {
    const step = event.shiftKey ? LONG_STEP : STEP;
    const steps: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    return event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
  }

  /** A held key is one gesture. */
  gestureOf(event: KeyboardEvent, key: string): string {
    if (!event.repeat) this.gestures++;
    return `keys ${key} ${this.gestures}`;
  }

  private size(): { width: number; height: number } {
    return { width: this.desk.tour.clientWidth, height: this.desk.tour.clientHeight };
  }

  /** From left to right. What is being moved keeps its place among the others: a button that is put elsewhere loses hand and focus. */
  private inReadingOrder(spots: AnySpot[]): AnySpot[] {
    const known = new Set(this.order);
    if (spots.length !== known.size || spots.some(({ key }) => !known.has(key))) {
      const first = this.desk.draft?.initial_yaw ?? 0;
      spots.sort((a, b) => wrap(a.yaw - first) - wrap(b.yaw - first) || b.pitch - a.pitch);
      this.order = spots.map(({ key }) => key);
    }
    return spots.sort((a, b) => this.order.indexOf(a.key) - this.order.indexOf(b.key));
  }

  private handle(spot: AnySpot): unknown {
    const title = this.desk.titleOf(spot);
    const place = this.desk.say("at", { yaw: spot.yaw.toFixed(1), pitch: spot.pitch.toFixed(1) });
    return html`<button type="button" class="handle ${isLink(spot) ? `way ${spot.kind}` : "thing"} ${isUnplaced(spot) ? "unplaced" : ""}" data-key=${spot.key}
      aria-pressed=${this.desk.selected === spot.key ? "true" : "false"} title=${title}
      aria-label="${this.desk.say(`kind-${spot.kind}`)}: ${title}, ${isUnplaced(spot) ? this.desk.say("unplaced") : place}"
      @pointerdown=${(event: PointerEvent) => this.onGrip(event, spot)}
      @click=${() => this.desk.select(spot.key)}
      @dblclick=${() => isLink(spot) && spot.target && this.follow(spot.target)}
      @focus=${(event: FocusEvent) => this.onFocus(event, spot)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, spot)}>
      ${isLink(spot) ? (spot.kind === "walk" ? chevron : spot.kind === "time" ? icons.time : icons.portal) : icons[hotspotKind(spot.kind)?.icon ?? ("text" as IconName)]}
      ${isUnplaced(spot) ? html`<span class="handle-waits" aria-hidden="true">?</span>` : nothing}
      <span class="handle-title">${title}</span></button>`;
  }

  private onGrip(event: PointerEvent, { key }: AnySpot): void {
    const spot = this.desk.draft && [...this.desk.draft.links, ...this.desk.draft.hotspots].find((one) => one.key === key);
    if (!spot || this.desk.mode.kind !== "rest") return;
    this.drag(event, [spot.yaw, shownPitch(spot)], (to, gesture) => {
      this.desk.selected = key;
      this.desk.change("moved", (draft) => commands.moveSpot(draft, key, to[0], this.allowed(spot, to[1])), gesture);
    });
  }

  /** A way to walk stays on the floor. */
  private allowed(spot: AnySpot, pitch: number): number {
    return isLink(spot) && spot.kind === "walk" ? Math.min(pitch, FLOOR_MOST - STEP) : pitch;
  }

  /** Focus by keyboard selects, and turns the view to what has it. */
  private onFocus(event: FocusEvent, spot: AnySpot): void {
    if (!(event.target as HTMLElement).matches(":focus-visible")) return;
    if (this.desk.selected !== spot.key) this.desk.select(spot.key);
    void this.desk.tour.turnTo({ yaw: spot.yaw, pitch: Math.max(shownPitch(spot), -35) }, 0.4);
  }

  private onKey(event: KeyboardEvent, spot: AnySpot): void {
    const step = this.stepOf(event);
    if (step) {
      event.preventDefault();
      const pitch = step[1] === 0 ? spot.pitch : this.allowed(spot, shownPitch(spot) + step[1]);
      this.desk.change("moved", (draft) => commands.moveSpot(draft, spot.key, spot.yaw + step[0], pitch), this.gestureOf(event, spot.key));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.desk.change("removed", (draft) => commands.removeSpot(draft, spot.key));
      this.desk.tour.shadowRoot?.querySelector<HTMLElement>(".stage")?.focus();
    } else if (event.key === "Enter" && event.altKey && isLink(spot) && spot.target) {
      event.preventDefault();
      this.follow(spot.target);
    }
  }

  /** A press on the picture itself that does not become a drag. */
  private onPress(down: PointerEvent): void {
    const onPicture = (event: Event): boolean => (event.composedPath()[0] as Element).matches?.(".stage, canvas");
    if (!onPicture(down) || down.button !== 0) return;
    const { tour } = this.desk;
    const up = (event: PointerEvent): void => {
      tour.removeEventListener("pointerup", up);
      tour.removeEventListener("pointercancel", up);
      if (event.type !== "pointerup" || Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) >= TAP) return;
      if (this.desk.mode.kind !== "rest") this.desk.take(this.directionAt(event));
      else if (this.desk.selected) this.desk.select(undefined);
    };
    tour.addEventListener("pointerup", up);
    tour.addEventListener("pointercancel", up);
  }

  /** Keys while the picture has the focus: Enter takes its middle. */
  private onPictureKey(event: KeyboardEvent): void {
    if (this.desk.mode.kind === "rest" || !(event.composedPath()[0] as Element).matches?.(".stage")) return;
    const { yaw, pitch } = this.desk.tour.view;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      if (this.desk.mode.kind === "outline" && event.key === "Enter" && event.shiftKey) this.desk.closeOutline();
      else this.desk.take([wrap(yaw), pitch]);
    } else if (event.key === "Backspace") {
      event.preventDefault();
      this.desk.dropCorner();
    }
  }
}
