/**
 * What hides the tripod: a cap over all within some degrees of straight down.
 *
 * A cap of the kind `fill` takes the colours of the floor around it and spreads them inwards as a stretched skin would (the harmonic
 * function with these values on its rim), so that no edge is seen; any other kind is a dark disc.
 */

import { BufferGeometry, Float32BufferAttribute, Mesh, type ShaderMaterial } from "three";
import { type Vector, directionOf, faceAt } from "./faces";
import { type Level, withinLevel } from "./orientation";
import { type Shared, paintMaterial, showPaint } from "./panorama-material";

export interface Nadir {
  kind: string;
  /** Degrees from straight down. */
  radius: number;
}

/** The pixels of a strip: RGBA rows from the top, six squares side by side. */
export interface Pixels {
  data: ArrayLike<number>;
  side: number;
}

const AROUND = 72;
const RINGS = 12;
/** Waves around the rim that reach inwards; finer ones are the floor's grain, which ends at the rim anyway. */
const WAVES = 10;
/** Degrees outside the rim where its colours are taken. */
const OUTSIDE = [0.5, 1.5, 2.5] as const;
/** The outer share of the cap in which it becomes transparent. */
const SOFT = 0.18;
const DISC: Readonly<Vector> = [0.075, 0.067, 0.06];
const DISC_RIM: Readonly<Vector> = [0.2, 0.17, 0.13];

export function stripPixels(strip: ImageBitmap): Pixels {
  const canvas = new OffscreenCanvas(strip.width, strip.height);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(strip, 0, 0);
  return { data: context.getImageData(0, 0, strip.width, strip.height).data, side: strip.height };
}

/** The colour, each part from 0 to 1, in one of the panorama's own directions. */
export function colourAt({ data, side }: Pixels, direction: Readonly<Vector>): Vector {
  const { face, x, y } = faceAt(direction);
  const column = Math.min(Math.floor(((x + 1) / 2) * side), side - 1);
  const row = Math.min(Math.floor(((1 - y) / 2) * side), side - 1);
  const at = (row * side * 6 + face * side + column) * 4;
  return [data[at]! / 255, data[at + 1]! / 255, data[at + 2]! / 255];
}

/** Values within a circle, at `share` (0 middle, 1 rim) of the way to each point of its rim, where they are `rim`. */
export function membrane(rim: readonly number[], share: number): number[] {
  const count = rim.length;
  const mean = rim.reduce((sum, value) => sum + value, 0) / count;
  const values = new Array<number>(count).fill(mean);
  for (let wave = 1; wave <= WAVES; wave++) {
    const weight = share ** wave;
    let [cosine, sine] = [0, 0];
    rim.forEach((value, i) => {
      const angle = (2 * Math.PI * wave * i) / count;
      cosine += (2 / count) * value * Math.cos(angle);
      sine += (2 / count) * value * Math.sin(angle);
    });
    for (let i = 0; i < count; i++) {
      const angle = (2 * Math.PI * wave * i) / count;
      values[i]! += weight * (cosine * Math.cos(angle) + sine * Math.sin(angle));
    }
  }
  return values;
}

export class NadirCap {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;

  constructor(nadir: Nadir, level: Level, pixels: Pixels, shared: Shared) {
    this.mesh = new Mesh(geometryOf(nadir, level, pixels), paintMaterial(shared));
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  show(opacity: number, layer: 0 | 1): void {
    showPaint(this.mesh, opacity, layer);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

/** The own direction of the panorama so many degrees from straight down, around it by the share `turn`. */
function below(degrees: number, turn: number, level: Level): Vector {
  return withinLevel(directionOf(turn * 360, degrees - 90, [0, 0, 0]), level, [0, 0, 0]);
}

function rimColours(nadir: Nadir, level: Level, pixels: Pixels): Vector[] {
  return Array.from({ length: AROUND }, (_, i) => {
    const taken = OUTSIDE.map((degrees) => colourAt(pixels, below(nadir.radius + degrees, i / AROUND, level)));
    return [0, 1, 2].map((part) => taken.reduce((sum, one) => sum + one[part]!, 0) / taken.length) as Vector;
  });
}

function geometryOf(nadir: Nadir, level: Level, pixels: Pixels): BufferGeometry {
  const positions: number[] = [];
  const colours: number[] = [];
  const covers: number[] = [];
  const index: number[] = [];
  const fills = nadir.kind === "fill";
  const rim = fills ? rimColours(nadir, level, pixels) : [];
  for (let ring = 0; ring <= RINGS; ring++) {
    const share = ring / RINGS;
    const parts = fills ? [0, 1, 2].map((part) => membrane(rim.map((colour) => colour[part]!), share)) : [];
    const disc = share > 0.85 ? DISC_RIM : DISC;
    for (let i = 0; i < AROUND; i++) {
      positions.push(...below(nadir.radius * share, i / AROUND, level));
      colours.push(...(fills ? parts.map((values) => values[i]!) : disc));
      covers.push(Math.min((1 - share) / (fills ? SOFT : SOFT / 4), 1));
      if (ring === 0) continue;
      const [here, next] = [ring * AROUND + i, ring * AROUND + ((i + 1) % AROUND)];
      index.push(here - AROUND, here, next, here - AROUND, next, next - AROUND);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
  geometry.setAttribute("colour", new Float32BufferAttribute(colours, 3));
  geometry.setAttribute("cover", new Float32BufferAttribute(covers, 1));
  geometry.setIndex(index);
  return geometry;
}
