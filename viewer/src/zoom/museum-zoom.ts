/**
 * `<museum-zoom src="…/info.json">`: a picture of a IIIF image service in deep zoom.
 *
 * Attributes
 * - `src`: address of the service's info.json
 * - `label`: what the picture shows; `lang`
 * - `preview`: a small picture of the whole, shown until the tiles are there; `color`: its mean colour
 * - `width-mm`: width of the thing itself, for a scale bar
 * - `address`: the page's address holds the region that is seen, and opens with it
 * - `page`: the address to share where it is not the page's own
 * - `steps`: offer the picture before and the one after
 *
 * Properties: `region` (pixels of the picture; may be set), `look` (see `look.ts`; may be set).
 * Events, bubbling: `zoom-open` once the picture is there, `zoom-failed`, `zoom-look` {look} whenever it moves, `zoom-step` {by: ±1}.
 */

import { LitElement, type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf } from "../i18n/languages";
import { type TextKey, say } from "../i18n/catalog";
import { icons } from "../ui/icons";
import { theme } from "../ui/theme";
import { DeepZoom } from "./deep-zoom";
import type { Look } from "./look";
import { type Region, readRegion, regionPicture, withRegion, writeRegion } from "./region";
import { type ScaleBar, scaleBar } from "./scale-bar";
import { styles } from "./styles";

type Panel = "share" | "keys" | undefined;

const STEP = 1.6;
/** Pixels that a scale bar takes at most. */
const BAR_ROOM = 140;
/** The region is written into the address once the picture has rested so long. */
const KEEP_AFTER = 400;
/** From so much closer than the whole on, the small picture of the whole helps. */
const NAVIGATOR_FROM = 1.3;
const KEYS: readonly [keys: string[], text: TextKey][] = [
  [["←", "→", "↑", "↓"], "keyMove"],
  [["+", "−"], "keyZoom"],
  [["0"], "whole"],
  [["R"], "rotate"],
  [["F"], "fullScreen"],
];

export class MuseumZoom extends LitElement {
  static override properties = {
    src: { type: String },
    label: { type: String },
    preview: { type: String },
    color: { type: String },
    lang: { type: String, reflect: true },
    widthMm: { type: Number, attribute: "width-mm" },
    address: { type: Boolean },
    page: { type: String },
    steps: { type: Boolean },
    failed: { state: true },
    panel: { state: true },
    bar: { state: true },
    said: { state: true },
  };
  static override styles = [theme, styles];

  declare src: string;
  declare label: string;
  declare preview: string;
  declare color: string;
  declare widthMm: number;
  declare address: boolean;
  declare page: string;
  declare steps: boolean;
  declare failed: boolean;
  declare panel: Panel;
  declare bar: ScaleBar | undefined;
  declare said: string;

  private zoom: DeepZoom | undefined;
  private opening = 0;
  /** What was seen when the region in the address was shown. */
  private arrived: Region | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private abort = new AbortController();

  constructor() {
    super();
    this.src = this.label = this.preview = this.color = this.page = this.said = "";
    this.widthMm = 0;
    this.address = this.steps = this.failed = false;
  }

  /** The part that is seen, in pixels of the picture. */
  get region(): Region | undefined {
    return this.zoom?.region;
  }

  set region(region: Region | undefined) {
    if (region) this.zoom?.show(region, true);
    else this.zoom?.home();
  }

  get look(): Look | undefined {
    return this.zoom?.look;
  }

