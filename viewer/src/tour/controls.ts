/** The round buttons at the edge of a tour. */

import { type TemplateResult, css, html, nothing } from "lit";
import { type TextKey, say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";

export interface RoundButton {
  text: TextKey;
  icon: TemplateResult;
  act(): void;
  pressed?: boolean;
  /** Of a button that shows others. */
  expanded?: boolean;
  /** Classes of its own: `extra` puts it behind the button for more, `roomy` does so on a phone. */
  name?: string;
}

export function roundButton(language: Language, { text, icon, act, pressed, expanded, name }: RoundButton): TemplateResult {
  return html`<button class="round ${name ?? ""}" part="button" title=${say(language, text)} aria-label=${say(language, text)}
    aria-pressed=${pressed ?? nothing} aria-expanded=${expanded ?? nothing} @click=${act}>${icon}</button>`;
}

export const controlStyles = css`
  .controls {
    position: absolute;
    inset-inline-end: max(1rem, env(safe-area-inset-right));
    inset-block-end: max(1rem, env(safe-area-inset-bottom));
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
    transition: opacity 0.5s;
    pointer-events: none; /* between the buttons one still takes hold of the picture */
  }
  .controls > * {
    pointer-events: auto;
  }
  :host(.idle) .controls:not(:focus-within):not(:hover) {
    opacity: 0;
  }
  @media (max-width: 40rem) {
    .controls { flex-direction: row; }
  }
`;
