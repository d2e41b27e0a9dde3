/**
 * `<museum-zoom src="…/info.json">`: a picture of a IIIF image service in deep zoom. Opens once it comes into view.
 *
 * Attributes
 * - `src`: address of the service's info.json
 * - `label`: what the picture shows; `lang`
 * - `preview`: a small picture of the whole, shown until the tiles are there; `color`: its mean colour
 * - `record`: address of the image in the museum's API, which says how large the thing is, and what may be taken home
 * - `width-mm`: width of the thing itself, for a scale bar, where the page knows it already
 * - `address`: the page's address holds the region that is seen, and opens with it; the page's keys are the picture's
 * - `page`: the address to share where it is not the page's own
 * - `steps`: offer the picture before and the one after
 *
 * Properties: `region` (pixels of the picture; may be set), `look` (see `look.ts`; may be set), `corners` (on the screen).
 * Method: `press(event)`, for keys that were pressed elsewhere.
 * Events, bubbling: `zoom-open` once the picture is there, `zoom-failed`, `zoom-look` {look} whenever it moves, `zoom-step` {by: ±1}.
 */

import { type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf } from "../i18n/languages";
import { type TextKey, say, sayFailure } from "../i18n/catalog";
import { icons } from "../ui/icons";
import type { Quad } from "../ui/quad";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { DeepZoom } from "./deep-zoom";
import { type ImageRecord, readImageRecord } from "./image-record";
import type { Look } from "./look";
import { type PanelName, downloadPanel, keysPanel, sharePanel } from "./panels";
import { type Region, type Size, readRegion, regionPicture, withRegion, writeRegion } from "./region";
import { RegionKeeper } from "./region-keeper";
import { type ScaleBar, scaleBar } from "./scale-bar";
import { type ImageService, readService } from "./service";
import { styles } from "./styles";

const STEP = 1.6;
/** Pixels that a scale bar takes at most. */
const BAR_ROOM = 140;
/** From so much closer than the whole on, the small picture of the whole helps. */
const NAVIGATOR_FROM = 1.3;
/** Narrower than this there is no room for the small picture of the whole. */
const NAVIGATOR_ROOM = 340;

export class MuseumZoom extends SpeakingElement {
  static override properties = {
    src: { type: String },
    label: { type: String },
    preview: { type: String },
    color: { type: String },
    lang: { type: String, reflect: true },
    record: { type: String },
    widthMm: { type: Number, attribute: "width-mm" },
    address: { type: Boolean },
    page: { type: String },
    steps: { type: Boolean },
    failed: { state: true },
    known: { state: true },
    panel: { state: true },
    bar: { state: true },
    said: { state: true },
  };
  static override styles = [theme, styles];

  declare src: string;
  declare label: string;
  declare preview: string;
  declare color: string;
  declare record: string;
  declare widthMm: number;
  declare address: boolean;
  declare page: string;
  declare steps: boolean;
  declare failed: boolean;
  /** What the record says; null where it could not be read. */
  declare known: ImageRecord | undefined | null;
  declare panel: PanelName | undefined;
  declare bar: ScaleBar | undefined;
  declare said: string;

  private zoom: DeepZoom | undefined;
  private service: ImageService | undefined;
  private opening = 0;
  private readonly keeper = new RegionKeeper(this);
  private abort = new AbortController();

  constructor() {
    super();
    this.src = this.label = this.preview = this.color = this.record = this.page = this.said = "";
    this.widthMm = 0;
    this.address = this.steps = this.failed = false;
    this.addController(this.keeper);
  }

  /** The part that is seen, in pixels of the picture. */
  get region(): Region | undefined {
    return this.zoom?.region;
  }

  set region(region: Region | undefined) {
    this.show(region);
  }

  get look(): Look | undefined {
    return this.zoom?.look;
  }

  set look(look: Look | undefined) {
    if (look && this.zoom) this.zoom.look = look;
  }

  /** Pixels of the whole picture, once it is there. */
  get size(): Size | undefined {
    return this.zoom?.size;
  }

  /** Where the whole picture lies in the window, as it is zoomed and turned. */
  get corners(): Quad | undefined {
    return this.zoom?.corners;
  }

  /** Where the picture has its room in the window. */
  get ground(): DOMRect {
    return (this.renderRoot.querySelector(".picture") ?? this).getBoundingClientRect();
  }

  show(region: Region | undefined): void {
    if (region) this.zoom?.show(region, true);
    else this.zoom?.home();
  }

