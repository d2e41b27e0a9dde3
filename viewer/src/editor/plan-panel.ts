/** The scene on a floor plan of its hall: a click puts it there, arrow keys move it, numbers say it. Metres, x east and y north. */

import { type TemplateResult, html, nothing, svg } from "lit";
import * as commands from "./commands";
import type { Desk } from "./desk";
import { type Point, cornersOf } from "../plan/plane";
import { numberField } from "./fields";
import type { PlacedScene, VenueFloor } from "./session";

const STEP = 0.1;
const LONG_STEP = 1;
const MARGIN = 0.06;
const MAIN_FLOOR = "main";

interface Extent {
  left: number;
  top: number;
  size: number;
  width: number;
  height: number;
}

export class PlanPanel {
  private gestures = 0;

  constructor(private readonly desk: Desk) {}

  template(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const disabled = !desk.editable;
    const set = (x: number | null, y: number | null): void =>
      desk.change("plan", (now) => commands.setScene(now, { floor: this.floor.key, plan_x: x, plan_y: y }));
    return html`<section data-section="plan"><h2>${desk.say("plan")}</h2><p class="hint">${desk.say("plan-hint")}</p>
      ${this.floors(disabled)}
      ${this.drawing()}
      <div class="pair">
        ${numberField({ label: desk.say("plan-x"), name: "plan_x", value: draft.plan_x, optional: true, disabled, set: (x) => set(x, x === null ? null : (draft.plan_y ?? 0)) })}
        ${numberField({ label: desk.say("plan-y"), name: "plan_y", value: draft.plan_y, optional: true, disabled, set: (y) => set(y === null ? null : (draft.plan_x ?? 0), y) })}
      </div>
      ${draft.plan_x === null || disabled ? nothing : html`<button type="button" class="quiet" data-off-plan @click=${() => set(null, null)}>${desk.say("plan-off")}</button>`}
    </section>`;
  }

  /** Turns the cone of what is seen with the view. */
  turn(root: ParentNode): void {
    const cone = root.querySelector<SVGElement>("[data-cone]");
    const { draft, tour } = this.desk;
    if (!cone || !draft) return;
    const heading = ((tour.view.yaw + draft.north) * Math.PI) / 180;
    const reach = Number(cone.dataset["cone"]);
    const corner = (angle: number): string => `${(Math.sin(angle) * reach).toFixed(3)} ${(-Math.cos(angle) * reach).toFixed(3)}`;
    cone.setAttribute("d", `M0 0L${corner(heading - 0.5)}A${reach} ${reach} 0 0 1 ${corner(heading + 0.5)}Z`);
  }

  /** The floor at hand: that of the scene, the first where it is on none that there is. */
  private get floor(): VenueFloor {
    const { page, draft } = this.desk.session!;
    return page.floors.find(({ key }) => key === draft.floor) ?? page.floors[0]!;
  }

  /** Where the scene stands, if it does on the floor at hand. */
  private get here(): Point | undefined {
    const { floor, plan_x: x, plan_y: y } = this.desk.draft!;
    return x === null || y === null || floor !== this.floor.key ? undefined : [x, y];
  }

  private get rooms(): Point[][] {
    return (this.desk.session!.page.plan?.rooms ?? []).filter(({ floor = MAIN_FLOOR }) => floor === this.floor.key).map(({ outline }) => outline);
  }

  private get others(): PlacedScene[] {
    return this.desk.session!.page.others.filter(({ floor }) => floor === this.floor.key);
  }

  private floors(disabled: boolean): unknown {
    const { desk, floor } = this;
    const { floors } = desk.session!.page;
    if (floors.length < 2) return nothing;
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      desk.change("plan", (draft) => commands.setScene(draft, { floor: value }));
      desk.announce(this.floor.title);
    };
    return html`<label>${desk.say("plan-floor")}<select data-field="floor" ?disabled=${disabled} @change=${choose}>
      ${floors.map(({ key, title }) => html`<option value=${key} .selected=${key === floor.key}>${title}</option>`)}</select></label>`;
  }

  private picture(): unknown {
    const { picture, ratio, x, y, metres, turned } = this.floor;
    if (!picture) return nothing;
    return svg`<image href=${picture} transform="translate(${x} ${-y}) rotate(${turned})" x=${-metres / 2} y=${(-metres * ratio) / 2}
      width=${metres} height=${metres * ratio} preserveAspectRatio="none"></image>`;
  }

  private drawing(): TemplateResult {
    const { desk, here } = this;
    const extent = this.extent();
    const { left, top, width, height, size } = extent;
    const dot = size / 60;
    const put = (event: MouseEvent): void => {
      const matrix = (event.currentTarget as SVGSVGElement).getScreenCTM();
      if (!matrix) return;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      this.move(x, -y);
    };
    const lines = Array.from({ length: Math.ceil(Math.max(width, height)) + 1 }, (_, i) => i);
    return html`<div class="plan-drawing" tabindex="0" role="application" aria-label=${desk.say("plan-keys")} data-plan @keydown=${this.onKey}>
      <svg viewBox="${left} ${top} ${width} ${height}" @click=${put}>
        ${this.picture()}
        ${lines.length < 80 ? lines.map((i) => svg`<path class="grid" d="M${Math.floor(left) + i} ${top}v${height}M${left} ${Math.floor(top) + i}h${width}"></path>`) : nothing}
        ${this.rooms.map((outline) => svg`<polygon class="room" points=${outline.map(([x, y]) => `${x},${-y}`).join(" ")}></polygon>`)}
        ${this.others.map((one) => svg`<circle class="other" cx=${one.x} cy=${-one.y} r=${dot}><title>${one.title}</title></circle>`)}
        ${here ? svg`<g transform="translate(${here[0]} ${-here[1]})">
          <path class="cone" data-cone=${size / 8}></path><circle class="here" r=${dot * 1.4}></circle></g>` : nothing}
      </svg></div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { here } = this;
    const step = event.shiftKey ? LONG_STEP : STEP;
    const steps: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const by = steps[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) this.gestures++;
    const { left, top, width, height } = this.extent();
    // The first press puts it into the middle.
    if (!here) this.move(left + width / 2, -(top + height / 2));
    else this.move(here[0] + by[0], here[1] + by[1], `plan ${this.gestures}`);
  };

  private move(x: number, y: number, gesture?: string): void {
    const round = (value: number): number => Math.round(value * 100) / 100;
    this.desk.change("plan", (draft) => commands.setScene(draft, { floor: this.floor.key, plan_x: round(x), plan_y: round(y) }), gesture);
    this.desk.announce(this.desk.say("plan-at", { x: round(x), y: round(y) }));
  }

  /** What the drawing shows: the floor's picture, all rooms and scenes, with a margin; ten metres where there is nothing. */
  private extent(): Extent {
    const { floor, here, rooms } = this;
    const points: Point[] = [
      ...(floor.picture ? cornersOf(floor, floor.ratio) : []),
      ...rooms.flat(),
      ...this.others.map(({ x, y }): Point => [x, y]),
    ];
    if (!floor.picture && rooms.length === 0 && here) points.push(here);
    if (points.length === 0) points.push([-5, -5], [5, 5]);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => -y)];
    const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const size = Math.max(right - left, low - top, 4);
    const edge = size * MARGIN;
    const [width, height] = [Math.max(right - left, size / 3) + 2 * edge, Math.max(low - top, size / 3) + 2 * edge];
    return { left: (left + right - width) / 2, top: (top + low - height) / 2, width, height, size };
  }
}
