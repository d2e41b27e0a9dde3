/** Plain glTF to light glTF: quantised, in the order that GPUs like, packed by meshopt. */

import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { meshopt } from '@gltf-transform/functions';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';

export interface CompressOrder {
  /** Paths of GLB files: from, to. */
  files: [string, string][];
}

/** Bits of a position along the longest side: half a millimetre on eight metres, a tenth of a hair on a vase. */
const POSITION_BITS = 14;
const NORMAL_BITS = 8;
/** A quarter of a pixel on a texture of 1024. */
const TEXCOORD_BITS = 12;

export async function compress(order: CompressOrder): Promise<void> {
  await Promise.all([MeshoptDecoder.ready, MeshoptEncoder.ready]);
  const io = new NodeIO()
    .registerExtensions(ALL_EXTENSIONS)
    .registerDependencies({ 'meshopt.decoder': MeshoptDecoder, 'meshopt.encoder': MeshoptEncoder });
  for (const [from, to] of order.files) {
    const document = await io.read(from);
    await document.transform(
      meshopt({
        encoder: MeshoptEncoder,
        level: 'high',
        quantizePosition: POSITION_BITS,
        quantizeNormal: NORMAL_BITS,
        quantizeTexcoord: TEXCOORD_BITS,
      }),
    );
    await io.write(to, document);
  }
}
