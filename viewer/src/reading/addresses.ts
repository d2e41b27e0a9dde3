/**
 * Which addresses in a file from a server may be followed. Pure.
 *
 * Nothing but http and https, and no passwords. A server that one has come to through a portal may name what lies on itself; beyond it
 * only https, on hosts that are public by their names, and never pictures or tiles from the very museum whose page this is: a
 * stranger's file must not send a visitor's browser to places that only the visitor can reach.
 */

import { Misshapen } from "./shape";

const LONGEST = 2000;

/** Whose file it is: its own address, and whether it is the museum's whose page or tag this is. */
export interface Source {
  address: string;
  trusted: boolean;
  /** Origins of this page and of its museum. */
  home: readonly string[];
}

/** The absolute address of what the viewer fetches by itself: tiles, pictures, models, records. Throws `Misshapen`. */
export function resourceAddress(address: string, source: Source): string {
  const url = webAddress(address, source.address);
  const own = url.origin === new URL(source.address).origin;
  if (!own && !source.trusted && (source.home.includes(url.origin) || !isPublic(url))) throw new Misshapen("an address out of bounds");
  return url.href;
}

/** The absolute address of where a visitor may choose to go: also back home. Throws `Misshapen`. */
export function wayAddress(address: string, source: Source): string {
  const url = webAddress(address, source.address);
  const own = url.origin === new URL(source.address).origin;
  if (!own && !source.trusted && !source.home.includes(url.origin) && !isPublic(url)) throw new Misshapen("an address out of bounds");
  return url.href;
}

function webAddress(address: string, base: string): URL {
  if (address.length > LONGEST) throw new Misshapen("an address too long");
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    throw new Misshapen("not an address");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new Misshapen(`an address of kind ${url.protocol}`);
  if (url.username || url.password) throw new Misshapen("an address with a password");
  return url;
}

/** https, on a host with a public name: no number, no name of a private network. */
function isPublic({ protocol, hostname }: URL): boolean {
  if (protocol !== "https:" || hostname.startsWith("[") || !hostname.includes(".")) return false;
  if (/^[\d.]+$/.test(hostname)) return false;
  return !/\.(local|localhost|internal|intranet|lan|home|corp|test|invalid|onion|arpa)\.?$/i.test(hostname);
}

/** Whether an address is that of a scene's tour.json, on whatever server. */
export function leadsToTour(address: string): boolean {
  return /\/scenes\/[^/]+\/tour\.json$/.test(new URL(address).pathname);
}

/** `address` as the file at `home` means it, where it stays on the same server; a relative one stays relative to a relative `home`. */
export function leadsTo(address: string, home: string): string | undefined {
  const nowhere = "https://nowhere.invalid/";
  try {
    const from = new URL(home, nowhere);
    const url = new URL(address, from);
    if (url.origin !== from.origin || url.username || url.password) return undefined;
    return url.href.startsWith(nowhere) ? url.href.slice(nowhere.length - 1) : url.href;
  } catch {
    return undefined;
  }
}
