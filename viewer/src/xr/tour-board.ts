/** A guided tour before the eyes: what is told here, what is asked, and the buttons to play, pause and step. */

import { say } from "../i18n/catalog";
import { type Language, pick, shownIn } from "../i18n/languages";
import type { Player } from "../tour/guided/player";
import { Board } from "./board";
import { COLOUR } from "./colours";
import type { Pen } from "./pen";

export interface TourState {
  player: Player;
  language: Language;
}

const WIDTH = 860;
const HEIGHT = 800;
const METRES = 0.54;
const EDGE = 52;
const ROW = 88;
const GAP = 16;
const SIZE = 32;
const STEP = SIZE * 1.6;

export class TourBoard extends Board {
  private page = 0;
  private stop = -1;
  private told = false;

  constructor(
    private readonly state: () => TourState | undefined,
    private readonly close: () => void,
  ) {
    super(WIDTH, HEIGHT, METRES);
  }

  protected draw(pen: Pen): void {
    const state = this.state();
    pen.ground(44, COLOUR.accent);
    if (!state) return;
    const { player, language } = state;
    if (this.stop !== player.index) [this.stop, this.page, this.told] = [player.index, 0, false];
    const { tour, stop, index } = player;
    const room = WIDTH - 2 * EDGE - ROW - 20;
    const place = say(language, "guidedStop", { number: String(index + 1), count: String(tour.stops.length) });
    pen.line(`${place} · ${pick(tour.title, language)}`, EDGE, 66, room, 28, "sans", COLOUR.accent);
    pen.button({ x: WIDTH - EDGE - ROW, y: 32, width: ROW, height: ROW, icon: "close", text: say(language, "guidedClose"), bare: true, act: this.close });
    const top = pen.text(pick(stop.title, language), EDGE, 100, room, 44, 2, "serif") + 16;
    const foot = this.drawButtons(pen, state) - 20;
    if (player.strayed) return;
    this.drawPage(pen, state, top, player.caption ? foot - STEP : foot);
    if (player.caption) pen.line(player.caption, EDGE, foot - STEP / 2, WIDTH - 2 * EDGE, SIZE, "sans", COLOUR.accent);
  }

  /** Returns where they begin. */
  private drawButtons(pen: Pen, { player, language }: TourState): number {
    const y = HEIGHT - ROW - 40;
    const wide = WIDTH - 2 * EDGE;
    if (player.strayed) {
      const text = say(language, "guidedResume", { number: String(player.index + 1) });
      pen.button({ x: EDGE, y, width: wide, height: ROW, icon: "back", text, first: true, act: () => player.play() });
      return y;
    }
    const side = 124;
    const { playing, ended } = player;
    const words = say(language, playing ? "guidedPause" : ended ? "guidedAgain" : "guidedPlay");
    const [previous, next] = [say(language, "guidedPrevious"), say(language, "guidedNext")];
    const go = (by: number) => (): void => void player.go(player.index + by);
    if (player.index > 0) pen.button({ x: EDGE, y, width: side, height: ROW, icon: "previous", text: previous, bare: true, act: go(-1) });
    const act = (): void => (playing ? player.pause() : player.play());
    const middle = wide - 2 * (side + GAP) - (player.canSpeak ? side + GAP : 0);
    pen.button({ x: EDGE + side + GAP, y, width: middle, height: ROW, icon: playing ? "pause" : "play", text: words, first: true, act });
    if (!player.isLast) pen.button({ x: EDGE + side + middle + 2 * GAP, y, width: side, height: ROW, icon: "next", text: next, bare: true, act: go(1) });
    if (player.canSpeak) {
      const aloud = say(language, "guidedAloud");
      pen.button({ x: WIDTH - EDGE - side, y, width: side, height: ROW, icon: "audio", text: aloud, bare: true, on: player.aloud, act: () => player.setAloud(!player.aloud) });
    }
    return y;
  }

  private drawQuiz(pen: Pen, { player, language }: TourState, top: number): void {
    const { stop, answered } = player;
    let y = pen.text(pick(stop.question, language), EDGE, top, WIDTH - 2 * EDGE, 34, 3, "serif") + 14;
    stop.answers.forEach((answer, i) => {
      const text = pick(answer.text, language);
      const right = answered !== undefined && answer.right;
      pen.button({ x: EDGE, y, width: WIDTH - 2 * EDGE, height: ROW - 12, text: right ? `${text} ✓` : text, on: right || answered === i, act: () => player.answer(i) });
      y += ROW;
    });
    if (answered === undefined) return;
    const words = say(language, stop.answers[answered]?.right ? "guidedRight" : "guidedWrong");
    pen.text(`${words} ${pick(stop.explanation, language)}`, EDGE, y, WIDTH - 2 * EDGE, 28, 3, "sans", COLOUR.quiet);
  }

  /** What is told, in pages of as many lines as there is room for, and after it what is asked. */
  private drawPage(pen: Pen, state: TourState, top: number, foot: number): void {
    const { player, language } = state;
    const asks = player.stop.answers.length > 0;
    const words = player.stop.body[shownIn(player.stop.body, language)] ?? "";
    const lines = pen.lines(player.ended ? `${words}\n${say(language, "guidedEnd")}` : words, WIDTH - 2 * EDGE, SIZE);
    const whole = Math.floor((foot - top) / STEP);
    const fits = asks || lines.length > whole ? Math.max(Math.floor((foot - top - ROW) / STEP), 1) : whole;
    const pages = Math.max(Math.ceil(lines.length / fits), 1) + (asks ? 1 : 0);
    if (player.told && !this.told) [this.told, this.page] = [true, asks ? pages - 1 : this.page];
    this.page = Math.min(this.page, pages - 1);
    if (asks && this.page === pages - 1) this.drawQuiz(pen, state, top);
    else lines.slice(this.page * fits, (this.page + 1) * fits).forEach((line, i) => pen.line(line, EDGE, top + STEP * (i + 0.5), WIDTH - 2 * EDGE, SIZE));
    if (pages === 1) return;
    const leaf = (): void => {
      this.page = (this.page + 1) % pages;
      this.change();
    };
    const text = `${this.page + 1} / ${pages}`;
    pen.button({ x: WIDTH - EDGE - 220, y: foot - ROW + 12, width: 220, height: ROW - 24, text, icon: "next", act: leaf });
  }
}
