/**
 * Leads through the tour: opens scenes on the stage, follows links, keeps the trail, and says what happens.
 *
 * The stage's camera looks along a world yaw; a scene's panorama is turned by its node's `offset`, so the view in the scene is the
 * camera's yaw less that offset. Following a link only chooses the next node's offset: the camera itself never jumps.
 */

import { directionOf } from "../panorama/faces";
import type { PanoramaNode } from "../panorama/panorama-node";
import type { Stage } from "../panorama/stage";
import type { ViewController } from "../panorama/view-controller";
import { type View, axesOf, clamp, createAxes, focalLength, project, wrap } from "../panorama/view";
import { openingView } from "./ahead";
import { arrivalView } from "./journey";
import type { NodeShelf } from "./node-shelf";
import { type TourClient, panoramaSource } from "./tour-client";
import { type Opening, Transition } from "./transition";
import type { Trail, TrailEntry } from "./trail";
import type { Tour, TourLink, TourMoment, TourPanorama } from "./types";

export interface GuideEvents {
  /** A scene has become the current one. `link` is how it was reached. */
  entered(tour: Tour, link: Pick<TourLink, "kind"> | undefined): void;
  /** A scene is being fetched, or is no longer. */
  /** Another scene is about to fade in over the current one. */
  leaving(): void;
  /** The visitor is back at an entry of the trail. */
  returned(entry: TrailEntry): void;
  /** A step of the trail was made without fading. */
  settled(tour: Tour): void;
  waiting(waiting: boolean): void;
  /** The tour at `address` could not be had. */
  failed(error: unknown, retry: () => void, address: string): void;
  /** Of the picture, in CSS pixels. */
  size(): { width: number; height: number };
  reducedMotion(): boolean;
}

/** What a link tells of the way that was gone. */
type Way = Pick<TourLink, "kind"> & Partial<Pick<TourLink, "yaw" | "pitch">>;

const STRIP_PATIENCE = 500;
const PREFETCHED = 10;
/** A fade that no motion goes along with: on a screen, and all around the eyes. */
const FADE = 0.15;
const FADE_AROUND = 0.4;
const SECONDS: Record<string, number> = { walk: 0.75, time: 1.1, portal: 0.9 };

