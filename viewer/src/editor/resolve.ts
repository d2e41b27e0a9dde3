/** Putting both sides together where two people changed the same thing. Pure. */

import { type AnySpot, type Draft, type List, spotOf } from "./draft";
import { type ContestedRow, type Numbers, type ContestedAnswer, fromWire } from "./wire";

/** The draft in which of each contested row stands what was chosen: `mine` where the row's place in `mineOf` says so, else theirs. */
export function resolve(answer: ContestedAnswer, mine: Draft, mineOf: readonly boolean[], numbers: Numbers): Draft {
  const merged = fromWire(answer.draft, numbers, mine);
  return answer.contested.reduce((draft, row, i) => (mineOf[i] ? takeMine(draft, mine, row, numbers) : draft), merged);
}

function takeMine(draft: Draft, mine: Draft, { path }: ContestedRow, numbers: Numbers): Draft {
  const [first, id, field, ...rest] = path as [string, ...string[]];
  if (id === undefined) return { ...draft, [first]: mine[first as keyof Draft] };
  const list = first as List;
  const key = numbers.keyOf(list, Number(id));
  const own = spotOf(mine, key);
  const spots = draft[list] as readonly AnySpot[];
  const others = spots.filter((spot) => spot.key !== key);
  if (field === undefined) return { ...draft, [list]: own ? [...others, own] : others };
  if (!own) return draft;
  const change = (spot: AnySpot): AnySpot => {
    if (field !== "texts") return { ...spot, [field]: own[field as keyof AnySpot] };
    const [name, language] = rest as [string, string];
    const { [language]: _, ...kept } = spot.texts[name] ?? {};
    const value = own.texts[name]?.[language];
    return { ...spot, texts: { ...spot.texts, [name]: value === undefined ? kept : { ...kept, [language]: value } } };
  };
  return { ...draft, [list]: spots.map((spot) => (spot.key === key ? change(spot) : spot)) };
}
