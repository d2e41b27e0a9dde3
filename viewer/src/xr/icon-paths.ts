/** The viewer's own icons on a canvas, where there are no elements. */

import type { TemplateResult } from "lit";
import { type IconName, icons } from "../ui/icons";

/** Side of the square that icons are made in. */
const SIDE = 24;
const paths = new Map<TemplateResult, Path2D>();

/** Draws an icon in a square `size` wide around a point, in the context's stroke colour. */
export function strokeIcon(context: CanvasRenderingContext2D, name: IconName, x: number, y: number, size: number): void {
  const icon = icons[name];
  let path = paths.get(icon);
  if (!path) {
    path = pathOf(icon);
    paths.set(icon, path);
  }
  const scale = size / SIDE;
  context.save();
  context.translate(x - size / 2, y - size / 2);
  context.scale(scale, scale);
  context.lineWidth = 1.6;
  context.lineCap = context.lineJoin = "round";
  context.stroke(path);
  context.restore();
}

function pathOf(icon: TemplateResult): Path2D {
  const inner = (icon.values[0] as TemplateResult).strings.join("");
  const drawing = new DOMParser().parseFromString(`<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`, "image/svg+xml");
  const path = new Path2D();
  for (const shape of drawing.documentElement.children) {
    const number = (name: string): number => Number(shape.getAttribute(name) ?? 0);
    if (shape.localName === "path") path.addPath(new Path2D(shape.getAttribute("d") ?? ""));
    else if (shape.localName === "rect") path.rect(number("x"), number("y"), number("width"), number("height"));
    else if (shape.localName === "circle") {
      path.moveTo(number("cx") + number("r"), number("cy"));
      path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
    }
  }
  return path;
}