export class Guide {
  tour: Tour | undefined;
  /** Absolute address of the current tour. */
  address = "";
  node: PanoramaNode | undefined;
  /** Whether the picture is ahead of the words: those of the scene before stand still meanwhile. */
  ahead = false;
  private transition: Transition | undefined;
  /** The scene that the trail still stands at, on the way through time. */
  private left: Tour | undefined;
  private ordered = 0;
  private entering = Promise.resolve();
  /** The scene whose ways on have been fetched ahead. */
  private foreseen: Tour | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly shelf: NodeShelf,
    private readonly controller: ViewController,
    private readonly client: TourClient,
    private readonly trail: Trail,
    private readonly events: GuideEvents,
  ) {}

  /** The view in the current scene. */
  get view(): View {
    const { yaw, pitch, fov } = this.stage.view;
    return { yaw: wrap(yaw - (this.node?.offset ?? 0)), pitch, fov };
  }

  /** Moves the camera to a view in the current scene. */
  look(view: Partial<View>, seconds = 0): Promise<void> {
    const offset = this.node?.offset ?? 0;
    // Nobody but the head itself moves it.
    const within = this.stage.presenting ? 0 : seconds;
    return this.controller.flyTo(view.yaw === undefined ? view : { ...view, yaw: view.yaw + offset }, within);
  }

  get departure(): TrailEntry["departure"] {
    return this.trail.entry?.departure;
  }

  /** The way home from another museum's house. */
  get home(): TrailEntry["home"] {
    return this.trail.entry?.home;
  }

  /** Opens the first scene, in `view` where it is given, else as the trail or the curator left it. */
  async start(address: string, view: Partial<View>): Promise<void> {
    const tour = await this.fetch(address, () => void this.start(address, view));
    if (!tour) return;
    const known = this.trail.entry?.tour === address ? this.trail.entry : undefined;
    const { width, height } = this.events.size();
    const first = known ? known.view : openingView(tour.scene, view, width, height);
    const entry: TrailEntry = { ...known, tour: address, url: tour.scene.url, view: first, depth: known?.depth ?? 0 };
    await this.enter(tour, address, first, undefined, () => this.trail.replace(entry));
  }

  /** Opens another scene of the current server as if it were the first. */
  startAt(slug: string): Promise<void> {
    return this.start(this.address.replace(/\/scenes\/[^/]+\//, `/scenes/${slug}/`), {});
  }

  /** Goes where the link leads. Resolves once the next scene is the current one, or could not be had. With `led` the visitor is being
   * led there, which is no step of her own on the trail. */
  async follow(link: TourLink, led = false): Promise<void> {
    const { tour, node } = this;
    if (!tour || !node) return;
    const neighbour = link.scene ? tour.neighbours[link.scene] : undefined;
    if (neighbour) this.stage.prefetch(neighbour.panorama.strip);
    const next = await this.fetch(link.tour, () => void this.follow(link, led));
    if (!next) return;
    const left = this.view;
    const view = arrivalView(link, left, tour.scene.north, next.scene.north);
    const here = this.trail.entry;
    const depth = here?.depth ?? 0;
    if (led) {
      const entry = { ...here, tour: link.tour, url: next.scene.url, view, depth };
      await this.enter(next, link.tour, view, link, () => this.trail.replace(entry));
      return;
    }
    const leaving = { ...here, tour: this.address, url: tour.scene.url, view: left, depth };
    const jumped = link.kind !== "walk";
    const departure = jumped ? { depth, title: tour.scene.title } : here?.departure;
    const home = this.client.isHome(link.tour) ? undefined : (here?.home ?? { depth, title: tour.museum });
    const entry = { tour: link.tour, url: next.scene.url, view, depth: depth + 1 };
    await this.enter(next, link.tour, view, link, () => {
      this.trail.replace(leaving);
      this.trail.push({ ...entry, ...(departure && { departure }), ...(home && { home }) });
    });
  }

  /** Goes to another moment of the current place. */
  async travel({ scene, tour, url, title }: TourMoment): Promise<void> {
    if (scene !== this.tour?.scene.slug) await this.follow({ id: 0, kind: "time", yaw: 0, pitch: 0, title, scene, tour, url });
  }

  /** Makes another moment, whose panorama is in the picture already, the current scene: the visitor is on the way through time. */
  adopt(tour: Tour, address: string, node: PanoramaNode): void {
    const here = this.trail.entry;
    if (this.tour && here?.tour === this.address) {
      this.trail.replace({ ...here, view: this.view });
      this.left = this.tour;
    }
    this.take(tour, address, node);
    this.events.entered(tour, { kind: "scrub" });
    this.keepStrips(tour);
  }

  /** The way through time has come to rest: where it led to another scene than it began in, that is a step of the trail. */
  settle(): void {
    const here = this.trail.entry;
    const { tour, left } = this;
    if (!tour || !left || !here || here.tour === this.address) return;
    const departure = { depth: here.depth, title: left.scene.title };
    const entry = { tour: this.address, url: tour.scene.url, view: this.view, depth: here.depth + 1, departure };
    this.trail.push({ ...entry, ...(here.home && { home: here.home }) });
    this.events.settled(tour);
  }

  /** Back to where the last jump through time or a portal came from, in the very view it was left in. */
  back(): void {
    const { departure } = this;
    if (departure) this.trail.returnTo(departure.depth);
  }

  /** From another museum's house back to where one left one's own. */
  goHome(): void {
    if (this.home) this.trail.returnTo(this.home.depth);
  }

  /** The trail has gone back, or forward, to an entry. */
  async returned(entry: TrailEntry): Promise<void> {
    const next = await this.fetch(entry.tour, () => void this.returned(entry));
    if (!next) return;
    await this.enter(next, entry.tour, entry.view, { kind: "return" });
    this.events.returned(entry);
  }

  /** Writes the current view into the trail. */
  keepView(open: number | undefined, compare: string | undefined, guided: TrailEntry["guided"]): void {
    const { tour } = this;
    const here = this.trail.entry;
    // While the browser goes back its history already stands elsewhere: that entry's view is not ours to write.
    if (!tour || here?.tour !== this.address) return;
    const entry: TrailEntry = { ...here, view: this.view };
    if (open === undefined) delete entry.open;
    else entry.open = open;
    if (compare === undefined) delete entry.compare;
    else entry.compare = compare;
    if (guided === undefined) delete entry.guided;
    else entry.guided = guided;
    this.trail.replace(entry);
  }

  /** Whatever fades has faded. */
  finishPassing(): void {
    this.transition?.finish();
  }

  /** Whether one scene is fading into another. */
  get passing(): boolean {
    return this.transition !== undefined;
  }

  tick(seconds: number): boolean {
    return this.transition?.tick(seconds) ?? false;
  }

  dispose(): void {
    this.ordered++;
  }

  /** The tour at `address`; undefined where it could not be had, or the visitor has meanwhile chosen another. */
  private async fetch(address: string, retry: () => void): Promise<Tour | undefined> {
    const order = ++this.ordered;
    const slow = setTimeout(() => this.events.waiting(true), 250);
    try {
      const tour = await this.client.read(address);
      await this.strip(tour.scene.panorama);
      await this.entering;
      return order === this.ordered ? tour : undefined;
    } catch (error) {
      if (order === this.ordered) this.events.failed(error, retry, address);
      return undefined;
    } finally {
      clearTimeout(slow);
      this.events.waiting(false);
    }
  }

  /** Waits a moment for the strip, so that the next scene does not begin as a blur. */
  private async strip(panorama: TourPanorama): Promise<void> {
    if (this.node?.source.strip === panorama.strip) return;
    const strip = this.stage.prefetch(panorama.strip);
    await Promise.race([strip.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, STRIP_PATIENCE))]);
  }

  private take(tour: Tour, address: string, node: PanoramaNode): void {
    const finest = tour.scene.panorama.levels.at(-1)!;
    // The closest look magnifies a pixel of the panorama three times on a screen 900 px high.
    this.controller.leastFov = Math.min(40, Math.max(6, (900 / finest / 3) * 115));
    this.node = node;
    this.tour = tour;
    this.address = address;
  }

  /**
   * Shows the scene; when it is to be seen, writes it into the trail and says so: what the browser's history and all the words around
   * the picture take would only keep it from the screen.
   */
  private enter(tour: Tour, address: string, view: View, link: Way | undefined, write?: () => void): Promise<void> {
    this.show(tour, address, view, link);
    const arrived = (): void => {
      write?.();
      this.events.entered(tour, link);
      this.keepStrips(tour);
    };
    if (!this.transition) {
      arrived();
      return Promise.resolve();
    }
    this.ahead = true;
    // A frame that is only asked for would begin to be drawn when this one could be on the screen.
    void this.node!.begun.then(() => this.stage.drawNow());
    this.entering = this.stage.shown().then(() => {
      this.ahead = false;
      arrived();
    });
    return this.entering;
  }

  private show(tour: Tour, address: string, view: View, link: Way | undefined): void {
    this.transition?.finish();
    this.events.leaving();
    const from = this.node;
    const world = this.stage.view;
    const source = panoramaSource(tour.scene);
    const same = from?.source.tiles === source.tiles;
    const node = same ? from : this.shelf.take(source, from ? world.yaw - view.yaw : 0);
    this.take(tour, address, node);
    if (from && !same) {
      const calm = this.events.reducedMotion();
      const { presenting } = this.stage;
      const seconds = calm ? (presenting ? FADE_AROUND : FADE) : (SECONDS[link?.kind ?? ""] ?? 0.6);
      const walks = link?.kind === "walk" && link.yaw !== undefined && !calm;
      const heading = walks ? link.yaw! + from.offset : undefined;
      const opening = link?.kind === "portal" && !calm && !presenting ? this.openingAt(link, from) : undefined;
      this.transition = new Transition({ from, to: node, seconds, heading, opening }, () => {
        this.transition = undefined;
        this.shelf.leave(from);
      });
      void this.look({ pitch: view.pitch, fov: view.fov }, view.pitch === world.pitch && view.fov === world.fov ? 0 : seconds);
    } else {
      void this.look(view);
    }
    this.stage.invalidate();
  }

  /** Where on the screen a portal is. */
  private openingAt({ yaw = 0, pitch = 0 }: { yaw?: number; pitch?: number }, from: PanoramaNode): Opening {
    const { view, width, height, ratio } = this.stage;
    const axes = axesOf(view.yaw, view.pitch, createAxes());
    const direction = directionOf(yaw + from.offset, pitch, [0, 0, 0]);
    const point = project(axes, focalLength(view.fov, height), direction, width, height, { x: 0, y: 0, ahead: false });
    // A door behind one's back opens all around.
    const { x, y } = point.ahead ? point : { x: width / 2, y: height / 2 };
    return { x: clamp(x, 0, width), y: clamp(y, 0, height), width, height, ratio };
  }

  /** Fetches the scenes that may come next, once for each scene, when all of this one is there: then nobody waits for it. */
  foresee(): void {
    const { tour } = this;
    if (!tour || this.foreseen === tour || this.stage.savesData) return;
    this.foreseen = tour;
    for (const way of nextOf(tour)) this.foreseeWay(way);
  }

  /** Fetches what a way leads to, as far as it takes to go there at once. Another museum's server is not asked before one goes. */
  foreseeWay({ scene, tour: address }: Pick<TourLink, "scene" | "tour">): void {
    const strip = scene ? this.tour?.neighbours[scene]?.panorama.strip : undefined;
    if (!strip || !this.client.isHome(address)) return;
    void this.stage.prefetch(strip).catch(() => undefined);
    void this.client.read(address).catch(() => undefined);
  }

  private keepStrips(tour: Tour): void {
    const strips = nextOf(tour).map(({ scene }) => (scene ? tour.neighbours[scene]?.panorama.strip : undefined));
    this.stage.keepStrips(new Set(strips.filter((strip) => strip !== undefined)));
  }
}

/** The ways that may be gone next: to other times, and on by the shortest. */
function nextOf({ scene }: Tour): Pick<TourLink, "scene" | "tour">[] {
  const nearest = [...scene.links].sort((a, b) => (a.distance ?? 5) - (b.distance ?? 5)).slice(0, PREFETCHED);
  return [...(scene.place?.moments ?? []), ...nearest];
}
