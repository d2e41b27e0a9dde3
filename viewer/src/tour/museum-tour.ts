/**
 * `<museum-tour src="/api/v1/scenes/{slug}/tour.json">`: a tour to walk through, in one tag.
 *
 * Attributes
 * - `src`: address of the tour of the first scene, or of a museum whose `scene` is meant
 * - `lang`: `zh-Hans`, `zh-Hant`, `en` or another language of the museum; changing it changes all texts at once. Without it the page's language holds.
 * - `scene`: slug of the first scene, or of another one of the same museum to go to
 * - `address`: the page's own address follows scene and view, and the browser's back button leads back
 * - `guide`: address of a guided tour, `/api/v1/tours/{slug}`, that waits to be played
 * - `unmarked`: links and hotspots are not shown: whoever sets it shows them, as the scene editor does
 * - `start`: the first view where the page's address does not state it, as a query: `yaw=12&pitch=-4&fov=75`
 * - `kiosk`: left alone, the picture turns, and after so many seconds (90 without a number) all is as at the beginning
 *
 * Properties: `view` (yaw, pitch, fov in degrees, in the current scene; may be set), `scene` (slug), `tour` (the current tour.json),
 * `ready` (a promise for the current view drawn at full sharpness), `moving` (turning, or fading into another scene),
 * `statistics` (frames, texture bytes).
 *
 * Events, bubbling: `scene-change` {slug, title, url, kind, foreign}, `view-change` {yaw, pitch, fov}, `hotspot-open` {id, kind}, `hotspot-close`,
 * `kiosk-return`.
 * Parts for styling: `head`, `caption`, `corner`, `controls`, `button`, `dialog`. Types: `museum/web/static/museum-tour.d.ts`.
 * On `document` it hears and sends `museum:language` {language}.
 *
 * What lies over the picture are its parts: see `part.ts`.
 */

import { type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf, pick } from "../i18n/languages";
import { say } from "../i18n/catalog";
import type { View } from "../panorama/view";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { leadsToTour } from "../reading/addresses";
import { tourAddress, viewFromQuery } from "./address";
import { client } from "./ahead";
import { Gate } from "./gate";
import type { Rendered, Region, TourHost, TourPart } from "./part";
import { PARTS } from "./parts";
import { ExhibitOpening } from "./parts/exhibit-opening";
import { GuidedTours } from "./parts/guided-tour";
import { Idleness } from "./parts/idleness";
import { Announcer } from "./parts/announcer";
import { controlStyles } from "./controls";
import { styles } from "./styles";
import type { Tour, TourHotspot, TourLink, TourScene } from "./types";
import { type StageModule, Visit } from "./visit";

const KEEP_VIEW_AFTER = 250;

export class MuseumTour extends SpeakingElement implements TourHost {
  static override properties = {
    src: { type: String },
    lang: { type: String, reflect: true },
    scene: { type: String },
    address: { type: Boolean },
    start: { type: String },
    guide: { type: String },
    unmarked: { type: Boolean, reflect: true },
    tour: { state: true },
  };
  static override styles = [theme, styles, controlStyles, ...PARTS.flatMap((part) => part.styles ?? [])];

  declare src: string;
  declare address: boolean;
  declare start: string;
  declare guide: string;
  declare unmarked: boolean;
  declare tour: Tour | undefined;

  visit: Visit | undefined;
  readonly parts: readonly TourPart[];

  private readonly sharp = new Gate();
  private readonly motion = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly exhibit: ExhibitOpening;
  private readonly idleness: Idleness;
  private readonly guidedTours: GuidedTours;
  private readonly announcer: Announcer;
  private abort = new AbortController();
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private wantedScene = "";

  constructor() {
    super();
    this.src = this.start = this.guide = "";
    this.address = this.unmarked = false;
    this.parts = PARTS.map((Part) => new Part(this));
    this.exhibit = this.find(ExhibitOpening);
    this.idleness = this.find(Idleness);
    this.guidedTours = this.find(GuidedTours);
    this.announcer = this.find(Announcer);
    for (const part of this.parts) this.addController(part);
  }

