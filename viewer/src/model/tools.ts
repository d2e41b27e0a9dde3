/** The tools of `<museum-model>`: a bar of buttons, and a panel for the one that is in hand. */

import { type TemplateResult, html, nothing } from "lit";
import type { Language } from "../i18n/languages";
import { icons } from "../ui/icons";
import { LIGHT_NAMES, type LightName } from "./light-names";
import type { Measuring } from "./measuring";
import type { Annotation } from "./model-file";
import { notesPanel } from "./notes";
import type { Axis, Cut } from "./surface";
import { type ModelWord, sayLength, tell } from "./words";

export type Tool = "notes" | "light" | "cut" | "measure" | "keys";

/** What the tools know of the model, and what they do to it. */
export interface ToolState {
  readonly tool: Tool | undefined;
  readonly turning: boolean;
  readonly wide: boolean;
  readonly lightName: LightName;
  readonly lightFrom: number;
  readonly clay: boolean;
  readonly cut: Cut | undefined;
  readonly measuring: Measuring | undefined;
  readonly sure: boolean;
  readonly roomReady: boolean;
  readonly notes: readonly Annotation[];
  readonly note: number | undefined;
  choose(tool: Tool): void;
  setLight(name: LightName): void;
  turnLight(from: number): void;
  setClay(plain: boolean): void;
  setCut(cut: Cut | undefined): void;
  toggleTurning(): void;
  reset(): void;
  toggleWide(): Promise<void>;
  setPointInMiddle(): void;
  measureAgain(): void;
  toRoom(): Promise<void>;
  /** Opens a note; `undefined` goes back to the list, and -1 puts the notes away. */
  openNote(id: number | undefined): void;
}

const AXES: readonly [Axis, ModelWord][] = [["y", "cutHeight"], ["x", "cutWidth"], ["z", "cutDepth"]];
const LIGHT_WORDS: Record<LightName, ModelWord> = { hall: "lightHall", spot: "lightSpot", day: "lightDay", raking: "lightRaking" };
const KEYS: readonly [keys: string[], word: ModelWord][] = [
  [["←", "→", "↑", "↓"], "keyTurn"],
  [["+", "−"], "keyZoom"],
  [["0"], "resetSpoken"],
  [["T"], "turntableSpoken"],
  [["N"], "notes"],
  [["L"], "light"],
  [["X"], "cut"],
  [["M"], "measure"],
  [["F"], "fullScreen"],
];

export function toolbar(model: ToolState, language: Language): TemplateResult {
  const wide = model.wide ? "leaveFullScreen" : "fullScreen";
  return html`${model.roomReady
      ? html`<button class="pill room" @click=${() => void model.toRoom()}>${icons.room}
          <span>${tell(language, "room")}<small>${tell(language, model.sure ? "roomTrue" : "roomUnsure")}</small></span></button>`
      : nothing}
    <div class="tools" role="toolbar" aria-label=${tell(language, "tools")}>
      ${model.notes.length > 0 ? button(language, "notes", "notes", () => model.choose("notes"), model.tool === "notes") : nothing}
      ${button(language, "turntable", "turntable", () => model.toggleTurning(), model.turning, "turntableSpoken")}
      ${(["light", "cut", "measure"] as const).map((tool) => button(language, tool, tool, () => model.choose(tool), model.tool === tool))}
      ${button(language, "reset", "reset", () => model.reset(), undefined, "resetSpoken")}
      ${button(language, model.wide ? "leaveFullScreen" : "fullScreen", wide, () => void model.toggleWide())}
      <span class="for-keys">${button(language, "keys", "keys", () => model.choose("keys"), model.tool === "keys")}</span>
    </div>`;
}

function button(
  language: Language,
  icon: keyof typeof icons,
  word: ModelWord,
  act: () => void,
  pressed?: boolean,
  spoken: ModelWord = word,
): TemplateResult {
  return html`<button class="tool" title=${tell(language, spoken)} aria-label=${tell(language, spoken)} aria-pressed=${pressed ?? nothing}
    @click=${act}>${icons[icon]}<span aria-hidden="true">${tell(language, word)}</span></button>`;
}

