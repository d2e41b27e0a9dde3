/** The hall's scenes with pictures: find one as one types, and go there from wherever one is. */

import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { say, sayYear } from "../../i18n/catalog";
import { pick } from "../../i18n/languages";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { dialogHead, dialogStyles, closeOnGround } from "../dialogs";
import { type HallScene, HallScenes, matchingScenes } from "../hall-scenes";
import type { Rendered, TourHost, TourPart } from "../part";

const MANY = 8;
const halls = new HallScenes();

export class SceneList implements TourPart {
  static readonly styles = [
    dialogStyles,
    css`
      .scenes {
        inline-size: min(64rem, 100% - 1.5rem);
        max-block-size: min(46rem, 100% - 1.5rem);
      }
      /* Its height stays while one types. */
      .scenes.many { block-size: min(46rem, 100% - 1.5rem); }
      .scenes > div {
        block-size: 100%;
        max-block-size: inherit;
        display: flex;
        flex-direction: column;
        gap: 1rem;
      }
      .scenes input {
        font: inherit;
        color: inherit;
        inline-size: 100%;
        min-block-size: 2.75rem;
        padding: 0.25rem 1.1rem;
        border: 1px solid #8a7f70;
        border-radius: 1.4rem;
        background: var(--_ground);
      }
      .scenes input::placeholder { color: var(--_quiet); opacity: 1; }
      .scenes ul {
        flex: 1;
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
        margin: 0 -0.5rem;
        padding: 0.35rem 0.5rem;
        list-style: none;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(12rem, 1fr));
        align-content: start;
        gap: 1.1rem 0.9rem;
      }
      .scenes a {
        display: block;
        color: inherit;
        text-decoration: none;
        line-height: 1.35;
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .scenes .still {
        position: relative;
        display: block;
        aspect-ratio: 16 / 10;
        margin-block-end: 0.45rem;
        border-radius: 0.5rem;
        overflow: hidden;
        background: #2a241f;
      }
      .scenes img {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        transition: transform 0.4s;
      }
      .scenes a:hover img { transform: scale(1.04); }
      .scenes a:hover { color: #fff; }
      .scenes [aria-current] .still { box-shadow: 0 0 0 2px var(--_raised), 0 0 0 4px var(--_accent); }
      .scenes .here {
        position: absolute;
        inset-block-end: 0;
        inset-inline: 0;
        padding: 0.15rem 0.6rem;
        background: var(--_accent);
        color: #201709;
        font-size: 0.8125rem;
      }
      .scenes .unseen {
        position: absolute;
        inset: 0;
        display: grid;
        place-items: center;
        color: var(--_quiet);
        font-size: 0.875rem;
      }
      .scenes .year { color: var(--_quiet); font-size: 0.875rem; }
      .scenes p { margin: 0; color: var(--_quiet); }
      @media (max-width: 40rem) {
        .scenes ul { grid-template-columns: 1fr 1fr; }
      }
    `,
  ];

  readonly regions = { controls: () => this.button(), dialogs: () => this.dialog() };
  readonly commands = [{ key: "s", label: "scenes" as const, run: () => void this.show() }];
  private venue = "";
  private scenes: readonly HallScene[] | undefined;
  private unread = false;
  private query = "";

  constructor(private readonly host: TourHost) {}

  private get element(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector<HTMLDialogElement>("dialog.scenes");
  }

  private async show(): Promise<void> {
    const { host } = this;
    const { tour, visit } = host;
    if (!tour || !visit || this.element?.open) return;
    this.query = "";
    host.requestUpdate();
    await host.updateComplete;
    this.element?.showModal();
    await this.read();
    this.element?.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
  }

  private async read(): Promise<void> {
    const { host } = this;
    const { slug } = host.tour!.scene.venue;
    const { address } = host.visit!.guide;
    const venue = new URL(slug, address).href;
    if (venue !== this.venue) this.scenes = undefined;
    this.venue = venue;
    this.unread = false;
    host.requestUpdate();
    try {
      const scenes = await halls.of(slug, address, host.isHome(address), [location.origin]);
      if (this.venue === venue) this.scenes = scenes;
    } catch {
      this.unread = this.venue === venue;
    }
    host.requestUpdate();
    await host.updateComplete;
  }

  private go(event: MouseEvent, { slug, title, tour, page, view }: HallScene): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.element?.close();
    if (slug === this.host.tour?.scene.slug) return;
    void this.host.follow({ id: 0, kind: "jump", yaw: 0, pitch: 0, title, tour, url: page, scene: slug, arrival: view });
  }

  private button(): Rendered {
    return roundButton(this.host.language, { text: "scenes", icon: icons.scenes, act: () => void this.show(), name: "scenes-button" });
  }

  private dialog(): Rendered {
    const { tour, language } = this.host;
    if (!tour) return nothing;
    const title = say(language, "scenesOf", { title: pick(tour.scene.venue.title, language) });
    return html`<dialog part="dialog" class="sheet scenes ${(this.scenes?.length ?? 0) > MANY ? "many" : ""}" aria-label=${title} @keydown=${(event: Event) => event.stopPropagation()} @click=${closeOnGround}>
      <div>
        ${dialogHead(language, title)}
        <input type="search" autocomplete="off" maxlength="100" autofocus aria-label=${say(language, "scenesFind")}
          placeholder=${say(language, "scenesFind")} .value=${this.query} @input=${this.onInput} @keydown=${this.onEnter} />
        ${this.list()}
      </div>
    </dialog>`;
  }

  private readonly onInput = (event: Event): void => {
    this.query = (event.target as HTMLInputElement).value;
    this.host.requestUpdate();
  };

  /** Enter goes to the first that was found. */
  private readonly onEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (this.query.trim()) this.element?.querySelector<HTMLElement>("li a")?.click();
  };

  private list(): Rendered {
    const { language } = this.host;
    if (this.unread) {
      return html`<p role="alert">${say(language, "scenesFailed")}</p>
        <p><button class="pill" @click=${() => void this.read()}>${say(language, "retry")}</button></p>`;
    }
    if (!this.scenes) return html`<p role="status">${say(language, "recordComing")}</p>`;
    const found = matchingScenes(this.scenes, this.query);
    const words = found.length > 0 ? say(language, "scenesCount", { count: String(found.length) }) : say(language, "scenesNone");
    return html`<p role="status">${words}</p>
      <ul>${repeat(found, (scene) => scene.slug, (scene) => this.card(scene))}</ul>`;
  }

  private card(scene: HallScene): Rendered {
    const { tour, language, address } = this.host;
    const here = scene.slug === tour?.scene.slug;
    return html`<li><a href=${scene.page} target=${address ? nothing : "_blank"} aria-current=${here ? "location" : nothing}
      @click=${(event: MouseEvent) => this.go(event, scene)}>
      <span class="still">
        ${scene.thumbnail ? html`<img src=${scene.thumbnail} alt="" loading="lazy" decoding="async" width="320" height="200" />` : html`<span class="unseen">${say(language, "scenesUnseen")}</span>`}
        ${here ? html`<span class="here">${say(language, "scenesHere")}</span>` : nothing}
      </span>
      ${pick(scene.title, language) || scene.slug}
      ${scene.year == null ? nothing : html`<span class="year">${sayYear(language, scene.year)}</span>`}
    </a></li>`;
  }
}
