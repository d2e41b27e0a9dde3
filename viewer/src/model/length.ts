/** Lengths as people say them. Pure. */

export interface Length {
  value: number;
  unit: "mm" | "cm" | "m";
}

/** `metres` in the unit that reads best, rounded to what a hand on a screen can hit: three figures, a tenth of a millimetre at most. */
export function lengthOf(metres: number): Length {
  const unit = metres >= 1 ? "m" : metres >= 0.01 ? "cm" : "mm";
  const value = metres * { m: 1, cm: 100, mm: 1000 }[unit];
  const places = Math.min(unit === "mm" ? 1 : 2, Math.max(0, 2 - Math.floor(Math.log10(Math.max(value, 1e-9)))));
  return { value: Number(value.toFixed(places)), unit };
}

type Point = { x: number; y: number; z: number };

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}
