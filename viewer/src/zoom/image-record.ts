/** What the museum knows of an image: the record of its API beside its image service. */

import { fetchJson } from "../reading/fetch-bounded";
import { list, matching, number, object, optional, text, whole } from "../reading/shape";

export interface Download {
  width: number;
  height: number;
  address: string;
}

export interface ImageRecord {
  widthMm?: number;
  /** `free`, `credited`, `reserved` or `unknown`: what a visitor may do with it. */
  use: Use;
  downloads: Download[];
}

export type Use = "free" | "credited" | "reserved" | "unknown";

const check = object<ImageRecord>({
  widthMm: optional(number(0, 1e9)),
  use: matching(/^(free|credited|reserved|unknown)$/) as never,
  downloads: list(object<Download>({ width: whole(1, 1e9), height: whole(1, 1e9), address: text(2000) }), 20),
});

const LARGEST = 200_000;
const records = new Map<string, Promise<ImageRecord>>();

/** The record at an address; kept. Rejects where it cannot be had. */
export function readImageRecord(address: string): Promise<ImageRecord> {
  let record = records.get(address);
  if (!record) {
    record = fetchRecord(address);
    records.set(address, record);
    record.catch(() => records.delete(address));
  }
  return record;
}

async function fetchRecord(address: string): Promise<ImageRecord> {
  const { href, origin } = new URL(address, document.baseURI);
  const own = origin === location.origin;
  const record = check(await fetchJson(href, { bytes: LARGEST, seconds: 30, redirects: own }), "image");
  const downloads = record.downloads.map((download) => ({ ...download, address: new URL(download.address, href).href }));
  // A record speaks for its own server's pictures only.
  return { ...record, downloads: downloads.filter((download) => new URL(download.address).origin === origin) };
}
