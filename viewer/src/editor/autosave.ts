/**
 * Saves by itself what is worked on: a moment after the last change, one request at a time, again and again where the server can't be
 * reached. Knows neither what is saved nor a page: the former is said by who extends it, and what it needs of the world comes in.
 */

/** What the server says to it. `Kept` comes where it has kept it, `Contested` where others have changed the same. */
export type Answer<Kept, Contested> =
  | { kind: "kept"; kept: Kept }
  | { kind: "contested"; contested: Contested }
  /** The server says why not; asking again does not help before something is changed. */
  | { kind: "refused"; why: string }
  | { kind: "unreachable" | "logged-out" };

export type SaveState<Contested> =
  | { kind: "saved"; at: number | undefined }
  | { kind: "waiting" | "saving" | "unreachable" | "logged-out" }
  | { kind: "refused"; why: string }
  | { kind: "contested"; contested: Contested };

export interface SaveWorld {
  /** Calls back after so many milliseconds; gives what calls that off. */
  later(milliseconds: number, act: () => void): () => void;
  now(): number;
  changed(): void;
}

const PAUSE = 700;
const RETRIES = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

export abstract class Autosave<Draft, Kept, Contested> {
  state: SaveState<Contested> = { kind: "saved", at: undefined };
  private running: Promise<void> | undefined;
  private cancel: (() => void) | undefined;
  private failures = 0;
  private held = false;

  constructor(
    /** What the server is to have. */
    protected draft: Draft,
    private readonly clock: SaveWorld,
  ) {}

  /** Whether there is something that the server does not have. */
  abstract get dirty(): boolean;

  /** Sends what the server does not have. The second is called with what it says where it has kept it, before anything else is sent. */
  protected abstract send(): { answer: Promise<Answer<Kept, Contested>>; take: (kept: Kept) => void };

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

  /** Whether what the server has must not be taken for what this one knows of it: a request is under way, or two sides are compared. */
  protected get busy(): boolean {
    return this.running !== undefined || this.state.kind === "contested";
  }

  /** Both sides have been put together by hand: what comes of it is saved at once. */
  protected settled(draft: Draft): void {
    this.become({ kind: "waiting" });
    this.note(draft);
    void this.flush();
  }

  private plan(milliseconds: number): void {
    this.cancel?.();
    if (!this.held) this.cancel = this.clock.later(milliseconds, () => void this.flush());
  }

  private become(state: SaveState<Contested>): void {
    this.state = state;
    this.clock.changed();
  }

  private async save(): Promise<void> {
    const { draft } = this;
    this.become({ kind: "saving" });
    const { answer: coming, take } = this.send();
    const answer = await coming;
    this.running = undefined;
    if (answer.kind === "kept") {
      this.failures = 0;
      take(answer.kept);
      if (this.dirty) {
        this.become({ kind: "waiting" });
        this.plan(PAUSE);
      } else {
        this.become({ kind: "saved", at: this.clock.now() });
      }
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
}
