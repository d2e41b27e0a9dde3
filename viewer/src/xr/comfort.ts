/** What keeps a visitor in a headset well, as they chose it; kept for the next visit. */

export interface Comfort {
  /** Glides into the next place instead of fading into it. */
  glides: boolean;
  /** Degrees by which a stick turns. */
  step: 30 | 45 | 90;
  /** Sits: the eyes are lifted to a standing height. */
  seated: boolean;
}

export const STEPS = [30, 45, 90] as const;
const KEY = "museum-headset";
const GENTLE: Readonly<Comfort> = { glides: false, step: 30, seated: false };

export function readComfort(): Comfort {
  try {
    return comfortOf(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return { ...GENTLE };
  }
}

export function keepComfort(comfort: Readonly<Comfort>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(comfort));
  } catch {
    // Where nothing may be kept it holds until one leaves.
  }
}

/** What of `kept` is a choice; the gentlest for the rest. Pure. */
export function comfortOf(kept: unknown): Comfort {
  const { glides, step, seated } = (typeof kept === "object" && kept !== null ? kept : {}) as Partial<Record<keyof Comfort, unknown>>;
  return {
    glides: glides === true,
    step: STEPS.find((known) => known === step) ?? GENTLE.step,
    seated: seated === true,
  };
}
