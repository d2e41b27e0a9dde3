/** Tiles and strips from the network, decoded off the page's own thread. */

import { type Bounds, Refused, TooLarge, fetchBytes } from "../reading/fetch-bounded";
import { jpegSize } from "../reading/jpeg-size";
import { TileGone } from "./tile-loader";

/** What another museum's server may send at most for one picture: tiles and strips are far smaller. */
const FOREIGN: Bounds = { bytes: 8_000_000, seconds: 60, redirects: false };
const MOST_PIXELS = 4_200_000;

/** Throws `TileGone` where it is not, or not any more, there. */
export async function fetchPicture(url: string, signal?: AbortSignal, priority: RequestPriority = "auto"): Promise<ImageBitmap> {
  const foreign = new URL(url, location.href).origin !== location.origin;
  const blob = foreign ? await fetchForeign(url, signal) : await fetchOwn(url, signal, priority);
  signal?.throwIfAborted();
  return createImageBitmap(blob, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
}

async function fetchOwn(url: string, signal: AbortSignal | undefined, priority: RequestPriority): Promise<Blob> {
  const response = await fetch(url, { priority, ...(signal && { signal }) });
  if (!response.ok) throw refusal(response.status, url);
  return response.blob();
}

/** A small file may say that it is a huge picture: what says so is not decoded. */
async function fetchForeign(url: string, signal: AbortSignal | undefined): Promise<Blob> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await fetchBytes(url, FOREIGN, "image/jpeg", signal);
  } catch (error) {
    throw error instanceof Refused ? refusal(error.status, url) : error;
  }
  const size = jpegSize(bytes);
  if (!size || size.width * size.height > MOST_PIXELS) throw new TooLarge(url);
  return new Blob([bytes], { type: "image/jpeg" });
}

function refusal(status: number, url: string): Error {
  return status === 404 || status === 410 ? new TileGone(url) : new Error(`${status} for ${url}`);
}