  set look(look: Look | undefined) {
    if (look && this.zoom) this.zoom.look = look;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.addEventListener("keydown", (event) => this.onKey(event), { signal });
    window.addEventListener("popstate", () => this.showAddressed(), { signal });
    document.addEventListener("fullscreenchange", () => this.requestUpdate(), { signal });
    if (this.hasUpdated && this.src) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.opening++;
    clearTimeout(this.keeping);
    this.zoom?.destroy();
    this.zoom = undefined;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("src") && this.src) void this.open();
    if (changed.has("color") && this.color) this.style.backgroundColor = `color-mix(in srgb, ${this.color} 12%, #0a0908)`;
    // The page's policy forbids style attributes, but not this.
    const bar = this.renderRoot.querySelector<HTMLElement>(".bar i");
    if (bar && this.bar) bar.style.inlineSize = `${this.bar.length.toFixed(1)}px`;
    if (changed.has("label")) this.zoom?.canvas.setAttribute("aria-label", this.name);
  }

  override render(): TemplateResult {
    const { language, preview } = this;
    return html`${preview && !this.asked ? html`<img class="preview" src=${preview} alt="" crossorigin="anonymous">` : nothing}
      <div class="picture"></div>
      <div class="navigator" aria-hidden="true"></div>
      ${this.failed
        ? html`<div class="trouble" role="alert"><p>${say(language, "pictureFailed")}</p>
            <button class="pill" @click=${() => void this.open()}>${say(language, "retry")}</button></div>`
        : html`${this.bar ? barShown(this.bar, language) : nothing} ${this.steps ? this.stepButtons() : nothing} ${this.buttons()}
            ${this.panel === "share" ? this.sharePanel() : this.panel === "keys" ? this.keysPanel() : nothing}`}
      <div class="unseen" aria-live="polite">${this.said}</div>`;
  }

  private get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  private get name(): string {
    return this.label || say(this.language, "picture");
  }

  /** The region that the page's address asks for. */
  private get asked(): string | null {
    return this.address ? new URLSearchParams(location.search).get("region") : null;
  }

  private button(text: TextKey, icon: TemplateResult, act: () => void, more: { pressed?: boolean; shape?: string } = {}): TemplateResult {
    const words = say(this.language, text);
    return html`<button class="round ${more.shape ?? ""}" title=${words} aria-label=${words}
      aria-expanded=${more.pressed ?? nothing} @click=${act}>${icon}</button>`;
  }

  private buttons(): TemplateResult {
    const { language } = this;
    const full = document.fullscreenElement === this;
    return html`<div class="buttons" role="group" aria-label=${say(language, "controls")}>
      <slot name="buttons"></slot>
      ${this.button("share", icons.share, () => this.toggle("share"), { pressed: this.panel === "share" })}
      ${this.button("zoomIn", icons.plus, () => this.zoom?.zoomBy(STEP))}
      ${this.button("zoomOut", icons.minus, () => this.zoom?.zoomBy(1 / STEP))}
      ${this.button("whole", icons.whole, () => this.zoom?.home())}
      ${this.button("rotate", icons.rotate, () => this.zoom?.rotateBy(90))}
      ${this.button("help", icons.help, () => this.toggle("keys"), { pressed: this.panel === "keys" })}
      ${document.fullscreenEnabled
        ? this.button(full ? "leaveFullScreen" : "fullScreen", full ? icons.leaveFullScreen : icons.fullScreen, () => this.toggleFullScreen())
        : nothing}
    </div>`;
  }

  private stepButtons(): TemplateResult {
    return html`${this.button("previousPicture", icons.previous, () => this.step(-1), { shape: "step previous" })}
      ${this.button("nextPicture", icons.next, () => this.step(1), { shape: "step next" })}`;
  }

  private sharePanel(): TemplateResult {
    const { language } = this;
    const { region } = this;
    return html`<section class="panel" aria-label=${say(language, "share")}>
      <h3>${say(language, "share")}</h3>
      <ul>
        <li><button class="pill" @click=${() => void this.copy(this.sharedAddress())}>${say(language, "copyDetail")}</button></li>
        ${region
          ? html`<li><a class="button pill" target="_blank" rel="noopener" href=${this.detailPicture(region)}>
              ${say(language, "detailPicture")}</a></li>`
          : nothing}
      </ul>
      <p>${this.said || say(language, "shareNote")}</p>
    </section>`;
  }

  private keysPanel(): TemplateResult {
    const { language } = this;
    const steps: typeof KEYS = this.steps ? [[["[", "]"], "keyStep"]] : [];
    return html`<section class="panel" aria-label=${say(language, "help")}>
      <h3>${say(language, "help")}</h3>
      <dl>${[...KEYS, ...steps].map(
        ([keys, text]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${say(language, text)}</dd>`,
      )}</dl>
      <p>${say(language, "zoomHint")}</p>
    </section>`;
  }

  private toggle(panel: Panel): void {
    this.said = "";
    this.panel = this.panel === panel ? undefined : panel;
  }

  /** The service, from the address of its info.json. */
  private get service(): string {
    return new URL(this.src.replace(/\/info\.json$/, ""), document.baseURI).href;
  }

  private sharedAddress(): string {
    const { region, zoom } = this;
    const size = zoom?.size;
    const page = new URL(this.page || location.href, document.baseURI).href;
    return withRegion(page, region && size ? writeRegion(region, size) : undefined);
  }

  private detailPicture(region: Region): string {
    const size = this.zoom?.size;
    const within = size ? readRegion(writeRegion(region, size) ?? null, size) : undefined;
    return within ? regionPicture(this.service, within) : `${this.service}/full/max/0/default.jpg`;
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

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
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
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  private async open(): Promise<void> {
    const order = ++this.opening;
    this.failed = false;
    this.panel = this.bar = undefined;
    this.renderRoot.querySelector(".preview")?.classList.remove("gone");
    let library: typeof import("openseadragon");
    try {
      library = (await import("openseadragon")).default;
    } catch {
      this.fail();
      return;
    }
    await this.updateComplete;
    if (order !== this.opening || !this.isConnected) return;
    this.zoom?.destroy();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const roomy = this.clientWidth >= 480;
    const zoom = new DeepZoom(
      library,
      this.renderRoot.querySelector<HTMLElement>(".picture")!,
      this.src,
      { still, navigator: roomy ? this.renderRoot.querySelector<HTMLElement>(".navigator")! : undefined },
      {
        opened: () => this.opened(),
        failed: () => this.fail(),
        moved: () => this.moved(),
        sharp: () => this.uncover(),
      },
    );
    this.zoom = zoom;
    zoom.canvas.setAttribute("role", "application");
    zoom.canvas.setAttribute("aria-label", this.name);
  }

  private opened(): void {
    this.showAddressed();
    this.send("zoom-open", {});
  }

  /** Shows what the page's address asks for. */
  private showAddressed(): void {
    const size = this.zoom?.size;
    if (!this.address || !size) return;
    const region = readRegion(this.asked, size);
    this.arrived = undefined;
    if (region) {
      this.zoom?.show(region, true);
      this.arrived = this.region;
    } else if (this.asked === null) {
      this.zoom?.home();
    }
  }

  private moved(): void {
    const { zoom } = this;
    if (!zoom) return;
    const { look } = zoom;
    if (look.zoom > 1.02) this.uncover();
    this.renderRoot.querySelector(".navigator")?.classList.toggle("shown", look.zoom >= NAVIGATOR_FROM);
    const size = zoom.size;
    this.bar = this.widthMm > 0 && size ? scaleBar(this.widthMm / size.width / zoom.scale, Math.min(BAR_ROOM, this.clientWidth / 3)) : undefined;
    this.send("zoom-look", { look });
    if (!this.address) return;
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepRegion(), KEEP_AFTER);
  }

  private uncover(): void {
    this.renderRoot.querySelector(".preview")?.classList.add("gone");
  }

  private keepRegion(): void {
    const size = this.zoom?.size;
    const { region } = this;
    // As long as nobody has moved, the address stays as it came: another screen shows more around the same region.
    if (!size || !region || (this.arrived && same(region, this.arrived))) return;
    this.arrived = undefined;
    const address = withRegion(location.href, writeRegion(region, size));
    if (address !== location.href) history.replaceState(history.state, "", address);
  }

  private fail(): void {
    this.failed = true;
    this.send("zoom-failed", {});
  }

  private send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function same(a: Region, b: Region): boolean {
  const near = Math.max(1, b.width / 500);
  return [a.x - b.x, a.y - b.y, a.width - b.width, a.height - b.height].every((apart) => Math.abs(apart) <= near);
}

function barShown({ value, unit }: ScaleBar, language: Language): TemplateResult {
  const words = `${value} ${say(language, `unit_${unit}`)}`;
  return html`<div class="bar" role="img" aria-label=${say(language, "scaleBar", { length: words })}><span>${words}</span>
    <i></i></div>`;
}

customElements.define("museum-zoom", MuseumZoom);
