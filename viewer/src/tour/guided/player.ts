/**
 * Plays a guided tour in a visit: leads to the stops, walking where one can, turns the head, and tells what is told there.
 *
 * What the visitor does by herself is hers: looking around changes nothing, walking away or opening something pauses the tour until she
 * comes back.
 */

import { pick, shownIn } from "../../i18n/languages";
import { say } from "../../i18n/catalog";
import { type View, clamp, focalLength, wrap } from "../../panorama/view";
import { completeView } from "../journey";
import type { TourHost } from "../part";
import type { TourLink } from "../types";
import { Narrator, voiceFor } from "./narrator";
import { keepAloud, keepStop, wantsAloud } from "./progress";
import type { GuidedStop, GuidedTour } from "./types";

const BETWEEN = 900;
/** Degrees that the head turns in a second. */
const TURN = 45;

export class Player {
  index = 0;
  playing = false;
  aloud = wantsAloud();
  /** The visitor has walked away. */
  strayed = false;
  ended = false;
  sentence = -1;
  caption = "";
  /** Number of the answer that she has chosen. */
  answered: number | undefined;
  /** On the way to the stop. */
  leading = false;
  /** All has been told here. */
  told = false;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly narrator: Narrator;

  constructor(
    private readonly host: TourHost,
    readonly tour: GuidedTour,
  ) {
    this.narrator = new Narrator({
      sentence: (number) => {
        this.sentence = number;
        host.requestUpdate();
      },
      caption: (words) => {
        this.caption = words;
        host.requestUpdate();
      },
      done: () => this.onTold(),
    });
  }

  get stop(): GuidedStop {
    return this.tour.stops[this.index]!;
  }

  get isLast(): boolean {
    return this.index === this.tour.stops.length - 1;
  }

  /** Whether what is told here can be heard: in a recording, or by a voice of the browser. */
  get canSpeak(): boolean {
    const language = shownIn(this.stop.body, this.host.language);
    return Boolean(this.stop.narration[language]) || voiceFor(language) !== undefined;
  }

  /** Goes to a stop, and tells it where the tour plays. */
  async go(index: number): Promise<void> {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    const before = this.index;
    this.index = Math.min(Math.max(index, 0), this.tour.stops.length - 1);
    this.answered = undefined;
    this.ended = this.strayed = this.told = false;
    this.prepare();
    this.leading = true;
    await this.lead(before);
    if (turn !== this.turn) return;
    this.leading = false;
    if (this.host.tour?.scene.slug !== this.stop.scene) {
      // It could not be had; why, stands there already.
      this.pause();
      return;
    }
    this.host.keepView();
    keepStop(this.tour.slug, this.index + 1);
    const { language } = this.host;
    const place = say(language, "guidedStop", { number: String(this.index + 1), count: String(this.tour.stops.length) });
    this.host.announce(`${place}: ${pick(this.stop.title, language)}`);
    if (this.playing) this.narrator.play(this.aloud);
    this.host.requestUpdate();
  }

  play(): void {
    this.playing = true;
    if (this.strayed) void this.go(this.index);
    else if (this.ended) void this.go(0);
    else if (this.told) this.onTold();
    else if (!this.leading) this.narrator.play(this.aloud);
    this.host.requestUpdate();
  }

  pause(): void {
    this.playing = false;
    clearTimeout(this.timer);
    this.narrator.pause();
    this.host.requestUpdate();
  }

  setAloud(aloud: boolean): void {
    this.aloud = aloud;
    keepAloud(aloud);
    if (this.playing && !this.leading && !this.told) this.narrator.play(aloud);
    else if (aloud && !this.playing) this.play();
    this.host.requestUpdate();
  }

  answer(number: number): void {
    this.answered = number;
    const { language } = this.host;
    const words = say(language, this.stop.answers[number]?.right ? "guidedRight" : "guidedWrong");
    this.host.announce(`${words} ${pick(this.stop.explanation, language)}`);
    this.host.requestUpdate();
    this.showQuiz(".guided-answer");
  }

