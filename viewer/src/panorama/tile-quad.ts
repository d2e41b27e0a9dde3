/** One square of a panorama on the GPU: a quad on a face of the cube with a texture of its own. */

import { Mesh, PlaneGeometry, type ShaderMaterial, type Texture } from "three";
import { type Vector, faceRay } from "./faces";
import { type Shared, panoramaMaterial, showPiece } from "./panorama-material";
import type { Rectangle } from "./tile-pyramid";

/** Corners (0, 0) top left to (1, 1) bottom right, as rows of pictures run. */
const square = new PlaneGeometry(1, 1).translate(0.5, 0.5, 0);
const origin: Vector = [0, 0, 0];
const along: Vector = [0, 0, 0];
const down: Vector = [0, 0, 0];

export class TileQuad {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;

  constructor(
    readonly texture: Texture,
    private readonly rank: number,
    face: number,
    rectangle: Readonly<Rectangle>,
    shared: Shared,
  ) {
    this.mesh = new Mesh(square, panoramaMaterial("tile", texture, shared));
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

  show(opacity: number, layer: 0 | 1): void {
    showPiece(this.mesh, this.rank, opacity, layer);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.material.dispose();
  }
}
