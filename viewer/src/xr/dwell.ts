/** Pressing by looking: whoever has nothing to press with looks at a thing for a while. Pure. */

/** Seconds of looking that press, and that must pass after one press before the same thing is pressed again. */
export const DWELL = 1.4;
/** A glance beside it of this many seconds does not begin anew. */
const GRACE = 0.25;

export class Dwell {
  private thing: unknown;
  private item = -1;
  private elapsed = 0;
  private away = 0;
  private pressed = false;

  /** From 0 to 1: how much of the time has passed. */
  get share(): number {
    return this.pressed ? 0 : Math.min(this.elapsed / DWELL, 1);
  }

  /** One frame of looking at `thing`, which has several `item`s; undefined for nothing. Returns whether that presses it. */
  look(thing: unknown, item: number, seconds: number): boolean {
    if (thing !== undefined && thing === this.thing && item === this.item) {
      this.away = 0;
      this.elapsed += seconds;
      if (this.pressed || this.elapsed < DWELL) return false;
      this.pressed = true;
      return true;
    }
    this.away += seconds;
    if (thing === undefined && this.away < GRACE) return false;
    this.thing = thing;
    this.item = item;
    this.elapsed = this.away = 0;
    this.pressed = false;
    return false;
  }

  /** What is looked at counts anew. */
  reset(): void {
    this.thing = undefined;
    this.elapsed = this.away = 0;
    this.pressed = false;
  }
}
