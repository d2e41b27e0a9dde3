/** The bar over the picture: what to place, undo and redo, and whether all is saved. */

import { type TemplateResult, html, nothing, svg } from "lit";
import { clockLanguage } from "../i18n/clock";
import { icons } from "../ui/icons";
import type { Desk, Mode } from "./desk";
import type { SaveState } from "./autosave";

const arrow = (path: string): TemplateResult => html`<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.8"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${svg`<path d=${path}></path>`}</svg>`;
export const arrows = { undo: arrow("M9 7l-4 4 4 4M5 11h9a5 5 0 010 10h-3"), redo: arrow("M15 7l4 4-4 4M19 11h-9a5 5 0 000 10h3") };
const OUTLINE = arrow("M5 7l13-2 2 12-14 3zM5 7v.1M18 5v.1M20 17v.1M6 20v.1");

interface Tool {
  name: string;
  icon: TemplateResult;
  mode: Mode;
}

const TOOLS: readonly Tool[] = [
  { name: "link", icon: icons.link, mode: { kind: "place", list: "links" } },
  { name: "hotspot", icon: icons.artifact, mode: { kind: "place", list: "hotspots" } },
  { name: "outline", icon: OUTLINE, mode: { kind: "outline", key: undefined, corners: [] } },
];

export function bar(desk: Desk, help: () => void): TemplateResult {
  const { session } = desk;
  if (!session) return html``;
  const { undoable, redoable } = session.history;
  const button = (name: string, icon: TemplateResult, label: string | undefined, act: () => void): TemplateResult => {
    const words = label ? desk.say(`${name}-what`, { what: desk.say(`did-${label}`) }) : desk.say(name);
    return html`<button type="button" class="icon" data-do=${name} title=${words} aria-label=${words} ?disabled=${!label} @click=${act}>${icon}</button>`;
  };
  return html`
    ${session.editable
      ? html`<div class="tools" role="toolbar" aria-label=${desk.say("place")}>${TOOLS.map((tool) => html`<button type="button" data-tool=${tool.name}
          aria-pressed=${isOn(desk, tool) ? "true" : "false"} @click=${() => (isOn(desk, tool) ? desk.leave() : desk.enter(tool.mode))}>
          ${tool.icon}<span>${desk.say(`tool-${tool.name}`)}</span></button>`)}</div>
        <div class="undoing">${button("undo", arrows.undo, undoable, () => desk.undo())}${button("redo", arrows.redo, redoable, () => desk.redo())}</div>`
      : html`<p class="look-only">${desk.say(session.page.state === "published" ? "look-only-public" : "look-only")}</p>`}
    <button type="button" class="icon quiet" data-help title=${desk.say("keys")} aria-label=${desk.say("keys")} @click=${help}>${icons.keys}</button>
    ${session.editable ? saveSign(desk) : nothing}
    ${leftOver(desk, session.left.offered, (take) => session.settleLeft(take))}`;
}

/** What an earlier page could not save is offered. */
export function leftOver(desk: Pick<Desk, "say">, left: { at: number } | undefined, settle: (take: boolean) => void): unknown {
  if (!left) return nothing;
  const time = new Date(left.at).toLocaleString(clockLanguage(), { dateStyle: "medium", timeStyle: "short" });
  return html`<div class="left-over" role="status"><p>${desk.say("left", { time })}</p>
    <button type="button" class="small primary" data-left="take" @click=${() => settle(true)}>${desk.say("left-take")}</button>
    <button type="button" class="small quiet" data-left="drop" @click=${() => settle(false)}>${desk.say("left-drop")}</button></div>`;
}

function isOn({ mode }: Desk, tool: Tool): boolean {
  if (mode.kind === "place" && tool.mode.kind === "place") return mode.list === tool.mode.list;
  return mode.kind === "outline" && tool.mode.kind === "outline" && mode.key === undefined;
}

/** What a sign of the saving tells: of its kind, its time or why not. */
type SaveSign = Exclude<SaveState<unknown>, { kind: "contested" }> | { kind: "contested" };

/** What is to be said of the saving, and whether it is a trouble. */
export function saveWords(desk: Pick<Desk, "say">, state: SaveSign): { words: string; trouble: boolean } {
  if (state.kind === "saved") {
    if (state.at === undefined) return { words: desk.say("saved"), trouble: false };
    const time = new Date(state.at).toLocaleTimeString(clockLanguage(), { hour: "2-digit", minute: "2-digit" });
    return { words: desk.say("saved-at", { time }), trouble: false };
  }
  if (state.kind === "waiting" || state.kind === "saving") return { words: desk.say("saving"), trouble: false };
  if (state.kind === "refused") return { words: desk.say("not-saved-why", { why: state.why }), trouble: true };
  return { words: desk.say(`not-saved-${state.kind}`), trouble: true };
}

function saveSign(desk: Desk): TemplateResult {
  const { saver } = desk.session!;
  const { words, trouble } = saveWords(desk, saver.state);
  return html`<p class="save-sign ${trouble ? "trouble" : ""}" data-save=${saver.state.kind} role=${trouble ? "alert" : nothing}>
    <span class="save-dot" aria-hidden="true"></span><span>${words}</span>
    ${trouble && saver.state.kind !== "contested" ? html`<button type="button" class="small" data-retry @click=${() => void saver.flush()}>${desk.say("retry")}</button>` : nothing}</p>`;
}
