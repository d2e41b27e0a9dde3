/**
 * `<museum-model src="….glb">`: one thing in the round, to be looked at closely.
 *
 * Attributes: `src`, `poster`, `alt`, `lang`; or, in their place and with all that is known, `file`: a `ModelFile` as JSON.
 * Properties: `file`, `phase`. Methods: `open()`, `rest()`.
 * Events, bubbling: `model-load`, `model-failed`.
 *
 * Poster first; the model comes once it is in sight, or asked for, in the level that suits the machine. One model on a page is live at a time.
 */

import { type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf, pick } from "../i18n/languages";
import { fillsScreen } from "../ui/fills-screen";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { adoptStyles } from "./adopt-styles";
import { actOn } from "./keys";
import { levelFor, savesData, suitsPhone } from "./level";
import type { LightName } from "./light-names";
import { leaveStage, stageIsFree, takeStage } from "./live";
import { markStyles } from "./mark-styles";
import { Measuring, overlay, reported } from "./measuring";
import type { Annotation, ModelFile } from "./model-file";
import type { ModelStage, ModelViewerElement } from "./model-stage";
import { type Framing, FRAMING, facing, framing, lookFrom, marks } from "./notes";
import { still, trouble, undrawable, waiting } from "./phases";
import { spoken } from "./spoken";
import { stageStyles } from "./stage-styles";
import type { Cut } from "./surface";
import { Taps } from "./tap";
import { toolStyles } from "./tool-styles";
import { type Tool, type ToolState, panel, toolbar } from "./tools";
import { showFrame } from "./turntable";
import { canDraw } from "./webgl";
import { tell } from "./words";

/** CSS pixels below which panels lie under the thing and not beside it: the 46rem of `tool-styles.ts`. */
const NARROW = 736;

type Phase = "resting" | "opening" | "ready" | "failed" | "undrawable";

export class MuseumModel extends SpeakingElement implements ToolState {
  static override properties = {
    src: { type: String },
    poster: { type: String },
    alt: { type: String },
    lang: { type: String, reflect: true },
    file: { type: Object },
    phase: { state: true },
    progress: { state: true },
    tool: { state: true },
    turning: { state: true },
    lightName: { state: true },
    lightFrom: { state: true },
    clay: { state: true },
    cut: { state: true },
    said: { state: true },
    roomReady: { state: true },
    wide: { state: true },
    keyed: { state: true },
    touched: { state: true },
    frame: { state: true },
    note: { state: true },
  };
  static override styles = [theme, stageStyles, toolStyles, markStyles];

  declare src: string;
  declare poster: string;
  declare alt: string;
  declare file: ModelFile | undefined;
  declare phase: Phase;
  declare progress: number;
  declare tool: Tool | undefined;
  declare turning: boolean;
  declare lightName: LightName;
  declare lightFrom: number;
  declare clay: boolean;
  declare cut: Cut | undefined;
  declare said: string;
  declare roomReady: boolean;
  /** Whether it fills the window. */
  declare wide: boolean;
  /** Whether the visitor's last word came by keyboard. */
  declare keyed: boolean;
  declare touched: boolean;
  declare frame: number;
  /** Number of the annotation that is open. */
  declare note: number | undefined;

  measuring: Measuring | undefined;
  private stage: ModelStage | undefined;
  /** Whether this machine gets the light level, and never a finer one: what is too much for it would take the page with it. */
  private readonly light = suitsPhone();
  private readonly taps = new Taps();
  private abort = new AbortController();
  private watch: IntersectionObserver | undefined;

  constructor() {
    super();
    this.src = this.poster = this.alt = this.said = "";
    this.phase = "resting";
    this.progress = this.lightFrom = this.frame = 0;
    this.lightName = "hall";
    this.turning = this.clay = this.roomReady = this.wide = this.keyed = this.touched = false;
  }

  get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  get notes(): readonly Annotation[] {
    return this.file?.annotations ?? [];
  }

