/**
 * Saves the draft of a scene, with the ways back that its links ask for. What it saves is a draft; visitors see it when it is published.
 */

import { type Answer as AnyAnswer, Autosave, type SaveWorld } from "./autosave";
import { type Back, type Draft, same } from "./draft";
import type { Hers, TakenUp } from "./local-copy";
import { type Step, apply, diff } from "./patch";
import { type ContestedAnswer, type Kept, type Made, type Numbers, type Sent, fromWire, renumber, toWire } from "./wire";

export type Answer = AnyAnswer<Kept, ContestedAnswer>;

export interface SaverWorld extends SaveWorld {
  send(sent: Sent): Promise<Answer>;
  /** The server has kept something else than was sent, which is what others have changed: the draft with it. */
  absorb(steps: readonly Step[]): Draft;
  kept(version: number, foreign: boolean): void;
}

export class Saver extends Autosave<Draft, Kept, ContestedAnswer> {
  /** What the server is known to have; undefined where that is to be sent anew whatever it is. */
  private base: Draft | undefined;
  /** What was left over of an earlier version, to be compared by the server with what others have saved since; until it has been. */
  private left: Hers | undefined;
  /** Ways back that the server has made, or has said that it doesn't make, by the keys of their links. */
  private readonly backs = new Map<string, { made: Made | undefined; as: Back }>();

  constructor(
    private version: number,
    draft: Draft,
    private readonly numbers: Numbers,
    private readonly world: SaverWorld,
  ) {
    super(draft, world);
    this.base = draft;
  }

  get dirty(): boolean {
    return !this.base || this.left !== undefined || diff(this.base, this.draft).length > 0 || this.wishes().length > 0 || this.regrets().length > 0;
  }

  /** What the server is known to have, and what it is to have; undefined where they are the same or the former is not known. */
  get unsaved(): Hers | undefined {
    return this.left ?? (this.base && this.dirty ? { version: this.version, base: this.base, draft: this.draft } : undefined);
  }

  /** Her side where two are compared. */
  get mine(): Draft {
    return this.left?.draft ?? this.draft;
  }

  /** She goes on with what was left over. Where others have saved since, it is sent as what it is: a change of the version of then. */
  takeUp({ shown, ...hers }: TakenUp): void {
    if (hers.version !== this.version) this.left = hers;
    super.note(shown);
  }

  override note(draft: Draft): void {
    if (this.left) this.left = { ...this.left, draft: apply(this.left.draft, diff(this.draft, draft)) };
    super.note(draft);
  }

  /** Both sides have been put together by hand, on top of the version that was in the way. */
  settle(version: number, draft: Draft): void {
    this.version = version;
    this.base = undefined;
    this.left = undefined;
    this.settled(draft);
  }

  /** The server has another state of it, as after a form of the page: what it has otherwise. */
  renew(version: number, draft: Draft): void {
    if (this.busy || !this.base || this.left) return;
    const foreign = diff(this.base, draft);
    this.version = version;
    this.base = draft;
    if (foreign.length > 0) this.draft = this.world.absorb(foreign);
  }

  protected send(): { answer: Promise<Answer>; take: (kept: Kept) => void } {
    const { draft } = this;
    const [wishes, regrets] = [this.wishes(), this.regrets()];
    const answer = this.world.send({
      version: this.left?.version ?? this.version,
      draft: toWire(this.mine, this.numbers),
      backs: wishes.map(({ key, back: { yaw, pitch } }) => ({ link: this.numbers.idOf(key), yaw, pitch })),
      undone: regrets.map(({ made }) => made),
    });
    const take = (kept: Kept): void => {
      for (const { key } of regrets) this.backs.delete(key);
      for (const { key, back } of wishes) this.backs.set(key, { made: kept.backs[String(this.numbers.idOf(key))], as: back });
      this.take(kept, draft);
    };
    return { answer, take };
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

  private take(kept: Kept, sent: Draft): void {
    renumber(this.numbers, kept.ids);
    this.left = undefined;
    this.version = kept.version;
    this.base = fromWire(kept.draft, this.numbers, sent);
    const foreign = diff(sent, this.base);
    this.world.kept(kept.version, foreign.length > 0);
    if (foreign.length > 0) this.draft = this.world.absorb(foreign);
  }
}
