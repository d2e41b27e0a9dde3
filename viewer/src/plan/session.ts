/** The floor plans of one venue that are being arranged: what the server gave of them, what was done, and the saving of it. */

import { LeftOver } from "../editor/left-over";
import { Undoing } from "../editor/undoing";
import { type Answer, type ContestedRow, Keeper } from "./keeper";
import { type Change, type Leaves, type Value, apply, diff, floorsOf, outstanding, placeOf } from "./leaves";
import type { Point } from "./plane";

export interface PlanScene {
  slug: string;
  title: string;
  thumbnail: string | null;
  /** Where its first view looks, clockwise from its front. */
  yaw: number;
  state: string;
  editable: boolean;
}

export interface PlanPicture {
  id: number;
  state: string;
  progress: number;
  /** Trying again may help. */
  again: boolean;
  source: string | null;
  width: number;
  height: number;
  words: { state: string; step: string; why: string };
}

export interface Way {
  first: string;
  second: string;
  metres: number;
}

/** `plan.json` of a venue. */
interface Page {
  arrange: boolean;
  link: boolean;
  leaves: Record<string, Value>;
  scenes: PlanScene[];
  links: [string, string][];
  pictures: PlanPicture[];
  rooms: { floor: string; outline: Point[] }[];
  languages: Record<string, string>;
  more: boolean;
  words: Record<string, string>;
}

/** What the browser keeps until the server has it. */
interface PlanCopy {
  /** Milliseconds since 1970. */
  at: number;
  changes: Change[];
}

const JSON_ONLY = { Accept: "application/json" };

export class PlanSession {
  readonly history: Undoing<Leaves, Change>;
  readonly keeper: Keeper;
  readonly scenes: Map<string, PlanScene>;
  readonly pictures: Map<number, PlanPicture>;
  readonly left: LeftOver<PlanCopy>;
  links: [string, string][];
  private readonly sitting = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  private constructor(
    readonly address: string,
    readonly page: Page,
    changed: () => void,
  ) {
    const leaves: Leaves = new Map(Object.entries(page.leaves));
    this.scenes = new Map(page.scenes.map((scene) => [scene.slug, scene]));
    this.pictures = new Map(page.pictures.map((picture) => [picture.id, picture]));
    this.links = page.links;
    this.history = new Undoing(leaves, { diff, apply });
    this.keeper = new Keeper(leaves, {
      send: (changes) => this.send(changes),
      later: (milliseconds, act) => {
        const timer = setTimeout(act, milliseconds);
        return () => clearTimeout(timer);
      },
      now: () => Date.now(),
      changed: () => {
        this.keepAside();
        changed();
      },
    });
    this.left = new LeftOver(localStorage, `plan:${address}`, { dirty: () => this.keeper.dirty, changed });
    this.left.offer((copy) => this.outstandingOf(copy).length > 0);
  }

  /** Opens the plans at an address. Throws where they can't be had. */
  static async open(address: string, changed: () => void): Promise<PlanSession> {
    return new PlanSession(address, await readPage(address), changed);
  }

  get leaves(): Leaves {
    return this.history.state;
  }

  change(label: string, next: Leaves, gesture?: string): void {
    this.stepped(this.history.change(label, next, gesture));
  }

  /** Takes up what an earlier page could not save, or lets it go. */
  settleLeft(take: boolean): void {
    const left = this.left.settle();
    if (!left || !take) return;
    const changes = this.outstandingOf(left);
    if (!this.history.change("left", apply(this.leaves, changes))) return;
    this.keeper.takeUp(changes, this.leaves);
    this.keepAside();
  }

  /** What she may still do of what was left. */
  private outstandingOf({ changes }: PlanCopy): Change[] {
    return outstanding(this.leaves, changes, (path) => {
      const [kind, name] = path.split("/");
      return kind === "floor" ? this.page.arrange : (this.scenes.get(name!)?.editable ?? false);
    });
  }

  private keepAside(): void {
    const changes = this.keeper.unsaved;
    if (changes.length > 0) this.left.keep({ at: Date.now(), changes });
    else this.left.drop();
  }

  undo(): boolean {
    return this.stepped(this.history.undo());
  }

  redo(): boolean {
    return this.stepped(this.history.redo());
  }

