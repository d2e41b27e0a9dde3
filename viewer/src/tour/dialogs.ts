/** What the dialogs of a tour have in common: a raised sheet with a title and a way to close it. */

import { type CSSResult, type TemplateResult, css, html } from "lit";
import { say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import { icons } from "../ui/icons";

export const dialogStyles = css`
  .sheet {
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 1rem;
    background: var(--_raised);
    color: inherit;
    overflow: auto;
    overscroll-behavior: contain;
    user-select: text;
    -webkit-user-select: text;
  }
  .sheet::backdrop {
    background: rgb(8 7 6 / 0.6);
    backdrop-filter: blur(6px);
  }
  .sheet > div {
    padding: 1.5rem 1.75rem 1.75rem;
  }
  .sheet form[method="dialog"] {
    float: inline-end;
    margin-block: -0.5rem 0;
    margin-inline: 1rem -0.75rem;
  }
  .sheet h2 {
    margin: 0;
    font: 500 1.25rem/1.4 var(--_serif);
    text-wrap: balance;
  }
  @media (max-width: 40rem) {
    .sheet > div { padding: 1.25rem 1.1rem; }
  }
`;

/** The title of a dialog, and the button that closes it. */
export function dialogHead(language: Language, title: string): TemplateResult {
  return html`<div class="sheet-head">
    <form method="dialog"><button class="round" aria-label=${say(language, "close")}>${icons.close}</button></form>
    <h2>${title}</h2>
  </div>`;
}

/** A press beside the dialog closes it. */
export function closeOnGround(event: Event): void {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
}

/** Gives the tour the looks of a dialog whose code has come later. */
export function bringStyles(root: HTMLElement | DocumentFragment, { styleSheet }: CSSResult): void {
  const { adoptedStyleSheets } = root as ShadowRoot;
  if (styleSheet && !adoptedStyleSheets.includes(styleSheet)) adoptedStyleSheets.push(styleSheet);
}
