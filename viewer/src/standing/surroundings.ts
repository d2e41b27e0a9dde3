/** The light that a panorama casts on what stands in it, out of its small strip. The arithmetic is pure. */

import {
  Color,
  DataTexture,
  DirectionalLight,
  EquirectangularReflectionMapping,
  FloatType,
  LinearFilter,
  PMREMGenerator,
  RGBAFormat,
  type Texture,
  Vector3,
  type WebGLRenderer,
} from "three";
import { type Vector, faceRay } from "../panorama/faces";

const WIDTH = 64;
const HEIGHT = 32;
/** A photograph holds no lamps brighter than white: what is nearly white counts as a lamp. */
const LAMP_FROM = 0.85;
const LAMP_GAIN = 3;
/** What is shown is lit better than the room around it: as much as this light at least (1 is white all around), up to so many times the room's. */
const LIT = 0.3;
const MOST_GAIN = 6;
/** Of the lamp that stands for the brightest part of the room; and how far it is drawn towards straight above, where museums hang theirs. */
const LAMP = 1.7;
const ABOVE = 0.6;

/** The light in a room. The caller disposes of it. */
export interface RoomLight {
  /** From all around, in the directions of the world. */
  map: Texture;
  /** By how much what is shown is lit better than the room. */
  gain: number;
  /** From where most of it comes. It stands at the room's origin, to be added to the frame that `makeRoot` gives. */
  lamp: DirectionalLight;
}

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

/** What a map says of the room: its mean light (1 is white all around), the direction from which most of it comes, and that part's colour. */
export function brightest(map: Readonly<Float32Array>): { mean: number; from: Vector; color: Vector } {
  let [mean, weights] = [0, 0];
  const [from, color]: [Vector, Vector] = [[0, 0, 0], [0, 0, 0]];
  for (let row = 0; row < HEIGHT; row++) {
    const pitch = ((row + 0.5) / HEIGHT - 0.5) * Math.PI;
    const share = Math.cos(pitch);
    for (let column = 0; column < WIDTH; column++) {
      const around = ((column + 0.5) / WIDTH - 0.5) * 2 * Math.PI;
      const at = 4 * (row * WIDTH + column);
      const light = 0.2126 * map[at]! + 0.7152 * map[at + 1]! + 0.0722 * map[at + 2]!;
      mean += share * light;
      weights += share;
      // What lies below is lit, and no lamp.
      const pull = pitch > 0 ? share * light * light : 0;
      from[0] += pull * Math.cos(pitch) * Math.cos(around);
      from[1] += pull * Math.sin(pitch);
      from[2] += pull * Math.cos(pitch) * Math.sin(around);
      for (let channel = 0; channel < 3; channel++) color[channel]! += pull * map[at + channel]!;
    }
  }
  return { mean: mean / weights, from: scaled(from, Math.hypot(...from)), color: scaled(color, Math.max(...color)) };
}

function scaled([x, y, z]: Vector, by: number): Vector {
  return by > 0 ? [x / by, y / by, z / by] : [0, 0, 0];
}

/** The light of a room whose panorama is turned by `offset` degrees. */
export function lightOf(renderer: WebGLRenderer, strip: Strip, offset: number): RoomLight {
  const around = surroundings(strip, offset);
  const { mean, from, color } = brightest(around);
  const lamp = new DirectionalLight(new Color().setRGB(...color), LAMP);
  lamp.position.set(...from).add(new Vector3(0, ABOVE, 0)).normalize().applyAxisAngle(new Vector3(0, 1, 0), (offset * Math.PI) / 180);
  return { map: filtered(renderer, around), gain: Math.min(Math.max(LIT / Math.max(mean, 1e-6), 1), MOST_GAIN), lamp };
}

/** The map as materials want it. */
function filtered(renderer: WebGLRenderer, around: Float32Array<ArrayBuffer>): Texture {
  const map = new DataTexture(around, WIDTH, HEIGHT, RGBAFormat, FloatType);
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
