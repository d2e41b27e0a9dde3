/** The faces of marks in one texture: each kind of link and hotspot has a square of it. */

import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter } from "three";
import type { IconName } from "../ui/icons";
import { COLOUR } from "./colours";
import { strokeIcon } from "./icon-paths";

/** Squares across and down. */
export const ACROSS = 4;
const SIDE = 128;
const FACES: readonly IconName[] = ["artifact", "image", "model", "text", "audio", "video", "exhibition", "web", "time", "portal"];
const WALK = FACES.length;

/** Which square a mark's face has; `walk` is the chevron on the floor. */
export function faceOf(kind: IconName | "walk"): number {
  return kind === "walk" ? WALK : Math.max(FACES.indexOf(kind), 0);
}

export function markAtlas(): CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE * ACROSS;
  const context = canvas.getContext("2d")!;
  FACES.forEach((name, i) => drawSign(context, name, i));
  drawChevron(context);
  const texture = new CanvasTexture(canvas);
  texture.minFilter = LinearMipmapLinearFilter;
  texture.magFilter = LinearFilter;
  texture.anisotropy = 4;
  return texture;
}

function middleOf(face: number): [x: number, y: number] {
  return [((face % ACROSS) + 0.5) * SIDE, (Math.floor(face / ACROSS) + 0.5) * SIDE];
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, ring: string, width: number): void {
  context.beginPath();
  context.arc(x, y, SIDE * 0.42, 0, 2 * Math.PI);
  context.fillStyle = "rgb(15 13 11 / 0.72)";
  context.fill();
  context.lineWidth = width;
  context.strokeStyle = ring;
  context.stroke();
}

function drawSign(context: CanvasRenderingContext2D, name: IconName, face: number): void {
  const [x, y] = middleOf(face);
  const jumps = name === "time" || name === "portal";
  disc(context, x, y, COLOUR.accent, jumps ? 6 : 3);
  context.strokeStyle = COLOUR.accent;
  strokeIcon(context, name, x, y, SIDE * 0.46);
}

function drawChevron(context: CanvasRenderingContext2D): void {
  const [x, y] = middleOf(WALK);
  disc(context, x, y, "rgb(255 250 240 / 0.6)", 4);
  context.beginPath();
  context.moveTo(x - 34, y + 18);
  context.lineTo(x, y - 20);
  context.lineTo(x + 34, y + 18);
  context.lineCap = context.lineJoin = "round";
  context.lineWidth = 24;
  context.strokeStyle = "rgb(15 13 11 / 0.5)";
  context.stroke();
  context.lineWidth = 14;
  context.strokeStyle = "rgb(255 250 240 / 0.92)";
  context.stroke();
}
