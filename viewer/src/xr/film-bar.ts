/** What lies under a film: what is said in it, to play and pause it, and where in it one is. */

import { say } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import { clock } from "../tour/captions";
import { Board } from "./board";
import { COLOUR, sans } from "./colours";
import type { Pen } from "./pen";

export interface FilmState {
  language: Language;
  paused: boolean;
  /** Seconds; its length is 0 where nobody knows it. */
  at: number;
  length: number;
  caption: string;
  /** It has not begun to come. */
  coming: boolean;
}

export interface FilmBarEvents {
  toggle(): void;
  /** To a share of its length. */
  seek(share: number): void;
}

const WIDTH = 1024;
const HEIGHT = 232;
const METRES = 0.62;
const EDGE = 36;
const ROW = 92;
const SIZE = 34;
/** Pixels that a time takes. */
const TIME = 104;

export class FilmBar extends Board {
  constructor(
    private readonly state: () => FilmState | undefined,
    private readonly events: FilmBarEvents,
  ) {
    super(WIDTH, HEIGHT, METRES);
  }

  protected draw(pen: Pen): void {
    const state = this.state();
    pen.ground();
    if (!state) return;
    const { language, paused, caption, coming, at, length } = state;
    const words = coming ? say(language, "xrFilmComing") : caption;
    const lines = pen.lines(words, WIDTH - 2 * EDGE, SIZE).slice(0, 2);
    lines.forEach((line, i) => pen.word(line, WIDTH / 2, 58 + (i - (lines.length - 1) / 2) * SIZE * 1.4, sans(SIZE), COLOUR.ink, "center"));
    const y = HEIGHT - ROW - 24;
    const text = say(language, paused ? "xrPlay" : "xrPause");
    pen.button({ x: EDGE, y, width: ROW + 20, height: ROW, icon: paused ? "play" : "pause", text, bare: true, first: true, act: this.events.toggle });
    this.drawPlace(pen, language, EDGE + ROW + 44, y + ROW / 2, at, length);
  }

  private drawPlace(pen: Pen, language: Language, x: number, y: number, at: number, length: number): void {
    const { context } = pen;
    pen.word(clock(at), x + TIME / 2, y, sans(28), COLOUR.quiet, "center");
    if (length === 0) return;
    const [left, right] = [x + TIME + 16, WIDTH - EDGE - TIME - 16];
    pen.word(clock(length), WIDTH - EDGE - TIME / 2, y, sans(28), COLOUR.quiet, "center");
    pen.zone({ text: say(language, "xrSeek"), x: left, y: y - ROW / 2, width: right - left, height: ROW, slide: this.events.seek });
    const knob = left + (right - left) * Math.min(at / length, 1);
    context.fillStyle = COLOUR.line;
    context.fillRect(left, y - 4, right - left, 8);
    context.fillStyle = COLOUR.accent;
    context.fillRect(left, y - 4, knob - left, 8);
    context.beginPath();
    context.arc(knob, y, 18, 0, 2 * Math.PI);
    context.fill();
  }
}
