/** What the editor's views share: the scene at hand, what is selected, what the next click in the picture does, and the words for it. */

import type { View } from "../panorama/view";
import * as commands from "./commands";
import { type AnySpot, type Corner, type Draft, type List, spotOf, targetOf } from "./draft";
import { levelThrough, middleOf, northFor } from "./geometry";
import type { Session, Target } from "./session";

/** What the editor needs of `<museum-tour>`. */
export interface TourElement extends HTMLElement {
  view: View;
  scene: string;
  unmarked: boolean;
  readonly ready: Promise<void>;
  turnTo(view: Partial<View>, seconds?: number): Promise<void>;
  amend(scene: { north: number; level: { pitch: number; roll: number }; nadir: { kind: string; radius: number } | null }): void;
}

/** What the next click in the picture does. */
export type Mode =
  | { kind: "rest" }
  | { kind: "place"; list: List }
  /** Puts a hotspot there that waits for its place. */
  | { kind: "put"; key: string }
  /** Corners of an outline so far; for the hotspot `key`, or for a new one. */
  | { kind: "outline"; key: string | undefined; corners: readonly Corner[] }
  | { kind: "north"; heading: number }
  | { kind: "level"; first: Corner | undefined };

/** A link or hotspot that has its place, and waits for what it leads to. */
export interface Pending {
  list: List;
  yaw: number;
  pitch: number;
  polygon: readonly Corner[] | null;
}

export type Tab = "spots" | "scene" | "plan";

const REST: Mode = { kind: "rest" };

export class Desk {
  session: Session | undefined;
  selected: string | undefined;
  /** Number of the selected corner of the selected hotspot's outline. */
  corner: number | undefined;
  pending: Pending | undefined;
  mode: Mode = REST;
  tab: Tab = "spots";
  /** A hint that goes with the next change. */
  hint = "";
  words: Record<string, string> = {};

  constructor(
    readonly tour: TourElement,
    /** Shows everything anew. */
    private readonly show: () => void,
    private readonly announceWords: (words: string) => void,
  ) {}

  get draft(): Draft | undefined {
    return this.session?.draft;
  }

  get editable(): boolean {
    return this.session?.editable ?? false;
  }

  get spot(): AnySpot | undefined {
    return this.draft && this.selected ? spotOf(this.draft, this.selected) : undefined;
  }

  say(key: string, values: Record<string, string | number> = {}): string {
    const text = this.words[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  }

  announce(words: string): void {
    this.announceWords(words);
  }

  refresh(): void {
    if (this.selected && !this.spot) this.selected = this.corner = undefined;
    this.show();
  }

  /** Does something to the draft. Changes with the same `gesture` are undone together. */
  change(label: string, next: (draft: Draft) => Draft, gesture?: string): void {
    const { session } = this;
    if (!session?.editable) return;
    this.hint = "";
    session.change(label, next(session.draft), gesture);
    this.refresh();
  }

  /** Ends a gesture. */
  settle(): void {
    this.session?.history.settle();
  }

  undo(): void {
    const label = this.session?.history.undoable;
    if (!label || !this.session?.undo()) return;
    this.announce(this.say("undone", { what: this.say(`did-${label}`) }));
    this.refresh();
  }

  redo(): void {
    const label = this.session?.history.redoable;
    if (!label || !this.session?.redo()) return;
    this.announce(this.say("redone", { what: this.say(`did-${label}`) }));
    this.refresh();
  }

  select(key: string | undefined, corner?: number): void {
    this.selected = key;
    this.corner = corner;
    this.pending = undefined;
    if (key) this.tab = "spots";
    this.refresh();
  }

  /** The next hotspot that waits for its place, to be put by the next click. */
  toNextUnplaced(): void {
    const waiting = this.draft?.hotspots.filter(({ unplaced }) => unplaced) ?? [];
    const at = waiting.findIndex(({ key }) => key === this.selected);
    const next = waiting[(at + 1) % Math.max(waiting.length, 1)];
    if (!next) return;
    this.select(next.key);
    this.enter({ kind: "put", key: next.key });
    this.announce(`${this.titleOf(next)}: ${this.say("aim-put")}`);
  }

  enter(mode: Mode): void {
    this.mode = mode;
    this.pending = undefined;
    this.hint = "";
    this.refresh();
    // Its arrow keys turn the view, Enter takes the middle.
    this.tour.shadowRoot?.querySelector<HTMLElement>(".stage")?.focus({ preventScroll: true });
  }

  /** Steps back: out of what the next click does, else out of what waits, else out of the selection. */
  leave(): void {
    if (this.mode.kind !== "rest") this.mode = REST;
    else if (this.pending) this.pending = undefined;
    else this.selected = this.corner = undefined;
    this.refresh();
  }

  get targets(): Map<string, Target> {
    return this.session?.targets ?? new Map();
  }

  /** What a spot is called: its own title, else that of what it leads to. */
  titleOf(spot: AnySpot): string {
    const own = spot.texts["title"] ?? {};
    const language = document.documentElement.lang;
    const words = own[language] ?? Object.values(own)[0];
    const target = targetOf(spot);
    const address = "target_url" in spot ? spot.target_url : spot.url;
    return words ?? (target && this.targets.get(target)?.title) ?? address ?? this.say(`kind-${spot.kind}`);
  }

  /** A click in the picture, or Enter for its middle. */
  take([yaw, pitch]: Corner): void {
    const { mode } = this;
    if (mode.kind === "place") {
      this.mode = REST;
      this.selected = undefined;
      this.tab = "spots";
      this.pending = { list: mode.list, yaw, pitch, polygon: null };
    } else if (mode.kind === "put") {
      this.mode = REST;
      this.change("moved", (draft) => commands.moveSpot(draft, mode.key, yaw, pitch));
      this.announce(this.say("at", { yaw: yaw.toFixed(1), pitch: pitch.toFixed(1) }));
      return;
    } else if (mode.kind === "outline") {
      this.mode = { ...mode, corners: [...mode.corners, [yaw, pitch]] };
    } else if (mode.kind === "north") {
      this.mode = REST;
      this.change("north", (draft) => commands.setScene(draft, { north: northFor(yaw, mode.heading) }));
      return;
    } else if (mode.kind === "level") {
      this.takeHorizon(mode.first, [yaw, pitch]);
      return;
    }
    this.refresh();
  }

  /** Closes the outline that is being drawn. */
  closeOutline(): void {
    const { mode } = this;
    if (mode.kind !== "outline" || mode.corners.length < 3) return;
    this.mode = REST;
    if (mode.key) {
      const { key, corners } = mode;
      this.change("outline", (draft) => commands.setPolygon(draft, key, corners));
      this.select(key);
      return;
    }
    const [yaw, pitch] = middleOf(mode.corners);
    this.tab = "spots";
    this.selected = undefined;
    this.pending = { list: "hotspots", yaw, pitch, polygon: mode.corners };
    this.refresh();
  }

  /** Takes back the last corner of the outline that is being drawn. */
  dropCorner(): void {
    if (this.mode.kind !== "outline") return;
    this.mode = { ...this.mode, corners: this.mode.corners.slice(0, -1) };
    this.refresh();
  }

  private takeHorizon(first: Corner | undefined, second: Corner): void {
    if (!first) {
      this.mode = { kind: "level", first: second };
      this.refresh();
      return;
    }
    const { draft } = this;
    const level = draft && levelThrough(first, second, commands.levelOf(draft));
    this.mode = level ? REST : { kind: "level", first: undefined };
    if (level) this.change("level", (now) => commands.setLevel(now, level));
    else this.hint = this.say("level-apart");
    this.refresh();
  }
}
