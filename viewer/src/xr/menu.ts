/**
 * The visitor's own board: where one is, the time line, ways back and home, comfort, and always the way out. It lies at the left wrist,
 * and below the view for whoever does not look at the wrist or has no hands.
 */

import { say, sayYear } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import type { TimeTravel } from "../tour/time-travel";
import type { Tour, TourPeriod } from "../tour/types";
import { linkName } from "../tour/marks";
import { periodSpans } from "../tour/time-line";
import { eraBeside } from "../tour/year-words";
import { hotspotKind } from "../hotspots/registry";
import type { IconName } from "../ui/icons";
import { Board } from "./board";
import { COLOUR, sans, serif } from "./colours";
import { type Comfort, STEPS } from "./comfort";
import type { Mark } from "./mark-field";
import type { Pen } from "./pen";

export interface MenuState {
  tour: Tour;
  language: Language;
  time: TimeTravel;
  comfort: Comfort;
  marks: readonly Mark[];
  /** Host name of the other museum's server that one is in. */
  abroad: string | undefined;
  back: string | undefined;
  home: string | undefined;
}

export interface MenuEvents {
  leave(): void;
  back(): void;
  goHome(): void;
  chosen(mark: Mark): void;
  lens(): void;
  comfort(change: Partial<Comfort>): void;
  turn(direction: 1 | -1): void;
}

type Page = "main" | "things" | "comfort";

const WIDTH = 1280;
const HEIGHT = 560;
const METRES = 0.98;
const EDGE = 44;
const GAP = 20;
const ROW = 92;
const THINGS = 6;

export class Menu extends Board {
  private page: Page = "main";
  private from = 0;

  constructor(
    private readonly state: () => MenuState | undefined,
    private readonly events: MenuEvents,
  ) {
    super(WIDTH, HEIGHT, METRES);
  }

  /** Back to the first page: the scene is another. */
  reset(): void {
    this.page = "main";
    this.from = 0;
    this.change();
  }

  protected draw(pen: Pen): void {
    const state = this.state();
    pen.ground(44, state?.abroad ? COLOUR.accent : COLOUR.line);
    if (!state) return;
    this.drawHead(pen, state);
    if (this.page === "things") this.drawThings(pen, state);
    else if (this.page === "comfort") this.drawComfort(pen, state);
    else this.drawMain(pen, state);
  }

  private drawHead(pen: Pen, { tour: { scene, museum }, language, abroad }: MenuState): void {
    const out = 350;
    const room = WIDTH - 2 * EDGE - out - 32;
    pen.line(pick(scene.title, language), EDGE, 66, room, 46, "serif");
    const house = abroad ? `${say(language, "elsewhere", { host: abroad })} · ${pick(museum, language)}` : pick(scene.venue.title, language);
    pen.line(house, EDGE, 116, room, 28, "sans", abroad ? COLOUR.accent : COLOUR.quiet);
    pen.button({ x: WIDTH - EDGE - out, y: 38, width: out, height: ROW, icon: "close", text: say(language, "xrLeave"), act: () => this.events.leave() });
  }

  private drawMain(pen: Pen, state: MenuState): void {
    const { language, time, marks, back, home } = state;
    if (time.possible) this.drawTimes(pen, state);
    else pen.text(pick(state.tour.scene.description, language) || say(language, "xrHint"), EDGE, 176, WIDTH - 2 * EDGE, 32, 3, "sans", COLOUR.quiet);
    const buttons: { icon: IconName; text: string; act(): void; on?: boolean }[] = [];
    if (home !== undefined) buttons.push({ icon: "home", text: say(language, "goHome"), act: () => this.events.goHome() });
    if (back !== undefined) buttons.push({ icon: "back", text: back, act: () => this.events.back() });
    if (time.possible) {
      buttons.push({ icon: "lens", text: say(language, "xrLens"), on: time.comparison === "lens", act: () => this.events.lens() });
    }
    if (marks.length > 0) buttons.push({ icon: "artifact", text: say(language, "things"), act: () => this.turn("things") });
    buttons.push({ icon: "upright", text: say(language, "xrComfort"), act: () => this.turn("comfort") });
    const width = (WIDTH - 2 * EDGE - GAP * (buttons.length - 1)) / buttons.length;
    buttons.forEach((button, i) => pen.button({ ...button, x: EDGE + i * (width + GAP), y: HEIGHT - ROW - 36, width, height: ROW }));
  }

