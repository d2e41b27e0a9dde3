/**
 * `<museum-comparison>`: two `<museum-zoom>` in it are looked at together: who moves, zooms or turns one does so with the other.
 *
 * A button unlinks them, to set one right against the other, and links them again. Attribute: `lang`.
 */

import { type TemplateResult, css, html } from "lit";
import { languageOf } from "../i18n/languages";
import { say } from "../i18n/catalog";
import { icons } from "../ui/icons";
import { SpeakingElement } from "../ui/speaking-element";
import { theme } from "../ui/theme";
import { type Look, follow } from "./look";
import type { MuseumZoom } from "./museum-zoom";

export class MuseumComparison extends SpeakingElement {
  static override properties = { lang: { type: String, reflect: true }, linked: { state: true } };
  static override styles = [
    theme,
    css`
      :host {
        position: relative;
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 2px;
      }
      ::slotted(*) {
        --navigator-top: 4.75rem;
      }
      .link {
        position: absolute;
        inset-block-start: 1rem;
        inset-inline: 0;
        margin-inline: auto;
        inline-size: max-content;
        z-index: 3;
        background: rgb(15 13 11 / 0.85);
        box-shadow: 0 0 0 1px var(--_line);
      }
      .link[aria-pressed="true"] {
        color: var(--_accent);
      }
      @media (max-width: 48rem) and (orientation: portrait) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  declare linked: boolean;
  /** The picture that the visitor has in hand; the other one follows. */
  private leader: MuseumZoom | undefined;
  private readonly looks = new Map<MuseumZoom, Look>();

  constructor() {
    super();
    this.linked = true;
    for (const type of ["pointerdown", "wheel", "keydown", "focusin"]) {
      this.addEventListener(type, (event) => this.take(event), { capture: true, passive: true });
    }
    this.addEventListener("zoom-look", (event) => this.onLook(event as CustomEvent<{ look: Look }>));
  }

  override render(): TemplateResult {
    const language = languageOf(this.lang || document.documentElement.lang);
    return html`<slot></slot>
      <button class="pill link" aria-pressed=${this.linked} @click=${() => (this.linked = !this.linked)}>
        ${icons.link} ${say(language, this.linked ? "linked" : "unlinked")}</button>`;
  }

  private take(event: Event): void {
    const zoom = (event.target as Element).closest<MuseumZoom>("museum-zoom");
    if (!zoom) return;
    this.leader = zoom;
    if (zoom.look && !this.looks.has(zoom)) this.looks.set(zoom, zoom.look);
  }

  private onLook(event: CustomEvent<{ look: Look }>): void {
    const zoom = (event.target as Element).closest<MuseumZoom>("museum-zoom");
    if (!zoom) return;
    const before = this.looks.get(zoom);
    const after = event.detail.look;
    this.looks.set(zoom, after);
    if (!this.linked || zoom !== this.leader || !before) return;
    for (const other of this.querySelectorAll<MuseumZoom>("museum-zoom")) {
      const { look } = other;
      if (other === zoom || !look) continue;
      other.look = follow(before, after, look);
    }
  }
}

customElements.define("museum-comparison", MuseumComparison);
