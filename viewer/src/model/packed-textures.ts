/** Textures that stay packed on the GPU (KTX2), for headsets: there memory is what runs out. Comes only where one is shown. */

import type { WebGLRenderer } from "three";
import { KTX2Loader } from "three/examples/jsm/loaders/KTX2Loader.js";
import transcoder from "three/examples/jsm/libs/basis/basis_transcoder.wasm?url";
import worker from "virtual:basis-worker";

/** Two do it: a model has few textures, and each worker holds a transcoder. */
const WORKERS = 2;

class PackedTextures extends KTX2Loader {
  override init(): Promise<void> {
    return (this.transcoderPending ??= this.prepare());
  }

  private async prepare(): Promise<void> {
    const answer = await fetch(transcoder);
    if (!answer.ok) throw new Error(`the transcoder: ${answer.status}`);
    const binary = await answer.arrayBuffer();
    this.workerPool.setWorkerCreator(() => {
      const made = new Worker(worker);
      const transcoderBinary = binary.slice(0);
      made.postMessage({ type: "init", config: this.workerConfig, transcoderBinary }, [transcoderBinary]);
      return made;
    });
  }
}

const kept = new WeakMap<WebGLRenderer, PackedTextures>();

/** Unpacks textures into what `renderer`'s GPU takes. One for each renderer, for good. */
export function packedTextures(renderer: WebGLRenderer): KTX2Loader {
  const known = kept.get(renderer);
  if (known) return known;
  const made = new PackedTextures().setWorkerLimit(WORKERS).detectSupport(renderer);
  kept.set(renderer, made);
  return made;
}
