/** The draft of a scene: where everything in it stands. Immutable; degrees and metres as in records. Mirrors `museum/curation/scene_draft.py`. */

export type Corner = readonly [yaw: number, pitch: number];
/** By field, then by language. */
export type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Spot {
  /** Tells it from others for as long as the page lives, whatever number the server gives it. */
  readonly key: string;
  readonly yaw: number;
  readonly pitch: number;
  readonly texts: Texts;
}

/** Where the way back is to stand in the scene that a link leads to; it comes and goes with the link. */
export interface Back {
  readonly yaw: number;
  readonly pitch: number;
  /** Whether it turns with the link: where no floor plan says where it is. */
  readonly follows: boolean;
}

export interface LinkSpot extends Spot {
  readonly kind: string;
  readonly target: string | null;
  readonly target_url: string | null;
  readonly arrival_yaw: number | null;
  readonly arrival_pitch: number | null;
  readonly arrival_fov: number | null;
  readonly back: Back | null;
}

export interface HotspotSpot extends Spot {
  readonly kind: string;
  /** Nobody has said yet where it is. */
  readonly unplaced: boolean;
  readonly polygon: readonly Corner[] | null;
  readonly artifact: string | null;
  readonly image: string | null;
  readonly model: string | null;
  readonly exhibition: string | null;
  readonly url: string | null;
  /** Number of the sound or film that the museum keeps itself. */
  readonly recording: number | null;
  readonly distance: number | null;
  readonly turned: number;
}

export interface SceneFields {
  readonly north: number;
  readonly level_pitch: number;
  readonly level_roll: number;
  readonly initial_yaw: number;
  readonly initial_pitch: number;
  readonly initial_fov: number;
  readonly floor: string;
  readonly plan_x: number | null;
  readonly plan_y: number | null;
  readonly nadir_kind: string | null;
  readonly nadir_radius: number;
}

export interface Draft extends SceneFields {
  readonly links: readonly LinkSpot[];
  readonly hotspots: readonly HotspotSpot[];
}

export type List = "links" | "hotspots";
export type AnySpot = LinkSpot | HotspotSpot;

export const LISTS: readonly List[] = ["links", "hotspots"];
export const SCENE_FIELDS: readonly (keyof SceneFields)[] = [
  "north",
  "level_pitch",
  "level_roll",
  "initial_yaw",
  "initial_pitch",
  "initial_fov",
  "floor",
  "plan_x",
  "plan_y",
  "nadir_kind",
  "nadir_radius",
];
/** Kinds of hotspot that open a record; the others have an address, or words of their own. */
export const OPENING = ["artifact", "image", "model", "exhibition"] as const;
export const ADDRESSED = ["web", "audio", "video"] as const;

export function listOf(key: string): List {
  return key.startsWith("links:") ? "links" : "hotspots";
}

export function spotOf(draft: Draft, key: string): AnySpot | undefined {
  return (draft[listOf(key)] as readonly AnySpot[]).find((spot) => spot.key === key);
}

export function isLink(spot: AnySpot): spot is LinkSpot {
  return listOf(spot.key) === "links";
}

/** Whether nobody has said yet where it is. */
export function isUnplaced(spot: AnySpot): boolean {
  return !isLink(spot) && spot.unplaced;
}

/** The kind and slug of the record that it leads to, as `artifact:blue-vase`; undefined where it leads to none. */
export function targetOf(spot: AnySpot): string | undefined {
  if (isLink(spot)) return spot.target ? `scene:${spot.target}` : undefined;
  const slug = OPENING.includes(spot.kind as (typeof OPENING)[number]) ? spot[spot.kind as (typeof OPENING)[number]] : null;
  return slug ? `${spot.kind}:${slug}` : undefined;
}

/** Whether two values of a draft say the same. */
export function same(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}