  /** Slug of the current scene. Setting it goes there. */
  get scene(): string {
    return this.tour?.scene.slug ?? this.wantedScene;
  }

  set scene(slug: string) {
    void this.goTo(slug);
  }

  /** Goes to a scene of the same museum; resolves once it is the current one, or could not be had. */
  async goTo(slug: string): Promise<void> {
    this.wantedScene = slug;
    if (!slug || !this.tour || slug === this.tour.scene.slug) return;
    const link = this.tour.scene.links.find((known) => known.scene === slug);
    if (link) await this.follow(link);
    else await this.visit?.guide.startAt(slug);
  }

  /** The view in the current scene, in degrees. */
  get view(): View {
    return this.visit?.view ?? { yaw: 0, pitch: 0, fov: 75 };
  }

  set view(view: Partial<View>) {
    void this.visit?.look(view);
  }

  /** Resolves when the current view is drawn at full sharpness. */
  get ready(): Promise<void> {
    return this.sharp.passed;
  }

  /** Whether the view turns or one scene fades into another. */
  get moving(): boolean {
    return this.visit?.moving ?? false;
  }

  /** What drawing costs: frames drawn so far, bytes of tiles held on the GPU. */
  get statistics(): { frames: number; textureBytes: number; ratio: number } {
    const stage = this.visit?.stage;
    return { frames: stage?.frames ?? 0, textureBytes: stage?.store.bytes ?? 0, ratio: stage?.ratio ?? 0 };
  }

  /** Moves to a view within `seconds`. */
  turnTo(view: Partial<View>, seconds = 0.8): Promise<void> {
    return this.visit?.look(view, this.calm ? 0 : seconds) ?? Promise.resolve();
  }

  /** Shows the current scene with another north, level or cover of the tripod than its tour says, as long as one is in it. */
  amend({ north, level, nadir }: Pick<TourScene, "north" | "level" | "nadir">): void {
    const { visit, tour } = this;
    if (!visit || !tour) return;
    this.tour = visit.guide.tour = { ...tour, scene: { ...tour.scene, north, level: level ?? null, nadir: nadir ?? null } };
    visit.guide.node?.amend({ pitch: level?.pitch ?? 0, roll: level?.roll ?? 0 }, nadir ?? undefined);
  }

  get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  get calm(): boolean {
    return this.motion.matches || (this.visit?.stage.calm ?? false);
  }

  get idle(): boolean {
    return this.idleness.idle;
  }

  get openedHotspot(): number | undefined {
    return this.exhibit.opened;
  }

  tell(hook: (part: TourPart) => void): void {
    for (const part of this.parts) hook(part);
  }

  announce(words: string): void {
    this.announcer.say(words);
  }

  send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  keepView(): void {
    this.visit?.guide.keepView(this.openedHotspot, this.visit.time.compared, this.guidedTours.standing);
  }

  openHotspot(hotspot: TourHotspot, opener?: HTMLElement): Promise<void> {
    return this.exhibit.open(hotspot, opener);
  }

  isHome(address: string): boolean {
    return client.isHome(address);
  }

  /** Follows a link to a scene, on whatever server; or to a page that is none. */
  async follow(link: TourLink): Promise<void> {
    if (leadsToTour(link.tour)) await this.visit?.guide.follow(link);
    else if (this.classList.contains("kiosk")) this.tell((part) => part.notice?.(say(this.language, "kioskStays")));
    // Whoever is elsewhere, or in a piece of someone's page, keeps that page.
    else if (this.address && this.isHome(this.visit?.guide.address ?? link.url)) location.assign(link.url);
    else window.open(link.url, "_blank", "noopener");
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
    this.addEventListener("keydown", (event) => this.onKey(event), { signal });
    if (this.hasUpdated) void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    clearTimeout(this.keeping);
    this.visit?.dispose();
    this.visit = this.tour = undefined;
  }

  override firstUpdated(): void {
    void this.open();
  }

