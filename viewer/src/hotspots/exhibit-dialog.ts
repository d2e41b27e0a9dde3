/** `<museum-exhibit>`: the dialog in which a hotspot opens. What it shows is the kind's; the record beside it is the same for all. */

import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { type Language, languageOf, pick } from "../i18n/languages";
import { say } from "../i18n/catalog";
import type { TourHotspot } from "../tour/types";
import { icons } from "../ui/icons";
import { theme } from "../ui/theme";
import { type Box, contained, travel } from "./grow";
import { type CollectionRecord, readRecord, recordRows, textOf } from "./record";
import { type Facet, hotspotKind } from "./registry";

export type Place = (hotspot: number) => Box | undefined;

export class ExhibitDialog extends LitElement {
  static override properties = {
    language: { type: String },
    hotspot: { state: true },
    record: { state: true },
    recordFailed: { state: true },
    facet: { state: true },
    steps: { type: Boolean },
    loadFailed: { state: true },
  };
  static override styles = [
    theme,
    css`
      dialog {
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        max-inline-size: none;
        max-block-size: none;
        margin: 0;
        padding: 0;
        border: 0;
        background: transparent;
        color: inherit;
        overflow: hidden;
      }
      dialog::backdrop {
        background: rgb(8 7 6 / 0.9);
        backdrop-filter: blur(18px);
      }
      dialog[open]:not(.grows) {
        animation: rise 0.28s cubic-bezier(0.2, 0.6, 0.2, 1);
      }
      @keyframes rise {
        from { opacity: 0; transform: translateY(1rem); }
      }
      article {
        block-size: 100%;
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(19rem, 25rem);
      }
      article.words {
        grid-template-columns: minmax(0, 40rem);
        place-content: center;
      }
      .show {
        position: relative;
        min-block-size: 0;
        display: grid;
        background: #0a0908;
      }
      .show.coming > * {
        visibility: hidden;
      }
      dialog.grows[open] .words-side,
      dialog.grows[open] .close {
        animation: rise 0.38s cubic-bezier(0.2, 0.6, 0.2, 1);
      }
      .show > * {
        min-inline-size: 0;
        min-block-size: 0;
      }
      .cover, video {
        inline-size: 100%;
        block-size: 100%;
        object-fit: contain;
        padding: clamp(1rem, 4vw, 4rem);
      }
      audio {
        place-self: center;
        inline-size: min(32rem, 90%);
      }
      .facets {
        position: absolute;
        inset-block-start: 1rem;
        inset-inline-start: 1rem;
        display: flex;
        gap: 0.25rem;
        padding: 0.25rem;
        border-radius: 1.6rem;
        background: rgb(15 13 11 / 0.72);
        z-index: 2;
      }
      .facets button {
        padding: 0.35rem 1.1rem;
        min-block-size: 2.75rem;
        border-radius: 1.2rem;
      }
      .facets button[aria-selected='true'] {
        background: var(--_accent);
        color: #201709;
      }
      .words-side {
        padding: clamp(1.5rem, 3vw, 3rem) clamp(1.25rem, 2.5vw, 2.25rem) 3rem;
        overflow-y: auto;
        overscroll-behavior: contain;
        background: var(--_ground);
        user-select: text;
        -webkit-user-select: text;
      }
      .kind {
        color: var(--_accent);
        font-size: 0.875rem;
        margin: 0 3rem 0.35rem 0;
      }
      h2 {
        font: 500 clamp(1.375rem, 2.2vw, 1.875rem) / 1.35 var(--_serif);
        margin: 0 3rem 1.5rem 0;
        text-wrap: balance;
      }
      dl {
        margin: 0 0 1.5rem;
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 0.5rem 1.25rem;
      }
      dt {
        color: var(--_quiet);
      }
      dd {
        margin: 0;
      }
      p {
        margin: 0 0 1rem;
        line-height: 1.85;
        white-space: pre-line;
      }
      .links {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: center;
        margin-block-start: 1.75rem;
      }
      .pill {
        box-shadow: inset 0 0 0 1px var(--_line);
      }
      .note {
        color: var(--_quiet);
        font-size: 0.875rem;
      }
      .close {
        position: fixed;
        inset-block-start: 1rem;
        inset-inline-end: 1rem;
        z-index: 3;
      }
      @media (max-width: 52rem) {
        article {
          grid-template: minmax(0, 58fr) minmax(0, 42fr) / minmax(0, 1fr);
        }
        article.words {
          grid-template-rows: auto;
        }
        h2 { margin-block-end: 1rem; }
        .show ~ .words-side h2, .show ~ .words-side .kind { margin-inline-end: 0; }
      }
    `,
  ];

  declare language: Language;
  declare hotspot: TourHotspot | undefined;
  declare record: CollectionRecord | undefined;
  declare recordFailed: boolean;
  declare loadFailed: boolean;
  declare facet: string;
  /** Whether other pictures hang beside what is shown. */
  declare steps: boolean;
  private place: Place | undefined;

