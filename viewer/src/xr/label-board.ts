/** The name of the mark that one points at, above it. */

import { Vector3 } from "three";
import { hotspotKind } from "../hotspots/registry";
import { say } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import { type Vector, anglesOf, directionOf } from "../panorama/faces";
import type { TourHotspot } from "../tour/types";
import { Board } from "./board";
import { COLOUR, sans, serif } from "./colours";
import { faceHead } from "./facing";
import type { Pen } from "./pen";
import { shortened } from "./words";

const WIDTH = 768;
const HEIGHT = 176;
const METRES = 1.3;
const FAR = 4.3;
const PAD = 36;

export interface LabelWords {
  kind: string;
  title: string;
}

export class LabelBoard extends Board {
  private words: LabelWords = { kind: "", title: "" };
  private readonly place = new Vector3();
  private readonly direction: Vector = [0, 0, -1];

  constructor() {
    super(WIDTH, HEIGHT, METRES);
  }

  wordsOf(hotspot: TourHotspot, language: Language): LabelWords {
    const kind = hotspotKind(hotspot.kind);
    return { kind: kind ? say(language, kind.label) : "", title: pick(hotspot.title, language) };
  }

  /** Shows words `above` degrees over a direction. */
  show(words: LabelWords, direction: Readonly<Vector>, above: number): void {
    this.words = words;
    this.mesh.visible = true;
    this.change();
    const { yaw, pitch } = anglesOf(direction);
    const [x, y, z] = directionOf(yaw, Math.min(pitch + above, 85), this.direction);
    this.mesh.position.set(x * FAR, y * FAR, z * FAR);
    faceHead(this.mesh, this.place.set(0, 0, 0));
  }

  hide(): void {
    this.mesh.visible = false;
  }

  protected draw(pen: Pen): void {
    const { context, width, height } = pen;
    const { kind, title } = this.words;
    context.clearRect(0, 0, width, height);
    context.font = serif(46);
    const line = shortened(title, width - 2 * PAD, pen.measure);
    let wide = pen.measure(line);
    context.font = sans(30);
    wide = Math.min(Math.max(wide, pen.measure(kind)) + 2 * PAD, width);
    const high = kind ? 144 : 96;
    const [x, y] = [(width - wide) / 2, height - high - 8];
    context.beginPath();
    context.roundRect(x + 2, y, wide - 4, high, 24);
    context.fillStyle = COLOUR.ground;
    context.fill();
    if (kind) pen.word(kind, width / 2, y + 42, sans(30), COLOUR.quiet, "center");
    pen.word(line, width / 2, y + (kind ? 98 : 50), serif(46), COLOUR.ink, "center");
  }
}
