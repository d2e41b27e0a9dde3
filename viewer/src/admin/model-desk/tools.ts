/** The tools above the curator's model, and what each of them asks. */

import type { Axis } from "./turns";
import { STILL } from "./turns";
import type { Mode, ModelDesk } from "./desk";

const MODES: Mode[] = ["look", "annotate", "length", "straighten", "frame"];
const STEPS = [90, 15, 1];
const TIPS: [key: string, axis: Axis, way: 1 | -1][] = [
  ["forward", "x", 1],
  ["back", "x", -1],
  ["left", "z", 1],
  ["right", "z", -1],
  ["turn-left", "y", 1],
  ["turn-right", "y", -1],
];

export function toolbar(desk: ModelDesk): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "desk-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", desk.words.tools ?? "");
  if (desk.readonly) return bar;
  for (const mode of MODES) {
    const tool = button(desk, mode, () => desk.choose(mode));
    tool.setAttribute("aria-pressed", String(desk.mode === mode));
    bar.append(tool);
  }
  return bar;
}

/** What the chosen tool wants of her. */
export function hints(desk: ModelDesk): HTMLElement {
  const box = document.createElement("div");
  box.className = "desk-hints";
  if (desk.moving) box.append(told(desk, "move-hint", { title: titleOf(desk.moving.title) }), here(desk), button(desk, "as-was", () => desk.choose("look")));
  else if (desk.mode === "annotate") box.append(words(desk, "annotate-hint"), here(desk));
  if (desk.mode === "length") askLength(desk, box);
  if (desk.mode === "straighten") askUpright(desk, box);
  if (desk.mode === "frame") box.append(words(desk, "frame-hint"), button(desk, "save-frame", () => void desk.frame(), true));
  return box;
}

function askLength(desk: ModelDesk, box: HTMLElement): void {
  const { length } = desk;
  if (length === undefined) {
    box.append(words(desk, desk.ends.length ? "length-second" : "length-first"), here(desk));
    return;
  }
  const now = told(desk, "length-is", { length: length.toPrecision(4) });
  const form = document.createElement("form");
  form.className = "desk-row";
  const label = document.createElement("label");
  label.textContent = desk.words["length-real"] ?? "";
  const input = document.createElement("input");
  Object.assign(input, { name: "real", type: "number", step: "any", min: "0.01", required: true });
  label.append(input);
  const set = button(desk, "set-length", () => undefined, true);
  set.type = "submit";
  form.append(label, set, button(desk, "again", () => desk.choose("length")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.send("length", { shown: String(length), real: input.value });
  });
  box.append(now, form);
}

function askUpright(desk: ModelDesk, box: HTMLElement): void {
  const steps = document.createElement("label");
  steps.textContent = desk.words.step ?? "";
  const select = document.createElement("select");
  select.dataset.key = "step";
  for (const step of STEPS) select.append(new Option(`${step}°`, String(step), false, step === desk.step));
  select.addEventListener("change", () => (desk.step = Number(select.value)));
  steps.append(select);
  const row = document.createElement("div");
  row.className = "desk-row";
  row.append(steps, ...TIPS.map(([key, axis, way]) => button(desk, key, () => desk.tip(axis, way))));
  const last = document.createElement("div");
  last.className = "desk-row";
  last.append(
    button(desk, "front", () => desk.faceMe()),
    button(desk, "as-was", () => {
      desk.turn(STILL);
      desk.refresh();
    }),
    button(desk, "set-upright", () => desk.send("upright", { turned: desk.turned.join(" ") }), true),
  );
  box.append(words(desk, "straighten-hint"), row, last);
}

function here(desk: ModelDesk): HTMLButtonElement {
  return button(desk, "here", () => desk.pickMiddle());
}

function words(desk: ModelDesk, key: string): HTMLElement {
  return told(desk, key, {});
}

function told(desk: ModelDesk, key: string, values: Record<string, string>): HTMLElement {
  const line = document.createElement("p");
  line.textContent = (desk.words[key] ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  return line;
}

function titleOf(title: Record<string, string>): string {
  return title[document.documentElement.lang] ?? Object.values(title)[0] ?? "";
}

function button(desk: ModelDesk, key: string, act: () => void, primary = false): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = desk.words[key] ?? key;
  made.dataset.key = key;
  if (primary) made.className = "primary";
  made.addEventListener("click", act);
  return made;
}
