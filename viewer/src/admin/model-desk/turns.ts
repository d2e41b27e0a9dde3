/** Turns as quaternions `[x, y, z, w]`. Pure. */

export type Turn = readonly [x: number, y: number, z: number, w: number];
export type Axis = "x" | "y" | "z";

export const STILL: Turn = [0, 0, 0, 1];

/** By `degrees` about an axis, counter-clockwise for who looks against it. */
export function about(axis: Axis, degrees: number): Turn {
  const half = (degrees * Math.PI) / 360;
  const sine = Math.sin(half);
  return [axis === "x" ? sine : 0, axis === "y" ? sine : 0, axis === "z" ? sine : 0, Math.cos(half)];
}

/** First `before`, then `after`. */
export function chained(before: Turn, after: Turn): Turn {
  const [ax, ay, az, aw] = after;
  const [bx, by, bz, bw] = before;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** As `<model-viewer>` takes an orientation: degrees of roll (z), pitch (x) and yaw (y), done in this order. */
export function orientation([x, y, z, w]: Turn): string {
  const sine = Math.min(1, Math.max(-1, 2 * (w * x - y * z)));
  const pitch = Math.asin(sine);
  const locked = Math.abs(sine) > 0.999999;
  const yaw = locked ? Math.atan2(2 * (w * y - x * z), 1 - 2 * (y * y + z * z)) : Math.atan2(2 * (x * z + w * y), 1 - 2 * (x * x + y * y));
  const roll = locked ? 0 : Math.atan2(2 * (x * y + w * z), 1 - 2 * (x * x + z * z));
  return [roll, pitch, yaw].map((angle) => `${(angle * 180) / Math.PI}deg`).join(" ");
}
