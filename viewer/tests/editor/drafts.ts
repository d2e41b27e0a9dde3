import type { Draft, HotspotSpot, LinkSpot } from "../../src/editor/draft";

export function link(key: string, fields: Partial<LinkSpot> = {}): LinkSpot {
  const nothing = { target_url: null, arrival_yaw: null, arrival_pitch: null, arrival_fov: null, back: null, texts: {} };
  return { key, kind: "walk", target: "stairs", yaw: 10, pitch: -20, ...nothing, ...fields };
}

export function hotspot(key: string, fields: Partial<HotspotSpot> = {}): HotspotSpot {
  const opened = { artifact: null, image: null, model: null, exhibition: null, url: null, recording: null };
  return { key, kind: "text", yaw: 40, pitch: 5, texts: { title: { en: "A note" } }, unplaced: false, polygon: null, ...opened, distance: null, turned: 0, ...fields };
}

export function draft(fields: Partial<Draft> = {}): Draft {
  const level = { level_pitch: 0, level_roll: 0 };
  const view = { initial_yaw: 0, initial_pitch: 0, initial_fov: 75 };
  const rest = { floor: "main", plan_x: null, plan_y: null, nadir_kind: null, nadir_radius: 15 };
  const spots = { links: [link("links:1"), link("links:2", { target: "court", yaw: -90 })], hotspots: [hotspot("hotspots:1"), hotspot("hotspots:5")] };
  return { north: 0, ...level, ...view, ...rest, ...spots, ...fields };
}

/** Numbers from 0 to 1 that are the same each time. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
