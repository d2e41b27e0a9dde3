/** What the views of the plan's page share: the floor and scene at hand, what the next click on the plan does, and the words for it. */

import * as leavesOf from "./leaves";
import type { FloorState, Leaves } from "./leaves";
import { type Point, type Sight, apart, extentOfPoints, fitted, growth } from "./plane";
import type { PlanPicture, PlanScene, PlanSession, Way } from "./session";

/** What the next click on the plan does. */
export type Mode =
  | { kind: "rest" }
  /** Puts a scene there. */
  | { kind: "place"; slug: string }
  /** Takes an end of a length that is known. */
  | { kind: "measure"; ends: readonly Point[] }
  /** Drags the picture beneath the scenes. */
  | { kind: "picture" };

export type Tab = "scenes" | "floors" | "ways";

const REST: Mode = { kind: "rest" };
const UNSEEN: Sight = { x: 0, y: 0, scale: 20, width: 0, height: 0 };

export class PlanDesk {
  floorKey = "";
  selected: string | undefined;
  mode: Mode = REST;
  tab: Tab = "scenes";
  sight: Sight = UNSEEN;
  /** Whether scenes keep their places on the picture when that grows or turns. */
  along = true;
  ways: { found: Way[]; chosen: Set<Way> } | undefined;

  constructor(
    readonly session: PlanSession,
    private readonly show: () => void,
    private readonly announceWords: (words: string) => void,
  ) {
    this.floorKey = session.floors.find(({ key }) => session.standingOn(key).length > 0)?.key ?? session.floors[0]?.key ?? "";
  }

  get leaves(): Leaves {
    return this.session.leaves;
  }

  get floor(): FloorState {
    const { floors } = this.session;
    return floors.find(({ key }) => key === this.floorKey) ?? floors[0]!;
  }

  get scene(): PlanScene | undefined {
    return this.selected ? this.session.scenes.get(this.selected) : undefined;
  }

  /** The picture of the floor at hand, made or in the making. */
  get picture(): PlanPicture | undefined {
    const { picture } = this.floor;
    return picture === null ? undefined : this.session.pictures.get(picture);
  }

  get ratio(): number | undefined {
    const { picture } = this;
    return picture?.source && picture.width > 0 ? picture.height / picture.width : undefined;
  }

  get rooms(): Point[][] {
    return this.session.page.rooms.filter(({ floor }) => floor === this.floor.key).map(({ outline }) => outline);
  }

