/** The sheet on which a visitor chooses to keep a hall: how large it is, how far it has come, and how to be rid of it. */

import { type TemplateResult, css, html, nothing } from "lit";
import { type TextKey, say } from "../i18n/catalog";
import { joined, pick } from "../i18n/languages";
import { HallScenes, sceneListAddress } from "../tour/hall-scenes";
import type { Rendered, TourHost } from "../tour/part";
import { type Exhibits, estimateExhibits, readExhibits } from "./exhibits";
import { type KeptHall, keptHalls, letGo, readableBytes } from "./kept";
import { type Hall, NoRoom, type Progress, estimate, keep, readHall, room } from "./keeper";
import { KEPT_PAGE } from "./names";
import { EXHIBITS, type ExhibitKind, type Sharpness } from "./plan";

export const keepStyles = css`
  .keep {
    inline-size: min(34rem, 100% - 1.5rem);
  }
  .keep h2 { margin-block-end: 0.75rem; }
  .keep p { margin: 0 0 1rem; }
  .keep .quiet { color: var(--_quiet); font-size: 0.9375rem; }
  .keep fieldset {
    margin: 0 0 1rem;
    padding: 0;
    border: 0;
  }
  .keep legend { padding: 0; color: var(--_quiet); font-size: 0.9375rem; }
  .keep label {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    min-block-size: 2.75rem;
    border-block-end: 1px solid var(--_line);
  }
  .keep label:has(:disabled) { opacity: 0.6; }
  .keep label span { margin-inline-start: auto; color: var(--_quiet); }
  .keep input { inline-size: 1.5rem; block-size: 1.5rem; margin: 0; accent-color: var(--_accent); }
  .keep progress { inline-size: 100%; block-size: 0.75rem; accent-color: var(--_accent); }
  .keep .deeds { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; }
  .keep .pill { box-shadow: inset 0 0 0 1px var(--_line); }
  .keep .pill.first { background: var(--_accent); color: #201709; }
  .keep a { color: var(--_accent); margin-inline-start: auto; padding-block: 0.4rem; }
`;

const CHOICES: readonly [Sharpness, TextKey][] = [
  ["light", "keepLight"],
  ["sharp", "keepSharp"],
  ["whole", "keepWhole"],
];
const KINDS: Record<ExhibitKind, TextKey> = { pictures: "keepPictures", models: "keepModels", recordings: "keepRecordings" };
const halls = new HallScenes();

export class KeepSheet {
  private hall: Hall | undefined;
  private kept: KeptHall | undefined;
  private sizes: Record<Sharpness, number> | undefined;
  private room: number | undefined;
  private chosen: Sharpness = "light";
  private exhibits: Exhibits | undefined;
  /** Bytes of what may be kept beside the walk, once they are known. */
  private parts: Record<ExhibitKind, number> | undefined;
  private readonly with = new Set<ExhibitKind>();
  private progress: Progress | undefined;
  private told: TextKey | undefined;
  private abort: AbortController | undefined;

  constructor(private readonly host: TourHost) {}

  /** Reads what belongs to the hall that one is in, unless one is being kept. */
  async ask(): Promise<void> {
    if (this.progress) return;
    const { tour, visit, language } = this.host;
    const { slug, title } = tour!.scene.venue;
    const { address } = visit!.guide;
    if (this.hall?.slug !== slug) this.hall = this.sizes = this.exhibits = this.parts = undefined;
    this.told = undefined;
    this.abort?.abort();
    const { signal } = (this.abort = new AbortController());
    try {
      this.kept = (await keptHalls()).find((hall) => hall.slug === slug);
      this.chosen = this.kept?.sharpness ?? "light";
      this.with.clear();
      for (const kind of this.kept?.exhibits ?? []) this.with.add(kind);
      this.show();
      const scenes = await halls.of(slug, address, true, [location.origin]);
      this.hall = await readHall(slug, pick(title, language), sceneListAddress(slug, address), scenes, signal);
      [this.sizes, this.room] = await Promise.all([estimate(this.hall, signal), room()]);
      this.show();
      this.exhibits = await readExhibits(this.hall.tours, signal);
      this.parts = await estimateExhibits(this.exhibits, signal);
    } catch {
      if (signal.aborted) return;
      this.told = "keepFailed";
    }
    this.show();
  }

  render(): TemplateResult {
    const { language } = this.host;
    return html`<p class="quiet">${say(language, "keepWhat")}</p>
      ${this.state()} ${this.progress ? this.running(this.progress) : this.choice()}
      <div role="status">${this.told ? html`<p>${say(language, this.told)}</p>` : nothing}</div>
      <div class="deeds">${this.deeds()}<a href=${KEPT_PAGE}>${say(language, "keepAll")}</a></div>`;
  }

  private state(): Rendered {
    const { language } = this.host;
    const { kept } = this;
    if (!kept || this.progress) return nothing;
    if (!kept.whole) return html`<p>${say(language, "keepPartly")}</p>`;
    const date = new Date(kept.kept).toLocaleDateString(language);
    const words = { scenes: say(language, "scenesCount", { count: String(kept.scenes) }), size: readableBytes(kept.bytes, language), date };
    const also = joined(EXHIBITS.filter((kind) => kept.exhibits.includes(kind)).map((kind) => say(language, KINDS[kind])), language);
    return html`<p class="kept">${say(language, "keepDone", words)}${also ? html`<br />${say(language, "keepAlso", { what: also })}` : nothing}</p>`;
  }

