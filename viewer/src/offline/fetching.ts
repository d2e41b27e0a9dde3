/** Asking for many files: several at a time, as nobody in particular, and how large they are. */

const PARALLEL = 6;
/** Nothing is kept that only somebody logged in may see. */
export const NOBODY: RequestInit = { credentials: "omit" };

/** Mean bytes of those of the files whose size the server says; 0 where it says none. */
export async function meanSize(addresses: readonly string[], signal: AbortSignal): Promise<number> {
  let [sum, known] = [0, 0];
  for (const address of addresses) {
    const answer = await fetch(address, { ...NOBODY, method: "HEAD", signal });
    const length = Number(answer.headers.get("Content-Length"));
    if (answer.ok && length > 0) [sum, known] = [sum + length, known + 1];
  }
  return known ? sum / known : 0;
}

/** `count` of the items, evenly from among them. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(items.length / count, 1);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)]!);
}

/** Does the work for each of them, a few at a time. */
export async function each<T>(items: readonly T[], signal: AbortSignal, work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const line = async (): Promise<void> => {
    try {
      while (next < items.length) {
        signal.throwIfAborted();
        await work(items[next++]!);
      }
    } catch (error) {
      // The other lines end with this one.
      next = items.length;
      throw error;
    }
  };
  // What is still on its way when one fails has its end, too, before anybody hears of it.
  const ended = await Promise.allSettled(Array.from({ length: PARALLEL }, line));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
}