  override render(): TemplateResult {
    const { tour, language } = this;
    const title = tour ? pick(tour.scene.title, language) : "";
    return html`
      ${this.region("ground")}
      <div class="stage" tabindex="0" role="application" aria-label=${say(language, "tour", { title })}><canvas class="coming"></canvas></div>
      <div class="ring"></div>
      ${tour ? this.region("picture") : nothing} ${this.region("over")}
      ${tour
        ? html`<div class="head" part="head">${this.region("head")}</div>
            <div class="caption" part="caption">${this.region("caption")}</div>
            <div class="corner" part="corner">${this.region("corner")}</div>
            <div class="controls" part="controls" role="group" aria-label=${say(language, "controls")}>${this.region("controls")}</div>`
        : nothing}
      ${this.region("alert")} ${this.region("dialogs")}
    `;
  }

  async open(): Promise<void> {
    const address = tourAddress(this.src, this.wantedScene, document.baseURI);
    if (!address) return;
    client.trust(address);
    // The trail writes an address of its own as soon as the scene is there.
    const query = this.address ? location.search : this.start;
    const fields = new URLSearchParams(query);
    const view = viewFromQuery(query);
    this.tell((part) => part.opening?.(client.read(address), view));
    let module: StageModule;
    try {
      module = await import("../panorama/stage");
    } catch (error) {
      this.tell((part) => part.failed?.(error, () => void this.open()));
      return;
    }
    if (!this.isConnected || this.visit) return;
    let visit: Visit;
    try {
      visit = this.raise(module);
    } catch {
      this.tell((part) => part.undrawable?.());
      return;
    }
    const entry = visit.trail.entry;
    // Reloaded in another museum's house: there again, or at home where that can't be.
    if (entry?.home && !this.isHome(entry.tour)) await visit.guide.start(entry.tour, entry.view);
    if (!this.tour) await visit.guide.start(address, view);
    visit.time.resume(fields.get("compare"));
    const open = Number(fields.get("open"));
    const hotspot = this.tour?.scene.hotspots.find((known) => known.id === open);
    if (hotspot) void this.openHotspot(hotspot);
  }

  private find<P extends TourPart>(kind: new (host: TourHost) => P): P {
    return this.parts.find((part) => part instanceof kind) as P;
  }

  private region(name: Region): Rendered[] {
    return this.parts.map((part) => part.regions?.[name]?.() ?? nothing);
  }

  private raise(module: StageModule): Visit {
    const visit = new Visit(module, client, this, this.sharp, {
      entered: (tour, link) => this.entered(tour, link?.kind),
      turned: (view) => this.turned(view),
      settled: (tour) => this.tellScene(tour, "scrub"),
      returned: () => this.exhibit.close(),
    });
    this.visit = visit;
    this.tell((part) => part.raised?.(visit));
    visit.resize();
    return visit;
  }

  private entered(tour: Tour, kind: string | undefined): void {
    const before = this.tour;
    this.tour = tour;
    this.tell((part) => part.entered?.(tour, { kind, before }));
    // On the way through time it is told, and written into the trail, when the way ends.
    if (kind !== "scrub") this.tellScene(tour, kind ?? "open");
    if (kind === undefined && this.wantedScene && this.wantedScene !== tour.scene.slug) this.scene = this.wantedScene;
  }

  private tellScene({ museum, scene }: Tour, kind: string): void {
    const title = pick(scene.title, this.language);
    const foreign = !this.isHome(this.visit!.guide.address);
    const house = pick(foreign ? museum : scene.venue.title, this.language);
    if (this.address && kind !== "open") document.title = `${title} · ${house}`;
    this.send("scene-change", { slug: scene.slug, title, url: scene.url, kind, foreign });
  }

  private turned(view: View): void {
    this.send("view-change", view);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keepView(), KEEP_VIEW_AFTER);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.openedHotspot !== undefined) return;
    const key = event.key.toLowerCase();
    const commands = this.parts.flatMap((part) => part.commands?.find((command) => command.key === key) ?? []);
    // The letter itself must not end up in a field that the command opens.
    if (commands.length > 0 && key.length === 1) event.preventDefault();
    for (const command of commands) command.run();
  }
}

customElements.define("museum-tour", MuseumTour);
