/** The description of an image service, info.json. */

import { fetchBytes } from "../reading/fetch-bounded";

const LARGEST = 200_000;
const SECONDS = 30;

export interface ImageService {
  /** Its own address, without `/info.json`. */
  address: string;
  /** Whether it has whole tiles and nothing else, as in a copy of plain files. */
  tilesOnly: boolean;
  /** What it says of itself, for OpenSeadragon. */
  said: object;
}

/**
 * Reads info.json at `address`. The service is where this was read, whatever name it gives itself, so that nobody's file sends a browser
 * elsewhere. Only a copy of plain files, which does not know its own address, says by a relative one where its tiles lie.
 */
export async function readService(address: string): Promise<ImageService> {
  const { href, origin } = new URL(address, document.baseURI);
  const bounds = { bytes: LARGEST, seconds: SECONDS, redirects: origin === location.origin };
  // As the page asks for it ahead, so that it is asked for once.
  const said: unknown = JSON.parse(new TextDecoder().decode(await fetchBytes(href, bounds, "*/*")));
  if (typeof said !== "object" || said === null) throw new TypeError(`no image service at ${address}`);
  const { id, profile } = said as { id?: unknown; profile?: unknown };
  const base = typeof id === "string" && id.startsWith("../") ? new URL(id, href).href : href.replace(/\/info\.json$/, "");
  return { address: base, tilesOnly: profile === "level0", said: { ...said, id: base, "@id": base } };
}
