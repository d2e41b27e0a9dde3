/** A part of a picture, as an address names it: `x,y,w,h` in pixels of the whole picture. Pure. */

export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

const FORM = /^\d{1,9},\d{1,9},\d{1,9},\d{1,9}$/;

/** The region that `text` names within a picture of `size`, cut at its edges; undefined where it names none. */
export function readRegion(text: string | null, size: Size): Region | undefined {
  if (!text || !FORM.test(text)) return undefined;
  const [x, y, w, h] = text.split(",").map(Number) as [number, number, number, number];
  const width = Math.min(w, size.width - x);
  const height = Math.min(h, size.height - y);
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** `region` in whole pixels within the picture, as an address has it; undefined where it is all of the picture. */
export function writeRegion(region: Region, size: Size): string | undefined {
  const x = clamp(Math.round(region.x), 0, size.width - 1);
  const y = clamp(Math.round(region.y), 0, size.height - 1);
  const width = clamp(Math.round(region.x + region.width) - x, 1, size.width - x);
  const height = clamp(Math.round(region.y + region.height) - y, 1, size.height - y);
  if (x === 0 && y === 0 && width === size.width && height === size.height) return undefined;
  return `${x},${y},${width},${height}`;
}

/** `address` with the region in its query, or without one. Other fields of the query stay. */
export function withRegion(address: string, region: string | undefined): string {
  const url = new URL(address);
  url.searchParams.delete("region");
  const query = url.searchParams.toString();
  // Commas stay commas: people read these addresses.
  url.search = region ? `${query ? `${query}&` : ""}region=${region}` : query;
  return url.href;
}

/** The region as a picture of its own from the image service `service`, at most `widest` pixels wide. */
export function regionPicture(service: string, region: Region, widest = 1600): string {
  const [x, y] = [Math.round(region.x), Math.round(region.y)];
  const [width, height] = [Math.max(1, Math.round(region.width)), Math.max(1, Math.round(region.height))];
  const size = width > widest ? `${widest},` : "max";
  return `${service}/${x},${y},${width},${height}/${size}/0/default.jpg`;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