  say(key: string, values: Record<string, string | number> = {}): string {
    const one = values["count"] === 1 ? this.session.page.words[`${key}.one`] : undefined;
    const text = one ?? this.session.page.words[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  announce(words: string): void {
    this.announceWords(words);
  }

  refresh(): void {
    this.show();
  }

  /** What a floor is called; the first ones by number where nobody has named them. */
  nameOf(floor: FloorState): string {
    const { lang } = document.documentElement;
    const tags = [lang, ...Object.keys(this.session.page.languages)];
    const named = tags.map((tag) => leavesOf.titleOf(this.leaves, floor.key, tag)).find(Boolean);
    return named ?? this.say("floor-number", { number: this.session.floors.findIndex(({ key }) => key === floor.key) + 1 });
  }

  /** Arranges something. Changes with the same `gesture` are undone together. */
  change(label: string, next: (leaves: Leaves) => Leaves, gesture?: string): void {
    this.session.change(label, next(this.leaves), gesture);
    this.refresh();
  }

  undo(): void {
    this.stepBack(this.session.history.undoable, () => this.session.undo(), "undone");
  }

  redo(): void {
    this.stepBack(this.session.history.redoable, () => this.session.redo(), "redone");
  }

  private stepBack(label: string | undefined, act: () => boolean, said: string): void {
    if (!label || !act()) return;
    this.announce(this.say(said, { what: this.say(`did-${label}`) }));
    this.refresh();
  }

  select(slug: string | undefined): void {
    this.selected = slug;
    if (slug) {
      this.tab = "scenes";
      const here = leavesOf.placeOf(this.leaves, slug);
      if (here && here.floor !== this.floorKey) this.turnTo(here.floor);
    }
    this.refresh();
  }

  turnTo(floor: string): void {
    this.floorKey = floor;
    this.mode = REST;
    this.fit();
    this.refresh();
  }

  /** Shows the whole floor. */
  fit(): void {
    const { width, height } = this.sight;
    const slugs = this.session.standingOn(this.floor.key);
    this.sight = fitted(leavesOf.extentOf(this.leaves, this.floor, slugs, this.ratio, this.rooms.flat()), width, height);
  }

  enter(mode: Mode): void {
    this.mode = mode;
    this.refresh();
  }

  leave(): void {
    if (this.mode.kind === "rest") this.selected = undefined;
    this.mode = REST;
    this.refresh();
  }

  /** Puts a scene onto the floor at hand, or elsewhere on it. */
  put(slug: string, at: Point, gesture?: string): void {
    const known = leavesOf.placeOf(this.leaves, slug);
    this.selected = slug;
    this.tab = "scenes";
    this.change(known ? "moved" : "placed", (leaves) => leavesOf.place(leaves, slug, this.floor.key, at), gesture);
    this.announce(this.describe(slug));
  }

  takeOff(slug: string): void {
    this.change("off", (leaves) => leavesOf.takeOff(leaves, slug));
    this.announce(this.say("is-off", { title: this.session.scenes.get(slug)?.title ?? slug }));
  }

  /** Where the first view of a scene looks, as a heading. */
  headingOf(slug: string): number {
    return leavesOf.northOf(this.leaves, slug) + (this.session.scenes.get(slug)?.yaw ?? 0);
  }

  /** Turns a scene so that its first view looks to a heading. */
  face(slug: string, heading: number, gesture?: string): void {
    this.change("north", (leaves) => leavesOf.setNorth(leaves, slug, heading - (this.session.scenes.get(slug)?.yaw ?? 0)), gesture);
  }

  /** A scene and where it stands, in words. */
  describe(slug: string): string {
    const here = leavesOf.placeOf(this.leaves, slug);
    const title = this.session.scenes.get(slug)?.title ?? slug;
    if (!here) return this.say("is-off", { title });
    const heading = Math.round(((this.headingOf(slug) % 360) + 360) % 360);
    return this.say("stands-at", { title, x: here.x, y: here.y, heading });
  }

  /** Scenes that go along with the floor's picture. */
  get companions(): string[] {
    const { key } = this.floor;
    return this.along && this.session.mayMoveAll(key) ? this.session.standingOn(key) : [];
  }

  /** The length between the ends that were clicked is so many metres. */
  setLength(known: number): void {
    const { mode, floor } = this;
    if (mode.kind !== "measure" || mode.ends.length !== 2) return;
    const factor = growth(apart(mode.ends[0]!, mode.ends[1]!), known);
    if (factor === undefined) return;
    this.mode = REST;
    this.change("scale", (leaves) => leavesOf.grow(leaves, floor, factor, this.companions));
    this.fit();
    this.announce(this.say("scaled", { metres: Math.round(this.floor.frame.metres * 100) / 100 }));
    this.refresh();
  }

  setWidth(metres: number): void {
    const { floor } = this;
    const factor = growth(floor.frame.metres, metres);
    if (factor !== undefined) this.change("scale", (leaves) => leavesOf.grow(leaves, floor, factor, this.companions));
  }

  turnPlan(turned: number, gesture?: string): void {
    const { floor } = this;
    this.change("turned", (leaves) => leavesOf.turnPlan(leaves, floor, turned, this.companions), gesture);
  }

  movePicture(x: number, y: number, gesture?: string): void {
    const { floor } = this;
    this.change("frame", (leaves) => leavesOf.setFrame(leaves, floor.key, { ...floor.frame, x, y }), gesture);
  }

  addFloor(): void {
    const taken = new Set(this.session.floors.map(({ key }) => key));
    let number = 2;
    while (taken.has(`floor-${number}`)) number++;
    this.floorKey = `floor-${number}`;
    this.change("floor-added", (leaves) => leavesOf.addFloor(leaves, this.floorKey));
    this.fit();
    this.refresh();
  }

  removeFloor(): void {
    const { key } = this.floor;
    this.change("floor-removed", (leaves) => leavesOf.removeFloor(leaves, key));
    this.turnTo(this.session.floors[0]?.key ?? "");
  }

  /** Hangs a picture that is made; the first one of a floor is laid around what stands there. */
  hang(floor: string, picture: PlanPicture): void {
    const state = this.session.floors.find(({ key }) => key === floor);
    if (!state) return;
    const first = state.picture === null;
    const spread = extentOfPoints(this.session.standingOn(floor).flatMap((slug): Point[] => {
      const here = leavesOf.placeOf(this.leaves, slug);
      return here ? [[here.x, here.y]] : [];
    }));
    const ratio = picture.height / Math.max(picture.width, 1);
    this.change("picture", (leaves) => {
      const made = leavesOf.put(leaves, { [`floor/${floor}/picture`]: picture.id });
      if (!first || !spread) return made;
      const metres = Math.max(spread.width * 1.3, (spread.height * 1.3) / ratio, 4);
      return leavesOf.setFrame(made, floor, { x: spread.x, y: spread.y, metres, turned: 0 });
    });
    if (floor === this.floor.key) this.fit();
    this.refresh();
  }
}
