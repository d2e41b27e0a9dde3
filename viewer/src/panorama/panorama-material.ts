/**
 * How the squares of a panorama are drawn: as far away as the sky, whatever place the eye has.
 *
 * Depth comes from `rank` (how fine a piece is) and `layer` (which panorama lies in front), not from distance. Pieces are drawn
 * finest first and a finer one hides the coarser that stand in beneath it, so a half transparent panorama blends each pixel once. All
 * of them lie behind whatever else is less than 10 m away.
 */

import { type IUniform, LessDepth, NoBlending, NormalBlending, type Object3D, ShaderMaterial, type Texture } from "three";
import { CLIP_SHADER } from "./clip";

/** Where a corner lies in the texture, as `place`, and how far a sample may go, as `limits`, is the vertex shader's to say. */
const vertexShader = (before: string, within: string): string => `
uniform float depth;
varying vec2 place;
varying vec4 limits;
varying vec3 ray;
${before}
void main() {
  ${within}
  ray = (modelMatrix * vec4(position, 1.0)).xyz;
  vec4 seen = projectionMatrix * vec4(mat3(viewMatrix) * ray, 1.0);
  // A corner exactly beside the eye, as those of a square that ends a quarter turn from straight ahead, has no place on the screen:
  // SwiftShader then fills the square with a single colour.
  float w = abs(seen.w) < 1e-5 ? 1e-5 : seen.w;
  gl_Position = vec4(seen.xy, depth * w, w);
}`;

// Pictures are stored as the screen shows them, so they pass through without any conversion of colour.
const fragmentShader = `
uniform sampler2D map;
uniform float opacity;
varying vec2 place;
varying vec4 limits;
varying vec3 ray;
${CLIP_SHADER}
void main() {
  gl_FragColor = vec4(texture2D(map, clamp(place, limits.xy, limits.zw)).rgb, opacity * within(ray));
}`;

/** One square that fills its texture; `position` runs from 0 to 1 across it. */
const TILE_SHADER = vertexShader("", "place = position.xy;\n  limits = vec4(0.0, 0.0, 1.0, 1.0);");
/** Six squares in one, each with a part of the texture: attributes `corner` and `bounds`. */
const STRIP_SHADER = vertexShader("attribute vec2 corner;\nattribute vec4 bounds;", "place = corner;\n  limits = bounds;");

/** What all pieces of one panorama share: changing it changes them all. */
export interface Shared {
  clip: IUniform;
}

const RANK_STEP = 1e-4;
const LAYER_DEPTH = [0.9998, 0.997] as const;
const LAYER_ORDER = 100;
/** Finer than any piece. */
const PAINT_RANK = 25;

export function panoramaMaterial(kind: "tile" | "strip", map: Texture, shared: Shared): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: kind === "tile" ? TILE_SHADER : STRIP_SHADER,
    fragmentShader,
    uniforms: { map: { value: map }, opacity: { value: 1 }, depth: { value: 0 }, clip: shared.clip },
    transparent: true,
    depthFunc: LessDepth,
    toneMapped: false,
    side: 2,
  });
}

/** Something painted onto a panorama, corner by corner: attributes `colour` and `cover`, which says how much it hides. */
export function paintMaterial(shared: Shared): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: vertexShader(
      "attribute vec3 colour;\nattribute float cover;\nvarying vec4 paint;",
      "paint = vec4(colour, cover);\n  place = vec2(0.0);\n  limits = vec4(0.0);",
    ),
    fragmentShader: `
uniform float opacity;
varying vec4 paint;
varying vec3 ray;
${CLIP_SHADER}
void main() {
  gl_FragColor = vec4(paint.rgb, paint.a * opacity * within(ray));
}`,
    uniforms: { opacity: { value: 1 }, depth: { value: 0 }, clip: shared.clip },
    transparent: true,
    depthFunc: LessDepth,
    toneMapped: false,
    side: 2,
  });
}

/** Makes what is painted onto a panorama visible in this frame: over all its pieces, and under the panorama in front. */
export function showPaint(piece: Object3D & { material: ShaderMaterial }, opacity: number, layer: 0 | 1): void {
  piece.visible = true;
  piece.renderOrder = layer * LAYER_ORDER + LAYER_ORDER / 2 + 1;
  piece.material.uniforms["opacity"]!.value = opacity;
  piece.material.uniforms["depth"]!.value = LAYER_DEPTH[layer] - PAINT_RANK * RANK_STEP;
}

/** Makes a piece visible in this frame. Layer 1 lies in front of layer 0. */
export function showPiece(piece: Object3D & { material: ShaderMaterial }, rank: number, opacity: number, layer: 0 | 1): void {
  piece.visible = true;
  piece.renderOrder = layer * LAYER_ORDER + LAYER_ORDER / 2 - rank;
  const { uniforms } = piece.material;
  // Blending costs a software renderer, and the GPU of a phone, a third of a frame.
  const isWhole = opacity >= 1 && uniforms["clip"]!.value.w === 0;
  piece.material.blending = isWhole ? NoBlending : NormalBlending;
  uniforms["opacity"]!.value = opacity;
  uniforms["depth"]!.value = LAYER_DEPTH[layer] - rank * RANK_STEP;
}
