/** The panel of scenes: the one at hand in numbers, and those that wait for a place on the plan. */

import { type TemplateResult, html, nothing } from "lit";
import { numberField } from "../editor/fields";
import { Drag } from "./drag";
import type { PlanDesk } from "./desk";
import * as leavesOf from "./leaves";
import type { PlanScene } from "./session";
import type { PlanStage } from "./stage";

/** Scenes from which on the list can be searched. */
const SEARCHED = 10;

export class PlanScenePanel {
  private readonly drag = new Drag();
  private query = "";
  private dragged = false;

  constructor(
    private readonly desk: PlanDesk,
    private readonly stage: () => PlanStage,
  ) {}

  template(): TemplateResult {
    const { scene } = this.desk;
    return html`${scene ? this.chosen(scene) : nothing}${this.waiting()}`;
  }

  private chosen(scene: PlanScene): TemplateResult {
    const { desk } = this;
    const { slug } = scene;
    const here = leavesOf.placeOf(desk.leaves, slug);
    const disabled = !scene.editable;
    const stand = (x: number, y: number): void => desk.change("moved", (leaves) => leavesOf.place(leaves, slug, here!.floor, [x, y]));
    return html`<section class="chosen-spot" data-chosen=${slug}>
      ${scene.thumbnail ? html`<img class="chosen-picture" src=${scene.thumbnail} alt="">` : nothing}
      <h2>${scene.title}</h2>
      <p class="row-note">${here ? desk.describe(slug) : desk.say("not-on-plan")}</p>
      ${scene.state === "published" && scene.editable ? html`<p class="hint">${desk.say("public-note")}</p>` : nothing}
      ${disabled ? html`<p class="hint">${desk.say("not-yours")}</p>` : nothing}
      <div class="actions"><a class="button small" href="/admin/scenes/${slug}">${desk.say("open-scene")}</a>
        ${here && !disabled ? html`<button type="button" class="quiet" data-off @click=${() => desk.takeOff(slug)}>${desk.say("plan-off")}</button>` : nothing}</div>
      ${here
        ? html`<div class="pair">
          ${numberField({ label: desk.say("plan-x"), name: "x", value: here.x, disabled, set: (x) => stand(x!, here.y) })}
          ${numberField({ label: desk.say("plan-y"), name: "y", value: here.y, disabled, set: (y) => stand(here.x, y!) })}</div>`
        : nothing}
      ${numberField({ label: desk.say("north-number"), name: "north", value: leavesOf.northOf(desk.leaves, slug), step: 1, min: -360, max: 360, disabled, set: (north) => desk.change("north", (leaves) => leavesOf.setNorth(leaves, slug, north!)) })}
      ${here && desk.session.floors.length > 1 ? this.floors(slug, here, disabled) : nothing}
    </section>`;
  }

  private floors(slug: string, here: leavesOf.Place, disabled: boolean): TemplateResult {
    const { desk } = this;
    const to = (event: Event): void => {
      const key = (event.target as HTMLSelectElement).value;
      desk.floorKey = key;
      desk.change("other-floor", (leaves) => leavesOf.place(leaves, slug, key, [here.x, here.y]));
      desk.fit();
      desk.refresh();
    };
    return html`<label>${desk.say("floor")}<select data-to-floor ?disabled=${disabled} @change=${to}>${desk.session.floors.map(
      (floor) => html`<option value=${floor.key} ?selected=${floor.key === here.floor}>${desk.nameOf(floor)}</option>`,
    )}</select></label>`;
  }

  private waiting(): TemplateResult {
    const { desk } = this;
    const { unplaced } = desk.session;
    const all = desk.session.page.scenes.length;
    if (all === 0) return html`<section><h2>${desk.say("waiting")}</h2><p class="empty">${desk.say("no-scenes")}</p></section>`;
    const shown = unplaced.filter(({ title }) => title.toLocaleLowerCase().includes(this.query.toLocaleLowerCase()));
    const label = desk.say("search");
    const search = (event: Event): void => {
      this.query = (event.target as HTMLInputElement).value;
      desk.refresh();
    };
    return html`<section data-waiting><h2>${desk.say("waiting")} <span class="row-note">${unplaced.length}</span></h2>
      ${unplaced.length === 0
        ? html`<p class="empty">${desk.say("all-placed")}</p>`
        : html`<p class="hint">${desk.say("waiting-hint")}</p>
          ${unplaced.length >= SEARCHED ? html`<input type="search" placeholder=${label} aria-label=${label} .value=${this.query} @input=${search}>` : nothing}
          <ul class="rows waiting-rows">${shown.map((scene) => html`<li>${this.row(scene)}</li>`)}</ul>`}</section>`;
  }

  private row(scene: PlanScene): TemplateResult {
    const { desk } = this;
    const armed = desk.mode.kind === "place" && desk.mode.slug === scene.slug;
    return html`<button type="button" class="spot-row" data-waits=${scene.slug} ?disabled=${!scene.editable} aria-pressed=${armed ? "true" : "false"}
      @pointerdown=${(event: PointerEvent) => this.onGrip(event, scene)} @click=${(event: MouseEvent) => this.take(event, scene.slug)}>
      <span class="thumb small">${scene.thumbnail ? html`<img src=${scene.thumbnail} alt="" loading="lazy" draggable="false">` : html`<span class="no-thumb"></span>`}</span>
      <span class="row-words"><span class="row-title">${scene.title}</span></span></button>`;
  }

  /** By keyboard it is put into the middle of what is seen, to be moved from there; by pointer the next click on the plan says where. */
  private take(event: MouseEvent, slug: string): void {
    const { desk, dragged } = this;
    this.dragged = false;
    // The click at the end of a drag is no choice.
    if (dragged) return;
    if (event.detail === 0) {
      desk.put(slug, [desk.sight.x, desk.sight.y]);
      this.stage().focusPin(slug);
      return;
    }
    if (desk.mode.kind === "place" && desk.mode.slug === slug) return desk.leave();
    desk.enter({ kind: "place", slug });
    document.querySelector("[data-stage]")?.scrollIntoView({ block: "nearest" });
  }

  /** Dragged onto the plan by mouse or pen; a finger scrolls the list. */
  private onGrip(event: PointerEvent, scene: PlanScene): void {
    if (event.button !== 0 || event.pointerType === "touch" || !scene.editable) return;
    this.dragged = false;
    const ghost = document.createElement("span");
    ghost.className = "plan-ghost";
    const stage = this.stage();
    this.drag.begin(event, {
      began: () => {
        this.dragged = true;
        this.desk.leave();
        document.querySelector(".plan-editor")?.append(ghost);
      },
      moved: ({ clientX, clientY }) => (ghost.style.transform = `translate(${clientX}px, ${clientY}px)`),
      ended: (at) => {
        ghost.remove();
        if (!stage.covers(at)) return;
        this.desk.put(scene.slug, stage.pointAt(at));
        stage.focusPin(scene.slug);
      },
    });
  }
}
