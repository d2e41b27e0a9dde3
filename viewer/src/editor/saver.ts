/**
 * Saves the draft by itself: a moment after the last change, one request at a time, again and again where the server can't be reached.
 * What it saves is a draft; visitors see it when it is published. Knows no page: what it needs of the world comes in.
 */

import { type Back, type Draft, same } from "./draft";
import { type Step, diff } from "./patch";
import { type ContestedAnswer, type Kept, type Made, type Numbers, type Sent, fromWire, renumber, toWire } from "./wire";

export type Answer =
  | { kind: "kept"; kept: Kept }
  | { kind: "contested"; contested: ContestedAnswer }
  /** The server says why not; asking again does not help before something is changed. */
  | { kind: "refused"; why: string }
  | { kind: "unreachable" }
  | { kind: "logged-out" };

export type SaveState =
  | { kind: "saved"; at: number | undefined }
  | { kind: "waiting" }
  | { kind: "saving" }
  | { kind: "unreachable" | "logged-out" }
  | { kind: "refused"; why: string }
  | { kind: "contested"; contested: ContestedAnswer };

export interface SaverWorld {
  send(sent: Sent): Promise<Answer>;
  /** Calls back after so many milliseconds; gives what calls that off. */
  later(milliseconds: number, act: () => void): () => void;
  now(): number;
  changed(): void;
  /** The server has kept something else than was sent, which is what others have changed: the draft with it. */
  absorb(steps: readonly Step[]): Draft;
  kept(version: number, foreign: boolean): void;
}

const PAUSE = 700;
const RETRIES = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

export class Saver {
  state: SaveState = { kind: "saved", at: undefined };
  private draft: Draft;
  /** What the server is known to have; undefined where that is to be sent anew whatever it is. */
  private base: Draft | undefined;
  /** Ways back that the server has made, or has said that it doesn't make, by the keys of their links. */
  private readonly backs = new Map<string, { made: Made | undefined; as: Back }>();
  private running: Promise<void> | undefined;
  private cancel: (() => void) | undefined;
  private failures = 0;
  private held = false;

  constructor(
    private version: number,
    draft: Draft,
    private readonly numbers: Numbers,
    private readonly world: SaverWorld,
  ) {
    this.draft = this.base = draft;
  }

  /** Whether there is something that the server does not have. */
  get dirty(): boolean {
    return !this.base || diff(this.base, this.draft).length > 0 || this.wishes().length > 0 || this.regrets().length > 0;
  }

  /** What the server is known to have, and what it is to have; undefined where they are the same or the former is not known. */
  get unsaved(): { base: Draft; draft: Draft } | undefined {
    return this.base && this.dirty ? { base: this.base, draft: this.draft } : undefined;
  }

  /** The draft has changed. */
  note(draft: Draft): void {
    this.draft = draft;
    if (this.state.kind === "contested" || this.running) return;
    if (!this.dirty) {
      if (this.state.kind === "waiting" || this.state.kind === "refused") this.become({ kind: "saved", at: undefined });
      return;
    }
    if (this.state.kind === "unreachable" || this.state.kind === "logged-out") return; // The next try takes it along.
    this.become({ kind: "waiting" });
    this.plan(PAUSE);
  }

  /** While something is dragged nothing is sent. */
  hold(held: boolean): void {
    this.held = held;
    if (!held && this.state.kind === "waiting") this.plan(PAUSE);
  }

  /** Saves now; whether all is saved. */
  async flush(): Promise<boolean> {
    this.cancel?.();
    while (this.running) await this.running;
    while (this.dirty && this.state.kind !== "contested") {
      this.running = this.save();
      await this.running;
      if (this.state.kind !== "saved" && this.state.kind !== "waiting") return false;
    }
    return !this.dirty;
  }

  /** Both sides have been put together by hand, on top of the version that was in the way. */
  settle(version: number, draft: Draft): void {
    this.version = version;
    this.base = undefined;
    this.draft = draft;
    this.become({ kind: "waiting" });
    void this.flush();
  }

  /** The server has another state of it, as after a form of the page: what it has otherwise. */
  renew(version: number, draft: Draft): void {
    if (this.running || !this.base || this.state.kind === "contested") return;
    const foreign = diff(this.base, draft);
    this.version = version;
    this.base = draft;
    if (foreign.length > 0) this.draft = this.world.absorb(foreign);
  }

  private plan(milliseconds: number): void {
    this.cancel?.();
    if (!this.held) this.cancel = this.world.later(milliseconds, () => void this.flush());
  }

  private become(state: SaveState): void {
    this.state = state;
    this.world.changed();
  }

  /** Ways back to be made. */
  private wishes(): { key: string; back: Back }[] {
    return this.draft.links.flatMap(({ key, back }) => (back && !same(this.backs.get(key)?.as, back) ? [{ key, back }] : []));
  }

  /** Ways back that go with the links that they came with, or are to stand elsewhere. */
  private regrets(): { key: string; made: Made }[] {
    const wanted = new Map(this.draft.links.map(({ key, back }) => [key, back]));
    return [...this.backs].flatMap(([key, { made, as }]) => (made && !same(wanted.get(key), as) ? [{ key, made }] : []));
  }

  private async save(): Promise<void> {
    const { draft } = this;
    const [wishes, regrets] = [this.wishes(), this.regrets()];
    this.become({ kind: "saving" });
    const answer = await this.world.send({
      version: this.version,
      draft: toWire(draft, this.numbers),
      backs: wishes.map(({ key, back: { yaw, pitch } }) => ({ link: this.numbers.idOf(key), yaw, pitch })),
      undone: regrets.map(({ made }) => made),
    });
    this.running = undefined;
    if (answer.kind === "kept") {
      for (const { key } of regrets) this.backs.delete(key);
      for (const { key, back } of wishes) this.backs.set(key, { made: answer.kept.backs[String(this.numbers.idOf(key))], as: back });
      this.take(answer.kept, draft);
    } else if (answer.kind === "contested") {
      this.become({ kind: "contested", contested: answer.contested });
    } else if (answer.kind === "refused") {
      this.become({ kind: "refused", why: answer.why });
      // Something was changed meanwhile: that may have put it right.
      if (draft !== this.draft) this.note(this.draft);
    } else {
      this.become({ kind: answer.kind });
      this.plan(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]!);
    }
  }

  private take(kept: Kept, sent: Draft): void {
    renumber(this.numbers, kept.ids);
    this.failures = 0;
    this.version = kept.version;
    this.base = fromWire(kept.draft, this.numbers, sent);
    const foreign = diff(sent, this.base);
    this.world.kept(kept.version, foreign.length > 0);
    if (foreign.length > 0) this.draft = this.world.absorb(foreign);
    if (this.dirty) {
      this.become({ kind: "waiting" });
      this.plan(PAUSE);
    } else {
      this.become({ kind: "saved", at: this.world.now() });
    }
  }
}
