/**
 * What a page could not save before it ended: kept by the browser, and offered when the same thing is opened again, unless another page of
 * this browser has it in hand.
 */

import { LocalCopy, type Shelf } from "./local-copy";

export interface LeftOverWorld {
  /** Whether this page has changes of its own that are not saved. */
  dirty(): boolean;
  changed(): void;
}

/** What pages say to each other: names of things that one asks for, or has unsaved. */
interface Said {
  asked?: string;
  held?: string;
}

/** Milliseconds in which another page of this browser says that it has a thing in hand. */
const PATIENCE = 200;

export class LeftOver<Copy extends { at: number }> {
  /** What an earlier page could not save, until she has said what is to become of it. */
  offered: Copy | undefined;
  private readonly copy: LocalCopy<Copy>;
  private readonly channel = new BroadcastChannel("museum-drafts");

  constructor(
    shelf: Shelf,
    private readonly name: string,
    private readonly world: LeftOverWorld,
  ) {
    this.copy = new LocalCopy(shelf, name);
    this.channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
      if (data.asked === name && world.dirty()) this.channel.postMessage({ held: name } satisfies Said);
    });
  }

  /** Offers what is left, where it is worth it. */
  offer(worth: (copy: Copy) => boolean): void {
    const left = this.copy.left(Date.now());
    if (!left || !worth(left)) return;
    let held = false;
    this.channel.addEventListener("message", ({ data }: MessageEvent<Said>) => {
      held ||= data.held === this.name;
    });
    this.channel.postMessage({ asked: this.name } satisfies Said);
    setTimeout(() => {
      if (held || this.world.dirty()) return;
      this.offered = left;
      this.world.changed();
    }, PATIENCE);
  }

  keep(copy: Copy): void {
    this.copy.keep(copy);
  }

  /** The server has it. */
  drop(): void {
    this.copy.drop();
  }

  /** She takes up what is offered, or lets it go; either way it is offered no longer. */
  settle(): Copy | undefined {
    const { offered } = this;
    this.offered = undefined;
    this.copy.forget();
    return offered;
  }
}
