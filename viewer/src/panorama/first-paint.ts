/** What a panorama shows before its tiles come: the hash in its JSON, then the strip of six small faces. */

import { ClampToEdgeWrapping, DataTexture, LinearFilter, RGBAFormat, Texture } from "three";
import { TileQuad } from "./tile-quad";

const HASH_SIDE = 4;
const WHOLE_FACE = { left: -1, right: 1, bottom: -1, top: 1 };

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

/** Six quads on a texture of six squares side by side. */
export function stripQuads(texture: Texture, side: number, rank: number): TileQuad[] {
  return Array.from({ length: 6 }, (_, face) => new TileQuad(texture, rank, face, WHOLE_FACE, [face / 6, 0, 1 / 6, 1], [6 * side, side]));
}

export { HASH_SIDE };

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
