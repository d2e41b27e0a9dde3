/**
 * The way from one panorama into the next: a cross-fade; with a step forward where the visitor walks; through an opening that grows
 * where a portal is, so that one sees what it was that opened.
 */

import type { PanoramaNode } from "../panorama/panorama-node";
import { type Vector, directionOf } from "../panorama/faces";

/** How far the camera goes into the old panorama and comes from in the new one, in half sides of the cube. */
const STEP_OUT = 0.38;
const STEP_IN = 0.2;
/** How much of the new picture the first frame shows: where one goes is to be seen at once. */
const AT_ONCE = 0.35;
/** By this part of the way an opening has let all light through. */
const OPENED = 0.4;

/** Where the opening begins, and how large the picture is, in CSS pixels; `ratio` is device pixels to each. */
export interface Opening {
  x: number;
  y: number;
  width: number;
  height: number;
  ratio: number;
}

export interface Passage {
  from: PanoramaNode;
  to: PanoramaNode;
  seconds: number;
  /** World yaw of the step, in degrees; undefined for a fade on the spot. */
  heading?: number | undefined;
  opening?: Opening | undefined;
}

export class Transition {
  private elapsed = 0;
  private readonly direction: Vector = [0, 0, 0];

  constructor(
    private readonly passage: Passage,
    private readonly ended: () => void,
  ) {
    passage.from.freeze();
    passage.from.layer = 0;
    passage.to.layer = 1;
    if (passage.heading !== undefined) directionOf(passage.heading, 0, this.direction);
    this.show(0);
  }

  /** One frame. Returns whether another is needed. */
  tick(seconds: number): boolean {
    this.elapsed += seconds;
    const part = Math.min(this.elapsed / this.passage.seconds, 1);
    this.show(part);
    if (part < 1) return true;
    this.finish();
    return false;
  }

  /** Arrives at once. */
  finish(): void {
    this.show(1);
    this.passage.to.layer = 0;
    this.passage.to.clip(undefined, 0, 1);
    this.ended();
  }

  private show(part: number): void {
    const eased = part * part * (3 - 2 * part);
    const { from, to, opening } = this.passage;
    to.opacity = opening ? Math.min(eased / OPENED, 1) : AT_ONCE + (1 - AT_ONCE) * eased;
    if (opening) {
      const radius = eased * reach(opening);
      to.clip({ kind: "circle", x: opening.x, y: opening.y, radius }, opening.height, opening.ratio);
    }
    const [x, y, z] = this.direction;
    const [out, into] = [-STEP_OUT * eased, STEP_IN * (1 - eased)];
    from.group.position.set(x * out, y * out, z * out);
    to.group.position.set(x * into, y * into, z * into);
  }
}

/** From the opening's middle to the farthest corner of the picture. */
function reach({ x, y, width, height }: Opening): number {
  return Math.hypot(Math.max(x, width - x), Math.max(y, height - y));
}
