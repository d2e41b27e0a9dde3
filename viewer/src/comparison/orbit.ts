/** Cameras around two things: which way each looks, and how near all stand to see everything. Pure. Angles are radians, lengths metres. */

export interface Look {
  /** To the right of the thing's front. */
  around: number;
  /** From straight above. */
  down: number;
}

/** What a camera must see of a thing that stands at the origin: `width` to each side, `height` up from the ground. */
export interface Room {
  width: number;
  height: number;
}

export const FRONT: Look = { around: (24 * Math.PI) / 180, down: (80 * Math.PI) / 180 };
/** Half of the field of view up and down, its tangent. */
export const SLOPE = Math.tan((12 * Math.PI) / 180);
const STEEPEST = 0.05;
const MARGIN = 1.12;

export function turned({ around, down }: Look, right: number, up: number): Look {
  return { around: around + right, down: Math.min(Math.max(down + up, STEEPEST), Math.PI / 2 + 0.35) };
}

/** Metres from the middle at which all of it is seen in a picture of `aspect` (width by height). */
export function distanceFor({ width, height }: Room, aspect: number): number {
  return MARGIN * Math.max(height / 2 / SLOPE, width / (SLOPE * aspect)) + width;
}

export type Side = "front" | "right" | "back" | "left";
const SIDES: readonly Side[] = ["front", "right", "back", "left"];

/** What is seen, for who doesn't see. */
export function sideOf({ around, down }: Look): { side: Side; height: "above" | "below" | undefined } {
  const quarter = Math.round(around / (Math.PI / 2));
  const side = SIDES[((quarter % 4) + 4) % 4]!;
  return { side, height: down < (55 * Math.PI) / 180 ? "above" : down > (100 * Math.PI) / 180 ? "below" : undefined };
}
