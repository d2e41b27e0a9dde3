/** `<museum-exhibit>`: the dialog in which a hotspot opens. What it shows is the kind's; the record beside it is the same for all. */

import { type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf, pick } from "../i18n/languages";
import { say, sayFailure } from "../i18n/catalog";
import type { TourHotspot } from "../tour/types";
import { icons } from "../ui/icons";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { type Quad, contained, quadOf } from "../ui/quad";
import { copyHere, placesOf } from "../zoom/places";
import type { MuseumZoom } from "../zoom/museum-zoom";
import { exhibitStyles } from "./exhibit-styles";
import { travel } from "./grow";
import { type Photograph, photographsOf } from "./photographs";
import { type CollectionRecord, readRecord, recordRows, textOf } from "./record";
import { type Facet, type Opened, hotspotKind } from "./registry";

/** Where a hotspot lies in the window. */
export type Place = (hotspot: number) => Quad | undefined;

/** Milliseconds for which opening waits for the record, which says whether a strip of photographs takes room of the picture. */
const SHORTLY = 120;

export class ExhibitDialog extends SpeakingElement {
  static override properties = {
    language: { type: String },
    hotspot: { state: true },
    record: { state: true },
    recordFailed: { state: true },
    facet: { state: true },
    steps: { type: Boolean },
    loadFailed: { state: true },
    chosen: { state: true },
    folded: { state: true },
  };
  static override styles = [theme, exhibitStyles];

  declare language: Language;
  declare hotspot: TourHotspot | undefined;
  declare record: CollectionRecord | undefined;
  declare recordFailed: boolean;
  declare loadFailed: boolean;
  declare facet: string;
  /** Whether other pictures hang beside what is shown. */
  declare steps: boolean;
  /** Which of its photographs is shown. */
  declare chosen: number;
  /** Whether the record is put away, where there is no room for both. */
  declare folded: boolean;
  private place: Place | undefined;
  /** Resolves once the kind's elements are there, or can't be had. */
  private elements: Promise<unknown> | undefined;

  constructor() {
    super();
    this.language = languageOf(undefined);
    this.recordFailed = false;
    this.loadFailed = false;
    this.facet = "";
    this.steps = this.folded = false;
    this.chosen = 0;
  }

  /** Opens what the hotspot leads to. `place` says where a hotspot lies on the screen: its picture comes from there, and goes back. */
  async open(hotspot: TourHotspot, place?: Place): Promise<void> {
    this.place = place;
    const from = place?.(hotspot.id);
    const loaded = this.show(hotspot);
    await Promise.race([loaded, pause(SHORTLY)]);
    await this.updateComplete;
    const { dialog } = this;
    if (!dialog) return;
    // The card that is there says something else now; this is no closing.
    if (!dialog.matches(":modal")) dialog.removeAttribute("open");
    dialog.classList.toggle("grows", from !== undefined && !this.wordsOnly);
    if (this.wordsOnly) {
      dialog.show();
      return;
    }
    dialog.showModal();
    if (from) await this.grow(from);
  }

  /** Shows another hotspot in the dialog as it stands. Resolves when its record is there, or can't be had. */
  show(hotspot: TourHotspot): Promise<void> {
    this.hotspot = hotspot;
    this.record = undefined;
    this.recordFailed = this.loadFailed = false;
    this.facet = "";
    this.chosen = 0;
    return this.load(hotspot);
  }

  /** Whether there are but words to read: a card beside the picture, which may be looked around in meanwhile. */
  get wordsOnly(): boolean {
    const { hotspot } = this;
    const kind = hotspot && hotspotKind(hotspot.kind);
    return kind !== undefined && kind.load === undefined && kind.facets(this.opening(hotspot!)).length === 0;
  }

  close(): void {
    const { dialog, hotspot, picture } = this;
    const to = hotspot && this.place?.(hotspot.id);
    if (dialog?.open && picture && to) void travel(this.renderRoot, picture.source, picture.zoom.corners ?? picture.whole, to);
    dialog?.close();
  }

