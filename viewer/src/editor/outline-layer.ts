/** Outlines over the picture: that of the selected hotspot with corners to drag, those of the others, and one that is being drawn. */

import { html, nothing, svg } from "lit";
import { wrap } from "../panorama/view";
import * as commands from "./commands";
import type { Desk } from "./desk";
import type { Corner, Draft, HotspotSpot } from "./draft";
import { between } from "./geometry";
import type { StageLayer } from "./stage-layer";

type Project = (corner: Corner) => readonly [x: number, y: number] | undefined;

export class OutlineLayer {
  constructor(
    private readonly desk: Desk,
    private readonly stage: StageLayer,
  ) {}

  template(draft: Draft): unknown {
    const { mode, selected, pending, editable } = this.desk;
    const chosen = draft.hotspots.find(({ key }) => key === selected);
    return html`<svg class="outlines" aria-hidden="true">
        ${draft.hotspots.map((spot) => (spot.polygon ? svg`<polygon data-outline=${spot.key} class=${spot.key === selected ? "chosen" : ""}
          @click=${() => this.desk.select(spot.key)}></polygon>` : nothing))}
        ${mode.kind === "outline" ? svg`<polyline data-drawing class="drawing"></polyline>` : nothing}
        ${pending?.polygon ? svg`<polygon data-pending class="chosen"></polygon>` : nothing}
      </svg>
      ${editable && chosen?.polygon && mode.kind === "rest" ? this.corners(chosen, chosen.polygon) : nothing}
      ${mode.kind === "outline" ? mode.corners.map((_, i) => html`<button type="button" class="corner" data-drawn=${i} tabindex=${i === 0 ? 0 : -1}
        aria-label=${this.desk.say(i === 0 ? "outline-close" : "corner", { number: i + 1 })}
        @click=${() => i === 0 && this.desk.closeOutline()}></button>`) : nothing}`;
  }

  place(layer: HTMLElement, project: Project): void {
    const { draft, mode, pending } = this.desk;
    if (!draft) return;
    for (const shape of layer.querySelectorAll<SVGElement>("[data-outline]")) {
      draw(shape, draft.hotspots.find(({ key }) => key === shape.dataset["outline"])?.polygon, project);
    }
    const drawing = layer.querySelector<SVGElement>("[data-drawing]");
    if (drawing && mode.kind === "outline") draw(drawing, mode.corners, project);
    const waiting = layer.querySelector<SVGElement>("[data-pending]");
    if (waiting) draw(waiting, pending?.polygon, project);
    const chosen = draft.hotspots.find(({ key }) => key === this.desk.selected)?.polygon;
    for (const element of layer.querySelectorAll<HTMLElement>(".corner, .edge")) {
      const { drawn, corner, edge } = element.dataset;
      let at: Corner | undefined;
      if (drawn !== undefined) at = mode.kind === "outline" ? mode.corners[Number(drawn)] : undefined;
      else if (corner !== undefined) at = chosen?.[Number(corner)];
      else if (edge !== undefined && chosen) at = between(chosen[Number(edge)]!, chosen[(Number(edge) + 1) % chosen.length]!);
      const point = at && project(at);
      element.classList.toggle("behind", !point);
      if (point) element.style.transform = `translate(${point[0].toFixed(1)}px, ${point[1].toFixed(1)}px)`;
    }
  }

  private corners({ key }: HotspotSpot, polygon: readonly Corner[]): unknown {
    return html`${polygon.map((corner, i) => html`<button type="button" class="corner" data-corner=${i}
        aria-pressed=${this.desk.corner === i ? "true" : "false"}
        aria-label="${this.desk.say("corner", { number: i + 1 })}, ${this.desk.say("at", { yaw: corner[0].toFixed(1), pitch: corner[1].toFixed(1) })}"
        @pointerdown=${(event: PointerEvent) => this.onGrip(event, key, i)}
        @focus=${(event: FocusEvent) => this.onFocus(event, corner, i)}
        @keydown=${(event: KeyboardEvent) => this.onKey(event, key, i)}></button>`)}
      ${polygon.map((_, i) => html`<button type="button" class="edge" tabindex="-1" data-edge=${i} title=${this.desk.say("corner-add")}
        aria-label=${this.desk.say("corner-add")} @click=${() => this.insert(key, i)}></button>`)}`;
  }

  private onGrip(event: PointerEvent, key: string, index: number): void {
    const corner = this.cornerOf(key, index);
    if (!corner) return;
    this.stage.drag(event, corner, ([yaw, pitch], gesture) => {
      this.desk.corner = index;
      this.desk.change("outline", (draft) => commands.moveCorner(draft, key, index, yaw, pitch), gesture);
    });
  }

  private onFocus(event: FocusEvent, [yaw, pitch]: Corner, index: number): void {
    this.desk.corner = index;
    if (!(event.target as HTMLElement).matches(":focus-visible")) return;
    const { view } = this.desk.tour;
    if (Math.abs(wrap(yaw - view.yaw)) > view.fov / 3 || Math.abs(pitch - view.pitch) > view.fov / 3) void this.desk.tour.turnTo({ yaw, pitch }, 0.4);
  }

  private onKey(event: KeyboardEvent, key: string, index: number): void {
    const corner = this.cornerOf(key, index);
    const step = this.stage.stepOf(event);
    if (step && corner) {
      event.preventDefault();
      const gesture = this.stage.gestureOf(event, `${key} ${index}`);
      this.desk.change("outline", (draft) => commands.moveCorner(draft, key, index, corner[0] + step[0], corner[1] + step[1]), gesture);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      event.stopPropagation();
      this.desk.change("outline", (draft) => commands.removeCorner(draft, key, index));
    } else if (event.key === "Insert" || event.key === "+") {
      event.preventDefault();
      this.insert(key, index);
    }
  }

  private insert(key: string, index: number): void {
    this.desk.corner = index + 1;
    this.desk.change("outline", (draft) => commands.insertCorner(draft, key, index));
  }

  private cornerOf(key: string, index: number): Corner | undefined {
    return this.desk.draft?.hotspots.find((spot) => spot.key === key)?.polygon?.[index];
  }
}

/** Nothing is drawn of what reaches behind the eye. */
function draw(shape: SVGElement, corners: readonly Corner[] | null | undefined, project: Project): void {
  const points = (corners ?? []).map((corner) => project(corner));
  const whole = points.every((point) => point !== undefined);
  shape.setAttribute("points", whole ? points.map((point) => point.map((value) => value.toFixed(1)).join(",")).join(" ") : "");
}
