/**
 * The part of the picture that a panorama fills: a lens, or what lies beyond an edge. Pure.
 *
 * Circles and sides are in CSS pixels from the upper left of the picture; the GPU gets them in its own pixels from the lower left. A
 * glass is a ball in the room, in metres, which each eye sees from where it is.
 */

export type ClipShape =
  | { kind: "circle"; x: number; y: number; radius: number }
  /** All that lies on the side of the line through `x`, `y` to which its normal points. `normal` is degrees clockwise from right. */
  | { kind: "side"; x: number; y: number; normal: number }
  | { kind: "glass"; x: number; y: number; z: number; radius: number };

/** Four numbers as the shader has them: the last says what the others are; of a glass it is `GLASS` and its radius, which is less than 1 m. */
export interface ClipUniform {
  x: number;
  y: number;
  z: number;
  w: number;
}

const NONE = 0;
const CIRCLE = 1;
const SIDE = 2;
const GLASS = 3;

/** Whether a point of the screen is within the shape. A glass has no place on the screen. */
export function contains(shape: ClipShape, x: number, y: number): boolean {
  if (shape.kind === "glass") return false;
  if (shape.kind === "circle") return Math.hypot(x - shape.x, y - shape.y) <= shape.radius;
  const angle = (shape.normal * Math.PI) / 180;
  return (x - shape.x) * Math.cos(angle) + (y - shape.y) * Math.sin(angle) >= 0;
}

/** Writes a shape for a picture `height` CSS pixels high, with `ratio` pixels of the GPU to each, into `out`. */
export function writeClip(shape: ClipShape | undefined, height: number, ratio: number, out: ClipUniform): void {
  if (!shape) {
    out.x = out.y = out.z = 0;
    out.w = NONE;
    return;
  }
  if (shape.kind === "glass") {
    out.x = shape.x;
    out.y = shape.y;
    out.z = shape.z;
    out.w = GLASS + Math.min(shape.radius, 0.99);
    return;
  }
  const [x, y] = [shape.x * ratio, (height - shape.y) * ratio];
  if (shape.kind === "circle") {
    out.x = x;
    out.y = y;
    out.z = shape.radius * ratio;
    out.w = CIRCLE;
    return;
  }
  const angle = (shape.normal * Math.PI) / 180;
  out.x = Math.cos(angle);
  out.y = -Math.sin(angle);
  out.z = x * out.x + y * out.y;
  out.w = SIDE;
}

/** How much of a pixel, whose direction from the eye is `ray`, lies within, from 0 to 1: the edge is one pixel soft. Reads the uniform `clip`. */
export const CLIP_SHADER = `
uniform vec4 clip;
float within(vec3 ray) {
  if (clip.w < 0.5) return 1.0;
  if (clip.w > 2.5) {
    vec3 middle = clip.xyz - cameraPosition;
    float inside = dot(normalize(ray), normalize(middle)) - cos(atan(clip.w - 3.0, length(middle)));
    return clamp(inside / max(fwidth(inside), 1e-6) + 0.5, 0.0, 1.0);
  }
  float inside = clip.w < 1.5 ? clip.z - distance(gl_FragCoord.xy, clip.xy) : dot(gl_FragCoord.xy, clip.xy) - clip.z;
  return clamp(inside + 0.5, 0.0, 1.0);
}`;
