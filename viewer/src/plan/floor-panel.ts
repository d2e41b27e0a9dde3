/** The panel of floors: their names and order; the picture of the plan at hand, its scale and its north. */

import { type TemplateResult, html, nothing } from "lit";
import { numberField } from "../editor/fields";
import type { PlanDesk } from "./desk";
import * as leavesOf from "./leaves";
import { bring, follow } from "./picture";
import type { PlanPicture } from "./session";

const PICTURES = "image/jpeg,image/png,image/webp,image/tiff,image/heic,image/heif,image/avif,.jpg,.jpeg,.png,.webp,.tif,.tiff,.heic,.avif";

/** A picture on its way to a floor. */
interface Coming {
  floor: string;
  file: File;
  share: number;
  made?: PlanPicture;
  error?: string;
}

export class FloorPanel {
  private coming: Coming | undefined;

  constructor(private readonly desk: PlanDesk) {
    // What another visit of this page has begun is followed on.
    for (const { picture } of desk.session.floors) {
      const known = picture === null ? undefined : desk.session.pictures.get(picture);
      if (known && !known.source) void follow(desk.session.address, known.id, (told) => this.told(told));
    }
  }

  template(): TemplateResult {
    const { desk } = this;
    if (!desk.session.page.arrange) return html`<section><p class="empty">${desk.say("not-yours-floors")}</p></section>`;
    return html`${this.floors()}${this.picture()}${desk.ratio === undefined ? nothing : this.frame()}`;
  }

  private floors(): TemplateResult {
    const { desk } = this;
    const { session, floor } = desk;
    const at = session.floors.findIndex(({ key }) => key === floor.key);
    const shift = (by: number): void => desk.change("floor-order", (leaves) => leavesOf.shiftFloor(leaves, floor.key, by));
    const used = session.standingOn(floor.key).length > 0;
    return html`<section><h2>${desk.say("floor")}</h2>
      <fieldset class="texts"><legend>${desk.say("floor-name")}</legend>${Object.entries(session.page.languages).map(([tag, name]) => html`<label lang=${tag}><span class="row-note">${name}</span>
        <input maxlength="200" data-title=${tag} .value=${leavesOf.titleOf(desk.leaves, floor.key, tag)} @change=${(event: Event) => this.rename(tag, (event.target as HTMLInputElement).value)}></label>`)}</fieldset>
      <div class="actions">
        <button type="button" data-floor-by="-1" ?disabled=${at === 0} @click=${() => shift(-1)}>↑ ${desk.say("earlier")}</button>
        <button type="button" data-floor-by="1" ?disabled=${at === session.floors.length - 1} @click=${() => shift(1)}>↓ ${desk.say("later")}</button>
        <button type="button" data-add-floor @click=${() => desk.addFloor()}>${desk.say("floor-add")}</button>
        ${session.floors.length > 1 ? html`<button type="button" class="quiet" data-remove-floor ?disabled=${used} @click=${() => desk.removeFloor()}>${desk.say("floor-remove")}</button>` : nothing}</div>
      ${session.floors.length > 1 && used ? html`<p class="hint">${desk.say("floor-used")}</p>` : nothing}</section>`;
  }

  private rename(tag: string, value: string): void {
    const { key } = this.desk.floor;
    this.desk.change("floor-name", (leaves) => leavesOf.put(leaves, { [`floor/${key}/title/${tag}`]: value.trim() }));
  }

  private picture(): TemplateResult {
    const { desk } = this;
    const { floor } = desk;
    const hung = desk.picture;
    const take = (files: FileList | null | undefined): void => {
      const file = files?.[0];
      if (file) void this.bring(file);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      take(event.dataTransfer?.files);
    };
    const coming = this.coming?.floor === floor.key ? this.coming : undefined;
    return html`<section @dragover=${(event: Event) => event.preventDefault()} @drop=${drop}><h2>${desk.say("picture")}</h2>
      ${hung?.source ? html`<img class="chosen-picture" src=${hung.source} alt="">` : html`<p class="hint">${desk.say("picture-hint")}</p>`}
      ${coming ? this.progress(coming) : hung && !hung.source ? html`<p role="status">${hung.words.why || hung.words.step || hung.words.state}</p>` : nothing}
      <div class="actions"><label class="file button"><span>${desk.say(hung ? "picture-other" : "picture-choose")}</span>
        <input type="file" accept=${PICTURES} data-picture @change=${(event: Event) => take((event.target as HTMLInputElement).files)}></label>
        ${hung ? html`<button type="button" class="quiet" data-picture-off @click=${() => desk.change("picture-off", (leaves) => leavesOf.put(leaves, { [`floor/${floor.key}/picture`]: null }))}>${desk.say("picture-off")}</button>` : nothing}
      </div></section>`;
  }

