/**
 * The curator's model: to annotate by clicking on it, to size by a length between two points, to set upright, to frame its poster.
 * What she does fills the forms that the server reads; without scripts there is the poster, and forms of numbers below.
 *
 * `<model-desk data-src data-asset data-home data-alt data-notes data-view data-words>`
 */

import { CHANGED } from "../quiet-forms";
import { adoptStyles } from "../../model/adopt-styles";
import { type Axis, STILL, type Turn, about, chained, orientation } from "./turns";
import { hints, toolbar } from "./tools";
import type { ModelViewerElement } from "@google/model-viewer";
import { readAgain } from "../unsaved";

export type Mode = "look" | "annotate" | "length" | "straighten" | "frame";
type Vector = [number, number, number];
interface View { orbit: Vector; target: Vector; fov: number }
interface Note { id: number; title: Record<string, string>; position: Vector; normal: Vector; view: View | null }
interface Spot { position: Vector; normal: Vector }

/** A press that moves no farther is a tap. */
const TAP = 6;
const POSTER = 960;
const START = "24deg 79deg auto";

class ModelDesk extends HTMLElement {
  mode: Mode = "look";
  ends: Spot[] = [];
  turned: Turn = STILL;
  step = 90;
  /** The annotation that the next click moves. */
  moving: Note | undefined;
  readonly words = JSON.parse(this.dataset.words ?? "{}") as Record<string, string>;
  readonly readonly = "readonly" in this.dataset;
  private readonly notes = JSON.parse(this.dataset.notes ?? "[]") as Note[];
  private viewer!: ModelViewerElement;
  private pressed: [number, number] | undefined;

  connectedCallback(): void {
    if (!this.viewer) void this.start();
  }

  /** Chooses what a click on the model does. */
  choose(mode: Mode): void {
    this.mode = mode;
    this.moving = undefined;
    this.ends = [];
    this.turn(STILL);
    for (const mark of this.viewer.querySelectorAll("[slot^='hotspot-end'], [slot='hotspot-new']")) mark.remove();
    this.refresh();
  }

  /** What the cross points at, for hands that have no mouse. */
  pickMiddle(): void {
    const box = this.viewer.getBoundingClientRect();
    this.pick(box.left + box.width / 2, box.top + box.height / 2);
  }

  tip(axis: Axis, way: 1 | -1): void {
    this.turn(chained(this.turned, about(axis, way * this.step)));
    this.refresh();
  }

  /** The side before the camera becomes the front. */
  faceMe(): void {
    const { theta } = this.viewer.getCameraOrbit();
    this.turn(chained(this.turned, about("y", (-theta * 180) / Math.PI)));
    const [, down, radius] = this.view().orbit;
    this.viewer.cameraOrbit = `0deg ${down}deg ${radius}m`;
    this.viewer.jumpCameraToGoal();
    this.refresh();
  }

  turn(turned: Turn): void {
    if (turned === this.turned) return;
    this.turned = turned;
    this.viewer.orientation = orientation(turned);
    void this.viewer.updateFraming();
  }

  /** Centimetres between the two ends. */
  get length(): number | undefined {
    const [one, other] = this.ends;
    return one && other ? 100 * Math.hypot(...one.position.map((value, axis) => value - other.position[axis]!)) : undefined;
  }

  /** Sends the view and what the square shows. */
  async frame(): Promise<void> {
    const form = new FormData();
    for (const [name, value] of Object.entries(this.fields())) form.set(name, value);
    form.set("poster", await this.picture(), "poster.webp");
    const answer = await fetch(`${this.dataset.home}/view`, { method: "POST", body: form });
    if (answer.ok) location.assign(answer.url);
    else this.say(this.words.refused ?? "");
  }

