/** Compressed glTF to plain glTF, for readers that know nothing of Draco and meshopt. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS, EXTMeshoptCompression, KHRDracoMeshCompression } from '@gltf-transform/extensions';
import { unpartition } from '@gltf-transform/functions';
import { createDecoderModule } from 'draco3dgltf';
import { MeshoptDecoder } from 'meshoptimizer';

export interface DecodeOrder {
  /** A .gltf with its files beside it, or a .glb. */
  from: string;
  /** The GLB to write. */
  to: string;
}

export async function decode(order: DecodeOrder): Promise<void> {
  await MeshoptDecoder.ready;
  const wasmBinary = readFileSync(join(dirname(process.argv[1] ?? '.'), 'draco_decoder_gltf.wasm'));
  const io = new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({
    'draco3d.decoder': await createDecoderModule({ wasmBinary }),
    'meshopt.decoder': MeshoptDecoder,
  });
  const document = await io.read(order.from);
  await document.transform(unpartition());
  for (const extension of document.getRoot().listExtensionsUsed()) {
    if (extension instanceof KHRDracoMeshCompression || extension instanceof EXTMeshoptCompression) extension.dispose();
  }
  await io.write(order.to, document);
}
