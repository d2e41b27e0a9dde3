/**
 * One square of a panorama on the GPU: a quad on a face of the cube, with a window into a texture.
 *
 * Depth comes from `rank` (how fine the quad is) and `layer` (which panorama lies in front), not from distance. Quads are drawn
 * finest first and a finer one hides the coarser that stand in beneath it, so a half transparent panorama blends each pixel once.
 */

import { LessDepth, Mesh, PlaneGeometry, ShaderMaterial, type Texture, Vector4 } from "three";
import { type Vector, faceRay } from "./faces";
import type { Rectangle } from "./tile-pyramid";

const vertexShader = `
uniform vec4 area;
uniform float depth;
varying vec2 place;
void main() {
  place = area.xy + position.xy * area.zw;
  vec4 seen = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  gl_Position = vec4(seen.xy, depth * seen.w, seen.w);
}`;

// Pictures are stored as the screen shows them, so they pass through without any conversion of colour.
const fragmentShader = `
uniform sampler2D map;
uniform vec4 bounds;
uniform float opacity;
varying vec2 place;
void main() {
  gl_FragColor = vec4(texture2D(map, clamp(place, bounds.xy, bounds.zw)).rgb, opacity);
}`;

/** Corners (0, 0) top left to (1, 1) bottom right, as rows of pictures run. */
const square = new PlaneGeometry(1, 1).translate(0.5, 0.5, 0);
const RANK_STEP = 0.02;
const LAYER_DEPTH = [0.9, -0.05] as const;
const LAYER_ORDER = 100;

const origin: Vector = [0, 0, 0];
const along: Vector = [0, 0, 0];
const down: Vector = [0, 0, 0];

export class TileQuad {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;

  /** `area` is the part of the texture in use as [left, top, width, height] in [0, 1]; samples stay half a pixel inside of it. */
  constructor(
    readonly texture: Texture,
    private readonly rank: number,
    face: number,
    rectangle: Readonly<Rectangle>,
    area: readonly [number, number, number, number] = [0, 0, 1, 1],
    pixels: readonly [width: number, height: number] = [0, 0],
  ) {
    const [left, top, width, height] = area;
    const x = pixels[0] ? 0.5 / pixels[0] : 0;
    const y = pixels[1] ? 0.5 / pixels[1] : 0;
    const material = new ShaderMaterial({
      vertexShader,
      fragmentShader,
      uniforms: {
        map: { value: texture },
        area: { value: new Vector4(left, top, width, height) },
        bounds: { value: new Vector4(left + x, top + y, left + width - x, top + height - y) },
        opacity: { value: 1 },
        depth: { value: 0 },
      },
      transparent: true,
      depthFunc: LessDepth,
      toneMapped: false,
      side: 2,
    });
    this.mesh = new Mesh(square, material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    // Only `show` makes it visible: a quad that waits for its turn would lie in front of all, at depth 0.
    this.mesh.visible = false;
    faceRay(face, rectangle.left, rectangle.top, origin);
    faceRay(face, rectangle.right, rectangle.top, along);
    faceRay(face, rectangle.left, rectangle.bottom, down);
    // prettier-ignore
    this.mesh.matrix.set(
      along[0] - origin[0], down[0] - origin[0], 0, origin[0],
      along[1] - origin[1], down[1] - origin[1], 0, origin[1],
      along[2] - origin[2], down[2] - origin[2], 0, origin[2],
      0, 0, 0, 1,
    );
  }

  /** Shows the quad in this frame. Layer 1 lies in front of layer 0. */
  show(opacity: number, layer: 0 | 1): void {
    this.mesh.visible = true;
    this.mesh.renderOrder = layer * LAYER_ORDER + LAYER_ORDER / 2 - this.rank;
    const { uniforms } = this.mesh.material;
    uniforms["opacity"]!.value = opacity;
    uniforms["depth"]!.value = LAYER_DEPTH[layer] - this.rank * RANK_STEP;
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.material.dispose();
  }
}
