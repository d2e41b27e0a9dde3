/** Says where one has arrived, to those who listen to the page. */

import { html } from "lit";
import { pick } from "../../i18n/languages";
import { say, sayYear } from "../../i18n/catalog";
import type { Arrival, TourHost, TourPart } from "../part";
import type { Tour } from "../types";

export class Announcer implements TourPart {
  readonly regions = { dialogs: () => html`<div class="hidden-text" aria-live="polite">${this.words}</div>` };
  private words = "";

  constructor(private readonly host: TourHost) {}

  entered({ museum, scene }: Tour, { kind }: Arrival): void {
    // The slider itself says the year.
    if (kind === "scrub") return;
    const { language } = this.host;
    const { address } = this.host.visit!.guide;
    const title = pick(scene.title, language);
    if (!this.host.isHome(address)) {
      this.say(say(language, "arrivedElsewhere", { title, museum: pick(museum, language), host: new URL(address).host }));
      return;
    }
    this.say(scene.year == null ? title : say(language, "arrivedYear", { title, year: sayYear(language, scene.year) }));
  }

  say(words: string): void {
    this.words = words;
    this.host.requestUpdate();
  }
}
