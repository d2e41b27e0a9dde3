/** Where a museum keeps what belongs to an image, by the address of its image service. Pure. */

/** Where a museum keeps page and record of the image whose service is at `service`; undefined where that is no museum's address. */
export function placesOf(service: string): { page: string; record: string } | undefined {
  const found = /^(.*)\/iiif\/[23]\/([a-z0-9-]{1,120})(?:\/info\.json)?\/?$/.exec(service);
  if (!found) return undefined;
  const [, museum, slug] = found;
  return { page: `${museum}/images/${slug}`, record: `${museum}/api/v1/images/${slug}` };
}
