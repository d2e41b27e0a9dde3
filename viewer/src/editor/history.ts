/** What was done to a draft, to be taken back and done again. Pure but for its own state. */

import type { Draft } from "./draft";
import { type Step, apply, diff } from "./patch";

interface Entry {
  /** What was done, as a key of the editor's texts. */
  readonly label: string;
  steps: readonly Step[];
  /** Changes of one gesture, as a drag or a held key, become one entry. */
  gesture: string | undefined;
  origin: Draft;
}

const MOST = 500;

export class History {
  private readonly past: Entry[] = [];
  private future: Entry[] = [];

  constructor(private now: Draft) {}

  get draft(): Draft {
    return this.now;
  }

  /** What undoing would take back; undefined where there is nothing. */
  get undoable(): string | undefined {
    return this.past.at(-1)?.label;
  }

  get redoable(): string | undefined {
    return this.future.at(-1)?.label;
  }

  /** Makes `next` the draft. Changes with the same `gesture` right after one another are one. Returns whether anything changed. */
  change(label: string, next: Draft, gesture?: string): boolean {
    const last = this.past.at(-1);
    const goesOn = gesture !== undefined && last?.gesture === gesture && this.future.length === 0;
    const origin = goesOn ? last!.origin : this.now;
    const steps = diff(origin, next);
    const changed = diff(this.now, next).length > 0;
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
    this.now = apply(this.now, entry.steps, true);
    return true;
  }

  redo(): boolean {
    const entry = this.future.pop();
    if (!entry) return false;
    entry.gesture = undefined;
    this.past.push(entry);
    this.now = apply(this.now, entry.steps);
    return true;
  }

  /** Takes over what somebody else did. It is not hers to undo. */
  absorb(steps: readonly Step[]): void {
    this.now = apply(this.now, steps);
    this.settle();
  }
}
