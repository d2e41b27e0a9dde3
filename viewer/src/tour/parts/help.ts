/** What keys, mouse and fingers do, for whoever asks with `?`. */

import { css, html, nothing } from "lit";
import { type TextKey, say } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { closeOnGround, dialogHead } from "../dialogs";
import type { Rendered, TourHost, TourPart } from "../part";

type Row = readonly [what: TextKey, keys: readonly string[], gesture?: TextKey];

/** What does not come from a part's commands. */
const ROWS: readonly Row[] = [
  ["helpTurn", ["←", "→", "↑", "↓"], "helpDrag"],
  ["helpZoom", ["+", "−"], "helpPinch"],
  ["helpNext", ["Tab"]],
  ["helpOpen", ["Enter"], "helpTap"],
];

export class Help implements TourPart {
  static readonly styles = css`
    .help {
      inline-size: min(30rem, 100% - 2rem);
    }
    .help h2 {
      margin-block-end: 1.25rem;
    }
    .help dl {
      margin: 0;
      display: grid;
      grid-template-columns: minmax(6rem, max-content) 1fr;
      gap: 0.75rem 1.5rem;
      align-items: baseline;
    }
    .help dt {
      color: var(--_quiet);
    }
    .help dd {
      margin: 0;
      display: flex;
      flex-wrap: wrap;
      gap: 0.35rem;
      align-items: baseline;
    }
    kbd {
      min-inline-size: 1.9rem;
      padding: 0.1rem 0.5rem;
      border: 1px solid var(--_line);
      border-radius: 0.4rem;
      background: var(--_ground);
      font: inherit;
      font-size: 0.875rem;
      text-align: center;
    }
    @media (hover: none) {
      kbd { display: none; }
      .help dd:not(:has(span)), .help dt:has(+ dd:not(:has(span))) { display: none; }
    }
  `;

  readonly regions = { controls: () => this.button(), dialogs: () => this.dialog() };
  readonly commands = [{ key: "?", label: "help" as const, run: () => this.show() }];

  constructor(private readonly host: TourHost) {}

  private show(): void {
    this.host.renderRoot.querySelector<HTMLDialogElement>("dialog.help")?.showModal();
  }

  private button(): Rendered {
    return roundButton(this.host.language, { text: "help", icon: icons.help, act: () => this.show(), name: "help-button extra" });
  }

  private dialog(): Rendered {
    const { language, parts } = this.host;
    const commands = parts.flatMap((part) => part.commands ?? []);
    const rows = [...ROWS, ...commands.flatMap(({ key, label }): Row[] => (label ? [[label, [key.toUpperCase()]]] : []))];
    return html`<dialog part="dialog" class="sheet help" aria-label=${say(language, "help")} @keydown=${(event: Event) => event.stopPropagation()}
      @click=${closeOnGround}>
      <div>
        ${dialogHead(language, say(language, "help"))}
        <dl>
          ${rows.map(
            ([what, keys, gesture]) => html`<dt>${say(language, what)}</dt>
              <dd>${keys.map((key) => html`<kbd>${key}</kbd>`)} ${gesture ? html`<span>${say(language, gesture)}</span>` : nothing}</dd>`,
          )}
        </dl>
      </div>
    </dialog>`;
  }
}
