/** What is set of the scene itself, by pointing and by numbers: first view, north, horizon, tripod. */

import { type TemplateResult, html, nothing } from "lit";
import { wrap } from "../panorama/view";
import * as commands from "./commands";
import type { Desk } from "./desk";
import { numberField } from "./fields";

const NADIR_KINDS = ["", "fill", "disc"] as const;
const FIRST_RADIUS = 20;

export class ScenePanel {
  private heading = 0;

  constructor(private readonly desk: Desk) {}

  template(): TemplateResult {
    return html`${this.firstView()} ${this.north()} ${this.level()} ${this.nadir()}`;
  }

  private firstView(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const disabled = !desk.editable;
    const set = (fields: { yaw?: number | null; pitch?: number | null; fov?: number | null }): void => {
      const view = { yaw: fields.yaw ?? draft.initial_yaw, pitch: fields.pitch ?? draft.initial_pitch, fov: fields.fov ?? draft.initial_fov };
      desk.change("first-view", (now) => commands.setFirstView(now, view));
    };
    const take = (): void => {
      const { yaw, pitch, fov } = desk.tour.view;
      set({ yaw: wrap(yaw), pitch, fov });
      desk.announce(desk.say("first-view-taken"));
    };
    const look = (): void => void desk.tour.turnTo({ yaw: draft.initial_yaw, pitch: draft.initial_pitch, fov: draft.initial_fov });
    return html`<section data-section="view"><h2>${desk.say("first-view")}</h2><p class="hint">${desk.say("first-view-hint")}</p>
      <div class="actions"><button type="button" class="primary" data-first-view ?disabled=${disabled} @click=${take}>${desk.say("take-view")}</button>
      <button type="button" class="quiet" @click=${look}>${desk.say("look-there")}</button></div>
      <div class="pair three">
        ${numberField({ label: desk.say("yaw"), name: "initial_yaw", value: draft.initial_yaw, step: 1, min: -180, max: 180, disabled, set: (yaw) => set({ yaw }) })}
        ${numberField({ label: desk.say("pitch"), name: "initial_pitch", value: draft.initial_pitch, step: 1, min: -90, max: 90, disabled, set: (pitch) => set({ pitch }) })}
        ${numberField({ label: desk.say("fov"), name: "initial_fov", value: draft.initial_fov, step: 1, min: 5, max: 120, disabled, set: (fov) => set({ fov }) })}
      </div></section>`;
  }

  private north(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const disabled = !desk.editable;
    const pointing = desk.mode.kind === "north";
    const point = (): void => (pointing ? desk.leave() : desk.enter({ kind: "north", heading: this.heading }));
    return html`<section data-section="north"><h2>${desk.say("north")}</h2><p class="hint">${desk.say("north-hint")}</p>
      <div class="pair">
        ${numberField({ label: desk.say("heading-known"), name: "heading", value: this.heading, step: 1, min: 0, max: 360, disabled, set: (heading) => (this.heading = heading!) })}
        <div class="field-button"><button type="button" data-point-north aria-pressed=${pointing ? "true" : "false"} ?disabled=${disabled} @click=${point}>${desk.say("point-at-it")}</button></div>
      </div>
      ${numberField({ label: desk.say("north-number"), name: "north", value: draft.north, step: 1, min: -360, max: 360, disabled, set: (north) => desk.change("north", (now) => commands.setScene(now, { north: (((north! % 360) + 360) % 360) })) })}
    </section>`;
  }

  private level(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const disabled = !desk.editable;
    const pointing = desk.mode.kind === "level";
    const point = (): void => (pointing ? desk.leave() : desk.enter({ kind: "level", first: undefined }));
    const set = (level: { pitch?: number | null; roll?: number | null }): void =>
      desk.change("level", (now) => commands.setLevel(now, { pitch: level.pitch ?? draft.level_pitch, roll: level.roll ?? draft.level_roll }), "level");
    return html`<section data-section="level"><h2>${desk.say("level")}</h2><p class="hint">${desk.say("level-hint")}</p>
      <button type="button" data-point-level aria-pressed=${pointing ? "true" : "false"} ?disabled=${disabled} @click=${point}>${desk.say("level-point")}</button>
      <div class="pair">
        ${numberField({ label: desk.say("level-pitch"), name: "level_pitch", value: draft.level_pitch, min: -45, max: 45, disabled, set: (pitch) => set({ pitch }) })}
        ${numberField({ label: desk.say("level-roll"), name: "level_roll", value: draft.level_roll, min: -45, max: 45, disabled, set: (roll) => set({ roll }) })}
      </div></section>`;
  }

  private nadir(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const disabled = !desk.editable;
    const set = (kind: string): void => {
      const first = draft.nadir_kind === null && kind !== "";
      desk.change("nadir", (now) => commands.setScene(now, { nadir_kind: kind || null, ...(first ? { nadir_radius: FIRST_RADIUS } : {}) }));
      // One sees what one does only when one looks down.
      if (first) void desk.tour.turnTo({ pitch: -80, fov: Math.max(desk.tour.view.fov, 75) });
    };
    return html`<section data-section="nadir"><h2>${desk.say("nadir")}</h2><p class="hint">${desk.say("nadir-hint")}</p>
      <div class="segments" role="group" aria-label=${desk.say("nadir")}>${NADIR_KINDS.map((kind) => html`<button type="button" data-nadir=${kind || "none"}
        aria-pressed=${(draft.nadir_kind ?? "") === kind ? "true" : "false"} ?disabled=${disabled} @click=${() => set(kind)}>${desk.say(`nadir-${kind || "none"}`)}</button>`)}</div>
      ${draft.nadir_kind ? numberField({ label: desk.say("nadir-radius"), name: "nadir_radius", value: draft.nadir_radius, step: 1, min: 3, max: 60, disabled, set: (radius) => desk.change("nadir", (now) => commands.setScene(now, { nadir_radius: radius! }), "nadir") }) : nothing}
    </section>`;
  }
}
