/** Fewer triangles, for machines on which the server's own library does not run; the same algorithm in WebAssembly. */

import { readFileSync, writeFileSync } from 'node:fs';
import { MeshoptSimplifier } from 'meshoptimizer';

export interface SimplifyOrder {
  /** Paths of bare little-endian arrays: uint32 indices; float32 positions, 3 each; float32 attributes, `weights.length` each; a byte each that says 1 for locked, 2 for protected. */
  indices: string;
  positions: string;
  attributes: string;
  flags: string;
  weights: number[];
  /** Numbers of indices, and the paths for what comes out, each made from the one before. */
  targets: [number, string][];
  error: number;
}

export async function simplify(order: SimplifyOrder): Promise<void> {
  await MeshoptSimplifier.ready;
  const bytes = (path: string) => {
    const file = readFileSync(path);
    return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
  };
  let indices: Uint32Array = new Uint32Array(bytes(order.indices));
  const positions = new Float32Array(bytes(order.positions));
  const attributes = new Float32Array(bytes(order.attributes));
  const flags = new Uint8Array(bytes(order.flags));
  const width = order.weights.length;
  for (const [target, path] of order.targets) {
    [indices] = MeshoptSimplifier.simplifyWithAttributes(
      indices, positions, 3, attributes, width, order.weights, flags, target, order.error, ['Permissive', 'Prune'],
    );
    writeFileSync(path, indices);
  }
}
