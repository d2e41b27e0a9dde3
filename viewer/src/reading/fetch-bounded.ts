/** Reads what a server may make as large, or send as slowly, as it likes: within bounds, and without being sent elsewhere. */

export class TooLarge extends Error {}
export class TooSlow extends Error {}
/** The server answered, but not with what was asked for. */
export class Refused extends Error {
  constructor(readonly status: number) {
    super(`answered ${status}`);
  }
}

export interface Bounds {
  bytes: number;
  seconds: number;
  /** Whether the server may send one elsewhere. */
  redirects: boolean;
}

/** Throws `TooLarge`, `TooSlow`, `Refused`, or what `fetch` and `JSON.parse` throw. */
export async function fetchJson(address: string, bounds: Bounds): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(address, bounds, "application/json"))) as unknown;
}

/** Throws `TooLarge`, `TooSlow`, `Refused`, what `fetch` throws, or the reason for which `signal` was aborted. */
export async function fetchBytes(address: string, bounds: Bounds, accept: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const late = AbortSignal.timeout(bounds.seconds * 1000);
  const abort = new AbortController();
  try {
    const response = await fetch(address, {
      headers: { Accept: accept },
      signal: AbortSignal.any([late, abort.signal, ...(signal ? [signal] : [])]),
      redirect: bounds.redirects ? "follow" : "error",
    });
    if (!response.ok) throw new Refused(response.status);
    return await readBytes(response, bounds.bytes);
  } catch (error) {
    throw late.aborted ? new TooSlow(address) : error;
  } finally {
    // Whatever is still on its way is not wanted any more.
    abort.abort();
  }
}

async function readBytes(response: Response, most: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(response.headers.get("Content-Length") ?? 0) > most) throw new TooLarge(response.url);
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    length += piece.value.byteLength;
    if (length > most) throw new TooLarge(response.url);
    pieces.push(piece.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
