/** Tabs and the panel of the chosen one, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has them. */

import { type TemplateResult, html } from "lit";
import type { Desk } from "./desk";

export interface Tabs<Tab extends string> {
  desk: Pick<Desk, "say">;
  names: readonly Tab[];
  chosen: Tab;
  /** The panel's id. */
  id: string;
  panel: unknown;
  choose(tab: Tab): void;
}

export function tabs<Tab extends string>({ desk, names, chosen, id, panel, choose }: Tabs<Tab>): TemplateResult {
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = names[(names.indexOf(chosen) + by + names.length) % names.length]!;
    const list = (event.currentTarget as HTMLElement).parentElement!;
    choose(next);
    list.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${desk.say("panels")}>${names.map((tab) => html`<button type="button" role="tab" id="tab-${tab}" data-tab=${tab}
      aria-selected=${chosen === tab ? "true" : "false"} aria-controls=${id} tabindex=${chosen === tab ? 0 : -1}
      @click=${() => choose(tab)} @keydown=${onKey}>${desk.say(`tab-${tab}`)}</button>`)}</div>
    <div class="desk-panel" role="tabpanel" id=${id} aria-labelledby="tab-${chosen}" tabindex="-1">${panel}</div>`;
}
