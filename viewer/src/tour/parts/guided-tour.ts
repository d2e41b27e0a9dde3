/** A guided tour through the visit, where the page's address or the tag's `guide` names one. What plays it comes when it is needed. */

import { nothing } from "lit";
import { fetchJson } from "../../reading/fetch-bounded";
import { say } from "../../i18n/catalog";
import { checkGuided } from "../guided/check-guided";
import type { Player } from "../guided/player";
import { guidedStyles } from "../guided/styles";
import type { Command, Rendered, TourHost, TourPart } from "../part";
import type { Tour } from "../types";

const BOUNDS = { bytes: 4_000_000, seconds: 30, redirects: false };

interface Wanted {
  address: string;
  /** From 1 on. */
  stop: number;
  play: boolean;
}

export class GuidedTours implements TourPart {
  static readonly styles = guidedStyles;

  readonly regions = { caption: () => this.render() };
  player: Player | undefined;
  private panel: typeof import("../guided/panel").guidedPanel | undefined;
  private wanted: Wanted | undefined;
  private language = "";
  /** On a small screen the picture needs the room: there the words are put away until they are asked for. */
  private readonly roomy = matchMedia("(min-width: 40rem) and (min-height: 30rem)");
  /** What the visitor has chosen; undefined as long as she has not. */
  private unfolded: boolean | undefined;

  constructor(private readonly host: TourHost) {}

  get commands(): readonly Command[] {
    const { player } = this;
    if (!player) return [];
    return [
      { key: "p", label: "guidedPlay", run: () => (player.playing ? player.pause() : player.play()) },
      { key: ",", label: "guidedPrevious", run: () => void player.go(player.index - 1) },
      { key: ".", label: "guidedNext", run: () => void player.go(player.index + 1) },
    ];
  }

  get playing(): boolean {
    return this.player?.playing ?? false;
  }

  /** Where the tour stands, for the trail. */
  get standing(): { tour: string; stop: number } | undefined {
    const { player } = this;
    return player && !player.strayed ? { tour: player.tour.slug, stop: player.index + 1 } : undefined;
  }

  hostConnected(): void {
    this.host.addEventListener("hotspot-open", this.onOpen);
    document.addEventListener("visibilitychange", this.onHidden);
    window.speechSynthesis?.addEventListener?.("voiceschanged", this.onChanged);
    this.roomy.addEventListener("change", this.onChanged);
  }

  hostDisconnected(): void {
    this.host.removeEventListener("hotspot-open", this.onOpen);
    document.removeEventListener("visibilitychange", this.onHidden);
    window.speechSynthesis?.removeEventListener?.("voiceschanged", this.onChanged);
    this.roomy.removeEventListener("change", this.onChanged);
    this.close();
  }

  hostUpdated(): void {
    const { language } = this.host;
    if (this.language && this.language !== language) this.player?.languageChanged();
    this.language = language;
  }

  opening(): void {
    this.wanted = this.asked();
  }

  entered({ scene }: Tour): void {
    this.player?.entered(scene.slug);
    const { wanted } = this;
    this.wanted = undefined;
    if (wanted) void this.begin(wanted);
  }

  /** Begins a guided tour, ending the one that is under way. */
  async begin({ address, stop, play }: Wanted): Promise<void> {
    const { host } = this;
    this.close();
    try {
      const source = { address, trusted: host.isHome(address), home: [location.origin] };
      const [json, { Player }, { guidedPanel }] = await Promise.all([
        fetchJson(address, BOUNDS),
        import("../guided/player"),
        import("../guided/panel"),
      ]);
      if (!host.visit) return;
      this.player = new Player(host, checkGuided(json, source));
      this.panel = guidedPanel;
    } catch {
      // The visit goes on without a guide.
      host.announce(say(host.language, "guidedFailed"));
      return;
    }
    this.player.playing = play;
    host.requestUpdate();
    await this.player.go(stop - 1);
  }

  private asked(): Wanted | undefined {
    const { host } = this;
    const fields = new URLSearchParams(host.address ? location.search : host.start);
    const slug = fields.get("tour");
    const named = host.guide || (slug && /^[a-z0-9-]{1,120}$/.test(slug) ? `/api/v1/tours/${slug}` : "");
    if (!named) return undefined;
    const address = new URL(named, host.guide || host.address ? document.baseURI : new URL(host.src, document.baseURI)).href;
    return { address, stop: Math.max(1, Math.floor(Number(fields.get("stop")) || 1)), play: fields.has("play") };
  }

  /** Ends the guided tour that is under way. */
  readonly close = (): void => {
    this.player?.dispose();
    if (!this.player) return;
    this.player = undefined;
    this.host.keepView();
    this.host.requestUpdate();
  };

  private readonly onOpen = (): void => this.player?.pause();
  private readonly onChanged = (): void => this.host.requestUpdate();
  private readonly onHidden = (): void => {
    if (document.hidden) this.player?.pause();
  };

  private render(): Rendered {
    const { player, panel, host, close } = this;
    if (!player || !panel) return nothing;
    const { answers } = player.stop;
    const unfolded = this.unfolded ?? (this.roomy.matches || answers.length > 0);
    const fold = (): void => {
      this.unfolded = !unfolded;
      host.requestUpdate();
    };
    return panel(player, host.language, { unfolded, fold, close });
  }
}
