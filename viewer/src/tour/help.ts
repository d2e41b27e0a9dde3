/** What keys, mouse and fingers do, for whoever asks with `?`. */

import { type TemplateResult, html, nothing } from "lit";
import { type TextKey, say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import { icons } from "../ui/icons";

const ROWS: readonly [what: TextKey, keys: readonly string[], gesture?: TextKey][] = [
  ["helpTurn", ["←", "→", "↑", "↓"], "helpDrag"],
  ["helpZoom", ["+", "−"], "helpPinch"],
  ["helpNext", ["Tab"]],
  ["helpOpen", ["Enter"], "helpTap"],
  ["moments", ["T"]],
  ["plan", ["M"]],
  ["fullScreen", ["F"]],
  ["help", ["?"]],
];

/** A dialog; it is shown by its `showModal`. */
export function helpDialog(language: Language): TemplateResult {
  return html`<dialog class="help" aria-label=${say(language, "help")} @keydown=${(event: Event) => event.stopPropagation()}
    @click=${closeOnGround}>
    <div>
      <form method="dialog"><button class="round" aria-label=${say(language, "close")}>${icons.close}</button></form>
      <h2>${say(language, "help")}</h2>
      <dl>
        ${ROWS.map(
          ([what, keys, gesture]) => html`<dt>${say(language, what)}</dt>
            <dd>${keys.map((key) => html`<kbd>${key}</kbd>`)} ${gesture ? html`<span>${say(language, gesture)}</span>` : nothing}</dd>`,
        )}
      </dl>
    </div>
  </dialog>`;
}

/** A press beside the dialog closes it. */
function closeOnGround(event: Event): void {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
}
