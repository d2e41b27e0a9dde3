/** What everybody knows the size of, to stand beside a thing: a hand, a person. Outlines are of height 1, y down from its top. */

import { CanvasTexture, Group, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from "three";

export const FIGURES = ["none", "hand", "person"] as const;
export type FigureName = (typeof FIGURES)[number];

interface Outline {
  /** Metres. */
  height: number;
  /** In shares of the height. */
  width: number;
  path: string;
}

const OUTLINES: Record<Exclude<FigureName, "none">, Outline> = {
  hand: {
    height: 0.19,
    width: 0.52,
    path:
      "M.2 1C.19 .9 .18 .84 .15 .78C.11 .71 .05 .63 .02 .56C-.01 .5 .05 .46 .09 .5L.16 .59L.145 .2C.145 .14 .205 .14 .21 .2L.235 .49L.25 .05" +
      "C.252 -.01 .315 -.01 .316 .05L.318 .49L.36 .1C.366 .04 .425 .05 .42 .11L.395 .51L.455 .25C.468 .195 .522 .21 .512 .265L.465 .6C.455 .72 .42 .82 .405 1Z",
  },
  person: {
    height: 1.7,
    width: 0.3,
    path:
      "M.15 0A.045 .058 0 1 1 .149 0ZM.128 .122L.172 .122C.175 .14 .19 .148 .215 .156C.25 .166 .262 .185 .266 .22L.29 .46C.293 .495 .262 .5 .257 .468L.228 .27L.222 .5L.232 .72L.226 .955" +
      "C.226 .985 .238 1 .212 1H.186C.172 1 .172 .985 .172 .965L.163 .73L.152 .54H.148L.137 .73L.128 .965C.128 .985 .128 1 .114 1H.088C.062 1 .074 .985 .074 .955L.068 .72L.078 .5L.072 .27" +
      "L.043 .468C.038 .5 .007 .495 .01 .46L.034 .22C.038 .185 .05 .166 .085 .156C.11 .148 .125 .14 .128 .122Z",
  },
};
const PIXELS = 768;
const INK = "#8a7d6e";

export function sizeOf(name: Exclude<FigureName, "none">): { height: number; width: number } {
  const { height, width } = OUTLINES[name];
  return { height, width: height * width };
}

/** A figure that stands on the ground, flat, its face to +z; it is as large as people are. The caller discards it. */
export function figureOf(name: Exclude<FigureName, "none">): Group {
  const { height, width, path } = OUTLINES[name];
  const canvas = document.createElement("canvas");
  canvas.height = PIXELS;
  canvas.width = Math.round(PIXELS * width);
  const paper = canvas.getContext("2d")!;
  paper.scale(PIXELS, PIXELS);
  paper.fillStyle = INK;
  paper.fill(new Path2D(path));
  const map = new CanvasTexture(canvas);
  map.colorSpace = SRGBColorSpace;
  const material = new MeshBasicMaterial({ map, transparent: true, depthWrite: false, toneMapped: false });
  const plane = new Mesh(new PlaneGeometry(height * width, height), material);
  plane.position.y = height / 2;
  return new Group().add(plane);
}
