/** A message before the eyes, with what to do about it. */

import type { IconName } from "../ui/icons";
import { Board } from "./board";
import { COLOUR } from "./colours";
import { faceHead } from "./facing";
import type { Pen } from "./pen";
import type { Rig } from "./rig";

export interface Choice {
  text: string;
  icon?: IconName;
  act(): void;
}

const WIDTH = 1024;
const HEIGHT = 448;
const METRES = 0.9;
/** Metres from the head; nearer where something is open, and as large to the eye. */
const FAR = 1.3;
const NEAR = 0.72;

export class Notice extends Board {
  private words = "";
  private choices: readonly Choice[] = [];

  constructor() {
    super(WIDTH, HEIGHT, METRES);
  }

  /** Says something; each choice also puts the message away. */
  say(words: string, choices: readonly Choice[]): void {
    this.words = words;
    this.choices = choices;
    this.mesh.visible = true;
    this.change();
  }

  /** Hangs before the eyes, upright; before what is open. */
  hangBefore({ gaze, around: { position } }: Rig, opened: boolean): void {
    const far = opened ? NEAR : FAR;
    const flat = Math.hypot(gaze[0], gaze[2]) || 1;
    this.resize(far / FAR);
    this.mesh.position.set(position.x + (gaze[0] / flat) * far, position.y - 0.05, position.z + (gaze[2] / flat) * far);
    faceHead(this.mesh, position);
  }

  hide(): void {
    this.mesh.visible = false;
  }

  protected draw(pen: Pen): void {
    const { width, height } = pen;
    pen.ground(44, COLOUR.accent);
    pen.text(this.words, 64, 52, width - 128, 42, 4, "serif");
    const gap = 24;
    const wide = Math.min((width - 128 - gap * (this.choices.length - 1)) / Math.max(this.choices.length, 1), 420);
    const all = wide * this.choices.length + gap * (this.choices.length - 1);
    this.choices.forEach(({ text, icon, act }, i) => {
      const run = (): void => {
        this.hide();
        act();
      };
      pen.button({ x: (width - all) / 2 + i * (wide + gap), y: height - 128, width: wide, height: 92, text, icon, first: i === 0, act: run });
    });
  }
}