export function panel(model: ToolState, language: Language): TemplateResult | typeof nothing {
  const { tool } = model;
  if (!tool) return nothing;
  const bodies = { notes: notesTool, light: lightPanel, cut: cutPanel, measure: measurePanel, keys: keysPanel };
  return html`<section class="panel" aria-label=${tell(language, tool)}>${bodies[tool](model, language)}</section>`;
}

function notesTool(model: ToolState, language: Language): TemplateResult {
  return notesPanel(model.notes, model.note, language, (id) => model.openNote(id));
}

function lightPanel(model: ToolState, language: Language): TemplateResult {
  return html`${choice(
      tell(language, "light"),
      LIGHT_NAMES.map((name) => [name, tell(language, LIGHT_WORDS[name])]),
      model.lightName,
      (name) => model.setLight(name),
    )}
    ${model.lightName === "raking"
      ? html`${slider(tell(language, "lightFrom"), model.lightFrom, [0, 355, 5], tell(language, "degrees", { degrees: String(model.lightFrom) }), (from) =>
            model.turnLight(from))}
          <p>${tell(language, "lightNote")}</p>`
      : nothing}
    <label class="check"><input type="checkbox" .checked=${model.clay}
      @change=${(event: Event) => model.setClay((event.target as HTMLInputElement).checked)}>${tell(language, "clay")}</label>`;
}

function cutPanel(model: ToolState, language: Language): TemplateResult {
  const cut = model.cut ?? { axis: "z" as const, at: 0.5, other: false };
  return html`${choice(
      tell(language, "cutAxis"),
      AXES.map(([axis, word]) => [axis, tell(language, word)]),
      cut.axis,
      (axis) => model.setCut({ ...cut, axis }),
    )}
    ${slider(tell(language, "cutAt"), Math.round(100 * cut.at), [0, 100, 1], `${Math.round(100 * cut.at)} %`, (at) =>
      model.setCut({ ...cut, at: at / 100 }))}
    <div class="row">
      <button class="pill" aria-pressed=${cut.other} @click=${() => model.setCut({ ...cut, other: !cut.other })}>${tell(language, "cutOther")}</button>
      <button class="pill" ?disabled=${!model.cut} @click=${() => model.setCut(undefined)}>${tell(language, "cutOff")}</button>
    </div>`;
}

function measurePanel(model: ToolState, language: Language): TemplateResult {
  const { points, length } = model.measuring ?? { points: [], length: undefined };
  const next = tell(language, points.length === 1 ? "measureSecond" : "measureFirst");
  return html`${length === undefined
      ? html`<p class="lead">${next}</p>`
      : html`<p class="lead figure">${tell(language, "measured", { length: sayLength(language, length) })}</p>`}
    ${model.sure ? nothing : html`<p>${tell(language, "measureUnsure")}</p>`}
    <div class="row">
      <button class="pill" @click=${() => model.setPointInMiddle()}>${tell(language, "measureHere")}</button>
      ${points.length > 0 ? html`<button class="pill" @click=${() => model.measureAgain()}>${tell(language, "measureAgain")}</button>` : nothing}
    </div>
    <p class="for-keys">${tell(language, "measureKeys")}</p>`;
}

function keysPanel({ notes }: ToolState, language: Language): TemplateResult {
  return html`<dl>${KEYS.filter(([, word]) => word !== "notes" || notes.length > 0).map(
    ([keys, word]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd>`)}</dt><dd>${tell(language, word)}</dd>`,
  )}</dl>`;
}

function choice<T extends string>(
  label: string,
  options: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`<fieldset class="choice"><legend class="hidden-text">${label}</legend>${options.map(
    ([value, text]) => html`<label><input type="radio" name=${label} value=${value} .checked=${value === chosen}
      @change=${() => choose(value)}><span>${text}</span></label>`,
  )}</fieldset>`;
}

function slider(
  label: string,
  value: number,
  [least, most, step]: readonly [number, number, number],
  spoken: string,
  act: (value: number) => void,
): TemplateResult {
  return html`<label class="slider"><span>${label}</span><input type="range" min=${least} max=${most} step=${step} .value=${String(value)}
    aria-valuetext=${spoken} @input=${(event: Event) => act(Number((event.target as HTMLInputElement).value))}><output>${spoken}</output></label>`;
}
