/** One scene that is being edited: what the server gave of it, its draft, what was done to it, and the saving of it. */

import type { Frame } from "../plan/plane";
import type { Draft } from "./draft";
import { History } from "./history";
import { LeftOver } from "./left-over";
import { type Copy, copyOf, takeUp } from "./local-copy";
import { diff } from "./patch";
import { type Answer, Saver, type SaverWorld } from "./saver";
import { type ContestedAnswer, type Kept, Numbers, type Sent, type WireDraft, fromWire } from "./wire";

export interface Target {
  title: string;
  thumbnail: string | null;
}

export interface PlacedScene {
  slug: string;
  title: string;
  floor: string;
  x: number;
  y: number;
}

export interface VenuePlan {
  rooms: { key: string; floor?: string; outline: [x: number, y: number][] }[];
}

/** A floor of the venue; where its picture lies as `Frame` has it, which is `ratio` times as high as wide. */
export interface VenueFloor extends Frame {
  key: string;
  title: string;
  picture: string | null;
  ratio: number;
}

/** `draft.json` of a scene. */
interface Page {
  version: number;
  state: string;
  title: string;
  editable: boolean;
  draft: WireDraft;
  targets: Record<string, Target>;
  plan: VenuePlan | null;
  floors: VenueFloor[];
  others: PlacedScene[];
  words: Record<string, string>;
}

export interface SessionEvents {
  changed(): void;
  kept(slug: string, version: number, foreign: boolean): void;
}

const JSON_ONLY = { Accept: "application/json" };
/** Milliseconds without a change after which she has begun anew. */
const REST = 30 * 60 * 1000;

export class Session {
  readonly history: History;
  readonly saver: Saver;
  readonly numbers = new Numbers();
  readonly targets: Map<string, Target>;
  readonly left: LeftOver<Copy>;
  private sitting = { name: "", last: Number.NEGATIVE_INFINITY };

  private constructor(
    readonly slug: string,
    readonly page: Page,
    private readonly events: SessionEvents,
  ) {
    this.targets = new Map(Object.entries(page.targets));
    const draft = fromWire(page.draft, this.numbers);
    this.history = new History(draft);
    const world: SaverWorld = {
      send: (sent) => send(slug, { ...sent, sitting: this.sittingAt(Date.now()) }),
      later: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
      now: () => Date.now(),
      changed: () => {
        this.keepAside();
        events.changed();
      },
      absorb: (steps) => {
        this.history.absorb(steps);
        return this.history.draft;
      },
      kept: (version, foreign) => events.kept(slug, version, foreign),
    };
    this.saver = new Saver(page.version, draft, this.numbers, world);
    this.left = new LeftOver(localStorage, slug, { dirty: () => this.saver.dirty, changed: () => events.changed() });
    if (page.editable) this.left.offer((copy) => takeUp(draft, copy, this.numbers).worth);
  }

  /** Opens a scene. Throws where it can't be had. */
  static async open(slug: string, events: SessionEvents): Promise<Session> {
    return new Session(slug, await readPage(slug), events);
  }

  get draft(): Draft {
    return this.history.draft;
  }

  get editable(): boolean {
    return this.page.editable;
  }

  change(label: string, next: Draft, gesture?: string): void {
    if (!this.editable || !this.history.change(label, next, gesture)) return;
    this.saver.note(this.draft);
    this.keepAside();
  }

  /** Takes up what an earlier page could not save, or lets it go. */
  settleLeft(take: boolean): void {
    const left = this.left.settle();
    if (left && take) {
      const hers = takeUp(this.draft, left, this.numbers);
      this.history.change("left", hers.shown);
      this.saver.takeUp(hers);
      this.keepAside();
    }
    this.events.changed();
  }

  undo(): boolean {
    return this.step(this.history.undo());
  }

  redo(): boolean {
    return this.step(this.history.redo());
  }

  /** Reads it anew, after a form of the page has changed it. */
  async renew(): Promise<void> {
    if (this.saver.dirty) return;
    const page = await readPage(this.slug).catch(() => undefined);
    if (!page) return;
    for (const [name, target] of Object.entries(page.targets)) this.targets.set(name, target);
    this.saver.renew(page.version, fromWire(page.draft, this.numbers, this.draft));
    this.events.changed();
  }

  /** Both sides have been put together by hand. */
  settle(version: number, draft: Draft): void {
    // What was theirs is not hers to undo.
    this.history.absorb(diff(this.draft, draft));
    this.saver.settle(version, draft);
  }

  private step(done: boolean): boolean {
    if (done) {
      this.saver.note(this.draft);
      this.keepAside();
    }
    return done;
  }

  private keepAside(): void {
    const { unsaved } = this.saver;
    if (unsaved) this.left.keep(copyOf(Date.now(), unsaved, this.numbers));
    else if (!this.saver.dirty) this.left.drop();
  }

  private sittingAt(now: number): string {
    const { name, last } = this.sitting;
    const fresh = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.sitting = { name: now - last > REST ? fresh() : name, last: now };
    return this.sitting.name;
  }
}

async function readPage(slug: string): Promise<Page> {
  const answer = await fetch(`/admin/scenes/${slug}/draft.json`, { headers: JSON_ONLY, cache: "no-store" });
  if (!answer.ok) throw new Error(`draft of ${slug}: ${answer.status}`);
  return (await answer.json()) as Page;
}

async function send(slug: string, sent: Sent): Promise<Answer> {
  let answer: Response;
  let said: unknown;
  try {
    const body = JSON.stringify(sent);
    const headers = { ...JSON_ONLY, "Content-Type": "application/json" };
    // It arrives even if the page is closed now; browsers allow that up to 64 KB.
    answer = await fetch(`/admin/scenes/${slug}/draft.json`, { method: "PUT", body, headers, keepalive: body.length < 60_000 });
    said = await answer.json();
  } catch {
    return { kind: "unreachable" };
  }
  if (answer.ok) return { kind: "kept", kept: said as Kept };
  if (answer.status === 401) return { kind: "logged-out" };
  if (answer.status === 409 && "contested" in (said as object)) return { kind: "contested", contested: said as ContestedAnswer };
  if (answer.status >= 500 || answer.status === 429) return { kind: "unreachable" };
  return { kind: "refused", why: (said as { error?: { message?: string } }).error?.message ?? String(answer.status) };
}