  private stepped(done: boolean): boolean {
    if (done) {
      this.keeper.note(this.leaves);
      this.keepAside();
    }
    return done;
  }

  /** Reads what others have changed meanwhile. */
  async renew(): Promise<void> {
    const page = await readPage(this.address).catch(() => undefined);
    if (!page) return;
    this.links = page.links;
    for (const picture of page.pictures) this.pictures.set(picture.id, picture);
    this.history.absorb(this.keeper.renew(new Map(Object.entries(page.leaves))));
  }

  /** Both sides have been put together by hand: `mine` says of each row whether hers stands. */
  settle(rows: readonly ContestedRow[], mine: readonly boolean[]): void {
    // What was theirs is not hers to undo.
    this.history.absorb(rows.flatMap(({ path, value }, i) => (mine[i] ? [] : [{ path, was: this.leaves.get(path) ?? null, now: value }])));
    this.keeper.settle(rows, this.leaves);
  }

  /** Slugs of the scenes that stand on a floor. */
  standingOn(floor: string): string[] {
    return this.page.scenes.map(({ slug }) => slug).filter((slug) => placeOf(this.leaves, slug)?.floor === floor);
  }

  /** Scenes that stand on no floor. */
  get unplaced(): PlanScene[] {
    return this.page.scenes.filter(({ slug }) => !placeOf(this.leaves, slug));
  }

  /** Whether everything on a floor may be moved with it. */
  mayMoveAll(floor: string): boolean {
    return this.standingOn(floor).every((slug) => this.scenes.get(slug)?.editable);
  }

  get floors(): ReturnType<typeof floorsOf> {
    return floorsOf(this.leaves);
  }

  /** Ways between neighbours that the server proposes, by where all stands now. */
  async proposals(): Promise<Way[]> {
    const answer = await fetch(`${this.address}/ways.json`, { headers: JSON_ONLY, cache: "no-store" });
    if (!answer.ok) throw new Error(String(answer.status));
    return ((await answer.json()) as { ways: Way[] }).ways;
  }

  /** Makes the links of ways, all as one act: what was done, and the address by which it is undone. */
  async join(ways: readonly Way[]): Promise<{ words: string; undo: string }> {
    const body = JSON.stringify({ ways: ways.map(({ first, second }) => [first, second]) });
    const answer = await fetch(`${this.address}/ways.json`, { method: "POST", body, headers: { ...JSON_ONLY, "Content-Type": "application/json" } });
    const said = (await answer.json()) as { words: string; undo: string; error?: { message?: string } };
    if (!answer.ok) throw new Error(said.error?.message ?? String(answer.status));
    await this.renew();
    return said;
  }

  async takeBack(undo: string): Promise<boolean> {
    const answer = await fetch(undo, { method: "POST", body: new URLSearchParams({ back: this.address }), redirect: "manual" });
    await this.renew();
    return answer.type === "opaqueredirect" || answer.ok;
  }

  private async send(changes: readonly Change[]): Promise<Answer> {
    let answer: Response;
    let said: unknown;
    try {
      const body = JSON.stringify({ changes: Object.fromEntries(changes.map(({ path, was, now }) => [path, [was, now]])), sitting: this.sitting });
      const headers = { ...JSON_ONLY, "Content-Type": "application/json" };
      // It arrives even if the page is closed now; browsers allow that up to 64 KB.
      answer = await fetch(`${this.address}.json`, { method: "PUT", body, headers, keepalive: body.length < 60_000 });
      said = await answer.json();
    } catch {
      return { kind: "unreachable" };
    }
    if (answer.ok) return { kind: "kept", kept: undefined };
    if (answer.status === 401) return { kind: "logged-out" };
    if (answer.status === 409 && "contested" in (said as object)) return { kind: "contested", contested: (said as { contested: ContestedRow[] }).contested };
    if (answer.status >= 500 || answer.status === 429) return { kind: "unreachable" };
    return { kind: "refused", why: (said as { error?: { message?: string } }).error?.message ?? String(answer.status) };
  }
}

async function readPage(address: string): Promise<Page> {
  const answer = await fetch(`${address}.json`, { headers: JSON_ONLY, cache: "no-store" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as Page;
}
