/** Four corners on the screen, and the picture laid between them. Pure. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Corner = readonly [x: number, y: number];
/** Clockwise from the picture's own upper left corner. */
export type Quad = readonly [Corner, Corner, Corner, Corner];

export function quadOf({ x, y, width, height }: Box): Quad {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

/** Where a picture of `shape` (width / height) lies within `box` when all of it is to be seen. */
export function contained(box: Box, shape: number): Box {
  const width = Math.min(box.width, box.height * shape);
  const height = width / shape;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** The corners on their straight way from `a`, at 0, to `b`, at 1. */
export function between(a: Quad, b: Quad, part: number): Quad {
  const mix = (i: number): Corner => [a[i]![0] + (b[i]![0] - a[i]![0]) * part, a[i]![1] + (b[i]![1] - a[i]![1]) * part];
  return [mix(0), mix(1), mix(2), mix(3)];
}

/** Lengths of the upper and the left edge, each of the longer of two opposite ones: pixels enough to be sharp. */
export function sizeOf([a, b, c, d]: Quad): { width: number; height: number } {
  const apart = (p: Corner, q: Corner): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
  return { width: Math.max(apart(a, b), apart(d, c)), height: Math.max(apart(a, d), apart(b, c)) };
}

/**
 * The CSS transform, about the upper left corner, that lays an element of `width` × `height` between the corners as a flat thing is
 * seen in perspective; undefined where the corners do not make up a surface. After P. Heckbert, Fundamentals of Texture Mapping and
 * Image Warping (1989), 2.2.3.
 */
export function laidBetween([p, q, r, s]: Quad, width: number, height: number): string | undefined {
  const [x1, x2, x3] = [q[0] - r[0], s[0] - r[0], p[0] - q[0] + r[0] - s[0]];
  const [y1, y2, y3] = [q[1] - r[1], s[1] - r[1], p[1] - q[1] + r[1] - s[1]];
  const area = x1 * y2 - x2 * y1;
  if (!(Math.abs(area) > 1e-6 * width * height) || !(width > 0) || !(height > 0)) return undefined;
  const g = (x3 * y2 - x2 * y3) / area;
  const h = (x1 * y3 - x3 * y1) / area;
  const [a, d] = [q[0] - p[0] + g * q[0], q[1] - p[1] + g * q[1]];
  const [b, e] = [s[0] - p[0] + h * s[0], s[1] - p[1] + h * s[1]];
  const columns = [a / width, d / width, 0, g / width, b / height, e / height, 0, h / height, 0, 0, 1, 0, p[0], p[1], 0, 1];
  return `matrix3d(${columns.map((value) => Number(value.toPrecision(9))).join(", ")})`;
}