  /** Does what a key stands for; returns whether it stands for anything. */
  press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const act = {
      "+": () => this.zoom?.zoomBy(STEP),
      "=": () => this.zoom?.zoomBy(STEP),
      "-": () => this.zoom?.zoomBy(1 / STEP),
      "0": () => this.zoom?.home(),
      r: () => this.zoom?.rotateBy(event.shiftKey ? -90 : 90),
      f: () => this.toggleFullScreen(),
      "?": () => this.toggle("keys"),
      ...(this.steps && { "[": () => this.step(-1), "]": () => this.step(1), pageup: () => this.step(-1), pagedown: () => this.step(1) }),
      ...(this.panel && { escape: () => this.toggle(undefined) }),
    }[event.key.toLowerCase()];
    if (!act) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.addEventListener("keydown", (event) => this.press(event), { signal });
    document.addEventListener("keydown", (event) => this.onPageKey(event), { signal });
    document.addEventListener("fullscreenchange", () => this.requestUpdate(), { signal });
    if (this.hasUpdated && this.src) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.opening++;
    this.zoom?.destroy();
    this.zoom = undefined;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("src") && this.src) void this.open();
    if (changed.has("record")) this.forget();
    if (changed.has("known")) this.measure();
    if (changed.has("color") && this.color) this.style.backgroundColor = `color-mix(in srgb, ${this.color} 12%, #0a0908)`;
    // The page's policy forbids style attributes, but not this.
    const bar = this.renderRoot.querySelector<HTMLElement>(".bar i");
    if (bar && this.bar) bar.style.inlineSize = `${this.bar.length.toFixed(1)}px`;
    if (changed.has("label")) this.zoom?.canvas.setAttribute("aria-label", this.name);
  }

  override render(): TemplateResult {
    const { language, preview } = this;
    return html`${preview && !this.keeper.asked ? html`<img class="preview" src=${preview} alt="" crossorigin="anonymous">` : nothing}
      <div class="picture"></div>
      <div class="navigator" aria-hidden="true"></div>
      ${this.failed
        ? html`<div class="trouble" role="alert"><p>${sayFailure(language, "pictureFailed")}</p>
            <button class="pill" @click=${() => void this.open()}>${say(language, "retry")}</button></div>`
        : html`${this.steps ? this.stepButtons() : nothing}
            <div class="tools">${this.buttons()} ${this.bar ? barShown(this.bar, language) : nothing} ${this.opened()}</div>`}
      <div class="unseen" aria-live="polite">${this.said}</div>`;
  }

  private get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  private get name(): string {
    return this.label || say(this.language, "picture");
  }

  private button(text: TextKey, icon: TemplateResult, act: () => void, more: { pressed?: boolean; shape?: string } = {}): TemplateResult {
    const words = say(this.language, text);
    return html`<button class="round ${more.shape ?? ""}" title=${words} aria-label=${words}
      aria-expanded=${more.pressed ?? nothing} @click=${act}>${icon}</button>`;
  }

  private buttons(): TemplateResult {
    // Whichever element fills the screen, the button leaves it: within another element's shadow this one is not known to the document.
    const full = document.fullscreenElement !== null;
    const opens = (name: PanelName, text: TextKey, icon: TemplateResult): TemplateResult =>
      this.button(text, icon, () => this.toggle(name), { pressed: this.panel === name, shape: name });
    return html`<div class="buttons" role="group" aria-label=${say(this.language, "controls")}>
      ${opens("share", "share", icons.share)} ${this.record ? opens("download", "download", icons.download) : nothing}
      ${this.button("zoomIn", icons.plus, () => this.zoom?.zoomBy(STEP))}
      ${this.button("zoomOut", icons.minus, () => this.zoom?.zoomBy(1 / STEP))}
      ${this.button("whole", icons.whole, () => this.zoom?.home())}
      ${this.button("rotate", icons.rotate, () => this.zoom?.rotateBy(90))}
      ${opens("keys", "help", icons.help)}
      ${document.fullscreenEnabled
        ? this.button(full ? "leaveFullScreen" : "fullScreen", full ? icons.leaveFullScreen : icons.fullScreen, () => this.toggleFullScreen())
        : nothing}
    </div>`;
  }

  private stepButtons(): TemplateResult {
    return html`${this.button("previousPicture", icons.previous, () => this.step(-1), { shape: "step previous" })}
      ${this.button("nextPicture", icons.next, () => this.step(1), { shape: "step next" })}`;
  }

  private opened(): TemplateResult | typeof nothing {
    const { language, panel, region } = this;
    if (panel === "keys") return keysPanel(language, this.steps);
    if (panel === "download") return downloadPanel(language, this.known, () => void this.readRecord());
    if (panel !== "share") return nothing;
    const picture = this.detailPicture(region);
    return sharePanel(language, { picture, said: this.said, copy: () => void this.copy(this.sharedAddress()) });
  }

  private toggle(panel: PanelName | undefined): void {
    this.said = "";
    this.panel = this.panel === panel ? undefined : panel;
    if (this.panel === "download" && !this.known) void this.readRecord();
  }

  private sharedAddress(): string {
    const { region, size } = this;
    const page = new URL(this.page || location.href, document.baseURI).href;
    return withRegion(page, region && size ? writeRegion(region, size) : undefined);
  }

  /** Address of the part that is seen as a picture of its own, where the service can make it. */
  private detailPicture(region: Region | undefined): string | undefined {
    const { size, service } = this;
    if (!service || service.tilesOnly) return undefined;
    const within = size && region ? readRegion(writeRegion(region, size) ?? null, size) : undefined;
    return within ? regionPicture(service.address, within) : `${service.address}/full/max/0/default.jpg`;
  }

  private async copy(address: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(address);
      this.said = say(this.language, "copied");
    } catch {
      // Without a secure context there is no clipboard: the address itself can still be marked and copied.
      this.said = address;
    }
  }

  private toggleFullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void this.requestFullscreen();
  }

  private step(by: 1 | -1): void {
    this.send("zoom-step", { by });
  }

  /** On the picture's own page a key needs no aim. */
  private onPageKey(event: KeyboardEvent): void {
    const aimed = event.target !== document.body && event.target !== document.documentElement;
    if (this.address && !aimed && !event.defaultPrevented && !event.key.startsWith("Page")) this.press(event);
  }

  private forget(): void {
    this.known = undefined;
    if (this.record && !this.widthMm) void this.readRecord();
  }

  private async readRecord(): Promise<void> {
    const { record } = this;
    this.known = undefined;
    const known = await readImageRecord(record).catch(() => null);
    if (record === this.record) this.known = known;
  }

  private async open(): Promise<void> {
    const order = ++this.opening;
    this.failed = false;
    this.panel = this.bar = undefined;
    // Nothing of the picture before lies over the next one's.
    this.zoom?.destroy();
    this.zoom = undefined;
    this.renderRoot.querySelector(".preview")?.classList.remove("gone");
    this.renderRoot.querySelector(".navigator")?.classList.remove("shown");
    const coming = Promise.all([import("openseadragon"), readService(this.src)]);
    try {
      await coming;
    } catch {
      if (order === this.opening) this.fail();
      return;
    }
    await Promise.all([this.updateComplete, inSight(this)]);
    if (order !== this.opening || !this.isConnected) return;
    const [library, service] = await coming;
    this.service = service;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const roomy = this.clientWidth >= NAVIGATOR_ROOM;
    const zoom = new DeepZoom(
      library.default,
      this.renderRoot.querySelector<HTMLElement>(".picture")!,
      service.said,
      { still, navigator: roomy ? this.renderRoot.querySelector<HTMLElement>(".navigator")! : undefined },
      {
        opened: () => {
          this.keeper.arrive();
          this.send("zoom-open", {});
        },
        failed: () => this.fail(),
        moved: () => this.moved(),
        sharp: () => this.uncover(),
      },
    );
    this.zoom = zoom;
    zoom.canvas.setAttribute("role", "application");
    zoom.canvas.setAttribute("aria-label", this.name);
  }

  private moved(): void {
    const { zoom } = this;
    if (!zoom?.size) return;
    const { look } = zoom;
    if (look.zoom > 1.02 || look.turn !== 0) this.uncover();
    this.renderRoot.querySelector(".navigator")?.classList.toggle("shown", look.zoom >= NAVIGATOR_FROM);
    this.measure();
    this.send("zoom-look", { look });
    this.keeper.moved();
  }

  private measure(): void {
    const { zoom, size } = this;
    const width = this.widthMm || this.known?.widthMm || 0;
    if (!size || !zoom || width <= 0) this.bar = undefined;
    else this.bar = scaleBar(width / size.width / zoom.scale, Math.min(BAR_ROOM, this.clientWidth / 3));
  }

  private uncover(): void {
    this.renderRoot.querySelector(".preview")?.classList.add("gone");
  }

  private fail(): void {
    this.failed = true;
    this.send("zoom-failed", {});
  }

  private send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Resolves once `element` is in sight, or nearly. */
function inSight(element: Element): Promise<void> {
  return new Promise((resolve) => {
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        resolve();
      },
      { rootMargin: "25%" },
    );
    watch.observe(element);
  });
}

function barShown({ value, unit }: ScaleBar, language: Language): TemplateResult {
  const words = `${value} ${say(language, `unit_${unit}`)}`;
  return html`<div class="bar" role="img" aria-label=${say(language, "scaleBar", { length: words })}><span>${words}</span>
    <i></i></div>`;
}

customElements.define("museum-zoom", MuseumZoom);
