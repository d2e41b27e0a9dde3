/**
 * Which tiles a view needs.
 *
 * From the coarsest level down, a tile in view is split while a screen pixel in it is finer than its own pixels. Both densities are
 * pixels per radian: the screen's is its focal length over the cosine of the angle from the middle of the view to the tile's own
 * middle, or to the edge of the picture where that lies nearer; the tile's, half the face size times the length of the ray at its middle.
 */

import { type Vector, faceRay } from "./faces";
import type { Rectangle, TilePyramid } from "./tile-pyramid";
import { type Axes, focalLength } from "./view";

export interface Camera {
  /** In the panorama's own frame: before it is turned and put upright. */
  axes: Readonly<Axes>;
  /** Vertical, in degrees. */
  fov: number;
  /** Device pixels. */
  width: number;
  height: number;
}

export interface Selection {
  /** Numbers of the tiles to show, most important (nearest the middle of the view) first. */
  tiles: number[];
}

/** A tile may be magnified this much before the next level is asked for. */
const MAGNIFICATION = 1.2;
/** Where more tiles than may be kept are in view, each round asks for less detail by this. */
const COARSER = 0.75;

export class TileSelector {
  private readonly planes: [Vector, Vector, Vector, Vector] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  private readonly corners: [Vector, Vector, Vector, Vector] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  /** Rays through the corners of the picture. */
  private readonly rim: [Vector, Vector, Vector, Vector] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ];
  private readonly side: Vector = [0, 0, 0];
  private readonly middle: Vector = [0, 0, 0];
  private readonly rectangle: Rectangle = { left: 0, right: 0, bottom: 0, top: 0 };
  private readonly nearness = new Map<number, number>();
  private readonly byNearness = (a: number, b: number): number => this.nearness.get(b)! - this.nearness.get(a)!;
  private forward: Readonly<Vector> = [0, 0, -1];
  private right: Readonly<Vector> = [1, 0, 0];
  private up: Readonly<Vector> = [0, 1, 0];
  private density = 0;
  /** Half the picture's width and height, in focal lengths. */
  private across = 1;
  private down = 1;

  /**
   * The tiles of `pyramid` that `camera` needs, written into `out`: `most` at most; where a view would need more, it gets coarser
   * ones. Nothing is allocated once the arrays have grown.
   */
  select(pyramid: TilePyramid, camera: Camera, out: Selection, most = 64): Selection {
    this.aim(camera);
    const focal = focalLength(camera.fov, camera.height);
    this.across = camera.width / 2 / focal;
    this.down = camera.height / 2 / focal;
    for (this.density = focal / MAGNIFICATION; ; this.density *= COARSER) {
      out.tiles.length = 0;
      this.nearness.clear();
      for (let face = 0; face < 6; face++) {
        const across = pyramid.across[0]!;
        for (let row = 0; row < across; row++) {
          for (let column = 0; column < across; column++) this.visit(pyramid, 0, face, row, column, out.tiles);
        }
      }
      if (out.tiles.length <= most || this.density < 1) break;
    }
    out.tiles.sort(this.byNearness);
    return out;
  }

  private visit(pyramid: TilePyramid, level: number, face: number, row: number, column: number, tiles: number[]): void {
    const { left, right, bottom, top } = pyramid.rectangle(level, row, column, this.rectangle);
    faceRay(face, left, top, this.corners[0]);
    faceRay(face, right, top, this.corners[1]);
    faceRay(face, right, bottom, this.corners[2]);
    faceRay(face, left, bottom, this.corners[3]);
    if (!this.inView()) return;
    const ray = faceRay(face, (left + right) / 2, (bottom + top) / 2, this.middle);
    const length = Math.hypot(ray[0], ray[1], ray[2]);
    const depth = dot(ray, this.forward);
    const cosine = depth / length;
    const x = depth > 0 ? Math.min(Math.abs(dot(ray, this.right)) / depth, this.across) : this.across;
    const y = depth > 0 ? Math.min(Math.abs(dot(ray, this.up)) / depth, this.down) : this.down;
    const screen = this.density * Math.sqrt(1 + x * x + y * y);
    if (level + 1 < pyramid.depth && (pyramid.size(level) / 2) * length < screen) {
      const lastRow = pyramid.lastChild(level, row);
      const lastColumn = pyramid.lastChild(level, column);
      for (let r = pyramid.firstChild(level, row); r <= lastRow; r++) {
        for (let c = pyramid.firstChild(level, column); c <= lastColumn; c++) this.visit(pyramid, level + 1, face, r, c, tiles);
      }
      return;
    }
    if (this.isBeside()) return;
    const id = pyramid.id(level, face, row, column);
    this.nearness.set(id, cosine);
    tiles.push(id);
  }

  /** Whether the tile of `corners` may be in view: not wholly behind one side of the view's pyramid. */
  private inView(): boolean {
    for (const plane of this.planes) if (allBehind(plane, this.corners)) return false;
    return true;
  }

  /** Whether the view lies wholly behind one side of the tile of `corners`: what the sides of the view alone do not tell. */
  private isBeside(): boolean {
    for (let i = 0; i < 4; i++) {
      cross(this.corners[i]!, this.corners[(i + 1) % 4]!, this.side);
      // The corners run clockwise for whoever looks from within, but on no matter which face the tile's inside is where its middle is.
      if (dot(this.side, this.corners[(i + 2) % 4]!) < 0) negate(this.side);
      if (allBehind(this.side, this.rim)) return true;
    }
    return false;
  }

  private aim(camera: Camera): void {
    const { forward, right, up } = camera.axes;
    this.forward = forward;
    this.right = right;
    this.up = up;
    const focal = focalLength(camera.fov, camera.height);
    const [x, y] = [camera.width / 2, camera.height / 2];
    for (let i = 0; i < 3; i++) {
      this.planes[0][i] = forward[i]! * x + right[i]! * focal;
      this.planes[1][i] = forward[i]! * x - right[i]! * focal;
      this.planes[2][i] = forward[i]! * y + up[i]! * focal;
      this.planes[3][i] = forward[i]! * y - up[i]! * focal;
      this.rim[0][i] = forward[i]! * focal - right[i]! * x + up[i]! * y;
      this.rim[1][i] = forward[i]! * focal + right[i]! * x + up[i]! * y;
      this.rim[2][i] = forward[i]! * focal + right[i]! * x - up[i]! * y;
      this.rim[3][i] = forward[i]! * focal - right[i]! * x - up[i]! * y;
    }
  }
}

function allBehind(plane: Readonly<Vector>, rays: readonly Readonly<Vector>[]): boolean {
  for (const ray of rays) if (dot(plane, ray) >= 0) return false;
  return true;
}

function cross(a: Readonly<Vector>, b: Readonly<Vector>, out: Vector): void {
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}

function negate(vector: Vector): void {
  vector[0] = -vector[0];
  vector[1] = -vector[1];
  vector[2] = -vector[2];
}

function dot(a: Readonly<Vector>, b: Readonly<Vector>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
