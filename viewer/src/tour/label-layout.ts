/** Where labels go so that none lies over another, and how far ones shrink away. Pure. Lengths are CSS pixels. */

/** A label's own size, and the mark that it names: its middle, upper and lower edge. */
export interface LabelWish {
  x: number;
  top: number;
  bottom: number;
  width: number;
  height: number;
  /** 1 as large as it is, 0 not at all. */
  scale: number;
}

export interface LabelPlace {
  left: number;
  top: number;
  scale: number;
  shown: boolean;
}

/** Up to so many metres away a name is as large as it gets; from so many on it is gone, being so small by then. */
const NEAR = 3;
const FAR = 10;
const SMALLEST = 0.7;
/** Between a label and its mark, the edge of the picture, another label. */
const GAP = 10;
const EDGE = 8;
const BETWEEN = 4;

/** How large the name of what is so many metres away is. */
export function farScale(metres: number): number {
  if (!(metres < FAR)) return 0;
  return 1 - (1 - SMALLEST) * (Math.max(metres - NEAR, 0) / (FAR - NEAR));
}

/**
 * Places labels, given from the most important to the least, in a picture `across` × `down`: above their marks, else below; what has no
 * room beside the more important ones is not shown. Written into `places`, which must be as long.
 */
export function layLabels(wishes: readonly Readonly<LabelWish>[], across: number, down: number, places: LabelPlace[]): void {
  for (let i = 0; i < wishes.length; i++) {
    const place = places[i]!;
    const { x, top, bottom, width, height, scale } = wishes[i]!;
    const [wide, high] = [width * scale, height * scale];
    place.shown = false;
    if (!(wide > 0 && high > 0) || wide > across - 2 * EDGE || high > down - 2 * EDGE) continue;
    place.scale = scale;
    place.left = Math.min(Math.max(x - wide / 2, EDGE), across - wide - EDGE);
    const above = top - high - GAP;
    for (let turn = 0; turn < 2 && !place.shown; turn++) {
      if (turn === 0 && above < EDGE) continue;
      place.top = Math.min(Math.max(turn === 0 ? above : bottom + GAP, EDGE), down - high - EDGE);
      place.shown = isFree(wishes, places, i);
    }
  }
}

/** Whether no more important label that is shown lies where label number `one` would. */
function isFree(wishes: readonly Readonly<LabelWish>[], places: readonly LabelPlace[], one: number): boolean {
  const { left, top, scale } = places[one]!;
  const { width, height } = wishes[one]!;
  for (let i = 0; i < one; i++) {
    const other = places[i]!;
    if (!other.shown) continue;
    const apart =
      other.left >= left + width * scale + BETWEEN ||
      left >= other.left + wishes[i]!.width * other.scale + BETWEEN ||
      other.top >= top + height * scale + BETWEEN ||
      top >= other.top + wishes[i]!.height * other.scale + BETWEEN;
    if (!apart) return false;
  }
  return true;
}
