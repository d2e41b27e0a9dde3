/**
 * `<museum-model src="….glb">`: one thing in the round, to be looked at closely.
 *
 * Attributes: `src`, `poster`, `alt`, `lang`; or, in their place and with all that is known, `file`: a `ModelFile` as JSON.
 * Properties: `file`, `phase`. Methods: `open()`, `rest()`.
 * Events, bubbling: `model-load`, `model-failed`.
 *
 * Poster first; the model comes once it is in sight, or asked for, in the level that suits the machine. One model on a page is live at a time.
 */

import { LitElement, type TemplateResult, html, nothing } from "lit";
import { type Language, languageOf, pick } from "../i18n/languages";
import { say } from "../i18n/catalog";
import { fillsScreen } from "../ui/fills-screen";
import { theme } from "../ui/theme";
import { adoptStyles } from "./adopt-styles";
import { levelFor, savesData, suitsPhone } from "./level";
import type { LightName } from "./light-names";
import { leaveStage, stageIsFree, takeStage } from "./live";
import { Measuring } from "./measuring";
import type { Annotation, ModelFile } from "./model-file";
import type { ModelStage, ModelViewerElement } from "./model-stage";
import { styles } from "./model-styles";
import { type Framing, facing, framing, marks } from "./notes";
import type { Cut } from "./surface";
import { type Tool, type ToolState, measureEnd, measureLine, panel, toolbar } from "./tools";
import { showFrame, turntable } from "./turntable";
import { canDraw } from "./webgl";
import { sayLength, tell } from "./words";

/** As the posters are framed: see `museum/assets/models3d/still.py`. */
const FRAMING: Framing = { cameraOrbit: "24deg 79deg 138%", cameraTarget: "auto auto auto", fieldOfView: "auto" };
/** A press that moves no farther, and takes no longer, is a tap. */
const TAP = { pixels: 6, milliseconds: 600 };
/** CSS pixels below which panels lie under the thing and not beside it: the 46rem of the styles. */
const NARROW = 736;

type Phase = "resting" | "opening" | "ready" | "failed" | "undrawable";

