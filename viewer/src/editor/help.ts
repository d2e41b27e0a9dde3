/** The keys of the editor, in a dialog. */

import { html, render } from "lit";
import type { Desk } from "./desk";

const KEYS = [
  ["Tab", "key-tab"],
  ["← ↑ → ↓", "key-arrows"],
  ["Shift + ← ↑ → ↓", "key-shift"],
  ["Delete", "key-delete"],
  ["Enter", "key-enter"],
  ["Shift + Enter", "key-close"],
  ["Backspace", "key-backspace"],
  ["Esc", "key-escape"],
  ["Alt + Enter", "key-follow"],
  ["Ctrl + Z", "key-undo"],
  ["Ctrl + Shift + Z", "key-redo"],
] as const;

export function openHelp(place: HTMLElement, desk: Desk): void {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-dialog";
  dialog.setAttribute("aria-labelledby", "editor-keys");
  place.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  render(
    html`<section class="panel"><h2 id="editor-keys">${desk.say("keys")}</h2>
      <dl>${KEYS.map(([key, words]) => html`<dt><kbd>${key}</kbd></dt><dd>${desk.say(words)}</dd>`)}</dl>
      <form method="dialog"><button class="primary">${desk.say("close")}</button></form></section>`,
    dialog,
  );
  dialog.showModal();
}
