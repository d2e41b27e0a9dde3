/** What lens and wipe share: their switch among the controls, and the small tools that go with them. */

import { type TemplateResult, css, html, nothing } from "lit";
import type { TextKey } from "../i18n/catalog";
import { roundButton } from "./controls";
import type { Rendered, TourHost } from "./part";
import type { Comparison } from "./compared";
import { icons } from "../ui/icons";

export interface Tool {
  text: TextKey;
  icon: TemplateResult;
  act(): void;
}

/** Switches the comparison on and off; while it is on, its tools are beside the switch. */
export function compareSwitch(host: TourHost, comparison: Exclude<Comparison, "blend">, tools: readonly Tool[]): Rendered {
  const time = host.visit?.time;
  if (!time?.possible) return nothing;
  const on = time.comparison === comparison;
  const act = (): void => time.compare(on ? "blend" : comparison);
  const names = `${comparison}-button compare-button`;
  return html`${roundButton(host.language, { text: comparison, icon: icons[comparison], act, pressed: on, name: names })}
    ${on ? tools.map((tool) => roundButton(host.language, tool)) : nothing}`;
}

/** Escape puts the glass, or the edge, away. */
export function putAwayByEscape(host: TourHost, event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  host.visit?.time.compare("blend");
  host.renderRoot.querySelector<HTMLElement>(".stage")?.focus({ preventScroll: true });
}


export const compareStyles = css`
  .compare-button[aria-pressed='true'] {
    background: var(--_accent);
    color: #201709;
  }
  /* On a phone the tools take the place of what can wait. */
  @media (max-width: 40rem) {
    .controls:has(.compare-button[aria-pressed='true']) :is(.plan-button, .help-button, .full-screen-button) { display: none; }
  }
`;
