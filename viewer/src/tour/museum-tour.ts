/**
 * `<museum-tour src="/api/v1/scenes/{slug}/tour.json">`: a tour to walk through, in one tag.
 *
 * Attributes
 * - `src`: address of the tour of the first scene
 * - `lang`: `zh-Hans`, `zh-Hant` or `en`; changing it changes all texts at once. Without it the page's language holds.
 * - `scene`: slug of another scene of the same server to go to
 * - `address`: the page's own address follows scene and view, and the browser's back button leads back
 *
 * Properties: `view` (yaw, pitch, fov in degrees, in the current scene; may be set), `scene` (slug), `tour` (the current tour.json),
 * `ready` (a promise for the current view drawn at full sharpness), `moving` (turning, or fading into another scene),
 * `statistics` (frames, texture bytes).
 *
 * Events, bubbling: `scene-change` {slug, title, url, kind}, `view-change` {yaw, pitch, fov}, `hotspot-open` {id, kind}, `hotspot-close`.
 * On `document` it hears and sends `museum:language` {language}.
 */

import { LitElement, type TemplateResult, html, nothing, render as renderInto } from "lit";
import "../hotspots/exhibit-dialog";
import type { ExhibitDialog } from "../hotspots/exhibit-dialog";
import { LANGUAGES, type Language, languageOf, pick } from "../i18n/languages";
import { say, sayYear } from "../i18n/catalog";
import type { Stage } from "../panorama/stage";
import { ViewController } from "../panorama/view-controller";
import type { View } from "../panorama/view";
import { theme } from "../ui/theme";
import { viewFromQuery } from "./address";
import { controls } from "./controls";
import { turnCone } from "./floor-plan";
import { Guide } from "./guide";
import { helpDialog } from "./help";
import { completeView } from "./journey";
import { hotspotButton, labelOf, linkButton, markPitch, outlines, readingOrder } from "./marks";
import { type Mark, Overlay } from "./overlay";
import { paintPoster } from "./poster";
import { styles } from "./styles";
import { bigYear, timeControl } from "./time-control";
import { TourClient, TourMissing } from "./tour-client";
import { OwnTrail, PageTrail, type Trail } from "./trail";
import type { Tour, TourHotspot, TourLink } from "./types";

type Trouble = { text: "failed" | "missing" | "offline" | "lost" | "noWebGL"; retry?: () => void };

const IDLE_AFTER = 3500;
const KEEP_VIEW_AFTER = 250;
/** Pixels that a pointer may move in a press without making it a drag. */
const PRESS_MOVES = 6;
const client = new TourClient();

export class MuseumTour extends LitElement {
  static override properties = {
    src: { type: String },
    lang: { type: String, reflect: true },
    scene: { type: String },
    address: { type: Boolean },
    tour: { state: true },
    waiting: { state: true },
    trouble: { state: true },
    planShown: { state: true },
    passedYear: { state: true },
    announcement: { state: true },
  };
  static override styles = [theme, styles];

  declare src: string;
  declare address: boolean;
  declare tour: Tour | undefined;
  declare waiting: boolean;
  declare trouble: Trouble | undefined;
  declare planShown: boolean;
  declare passedYear: number | undefined;
  declare announcement: string;

  private stage: Stage | undefined;
  private guide: Guide | undefined;
  private controller: ViewController | undefined;
  private trail: Trail | undefined;
  private readonly overlay = new Overlay();
  private readonly watchSize = new ResizeObserver(() => this.resize());
  private readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  private abort = new AbortController();
  private sharp = deferred();
  private isSharp = false;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private pointed: { id: number; link: boolean } | undefined;
  private pressed: { x: number; y: number } | undefined;
  private grip: { x: number; y: number } | undefined;
  private opener: HTMLElement | undefined;
  private lastView = "";
  private wantedScene = "";

  constructor() {
    super();
    this.src = this.announcement = "";
    this.address = this.waiting = false;
    this.planShown = matchMedia("(min-width: 60rem)").matches;
  }

  /** Slug of the current scene. Setting it goes there. */
  get scene(): string {
    return this.tour?.scene.slug ?? this.wantedScene;
  }

