/**
 * The parts of `<museum-tour>`. Whatever a visitor sees or uses over the panorama is a part: a class in `parts/` that states what it
 * renders where, which keys it hears and what it does when something happens. A new one is one file and one line in `parts.ts`.
 *
 * All hooks are optional; Lit's own (`hostConnected`, `hostDisconnected`, `hostUpdate`, `hostUpdated`) are called too.
 */

import type { CSSResultGroup, LitElement, ReactiveController, TemplateResult, nothing } from "lit";
import type { TextKey } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import type { View } from "../panorama/view";
import type { Tour, TourHotspot, TourLink } from "./types";
import type { TimeTravel } from "./time-travel";
import type { Visit } from "./visit";

export type Rendered = TemplateResult | typeof nothing;

/**
 * Where a part may render, in the order in which the regions lie over one another:
 *
 * - `ground`: beneath the renderer's picture
 * - `picture`: over the panorama, turning with it
 * - `over`: over the whole picture
 * - `head`: the upper edge
 * - `caption`: the middle of the lower edge
 * - `corner`: the lower corner where reading begins
 * - `controls`: buttons at the opposite corner
 * - `alert`: over all of these
 * - `dialogs`: dialogs, and what is only heard
 *
 * `head`, `caption`, `corner` and `controls` are there once a tour is, and not in a hero.
 */
export type Region = "ground" | "picture" | "over" | "head" | "caption" | "corner" | "controls" | "alert" | "dialogs";

/** A key and what it does. The help dialog lists those with a label. */
export interface Command {
  /** As `KeyboardEvent.key` says it, in lower case. */
  key: string;
  label?: TextKey;
  run(): void;
}

/** How the current scene was reached. */
export interface Arrival {
  /** Kind of the link, `return` through the trail, `scrub` along the time line, or undefined for the first scene. */
  kind: string | undefined;
  before: Tour | undefined;
}

export interface TourPart extends ReactiveController {
  /** What it renders in each region. */
  readonly regions?: Partial<Record<Region, () => Rendered>>;
  readonly commands?: readonly Command[];
  /** The first scene is on its way, to be seen in `view` or in its own. */
  opening?(tour: Promise<Tour>, view: Partial<View>): void;
  /** The renderer stands; `host.visit` is there from now on, and `visit.signal` ends with it. */
  raised?(visit: Visit): void;
  /** A scene has become the current one. */
  entered?(tour: Tour, arrival: Arrival): void;
  /** A scene is being fetched, or is no longer. */
  waiting?(waiting: boolean): void;
  /** A scene could not be had; `address` is that of its tour, where it is known. */
  failed?(error: unknown, retry: () => void, address?: string): void;
  /** This browser cannot draw panoramas. */
  undrawable?(): void;
  /** The renderer has lost its picture; or it has come back. */
  lost?(lost: boolean): void;
  /** Before each frame. Returns whether another is needed. */
  frame?(seconds: number, visit: Visit): boolean;
  /** After each frame. */
  drawn?(visit: Visit): void;
  /** After a frame that showed another view, or another size. `view` is in the current scene's frame. */
  turned?(view: View, visit: Visit): void;
  /** Another position on the time line. */
  timeChanged?(time: TimeTravel): void;
  /** The visitor has taken hold of the view. */
  taken?(): void;
  /** A hotspot that is heard was pressed. */
  play?(hotspot: TourHotspot): void;
  /** Something to tell in a line, for a few seconds. */
  notice?(words: string): void;
  /** Nobody has done anything for a while; or somebody does again. */
  rested?(idle: boolean): void;
}

export interface PartClass {
  new (host: TourHost): TourPart;
  readonly styles?: CSSResultGroup;
}

/** What parts need of the element that they are parts of. */
export interface TourHost extends LitElement {
  readonly tour: Tour | undefined;
  readonly visit: Visit | undefined;
  readonly language: Language;
  readonly parts: readonly TourPart[];
  /** Whether the page's own address follows the tour. */
  readonly address: boolean;
  /** Address of the first scene's tour. */
  readonly src: string;
  /** Whether links and hotspots are shown by somebody else. */
  readonly unmarked: boolean;
  /** The first view, as a query. */
  readonly start: string;
  /** Address of a guided tour to take, or empty. */
  readonly guide: string;
  /** Whether the visitor wants as little motion as possible. */
  readonly calm: boolean;
  /** Whether nobody has done anything for a while. */
  readonly idle: boolean;
  /** Whether an address is of the museum whose page or tag this is, not of another one behind a portal. */
  isHome(address: string): boolean;
  /** Calls the same hook of all parts. */
  tell(hook: (part: TourPart) => void): void;
  /** Opens the first scene again, where that failed. */
  open(): Promise<void>;
  /** Follows a link; resolves once its scene is the current one, or could not be had. */
  follow(link: TourLink): Promise<void>;
  /** Moves to a view of the current scene within `seconds`. */
  turnTo(view: Partial<View>, seconds?: number): Promise<void>;
  /** Opens what a hotspot leads to; `opener` gets the focus back afterwards. */
  openHotspot(hotspot: TourHotspot, opener?: HTMLElement): Promise<void>;
  /** Number of the hotspot that is open. */
  readonly openedHotspot: number | undefined;
  /** Writes view and open hotspot into the trail. */
  keepView(): void;
  /** Says it to those who listen to the page. */
  announce(words: string): void;
  /** Sends an event of the element. */
  send(name: string, detail: object): void;
}
