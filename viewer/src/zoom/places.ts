/** Where a museum keeps what belongs to an image, by the address of its image service. Pure. */

/**
 * Where a museum keeps page and record of the image whose service is at `service`; undefined where that is no museum's address. `copy` is
 * the address of a copy of plain files, in which these are files.
 */
export function placesOf(service: string, copy?: string): { page: string; record: string } | undefined {
  const found = /^(.*)\/iiif\/[23]\/([a-z0-9-]{1,120})(?:\/info\.json)?\/?$/.exec(service);
  if (!found) return undefined;
  const [, museum, slug] = found;
  const file = copy !== undefined && service.startsWith(copy);
  return { page: `${museum}/images/${slug}${file ? "/index.html" : ""}`, record: `${museum}/api/v1/images/${slug}${file ? ".json" : ""}` };
}

/** Where the copy of plain files that this page belongs to begins; undefined where it belongs to none. */
export function copyHere(): string | undefined {
  const { copy } = document.documentElement.dataset;
  return copy === undefined ? undefined : new URL(copy, location.href).href;
}
