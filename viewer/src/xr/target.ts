/** What pointers point at: what it must answer, and what it may do when it is pressed or taken. */

import type { Meeting, Ray } from "./ray";

/** Number of the pointer that is the head; those before it are hands. */
export const HEAD = 2;

export interface Target {
  /** Whether it is there at all. */
  readonly present: boolean;
  /** Whether the ray meets it; writes where into `out`. */
  meet(ray: Readonly<Ray>, out: Meeting): boolean;
  /** What of it pointer number `pointer` lies on in this frame; undefined where on nothing. */
  point(pointer: number, at: Readonly<Meeting> | undefined): void;
  /** Pressed, and let go on the same thing; or looked at long enough. */
  press(at: Readonly<Meeting>): void;
  /** Whether looking at this thing for long presses it. */
  dwells?(at: Readonly<Meeting>): boolean;
  /** Pressed: whether it is dragged from here on until it is let go. */
  take?(at: Readonly<Meeting>, pointer: number): boolean;
  /** While it is dragged. */
  drag?(ray: Readonly<Ray>, pointer: number): void;
  drop?(pointer: number): void;
  /** A stick is pushed up (1) or down (-1) while one points at it. Returns whether that meant something. */
  push?(amount: number, seconds: number): boolean;
}
