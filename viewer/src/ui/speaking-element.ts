import { LitElement } from "lit";
import { languageNamed, matched } from "../i18n/languages";
import { wordsComing } from "../i18n/words";

/** An element that speaks: it is drawn when the words of its language are here, and its words run as that language's do. */
export abstract class SpeakingElement extends LitElement {
  /** The `dir` that it has given itself; whoever else gives it one is right. */
  private own = "";

  protected override scheduleUpdate(): void | Promise<unknown> {
    const words = wordsComing(this.lang || document.documentElement.lang);
    const update = (): void | Promise<unknown> => {
      this.direct();
      return super.scheduleUpdate();
    };
    return words ? words.then(update) : update();
  }

  private direct(): void {
    if (!this.lang || this.dir !== this.own) return;
    const direction = languageNamed(matched(this.lang)?.tag ?? "").direction;
    // Where words run from left to right all around, nothing need be said.
    if (direction === "ltr" && !this.own && !this.matches(":dir(rtl)")) return;
    this.dir = this.own = direction;
  }
}