  get opened(): boolean {
    return this.dialog?.open ?? false;
  }

  override render(): TemplateResult | typeof nothing {
    const { hotspot, language, folded } = this;
    if (!hotspot) return nothing;
    const kind = hotspotKind(hotspot.kind);
    const facets = kind?.facets(this.opening(hotspot)) ?? [];
    const facet = facets.find((known) => known.key === this.facet) ?? facets[0];
    const title = pick(hotspot.title, language) || (this.record ? textOf(this.record, "title", language) : "");
    const fold = say(language, folded ? "unfoldRecord" : "foldRecord");
    return html`<dialog class=${this.wordsOnly ? "card" : ""} aria-label=${title} @close=${this.onClose} @cancel=${this.onCancel} @keydown=${this.onKey}>
      <button class="round close" aria-label=${say(language, "close")} @click=${this.close}>${icons.close}</button>
      <article class=${facet ? (folded ? "folded" : "") : "words"}>
        ${facet
          ? html`<div class="show ${facets.length > 1 ? "tabbed" : ""}">
              ${this.tabs(facets, facet)}${this.loadFailed ? this.loadTrouble() : facet.body}</div>`
          : nothing}
        <div class="words-side" tabindex=${this.wordsOnly ? "0" : "-1"}>
          ${facet
            ? html`<button class="fold" aria-label=${fold} aria-expanded=${!folded} @click=${() => (this.folded = !folded)}>${icons.fold}</button>`
            : nothing}
          <div class="kind">${kind ? say(language, kind.label) : hotspot.kind}</div>
          <h2>${title}</h2>
          <div class="record">${this.rows(title)} ${this.words(hotspot)} ${this.links(hotspot)}</div>
        </div>
      </article>
    </dialog>`;
  }

  private opening(hotspot: TourHotspot): Opened {
    const { language, record, steps, photographs, chosen } = this;
    return { hotspot, language, record, steps, photographs, chosen, choose: (number) => (this.chosen = number) };
  }

  private get photographs(): Photograph[] {
    return photographsOf(this.hotspot?.target, this.record);
  }

  /** The picture that is shown in deep zoom: its small form, and where the whole of it lies as long as nobody has moved it. */
  private get picture(): { source: string; whole: Quad; zoom: MuseumZoom } | undefined {
    const shown = this.photographs[this.chosen];
    const zoom = this.renderRoot.querySelector<MuseumZoom>(".show museum-zoom");
    if (!shown?.thumbnail || !zoom) return undefined;
    // Its script may still be on its way.
    const ground = (zoom.ground as DOMRect | undefined) ?? zoom.getBoundingClientRect();
    return { source: shown.thumbnail, whole: quadOf(contained(ground, shown.width / shown.height)), zoom };
  }