export class MuseumModel extends LitElement implements ToolState {
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
  static override styles = [theme, styles];

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
  private light = suitsPhone();
  private pressed: { x: number; y: number; at: number } | undefined;
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
    return html`${phase === "undrawable" && this.file?.turntable ? nothing : this.still()}
      ${live && stages ? this.viewer(language) : nothing}
      ${phase === "resting" ? html`<button class="pill show" @click=${this.open}>${tell(language, "show")}</button>` : nothing}
      ${phase === "opening" ? this.waiting(language) : nothing}
      ${phase === "failed" ? this.trouble(language) : nothing}
      ${phase === "undrawable" ? this.undrawable(language) : nothing}
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
    this.look(viewer, this.opening);
  }

  openNote(id: number | undefined): void {
    if (id === -1) this.tool = undefined;
    const note = this.notes.find((known) => known.id === id);
    this.note = note?.id;
    const { viewerElement: viewer, stage, language } = this;
    if (!note || !viewer || !stage) return;
    this.tool = "notes";
    this.turning = false;
    this.touched = true;
    this.look(viewer, note.view ? framing(note.view) : facing(note, stage.size));
    const number = String(this.notes.indexOf(note) + 1);
    this.said = `${tell(language, "note", { number, title: pick(note.title, language) })} ${pick(note.description, language)}`;
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

  private look(viewer: ModelViewerElement, framing: Framing): void {
    viewer.resetTurntableRotation(0);
    Object.assign(viewer, framing);
    // The same words again are a wish too, once the visitor has turned the thing.
    for (const name of Object.keys(framing)) viewer.requestUpdate(name, {});
    if (calm.matches) viewer.jumpCameraToGoal();
  }

  private get source(): string {
    return this.file?.model ?? this.src;
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

  private still(): TemplateResult | typeof nothing {
    const poster = this.file?.poster ?? this.poster;
    if (!poster) return nothing;
    const shown = this.phase !== "ready";
    return html`<img class="still ${shown ? "" : "gone"}" src=${poster} alt=${shown ? this.name : ""} aria-hidden=${!shown}>`;
  }

  private viewer(language: Language): TemplateResult {
    const src = this.light ? levelFor(this.source, "phone") : this.source;
    const { cameraOrbit, cameraTarget, fieldOfView } = this.opening;
    return html`<model-viewer class=${this.phase === "ready" ? "" : "coming"} src=${src} alt=${this.name} a11y=${spoken(language)} camera-controls disable-tap
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
    return html`${this.measuring && this.tool === "measure" ? this.measure(language) : nothing}
      ${this.touched || this.tool ? nothing : html`<p class="hint">${tell(language, "hint")}</p>`}
      ${panel(this, language)} ${toolbar(this, language)}`;
  }

  private measure(language: Language): TemplateResult {
    const { points, length } = this.measuring!;
    return html`<svg class="line" aria-hidden="true">
        ${points.length === 2 ? measureLine : nothing} ${points.map(() => measureEnd)}
      </svg>
      ${length === undefined ? nothing : html`<output class="length">${sayLength(language, length)}</output>`}
      <i class="cross ${this.keyed ? "shown" : ""}" aria-hidden="true"></i>`;
  }

  private waiting(language: Language): TemplateResult {
    const percent = Math.round(100 * this.progress);
    return html`<div class="waiting" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow=${percent}
      aria-label=${tell(language, "opening", { percent: String(percent) })}><svg viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r="16"/><circle class="done" cx="18" cy="18" r="16" pathLength="100" stroke-dasharray="${percent} 100"/>
      </svg></div>`;
  }

  private trouble(language: Language): TemplateResult {
    return html`<div class="trouble" role="alert"><p>${tell(language, "failed")}</p>
      <button class="pill" @click=${this.open}>${say(language, "retry")}</button></div>`;
  }

  private undrawable(language: Language): TemplateResult {
    if (!this.file?.turntable) return html`<p class="note" role="note">${tell(language, "noWebGLStill")}</p>`;
    return html`${turntable(language, this.name, this.frame, (frame) => (this.frame = frame))}
      <p class="note" role="note">${tell(language, "noWebGL")}</p>`;
  }

  private readonly onLoad = (): void => {
    const viewer = this.viewerElement;
    if (!viewer || !stages) return;
    this.stage = new stages.ModelStage(viewer);
    this.phase = "ready";
    this.roomReady = viewer.canActivateAR;
    this.dispatchEvent(new CustomEvent("model-load", { bubbles: true, composed: true }));
  };

  private readonly onCamera = (event: Event): void => {
    if ((event as CustomEvent<{ source: string }>).detail?.source === "user-interaction") this.touched = true;
    this.drawMeasure();
  };

  private readonly onRoom = (event: CustomEvent<{ status: string }>): void => {
    if (event.detail.status === "failed") this.said = tell(this.language, "roomFailed");
  };

  private readonly onPress = (event: PointerEvent): void => {
    this.pressed = { x: event.clientX, y: event.clientY, at: event.timeStamp };
  };

  private readonly onRelease = (event: PointerEvent): void => {
    const { pressed } = this;
    this.pressed = undefined;
    if (!pressed || this.tool !== "measure") return;
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (moved > TAP.pixels || event.timeStamp - pressed.at > TAP.milliseconds) return;
    const box = this.getBoundingClientRect();
    this.setPoint(event.clientX - box.left, event.clientY - box.top, false);
  };

  private setPoint(x: number, y: number, middle: boolean): void {
    const { measuring, language } = this;
    if (!measuring) return;
    const set = measuring.set(x, y);
    const { length, points } = measuring;
    if (!set) {
      if (middle) this.said = tell(language, "measureMissed");
    } else if (length === undefined) {
      this.said = `${tell(language, "pointSet", { number: String(points.length) })} ${tell(language, "measureSecond")}`;
    } else {
      this.said = tell(language, "measured", { length: sayLength(language, length) });
    }
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
      if (this.tool) this.tool = this.note = undefined;
      else this.wide = false;
      // A dialog around it stays open.
      event.preventDefault();
    } else if (inPicture) this.actOn(event.key.toLowerCase());
  }

  private actOn(key: string): void {
    const zoom: Record<string, number> = { "+": 1, "=": 1, "-": -1 };
    if (key in zoom) this.viewerElement?.zoom(zoom[key]!);
    else if (key === "0") this.reset();
    else if (key === "t") this.toggleTurning();
    else if (key === "n" && this.notes.length > 0) this.choose("notes");
    else if (key === "l") this.choose("light");
    else if (key === "x") this.choose("cut");
    else if (key === "m") this.choose("measure");
    else if (key === "f") void this.toggleWide();
  }

  private readonly fail = (): void => {
    if (this.light && levelFor(this.source, "phone") !== this.source) {
      this.light = false; // a museum that has no levels
      this.requestUpdate();
      return;
    }
    leaveStage(this);
    this.phase = "failed";
    this.dispatchEvent(new CustomEvent("model-failed", { bubbles: true, composed: true }));
  };
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The library with its scene, once it has come. */
let stages: typeof import("./model-stage") | undefined;

/** What the library says of the side that is seen, in `language`. */
function spoken(language: Language): string {
  const words: Record<string, string> = { "interaction-prompt": tell(language, "turnable") };
  for (const side of ["front", "back", "left", "right"] as const) {
    words[side] = tell(language, side);
    for (const [key, height] of [["upper", "above"], ["lower", "below"]] as const) {
      words[`${key}-${side}`] = `${tell(language, side)}${language === "en" ? ", " : "，"}${tell(language, height)}`;
    }
  }
  return JSON.stringify(words);
}

customElements.define("museum-model", MuseumModel);
