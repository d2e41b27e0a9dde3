/** Draws a board's face: words, lines and buttons, in pixels from the upper left. What can be pressed is known by the order of drawing. */

import type { IconName } from "../ui/icons";
import { COLOUR, sans, serif } from "./colours";
import { strokeIcon } from "./icon-paths";
import { firstLines, linesOf, runsLeft, shortened } from "./words";

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Button extends Area {
  icon?: IconName | undefined;
  text?: string | undefined;
  /** Shows only its icon. */
  bare?: boolean | undefined;
  /** Chosen, or switched on. */
  on?: boolean | undefined;
  /** Stands out: what one most likely wants. */
  first?: boolean | undefined;
  act(): void;
}

export interface Zone extends Area {
  /** What it says. */
  text?: string | undefined;
  act?(): void;
  /** Pressed and drawn along: how far across the zone, from 0 to 1. */
  slide?(share: number): void;
  slid?(): void;
}

export class Pen {
  readonly zones: Zone[] = [];

  /** `lit` is the number of the zone that somebody points at. */
  constructor(
    readonly context: CanvasRenderingContext2D,
    readonly width: number,
    readonly height: number,
    private readonly lit: (zone: number) => boolean,
  ) {}

  /** An empty board, its ground with round corners. */
  ground(radius = 40, edge: string = COLOUR.line): void {
    const { context, width, height } = this;
    context.clearRect(0, 0, width, height);
    context.beginPath();
    context.roundRect(2, 2, width - 4, height - 4, radius);
    context.fillStyle = COLOUR.ground;
    context.fill();
    context.lineWidth = 3;
    context.strokeStyle = edge;
    context.stroke();
  }

  zone(zone: Zone): boolean {
    this.zones.push(zone);
    return this.lit(this.zones.length - 1);
  }

  button({ icon, text, bare, on, first, act, ...area }: Button): void {
    const { context } = this;
    const lit = this.zone({ ...area, text, act });
    const { x, y, width, height } = area;
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(height / 2, 36));
    const bright = on || first;
    context.fillStyle = bright ? (lit ? "#f3cc90" : COLOUR.accent) : lit ? COLOUR.raised : "rgb(48 41 34 / 0.55)";
    context.fill();
    context.lineWidth = lit ? 4 : 2;
    context.strokeStyle = lit ? (bright ? "#fff6e4" : COLOUR.accent) : COLOUR.line;
    context.stroke();
    const colour = bright ? COLOUR.onAccent : COLOUR.ink;
    const side = height * 0.5;
    const room = width - (icon ? side + 16 : 0) - 36;
    const size = Math.min(34, height * 0.42);
    context.font = sans(size);
    const words = text && !bare ? shortened(text, room, (line) => context.measureText(line).width) : "";
    const whole = (icon ? side : 0) + (icon && words ? 14 : 0) + context.measureText(words).width;
    const left = x + (width - whole) / 2;
    if (icon) {
      context.strokeStyle = colour;
      strokeIcon(context, icon, left + side / 2, y + height / 2, side);
    }
    if (words) this.word(words, left + (icon ? side + 14 : 0), y + height / 2, sans(size), colour);
  }

  /** One line, its middle at `y`. */
  word(text: string, x: number, y: number, font: string, colour: string = COLOUR.ink, align: CanvasTextAlign = "left"): void {
    const { context } = this;
    context.font = font;
    context.fillStyle = colour;
    context.direction = runsLeft(text) ? "rtl" : "ltr";
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  }

  /** One line that is cut where it does not fit. */
  line(text: string, x: number, y: number, width: number, size: number, kind: "serif" | "sans" = "sans", colour: string = COLOUR.ink): void {
    this.context.font = kind === "serif" ? serif(size) : sans(size);
    this.place(shortened(text, width, this.measure), x, y, width, this.context.font, colour);
  }

  /** Lines from `y` down, `most` of them; returns where they end. */
  text(text: string, x: number, y: number, width: number, size: number, most: number, kind: "serif" | "sans" = "sans", colour: string = COLOUR.ink): number {
    const { context } = this;
    const font = kind === "serif" ? serif(size) : sans(size);
    context.font = font;
    const lines = firstLines(text, width, most, this.measure);
    const step = size * 1.6;
    lines.forEach((line, i) => this.place(line, x, y + step * (i + 0.5), width, font, colour));
    return y + step * lines.length;
  }

  /** A line where reading it begins: at the right of its room where words run to the left. */
  private place(line: string, x: number, y: number, width: number, font: string, colour: string): void {
    const left = runsLeft(line);
    this.word(line, left ? x + width : x, y, font, colour, left ? "right" : "left");
  }

  /** How many lines a text takes. */
  lines(text: string, width: number, size: number, kind: "serif" | "sans" = "sans"): string[] {
    this.context.font = kind === "serif" ? serif(size) : sans(size);
    return linesOf(text, width, this.measure);
  }

  readonly measure = (text: string): number => this.context.measureText(text).width;
}