  private choice(): Rendered {
    const { language } = this.host;
    const { sizes, hall } = this;
    if (!sizes || !hall) return this.told ? nothing : html`<p role="status">${say(language, "keepAsking")}</p>`;
    // Where there is nothing finer, there is nothing to choose.
    const offered = CHOICES.filter(([sharpness], i) => i === 0 || sizes[sharpness] > sizes[CHOICES[i - 1]![0]]);
    const choose = (sharpness: Sharpness) => (): void => {
      this.chosen = sharpness;
      this.show();
    };
    return html`<fieldset><legend>${say(language, "keepWalk")}</legend>
      ${offered.map(
        ([sharpness, text]) => html`<label><input type="radio" name="sharpness" value=${sharpness} .checked=${this.chosen === sharpness}
          ?disabled=${this.room !== undefined && sizes[sharpness] > this.room} @change=${choose(sharpness)} />
          ${say(language, text)}<span>${say(language, "keepAbout", { size: readableBytes(sizes[sharpness], language) })}</span></label>`,
      )}</fieldset>
      ${this.beside()}
      ${this.whole > sizes[this.chosen] ? html`<p class="whole">${say(language, "keepTogether", { size: readableBytes(this.whole, language) })}</p>` : nothing}
      ${this.room === undefined ? nothing : html`<p class="quiet">${say(language, "keepRoom", { size: readableBytes(this.room, language) })}</p>`}`;
  }

  /** What may be kept beside the walk. */
  private beside(): Rendered {
    const { language } = this.host;
    const { parts } = this;
    if (!parts) return this.told ? nothing : html`<p class="quiet" role="status">${say(language, "keepAskingExhibits")}</p>`;
    const there = EXHIBITS.filter((kind) => parts[kind] > 0);
    if (there.length === 0) return nothing;
    const choose = (kind: ExhibitKind) => (event: Event): void => {
      if ((event.target as HTMLInputElement).checked) this.with.add(kind);
      else this.with.delete(kind);
      this.show();
    };
    return html`<fieldset><legend>${say(language, "keepExhibits")}</legend>
      ${there.map(
        (kind) => html`<label><input type="checkbox" name=${kind} .checked=${this.with.has(kind)}
          ?disabled=${this.room !== undefined && parts[kind] > this.room} @change=${choose(kind)} />
          ${say(language, KINDS[kind])}<span>${say(language, "keepAbout", { size: readableBytes(parts[kind], language) })}</span></label>`,
      )}</fieldset>`;
  }

  /** About how many bytes all takes that is chosen. */
  private get whole(): number {
    const { sizes, parts } = this;
    return EXHIBITS.reduce((sum, kind) => sum + (this.with.has(kind) ? (parts?.[kind] ?? 0) : 0), sizes?.[this.chosen] ?? 0);
  }

  private running({ files, of, bytes }: Progress): Rendered {
    const { language } = this.host;
    const size = readableBytes(this.whole || bytes, language);
    const words = say(language, "keepProgress", { done: readableBytes(bytes, language), size });
    return html`<p><progress max=${of} value=${files} aria-label=${words}></progress>${words}</p>`;
  }

  private deeds(): Rendered {
    const { language } = this.host;
    if (this.progress) return html`<button class="pill" @click=${() => this.abort?.abort()}>${say(language, "keepCancel")}</button>`;
    const { kept, sizes } = this;
    return html`${sizes && (this.parts || this.with.size === 0)
      ? html`<button class="pill first start" @click=${() => void this.start()}>${say(language, kept ? "keepUpdate" : "keepStart")}</button>`
      : this.told === "keepFailed"
        ? html`<button class="pill first" @click=${() => void this.ask()}>${say(language, "retry")}</button>`
        : nothing}
      ${kept ? html`<button class="pill remove" @click=${() => void this.remove(kept)}>${say(language, "keepRemove")}</button>` : nothing}`;
  }

  private async start(): Promise<void> {
    const { hall } = this;
    if (!hall || this.progress) return;
    const { signal } = (this.abort = new AbortController());
    this.told = undefined;
    this.progress = { files: 0, of: 1, bytes: 0 };
    this.show();
    try {
      await keep(hall, { sharpness: this.chosen, exhibits: [...this.with] }, this.exhibits, signal, (progress) => {
        this.progress = progress;
        this.show();
      });
    } catch (error) {
      if (!signal.aborted) this.told = error instanceof NoRoom ? "keepFull" : "keepFailed";
    }
    this.progress = undefined;
    this.kept = (await keptHalls()).find(({ slug }) => slug === hall.slug);
    this.show();
  }

  private async remove({ slug }: KeptHall): Promise<void> {
    await letGo(slug);
    this.kept = undefined;
    this.told = "keepRemoved";
    this.show();
  }

  private show(): void {
    this.host.requestUpdate();
  }
}
