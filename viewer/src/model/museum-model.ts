/**
 * `<museum-model src="….glb">`: one thing in the round.
 *
 * Attributes: `src`, `poster`, `alt`, `lang`. Events: `model-load`, `model-failed`.
 */

import nothingToLoad from "./nothing.js?url";
import { LitElement, type TemplateResult, css, html, nothing } from "lit";
import { languageOf } from "../i18n/languages";
import { say } from "../i18n/catalog";
import { theme } from "../ui/theme";

export class MuseumModel extends LitElement {
  static override properties = {
    src: { type: String },
    poster: { type: String },
    alt: { type: String },
    lang: { type: String, reflect: true },
    failed: { state: true },
    ready: { state: true },
  };
  static override styles = [
    theme,
    css`
      :host {
        display: block;
        position: relative;
        min-block-size: 14rem;
        background: radial-gradient(circle at 50% 42%, #322b24, #0f0d0b 72%);
      }
      model-viewer {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        --poster-color: transparent;
        --progress-bar-color: var(--_accent);
      }
      .trouble {
        position: absolute;
        inset: 0;
        display: grid;
        place-content: center;
        justify-items: center;
        gap: 1rem;
      }
      .hint {
        position: absolute;
        inset-block-end: 1rem;
        inset-inline: 1rem;
        margin: 0;
        text-align: center;
        color: var(--_quiet);
        font-size: 0.875rem;
        pointer-events: none;
      }
    `,
  ];

  declare src: string;
  declare poster: string;
  declare alt: string;
  declare failed: boolean;
  declare ready: boolean;
  /** Whether the level for a phone is asked for, where the museum has levels. */
  private light = suitsPhone();

  constructor() {
    super();
    this.src = this.poster = this.alt = "";
    this.failed = this.ready = false;
  }

  override firstUpdated(): void {
    void this.load();
  }

  override render(): TemplateResult {
    const language = languageOf(this.lang || document.documentElement.lang);
    if (this.failed) {
      return html`<div class="trouble" role="alert"><p>${say(language, "modelFailed")}</p>
        <button class="pill" @click=${() => void this.load()}>${say(language, "retry")}</button></div>`;
    }
    if (!this.ready) return html`<p class="hint">${say(language, "loading")}</p>`;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return html`<model-viewer src=${this.light ? levelFor(this.src, "phone") : this.src} poster=${this.poster || nothing} alt=${this.alt} camera-controls
        ?auto-rotate=${!still} auto-rotate-delay="1500" rotation-per-second="14deg" interaction-prompt="none" camera-orbit="0deg 76deg 122%" shadow-intensity="0.9"
        shadow-softness="0.9" exposure="1.05" tone-mapping="neutral" touch-action="pan-y"
        @load=${() => this.dispatchEvent(new CustomEvent("model-load", { bubbles: true, composed: true }))}
        @error=${this.fail}></model-viewer>
      <p class="hint">${say(language, "modelHint")}</p>`;
  }

  override updated(): void {
    const viewer = this.renderRoot.querySelector("model-viewer");
    if (viewer?.shadowRoot) adoptStyles(viewer.shadowRoot);
  }

  private async load(): Promise<void> {
    this.failed = false;
    try {
      const { ModelViewerElement } = await import("@google/model-viewer/lib/model-viewer.js");
      ModelViewerElement.meshoptDecoderLocation = nothingToLoad;
      this.ready = true;
    } catch {
      this.fail();
    }
  }

  private fail(): void {
    if (this.light && levelFor(this.src, "phone") !== this.src) {
      this.light = false; // a museum that has no levels
      this.requestUpdate();
      return;
    }
    this.failed = true;
    this.dispatchEvent(new CustomEvent("model-failed", { bubbles: true, composed: true }));
  }
}

/** Small screens, fingers and little memory get fewer triangles and textures of 2048 pixels at most. */
function suitsPhone(): boolean {
  const memory = (navigator as Navigator & { deviceMemory?: number }).deviceMemory ?? 8;
  return memory <= 4 || matchMedia("(max-width: 48rem), (pointer: coarse)").matches;
}

/** The address of a level of a model of this or another museum; any other address stays as it is. */
export function levelFor(src: string, whom: "phone" | "far" | "headset"): string {
  return src.replace(/(\/models\/[0-9a-f]{64})\.glb$/, `$1/${whom}.glb`);
}

/**
 * Gives a shadow tree its own `<style>` elements as adopted sheets: the museum's security policy lets no inline style element
 * apply, and the library has no other way to bring its styles.
 */
function adoptStyles(root: ShadowRoot): void {
  if (root.adoptedStyleSheets.length > 0) return;
  root.adoptedStyleSheets = [...root.querySelectorAll("style")].map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style.textContent ?? "");
    return sheet;
  });
}

customElements.define("museum-model", MuseumModel);
