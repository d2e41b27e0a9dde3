import { describe, expect, it } from "vitest";
import { type Vector, faceRay } from "../../src/panorama/faces";
import { TilePyramid } from "../../src/panorama/tile-pyramid";
import { type Camera, TileSelector } from "../../src/panorama/tile-selector";
import { createAxes } from "../../src/panorama/view";
import { type Eye, seeWith } from "../../src/xr/eyes";

const DEGREE = Math.PI / 180;

/** An eye turned by yaw and pitch that sees so far to each side, in degrees. */
function eye(yaw: number, pitch: number, left: number, right: number, down: number, up: number, height = 1800): Eye {
  const [cy, sy, cp, sp] = [Math.cos(yaw * DEGREE), Math.sin(yaw * DEGREE), Math.cos(pitch * DEGREE), Math.sin(pitch * DEGREE)];
  const [l, r, d, u] = [left, right, down, up].map((angle) => Math.tan(angle * DEGREE)) as [number, number, number, number];
  // Right, up and backwards of the eye.
  const world = [cy, 0, sy, 0, -sy * sp, cp, cy * sp, 0, -sy * cp, -sp, cy * cp, 0, 0, 1.6, 0, 1];
  const projection = new Array<number>(16).fill(0);
  projection[0] = 2 / (r - l);
  projection[5] = 2 / (u - d);
  projection[8] = (r + l) / (r - l);
  projection[9] = (u + d) / (u - d);
  return { world, projection, height };
}

function camera(): Camera {
  return { axes: createAxes(), fov: 0, width: 0, height: 0 };
}

/** Whether the camera's picture holds a direction. */
function holds({ axes, fov, width, height }: Camera, direction: Vector): boolean {
  const along = (axis: Readonly<Vector>): number => axis[0] * direction[0] + axis[1] * direction[1] + axis[2] * direction[2];
  const vertical = Math.tan((fov * DEGREE) / 2);
  const depth = along(axes.forward);
  const [x, y] = [along(axes.right) / depth, along(axes.up) / depth];
  return depth > 0 && Math.abs(y) <= vertical * 1.0001 && Math.abs(x) <= ((vertical * width) / height) * 1.0001;
}

/** A direction in the world through a point of an eye's picture, both from -1 to 1. */
function through({ world, projection }: Eye, across: number, above: number): Vector {
  const x = (across + projection[8]!) / projection[0]!;
  const y = (above + projection[9]!) / projection[5]!;
  return [0, 1, 2].map((i) => world[i]! * x + world[4 + i]! * y - world[8 + i]!) as Vector;
}

const HEADSETS: Record<string, [Eye, Eye]> = {
  symmetric: [eye(0, 0, -45, 45, -45, 45), eye(0, 0, -45, 45, -45, 45)],
  lopsided: [eye(30, -20, -54, 40, -55, 44), eye(30, -20, -40, 54, -55, 44)],
  canted: [eye(85, 10, -52, 45, -50, 46), eye(95, 10, -45, 52, -50, 46)],
  "straight up": [eye(0, 90, -50, 40, -50, 50), eye(0, 90, -40, 50, -50, 50)],
};

describe("what two eyes see together", () => {
  it("holds all that either sees", () => {
    for (const [name, eyes] of Object.entries(HEADSETS)) {
      const seen = seeWith(eyes, camera());
      for (const one of eyes) {
        for (const across of [-1, -0.5, 0, 0.5, 1]) {
          for (const above of [-1, -0.3, 0.6, 1]) expect(holds(seen, through(one, across, above)), `${name} ${across} ${above}`).toBe(true);
        }
      }
    }
  });

  it("holds little more", () => {
    const seen = seeWith(HEADSETS["symmetric"]!, camera());
    expect(seen.fov).toBeCloseTo(90, 5);
    expect(seen.width).toBeCloseTo(seen.height, 5);
    const lopsided = seeWith(HEADSETS["lopsided"]!, camera());
    expect(lopsided.fov).toBeLessThan(104);
  });

  it("is as sharp as the eyes' own pictures", () => {
    for (const eyes of Object.values(HEADSETS)) {
      const seen = seeWith(eyes, camera());
      const focal = seen.height / 2 / Math.tan((seen.fov * DEGREE) / 2);
      expect(focal).toBeCloseTo((eyes[0].projection[5]! * eyes[0].height) / 2, 3);
    }
  });

  it("needs every tile that lies in either eye's picture", () => {
    const pyramid = new TilePyramid({ levels: [512, 1024, 2048], tile: 512, tiles: "" });
    const selector = new TileSelector();
    for (const eyes of Object.values(HEADSETS)) {
      const chosen = new Set(selector.select(pyramid, seeWith(eyes, camera()), { tiles: [] }, 400).tiles);
      const faces = new Set([...chosen].map((id) => pyramid.at(id, { level: 0, face: 0, row: 0, column: 0 }).face));
      for (const one of eyes) {
        for (const across of [-0.98, 0, 0.98]) {
          for (const above of [-0.98, 0, 0.98]) expect(faces.has(faceOf(through(one, across, above)))).toBe(true);
        }
      }
    }
  });
});

function faceOf(direction: Vector): number {
  let [best, most] = [0, -Infinity];
  for (let face = 0; face < 6; face++) {
    const ray = faceRay(face, 0, 0, [0, 0, 0]);
    const along = ray[0] * direction[0] + ray[1] * direction[1] + ray[2] * direction[2];
    if (along > most) [best, most] = [face, along];
  }
  return best;
}
