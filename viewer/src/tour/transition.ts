/** The way from one panorama into the next: a cross-fade, with a step forward where the visitor walks. */

import type { PanoramaNode } from "../panorama/panorama-node";
import { type Vector, directionOf } from "../panorama/faces";

/** How far the camera goes into the old panorama and comes from in the new one, in half sides of the cube. */
const STEP_OUT = 0.38;
const STEP_IN = 0.2;

export interface Passage {
  from: PanoramaNode;
  to: PanoramaNode;
  seconds: number;
  /** World yaw of the step, in degrees; undefined for a fade on the spot. */
  heading?: number | undefined;
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
    this.ended();
  }

  private show(part: number): void {
    const eased = part * part * (3 - 2 * part);
    const { from, to } = this.passage;
    to.opacity = eased;
    const [x, y, z] = this.direction;
    const [out, into] = [-STEP_OUT * eased, STEP_IN * (1 - eased)];
    from.group.position.set(x * out, y * out, z * out);
    to.group.position.set(x * into, y * into, z * into);
  }
}