  send(path: string, fields: Record<string, string>): void {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${this.dataset.home}/${path}`;
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  refresh(): void {
    const bar = this.querySelector(".desk-bar");
    if (!bar) return;
    const focused = bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
    bar.replaceChildren(toolbar(this), hints(this));
    if (focused) bar.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    this.dataset.mode = this.mode;
  }

  say(text: string): void {
    const told = this.querySelector(".desk-said");
    if (told) told.textContent = text;
  }

  private async start(): Promise<void> {
    let library: typeof import("../../model/viewer-library");
    try {
      library = await import("../../model/viewer-library");
    } catch {
      this.say(this.words.failed ?? "");
      return;
    }
    const viewer = document.createElement("model-viewer") as ModelViewerElement;
    this.viewer = viewer;
    library.allowTurning(viewer);
    const view = JSON.parse(this.dataset.view ?? "null") as View | null;
    Object.entries({
      // Also where the page begins at its annotations, out of sight of the thing.
      loading: "eager",
      src: this.dataset.src!, alt: this.dataset.alt ?? "", "camera-controls": "", "disable-tap": "", "interaction-prompt": "none",
      "shadow-intensity": "0.9", "shadow-softness": "0.9", exposure: "1.05", "tone-mapping": "neutral", "touch-action": "pan-y",
      "min-field-of-view": "4deg", "max-camera-orbit": "auto auto 260%", ...(view ? cameraOf(view) : { "camera-orbit": START }),
    }).forEach(([name, value]) => viewer.setAttribute(name, value));
    viewer.addEventListener("load", () => this.loaded());
    viewer.addEventListener("error", () => this.say(this.words.failed ?? ""));
    viewer.addEventListener("pointerdown", (event) => (this.pressed = [event.clientX, event.clientY]));
    viewer.addEventListener("pointerup", (event) => this.released(event));
    const bar = document.createElement("div");
    bar.className = "desk-bar";
    const said = document.createElement("p");
    said.className = "desk-said";
    said.setAttribute("role", "status");
    const cross = document.createElement("i");
    cross.className = "desk-cross";
    cross.setAttribute("aria-hidden", "true");
    const square = document.createElement("i");
    square.className = "desk-square";
    square.setAttribute("aria-hidden", "true");
    const place = document.createElement("div");
    place.className = "desk-place";
    place.append(viewer, square, cross);
    this.append(place, said, bar);
    if (viewer.shadowRoot) adoptStyles(viewer.shadowRoot);
    this.say(this.words.loading ?? "");
  }

  private loaded(): void {
    this.querySelector("img")?.remove();
    this.say("");
    this.notes.forEach((note, number) => this.pin(`hotspot-note-${note.id}`, note, String(number + 1)));
    for (const button of document.querySelectorAll<HTMLElement>("[data-look-at]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.lookAt(Number(button.dataset.lookAt)));
    }
    for (const button of document.querySelectorAll<HTMLElement>("[data-move-note]")) {
      button.hidden = false;
      button.addEventListener("click", () => this.beginMove(Number(button.dataset.moveNote)));
    }
    // What was undone is on the model too.
    document.addEventListener(CHANGED, () => {
      if (!document.querySelector("[data-live='notice'] .refused")) readAgain();
    });
    document.querySelector("[data-drop-note]")?.addEventListener("click", () => this.offerForm(undefined));
    this.refresh();
    this.dataset.ready = "";
  }

  private lookAt(id: number): void {
    const note = this.notes.find((one) => one.id === id);
    if (!note?.view) return;
    for (const [name, value] of Object.entries(cameraOf(note.view))) this.viewer.setAttribute(name, value);
    this.scrollHere();
  }

  /** The next click on the surface is where this annotation goes. */
  private beginMove(id: number): void {
    const note = this.notes.find((one) => one.id === id);
    if (!note) return;
    this.offerForm(undefined);
    this.choose("annotate");
    this.moving = note;
    this.refresh();
    this.lookAt(id);
    this.scrollHere();
    this.viewer.focus({ preventScroll: true });
  }

  private scrollHere(): void {
    this.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  private released(event: PointerEvent): void {
    const [x, y] = this.pressed ?? [NaN, NaN];
    this.pressed = undefined;
    if (Math.hypot(event.clientX - x, event.clientY - y) <= TAP) this.pick(event.clientX, event.clientY);
  }

  private pick(x: number, y: number): void {
    if (this.mode !== "annotate" && this.mode !== "length") return;
    const hit = this.viewer.positionAndNormalFromPoint(x, y);
    if (!hit) {
      this.say(this.words.missed ?? "");
      return;
    }
    this.say("");
    const spot: Spot = { position: numbers(hit.position), normal: numbers(hit.normal) };
    if (this.moving) {
      this.send(`annotations/${this.moving.id}/place`, { ...this.fields(), ...placeOf(spot) });
    } else if (this.mode === "annotate") {
      this.pin("hotspot-new", spot, "+");
      this.offerForm(spot);
    } else {
      if (this.ends.length === 2) this.choose("length");
      this.ends.push(spot);
      this.pin(`hotspot-end-${this.ends.length}`, spot, "");
      this.refresh();
      this.querySelector<HTMLInputElement>("input[name='real']")?.focus({ preventScroll: true });
    }
  }

  private offerForm(spot: Spot | undefined): void {
    const form = document.querySelector<HTMLFormElement>("[data-new-note]");
    if (!form) return;
    form.hidden = !spot;
    if (!spot) {
      this.choose("look");
      return;
    }
    const values = { ...this.fields(), ...placeOf(spot) };
    for (const [name, value] of Object.entries(values)) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = value;
    }
    form.scrollIntoView({ block: "nearest" });
    form.querySelector<HTMLInputElement>("input:not([type=hidden])")?.focus({ preventScroll: true });
  }

  private pin(slot: string, { position, normal }: Spot, label: string): void {
    this.viewer.querySelector(`[slot="${slot}"]`)?.remove();
    const pin = document.createElement("span");
    pin.slot = slot;
    pin.className = "desk-pin";
    pin.textContent = label;
    pin.dataset.position = position.map((value) => `${value}m`).join(" ");
    pin.dataset.normal = normal.join(" ");
    this.viewer.append(pin);
  }

  private view(): View {
    const { theta, phi, radius } = this.viewer.getCameraOrbit();
    const degrees = 180 / Math.PI;
    return { orbit: [theta * degrees, phi * degrees, radius], target: numbers(this.viewer.getCameraTarget()), fov: this.viewer.getFieldOfView() };
  }

  private fields(): Record<string, string> {
    const { orbit, target, fov } = this.view();
    return { asset: this.dataset.asset ?? "", orbit: orbit.join(" "), target: target.join(" "), fov: String(fov) };
  }

  /** The square in the middle of what is seen, on the museum's ground. */
  private async picture(): Promise<Blob> {
    const seen = await createImageBitmap(await this.viewer.toBlob({ mimeType: "image/png" }));
    const side = Math.min(seen.width, seen.height);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = POSTER;
    const paper = canvas.getContext("2d")!;
    const ground = paper.createRadialGradient(POSTER / 2, POSTER * 0.42, 0, POSTER / 2, POSTER * 0.42, POSTER * 0.72);
    ground.addColorStop(0, "#322b24");
    ground.addColorStop(1, "#0f0d0b");
    paper.fillStyle = ground;
    paper.fillRect(0, 0, POSTER, POSTER);
    paper.drawImage(seen, (seen.width - side) / 2, (seen.height - side) / 2, side, side, 0, 0, POSTER, POSTER);
    return new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/webp", 0.92),
    );
  }
}

export type { ModelDesk };

function placeOf({ position, normal }: Spot): Record<string, string> {
  return { point: position.join(" "), normal: normal.join(" ") };
}

function numbers({ x, y, z }: { x: number; y: number; z: number }): Vector {
  return [x, y, z];
}

function cameraOf({ orbit: [across, down, radius], target, fov }: View): Record<string, string> {
  return {
    "camera-orbit": `${across}deg ${down}deg ${radius}m`,
    "camera-target": target.map((value) => `${value}m`).join(" "),
    "field-of-view": `${fov}deg`,
  };
}

customElements.define("model-desk", ModelDesk);
