/** What was done to something, to be taken back and done again. Pure but for its own state. */

interface Entry<T, S> {
  /** What was done, as a key of the page's texts. */
  readonly label: string;
  steps: readonly S[];
  /** Changes of one gesture, as a drag or a held key, become one entry. */
  gesture: string | undefined;
  origin: T;
}

/** How two states differ, and the way from one to the other and back. */
export interface Patching<T, S> {
  diff(from: T, to: T): readonly S[];
  apply(now: T, steps: readonly S[], back?: boolean): T;
}

const MOST = 500;

export class Undoing<T, S> {
  private readonly past: Entry<T, S>[] = [];
  private future: Entry<T, S>[] = [];

  constructor(
    protected now: T,
    private readonly patching: Patching<T, S>,
  ) {}

  get state(): T {
    return this.now;
  }

  /** What undoing would take back; undefined where there is nothing. */
  get undoable(): string | undefined {
    return this.past.at(-1)?.label;
  }

  get redoable(): string | undefined {
    return this.future.at(-1)?.label;
  }

  /** Makes `next` the state. Changes with the same `gesture` right after one another are one. Returns whether anything changed. */
  change(label: string, next: T, gesture?: string): boolean {
    const last = this.past.at(-1);
    const goesOn = gesture !== undefined && last?.gesture === gesture && this.future.length === 0;
    const origin = goesOn ? last!.origin : this.now;
    const steps = this.patching.diff(origin, next);
    const changed = this.patching.diff(this.now, next).length > 0;
    this.now = next;
    if (!changed) return false;
    if (goesOn) last!.steps = steps;
    else this.past.push({ label, steps, gesture, origin });
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    return true;
  }

  /** Ends a gesture: what comes next is an entry of its own. */
  settle(): void {
    const last = this.past.at(-1);
    if (last) last.gesture = undefined;
  }

  undo(): boolean {
    const entry = this.past.pop();
    if (!entry) return false;
    this.future.push(entry);
    this.now = this.patching.apply(this.now, entry.steps, true);
    return true;
  }

  redo(): boolean {
    const entry = this.future.pop();
    if (!entry) return false;
    entry.gesture = undefined;
    this.past.push(entry);
    this.now = this.patching.apply(this.now, entry.steps);
    return true;
  }

  /** Takes over what somebody else did. It is not hers to undo. */
  absorb(steps: readonly S[]): void {
    this.now = this.patching.apply(this.now, steps);
    this.settle();
  }
}
