/** Saves what is arranged on a floor plan: each leaf goes with what it was, so that nobody's change is written over. */

import { type Answer as AnyAnswer, Autosave, type SaveWorld } from "../editor/autosave";
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

export type Answer = AnyAnswer<undefined, ContestedRow[]>;

export interface KeeperWorld extends SaveWorld {
  send(changes: readonly Change[]): Promise<Answer>;
}

export class Keeper extends Autosave<Leaves, undefined, ContestedRow[]> {
  constructor(
    /** What the server is known to have. */
    private base: Leaves,
    private readonly world: KeeperWorld,
  ) {
    super(base, world);
  }

  get dirty(): boolean {
    return this.unsaved.length > 0;
  }

  /** What the server is not known to have. */
  get unsaved(): Change[] {
    return diff(this.base, this.draft);
  }

  /** Goes on with changes of earlier, which are in `leaves`: they are sent with what they were made from, so that what others have done
   * since is asked about, not written over. */
  takeUp(changes: readonly Change[], leaves: Leaves): void {
    this.base = put(this.base, Object.fromEntries(changes.map(({ path, was }) => [path, was])));
    this.note(leaves);
  }

  /** Both sides have been seen: what they have is what hers now replaces, or keeps. */
  settle(rows: readonly ContestedRow[], leaves: Leaves): void {
    this.base = put(this.base, Object.fromEntries(rows.map(({ path, value }) => [path, value])));
    this.settled(leaves);
  }

  /** The server has other leaves: those that are new to her, of what she has not changed herself. */
  renew(leaves: Leaves): Change[] {
    if (this.busy) return [];
    const own = new Set(diff(this.base, this.draft).map(({ path }) => path));
    const foreign = diff(this.base, leaves).filter(({ path }) => !own.has(path));
    this.base = apply(this.base, foreign);
    this.draft = apply(this.draft, foreign);
    return foreign;
  }

  protected send(): { answer: Promise<Answer>; take: () => void } {
    const changes = diff(this.base, this.draft);
    return { answer: this.world.send(changes), take: () => void (this.base = apply(this.base, changes)) };
  }
}
