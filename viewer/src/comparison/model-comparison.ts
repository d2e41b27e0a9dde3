/**
 * `<model-comparison>`: two things in the round side by side, at their true relative sizes, beside a hand or a person.
 *
 * Attributes: `first`, `second`: a `ModelFile` each as JSON; `lang`. Properties: `linked`, `trueScale`, `figure`, `phases`.
 * Who turns one turns the other with it, unless they are unlinked; how near the cameras are is always the same for both, so that sizes stay
 * true. One renderer draws both, and nothing else on the page is live meanwhile.
 */

import { type TemplateResult, html, nothing } from "lit";
import { say } from "../i18n/catalog";
import { type Language, joined, languageOf, pick } from "../i18n/languages";
import { levelFor, suitsPhone } from "../model/level";
import { leaveStage, takeStage } from "../model/live";
import type { ModelFile } from "../model/model-file";
import { canDraw } from "../model/webgl";
import { sayLength, tell } from "../model/words";
import { icons } from "../ui/icons";
import { fillsScreen } from "../ui/fills-screen";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { FIGURES, type FigureName } from "./figures";
import { Hands } from "./hands";
import { FRONT, type Look, sideOf, turned } from "./orbit";
import type { Pane, PairStage } from "./pair-stage";
import { styles } from "./styles";
import { speak } from "./words";

type Phase = "waiting" | "ready" | "failed" | "undrawable";
type Half = 0 | 1;
const HALVES: readonly Half[] = [0, 1];
/** Metres up to which a hand tells more of a thing's size than a person does. */
const IN_HAND = 0.45;
const STEP = Math.PI / 12;
const CLOSER = 1.15;
const NEAREST = 0.12;
const FARTHEST = 4;

export class ModelComparison extends SpeakingElement {
  static override properties = {
    first: { type: Object },
    second: { type: Object },
    lang: { type: String, reflect: true },
    phases: { state: true },
    linked: { state: true },
    trueScale: { state: true },
    figure: { state: true },
    said: { state: true },
    wide: { state: true },
  };
  static override styles = [theme, styles];

  declare first: ModelFile;
  declare second: ModelFile;
  declare phases: readonly [Phase, Phase];
  declare linked: boolean;
  declare trueScale: boolean;
  declare figure: FigureName;
  declare said: string;
  declare wide: boolean;

  stage: PairStage | undefined;
  looks: [Look, Look] = [FRONT, FRONT];
  /** By how much nearer both cameras are than where everything is seen. */
  nearer = 1;
  private readonly hands = HALVES.map((half) => new Hands((right, down) => this.turn(half, right, down), (factor) => this.zoom(factor))) as [Hands, Hands];
  private abort = new AbortController();
  private watch: ResizeObserver | undefined;
  private panes: [Pane, Pane] | undefined;

  constructor() {
    super();
    this.phases = ["waiting", "waiting"];
    this.linked = this.trueScale = true;
    this.figure = "none";
    this.said = "";
    this.wide = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.abort = new AbortController();
    document.addEventListener("fullscreenchange", () => (this.wide = fillsScreen(this)), { signal: this.abort.signal });
    takeStage(this);
    if (this.hasUpdated) void this.start();
  }

  override firstUpdated(): void {
    void this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.rest();
  }

  /** The GPU forgets both. */
  rest(): void {
    this.abort.abort();
    this.watch?.disconnect();
    leaveStage(this);
    this.stage?.dispose();
    this.stage = undefined;
  }

  get language(): Language {
    return languageOf(this.lang || document.documentElement.lang);
  }

