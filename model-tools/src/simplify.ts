/** Fewer triangles, for machines on which the server's own library does not run; the same algorithm in WebAssembly. */

import { readFileSync, writeFileSync } from 'node:fs';
import { MeshoptSimplifier } from 'meshoptimizer';

export interface SimplifyOrder {
  /**
   * Paths of bare little-endian arrays: uint32 indices; float32 positions, 3 each; float32 attributes, `weights.length` each; a byte each
   * with 2 for vertices that always stay and 4 for those at seams, which stay as long as the targets can be reached.
   */
  indices: string;
  positions: string;
  attributes: string;
  flags: string;
  weights: number[];
  /** Numbers of indices, and the paths for what comes out (empty: a step on the way), each made from the one before. */
  targets: [number, string][];
  error: number;
  /** How much more than asked for is too much for keeping seams. */
  enough: number;
}

const PROTECT = 2;

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
  const { weights, error } = order;
  const all = flags.map((flag) => (flag ? PROTECT : 0));
  const fewer = flags.map((flag) => flag & PROTECT);
  const lighter = (held: Uint8Array, target: number) =>
    MeshoptSimplifier.simplifyWithAttributes(
      indices, positions, 3, attributes, weights.length, weights, held, target, error, ['Permissive', 'Prune'],
    )[0];
  for (const [target, path] of order.targets) {
    if (indices.length > target) indices = lighter(all, target);
    if (indices.length > order.enough * target) indices = lighter(fewer, target);
    if (path) writeFileSync(path, indices);
  }
}
