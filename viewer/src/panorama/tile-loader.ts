/**
 * Brings tiles in, the most wanted first, a few at a time.
 *
 * `want` states the whole wish each time: what is no longer in it is aborted or leaves the queue, so that turning away frees the
 * line at once. A tile that fails is tried again after 1, 2 and 4 seconds, then reported as failed.
 */

export type FetchTile<Value> = (url: string, signal: AbortSignal) => Promise<Value>;

export interface LoaderEvents<Value> {
  loading(id: number): void;
  loaded(id: number, value: Value): void;
  /** Aborted, because it is not wanted any more. */
  dropped(id: number): void;
  failed(id: number, error: unknown): void;
}

/** The server said that the tile is not there: trying again is no use. */
export class TileGone extends Error {}

const ATTEMPTS = 4;

export class TileLoader<Value> {
  private readonly running = new Map<number, AbortController>();
  private readonly failures = new Map<number, number>();
  private readonly pauses = new Map<number, ReturnType<typeof setTimeout>>();
  private queue: readonly number[] = [];
  private readonly wanted = new Set<number>();

  constructor(
    private readonly fetchTile: FetchTile<Value>,
    private readonly url: (id: number) => string,
    private readonly events: LoaderEvents<Value>,
    private readonly parallel = 6,
    private readonly firstPause = 1000,
  ) {}

  get busy(): number {
    return this.running.size;
  }

  /** Wants exactly these tiles, most important first. The array is kept until the next call. */
  want(ids: readonly number[]): void {
    this.wanted.clear();
    for (const id of ids) this.wanted.add(id);
    for (const [id, controller] of this.running) if (!this.wanted.has(id)) controller.abort();
    for (const [id, pause] of this.pauses) {
      if (this.wanted.has(id)) continue;
      clearTimeout(pause);
      this.pauses.delete(id);
      this.events.dropped(id);
    }
    this.queue = ids;
    this.start();
  }

  /** Tries once more what failed before. */
  retry(): void {
    this.failures.clear();
    this.start();
  }

  /** Aborts all. */
  stop(): void {
    this.want([]);
  }

  private start(): void {
    for (const id of this.queue) {
      if (this.running.size >= this.parallel) return;
      if (!this.wanted.has(id) || this.running.has(id) || this.pauses.has(id)) continue;
      if ((this.failures.get(id) ?? 0) >= ATTEMPTS) continue;
      void this.load(id);
    }
  }

  private async load(id: number): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    this.events.loading(id);
    try {
      const value = await this.fetchTile(this.url(id), controller.signal);
      this.running.delete(id);
      this.failures.delete(id);
      this.wanted.delete(id);
      this.events.loaded(id, value);
    } catch (error) {
      this.running.delete(id);
      if (controller.signal.aborted) this.events.dropped(id);
      else this.fail(id, error);
    }
    this.start();
  }

  private fail(id: number, error: unknown): void {
    const failures = error instanceof TileGone ? ATTEMPTS : (this.failures.get(id) ?? 0) + 1;
    this.failures.set(id, failures);
    if (failures >= ATTEMPTS) {
      this.events.failed(id, error);
      return;
    }
    this.pauses.set(
      id,
      setTimeout(() => {
        this.pauses.delete(id);
        this.start();
      }, this.firstPause * 2 ** (failures - 1)),
    );
  }
}
