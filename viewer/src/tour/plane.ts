/** A flat thing on a wall, known by where its corners are seen. Pure. */

import { type Vector, directionOf } from "../panorama/faces";

export type Corner = readonly [yaw: number, pitch: number];

/**
 * The matrix, for CSS's `matrix3d`, that lays a box of `width` × `height` px with its origin in the upper left on the parallelogram whose
 * corners are seen at `corners` (degrees, clockwise from the top left). In CSS's frame the eye is at the origin and looks along -z, y is down;
 * the upper left corner lies `distance` px away. Undefined where four such corners cannot be those of a parallelogram before the eye.
 *
 * The corners P_i = s_i · d_i of a parallelogram obey P_0 + P_2 = P_1 + P_3: three equations for the distances s_i beside one of them.
 */
export function layOn(corners: readonly Corner[], width: number, height: number, distance = 1000): number[] | undefined {
  if (corners.length !== 4) return undefined;
  const [a, b, c, d] = corners.map(([yaw, pitch]) => directionOf(yaw, pitch, [0, 0, 0])) as [Vector, Vector, Vector, Vector];
  const whole = determinant(b, c, d);
  // s_1 b - s_2 c + s_3 d = a by Cramer's rule, with s_0 = 1.
  const [s1, s2, s3] = [determinant(a, c, d) / whole, -determinant(b, a, d) / whole, determinant(b, c, a) / whole];
  if (![s1, s2, s3].every((scale) => Number.isFinite(scale) && scale > 0.01 && scale < 100)) return undefined;
  const right = across(a, b, s1, distance / width);
  const down = across(a, d, s3, distance / height);
  // prettier-ignore
  return [
    right[0], -right[1], right[2], 0,
    down[0], -down[1], down[2], 0,
    0, 0, 1, 0,
    a[0] * distance, -a[1] * distance, a[2] * distance, 1,
  ];
}

function across(from: Vector, to: Vector, scale: number, unit: number): Vector {
  return [(to[0] * scale - from[0]) * unit, (to[1] * scale - from[1]) * unit, (to[2] * scale - from[2]) * unit];
}

function determinant(a: Vector, b: Vector, c: Vector): number {
  return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}
