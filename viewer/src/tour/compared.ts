/** Two moments seen at once, as an address states it: `lens:scene`, `wipe:scene`, `blend:scene:0.35`. Pure. */

export type Comparison = "blend" | "lens" | "wipe";

export interface Compared {
  comparison: Comparison;
  /** Slug of the other moment. */
  scene: string;
  /** How opaque the other one is, for `blend`. */
  part: number;
}

export function writeCompared({ comparison, scene, part }: Compared): string {
  return comparison === "blend" ? `blend:${scene}:${Number(part.toFixed(3))}` : `${comparison}:${scene}`;
}

/** Undefined for what is not such a statement. */
export function readCompared(words: string | null | undefined): Compared | undefined {
  const found = /^(?:(lens|wipe):([a-z0-9-]{1,120})|blend:([a-z0-9-]{1,120}):(0(?:\.\d{1,6})?))$/.exec(words ?? "");
  if (!found) return undefined;
  const [, comparison, scene, blended, part] = found;
  return blended ? { comparison: "blend", scene: blended, part: Number(part) } : { comparison: comparison as Comparison, scene: scene!, part: 1 };
}
