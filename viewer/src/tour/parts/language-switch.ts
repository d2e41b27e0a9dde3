/** A switch of the language where the page has none of its own in sight. */

import { html } from "lit";
import { LANGUAGES, type Language } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import type { Rendered, TourHost, TourPart } from "../part";

const SHORT: Record<Language, string> = { "zh-Hans": "简", "zh-Hant": "繁", en: "EN" };

export class LanguageSwitch implements TourPart {
  readonly regions = { controls: () => this.render() };

  constructor(private readonly host: TourHost) {}

  private render(): Rendered {
    const { language } = this.host;
    const offered = this.isNeeded ? LANGUAGES.filter((other) => other !== language) : [];
    return html`${offered.map(
      (other) => html`<button class="round" lang=${other} aria-label="${say(other, "language")}: ${SHORT[other]}"
        @click=${() => this.speak(other)}>${SHORT[other]}</button>`,
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
