/** Sharing what one sees. The sheet comes when it is asked for. */

import { html, nothing } from "lit";
import { say } from "../../i18n/catalog";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { bringStyles, closeOnGround, dialogHead } from "../dialogs";
import type { Rendered, TourHost, TourPart } from "../part";

type Sheet = typeof import("../share-sheet");

export class Share implements TourPart {
  readonly regions = { controls: () => this.button(), dialogs: () => this.dialog() };
  readonly commands = [{ key: "c", label: "shareView" as const, run: () => void this.show() }];
  private sheet: Sheet | undefined;
  private shared: ReturnType<Sheet["sharedView"]> | undefined;
  private copied = "";

  constructor(private readonly host: TourHost) {}

  private async show(): Promise<void> {
    const { host } = this;
    this.sheet ??= await import("../share-sheet");
    const { visit, tour } = host;
    if (!visit || !tour) return;
    bringStyles(host.renderRoot, this.sheet.shareStyles);
    this.copied = "";
    this.shared = this.sheet.sharedView(tour, visit.guide.address, visit.view, host.language);
    host.requestUpdate();
    await host.updateComplete;
    host.renderRoot.querySelector<HTMLDialogElement>("dialog.share")?.showModal();
  }

  private readonly copy = async (text: string): Promise<void> => {
    const { host } = this;
    try {
      await navigator.clipboard.writeText(text);
      this.copied = say(host.language, "copied");
    } catch {
      // A frame without the right to, or an address without TLS: the field itself can be copied from.
      this.copied = say(host.language, "copyByHand");
    }
    host.requestUpdate();
  };

  /** The phone's own way to hand things on; it must be called in the press itself. */
  private get hand(): (() => void) | undefined {
    const { shared } = this;
    if (!shared || !("share" in navigator)) return undefined;
    return () => void navigator.share({ title: shared.title, url: shared.address }).catch(() => undefined);
  }

  private button(): Rendered {
    return roundButton(this.host.language, { text: "shareView", icon: icons.share, act: () => void this.show(), name: "share-button extra" });
  }

  private dialog(): Rendered {
    const { sheet, shared } = this;
    const { language } = this.host;
    if (!sheet || !shared) return nothing;
    const title = say(language, "shareView");
    return html`<dialog part="dialog" class="sheet share" aria-label=${title} @keydown=${(event: Event) => event.stopPropagation()}
      @click=${closeOnGround}><div>${dialogHead(language, title)}
      ${sheet.shareSheet(language, shared, (text) => void this.copy(text), this.hand)}
      <div role="status" class="told">${this.copied}</div></div></dialog>`;
  }
}
