/**
 * `<museum-zoom src="…/info.json">`: a picture of a IIIF image service in deep zoom.
 *
 * Attributes: `src`, `label` (what the picture shows), `color` (its mean colour, until it comes), `lang`.
 * Events: `zoom-open` once the picture is there, `zoom-failed`.
 */

import type OpenSeadragon from "openseadragon";
import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { languageOf } from "../i18n/languages";
import { say } from "../i18n/catalog";
import { icons } from "../ui/icons";
import { theme } from "../ui/theme";

const STEP = 1.6;

export class MuseumZoom extends LitElement {
  static override properties = {
    src: { type: String },
    label: { type: String },
    color: { type: String },
    lang: { type: String, reflect: true },
    failed: { state: true },
  };
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        position: relative;
        overflow: hidden;
        min-block-size: 12rem;
        background: #0a0908;
      }
      .picture {
        position: absolute;
        inset: 0;
        cursor: grab;
      }
      .picture:active {
        cursor: grabbing;
      }
      .buttons {
        position: absolute;
        inset-block-end: 1rem;
        inset-inline-end: 1rem;
        display: flex;
        gap: 0.5rem;
      }
      .trouble {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 1rem;
      }
      .trouble p {
        margin: 0;
      }
    `,
  ];

  declare src: string;
  declare label: string;
  declare color: string;
  declare failed: boolean;
  private viewer: OpenSeadragon.Viewer | undefined;
  private opening = 0;

  constructor() {
    super();
    this.src = this.label = this.color = "";
    this.failed = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.opening++;
    this.viewer?.destroy();
    this.viewer = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && this.src) void this.open();
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has("src") && this.src) void this.open();
    if (changed.has("color") && this.color) this.style.backgroundColor = `color-mix(in srgb, ${this.color} 12%, #0a0908)`;
    const canvas = this.viewer?.canvas as HTMLElement | undefined;
    canvas?.setAttribute("aria-label", this.label || say(languageOf(this.lang), "picture"));
  }

  override render(): TemplateResult {
    const language = languageOf(this.lang || document.documentElement.lang);
    const button = (text: Parameters<typeof say>[1], icon: TemplateResult, act: () => void): TemplateResult =>
      html`<button class="round" title=${say(language, text)} aria-label=${say(language, text)} @click=${act}>${icon}</button>`;
    return html`<div class="picture"></div>
      ${this.failed
        ? html`<div class="trouble" role="alert"><p>${say(language, "pictureFailed")}</p>
            <button class="pill" @click=${() => void this.open()}>${say(language, "retry")}</button></div>`
        : html`<div class="buttons" role="group" aria-label=${say(language, "controls")}>
            ${button("zoomIn", icons.plus, () => this.zoomBy(STEP))} ${button("zoomOut", icons.minus, () => this.zoomBy(1 / STEP))}
            ${button("whole", icons.whole, () => this.viewer?.viewport.goHome())}
            ${button("rotate", icons.rotate, () => this.viewer?.viewport.rotateBy(90))}
            ${document.fullscreenEnabled ? button("fullScreen", icons.fullScreen, () => this.toggleFullScreen()) : nothing}
          </div>`}`;
  }

  private zoomBy(factor: number): void {
    this.viewer?.viewport.zoomBy(factor);
    this.viewer?.viewport.applyConstraints();
  }

  private toggleFullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void this.requestFullscreen();
  }

  private async open(): Promise<void> {
    const order = ++this.opening;
    this.failed = false;
    let library: { default: typeof OpenSeadragon };
    try {
      library = await import("openseadragon");
    } catch {
      this.fail();
      return;
    }
    await this.updateComplete;
    if (order !== this.opening || !this.isConnected) return;
    this.viewer?.destroy();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.viewer = library.default({
      element: this.renderRoot.querySelector<HTMLElement>(".picture")!,
      tileSources: [this.src],
      drawer: "canvas",
      showNavigationControl: false,
      showNavigator: false,
      visibilityRatio: 0.6,
      constrainDuringPan: true,
      minZoomImageRatio: 0.8,
      maxZoomPixelRatio: 3,
      animationTime: still ? 0 : 0.7,
      springStiffness: 8,
      immediateRender: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, flickEnabled: true },
      crossOriginPolicy: "Anonymous",
    });
    const { canvas } = this.viewer;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", this.label || say(languageOf(this.lang), "picture"));
    this.viewer.addHandler("open", () => this.dispatchEvent(new CustomEvent("zoom-open", { bubbles: true, composed: true })));
    this.viewer.addHandler("open-failed", () => this.fail());
  }

  private fail(): void {
    this.failed = true;
    this.dispatchEvent(new CustomEvent("zoom-failed", { bubbles: true, composed: true }));
  }
}

customElements.define("museum-zoom", MuseumZoom);
