/** Keeping the hall for places without a network, on the museum's own pages. What does so comes when it is asked for. */

import { html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import { pick } from "../../i18n/languages";
import type { KeepSheet } from "../../offline/keep-sheet";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { bringStyles, closeOnGround, dialogHead } from "../dialogs";
import type { Command, Rendered, TourHost, TourPart } from "../part";

export class Keep implements TourPart {
  readonly regions = { controls: () => this.button(), dialogs: () => this.dialog() };
  private sheet: KeepSheet | undefined;

  constructor(private readonly host: TourHost) {}

  get commands(): readonly Command[] {
    return this.possible ? [{ key: "k", label: "keep", run: () => void this.show() }] : [];
  }

  /** A page keeps only what is of its own server. */
  private get possible(): boolean {
    const { address, visit } = this.host;
    const able = address && isSecureContext && "serviceWorker" in navigator && "caches" in window;
    return able && visit !== undefined && new URL(visit.guide.address || location.href).origin === location.origin;
  }

  private async show(): Promise<void> {
    const { host } = this;
    const { KeepSheet, keepStyles } = await import("../../offline/keep-sheet");
    bringStyles(host.renderRoot, keepStyles);
    if (!host.tour || !host.visit) return;
    this.sheet ??= new KeepSheet(host);
    host.requestUpdate();
    await host.updateComplete;
    host.renderRoot.querySelector<HTMLDialogElement>("dialog.keep")?.showModal();
    await this.sheet.ask();
  }

  private button(): Rendered {
    if (!this.possible) return nothing;
    return roundButton(this.host.language, { text: "keep", icon: icons.keep, act: () => void this.show(), name: "keep-button extra" });
  }

  private dialog(): Rendered {
    const { sheet } = this;
    const { tour, language } = this.host;
    if (!sheet || !tour) return nothing;
    const title = say(language, "keepOf", { title: pick(tour.scene.venue.title, language) });
    return html`<dialog part="dialog" class="sheet keep" aria-label=${title} @keydown=${(event: Event) => event.stopPropagation()}
      @click=${closeOnGround}><div>${dialogHead(language, title)} ${sheet.render()}</div></dialog>`;
  }
}