  override render(): TemplateResult {
    const { language } = this;
    const figures = FIGURES.map(
      (name) => html`<label><input type="radio" name="figure" value=${name} .checked=${name === this.figure} @change=${() => this.stand(name)}>
        <span>${speak(language, name)}</span></label>`,
    );
    return html`<canvas aria-hidden="true"></canvas>
      <div class="panes">${HALVES.map((half) => this.pane(half, language))}</div>
      <p class="scale" role="note">${this.scaleWords(language)}</p>
      <div class="bar" role="toolbar" aria-label=${speak(language, "tools")}>
        <fieldset><legend>${speak(language, "figure")}</legend>${figures}</fieldset>
        <button class="pill scales" aria-pressed=${this.trueScale} @click=${() => this.setScale(!this.trueScale)}>${icons.measure} ${speak(language, "trueScale")}</button>
        <button class="pill link" aria-pressed=${this.linked} @click=${() => (this.linked = !this.linked)}>${icons.link} ${speak(language, "linked")}</button>
        <button class="round" title=${tell(language, "resetSpoken")} aria-label=${tell(language, "resetSpoken")} @click=${() => this.reset()}>${icons.reset}</button>
        ${document.fullscreenEnabled
          ? html`<button class="round" title=${tell(language, this.wide ? "leaveFullScreen" : "fullScreen")}
              aria-label=${tell(language, this.wide ? "leaveFullScreen" : "fullScreen")} @click=${() => void this.toggleWide()}>${this.wide ? icons.leaveFullScreen : icons.fullScreen}</button>`
          : nothing}
      </div>
      <div class="hidden-text" aria-live="polite">${this.said}</div>`;
  }

  /** Puts a hand, a person or nothing beside them. */
  stand(name: FigureName): void {
    this.figure = name;
    this.nearer = 1;
    if (this.stage) this.stage.figure = name;
    this.place();
    if (name !== "none") this.said = speak(this.language, name === "hand" ? "handSize" : "personSize");
  }

  setScale(trueScale: boolean): void {
    this.trueScale = trueScale;
    this.nearer = 1;
    this.place();
    this.said = this.scaleWords(this.language);
  }

  /** Turns one by radians, and the other with it where they are linked. */
  turn(half: Half, right: number, up: number): void {
    for (const one of HALVES) if (this.linked || one === half) this.looks[one] = turned(this.looks[one], right, up);
    this.place();
  }

  /** Brings both cameras closer by a factor: at one distance their sizes compare. */
  zoom(factor: number): void {
    this.nearer = Math.min(Math.max(this.nearer / factor, NEAREST), FARTHEST);
    this.place();
  }

  reset(): void {
    this.looks = [FRONT, FRONT];
    this.nearer = 1;
    this.place();
  }

  async toggleWide(): Promise<void> {
    if (fillsScreen(this)) await document.exitFullscreen();
    else await this.requestFullscreen();
  }

  private pane(half: Half, language: Language): TemplateResult {
    const file = this.files[half];
    const phase = this.phases[half];
    const name = pick(file.title, language);
    const height = this.heightOf(file);
    const size = height ? sayLength(language, height) : "";
    const words = `${name}${size ? `, ${size}` : ""}`;
    const hands = this.hands[half];
    return html`<div class="pane" tabindex="0" role="application" aria-roledescription=${say(language, "model")} aria-label="${words}. ${speak(language, "keys")}"
        @keydown=${(event: KeyboardEvent) => this.onKey(event, half)} @pointerdown=${hands.press} @pointermove=${hands.move}
        @pointerup=${hands.release} @pointercancel=${hands.release} @wheel=${hands.wheel}>
      ${phase === "ready" || !file.poster ? nothing : html`<img src=${file.poster} alt=${name}>`}
      <h2 class="name">${name}<small>${size} ${file.heightM ? nothing : html`(${speak(language, "unsure")})`}</small></h2>
      ${phase === "failed"
        ? html`<div class="trouble" role="alert"><p>${tell(language, "failed")}</p><button class="pill" @click=${() => void this.load(half)}>${say(language, "retry")}</button></div>`
        : nothing}
      ${phase === "undrawable" ? html`<p class="trouble" role="note">${tell(language, "noWebGLStill")}</p>` : nothing}
    </div>`;
  }

  private get files(): readonly [ModelFile, ModelFile] {
    return [this.first, this.second];
  }