  private drawTimes(pen: Pen, { time, language, tour }: MenuState): void {
    const { context } = pen;
    const [left, right, y] = [EDGE + 70, WIDTH - EDGE - 70, 232];
    const at = (position: number): number => left + (right - left) * position;
    this.drawPeriods(pen, tour.scene.place?.periods ?? [], time, language, at);
    context.fillStyle = COLOUR.line;
    context.fillRect(left, y - 4, right - left, 8);
    const knob = at(time.position);
    pen.zone({
      text: say(language, "timeLine"),
      x: left,
      y: y - 46,
      width: right - left,
      height: 92,
      slide: (share) => time.hold(share),
      slid: () => time.release(),
    });
    time.moments.forEach((moment, i) => {
      const x = at(time.positions[i]!);
      const here = i === time.here;
      const beside = time.comparison !== "blend" && i === time.other;
      const choose = (): void => (time.comparison === "blend" ? time.travel(i) : i === time.here ? undefined : time.compare(time.comparison, i));
      const lit = pen.zone({ text: sayYear(language, moment.year), x: x - 85, y: y + 44, width: 170, height: 116, act: choose });
      if (lit) {
        context.beginPath();
        context.roundRect(x - 85, y + 44, 170, 116, 24);
        context.fillStyle = COLOUR.raised;
        context.fill();
      }
      context.beginPath();
      context.arc(x, y, 12, 0, 2 * Math.PI);
      context.fillStyle = here || beside ? COLOUR.accent : COLOUR.quiet;
      context.fill();
      const colour = here ? COLOUR.accent : beside ? "#f3cc90" : COLOUR.ink;
      pen.word(sayYear(language, moment.year), x, y + 78, serif(38), colour, "center");
      context.font = sans(24);
      const era = eraBeside(pick(moment.era, language), moment.year);
      if (pen.measure(era) <= 168) pen.word(era, x, y + 128, sans(24), COLOUR.quiet, "center");
    });
    context.beginPath();
    context.arc(knob, y, 26, 0, 2 * Math.PI);
    context.fillStyle = COLOUR.accent;
    context.fill();
    context.lineWidth = 5;
    context.strokeStyle = COLOUR.onAccent;
    context.stroke();
  }

  private drawPeriods(pen: Pen, periods: readonly TourPeriod[], time: TimeTravel, language: Language, at: (position: number) => number): void {
    for (const { period, from, to } of periodSpans(periods, time.years, time.positions)) {
      const name = pick(period.title, language);
      pen.context.font = sans(22);
      if (at(to) - at(from) > pen.measure(name) + 16) pen.word(name, (at(from) + at(to)) / 2, 172, sans(22), COLOUR.quiet, "center");
      pen.context.fillStyle = COLOUR.line;
      pen.context.fillRect(at(from), 162, 2, 64);
    }
  }

  private drawThings(pen: Pen, { marks, language }: MenuState): void {
    const wide = (WIDTH - 2 * EDGE - GAP) / 2;
    marks.slice(this.from, this.from + THINGS).forEach((mark, i) => {
      const [x, y] = [EDGE + (i % 2) * (wide + GAP), 152 + Math.floor(i / 2) * (ROW - 4)];
      const { link, hotspot } = mark;
      const text = link ? linkName(link, language) : pick(hotspot.title, language);
      const icon: IconName = link ? (link.kind === "time" ? "time" : "portal") : (hotspotKind(hotspot.kind)?.icon ?? "text");
      pen.button({ x, y, width: wide, height: ROW - 14, icon, text, act: () => this.events.chosen(mark) });
    });
    this.drawFoot(pen, language, [
      ...(this.from > 0 ? [{ icon: "previous" as const, text: say(language, "xrPageBefore"), act: () => this.leaf(-THINGS) }] : []),
      ...(this.from + THINGS < marks.length ? [{ icon: "next" as const, text: say(language, "xrPageNext"), act: () => this.leaf(THINGS) }] : []),
    ]);
  }

  private drawComfort(pen: Pen, { comfort, language }: MenuState): void {
    const wide = (WIDTH - 2 * EDGE - GAP) / 2;
    const step = STEPS[(STEPS.indexOf(comfort.step) + 1) % STEPS.length]!;
    const rows = [
      { text: say(language, "xrFade"), on: !comfort.glides, act: () => this.events.comfort({ glides: !comfort.glides }) },
      { text: say(language, "xrSeated"), on: comfort.seated, act: () => this.events.comfort({ seated: !comfort.seated }) },
      { text: say(language, "xrStep", { degrees: String(comfort.step) }), act: () => this.events.comfort({ step }) },
    ];
    rows.forEach((row, i) => pen.button({ ...row, x: EDGE + (i % 2) * (wide + GAP), y: 166 + Math.floor(i / 2) * (ROW + GAP), width: wide, height: ROW }));
    const half = (wide - GAP) / 2;
    const [x, y] = [EDGE + wide + GAP, 166 + ROW + GAP];
    pen.button({ x, y, width: half, height: ROW, icon: "previous", text: say(language, "xrTurnLeft"), act: () => this.events.turn(-1) });
    pen.button({ x: x + half + GAP, y, width: half, height: ROW, icon: "next", text: say(language, "xrTurnRight"), act: () => this.events.turn(1) });
    this.drawFoot(pen, language, []);
  }

  private drawFoot(pen: Pen, language: Language, more: readonly { icon: IconName; text: string; act(): void }[]): void {
    const y = HEIGHT - ROW - 28;
    pen.button({ x: EDGE, y, width: 300, height: ROW - 8, icon: "previous", text: say(language, "xrMenu"), act: () => this.turn("main") });
    more.forEach((button, i) => pen.button({ ...button, x: WIDTH - EDGE - (more.length - i) * (160 + GAP) + GAP, y, width: 160, height: ROW - 8, bare: true }));
  }

  private turn(page: Page): void {
    this.page = page;
    this.from = 0;
    this.change();
  }

  private leaf(by: number): void {
    this.from += by;
    this.change();
  }
}
