/** A switch of the language where the page has none of its own in sight. */

import { html } from "lit";
import { type Language, languages } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import type { Rendered, TourHost, TourPart } from "../part";

export class LanguageSwitch implements TourPart {
  readonly regions = { controls: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private render(): Rendered {
    const { language } = this.host;
    const offered = this.isNeeded ? languages().filter(({ tag }) => tag !== language) : [];
    return html`${offered.map(
      ({ tag, short, words, name }) => html`<button class="round" lang=${tag} aria-label=${words ? name : `${say(tag, "language")}: ${short}`}
        @click=${() => this.speak(tag)}>${short}</button>`,
    )}`;
  }

  private get isNeeded(): boolean {
    return document.fullscreenElement === this.host || !document.querySelector("[data-language]");
  }

  private speak(language: Language): void {
    this.host.lang = language;
    document.dispatchEvent(new CustomEvent("museum:language", { detail: { language } }));
  }
}
