/**
 * Puts the real buttons of a scene where their things are in the picture, each frame, and tells which thing a point lies on.
 *
 * A mark is a button with a direction; with a polygon too, its outline is drawn when lit and its whole area can be pressed.
 */

import { type Vector, directionOf } from "../panorama/faces";
import { type Corner, type Quad, quadOf } from "../ui/quad";
import { type Axes, type Point, axesOf, createAxes, focalLength, project, type View } from "../panorama/view";

export interface Mark {
  id: number;
  element: HTMLElement;
  yaw: number;
  pitch: number;
  outline?: SVGPolygonElement | undefined;
  polygon?: readonly (readonly [number, number])[] | undefined;
  /** Turns with the floor: the part of the button that lies flat. */
  flat?: HTMLElement | undefined;
}

interface Placed extends Mark {
  direction: Vector;
  corners: Vector[];
  /** Corners in CSS pixels: x, y, x, y …; empty while any lies behind the camera. */
  points: number[];
  x: number;
  y: number;
  ahead: boolean;
  /** What its classes say. */
  hidden: boolean;
  near: boolean;
}

/** Marks this near to the middle, as a share of half the shorter side, show themselves; the others wait for the pointer. */
const NEAR = 0.62;

export class Overlay {
  private marks: Placed[] = [];
  private lit: Placed | undefined;
  private readonly axes: Axes = createAxes();
  private readonly point: Point = { x: 0, y: 0, ahead: false };

  set(marks: readonly Mark[]): void {
    this.lit = undefined;
    this.marks = marks.map((mark) => ({
      ...mark,
      direction: directionOf(mark.yaw, mark.pitch, [0, 0, 0]),
      corners: (mark.polygon ?? []).map(([yaw, pitch]) => directionOf(yaw, pitch, [0, 0, 0])),
      points: [],
      x: 0,
      y: 0,
      ahead: false,
      // Its button may have been another thing's in the scene before.
      hidden: mark.element.classList.contains("behind"),
      near: mark.element.classList.contains("near"),
    }));
  }

  /** Places all marks for a view in the scene's own frame; sizes are CSS pixels. */
  place(view: View, width: number, height: number): void {
    axesOf(view.yaw, view.pitch, this.axes);
    const focal = focalLength(view.fov, height);
    const reach = (Math.min(width, height) / 2) * NEAR;
    for (const mark of this.marks) {
      const { x, y, ahead } = project(this.axes, focal, mark.direction, width, height, this.point);
      mark.ahead = ahead && x > -40 && x < width + 40 && y > -40 && y < height + 40;
      if (mark.hidden === mark.ahead) mark.element.classList.toggle("behind", (mark.hidden = !mark.ahead));
      mark.x = x;
      mark.y = y;
      if (mark.corners.length > 0) this.placeCorners(mark, focal, width, height);
      // What nobody sees may stay where it is.
      if (!mark.ahead) continue;
      mark.element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      const near = Math.hypot(x - width / 2, y - height / 2) < reach;
      if (near !== mark.near) mark.element.classList.toggle("near", (mark.near = near));
      if (mark.flat) mark.flat.style.transform = `rotateX(56deg) rotateZ(${(mark.yaw - view.yaw).toFixed(1)}deg)`;
    }
  }

  /** Number of the smallest polygon under a point, in CSS pixels. */
  at(x: number, y: number): number | undefined {
    let found: Placed | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const mark of this.marks) {
      if (mark.points.length < 6 || !inside(mark.points, x, y)) continue;
      const size = area(mark.points);
      if (size < least) {
        least = size;
        found = mark;
      }
    }
    return found?.id;
  }

  /** Lights one mark, and puts out the one before. */
  light(id: number | undefined): void {
    const next = this.marks.find((mark) => mark.id === id);
    if (next === this.lit) return;
    this.lit?.element.classList.remove("lit");
    this.lit?.outline?.classList.remove("lit");
    this.lit = next;
    next?.element.classList.add("lit");
    next?.outline?.classList.add("lit");
    if (next) this.draw(next);
  }

  /** Where a mark is, with its upper edge, for the label above it; undefined while it is out of view. */
  anchor(id: number): { x: number; top: number; bottom: number } | undefined {
    const mark = this.marks.find((known) => known.id === id);
    if (!mark?.ahead) return undefined;
    let [top, bottom] = [mark.y - 26, mark.y + 26];
    for (let i = 1; i < mark.points.length; i += 2) {
      top = Math.min(top, mark.points[i]!);
      bottom = Math.max(bottom, mark.points[i]!);
    }
    return { x: mark.x, top, bottom };
  }

  /** Where the thing of a mark lies, in CSS pixels within the picture; undefined where it has no outline in sight. */
  quad(id: number): Quad | undefined {
    const points = this.marks.find((mark) => mark.id === id)?.points ?? [];
    if (points.length < 6) return undefined;
    const corners = Array.from({ length: points.length / 2 }, (_, i): Corner => [points[2 * i]!, points[2 * i + 1]!]);
    if (corners.length === 4) return corners as unknown as Quad;
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return quadOf({ x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y });
  }

  /** The mark in view nearest to the middle of the picture among `ids`. */
  nearest(ids: ReadonlySet<number>, width: number, height: number): number | undefined {
    let found: number | undefined;
    let least = width * 0.3;
    for (const mark of this.marks) {
      if (!mark.ahead || !ids.has(mark.id)) continue;
      const distance = Math.hypot(mark.x - width / 2, (mark.y - height * 0.75) / 2);
      if (distance < least) {
        least = distance;
        found = mark.id;
      }
    }
    return found;
  }

  private placeCorners(mark: Placed, focal: number, width: number, height: number): void {
    mark.points.length = 0;
    for (const corner of mark.corners) {
      const { x, y, ahead } = project(this.axes, focal, corner, width, height, this.point);
      if (!ahead) {
        mark.points.length = 0;
        break;
      }
      mark.points.push(x, y);
    }
    if (mark === this.lit) this.draw(mark);
  }

  private draw(mark: Placed): void {
    mark.outline?.setAttribute("points", mark.points.map((value) => value.toFixed(1)).join(" "));
  }
}

function inside(points: readonly number[], x: number, y: number): boolean {
  let within = false;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [points[i]!, points[i + 1]!, points[j]!, points[j + 1]!];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
  }
  return within;
}

function area(points: readonly number[]): number {
  let twice = 0;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    twice += points[j]! * points[i + 1]! - points[i]! * points[j + 1]!;
  }
  return Math.abs(twice) / 2;
}
