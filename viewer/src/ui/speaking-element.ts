import { LitElement } from "lit";
import { wordsComing } from "../i18n/words";

/** An element that speaks: it is drawn when the words of its language are here. */
export abstract class SpeakingElement extends LitElement {
  protected override scheduleUpdate(): void | Promise<unknown> {
    const words = wordsComing(this.lang || document.documentElement.lang);
    return words ? words.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }
}
