/** The panel of links and hotspots: all of them, the selected one, or one that waits for what it leads to. */

import { type TemplateResult, html, nothing } from "lit";
import { wrap } from "../panorama/view";
import * as commands from "./commands";
import type { Desk } from "./desk";
import { type AnySpot, type Corner, type HotspotSpot, type LinkSpot, isLink, isUnplaced, targetOf } from "./draft";
import { numberField, textFields } from "./fields";
import { frameAround, tidy, tidyYaw } from "./geometry";
import { type Chosen, Picker } from "./picker";
import { type Way, wayTo } from "./ways";

/** Metres from the floor to the eye. */
const EYE = 1.6;

export class SpotPanel {
  private readonly picker: Picker;
  /** What the picker chooses for: a spot that waits, or one that is to lead elsewhere. */
  private choosingFor: string | undefined;
  /** The kind of hotspot that she placed last comes first. */
  private lastKind = "artifact";
  private way: { key: string; way: Way } | undefined;

  constructor(
    private readonly desk: Desk,
    private readonly follow: (slug: string) => void,
  ) {
    this.picker = new Picker(desk, () => desk.refresh());
  }

  template(): TemplateResult {
    const { pending, spot, draft } = this.desk;
    if (!draft) return html``;
    if (pending) return this.choosing("pending", pending.list === "links" ? "scene" : this.lastKind, (chosen) => void this.place(chosen));
    if (!spot) {
      this.choosingFor = undefined;
      return this.list();
    }
    const change = `change ${spot.key}`;
    if (this.choosingFor === change) {
      return this.choosing(change, isLink(spot) ? "scene" : spot.kind, (chosen) => this.lead(spot, chosen));
    }
    this.choosingFor = undefined;
    return isLink(spot) ? this.link(spot) : this.hotspot(spot);
  }

  private choosing(what: string, kind: string, choose: (chosen: Chosen) => void): TemplateResult {
    if (this.choosingFor !== what) {
      this.choosingFor = what;
      // Not while everything is being shown.
      queueMicrotask(() => this.picker.open(kind, this.desk.session?.slug ?? ""));
      queueMicrotask(() => document.querySelector<HTMLElement>("[data-picker] h2")?.focus({ preventScroll: true }));
    }
    const leave = (): void => {
      this.choosingFor = undefined;
      this.desk.pending = undefined;
      this.desk.refresh();
    };
    return html`<section class="picker" data-picker>
      <h2 tabindex="-1">${this.desk.say(kind === "scene" ? "where-to" : "what-opens")}</h2>
      ${this.picker.template(choose)}
      <button type="button" class="quiet" data-leave @click=${leave}>${this.desk.say("cancel")}</button>
    </section>`;
  }

