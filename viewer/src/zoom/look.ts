/** Where a picture is looked at, free of its size: what two linked pictures share. Pure. */

export interface Look {
  /** Middle of what is seen, as parts of the picture's width and height, 0 to 1. */
  x: number;
  y: number;
  /** How much larger than when the whole picture fits, not turned. */
  zoom: number;
  /** Degrees clockwise. */
  turn: number;
}

/**
 * How `other` is looked at once the picture that it is linked to has gone from `before` to `after`: it moves by the same parts of what
 * is seen, zooms by the same factor, turns by the same angle. What set the two apart when they were linked stays.
 */
export function follow(before: Look, after: Look, other: Look): Look {
  const pace = before.zoom / other.zoom;
  return {
    x: other.x + (after.x - before.x) * pace,
    y: other.y + (after.y - before.y) * pace,
    zoom: (other.zoom * after.zoom) / before.zoom,
    turn: other.turn + after.turn - before.turn,
  };
}