  set scene(slug: string) {
    this.wantedScene = slug;
    if (!slug || !this.tour || slug === this.tour.scene.slug) return;
    const link = this.tour.scene.links.find((known) => known.scene === slug);
    if (link) void this.follow(link);
    else void this.guide?.start(this.siblingAddress(slug), {});
  }

  /** The view in the current scene, in degrees. */
  get view(): View {
    return this.guide?.view ?? { yaw: 0, pitch: 0, fov: 75 };
  }

  set view(view: Partial<View>) {
    this.awaitSharp();
    void this.guide?.look(view);
    this.stage?.invalidate();
  }

  /** Resolves when the current view is drawn at full sharpness. */
  get ready(): Promise<void> {
    return this.sharp.promise;
  }

  /** Whether the view turns or one scene fades into another. */
  get moving(): boolean {
    return (this.controller?.moving || this.guide?.passing) ?? false;
  }

  /** What drawing costs: frames drawn so far, bytes of tiles held on the GPU. */
  get statistics(): { frames: number; textureBytes: number; ratio: number } {
    return { frames: this.stage?.frames ?? 0, textureBytes: this.stage?.store.bytes ?? 0, ratio: this.stage?.ratio ?? 0 };
  }

  /** Moves to a view within `seconds`. */
  turnTo(view: Partial<View>, seconds = 0.8): Promise<void> {
    return this.guide?.look(view, this.calm.matches ? 0 : seconds) ?? Promise.resolve();
  }

