/**
 * The six faces of a panorama and the directions that their pixels look in.
 *
 * A face's pixel at `x` (right) and `y` (up), both in [-1, 1], looks along `faceRay(face, x, y)`. X is right, Y up and -Z forward, so
 * `yaw = atan2(X, -Z)` runs clockwise from forward and `pitch` up.
 */

/** Front, right, back, left, up, down: the order of the squares of a strip. */
export const FACES = ["f", "r", "b", "l", "u", "d"] as const;
export type Face = (typeof FACES)[number];

export type Vector = [x: number, y: number, z: number];

const DEGREE = Math.PI / 180;

/** The direction, not normalised, of the point `x`, `y` of face number `face`; written into `out`. */
export function faceRay(face: number, x: number, y: number, out: Vector): Vector {
  switch (face) {
    case 0:
      return set(out, x, y, -1);
    case 1:
      return set(out, 1, y, x);
    case 2:
      return set(out, -x, y, 1);
    case 3:
      return set(out, -1, y, -x);
    case 4:
      return set(out, x, 1, y);
    case 5:
      return set(out, x, -1, -y);
    default:
      throw new RangeError(`a panorama has faces 0 to 5, not ${face}`);
  }
}

/** The face that a direction falls on, and where on it: the inverse of `faceRay`. */
export function faceAt([x, y, z]: Readonly<Vector>): { face: number; x: number; y: number } {
  const [ax, ay, az] = [Math.abs(x), Math.abs(y), Math.abs(z)];
  if (az >= ax && az >= ay) {
    return z < 0 ? { face: 0, x: x / az, y: y / az } : { face: 2, x: -x / az, y: y / az };
  }
  if (ax >= ay) {
    return x > 0 ? { face: 1, x: z / ax, y: y / ax } : { face: 3, x: -z / ax, y: y / ax };
  }
  return y > 0 ? { face: 4, x: x / ay, y: z / ay } : { face: 5, x: x / ay, y: -z / ay };
}

/** Yaw and pitch, in degrees, of a direction. */
export function anglesOf([x, y, z]: Readonly<Vector>): { yaw: number; pitch: number } {
  return { yaw: Math.atan2(x, -z) / DEGREE, pitch: Math.atan2(y, Math.hypot(x, z)) / DEGREE };
}

/** The unit vector of a yaw and a pitch in degrees; written into `out`. */
export function directionOf(yaw: number, pitch: number, out: Vector): Vector {
  const flat = Math.cos(pitch * DEGREE);
  return set(out, Math.sin(yaw * DEGREE) * flat, Math.sin(pitch * DEGREE), -Math.cos(yaw * DEGREE) * flat);
}

function set(out: Vector, x: number, y: number, z: number): Vector {
  out[0] = x;
  out[1] = y;
  out[2] = z;
  return out;
}
