/**
 * Travelling through the moments of a place: along the time line, through a lens, or across an edge.
 *
 * The two moments in question are two panoramas under one camera, both at full sharpness, each turned so that a heading stays where it
 * is. Which of them is the current scene, with its marks, follows from which is more opaque.
 */

import type { ClipShape } from "../panorama/clip";
import type { PanoramaNode, PanoramaSource } from "../panorama/panorama-node";
import type { Stage } from "../panorama/stage";
import type { Guide } from "./guide";
import type { NodeShelf } from "./node-shelf";
import { type TourClient, panoramaSource } from "./tour-client";
import { type Between, between, leading, near, nearestTo, positionsOf, yearAt } from "./time-line";
import { type Compared, type Comparison, readCompared, writeCompared } from "./compared";
import type { Tour, TourMoment } from "./types";

/** A moment with all that it takes to draw it. */
interface Drawable extends TourMoment {
  source: PanoramaSource;
  north: number;
}

export interface TimeTravelEvents {
  /** Another position on the line. */
  changed(): void;
  /** Another comparison, or another moment in it. */
  compared(): void;
  failed(error: unknown, retry: () => void): void;
  calm(): boolean;
}

/** Seconds in which the picture has made up half of the way to where the hand is. */
const LAG = 0.045;
/** Let go this near to a moment, one arrives at it. */
const REACH = 0.06;

