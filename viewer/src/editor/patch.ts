/**
 * What one draft has otherwise than another, as steps that can be taken forward and back. Steps touch nothing but what they are about,
 * so that taking one back leaves what others have changed meanwhile.
 */

import { type AnySpot, type Draft, LISTS, type List, SCENE_FIELDS, same } from "./draft";

export type Step =
  | { readonly field: string; readonly before: unknown; readonly after: unknown }
  | { readonly list: List; readonly key: string; readonly field: string; readonly before: unknown; readonly after: unknown }
  /** A spot that came (`before` is undefined) or went. */
  | { readonly list: List; readonly key: string; readonly at: number; readonly before?: AnySpot; readonly after?: AnySpot };

/** The steps from `before` to `after`. */
export function diff(before: Draft, after: Draft): Step[] {
  const steps: Step[] = [];
  for (const field of SCENE_FIELDS) {
    if (!same(before[field], after[field])) steps.push({ field, before: before[field], after: after[field] });
  }
  for (const list of LISTS) if (before[list] !== after[list]) diffList(before[list], after[list], list, steps);
  return steps;
}

function diffList(before: readonly AnySpot[], after: readonly AnySpot[], list: List, steps: Step[]): void {
  const now = new Map(after.map((spot) => [spot.key, spot]));
  const was = new Map(before.map((spot) => [spot.key, spot]));
  // From the end, so that each stands where it stood when they come back one after the other.
  for (const [at, spot] of [...before.entries()].reverse()) {
    if (!now.has(spot.key)) steps.push({ list, key: spot.key, at, before: spot });
  }
  for (const [at, spot] of after.entries()) {
    const former = was.get(spot.key);
    if (!former) steps.push({ list, key: spot.key, at, after: spot });
    else if (former !== spot) diffSpot(former, spot, list, steps);
  }
}

function diffSpot(before: AnySpot, after: AnySpot, list: List, steps: Step[]): void {
  for (const field of Object.keys(after) as (keyof AnySpot)[]) {
    if (!same(before[field], after[field])) {
      steps.push({ list, key: after.key, field, before: before[field], after: after[field] });
    }
  }
}

/** The draft after these steps; with `back` after taking them back. What they are about and is gone stays gone. */
export function apply(draft: Draft, steps: readonly Step[], back = false): Draft {
  const ordered = back ? [...steps].reverse() : steps;
  return ordered.reduce((now, step) => take(now, step, back), draft);
}

function take(draft: Draft, step: Step, back: boolean): Draft {
  const value = back ? step.before : step.after;
  if (!("list" in step)) return { ...draft, [step.field]: value };
  const spots: readonly AnySpot[] = draft[step.list];
  const others = (): AnySpot[] => spots.filter((spot) => spot.key !== step.key);
  if ("field" in step) {
    return { ...draft, [step.list]: spots.map((spot) => (spot.key === step.key ? { ...spot, [step.field]: value } : spot)) };
  }
  return { ...draft, [step.list]: value ? others().toSpliced(step.at, 0, value as AnySpot) : others() };
}
