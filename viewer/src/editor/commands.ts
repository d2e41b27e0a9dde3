/** What can be done to a draft: from one draft to the next. Pure. */

import type { Level } from "../panorama/orientation";
import { clamp } from "../panorama/view";
import { type AnySpot, type Corner, type Draft, type HotspotSpot, type LinkSpot, type SceneFields, type Texts, listOf } from "./draft";
import { between, inOrder, middleOf, movedBy, relevel, tidy, tidyYaw } from "./geometry";

export function moveSpot(draft: Draft, key: string, yaw: number, pitch: number): Draft {
  return changeSpot(draft, key, (spot) => {
    const [toYaw, toPitch] = [tidyYaw(yaw), tidy(clamp(pitch, -90, 90))];
    const moved = { ...spot, yaw: toYaw, pitch: toPitch };
    if ("back" in spot && spot.back?.follows) return { ...moved, back: { ...spot.back, yaw: tidyYaw(spot.back.yaw + toYaw - spot.yaw) } };
    if (!("polygon" in spot)) return moved;
    // An outline goes along. Wherever she moves it, that is its place.
    const polygon = spot.polygon && movedBy(spot.polygon, toYaw - spot.yaw, toPitch - spot.pitch);
    return { ...moved, polygon, unplaced: false };
  });
}

export function addLink(draft: Draft, link: LinkSpot): Draft {
  return { ...draft, links: [...draft.links, link] };
}

export function addHotspot(draft: Draft, hotspot: HotspotSpot): Draft {
  return { ...draft, hotspots: [...draft.hotspots, hotspot] };
}

export function removeSpot(draft: Draft, key: string): Draft {
  const list = listOf(key);
  return { ...draft, [list]: (draft[list] as readonly AnySpot[]).filter((spot) => spot.key !== key) };
}

/** Fields of a spot otherwise. */
export function setSpot(draft: Draft, key: string, fields: Partial<LinkSpot> | Partial<HotspotSpot>): Draft {
  return changeSpot(draft, key, (spot) => ({ ...spot, ...fields }) as AnySpot);
}

export function setText(draft: Draft, key: string, field: string, language: string, value: string): Draft {
  return changeSpot(draft, key, (spot) => ({ ...spot, texts: withText(spot.texts, field, language, value) }));
}

function withText(texts: Texts, field: string, language: string, value: string): Texts {
  const { [language]: _, ...others } = texts[field] ?? {};
  const values = value.trim() ? { ...others, [language]: value } : others;
  const { [field]: __, ...rest } = texts;
  return Object.keys(values).length > 0 ? { ...rest, [field]: values } : rest;
}

/** Gives a hotspot an outline, clockwise from its upper left, and puts it into the outline's middle; null takes the outline away. */
export function setPolygon(draft: Draft, key: string, polygon: readonly Corner[] | null): Draft {
  if (!polygon) return setSpot(draft, key, { polygon: null });
  const [yaw, pitch] = middleOf(polygon);
  return setSpot(draft, key, { polygon: inOrder(polygon), yaw, pitch, unplaced: false });
}

export function moveCorner(draft: Draft, key: string, index: number, yaw: number, pitch: number): Draft {
  return changePolygon(draft, key, (corners) => corners.with(index, [tidyYaw(yaw), tidy(clamp(pitch, -90, 90))]));
}

/** A new corner half-way to the one after `index`. */
export function insertCorner(draft: Draft, key: string, index: number): Draft {
  return changePolygon(draft, key, (corners) => {
    const next = corners[(index + 1) % corners.length]!;
    return corners.toSpliced(index + 1, 0, between(corners[index]!, next));
  });
}

/** Takes a corner out; three stay. */
export function removeCorner(draft: Draft, key: string, index: number): Draft {
  return changePolygon(draft, key, (corners) => (corners.length > 3 ? corners.toSpliced(index, 1) : [...corners]));
}

export function setScene(draft: Draft, fields: Partial<SceneFields>): Draft {
  return { ...draft, ...fields };
}

export function setFirstView(draft: Draft, view: { yaw: number; pitch: number; fov: number }): Draft {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return setScene(draft, {
    initial_yaw: round(tidyYaw(view.yaw)),
    initial_pitch: round(clamp(view.pitch, -90, 90)),
    initial_fov: round(clamp(view.fov, 5, 120)),
  });
}

/** Puts the photograph upright; everything stays on what it was placed on. */
export function setLevel(draft: Draft, level: Level): Draft {
  const before = levelOf(draft);
  const after = { pitch: clamp(tidy(level.pitch), -45, 45), roll: clamp(tidy(level.roll), -45, 45) };
  const move = <S extends AnySpot>(spot: S): S => {
    const [yaw, pitch] = relevel([spot.yaw, spot.pitch], before, after);
    const moved = { ...spot, yaw, pitch };
    if ("polygon" in spot && spot.polygon) return { ...moved, polygon: spot.polygon.map((corner) => relevel(corner, before, after)) };
    return moved;
  };
  return {
    ...draft,
    level_pitch: after.pitch,
    level_roll: after.roll,
    links: draft.links.map(move),
    hotspots: draft.hotspots.map(move),
  };
}

export function levelOf(draft: SceneFields): Level {
  return { pitch: draft.level_pitch, roll: draft.level_roll };
}

function changeSpot(draft: Draft, key: string, change: (spot: AnySpot) => AnySpot): Draft {
  const list = listOf(key);
  return { ...draft, [list]: (draft[list] as readonly AnySpot[]).map((spot) => (spot.key === key ? change(spot) : spot)) };
}

function changePolygon(draft: Draft, key: string, change: (corners: readonly Corner[]) => readonly Corner[]): Draft {
  return changeSpot(draft, key, (spot) => ("polygon" in spot && spot.polygon ? { ...spot, polygon: change(spot.polygon) } : spot));
}