  constructor() {
    super();
    this.language = languageOf(undefined);
    this.recordFailed = false;
    this.loadFailed = false;
    this.facet = "";
    this.steps = false;
  }

  /** Opens what the hotspot leads to. `place` says where a hotspot lies on the screen: its picture comes from there, and goes back. */
  async open(hotspot: TourHotspot, place?: Place): Promise<void> {
    this.place = place;
    const from = place?.(hotspot.id);
    await this.show(hotspot);
    const { dialog } = this;
    if (!dialog) return;
    dialog.classList.toggle("grows", from !== undefined);
    dialog.showModal();
    const { picture } = this;
    if (from && picture) await this.travel(picture.source, from, contained(picture.box, picture.shape));
  }

  /** Shows another hotspot in the dialog as it stands. */
  async show(hotspot: TourHotspot): Promise<void> {
    this.hotspot = hotspot;
    this.record = undefined;
    this.recordFailed = this.loadFailed = false;
    this.facet = "";
    void this.load(hotspot);
    await this.updateComplete;
  }

  close(): void {
    const { dialog, hotspot, picture } = this;
    const to = hotspot && this.place?.(hotspot.id);
    if (dialog?.open && picture && to) void travel(this.renderRoot, picture.source, contained(picture.box, picture.shape), to);
    dialog?.close();
  }

  get opened(): boolean {
    return this.dialog?.open ?? false;
  }

  override render(): TemplateResult | typeof nothing {
    const { hotspot, language } = this;
    if (!hotspot) return nothing;
    const kind = hotspotKind(hotspot.kind);
    const facets = kind?.facets({ hotspot, language, record: this.record, steps: this.steps }) ?? [];
    const facet = facets.find((known) => known.key === this.facet) ?? facets[0];
    const title = pick(hotspot.title, language) || (this.record ? textOf(this.record, "title", language) : "");
    return html`<dialog aria-label=${title} @close=${this.onClose} @cancel=${this.onCancel} @keydown=${(event: Event) => event.stopPropagation()}>
      <button class="round close" aria-label=${say(language, "close")} @click=${this.close}>${icons.close}</button>
      <article class=${facet ? "" : "words"}>
        ${facet ? html`<div class="show">${this.tabs(facets, facet)}${this.loadFailed ? this.loadTrouble() : facet.body}</div>` : nothing}
        <div class="words-side" tabindex="-1">
          <div class="kind">${kind ? say(language, kind.label) : hotspot.kind}</div>
          <h2>${title}</h2>
          ${this.rows()} ${this.words(hotspot)} ${this.links(hotspot)}
        </div>
      </article>
    </dialog>`;
  }

  /** The picture that is shown: its small form, its shape, and the box that it has. */
  private get picture(): { source: string; shape: number; box: DOMRect } | undefined {
    const { thumbnail, iiif, width, height } = this.hotspot?.target ?? {};
    const show = this.renderRoot.querySelector(".show");
    if (!thumbnail || !iiif || !width || !height || !show) return undefined;
    return { source: thumbnail, shape: width / height, box: show.getBoundingClientRect() };
  }

  /** Within the dialog, since nothing else is above it. */
  private async travel(source: string, from: Box, to: Box): Promise<void> {
    const show = this.renderRoot.querySelector<HTMLElement>(".show");
    const { dialog } = this;
    if (!show || !dialog) return;
    show.classList.add("coming");
    await travel(dialog, source, from, to);
    show.classList.remove("coming");
  }

  private get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector("dialog");
  }

  private async load(hotspot: TourHotspot): Promise<void> {
    const address = hotspot.target?.record;
    const elements = hotspotKind(hotspot.kind)?.load?.();
    elements?.catch(() => (this.loadFailed = true));
    if (!address) return;
    try {
      const record = await readRecord(address);
      if (this.hotspot === hotspot) this.record = record;
    } catch {
      if (this.hotspot === hotspot) this.recordFailed = true;
    }
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
    return html`<p>${say(this.language, "pictureFailed")}
      <button class="pill" @click=${retry}>${say(this.language, "retry")}</button></p>`;
  }

  private rows(): TemplateResult | typeof nothing {
    if (this.recordFailed) return html`<p class="note">${say(this.language, "recordFailed")}</p>`;
    const rows = this.record ? recordRows(this.record, this.language) : [];
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
    const { page, href } = hotspot.target ?? {};
    const outside = hotspot.kind === "web" && href ? new URL(href, location.href) : undefined;
    if (!page && !outside) return nothing;
    return html`<div class="links">
      ${page ? this.pageLink(new URL(page, location.href)) : nothing}
      ${outside && /^https?:$/.test(outside.protocol)
        ? html`<a class="button pill" href=${outside.href} target="_blank" rel="noopener">
              ${say(this.language, "openWeb", { host: outside.host })}</a>
            <span class="note">${say(this.language, "leaves")}</span>`
        : nothing}
    </div>`;
  }
}

customElements.define("museum-exhibit", ExhibitDialog);
