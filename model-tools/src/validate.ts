/** The Khronos validator's report on a file. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VERSION } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';

export interface ValidateOrder {
  /** Paths: the .glb or .gltf, and where its report goes. */
  files: [string, string][];
  /** The most issues to list; all are counted. */
  most: number;
}

export async function validate(order: ValidateOrder): Promise<void> {
  for (const [from, to] of order.files) {
    const report = await validateBytes(new Uint8Array(readFileSync(from)), {
      maxIssues: order.most,
      writeTimestamp: false,
      externalResourceFunction: (uri: string) =>
        new Promise<Uint8Array>((resolve) => resolve(new Uint8Array(readFileSync(join(dirname(from), decodeURIComponent(uri)))))),
    });
    writeFileSync(to, JSON.stringify({ ...report, transformVersion: VERSION }));
  }
}