export class TimeTravel {
  moments: readonly Drawable[] = [];
  years: readonly number[] = [];
  positions: readonly number[] = [];
  /** Where on the line one is: 0 is the first moment, 1 the last. */
  position = 0;
  comparison: Comparison = "blend";
  /** The moment, by its place in the order, that the lens or the far side of the edge shows. */
  other = 0;
  /** The part of the picture in which the other moment shows; undefined while blending. */
  shape: ClipShape | undefined;
  /** Where it is going. */
  goal = 0;
  private held = false;
  private live: PanoramaNode[] = [];
  private wanted: string | undefined;
  /** The scene that could not be had on the way through it: on the way back it is not asked for again. */
  private refused: string | undefined;
  private settling = false;
  private before: string | undefined;
  /** Whether the picture is not yet as it should be. */
  private stale = true;
  private shown: ClipShape | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly guide: Guide,
    private readonly shelf: NodeShelf,
    private readonly client: TourClient,
    private readonly events: TimeTravelEvents,
  ) {}

  /** Whether there is any time to travel through. */
  get possible(): boolean {
    return this.moments.length > 1;
  }

  /** Place of the current scene in the order of the moments. */
  get here(): number {
    const slug = this.guide.tour?.scene.slug;
    return Math.max(this.moments.findIndex((moment) => moment.scene === slug), 0);
  }

  get between(): Between {
    return between(this.positions, this.position);
  }

  get year(): number {
    return yearAt(this.years, this.positions, this.position);
  }

  /** Whether two moments are in the picture. */
  get comparing(): boolean {
    const { part } = this.between;
    return this.possible && (this.comparison !== "blend" || (part > 0 && part < 1));
  }

  /** What is compared, for an address: see `readCompared`; undefined while one moment is seen alone, and on the way from one to the other,
   * which nobody wants to come back to. */
  get compared(): string | undefined {
    if (!this.comparing || (this.comparison === "blend" && (this.held || this.settling))) return undefined;
    const { earlier, later, part } = this.between;
    const forward = earlier === this.here;
    const blended: Compared = { comparison: "blend", scene: this.moments[forward ? later : earlier]!.scene, part: forward ? part : 1 - part };
    const { comparison, other } = this;
    return writeCompared(comparison === "blend" ? blended : { comparison, scene: this.moments[other]!.scene, part: 1 });
  }

  /** Compares as an address says; what it says of no moment of this place does nothing. */
  resume(words: string | null | undefined): void {
    const { comparison, scene, part } = readCompared(words) ?? { comparison: "blend" as const, scene: "", part: 0 };
    const other = this.moments.findIndex((moment) => moment.scene === scene);
    if (other < 0 || other === this.here) {
      if (this.comparing) this.compare("blend");
    } else if (comparison !== "blend") {
      this.compare(comparison, other);
    } else if (Math.abs(other - this.here) === 1) {
      const [from, to] = [this.positions[this.here]!, this.positions[other]!];
      this.aim(from + (to - from) * part);
      this.position = this.goal;
    }
  }

  get moving(): boolean {
    return this.position !== this.goal || this.settling;
  }

  /** Whether the marks of the current scene belong to what is seen. */
  get marked(): boolean {
    return !this.possible || this.comparison !== "blend" || leading(this.between) === this.here;
  }

  /** A scene has become the current one. */
  entered(tour: Tour): void {
    const { place } = tour.scene;
    const samePlace = this.moments.some((moment) => moment.tour === place?.moments[0]?.tour);
    const before = this.before;
    this.moments = place ? drawables(tour) : [];
    this.years = this.moments.map((moment) => moment.year);
    this.positions = positionsOf(this.years);
    this.shelf.keep(this.moments.map((moment) => moment.source));
    if (!this.possible) {
      this.comparison = "blend";
      this.shape = undefined;
    } else if (!this.held && !this.settling) {
      this.position = this.goal = this.positions[this.here] ?? 0;
    }
    if (!samePlace || this.other === this.here) this.other = this.nextTo(this.here, before);
    this.before = tour.scene.slug;
    this.stale = true;
    this.events.changed();
  }

  /** Only the current scene stays in the picture: another is about to fade in. */
  leaving(): void {
    for (const node of this.live) if (node !== this.guide.node) this.shelf.leave(node);
    this.live = [];
    this.guide.node?.wake();
    this.held = this.settling = false;
    this.position = this.goal;
    this.stale = true;
  }

  /** Takes hold of the time line, or drags it on. */
  hold(position: number): void {
    if (!this.possible) return;
    if (!this.held) {
      this.refused = undefined;
      this.guide.finishPassing();
      for (const moment of this.moments) {
        void this.client.read(moment.tour).catch(() => undefined);
        if (!this.shelf.has(moment.source)) void this.stage.prefetch(moment.source.strip).catch(() => undefined);
      }
    }
    this.held = true;
    this.aim(position);
  }

  /** Lets go: near to a moment one arrives at it, else one stays in between. */
  release(): void {
    if (!this.held) return;
    this.held = false;
    const arrived = this.comparison === "blend" ? near(this.positions, this.goal, REACH) : nearestTo(this.positions, this.goal);
    this.aim(arrived === undefined ? this.goal : this.positions[arrived]!);
    this.settling = true;
  }

  /** Goes to a position by itself. */
  glide(position: number): void {
    this.hold(position);
    this.held = false;
    this.settling = true;
  }

  /** Travels to a moment: from between it and another by the line itself, else by a fade. */
  travel(index: number): void {
    const { earlier, later, part } = this.between;
    const midway = part > 0 && part < 1;
    if (midway && (index === earlier || index === later)) this.glide(this.positions[index]!);
    else void this.guide.travel(this.moments[index]!);
  }

  /** Looks at another moment beside the current one, or no longer. */
  compare(comparison: Comparison, other = this.other): void {
    if (!this.possible) return;
    this.guide.finishPassing();
    this.comparison = comparison;
    this.other = other === this.here ? this.nextTo(this.here) : other;
    this.shape = undefined;
    this.aim(this.positions[this.here]!);
    this.position = this.goal;
    this.show();
    this.events.compared();
  }

  /** One frame. Returns whether another is needed. */
  tick(seconds: number): boolean {
    if (!this.possible || this.guide.passing) return false;
    if (!this.stale && !this.settling && this.position === this.goal && this.shape === this.shown) {
      // A headset draws without end: nothing has changed but where the glass is.
      if (this.shape) this.live[1]?.clip(this.shape, this.stage.height, this.stage.ratio);
      return false;
    }
    const before = this.position;
    this.stale = this.position !== this.goal;
    if (this.position !== this.goal) {
      const left = (this.goal - this.position) * (this.events.calm() ? 0 : 0.5 ** (seconds / LAG));
      this.position = Math.abs(left) < 0.0015 ? this.goal : this.goal - left;
    }
    this.show();
    this.lead();
    if (this.position === this.goal && this.settling && this.wanted === undefined) this.settle();
    if (this.position !== before) this.events.changed();
    return this.position !== this.goal;
  }

  private aim(position: number): void {
    this.goal = Math.min(Math.max(position, 0), 1);
    this.stale = true;
    this.stage.invalidate();
    this.events.changed();
  }

  private nextTo(here: number, before?: string): number {
    const left = this.moments.findIndex((moment) => moment.scene === before);
    if (left >= 0 && left !== here) return left;
    return here > 0 ? here - 1 : Math.min(1, this.moments.length - 1);
  }

  /** Puts the two moments into the picture, and takes others out of it. */
  private show(): void {
    const { guide, shelf } = this;
    if (!guide.node) return;
    this.shown = this.shape;
    const compared = this.comparison !== "blend";
    const base = compared ? nearestTo(this.positions, this.position) : 0;
    const { earlier, later, part } = compared ? { earlier: base, later: this.other, part: 1 } : this.between;
    const alone = !compared && !this.held && !this.settling && (part === 0 || part === 1);
    const wanted = alone ? [part === 1 ? later : earlier] : [earlier, later];
    const nodes = wanted.map((index) => this.node(index));
    for (const node of this.live) if (!nodes.includes(node)) shelf.leave(node);
    this.live = nodes;
    const [behind, front] = nodes as [PanoramaNode, PanoramaNode?];
    behind.layer = 0;
    behind.opacity = 1;
    behind.clip(undefined, 0, 1);
    if (!front || front === behind) return;
    front.layer = 1;
    front.opacity = compared && !this.shape ? 0 : part;
    front.clip(compared ? this.shape : undefined, this.stage.height, this.stage.ratio);
  }

  /** The panorama of a moment, in the picture, turned so that headings stay. */
  private node(index: number): PanoramaNode {
    const { guide } = this;
    const { source, north } = this.moments[index]!;
    const known = this.live.find((node) => node.source.tiles === source.tiles);
    if (known) return known;
    if (guide.node!.source.tiles === source.tiles) {
      // One long frame may have led past it, and put it to rest.
      if (guide.node!.resting) guide.node!.wake();
      return guide.node!;
    }
    return this.shelf.take(source, guide.node!.offset + north - guide.tour!.scene.north);
  }

  /** Makes the moment that is more opaque the current scene. */
  private lead(): void {
    const index = this.comparison === "blend" ? leading(this.between) : nearestTo(this.positions, this.position);
    const moment = this.moments[index]!;
    if (moment.scene === this.guide.tour?.scene.slug) {
      this.wanted = this.refused = undefined;
    } else if (this.wanted !== moment.scene && this.refused !== moment.scene) {
      this.wanted = moment.scene;
      void this.fetchLead(moment, index);
    }
  }

  private async fetchLead(moment: Drawable, index: number): Promise<void> {
    try {
      const tour = await this.client.read(moment.tour);
      if (this.wanted !== moment.scene) return;
      this.wanted = undefined;
      if (this.other === index) this.other = this.here;
      this.guide.adopt(tour, moment.tour, this.node(index));
      this.stage.invalidate();
    } catch (error) {
      if (this.wanted !== moment.scene) return;
      this.wanted = undefined;
      this.refused = moment.scene;
      this.held = false;
      this.settling = true;
      this.aim(this.positions[this.here]!);
      this.events.failed(error, () => this.glide(this.positions[index]!));
    }
  }

  private settle(): void {
    this.settling = false;
    this.stale = true;
    this.guide.settle();
    this.show();
    this.events.compared();
  }
}

/** The moments of the tour's place that can be drawn without asking for more. */
function drawables({ scene, neighbours }: Tour): Drawable[] {
  return scene.place!.moments.flatMap((moment) => {
    const shown = moment.scene === scene.slug ? scene : neighbours[moment.scene];
    return shown ? [{ ...moment, source: panoramaSource(shown), north: shown.north }] : [];
  });
}
