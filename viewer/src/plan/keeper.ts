/**
 * Saves what is arranged by itself: a moment after the last change, one request at a time, again and again where the server can't be
 * reached. Each leaf goes with what it was, so that nobody's change is written over. Knows no page: what it needs of the world comes in.
 */

import { type Change, type Leaves, type Value, apply, diff, put } from "./leaves";

/** A leaf that somebody else has changed otherwise: how it was, what it is to be and what it is, in words; `value` is what it is. */
export interface ContestedRow {
  path: string;
  label: string;
  was: string;
  mine: string;
  now: string;
  value: Value;
}

export type Answer =
  | { kind: "kept" }
  | { kind: "contested"; rows: ContestedRow[] }
  /** The server says why not; asking again does not help before something is changed. */
  | { kind: "refused"; why: string }
  | { kind: "unreachable" | "logged-out" };

export type KeepState =
  | { kind: "saved"; at: number | undefined }
  | { kind: "waiting" | "saving" | "unreachable" | "logged-out" }
  | { kind: "refused"; why: string }
  | { kind: "contested"; rows: ContestedRow[] };

export interface KeeperWorld {
  send(changes: readonly Change[]): Promise<Answer>;
  /** Calls back after so many milliseconds; gives what calls that off. */
  later(milliseconds: number, act: () => void): () => void;
  now(): number;
  changed(): void;
}

const PAUSE = 700;
const RETRIES = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

export class Keeper {
  state: KeepState = { kind: "saved", at: undefined };
  private wanted: Leaves;
  private running: Promise<void> | undefined;
  private cancel: (() => void) | undefined;
  private failures = 0;
  private held = false;

  constructor(
    /** What the server is known to have. */
    private base: Leaves,
    private readonly world: KeeperWorld,
  ) {
    this.wanted = base;
  }

  /** Whether there is something that the server does not have. */
  get dirty(): boolean {
    return diff(this.base, this.wanted).length > 0;
  }

  /** Something was arranged. */
  note(leaves: Leaves): void {
    this.wanted = leaves;
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

  /** Both sides have been seen: what they have is what hers now replaces, or keeps. */
  settle(rows: readonly ContestedRow[], leaves: Leaves): void {
    this.base = put(this.base, Object.fromEntries(rows.map(({ path, value }) => [path, value])));
    this.become({ kind: "waiting" });
    this.note(leaves);
    void this.flush();
  }

  /** The server has other leaves: those that are new to her, of what she has not changed herself. */
  renew(leaves: Leaves): Change[] {
    if (this.running || this.state.kind === "contested") return [];
    const own = new Set(diff(this.base, this.wanted).map(({ path }) => path));
    const foreign = diff(this.base, leaves).filter(({ path }) => !own.has(path));
    this.base = apply(this.base, foreign);
    this.wanted = apply(this.wanted, foreign);
    return foreign;
  }

  private plan(milliseconds: number): void {
    this.cancel?.();
    if (!this.held) this.cancel = this.world.later(milliseconds, () => void this.flush());
  }

  private become(state: KeepState): void {
    this.state = state;
    this.world.changed();
  }

  private async save(): Promise<void> {
    const { wanted } = this;
    const changes = diff(this.base, wanted);
    this.become({ kind: "saving" });
    const answer = await this.world.send(changes);
    this.running = undefined;
    if (answer.kind === "kept") {
      this.failures = 0;
      this.base = apply(this.base, changes);
      if (this.dirty) {
        this.become({ kind: "waiting" });
        this.plan(PAUSE);
      } else {
        this.become({ kind: "saved", at: this.world.now() });
      }
    } else if (answer.kind === "contested") {
      this.become({ kind: "contested", rows: answer.rows });
    } else if (answer.kind === "refused") {
      this.become({ kind: "refused", why: answer.why });
      // Something was changed meanwhile: that may have put it right.
      if (wanted !== this.wanted) this.note(this.wanted);
    } else {
      this.become({ kind: answer.kind });
      this.plan(RETRIES[Math.min(this.failures++, RETRIES.length - 1)]!);
    }
  }
}
