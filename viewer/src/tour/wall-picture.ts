/** A picture laid on its wall over what the panorama shows of it, in the light that falls there. It comes when the first one is wanted. */

import type { View } from "../panorama/view";
import { CELLS, type Lamp, cellsSeen, lampOf, lightAt } from "./hung-picture";
import { layElement } from "./on-walls";
import type { Corner } from "./plane";

/** Less like each other they are not the same picture, or it does not hang where its corners are. */
const ALIKE = 0.9;
/** Side of the copy of the screen that the wall is looked at in. */
const LOOK = 512;
/** Steps of the light across a picture. */
const STEPS = 16;

/**
 * The element that shows `bitmap` between the corners; undefined where the wall does not show the same. `screen` has just been drawn in
 * `view`, and is `width` × `height` CSS pixels.
 */
export function hang(bitmap: ImageBitmap, corners: readonly Corner[], screen: HTMLCanvasElement, view: View, width: number, height: number): HTMLElement | undefined {
  const cells = cellsSeen(corners, view, { width, height });
  const found = cells && lampOf(look(screen, cells, width, height), look(bitmap));
  if (!found || found.likeness < ALIKE) return undefined;
  const element = document.createElement("canvas");
  element.width = bitmap.width;
  element.height = bitmap.height;
  element.style.inlineSize = `${bitmap.width}px`;
  element.style.blockSize = `${bitmap.height}px`;
  light(element, bitmap, found.lamp);
  layElement(element, corners, bitmap.width, bitmap.height);
  return element;
}

/** RGBA of the cells of a picture, or of where `cells` are on the screen. */
function look(source: CanvasImageSource, cells?: Float32Array, width = 1, height = 1): Uint8ClampedArray {
  const side = cells ? LOOK : CELLS;
  const { data } = pixels(side, (context) => context.drawImage(source, 0, 0, side, side));
  if (!cells) return data;
  const seen = new Uint8ClampedArray(CELLS * CELLS * 4);
  for (let cell = 0; cell < CELLS * CELLS; cell++) {
    const [x, y] = [cells[cell * 2]!, cells[cell * 2 + 1]!];
    if (Number.isNaN(x)) continue;
    const beside = cells[((cell % CELLS) + 1 < CELLS ? cell + 1 : cell - 1) * 2]!;
    const reach = Number.isNaN(beside) ? 0 : Math.abs(beside - x) / 2;
    average(data, (x / width) * LOOK, (y / height) * LOOK, (reach / width) * LOOK, (reach / height) * LOOK, seen, cell * 4);
  }
  return seen;
}

/** Writes the mean of `data` around a place, as far as `across` and `down`, into `out`: what is fine is grey in the other picture too. */
function average(data: Uint8ClampedArray, x: number, y: number, across: number, down: number, out: Uint8ClampedArray, to: number): void {
  const within = (place: number): number => Math.min(Math.max(Math.floor(place), 0), LOOK - 1);
  const sums = [0, 0, 0];
  for (let tap = 0; tap < 25; tap++) {
    const from = (within(y + ((Math.floor(tap / 5) - 2) / 2.5) * down) * LOOK + within(x + (((tap % 5) - 2) / 2.5) * across)) * 4;
    for (let i = 0; i < 3; i++) sums[i]! += data[from + i]! / 25;
  }
  out.set([...sums, 255], to);
}

function pixels(side: number, draw: (context: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.imageSmoothingQuality = "high";
  draw(context);
  return context.getImageData(0, 0, side, side);
}

/** Paints the picture as the lamp lights it: darkened in itself, and brightened as a whole by its style. */
function light(element: HTMLCanvasElement, bitmap: ImageBitmap, lamp: Lamp): void {
  const corners = [0, 1, 2, 3].flatMap((corner) => lamp.map((channel) => lightAt(channel, corner % 2, corner >> 1)));
  const most = Math.max(1, ...corners);
  const steps = document.createElement("canvas");
  steps.width = steps.height = STEPS;
  const stepped = steps.getContext("2d")!;
  const shade = stepped.createImageData(STEPS, STEPS);
  for (let i = 0; i < STEPS * STEPS; i++) {
    const [u, v] = [((i % STEPS) + 0.5) / STEPS, (Math.floor(i / STEPS) + 0.5) / STEPS];
    shade.data.set([...lamp.map((channel) => (lightAt(channel, u, v) / most) * 255), 255], i * 4);
  }
  stepped.putImageData(shade, 0, 0);
  const context = element.getContext("2d")!;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0);
  context.globalCompositeOperation = "multiply";
  context.drawImage(steps, 0, 0, element.width, element.height);
  element.style.filter = `brightness(${most.toFixed(3)})`;
}
