/** Choosing what a link or hotspot leads to, by its picture. */

import { type TemplateResult, html, nothing } from "lit";
import { languages } from "../i18n/languages";
import { ADDRESSED, OPENING } from "./draft";
import type { Target } from "./session";

export interface Choice extends Target {
  slug: string;
  note: string;
}

/** What was chosen: a record, an address, or words of one's own. */
export type Chosen =
  | { kind: string; slug: string; target: Target }
  | { kind: string; url: string }
  | { kind: "text"; title: Record<string, string> };

export interface PickerWords {
  say(key: string): string;
}

const PAUSE = 200;
const HOTSPOT_KINDS = [...OPENING, "text", ...ADDRESSED] as const;

export class Picker {
  private kind = "";
  private query = "";
  private choices: Choice[] | undefined;
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private near = "";

  constructor(
    private readonly words: PickerWords,
    private readonly show: () => void,
  ) {}

  /** Starts anew: scenes to lead to, or things to open of a `kind`. */
  open(kind: string, near: string): void {
    this.kind = kind;
    this.near = near;
    this.query = "";
    this.choices = undefined;
    void this.ask();
  }

  /** `choose` is called with what was chosen. */
  template(choose: (chosen: Chosen) => void): TemplateResult {
    const { kind } = this;
    const kinds = kind === "scene" ? nothing : html`<label>${this.words.say("opens")}
      <select data-kind @change=${(event: Event) => this.open((event.target as HTMLSelectElement).value, this.near)}>
        ${HOTSPOT_KINDS.map((one) => html`<option value=${one} ?selected=${one === kind}>${this.words.say(`kind-${one}`)}</option>`)}
      </select></label>`;
    if (kind === "text") return html`${kinds}${this.ownWords(choose)}`;
    if ((ADDRESSED as readonly string[]).includes(kind)) return html`${kinds}${this.address(kind, choose)}`;
    return html`${kinds}${this.pictures(choose)}
      ${kind === "scene" ? html`<details><summary>${this.words.say("elsewhere")}</summary>${this.address("scene", choose)}</details>` : nothing}`;
  }

  private pictures(choose: (chosen: Chosen) => void): TemplateResult {
    const label = this.words.say("search");
    return html`<input type="search" data-search placeholder=${label} aria-label=${label} .value=${this.query}
        @input=${(event: Event) => this.onSearch((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => event.key === "Enter" && event.preventDefault()}>
      <ul class="choices">${(this.choices ?? []).map((choice) => html`<li><button type="button" data-slug=${choice.slug}
        @click=${() => choose({ kind: this.kind, slug: choice.slug, target: { title: choice.title, thumbnail: choice.thumbnail } })}>
        ${choice.thumbnail ? html`<img src=${choice.thumbnail} alt="" loading="lazy">` : html`<span class="no-thumb">${this.words.say("no-picture-yet")}</span>`}
        <span class="choice-title">${choice.title}</span><span class="row-note">${choice.note}</span></button></li>`)}
        ${this.choices?.length === 0 ? html`<li class="hint">${this.words.say("none-found")}</li>` : nothing}</ul>`;
  }

  private address(kind: string, choose: (chosen: Chosen) => void): TemplateResult {
    // A sound or film without an address waits for its file.
    const optional = kind === "audio" || kind === "video";
    const take = (event: Event): void => {
      const input = (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLInputElement>("input");
      if (input?.reportValidity()) choose({ kind, url: input.value.trim() });
    };
    return html`<div class="stack"><label>${this.words.say("address")}<input type="url" data-address maxlength="2000" placeholder="https://" ?required=${!optional}
      pattern="https?://.+" title=${this.words.say("address-rule")}></label><button type="button" class="primary" data-take @click=${take}>${this.words.say("take")}</button></div>`;
  }

  private ownWords(choose: (chosen: Chosen) => void): TemplateResult {
    const take = (event: Event): void => {
      const fields = (event.currentTarget as HTMLElement).parentElement?.querySelectorAll<HTMLInputElement>("input[data-language]") ?? [];
      const title = Object.fromEntries([...fields].filter((one) => one.value.trim()).map((one) => [one.dataset["language"]!, one.value.trim()]));
      if (Object.keys(title).length > 0) choose({ kind: "text", title });
      else fields[0]?.focus();
    };
    return html`<div class="stack">${languages().map(({ tag: language, name }) => html`<label>${this.words.say("title")} (${name})<input maxlength="200"
        data-language=${language} lang=${language}></label>`)}
      <button type="button" class="primary" data-take @click=${take}>${this.words.say("take")}</button></div>`;
  }

  private onSearch(query: string): void {
    this.query = query;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  private async ask(): Promise<void> {
    const { kind } = this;
    if (kind !== "scene" && !(OPENING as readonly string[]).includes(kind)) {
      this.show();
      return;
    }
    const turn = ++this.asked;
    const query = new URLSearchParams({ kind, q: this.query, near: this.near });
    try {
      const answer = await fetch(`/admin/choices.json?${query}`, { headers: { Accept: "application/json" } });
      if (answer.ok && turn === this.asked) this.choices = ((await answer.json()) as { choices: Choice[] }).choices;
    } catch {
      return; // offline: what is shown stays
    }
    this.show();
  }
}
