/**
 * `tour.json`: all that the viewer needs for one scene, with its neighbours' first paint. Mirrors `museum/scenes/tour.py`.
 *
 * Angles are degrees: yaw clockwise from the scene's own forward direction, pitch up; heading = yaw + north. Addresses are relative
 * to the file's own.
 */

import type { Texts } from "../i18n/languages";

export interface TourView {
  yaw: number;
  pitch?: number;
  /** Vertical field of view. */
  fov?: number;
}

export interface TourPanorama {
  tiles: string;
  strip: string;
  levels: number[];
  stripSize: number;
  hash: string;
  tile?: number;
  coverage?: [yawFrom: number, yawTo: number, pitchFrom: number, pitchTo: number] | null;
}

/** Floor plan in metres, x east and y north. */
export interface TourPlan {
  width: number;
  depth: number;
  rooms: { key: string; title?: Texts; outline: [x: number, y: number][]; floor?: string }[];
  doors?: { x: number; y: number; width: number }[];
}

/** The floor on which the scene stands, and the picture of its plan: its middle and width in metres, turned clockwise. */
export interface TourFloor {
  key: string;
  title: Texts;
  picture?: string | null;
  ratio?: number | null;
  x?: number;
  y?: number;
  metres?: number | null;
  turned?: number;
}

export interface TourVenue {
  slug: string;
  kind: string;
  title: Texts;
  url: string;
  plan?: TourPlan | null;
  floor?: TourFloor | null;
}

/** How a photograph is put upright: see `panorama/orientation.ts`. */
export interface TourLevel {
  pitch?: number;
  roll?: number;
}

/** What hides the tripod: see `panorama/nadir-cap.ts`. */
export interface TourNadir {
  kind: string;
  radius: number;
}

export interface TourMoment {
  scene: string;
  year: number;
  era: Texts;
  title: Texts;
  tour: string;
  url: string;
}

/** A dynasty or other period, from the year `since` to before `until`; null is now. */
export interface TourPeriod {
  since: number;
  until?: number | null;
  title: Texts;
}

export interface TourPlace {
  slug: string;
  title: Texts;
  moments: TourMoment[];
  periods?: TourPeriod[];
}

export interface TourLink {
  id: number;
  kind: string;
  yaw: number;
  pitch: number;
  title: Texts;
  tour: string;
  url: string;
  scene?: string | null;
  arrival?: TourView | null;
  distance?: number | null;
  year?: number | null;
}

export interface TourTarget {
  slug?: string | null;
  record?: string | null;
  page?: string | null;
  iiif?: string | null;
  width?: number | null;
  height?: number | null;
  model?: string | null;
  thumbnail?: string | null;
  color?: string | null;
  href?: string | null;
  seconds?: number | null;
  /** Addresses of WebVTT by language. */
  captions?: Texts | null;
}

/** Where a model stands: its foot at `distance` metres in the hotspot's direction, `turned` clockwise from showing its front (+z). */
export interface TourStanding {
  distance: number;
  turned?: number;
}

export interface TourHotspot {
  id: number;
  kind: string;
  yaw: number;
  pitch: number;
  title: Texts;
  polygon?: [yaw: number, pitch: number][] | null;
  description?: Texts;
  target?: TourTarget | null;
  standing?: TourStanding | null;
}

export interface TourNeighbour {
  title: Texts;
  north: number;
  view: TourView;
  panorama: TourPanorama;
  venue: string;
  level?: TourLevel | null;
  nadir?: TourNadir | null;
  year?: number | null;
  plan?: [x: number, y: number] | null;
}

export interface TourScene {
  slug: string;
  url: string;
  title: Texts;
  venue: TourVenue;
  north: number;
  view: TourView;
  panorama: TourPanorama;
  links: TourLink[];
  hotspots: TourHotspot[];
  description?: Texts;
  level?: TourLevel | null;
  nadir?: TourNadir | null;
  place?: TourPlace | null;
  year?: number | null;
  era?: Texts | null;
  room?: string | null;
  plan?: [x: number, y: number] | null;
}

export interface Tour {
  museum: Texts;
  home: string;
  scene: TourScene;
  neighbours: Record<string, TourNeighbour>;
  version?: number;
}
