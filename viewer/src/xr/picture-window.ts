/** Which part of a picture is seen on its panel, and which piece of the picture to fetch for it. Pure. */

import type { Region, Size } from "../zoom/region";

/** What is seen: its middle as shares of the picture's width and height, and how many times closer than the whole. */
export interface PictureWindow {
  x: number;
  y: number;
  zoom: number;
}

export const WHOLE: Readonly<PictureWindow> = { x: 0.5, y: 0.5, zoom: 1 };
/** Pixels of the longer side of whatever is fetched. */
export const MOST_PIXELS = 1280;
/** The closest look shows this many pixels of the picture across its longer side. */
const FEWEST = 320;

/** How close one may look at a picture. */
export function closest({ width, height }: Size): number {
  return Math.max(Math.max(width, height) / FEWEST, 1);
}

/** Closer by a factor, so that what lies at `u`, `v` of the panel (from its upper left, 0 to 1) stays there. */
export function closer(seen: Readonly<PictureWindow>, factor: number, u: number, v: number, most: number): PictureWindow {
  const zoom = Math.min(Math.max(seen.zoom * factor, 1), most);
  const held = (middle: number, at: number): number => middle + (at - 0.5) * (1 / seen.zoom - 1 / zoom);
  return within({ x: held(seen.x, u), y: held(seen.y, v), zoom });
}

/** Moved so that what lay at one point of the panel lies at another. */
export function dragged(seen: Readonly<PictureWindow>, du: number, dv: number): PictureWindow {
  return within({ x: seen.x - du / seen.zoom, y: seen.y - dv / seen.zoom, zoom: seen.zoom });
}

/** What to fetch: a region of the picture, and how large. */
export interface Piece {
  region: Region;
  width: number;
  height: number;
}

/**
 * The piece that shows the window at the panel's sharpness: on a grid of the picture's own halvings, as its pyramid is, a little larger
 * than the window.
 */
export function pieceFor(seen: Readonly<PictureWindow>, picture: Readonly<Size>): Piece {
  const longer = Math.max(picture.width, picture.height) / seen.zoom;
  let scale = 1;
  while (longer / scale > MOST_PIXELS * 0.9) scale *= 2;
  const step = 64 * scale;
  const across = span(seen.x, seen.zoom, picture.width, step);
  const down = span(seen.y, seen.zoom, picture.height, step);
  const region = { x: across.from, y: down.from, width: across.length, height: down.length };
  return { region, width: Math.ceil(region.width / scale), height: Math.ceil(region.height / scale) };
}

/** Whether a piece holds all of the window. */
export function holds({ region }: Piece, seen: Readonly<PictureWindow>, picture: Readonly<Size>): boolean {
  const [w, h] = [picture.width / seen.zoom / 2, picture.height / seen.zoom / 2];
  const [x, y] = [seen.x * picture.width, seen.y * picture.height];
  const slack = 0.5;
  return (
    x - w >= region.x - slack &&
    x + w <= region.x + region.width + slack &&
    y - h >= region.y - slack &&
    y + h <= region.y + region.height + slack
  );
}

/** Where in a piece the window lies, for a texture whose first row is the upper one: left, lower edge, width, and height upwards. */
export function partOf({ region }: Piece, seen: Readonly<PictureWindow>, picture: Readonly<Size>, out: number[]): number[] {
  const [w, h] = [picture.width / seen.zoom, picture.height / seen.zoom];
  out[0] = (seen.x * picture.width - w / 2 - region.x) / region.width;
  out[1] = (seen.y * picture.height + h / 2 - region.y) / region.height;
  out[2] = w / region.width;
  out[3] = -h / region.height;
  return out;
}

/** The address of a piece at an image service. IIIF Image API 3.0, 4: region, size, rotation, quality. */
export function pieceAddress(service: string, { region, width, height }: Piece, picture: Readonly<Size>): string {
  const { x, y } = region;
  const whole = x === 0 && y === 0 && region.width === picture.width && region.height === picture.height;
  return `${service.replace(/\/(info\.json)?$/, "")}/${whole ? "full" : `${x},${y},${region.width},${region.height}`}/${width},${height}/0/default.jpg`;
}

function within({ x, y, zoom }: PictureWindow): PictureWindow {
  const half = 0.5 / zoom;
  return { x: Math.min(Math.max(x, half), 1 - half), y: Math.min(Math.max(y, half), 1 - half), zoom };
}

function span(middle: number, zoom: number, size: number, step: number): { from: number; length: number } {
  const from = Math.max(Math.floor(((middle - 0.5 / zoom) * size) / step) * step, 0);
  const end = Math.min(Math.ceil(((middle + 0.5 / zoom) * size - 0.01) / step) * step, size);
  return { from, length: end - from };
}