  /** Whether the size is known, and not only claimed by the file. */
  get sure(): boolean {
    return Boolean(this.file?.heightM);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    const { signal } = this.abort;
    this.addEventListener("keydown", (event) => this.onKey(event), { signal });
    this.addEventListener("pointerdown", () => (this.keyed = false), { signal });
    document.addEventListener("fullscreenchange", () => (this.wide = fillsScreen(this)), { signal });
    this.watch = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting && this.phase === "resting" && stageIsFree(this) && !savesData()) void this.open();
    }, { threshold: 0.25 });
    this.watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.abort.abort();
    this.watch?.disconnect();
    this.rest();
  }

  /** Brings the model to life in place of its poster. */
  async open(): Promise<void> {
    if (this.phase === "opening" || this.phase === "ready" || !this.source) return;
    if (!canDraw()) {
      this.phase = "undrawable";
      return;
    }
    takeStage(this);
    this.progress = 0;
    this.phase = "opening";
    try {
      stages ??= await import("./model-stage");
    } catch {
      this.fail();
    }
    this.requestUpdate();
  }

  /** Back to the poster; the GPU forgets the model. */
  rest(): void {
    leaveStage(this);
    this.stage?.dispose();
    this.stage = this.measuring = this.tool = this.cut = this.note = undefined;
    this.turning = this.clay = this.roomReady = this.touched = false;
    this.lightName = "hall";
    this.phase = "resting";
  }

  override render(): TemplateResult {
    const { language, phase } = this;
    const live = phase === "opening" || phase === "ready";
    const pictures = Boolean(this.file?.turntable);
    return html`${phase === "undrawable" && pictures ? nothing : still(this.file?.poster ?? this.poster, this.name, phase === "ready")}
      ${live && stages ? this.viewer(language) : nothing}
      ${phase === "resting" ? html`<button class="pill show" @click=${this.open}>${tell(language, "show")}</button>` : nothing}
      ${phase === "opening" ? waiting(language, this.progress) : nothing}
      ${phase === "failed" ? trouble(language, this.source === this.address ? "failed" : "failedLight", () => void this.open()) : nothing}
      ${phase === "undrawable" ? undrawable(language, this.name, pictures, this.frame, (frame) => (this.frame = frame)) : nothing}
      ${phase === "ready" ? this.over(language) : nothing}
      <div class="hidden-text" aria-live="polite">${this.said}</div>`;
  }

  override updated(): void {
    const viewer = this.viewerElement;
    if (viewer?.shadowRoot) adoptStyles(viewer.shadowRoot);
    if (this.phase === "undrawable" && this.file?.turntable) showFrame(this.renderRoot, this.file.turntable, this.frame);
    this.classList.toggle("whole-window", this.wide && !fillsScreen(this));
    this.makeRoom();
    this.drawMeasure();
  }

  choose(tool: Tool): void {
    this.note = undefined;
    this.tool = this.tool === tool ? undefined : tool;
    if (this.tool === "measure" && this.stage) {
      this.turning = false;
      this.measuring ??= new Measuring(this.stage, this.scale(this.stage));
    }
    if (this.tool === "cut") this.setCut(this.cut ?? { axis: "z", at: 0.5, other: false });
  }

  setLight(name: LightName): void {
    this.lightName = name;
    this.stage?.light(name, this.lightFrom);
  }

  turnLight(from: number): void {
    this.lightFrom = from;
    this.stage?.turnLight(from);
  }

  setClay(plain: boolean): void {
    this.clay = plain;
    this.stage?.clay(plain);
  }

  setCut(cut: Cut | undefined): void {
    this.cut = cut;
    this.stage?.cut(cut);
  }

  toggleTurning(): void {
    this.turning = !this.turning;
    this.touched = true;
  }

  reset(): void {
    const viewer = this.viewerElement;
    if (!viewer) return;
    this.turning = false;
    this.note = undefined;
    lookFrom(viewer, calm.matches, this.opening);
  }

  openNote(id: number | undefined): void {
    if (id === -1) this.putAway();
    const note = this.notes.find((known) => known.id === id);
    this.note = note?.id;
    const { viewerElement: viewer, stage, language } = this;
    if (!note || !viewer || !stage) return;
    this.tool = "notes";
    this.turning = false;
    this.touched = true;
    lookFrom(viewer, calm.matches, note.view ? framing(note.view) : facing(note, stage.size));
    const number = String(this.notes.indexOf(note) + 1);
    this.said = `${tell(language, "note", { number, title: pick(note.title, language) })} ${pick(note.description, language)}`;
  }

  zoom(steps: number): void {
    this.viewerElement?.zoom(steps);
  }

  async toggleWide(): Promise<void> {
    if (fillsScreen(this)) await document.exitFullscreen();
    else if (document.fullscreenEnabled && !this.wide) await this.requestFullscreen();
    // Telephones that let no element fill the screen: then it fills the window.
    else this.wide = !this.wide;
  }

  setPointInMiddle(): void {
    const viewer = this.viewerElement;
    if (viewer) this.setPoint(viewer.clientWidth / 2, viewer.clientHeight / 2, true);
  }

  measureAgain(): void {
    if (this.measuring) this.measuring.points = [];
    this.said = tell(this.language, "measureFirst");
    this.requestUpdate();
  }

  async toRoom(): Promise<void> {
    await this.viewerElement?.activateAR();
  }

  private get opening(): Framing {
    return this.file?.view ? framing(this.file.view) : FRAMING;
  }

  private get source(): string {
    return this.file?.model ?? this.src;
  }

  /** Of the level that this machine gets. */
  private get address(): string {
    return this.light ? levelFor(this.source, "phone") : this.source;
  }

  private get viewerElement(): ModelViewerElement | null {
    return this.renderRoot.querySelector<ModelViewerElement>("model-viewer");
  }

  private get name(): string {
    return this.alt || pick(this.file?.alt, this.language) || pick(this.file?.title, this.language);
  }

  private scale({ height }: ModelStage): number {
    const real = this.file?.heightM;
    return real && height > 0 ? real / height : 1;
  }

  private viewer(language: Language): TemplateResult {
    const { cameraOrbit, cameraTarget, fieldOfView } = this.opening;
    return html`<model-viewer class=${this.phase === "ready" ? "" : "coming"} src=${this.address} alt=${this.name} a11y=${spoken(language)} camera-controls disable-tap
        camera-orbit=${cameraOrbit} camera-target=${cameraTarget} field-of-view=${fieldOfView} max-camera-orbit="auto auto 260%" min-field-of-view="4deg" interaction-prompt="none" touch-action=${this.wide ? "none" : "pan-y"}
        ?auto-rotate=${this.turning} auto-rotate-delay="0" rotation-per-second="16deg" shadow-intensity="1" shadow-softness="0.8"
        exposure="1.05" tone-mapping="neutral" ar ar-modes="webxr quick-look" ar-scale="fixed" ios-src=${this.file?.usdz ?? nothing}
        @progress=${(event: CustomEvent<{ totalProgress: number }>) => (this.progress = event.detail.totalProgress)}
        @load=${this.onLoad} @error=${this.fail} @camera-change=${this.onCamera}
        @ar-status=${this.onRoom} @pointerdown=${this.onPress} @pointerup=${this.onRelease}>
        <button slot="ar-button" hidden></button>
        ${this.tool === "measure" || this.tool === "cut" ? nothing : marks(this.notes, this.note, language, (id) => this.openNote(id))}</model-viewer>`;
  }

  private over(language: Language): TemplateResult {
    return html`${this.measuring && this.tool === "measure" ? overlay(this.measuring, language, this.keyed) : nothing}
      ${this.touched || this.tool ? nothing : html`<p class="hint">${tell(language, "hint")}</p>`}
      ${panel(this, language)} ${toolbar(this, language)}`;
  }

  private readonly onLoad = (): void => {
    const viewer = this.viewerElement;
    if (!viewer || !stages) return;
    this.stage = new stages.ModelStage(viewer);
    this.phase = "ready";
    void this.stage.mayEnterRoom().then((may) => (this.roomReady = may && this.stage !== undefined));
    this.dispatchEvent(new CustomEvent("model-load", { bubbles: true, composed: true }));
  };

  private readonly onCamera = (event: Event): void => {
    if ((event as CustomEvent<{ source: string }>).detail?.source === "user-interaction") this.touched = true;
    this.drawMeasure();
  };

  private readonly onRoom = (event: CustomEvent<{ status: string }>): void => {
    if (event.detail.status === "failed") this.said = tell(this.language, "roomFailed");
  };

  private readonly onPress = (event: PointerEvent): void => this.taps.press(event);

  private readonly onRelease = (event: PointerEvent): void => {
    if (!this.taps.release(event) || this.tool !== "measure") return;
    const box = this.getBoundingClientRect();
    this.setPoint(event.clientX - box.left, event.clientY - box.top, false);
  };

  /** Closes the panel; whose focus was in it goes on from the button that opened it. */
  private putAway(): void {
    const inPanel = this.shadowRoot?.activeElement?.closest(".panel");
    if (inPanel) this.renderRoot.querySelector<HTMLElement>(".tool[aria-pressed=true]")?.focus();
    this.tool = this.note = undefined;
  }

  private setPoint(x: number, y: number, middle: boolean): void {
    const { measuring, language } = this;
    if (!measuring) return;
    const set = measuring.set(x, y);
    if (set || middle) this.said = reported(measuring, set, language);
    this.requestUpdate();
  }

  /** On a narrow screen a panel takes the lower part, and the thing moves up. */
  private makeRoom(): void {
    const panel = this.clientWidth < NARROW ? this.renderRoot.querySelector<HTMLElement>(".panel") : null;
    this.style.setProperty("--_below", `${panel?.offsetHeight ?? 0}px`);
  }

  private drawMeasure(): void {
    this.measuring?.draw(this.renderRoot);
  }

  private onKey(event: KeyboardEvent): void {
    this.keyed = true;
    if (this.phase !== "ready" || event.ctrlKey || event.metaKey || event.altKey) return;
    const inPicture = event.composedPath().some((target) => target === this.viewerElement);
    if (event.key === "Enter" && inPicture && this.tool === "measure") this.setPointInMiddle();
    else if (event.key === "Escape" && (this.tool || (this.wide && !document.fullscreenElement))) {
      if (this.tool) this.putAway();
      else this.wide = false;
      // A dialog around it stays open.
      event.preventDefault();
    } else if (inPicture) actOn(this, event.key.toLowerCase());
  }

  private readonly fail = (): void => {
    leaveStage(this);
    this.phase = "failed";
    this.dispatchEvent(new CustomEvent("model-failed", { bubbles: true, composed: true }));
  };
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The library with its scene, once it has come. */
let stages: typeof import("./model-stage") | undefined;

customElements.define("museum-model", MuseumModel);