  /** Another scene has become the current one. */
  entered(slug: string): void {
    if (this.leading) return;
    this.strayed = slug !== this.stop.scene;
    if (this.strayed) this.pause();
  }

  /** The words are to be told in another language. */
  languageChanged(): void {
    this.prepare();
    if (this.playing && !this.leading && !this.told) this.narrator.play(this.aloud);
  }

  dispose(): void {
    this.turn++;
    clearTimeout(this.timer);
    this.narrator.dispose();
  }

  private prepare(): void {
    const language = shownIn(this.stop.body, this.host.language);
    const text = this.stop.body[language] ?? "";
    this.narrator.set({ language, text, recording: this.stop.narration[language], captions: this.stop.captions[language] });
  }

  private onTold(): void {
    this.told = true;
    if (!this.playing) return;
    const asks = this.stop.answers.length > 0;
    if (asks && this.answered === undefined) {
      this.pause();
      this.showQuiz(".guided-quiz");
      return;
    }
    if (this.isLast) {
      this.ended = true;
      keepStop(this.tour.slug, undefined);
      this.pause();
      return;
    }
    this.timer = setTimeout(() => void this.go(this.index + 1), BETWEEN);
  }

  private showQuiz(part: string): void {
    void this.host.updateComplete.then(() => this.host.renderRoot.querySelector(part)?.scrollIntoView({ block: "nearest" }));
  }

  private async lead(before: number): Promise<void> {
    const { host, stop } = this;
    const { visit } = host;
    if (!visit || !host.tour) return;
    const turn = this.turn;
    if (host.tour.scene.slug !== stop.scene) {
      const way = host.calm ? undefined : this.wayFrom(before);
      for (const slug of way ?? []) {
        const link = host.tour?.scene.links.find((known) => known.scene === slug);
        if (!link) break;
        await host.turnTo({ yaw: link.yaw, pitch: 0 }, this.secondsTo(link.yaw));
        if (turn !== this.turn) return;
        await visit.guide.follow(link, true);
        if (turn !== this.turn) return;
      }
      if (host.tour?.scene.slug !== stop.scene) await visit.guide.follow(this.jump(), true);
      if (turn !== this.turn || host.tour?.scene.slug !== stop.scene) return;
    }
    await host.updateComplete;
    const view = this.clearOfPanel(completeView(stop.view));
    await host.turnTo(view, this.secondsTo(view.yaw));
  }

  /** The view in which what the stop shows stands in the middle of what the panel leaves free. */
  private clearOfPanel(view: View): View {
    const panel = this.host.renderRoot.querySelector<HTMLElement>(".guided");
    const { clientHeight } = this.host;
    const hidden = Math.min(panel ? panel.offsetHeight : 0, clientHeight * 0.6);
    const shift = (Math.atan(hidden / 2 / focalLength(view.fov, clientHeight)) * 180) / Math.PI;
    return { ...view, pitch: clamp(view.pitch - shift, -90, 90) };
  }

  /** The scenes to walk through from where one stands, the stop's own last; undefined where one doesn't walk. */
  private wayFrom(before: number): string[] | undefined {
    const { stops } = this.tour;
    if (this.host.tour?.scene.slug !== stops[before]?.scene) return undefined;
    if (this.index === before + 1) return this.stop.way ? [...this.stop.way, this.stop.scene] : undefined;
    const back = this.index === before - 1 ? stops[before]!.way : undefined;
    return back ? [...back].reverse().concat(this.stop.scene) : undefined;
  }

  private jump(): TourLink {
    const { scene, tour, page, title, view } = this.stop;
    return { id: 0, kind: "guided", yaw: 0, pitch: 0, title, scene, tour, url: page, arrival: view };
  }

  private secondsTo(yaw: number): number {
    const far = Math.abs(wrap(yaw - this.host.visit!.view.yaw));
    return Math.min(Math.max(far / TURN, 0.6), 3);
  }
}
