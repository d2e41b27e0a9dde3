/** What a panorama shows before its tiles come: the hash in its JSON, then the strip of six small faces. */

import {
  BufferGeometry,
  ClampToEdgeWrapping,
  DataTexture,
  Float32BufferAttribute,
  LinearFilter,
  Mesh,
  RGBAFormat,
  type ShaderMaterial,
  Texture,
} from "three";
import { type Vector, faceRay } from "./faces";
import { type Shared, panoramaMaterial, showPiece } from "./panorama-material";

export const HASH_SIDE = 4;
const CORNERS = [[0, 0], [1, 0], [0, 1], [1, 1]] as const;

/** The RGBA pixels of a hash as a strip of six squares, 4 px each: rows from the top. `hash` is base64 of 6 × 4 × 4 RGB bytes. */
export function hashPixels(hash: string): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(hash), (letter) => letter.charCodeAt(0));
  const expected = 6 * HASH_SIDE * HASH_SIDE * 3;
  if (bytes.length !== expected) throw new RangeError(`a hash has ${expected} bytes, not ${bytes.length}`);
  const pixels = new Uint8Array(6 * HASH_SIDE * HASH_SIDE * 4);
  for (let face = 0; face < 6; face++) {
    for (let row = 0; row < HASH_SIDE; row++) {
      for (let column = 0; column < HASH_SIDE; column++) {
        const from = ((face * HASH_SIDE + row) * HASH_SIDE + column) * 3;
        const to = ((row * 6 + face) * HASH_SIDE + column) * 4;
        pixels.set([bytes[from]!, bytes[from + 1]!, bytes[from + 2]!, 255], to);
      }
    }
  }
  return pixels;
}

export function hashTexture(hash: string): Texture {
  return smooth(new DataTexture(hashPixels(hash), 6 * HASH_SIDE, HASH_SIDE, RGBAFormat));
}

/** A texture of a decoded picture, without mipmaps. */
export function pictureTexture(picture: ImageBitmap): Texture {
  return smooth(new Texture(picture));
}

/** All six faces in one piece, from a texture of six squares side by side, each `side` pixels wide. */
export class StripCube {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;

  constructor(
    readonly texture: Texture,
    side: number,
    private readonly rank: number,
    shared: Shared,
  ) {
    this.mesh = new Mesh(cube(side), panoramaMaterial("strip", texture, shared));
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  show(opacity: number, layer: 0 | 1): void {
    showPiece(this.mesh, this.rank, opacity, layer);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.texture.dispose();
  }
}

/** A cube whose faces sample their own square of the strip, half a pixel inside of it, so that no face bleeds into the next. */
function cube(side: number): BufferGeometry {
  const positions: number[] = [];
  const corners: number[] = [];
  const bounds: number[] = [];
  const index: number[] = [];
  const ray: Vector = [0, 0, 0];
  const [x, y] = [0.5 / (6 * side), 0.5 / side];
  for (let face = 0; face < 6; face++) {
    const first = face * 4;
    for (const [across, down] of CORNERS) {
      positions.push(...faceRay(face, 2 * across - 1, 1 - 2 * down, ray));
      corners.push((face + across) / 6, down);
      bounds.push(face / 6 + x, y, (face + 1) / 6 - x, 1 - y);
    }
    index.push(first, first + 1, first + 2, first + 2, first + 1, first + 3);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute(positions, 3));
  geometry.setAttribute("corner", new Float32BufferAttribute(corners, 2));
  geometry.setAttribute("bounds", new Float32BufferAttribute(bounds, 4));
  geometry.setIndex(index);
  return geometry;
}

function smooth<T extends Texture>(texture: T): T {
  texture.generateMipmaps = false;
  texture.minFilter = LinearFilter;
  texture.magFilter = LinearFilter;
  texture.wrapS = ClampToEdgeWrapping;
  texture.wrapT = ClampToEdgeWrapping;
  texture.flipY = false;
  texture.needsUpdate = true;
  return texture;
}
