/** Opens what a hotspot leads to, out of its place in the room; goes on to what hangs beside it; puts the focus back afterwards. */

import { html } from "lit";
import "../../hotspots/exhibit-dialog";
import type { ExhibitDialog } from "../../hotspots/exhibit-dialog";
import { infoAddress } from "../../hotspots/addresses";
import { readRecord } from "../../hotspots/record";
import { hotspotKind } from "../../hotspots/registry";
import { type View, wrap } from "../../panorama/view";
import type { Rendered, TourHost, TourPart } from "../part";
import type { TourHotspot } from "../types";
import type { Quad } from "../../ui/quad";
import type { Visit } from "../visit";
import { besideOnWall } from "../wall";
import { Marks } from "./marks";

/** What hangs within so many degrees of the middle of the view will probably be opened next. */
const NEAR = 18;

export class ExhibitOpening implements TourPart {
  readonly regions = { dialogs: () => this.render() };
  private opener: HTMLElement | undefined;
  /** The card closes since one walks on: the focus is where it is. */
  private leaving = false;
  private readonly fetched = new Set<string>();

  constructor(private readonly host: TourHost) {}

  /** Number of the hotspot that is open. */
  get opened(): number | undefined {
    return this.dialog?.hotspot?.id;
  }

  async open(hotspot: TourHotspot, opener?: HTMLElement): Promise<void> {
    const { host } = this;
    host.visit?.controller.stop();
    host.send("hotspot-open", { id: hotspot.id, kind: hotspot.kind });
    if (hotspotKind(hotspot.kind)?.isHeard) {
      host.tell((part) => part.play?.(hotspot));
      return;
    }
    this.opener = opener;
    const { dialog } = this;
    if (dialog) {
      dialog.steps = this.beside(hotspot.id, 1) !== undefined;
      await dialog.open(hotspot, host.calm ? undefined : (id) => this.place(id));
    }
    host.keepView();
  }

  close(): void {
    this.dialog?.close();
  }

  raised(visit: Visit): void {
    const options = { signal: visit.signal, passive: true };
    // A card of words takes no keys but its own.
    this.host.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), options);
    const foresee = (event: Event): void => {
      const id = (event.target as Element).closest<HTMLElement>("[data-hotspot]")?.dataset["hotspot"];
      const hotspot = this.host.tour?.scene.hotspots.find((known) => String(known.id) === id);
      if (hotspot) this.fetchAhead(hotspot);
    };
    for (const type of ["pointerover", "pointerdown", "focusin"]) this.host.renderRoot.addEventListener(type, foresee, options);
  }

  turned(view: View, visit: Visit): void {
    if (visit.stage.savesData || visit.moving) return;
    for (const hotspot of this.host.tour?.scene.hotspots ?? []) {
      if (Math.abs(wrap(hotspot.yaw - view.yaw)) < NEAR && Math.abs(hotspot.pitch - view.pitch) < NEAR) this.fetchPicture(hotspot);
    }
  }

  entered(): void {
    this.fetched.clear();
    if (!this.dialog?.opened) return;
    this.leaving = true;
    this.close();
  }

  /** Picture, record, code and the description of the pyramid: what opening this hotspot will need. */
  private fetchAhead(hotspot: TourHotspot): void {
    this.fetchPicture(hotspot);
    const info = hotspot.target?.iiif && infoAddress(hotspot.target.iiif);
    if (info && !this.fetched.has(info)) {
      this.fetched.add(info);
      fetch(info).catch(() => this.fetched.delete(info));
    }
    if (hotspot.target?.record) readRecord(hotspot.target.record).catch(() => undefined);
    hotspotKind(hotspot.kind)?.load?.(hotspot.target).catch(() => undefined);
  }

  private fetchPicture({ target }: TourHotspot): void {
    const address = target?.thumbnail;
    if (!address || this.fetched.has(address)) return;
    this.fetched.add(address);
    const picture = new Image();
    picture.crossOrigin = "anonymous";
    picture.src = address;
  }

  private get dialog(): ExhibitDialog | null {
    return this.host.renderRoot.querySelector<ExhibitDialog>("museum-exhibit");
  }

  private beside(id: number, by: number): TourHotspot | undefined {
    return this.host.tour && besideOnWall(this.host.tour.scene, id, by);
  }

  /** Where a hotspot's thing lies in the window, as far as any of it is in sight. */
  private place(id: number): Quad | undefined {
    const marks = this.host.parts.find((part): part is Marks => part instanceof Marks);
    const quad = marks?.quad(id);
    const seen = quad?.some(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
    return seen ? quad : undefined;
  }

  private readonly onStep = (event: CustomEvent<{ by: number }>): void => {
    const { host, opened } = this;
    const next = opened === undefined ? undefined : this.beside(opened, event.detail.by);
    if (!next) return;
    // The room turns along behind the dialog, so that the picture goes back to where it hangs.
    void host.turnTo({ yaw: next.yaw, pitch: next.pitch }, 0);
    this.opener = host.renderRoot.querySelector<HTMLElement>(`[data-hotspot="${next.id}"]`) ?? undefined;
    void this.dialog?.show(next);
    host.send("hotspot-open", { id: next.id, kind: next.kind });
    host.keepView();
  };

  private readonly onClose = (): void => {
    const { host } = this;
    host.keepView();
    if (!this.leaving) (this.opener ?? host.renderRoot.querySelector<HTMLElement>(".stage"))?.focus({ preventScroll: true });
    this.leaving = false;
    this.opener = undefined;
    host.send("hotspot-close", {});
  };

  private render(): Rendered {
    return html`<museum-exhibit .language=${this.host.language} @exhibit-close=${this.onClose} @zoom-step=${this.onStep}></museum-exhibit>`;
  }
}
