/** Where the visitor's board is: at the wrist when one looks at it, else below the view, waiting there until one has turned far away. Pure. */

import { wrap } from "../panorama/view";

/** Facing the eyes by more than the one it comes to the wrist; by less than the other it leaves. */
const COMES = 0.7;
const LEAVES = 0.45;
/** Turned farther away than this it follows, once one looks up again. */
const FARTHEST = 55;
const LOOKS_UP = -22;

export class MenuPlace {
  /** World yaw at which it lies below the view. */
  yaw = 0;
  atWrist = false;
  private placed = false;

  /** Another place is wanted: it comes to where one looks. */
  recenter(): void {
    this.placed = false;
  }

  /**
   * One frame. `facing` is the cosine between the wrist's upper side and the way to the eyes; undefined where no wrist is seen. Yaw and
   * pitch are those of the head.
   */
  tick(facing: number | undefined, yaw: number, pitch: number): void {
    this.atWrist = facing !== undefined && facing > (this.atWrist ? LEAVES : COMES);
    const away = Math.abs(wrap(yaw - this.yaw)) > FARTHEST;
    if (this.placed && !(away && pitch > LOOKS_UP)) return;
    this.placed = true;
    this.yaw = yaw;
  }
}