  private heightOf({ heightM, bounds }: ModelFile): number {
    return heightM ?? bounds?.[1] ?? 0;
  }

  /** How the two compare, in a sentence. */
  private scaleWords(language: Language): string {
    if (!this.trueScale) return speak(language, "notToScale");
    const sorted = [...this.files].sort((one, other) => this.heightOf(other) - this.heightOf(one));
    const [larger, smaller] = sorted as [ModelFile, ModelFile];
    const ratio = this.heightOf(larger) / Math.max(this.heightOf(smaller), 1e-9);
    if (!Number.isFinite(ratio) || this.heightOf(smaller) === 0) return "";
    if (ratio < 1.05) return speak(language, "same");
    const times = ratio.toLocaleString(language, { maximumFractionDigits: ratio < 10 ? 1 : 0 });
    return speak(language, "times", { larger: pick(larger.title, language), smaller: pick(smaller.title, language), times });
  }

  private async start(): Promise<void> {
    if (!canDraw()) {
      this.phases = ["undrawable", "undrawable"];
      return;
    }
    const { signal } = this.abort;
    const { PairStage } = await import("./pair-stage");
    if (signal.aborted) return;
    this.stage = new PairStage(this.renderRoot.querySelector("canvas")!);
    this.watch = new ResizeObserver(() => this.measure());
    for (const seen of this.renderRoot.querySelectorAll(".pane, .bar")) this.watch.observe(seen);
    this.stand(Math.max(...this.files.map((file) => Math.max(this.heightOf(file), ...(file.bounds ?? [])))) <= IN_HAND ? "hand" : "person");
    this.said = "";
    await Promise.all(HALVES.map((half) => this.load(half)));
  }

  private async load(half: Half): Promise<void> {
    const file = this.files[half];
    const { signal } = this.abort;
    this.setPhase(half, "waiting");
    try {
      const { loadGlb } = await import("../model/glb");
      const thing = await loadGlb(suitsPhone() ? levelFor(file.model, "phone") : file.model, signal);
      const claimed = file.bounds?.[1];
      this.stage?.show(half, thing, file.heightM && claimed ? file.heightM / claimed : 1);
      this.place();
      this.setPhase(half, "ready");
    } catch {
      if (!signal.aborted) this.setPhase(half, "failed");
    }
  }

  private setPhase(half: Half, phase: Phase): void {
    this.phases = half === 0 ? [phase, this.phases[1]] : [this.phases[0], phase];
  }

  private measure(): void {
    const bar = this.renderRoot.querySelector<HTMLElement>(".bar");
    this.style.setProperty("--_bar", `${(bar?.offsetHeight ?? 52) + 20}px`);
    const own = this.getBoundingClientRect();
    this.panes = [...this.renderRoot.querySelectorAll(".pane")].map((pane) => {
      const { left, top, width, height } = pane.getBoundingClientRect();
      return { left: left - own.left, top: top - own.top, width, height };
    }) as [Pane, Pane];
    this.stage?.resize(own.width, own.height, this.panes);
    this.place();
  }

  private place(): void {
    const { stage, panes, trueScale } = this;
    if (!stage || !panes) return;
    const [one, other] = stage.distances(panes, trueScale);
    stage.look(this.looks, [one * this.nearer, other * this.nearer], trueScale);
  }

  private onKey(event: KeyboardEvent, half: Half): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const turns: Record<string, [number, number]> = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const by = turns[event.key];
    if (by) this.turn(half, ...by);
    else if (event.key === "+" || event.key === "=") this.zoom(CLOSER);
    else if (event.key === "-") this.zoom(1 / CLOSER);
    else if (event.key === "0") this.reset();
    else return;
    event.preventDefault();
    if (by) this.sayView(half);
  }

  private sayView(half: Half): void {
    const { language } = this;
    const { side, height } = sideOf(this.looks[half]);
    this.said = joined([tell(language, side), height ? tell(language, height) : ""], language);
  }
}

customElements.define("model-comparison", ModelComparison);