  private get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    const { signal } = this.abort;
    document.addEventListener(
      "museum:language",
      (event) => {
        const { language } = (event as CustomEvent<{ language?: string }>).detail ?? {};
        if (language) this.lang = languageOf(language);
      },
      { signal },
    );
    for (const type of ["pointermove", "pointerdown", "keydown", "focusin", "wheel"]) {
      this.addEventListener(type, () => this.wake(), { signal, passive: true });
    }
    this.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener("fullscreenchange", () => this.requestUpdate(), { signal });
    window.addEventListener("online", () => this.retry(), { signal });
    this.wake();
    if (this.hasUpdated) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    clearTimeout(this.idle);
    clearTimeout(this.keeping);
    this.watchSize.disconnect();
    this.guide?.dispose();
    this.controller?.dispose();
    this.trail?.dispose();
    this.stage?.dispose();
    this.stage = this.guide = this.controller = this.trail = this.tour = undefined;
  }

  override firstUpdated(): void {
    void this.open();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("tour") || changed.has("lang")) this.placeMarks(changed.has("tour"));
    if (changed.has("planShown")) this.stage?.invalidate();
  }

  override render(): TemplateResult {
    const { tour, language } = this;
    const title = tour ? pick(tour.scene.title, language) : "";
    return html`
      <div class="poster"></div>
      <div class="stage" tabindex="0" role="application" aria-label=${say(language, "tour", { title })}
        @pointermove=${this.onPoint} @pointerdown=${this.onPress} @pointerup=${this.onRelease} @pointerleave=${() => this.point(undefined)}>
        <canvas></canvas>
      </div>
      <div class="ring"></div>
      ${tour ? this.marks(tour) : nothing}
      ${this.passedYear !== undefined ? bigYear(this.passedYear, tour?.scene.era ?? undefined, language) : nothing}
      ${tour ? this.caption(tour) : nothing}
      ${tour
        ? controls({
            tour,
            language,
            planShown: this.planShown,
            languages: this.offersLanguages ? LANGUAGES : [],
            departure: this.guide?.departure?.title,
            zoom: (factor) => this.controller?.zoomBy(factor),
            togglePlan: () => (this.planShown = !this.planShown),
            fullScreen: () => this.toggleFullScreen(),
            help: () => this.showHelp(),
            inFullScreen: document.fullscreenElement === this,
            back: () => this.guide?.back(),
            follow: (link) => void this.follow(link),
            speak: (chosen) => this.speak(chosen),
          })
        : nothing}
      ${this.waiting ? html`<div class="waiting"></div>` : nothing}
      ${this.trouble ? this.troubleShown(this.trouble) : nothing}
      ${helpDialog(language)}
      <div class="hidden-text" aria-live="polite">${this.announcement}</div>
      <museum-exhibit .language=${language} @exhibit-close=${this.onExhibitClose}></museum-exhibit>
    `;
  }

  private marks(tour: Tour): TemplateResult {
    const { language } = this;
    const { scene } = tour;
    return html`<div class="overlay" @click=${this.onMarkClick} @pointerover=${this.onMarkOver} @focusin=${this.onMarkFocus}
      @pointerdown=${this.onGrip} @pointermove=${this.onGripMove} @pointerup=${this.onGripEnd} @pointercancel=${this.onGripEnd}
      @wheel=${(event: WheelEvent) => this.controller?.onWheel(event)}
      @pointerout=${() => this.point(undefined)} @focusout=${() => this.point(undefined)}>
      ${outlines(scene)} ${scene.links.map((link) => linkButton(link, language))}
      <div role="group" aria-label=${say(language, "things")}>
        ${readingOrder(scene.hotspots, scene.view.yaw).map((hotspot) => hotspotButton(hotspot, language))}
      </div>
      <div class="label"></div>
    </div>`;
  }

  private caption(tour: Tour): TemplateResult {
    const { scene } = tour;
    const moments = (scene.place?.moments.length ?? 0) > 1;
    return html`<div class="caption ${moments ? "" : "only-where"}">
      <div class="where"><strong>${pick(scene.title, this.language)}</strong>
        <span>${pick(scene.venue.title, this.language)}</span></div>
      ${moments ? timeControl(scene, this.language, (slug) => void this.guide?.travel(slug)) : nothing}
    </div>`;
  }

  private troubleShown({ text, retry }: Trouble): TemplateResult {
    return html`<div class="trouble" role="alert"><p>${say(this.language, text)}</p>
      <div>
        ${retry ? html`<button class="pill retry" @click=${retry}>${say(this.language, "retry")}</button>` : nothing}
        ${this.tour && text !== "lost"
          ? html`<button class="pill" @click=${() => (this.trouble = undefined)}>${say(this.language, "stay")}</button>`
          : nothing}
      </div></div>`;
  }

  private async open(): Promise<void> {
    if (!this.src) return;
    const address = new URL(this.src, document.baseURI).href;
    const view = this.address ? viewFromQuery(location.search) : {};
    void this.paintFirst(address, view);
    let module: typeof import("../panorama/stage");
    try {
      module = await import("../panorama/stage");
    } catch {
      this.trouble = { text: "failed", retry: () => void this.open() };
      return;
    }
    if (!this.isConnected || this.stage) return;
    this.trouble = undefined;
    try {
      this.raise(module);
    } catch {
      this.trouble = { text: "noWebGL" };
      return;
    }
    await this.guide!.start(address, view);
    const open = this.address ? Number(new URLSearchParams(location.search).get("open")) : 0;
    const hotspot = this.tour?.scene.hotspots.find((known) => known.id === open);
    if (hotspot) void this.openHotspot(hotspot);
  }

  /** The strip on a cube of elements, while the renderer is still on its way. */
  private async paintFirst(address: string, view: Partial<View>): Promise<void> {
    try {
      const tour = await client.read(address);
      const box = this.renderRoot.querySelector<HTMLElement>(".poster");
      if (box && !this.tour) paintPoster(box, tour.scene.panorama.strip, { ...completeView(tour.scene.view), ...view });
    } catch {
      // The guide reads the same tour, and says what is wrong.
    }
  }

  private raise(module: typeof import("../panorama/stage")): void {
    const canvas = this.renderRoot.querySelector("canvas")!;
    const stage = new module.Stage(canvas, {
      frame: (seconds) => {
        const turning = this.controller!.tick(seconds);
        return this.guide!.tick(seconds) || turning;
      },
      drawn: () => this.drawn(),
      lost: () => (this.trouble = { text: "lost" }),
      restored: () => (this.trouble = undefined),
    });
    this.stage = stage;
    this.controller = new ViewController({
      element: this.renderRoot.querySelector<HTMLElement>(".stage")!,
      view: stage.view,
      changed: () => stage.invalidate(),
      taken: () => this.point(undefined),
      reducedMotion: () => this.calm.matches,
    });
    const returned = (entry: NonNullable<Trail["entry"]>): void => {
      this.exhibit?.close();
      void this.guide?.returned(entry);
    };
    this.trail = this.address ? new PageTrail(returned) : new OwnTrail(returned);
    this.guide = new Guide(stage, this.controller, client, this.trail, {
      entered: (tour, link) => this.entered(tour, link?.kind),
      waiting: (waiting) => (this.waiting = waiting),
      failed: (error, retry) => this.failed(error, retry),
      aspect: () => this.clientWidth / Math.max(this.clientHeight, 1),
      reducedMotion: () => this.calm.matches,
    });
    this.watchSize.observe(this);
    this.resize();
  }

  private entered(tour: Tour, kind: string | undefined): void {
    const before = this.tour;
    this.awaitSharp();
    this.trouble = undefined;
    this.point(undefined);
    this.tour = tour;
    const { scene } = tour;
    const title = pick(scene.title, this.language);
    const year = scene.year ?? undefined;
    this.announcement =
      year === undefined ? title : say(this.language, "arrivedYear", { title, year: sayYear(this.language, year) });
    const jumped = before !== undefined && year !== undefined && year !== before.scene.year;
    this.passedYear = undefined;
    if (jumped) void this.updateComplete.then(() => (this.passedYear = year));
    if (this.address && before) document.title = `${title} · ${pick(scene.venue.title, this.language)}`;
    this.send("scene-change", { slug: scene.slug, title, url: scene.url, kind: kind ?? "open" });
    if (kind === undefined && this.wantedScene && this.wantedScene !== scene.slug) this.scene = this.wantedScene;
  }

  private failed(error: unknown, retry: () => void): void {
    this.trouble =
      error instanceof TourMissing ? { text: "missing" } : { text: navigator.onLine ? "failed" : "offline", retry };
  }

  /** Follows a link: here, where it leads to a scene that this page may show; else by going to its page. */
  private async follow(link: TourLink): Promise<void> {
    const here = new URL(link.tour).origin === new URL(this.guide?.address || location.href).origin;
    if (!here && (this.address || !link.tour.includes("tour.json"))) location.assign(link.url);
    else await this.guide?.follow(link);
  }

  private placeMarks(fresh: boolean): void {
    const { tour, renderRoot } = this;
    if (!tour || (!fresh && this.lastView === "")) return;
    const marks: Mark[] = [];
    for (const link of tour.scene.links) {
      const element = renderRoot.querySelector<HTMLElement>(`[data-link="${link.id}"]`)!;
      const flat = element.querySelector<HTMLElement>(".lie") ?? undefined;
      marks.push({ id: -link.id, element, yaw: link.yaw, pitch: markPitch(link), flat });
    }
    for (const { id, yaw, pitch, polygon } of tour.scene.hotspots) {
      const element = renderRoot.querySelector<HTMLElement>(`[data-hotspot="${id}"]`)!;
      const outline = renderRoot.querySelector<SVGPolygonElement>(`[data-outline="${id}"]`) ?? undefined;
      marks.push({ id, element, yaw, pitch, outline, polygon: polygon ?? undefined });
    }
    this.overlay.set(marks);
    this.lastView = "";
    this.stage?.invalidate();
  }

  private drawn(): void {
    const { guide, stage } = this;
    if (!guide?.node || !stage) return;
    if (guide.node.painted) this.renderRoot.querySelector(".poster")?.classList.add("gone");
    if (guide.node.settled && !guide.passing) {
      this.isSharp = true;
      this.sharp.resolve();
    } else {
      this.awaitSharp();
    }
    this.renderRoot.querySelector(".overlay")?.classList.toggle("passing", guide.passing);
    const { view } = guide;
    const now = `${view.yaw.toFixed(3)} ${view.pitch.toFixed(3)} ${view.fov.toFixed(3)} ${this.clientWidth} ${this.clientHeight}`;
    if (now === this.lastView) return;
    this.lastView = now;
    this.overlay.place(view, this.clientWidth, this.clientHeight);
    this.placeLabel();
    if (this.tour && this.planShown) turnCone(this.renderRoot, this.tour, view, this.clientWidth / this.clientHeight);
    this.send("view-change", view);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepView(), KEEP_VIEW_AFTER);
  }

  /** Whoever asks for `ready` from now on waits for the next sharp picture. */
  private awaitSharp(): void {
    if (!this.isSharp) return;
    this.isSharp = false;
    this.sharp = deferred();
  }

  /** The network is back: what failed is tried again. */
  private retry(): void {
    this.trouble?.retry?.();
    this.guide?.node?.retry();
  }

  private showHelp(): void {
    this.renderRoot.querySelector<HTMLDialogElement>("dialog.help")?.showModal();
  }

  private keepView(): void {
    this.guide?.keepView(this.exhibit?.hotspot?.id);
  }

  private get exhibit(): ExhibitDialog | null {
    return this.renderRoot.querySelector<ExhibitDialog>("museum-exhibit");
  }

  private async openHotspot(hotspot: TourHotspot, opener?: HTMLElement): Promise<void> {
    this.opener = opener;
    this.controller?.stop();
    this.send("hotspot-open", { id: hotspot.id, kind: hotspot.kind });
    await this.exhibit?.open(hotspot);
    this.keepView();
  }

  private onExhibitClose(): void {
    this.keepView();
    (this.opener ?? this.renderRoot.querySelector<HTMLElement>(".stage"))?.focus({ preventScroll: true });
    this.opener = undefined;
    this.send("hotspot-close", {});
  }

  private markOf(event: Event): { id: number; link: boolean; element: HTMLElement } | undefined {
    const element = (event.target as Element).closest<HTMLElement>("[data-link], [data-hotspot]");
    if (!element) return undefined;
    const link = element.dataset["link"];
    return { id: Number(link ?? element.dataset["hotspot"]), link: link !== undefined, element };
  }

  private onMarkClick(event: Event): void {
    const mark = this.markOf(event);
    if (!mark || !this.tour) return;
    if (mark.link) {
      const link = this.tour.scene.links.find((known) => known.id === mark.id);
      if (link) void this.follow(link);
    } else {
      const hotspot = this.tour.scene.hotspots.find((known) => known.id === mark.id);
      if (hotspot) void this.openHotspot(hotspot, mark.element);
    }
  }

  /** A drag that begins on a mark turns the view like any other; only a press that stays there is one of the mark. */
  private onGrip(event: PointerEvent): void {
    this.grip = event.isPrimary && event.button === 0 ? { x: event.clientX, y: event.clientY } : undefined;
    // A quick hand leaves the small mark between two events.
    if (this.grip) this.markOf(event)?.element.setPointerCapture(event.pointerId);
  }

  private onGripMove(event: PointerEvent): void {
    const { grip } = this;
    if (!grip || Math.hypot(event.clientX - grip.x, event.clientY - grip.y) <= PRESS_MOVES) return;
    this.grip = undefined;
    this.controller?.hold(event);
  }

  private onGripEnd(): void {
    this.grip = undefined;
  }

  private onMarkOver(event: Event): void {
    const mark = this.markOf(event);
    if (mark) this.point(mark);
  }

  /** Focus by keyboard turns the view to what has it. */
  private onMarkFocus(event: Event): void {
    const mark = this.markOf(event);
    if (!mark?.element.matches(":focus-visible") || !this.tour) return;
    const known = mark.link
      ? this.tour.scene.links.find((link) => link.id === mark.id)
      : this.tour.scene.hotspots.find((hotspot) => hotspot.id === mark.id);
    if (known) void this.turnTo({ yaw: known.yaw, pitch: mark.link ? Math.max(known.pitch, -12) : known.pitch }, 0.6);
    this.point(mark);
  }

  private onPoint(event: PointerEvent): void {
    if (event.buttons !== 0 || event.pointerType === "touch") return;
    const id = this.overlay.at(event.offsetX, event.offsetY);
    this.point(id === undefined ? undefined : { id, link: false });
  }

  private onPress(event: PointerEvent): void {
    this.pressed = event.isPrimary ? { x: event.clientX, y: event.clientY } : undefined;
  }

  /** A press that did not become a drag opens the thing under it. */
  private onRelease(event: PointerEvent): void {
    const { pressed, tour } = this;
    this.pressed = undefined;
    if (!pressed || !tour || Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > PRESS_MOVES) return;
    const box = this.getBoundingClientRect();
    const id = this.overlay.at(event.clientX - box.left, event.clientY - box.top);
    const hotspot = tour.scene.hotspots.find((known) => known.id === id);
    if (!hotspot) return;
    void this.openHotspot(hotspot, this.renderRoot.querySelector<HTMLElement>(`[data-hotspot="${hotspot.id}"]`) ?? undefined);
  }

  private point(mark: { id: number; link: boolean } | undefined): void {
    if (mark?.id === this.pointed?.id && mark?.link === this.pointed?.link) return;
    this.pointed = mark && { id: mark.id, link: mark.link };
    this.overlay.light(mark ? (mark.link ? -mark.id : mark.id) : undefined);
    this.renderRoot.querySelector(".stage")?.classList.toggle("over-thing", mark !== undefined);
    this.placeLabel();
  }

  /** One label at a time, so that labels never overlap: of what is pointed at, else of the way straight on. */
  private placeLabel(): void {
    const label = this.renderRoot.querySelector<HTMLElement>(".label");
    if (!label || !this.tour) return;
    let shown = this.pointed;
    if (!shown && !this.classList.contains("idle")) {
      const ways = new Set(this.tour.scene.links.map((link) => -link.id));
      const id = this.overlay.nearest(ways, this.clientWidth, this.clientHeight);
      if (id !== undefined) shown = { id: -id, link: true };
    }
    const anchor = shown && this.overlay.anchor(shown.link ? -shown.id : shown.id);
    label.classList.toggle("shown", anchor !== undefined);
    if (!shown || !anchor) return;
    const picture = shown === this.pointed;
    const key = `${shown.link} ${shown.id} ${this.language} ${picture}`;
    if (label.dataset["of"] !== key) {
      label.dataset["of"] = key;
      const content = labelOf(this.tour, shown.id, shown.link, this.language, picture);
      if (content) renderInto(content, label);
    }
    const [width, height] = [label.offsetWidth, label.offsetHeight];
    const x = Math.min(Math.max(anchor.x - width / 2, 8), this.clientWidth - width - 8);
    const above = anchor.top - height - 10;
    const y = above > 8 ? above : Math.min(anchor.bottom + 10, this.clientHeight - height - 8);
    label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.exhibit?.opened) return;
    if (event.key.toLowerCase() === "t") {
      this.renderRoot.querySelector<HTMLElement>('.time [aria-pressed="true"]')?.focus();
    } else if (event.key.toLowerCase() === "f") {
      this.toggleFullScreen();
    } else if (event.key.toLowerCase() === "m") {
      this.planShown = !this.planShown;
    } else if (event.key === "?") {
      this.showHelp();
    }
  }

  private wake(): void {
    if (this.classList.contains("idle")) this.rest(false);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.rest(true), IDLE_AFTER);
  }

  /** Controls and names step back while nobody does anything, and come again. */
  private rest(idle: boolean): void {
    this.classList.toggle("idle", idle);
    this.placeLabel();
  }

  private resize(): void {
    if (this.clientWidth > 0 && this.clientHeight > 0) this.stage?.resize(this.clientWidth, this.clientHeight);
  }

  private toggleFullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (document.fullscreenEnabled) void this.requestFullscreen();
  }

  /** Where the page has no switch of its own in sight, the tour offers one. */
  private get offersLanguages(): boolean {
    return document.fullscreenElement === this || !document.querySelector("[data-language]");
  }

  private speak(language: Language): void {
    this.lang = language;
    document.dispatchEvent(new CustomEvent("museum:language", { detail: { language } }));
  }

  private siblingAddress(slug: string): string {
    return (this.guide?.address ?? "").replace(/\/scenes\/[^/]+\//, `/scenes/${slug}/`);
  }

  private send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

customElements.define("museum-tour", MuseumTour);
