/** Where the description of an image service lies; `iiif` may be that already. Pure. */
export function infoAddress(iiif: string): string {
  return iiif.endsWith("/info.json") ? iiif : `${iiif.replace(/\/$/, "")}/info.json`;
}