  /** The spot that waited has got what it leads to. */
  private async place(chosen: Chosen): Promise<void> {
    const { pending, session } = this.desk;
    if (!pending || !session) return;
    const key = session.numbers.fresh(pending.list);
    const at = { key, yaw: tidyYaw(pending.yaw), pitch: tidy(pending.pitch) };
    if ("slug" in chosen) session.targets.set(`${chosen.kind}:${chosen.slug}`, chosen.target);
    if (pending.list === "hotspots") {
      this.lastKind = chosen.kind;
      const texts = "title" in chosen ? { title: chosen.title } : {};
      const polygon = pending.polygon;
      const hotspot: HotspotSpot = { ...at, texts, unplaced: false, polygon: null, distance: null, turned: 0, ...opened(chosen) };
      this.desk.change("added", (draft) => {
        const added = commands.addHotspot(draft, hotspot);
        return polygon ? commands.setPolygon(added, key, polygon) : added;
      });
    } else {
      const way = "slug" in chosen ? await wayTo(session.slug, chosen.slug, at.yaw) : undefined;
      const pitch = way?.kind === "walk" ? Math.min(at.pitch, -9) : at.pitch;
      const back = way && way.back !== null ? { yaw: tidyYaw(way.back), pitch, follows: way.yaw === null } : null;
      const arrival = { arrival_yaw: null, arrival_pitch: null, arrival_fov: null };
      const link: LinkSpot = { ...at, pitch, kind: way?.kind ?? "portal", texts: {}, ...led(chosen), ...arrival, back };
      this.way = way && { key, way };
      this.desk.change("added", (draft) => commands.addLink(draft, link));
    }
    this.choosingFor = undefined;
    this.desk.select(key);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`.handle[data-key="${key}"]`)?.focus({ preventScroll: true }));
  }

  /** A spot that was there leads to something else. */
  private lead(spot: AnySpot, chosen: Chosen): void {
    if ("slug" in chosen) this.desk.session?.targets.set(`${chosen.kind}:${chosen.slug}`, chosen.target);
    this.choosingFor = undefined;
    const fields = isLink(spot) ? { ...led(chosen), back: null } : { ...opened(chosen), ...("title" in chosen ? { texts: { ...spot.texts, title: chosen.title } } : {}) };
    this.desk.change("led", (draft) => commands.setSpot(draft, spot.key, fields));
  }

  private list(): TemplateResult {
    const { desk } = this;
    const draft = desk.draft!;
    const rows = (spots: readonly AnySpot[]): TemplateResult => html`<ul class="rows spot-rows">${spots.map((spot) => {
      const target = targetOf(spot);
      const thumbnail = target && desk.targets.get(target)?.thumbnail;
      const look = (): void => {
        desk.select(spot.key);
        void desk.tour.turnTo({ yaw: spot.yaw, pitch: spot.pitch });
      };
      const waits = isUnplaced(spot);
      return html`<li><button type="button" class="spot-row ${waits ? "unplaced" : ""}" data-row=${spot.key} @click=${look}>
        <span class="thumb small">${thumbnail ? html`<img src=${thumbnail} alt="" loading="lazy">` : html`<span class="no-thumb"></span>`}</span>
        <span class="row-words"><span class="row-title">${desk.titleOf(spot)}</span>
        <span class="row-note">${desk.say(`kind-${spot.kind}`)} · ${waits ? html`<strong class="waits">${desk.say("unplaced")}</strong>` : html`${spot.yaw.toFixed(1)}°, ${spot.pitch.toFixed(1)}°`}</span></span></button></li>`;
    })}</ul>`;
    return html`<section><h2>${desk.say("links")} <span class="row-note">${draft.links.length}</span></h2>
        ${draft.links.length > 0 ? rows(draft.links) : html`<p class="empty">${desk.say("no-links")}</p>`}</section>
      <section><h2>${desk.say("hotspots")} <span class="row-note">${draft.hotspots.length}</span></h2>
        ${this.stepThrough()}
        ${draft.hotspots.length > 0 ? rows(draft.hotspots) : html`<p class="empty">${desk.say("no-hotspots")}</p>`}</section>`;
  }

  /** How many hotspots wait for a place, and the way to the next of them. */
  private stepThrough(): TemplateResult | typeof nothing {
    const { desk } = this;
    const count = desk.draft!.hotspots.filter(({ unplaced }) => unplaced).length;
    if (count === 0) return nothing;
    return html`<p class="waits-line"><span>${desk.say("unplaced-count", { count })}</span>
      ${desk.editable ? html`<button type="button" class="small primary" data-next-unplaced @click=${() => desk.toNextUnplaced()}>${desk.say("unplaced-next")}</button>` : nothing}</p>`;
  }

  /** A hotspot that waits for its place: put it by a click, or say that it stands right. */
  private waiting(spot: HotspotSpot): TemplateResult | typeof nothing {
    const { desk } = this;
    if (!spot.unplaced) return nothing;
    const right = (): void => desk.change("moved", (draft) => commands.setSpot(draft, spot.key, { unplaced: false }));
    return html`<div class="waits-line" data-unplaced><p>${desk.say("unplaced-hint")}</p>
      ${desk.editable ? html`<button type="button" class="small primary" data-put @click=${() => desk.enter({ kind: "put", key: spot.key })}>${desk.say("unplaced-put")}</button>
        <button type="button" class="small" data-right @click=${right}>${desk.say("unplaced-right")}</button>` : nothing}</div>`;
  }

  /** What both have: the head with its picture, place, and at the end the button that deletes. */
  private frame(spot: AnySpot, within: unknown): TemplateResult {
    const { desk } = this;
    const target = targetOf(spot);
    const found = target ? desk.targets.get(target) : undefined;
    const locked = !desk.editable;
    const move = (yaw: number, pitch: number): void => {
      desk.change("moved", (draft) => commands.moveSpot(draft, spot.key, yaw, pitch));
      void desk.tour.turnTo({ yaw, pitch }, 0.4);
    };
    const remove = (): void => desk.change("removed", (draft) => commands.removeSpot(draft, spot.key));
    const again = (): void => {
      this.choosingFor = `change ${spot.key}`;
      this.picker.open(isLink(spot) ? "scene" : spot.kind, desk.session?.slug ?? "");
    };
    // Whoever goes on with Tab chooses what she passes: the way to the next that waits is there whatever that is.
    return html`<section class="chosen-spot" data-chosen=${spot.key}>
      ${this.stepThrough()}
      <button type="button" class="quiet back-to-list" @click=${() => desk.select(undefined)}>← ${desk.say("all")}</button>
      ${found?.thumbnail ? html`<img class="chosen-picture" src=${found.thumbnail} alt="">` : nothing}
      <h2>${desk.titleOf(spot)}</h2>
      <p class="row-note">${desk.say(`kind-${spot.kind}`)}</p>
      <div class="actions">
        ${isLink(spot) && spot.target ? html`<button type="button" data-go @click=${() => this.follow(spot.target!)}>${desk.say("go-there")}</button>` : nothing}
        ${locked ? nothing : html`<button type="button" data-change-target @click=${again}>${desk.say(isLink(spot) ? "lead-elsewhere" : "open-other")}</button>`}
      </div>
      <div class="pair">
        ${numberField({ label: desk.say("yaw"), name: "yaw", value: spot.yaw, min: -180, max: 180, disabled: locked, set: (value) => move(value!, spot.pitch) })}
        ${numberField({ label: desk.say("pitch"), name: "pitch", value: spot.pitch, min: -90, max: 90, disabled: locked, set: (value) => move(spot.yaw, value!) })}
      </div>
      ${within}
      ${locked ? nothing : html`<button type="button" class="danger" data-remove @click=${remove}>${desk.say("delete")}</button>`}
    </section>`;
  }

  private texts(spot: AnySpot, fields: readonly string[]): TemplateResult {
    const { desk } = this;
    const open = fields.some((field) => Object.keys(spot.texts[field] ?? {}).length > 0);
    return html`<details ?open=${open}><summary>${desk.say("own-words")}</summary>${fields.map((field) =>
      textFields(desk.say(field), spot.texts[field] ?? {}, field === "description", !desk.editable, (language, value) =>
        desk.change("words", (draft) => commands.setText(draft, spot.key, field, language, value)),
      ),
    )}</details>`;
  }

  private link(link: LinkSpot): TemplateResult {
    const { desk } = this;
    const way = this.way?.key === link.key ? this.way.way : undefined;
    const planned = way?.yaw ?? null;
    const off = planned === null ? 0 : Math.abs(wrap(planned - link.yaw));
    return this.frame(link, html`
      ${planned !== null && off > 3 ? html`<p class="hint">${desk.say("plan-says", { yaw: planned.toFixed(1) })}
        <button type="button" class="small" data-by-plan @click=${() => desk.change("moved", (draft) => commands.moveSpot(draft, link.key, planned, link.pitch))}>${desk.say("put-there")}</button></p>` : nothing}
      ${way ? this.wayBack(link, way) : nothing}
      ${this.texts(link, ["title"])}`);
  }

  private wayBack(link: LinkSpot, way: Way): TemplateResult {
    const { desk } = this;
    if (way.back === null) return html`<p class="hint">${desk.say("back-there")}</p>`;
    const { north } = desk.draft!;
    const heading = (((link.yaw + north + 180) % 360) + 360) % 360;
    const set = (yaw: number | null): void =>
      desk.change("way-back", (draft) => commands.setSpot(draft, link.key, { back: yaw === null ? null : { yaw: tidyYaw(yaw), pitch: link.pitch, follows: false } }));
    return html`<fieldset class="way-back"><legend>${desk.say("way-back")}</legend>
      <label class="check"><input type="checkbox" data-back .checked=${link.back !== null} @change=${(event: Event) => set((event.target as HTMLInputElement).checked ? way.back : null)}>
        ${desk.say("back-in", { title: desk.titleOf(link) })}</label>
      ${link.back ? html`${numberField({ label: desk.say("back-at"), name: "back", value: link.back.yaw, min: -180, max: 180, hint: desk.say("back-heading", { heading: heading.toFixed(0) }), set })}` : nothing}
    </fieldset>`;
  }

  private hotspot(spot: HotspotSpot): TemplateResult {
    const { desk } = this;
    const set = (fields: Partial<HotspotSpot>): void => desk.change("standing", (draft) => commands.setSpot(draft, spot.key, fields));
    return this.frame(spot, html`
      ${this.waiting(spot)}
      ${spot.kind === "model" ? html`<div class="pair">
        ${numberField({ label: desk.say("distance"), name: "distance", value: spot.distance, min: 0.2, max: 500, optional: true, hint: this.distanceHint(spot), disabled: !desk.editable, set: (distance) => set({ distance }) })}
        ${numberField({ label: desk.say("turned"), name: "turned", value: spot.turned, step: 5, min: -180, max: 180, disabled: !desk.editable, set: (turned) => set({ turned: turned! }) })}
      </div>` : nothing}
      ${this.outline(spot)}
      ${this.texts(spot, ["title", "description"])}`);
  }

  private distanceHint({ pitch }: HotspotSpot): string {
    const hint = this.desk.say("distance-hint");
    if (pitch > -3) return hint;
    const distance = EYE / Math.sin((-pitch * Math.PI) / 180);
    return `${hint} ${this.desk.say("distance-floor", { distance: distance.toFixed(2) })}`;
  }

  private outline(spot: HotspotSpot): TemplateResult {
    const { desk } = this;
    if (!desk.editable) return html``;
    const polygon = spot.polygon;
    const draw = (): void => desk.enter({ kind: "outline", key: spot.key, corners: [] });
    const setTo = (corners: readonly Corner[] | null): void => desk.change("outline", (draft) => commands.setPolygon(draft, spot.key, corners));
    const corner = (index: number, yaw: number, pitch: number): void =>
      desk.change("outline", (draft) => commands.moveCorner(draft, spot.key, index, yaw, pitch));
    const row = ([yaw, pitch]: Corner, i: number): TemplateResult => html`<tr><th scope="row">${i + 1}</th>
      <td>${numberField({ label: desk.say("corner-yaw", { number: i + 1 }), name: `yaw-${i}`, value: yaw, min: -180, max: 180, set: (value) => corner(i, value!, pitch) })}</td>
      <td>${numberField({ label: desk.say("corner-pitch", { number: i + 1 }), name: `pitch-${i}`, value: pitch, min: -90, max: 90, set: (value) => corner(i, yaw, value!) })}</td>
      <td><button type="button" class="quiet" ?disabled=${polygon!.length <= 3} aria-label=${desk.say("corner-remove", { number: i + 1 })}
        @click=${() => desk.change("outline", (draft) => commands.removeCorner(draft, spot.key, i))}>×</button></td></tr>`;
    return html`<fieldset class="outline"><legend>${desk.say("outline")}</legend>
      <div class="actions"><button type="button" data-draw @click=${draw}>${desk.say(polygon ? "outline-again" : "outline-draw")}</button>
        ${polygon
          ? html`<button type="button" class="quiet" data-no-outline @click=${() => setTo(null)}>${desk.say("outline-remove")}</button>`
          : html`<button type="button" class="quiet" data-frame @click=${() => setTo(frameAround([spot.yaw, spot.pitch]))}>${desk.say("outline-frame")}</button>`}</div>
      ${polygon ? html`<details class="corners"><summary>${desk.say("corners", { count: polygon.length })}</summary><table>${polygon.map(row)}</table>
        <button type="button" data-add-corner @click=${() => desk.change("outline", (draft) => commands.insertCorner(draft, spot.key, polygon.length - 1))}>${desk.say("corner-add")}</button></details>` : nothing}
    </fieldset>`;
  }
}

function opened(chosen: Chosen): Pick<HotspotSpot, "kind" | "artifact" | "image" | "model" | "exhibition" | "url" | "recording"> {
  const none = { artifact: null, image: null, model: null, exhibition: null, url: null, recording: null };
  if ("slug" in chosen) return { ...none, kind: chosen.kind, [chosen.kind]: chosen.slug };
  return { ...none, kind: chosen.kind, url: "url" in chosen && chosen.url ? chosen.url : null };
}

function led(chosen: Chosen): Pick<LinkSpot, "target" | "target_url"> {
  return "slug" in chosen ? { target: chosen.slug, target_url: null } : { target: null, target_url: "url" in chosen ? chosen.url : null };
}
