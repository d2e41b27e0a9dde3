/** The scene on its hall's floor plan: a click puts it there, arrow keys move it, numbers say it. Metres, x east and y north. */

import { type TemplateResult, html, nothing, svg } from "lit";
import * as commands from "./commands";
import type { Desk } from "./desk";
import { numberField } from "./fields";

const STEP = 0.1;
const LONG_STEP = 1;
const MARGIN = 0.06;

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
    const set = (x: number | null, y: number | null): void => desk.change("plan", (now) => commands.setScene(now, { plan_x: x, plan_y: y }));
    return html`<section data-section="plan"><h2>${desk.say("plan")}</h2><p class="hint">${desk.say("plan-hint")}</p>
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

  private drawing(): TemplateResult {
    const { desk } = this;
    const { page } = desk.session!;
    const draft = desk.draft!;
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
        ${lines.length < 80 ? lines.map((i) => svg`<path class="grid" d="M${Math.floor(left) + i} ${top}v${height}M${left} ${Math.floor(top) + i}h${width}"></path>`) : nothing}
        ${(page.plan?.rooms ?? []).map((room) => svg`<polygon class="room" points=${room.outline.map(([x, y]) => `${x},${-y}`).join(" ")}></polygon>`)}
        ${page.others.map((one) => svg`<circle class="other" cx=${one.x} cy=${-one.y} r=${dot}><title>${one.title}</title></circle>`)}
        ${draft.plan_x !== null && draft.plan_y !== null ? svg`<g transform="translate(${draft.plan_x} ${-draft.plan_y})">
          <path class="cone" data-cone=${size / 8}></path><circle class="here" r=${dot * 1.4}></circle></g>` : nothing}
      </svg></div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { draft } = this.desk;
    const step = event.shiftKey ? LONG_STEP : STEP;
    const steps: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const by = steps[event.key];
    if (!by || !draft || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) this.gestures++;
    const { left, top, width, height } = this.extent();
    // The first press puts it into the middle.
    if (draft.plan_x === null || draft.plan_y === null) this.move(left + width / 2, -(top + height / 2));
    else this.move(draft.plan_x + by[0], draft.plan_y + by[1], `plan ${this.gestures}`);
  };

  private move(x: number, y: number, gesture?: string): void {
    const round = (value: number): number => Math.round(value * 100) / 100;
    this.desk.change("plan", (draft) => commands.setScene(draft, { plan_x: round(x), plan_y: round(y) }), gesture);
    this.desk.announce(this.desk.say("plan-at", { x: round(x), y: round(y) }));
  }

  /** What the drawing shows: all rooms and scenes, with a margin; ten metres where there is nothing. */
  private extent(): Extent {
    const { page, draft } = this.desk.session!;
    const points: [number, number][] = [
      ...(page.plan?.rooms ?? []).flatMap((room) => room.outline),
      ...page.others.map(({ x, y }): [number, number] => [x, y]),
    ];
    if (page.plan === null && draft.plan_x !== null && draft.plan_y !== null) points.push([draft.plan_x, draft.plan_y]);
    if (points.length === 0) points.push([-5, -5], [5, 5]);
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => -y)];
    const [left, right, top, low] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const size = Math.max(right - left, low - top, 4);
    const edge = size * MARGIN;
    const [width, height] = [Math.max(right - left, size / 3) + 2 * edge, Math.max(low - top, size / 3) + 2 * edge];
    return { left: (left + right - width) / 2, top: (top + low - height) / 2, width, height, size };
  }
}