  private progress({ share, made, error, file }: Coming): TemplateResult {
    const { desk } = this;
    const words = error ?? (made ? made.words.why || made.words.step || made.words.state : desk.say("picture-sending", { percent: Math.floor(share * 100) }));
    const failed = error !== undefined || made?.state === "failed" || made?.state === "cancelled";
    return html`<div class="upload-progress" role=${failed ? "alert" : "status"}><p>${words}</p>
      ${failed ? html`<button type="button" class="small" data-again @click=${() => void this.bring(file)}>${desk.say("retry")}</button>` : html`<progress max="1" value=${made ? made.progress : share} aria-label=${words}></progress>`}</div>`;
  }

  private async bring(file: File): Promise<void> {
    const { desk } = this;
    const coming: Coming = { floor: desk.floor.key, file, share: 0 };
    this.coming = coming;
    desk.refresh();
    try {
      // The floor must be there before its picture.
      await desk.session.keeper.flush();
      const id = await bring(desk.session.address, file, (share) => {
        coming.share = share;
        desk.refresh();
      });
      await follow(desk.session.address, id, (made) => {
        coming.made = made;
        this.told(made);
      });
      if (coming.made?.source && this.coming === coming) {
        this.coming = undefined;
        desk.hang(coming.floor, coming.made);
        desk.announce(desk.say("picture-hung"));
      }
    } catch (error) {
      coming.error = (error instanceof Error && error.message) || desk.say("picture-failed");
      desk.refresh();
    }
  }

  private told(picture: PlanPicture): void {
    this.desk.session.pictures.set(picture.id, picture);
    this.desk.refresh();
  }

  private frame(): TemplateResult {
    const { desk } = this;
    const { floor, mode } = desk;
    const measuring = mode.kind === "measure";
    const moving = mode.kind === "picture";
    const known = measuring && mode.ends.length === 2;
    const take = (event: Event): void => {
      event.preventDefault();
      const input = (event.target as HTMLFormElement).querySelector<HTMLInputElement>("input")!;
      if (input.reportValidity()) desk.setLength(input.valueAsNumber);
    };
    const movable = desk.session.mayMoveAll(floor.key);
    return html`<section><h2>${desk.say("scale")}</h2><p class="hint">${desk.say("scale-hint")}</p>
        <div class="actions"><button type="button" data-measure aria-pressed=${measuring ? "true" : "false"} @click=${() => (measuring ? desk.leave() : desk.enter({ kind: "measure", ends: [] }))}>${desk.say("measure")}</button></div>
        ${known ? html`<form class="pair" @submit=${take}><label>${desk.say("length")}<input type="number" data-length step="any" min="0.01" max="10000" required></label><button type="submit" class="primary">${desk.say("take")}</button></form>` : nothing}
        ${numberField({ label: desk.say("picture-width"), name: "metres", value: floor.frame.metres, min: 0.1, max: 100_000, set: (metres) => desk.setWidth(metres!) })}
        <label class="check"><input type="checkbox" data-along .checked=${desk.along && movable} ?disabled=${!movable} @change=${(event: Event) => this.setAlong((event.target as HTMLInputElement).checked)}><span>${desk.say("along")}</span></label>
        ${movable ? nothing : html`<p class="hint">${desk.say("along-not")}</p>`}</section>
      <section><h2>${desk.say("plan-north")}</h2><p class="hint">${desk.say("plan-north-hint")}</p>
        ${numberField({ label: desk.say("turned-by"), name: "turned", value: floor.frame.turned, step: 1, min: -360, max: 360, set: (turned) => desk.turnPlan(turned!) })}</section>
      <section><h2>${desk.say("picture-place")}</h2><p class="hint">${desk.say("picture-place-hint")}</p>
        <div class="actions"><button type="button" data-move-picture aria-pressed=${moving ? "true" : "false"} @click=${() => (moving ? desk.leave() : desk.enter({ kind: "picture" }))}>${desk.say("picture-move")}</button></div>
        <div class="pair">
          ${numberField({ label: desk.say("picture-x"), name: "frame-x", value: floor.frame.x, set: (x) => desk.movePicture(x!, floor.frame.y) })}
          ${numberField({ label: desk.say("picture-y"), name: "frame-y", value: floor.frame.y, set: (y) => desk.movePicture(floor.frame.x, y!) })}</div></section>`;
  }

  private setAlong(along: boolean): void {
    this.desk.along = along;
    this.desk.refresh();
  }
}
