/** How long a scale bar is, and what it says. Pure. */

export interface ScaleBar {
  /** CSS pixels. */
  length: number;
  value: number;
  unit: "mm" | "cm" | "m";
}

const UNITS = [
  { unit: "m", millimetres: 1000 },
  { unit: "cm", millimetres: 10 },
  { unit: "mm", millimetres: 1 },
] as const;

/** The longest bar of 1, 2 or 5 × 10ⁿ that fits `room` CSS pixels, where one of them shows `millimetres` of the thing. */
export function scaleBar(millimetres: number, room: number): ScaleBar | undefined {
  const most = millimetres * room;
  if (!(most > 0) || !Number.isFinite(most)) return undefined;
  const decade = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((factor) => factor * decade <= most * (1 + 1e-9)) ?? 1;
  const length = step * decade;
  const { unit, millimetres: size } = UNITS.find((known) => length >= known.millimetres) ?? UNITS[2];
  return { length: length / millimetres, value: Number((length / size).toPrecision(3)), unit };
}
