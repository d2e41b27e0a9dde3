/** The light that a panorama casts on what stands in it, out of its small strip. The arithmetic is pure. */

import { DataTexture, EquirectangularReflectionMapping, FloatType, LinearFilter, PMREMGenerator, RGBAFormat, type Texture, type WebGLRenderer } from "three";
import { type Vector, faceRay } from "../panorama/faces";

const WIDTH = 64;
const HEIGHT = 32;
/** A photograph holds no lamps brighter than white: what is nearly white counts as a lamp. */
const LAMP_FROM = 0.85;
const LAMP_GAIN = 3;

/** RGBA pixels of six squares side by side, `side` pixels each, rows from the top, as a picture shows them (sRGB). */
export interface Strip {
  pixels: Uint8ClampedArray;
  side: number;
}

/**
 * The light from all around as a map of `WIDTH` × `HEIGHT` directions, rows from below, linear RGBA, for a panorama turned by `offset`
 * degrees; in the directions of three.js: u = atan2(z, x) / 2π + ½, v = asin(y) / π + ½.
 */
export function surroundings({ pixels, side }: Strip, offset: number): Float32Array<ArrayBuffer> {
  const map = new Float32Array(4 * WIDTH * HEIGHT);
  const turn = (offset * Math.PI) / 180;
  for (let row = 0; row < HEIGHT; row++) {
    const pitch = ((row + 0.5) / HEIGHT - 0.5) * Math.PI;
    for (let column = 0; column < WIDTH; column++) {
      const around = ((column + 0.5) / WIDTH - 0.5) * 2 * Math.PI;
      // Yaw runs clockwise from -z.
      const yaw = Math.atan2(Math.cos(around), -Math.sin(around)) - turn;
      const ray: Vector = [Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch), -Math.cos(pitch) * Math.cos(yaw)];
      const at = 4 * (row * WIDTH + column);
      const from = 4 * pixelOf(ray, side);
      for (let channel = 0; channel < 3; channel++) map[at + channel] = linear(pixels[from + channel]! / 255);
      const brightest = Math.max(map[at]!, map[at + 1]!, map[at + 2]!);
      const gain = 1 + (LAMP_GAIN * Math.max(0, brightest - LAMP_FROM)) / (1 - LAMP_FROM);
      for (let channel = 0; channel < 3; channel++) map[at + channel]! *= gain;
      map[at + 3] = 1;
    }
  }
  return map;
}

/** The map as materials want it. The caller disposes of it. */
export function lightOf(renderer: WebGLRenderer, strip: Strip, offset: number): Texture {
  const map = new DataTexture(surroundings(strip, offset), WIDTH, HEIGHT, RGBAFormat, FloatType);
  map.mapping = EquirectangularReflectionMapping;
  map.minFilter = map.magFilter = LinearFilter;
  map.needsUpdate = true;
  const generator = new PMREMGenerator(renderer);
  const light = generator.fromEquirectangular(map).texture;
  generator.dispose();
  map.dispose();
  return light;
}

/** The pixels of a strip that has been fetched. */
export function readStrip(picture: ImageBitmap): Strip {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0);
  return { pixels: context.getImageData(0, 0, picture.width, picture.height).data, side: picture.height };
}

/** Number of the strip's pixel that is seen along a ray. */
function pixelOf(ray: Vector, side: number): number {
  const corner: Vector = [0, 0, 0];
  let [best, face] = [-Infinity, 0];
  for (let number = 0; number < 6; number++) {
    const middle = faceRay(number, 0, 0, corner);
    const toward = middle[0] * ray[0] + middle[1] * ray[1] + middle[2] * ray[2];
    if (toward > best) [best, face] = [toward, number];
  }
  const [x, y] = within(face, [ray[0] / best, ray[1] / best, ray[2] / best]);
  const column = Math.min(side - 1, Math.max(0, Math.floor(((x + 1) / 2) * side)));
  const row = Math.min(side - 1, Math.max(0, Math.floor(((1 - y) / 2) * side)));
  return (row * 6 + face) * side + column;
}

/** Where a point of the cube lies on its face: x to the right and y up, from -1 to 1. */
function within(face: number, point: Vector): [number, number] {
  const [zero, right, up]: [Vector, Vector, Vector] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  faceRay(face, 0, 0, zero);
  faceRay(face, 1, 0, right);
  faceRay(face, 0, 1, up);
  const along = (axis: Vector): number => axis.reduce((sum, value, i) => sum + (value - zero[i]!) * (point[i]! - zero[i]!), 0);
  return [along(right), along(up)];
}

function linear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
