/** `<museum-tour>`: a virtual tour in one tag. Copy this file next to your own, or fetch it again with each update. */

/** Degrees: yaw clockwise from the scene's forward direction, pitch up, fov the vertical field of view. */
export interface MuseumTourView {
  yaw: number;
  pitch: number;
  fov: number;
}

export interface MuseumTourEventMap {
  /** Another scene has become the current one. `foreign` says that it is on another museum's server. */
  "scene-change": CustomEvent<{
    slug: string;
    title: string;
    url: string;
    /** How it was reached: `open`, `walk`, `time`, `portal`, `jump`, `return`, `scrub`. */
    kind: string;
    foreign: boolean;
  }>;
  /** The view was turned or zoomed, at most once a frame. */
  "view-change": CustomEvent<MuseumTourView>;
  /** A hotspot was opened: `kind` is artifact, image, model, text, audio, video, exhibition or web. */
  "hotspot-open": CustomEvent<{ id: number; kind: string }>;
  "hotspot-close": CustomEvent<Record<string, never>>;
  /** A kiosk that was left alone is back at its beginning. */
  "kiosk-return": CustomEvent<Record<string, never>>;
}

export interface MuseumTourElement extends HTMLElement {
  /** Address of a museum, or of the tour.json of the first scene. */
  src: string;
  /** Slug of the current scene; setting it goes there. */
  scene: string;
  /** `zh-Hans`, `zh-Hant`, `en`, or whatever else that museum speaks. */
  lang: string;
  /** Whether the page's own address follows the tour. */
  address: boolean;
  /** The first view, as a query: `yaw=-60&fov=50`. */
  start: string;
  /** Address of a guided tour that waits to be played. */
  guide: string;
  get view(): MuseumTourView;
  set view(view: Partial<MuseumTourView>);
  /** Resolves when the current view is drawn at full sharpness. */
  readonly ready: Promise<void>;
  /** Whether the view turns or one scene fades into another. */
  readonly moving: boolean;
  /** Turns to a view within `seconds` (0.8 unless told otherwise). */
  turnTo(view: Partial<MuseumTourView>, seconds?: number): Promise<void>;
  /** Goes to a scene of the same museum; resolves once it is the current one, or could not be had. */
  goTo(slug: string): Promise<void>;
  addEventListener<K extends keyof MuseumTourEventMap>(
    type: K,
    listener: (this: MuseumTourElement, event: MuseumTourEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: HTMLElement, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "museum-tour": MuseumTourElement;
  }
}
