/** Opens what a hotspot leads to, and puts the focus back afterwards. */

import { html } from "lit";
import "../../hotspots/exhibit-dialog";
import type { ExhibitDialog } from "../../hotspots/exhibit-dialog";
import type { Rendered, TourHost, TourPart } from "../part";
import type { TourHotspot } from "../types";

export class ExhibitOpening implements TourPart {
  readonly regions = { dialogs: () => this.render() };
  private opener: HTMLElement | undefined;

  constructor(private readonly host: TourHost) {}

  /** Number of the hotspot that is open. */
  get opened(): number | undefined {
    return this.dialog?.hotspot?.id;
  }

  async open(hotspot: TourHotspot, opener?: HTMLElement): Promise<void> {
    const { host } = this;
    this.opener = opener;
    host.visit?.controller.stop();
    host.send("hotspot-open", { id: hotspot.id, kind: hotspot.kind });
    await this.dialog?.open(hotspot);
    host.keepView();
  }

  close(): void {
    this.dialog?.close();
  }

  private get dialog(): ExhibitDialog | null {
    return this.host.renderRoot.querySelector<ExhibitDialog>("museum-exhibit");
  }

  private readonly onClose = (): void => {
    const { host } = this;
    host.keepView();
    (this.opener ?? host.renderRoot.querySelector<HTMLElement>(".stage"))?.focus({ preventScroll: true });
    this.opener = undefined;
    host.send("hotspot-close", {});
  };

  private render(): Rendered {
    return html`<museum-exhibit .language=${this.host.language} @exhibit-close=${this.onClose}></museum-exhibit>`;
  }
}
