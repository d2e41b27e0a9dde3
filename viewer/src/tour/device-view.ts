/**
 * Where the back of a phone looks, from its `deviceorientation` events. Pure.
 *
 * Angles are those of the W3C's Device Orientation: the phone lies on its back with its upper edge to the north, then is turned by alpha
 * about z, by beta about the new x and by gamma about the new y. The earth's frame is x east, y north, z up.
 */

const RADIAN = Math.PI / 180;

export interface DeviceView {
  /** Degrees, clockwise as seen from above; what is 0 depends on the phone. */
  yaw: number;
  /** Degrees, up. */
  pitch: number;
}

/** `screen` is how far the picture is turned on the phone: `screen.orientation.angle`. */
export function deviceView(alpha: number, beta: number, gamma: number, screen: number): DeviceView {
  const [sa, ca, sb, cb, sg, cg] = [
    Math.sin(alpha * RADIAN),
    Math.cos(alpha * RADIAN),
    Math.sin(beta * RADIAN),
    Math.cos(beta * RADIAN),
    Math.sin(gamma * RADIAN),
    Math.cos(gamma * RADIAN),
  ];
  // Columns of Rz(alpha) Rx(beta) Ry(gamma): the phone's right, its upper edge, and what comes out of its screen.
  const right = [ca * cg - sa * sb * sg, sa * cg + ca * sb * sg] as const;
  const top = [-sa * cb, ca * cb] as const;
  const out = [ca * sg + sa * sb * cg, sa * sg - ca * sb * cg, cb * cg] as const;
  const pitch = Math.asin(Math.max(-1, Math.min(1, -out[2])));
  const [st, ct] = [Math.sin(screen * RADIAN), Math.cos(screen * RADIAN)];
  // The upper edge of the picture, whichever edge of the phone that is.
  const up = [right[0] * st + top[0] * ct, right[1] * st + top[1] * ct] as const;
  // Straight down, what the back looks at has no heading: there the upper edge says it. In between both do, and agree.
  const [s, c] = [Math.sin(pitch), Math.cos(pitch)];
  const east = -out[0] * c - up[0] * s;
  const north = -out[1] * c - up[1] * s;
  return { yaw: Math.atan2(east, north) / RADIAN, pitch: pitch / RADIAN };
}
