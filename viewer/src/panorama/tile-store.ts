/**
 * What tiles are held, by number, within a budget of bytes.
 *
 * Protocol of a frame: `begin()`, then `use(id)` for every tile that is shown or stands in for one, then `end()`, which drops the
 * longest unused until the budget is kept. A tile used in this frame, or pinned, is never dropped, even above the budget.
 */

export type TileState = "absent" | "loading" | "ready" | "failed";

interface Entry<Value> {
  state: TileState;
  value: Value | undefined;
  bytes: number;
  usedIn: number;
  /** When it was used last, in all uses so far. */
  turn: number;
  pins: number;
}

export class TileStore<Value> {
  private readonly entries = new Map<number, Entry<Value>>();
  private frame = 0;
  /** Uses so far: what was used last goes last. */
  private turns = 0;
  private held = 0;

  constructor(
    public budget: number,
    private readonly dispose: (value: Value) => void,
  ) {
    if (!(budget > 0)) throw new RangeError(`a budget is more than 0 bytes, not ${budget}`);
  }

  /** Bytes of all tiles that are ready. */
  get bytes(): number {
    return this.held;
  }

  state(id: number): TileState {
    return this.entries.get(id)?.state ?? "absent";
  }

  value(id: number): Value | undefined {
    return this.entries.get(id)?.value;
  }

  begin(): void {
    this.frame++;
  }

  /** Keeps the tile for this frame, and makes it the last to go. */
  use(id: number): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.usedIn = this.frame;
    entry.turn = ++this.turns;
  }

  end(): void {
    if (this.held <= this.budget) return;
    const idle = [...this.entries].filter(([, entry]) => entry.state === "ready" && entry.pins === 0 && entry.usedIn !== this.frame);
    idle.sort(([, a], [, b]) => a.turn - b.turn);
    for (const [id] of idle) {
      if (this.held <= this.budget) return;
      this.remove(id);
    }
  }

  mark(id: number, state: "loading" | "failed"): void {
    const entry = this.entry(id);
    if (entry.state !== "ready") entry.state = state;
  }

  /** Puts a tile that has come in. One that is there already is kept and the newcomer disposed of. */
  put(id: number, value: Value, bytes: number): void {
    const entry = this.entry(id);
    if (entry.state === "ready") {
      this.dispose(value);
      return;
    }
    entry.state = "ready";
    entry.value = value;
    entry.bytes = bytes;
    this.held += bytes;
  }

  /** Forgets that a tile was asked for. A tile that is ready stays. */
  forget(id: number): void {
    const entry = this.entries.get(id);
    if (!entry || entry.state === "ready") return;
    if (entry.pins > 0) entry.state = "absent";
    else this.entries.delete(id);
  }

  /** A pinned tile is never dropped; each `pin` needs its `unpin`. */
  pin(id: number): void {
    this.entry(id).pins++;
  }

  unpin(id: number): void {
    const entry = this.entries.get(id);
    if (!entry || entry.pins === 0) throw new Error(`tile ${id} is not pinned`);
    entry.pins--;
    if (entry.pins === 0 && entry.state === "absent") this.entries.delete(id);
  }

  /** Drops all tiles from `first` up to, not including, `end`, pinned ones too. */
  clear(first = 0, end = Number.POSITIVE_INFINITY): void {
    for (const id of [...this.entries.keys()]) if (id >= first && id < end) this.remove(id);
  }

  private entry(id: number): Entry<Value> {
    let entry = this.entries.get(id);
    if (!entry) {
      entry = { state: "absent", value: undefined, bytes: 0, usedIn: -1, turn: ++this.turns, pins: 0 };
      this.entries.set(id, entry);
    }
    return entry;
  }

  private remove(id: number): void {
    const entry = this.entries.get(id)!;
    this.entries.delete(id);
    if (entry.value !== undefined) {
      this.held -= entry.bytes;
      this.dispose(entry.value);
    }
  }
}