  /** Within the dialog, since nothing else is above it. */
  private async grow(from: Quad): Promise<void> {
    const { dialog, picture } = this;
    if (!dialog || !picture) return;
    const { zoom } = picture;
    zoom.classList.add("coming");
    const closed = new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    // The picture is looked at while the scripts that let it zoom may still be on their way.
    await travel(dialog, picture.source, from, picture.whole, Promise.race([this.elements, closed]).then(() => zoom.updateComplete));
    zoom.classList.remove("coming");
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private async load(hotspot: TourHotspot): Promise<void> {
    const address = hotspot.target?.record;
    const elements = hotspotKind(hotspot.kind)?.load?.(hotspot.target);
    this.elements = elements?.catch(() => (this.loadFailed = true));
    if (!address) return;
    try {
      const record = await readRecord(address);
      if (this.hotspot === hotspot) this.record = record;
    } catch {
      if (this.hotspot === hotspot) this.recordFailed = true;
    }
  }

  /** The picture's keys need no aim, but the words are scrolled by their own. */
  private onKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key === "Escape" && this.wordsOnly) this.close();
    const reading = event.key.startsWith("Page") && (event.composedPath()[0] as Element).closest(".words-side");
    if (!event.defaultPrevented && !reading) this.picture?.zoom.press?.(event);
  }

  private onCancel(event: Event): void {
    event.preventDefault();
    this.close();
  }

  private onClose(): void {
    this.hotspot = undefined;
    this.dispatchEvent(new CustomEvent("exhibit-close"));
  }

  private tabs(facets: readonly Facet[], chosen: Facet): TemplateResult | typeof nothing {
    if (facets.length < 2) return nothing;
    return html`<div class="facets" role="tablist">
      ${facets.map(
        (facet) => html`<button role="tab" aria-selected=${facet === chosen} @click=${() => (this.facet = facet.key)}>
          ${say(this.language, facet.label)}</button>`,
      )}
    </div>`;
  }

  private loadTrouble(): TemplateResult {
    const retry = (): void => {
      this.loadFailed = false;
      if (this.hotspot) void this.load(this.hotspot);
    };
    return html`<p>${sayFailure(this.language, "pictureFailed")}
      <button class="pill" @click=${retry}>${say(this.language, "retry")}</button></p>`;
  }

  private rows(title: string): TemplateResult | typeof nothing {
    const { language, record } = this;
    if (this.recordFailed) return html`<p class="note">${sayFailure(language, "recordFailed")}</p>`;
    const rows = record ? recordRows(record, language) : [];
    const shows = pick(this.photographs[this.chosen]?.alt, language);
    if (shows && shows !== title) rows.push({ label: say(language, "shows"), value: shows });
    if (rows.length === 0) return nothing;
    return html`<dl>${rows.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
  }

  private words(hotspot: TourHotspot): TemplateResult {
    const own = pick(hotspot.description, this.language);
    const record = this.record;
    const known = record ? textOf(record, "description", this.language) || textOf(record, "caption", this.language) : "";
    return html`${own ? html`<p>${own}</p>` : nothing}${known && known !== own ? html`<p>${known}</p>` : nothing}`;
  }

  /** The thing's own page; another museum's opens beside this one, so that the visit is not lost. */
  private pageLink(page: URL): TemplateResult {
    const words = say(this.language, "openPage");
    if (page.origin === location.origin) return html`<a class="button pill" href=${page.href}>${words}</a>`;
    return html`<a class="button pill" href=${page.href} target="_blank" rel="noopener">${icons.web}${words} · ${page.host}</a>`;
  }

  private links(hotspot: TourHotspot): TemplateResult | typeof nothing {
    const { page, href, iiif, model } = hotspot.target ?? {};
    // Nothing is laid beside anything where only plain files are.
    const compares = copyHere() === undefined;
    const inTheRound = compares && model && page ? new URL(page, location.href) : undefined;
    const image = compares && iiif && !inTheRound ? placesOf(this.photographs[this.chosen]?.iiif ?? iiif) : undefined;
    const outside = hotspot.kind === "web" && href ? new URL(href, location.href) : undefined;
    if (!page && !image && !outside) return nothing;
    return html`<div class="links">
      ${page ? this.pageLink(new URL(page, location.href)) : nothing}
      ${image ? html`<a class="button pill" href="${image.page}?compare=">${icons.compare} ${say(this.language, "compare")}</a>` : nothing}
      ${inTheRound ? html`<a class="button pill" href="${inTheRound.origin}${inTheRound.pathname}?compare=">${icons.compare} ${say(this.language, "compareModels")}</a>` : nothing}
      ${outside && /^https?:$/.test(outside.protocol)
        ? html`<a class="button pill" href=${outside.href} target="_blank" rel="noopener">
              ${say(this.language, "openWeb", { host: outside.host })}</a>
            <span class="note">${say(this.language, "leaves")}</span>`
        : nothing}
    </div>`;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

customElements.define("museum-exhibit", ExhibitDialog);
