/** Reads the GLB of a model, this museum's or a stranger's: bounded, whole in itself, packed as our levels are; and forgets it again. */

import { type Group, LoadingManager, type Material, Mesh, type MeshStandardMaterial, type Object3D, type Texture, type WebGLRenderer } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { MeshoptDecoder } from "three/examples/jsm/libs/meshopt_decoder.module.js";
import { fetchBytes } from "../reading/fetch-bounded";

const BOUNDS = { bytes: 48_000_000, seconds: 60, redirects: false };

/** `renderer` unpacks textures that stay packed on its GPU. Throws where the model can't be had, or is none. */
export async function loadGlb(address: string, signal?: AbortSignal, renderer?: WebGLRenderer): Promise<Group> {
  const loader = new GLTFLoader(whole()).setMeshoptDecoder(MeshoptDecoder);
  const [bytes, packed] = await Promise.all([
    fetchBytes(address, BOUNDS, "model/gltf-binary", signal),
    renderer ? import("./packed-textures") : undefined,
  ]);
  if (packed && renderer) loader.setKTX2Loader(packed.packedTextures(renderer));
  const { scene } = await loader.parseAsync(bytes.buffer, "");
  if (signal?.aborted) {
    discard(scene);
    signal.throwIfAborted();
  }
  return scene;
}

/** A file that is whole in itself: a stranger's sends nobody's browser elsewhere. */
function whole(): LoadingManager {
  const manager = new LoadingManager();
  manager.setURLModifier((url) => {
    if (!/^(blob|data):/.test(url)) throw new Error("a model that is not whole");
    return url;
  });
  return manager;
}

/** Frees what a thing holds on the GPU; the light around it stays its owner's. */
export function discard(thing: Object3D): void {
  thing.removeFromParent();
  thing.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const { geometry, material } = part as Mesh;
    geometry.dispose();
    for (const one of [material].flat()) discardMaterial(one);
  });
}

function discardMaterial(material: Material): void {
  for (const value of Object.values(material) as unknown[]) {
    if (isTexture(value) && value !== (material as MeshStandardMaterial).envMap) value.dispose();
  }
  material.dispose();
}

function isTexture(value: unknown): value is Texture {
  return typeof value === "object" && value !== null && "isTexture" in value;
}
