/**
 * What `<museum-model>` does to the scene within `<model-viewer>`: light, clay, the cutting plane, and points on the surface.
 *
 * It reaches into the library's scene by the symbols that the library exports for its own mixins; the version is pinned.
 */

import { $needsRender, $renderer, $scene } from "@google/model-viewer/lib/model-viewer-base.js";
import { Box3, type Camera, PCFShadowMap, PerspectiveCamera, Raycaster, type Scene, Vector2, Vector3, type WebGLRenderer } from "three";
import type { LightName } from "./light-names";
import { Lights, takeShadows } from "./lights";
import { type Cut, Surface } from "./surface";
import { ModelViewerElement } from "./viewer-library";

export type { ModelViewerElement };

export interface SurfacePoint {
  /** In the model's frame, metres. */
  position: Vector3;
  normal: Vector3;
}

export class ModelStage {
  private readonly scene: ModelViewerElement[typeof $scene];
  private readonly lights: Lights;
  private readonly surface: Surface;
  private readonly middle = new Vector3();
  private readonly radius: number;

  /** `viewer` has loaded its model. */
  constructor(private readonly viewer: ModelViewerElement) {
    this.scene = viewer[$scene];
    const box = new Box3().copy(this.scene.boundingBox);
    box.getCenter(this.middle);
    this.radius = Math.max(box.getSize(new Vector3()).length() / 2, 1e-6);
    this.lights = new Lights(this.scene);
    this.surface = new Surface(this.scene.model, box.min, box.max);
    const { threeRenderer } = viewer[$renderer];
    threeRenderer.localClippingEnabled = true;
    threeRenderer.shadowMap.type = PCFShadowMap;
    this.light("hall", 0);
    this.scene.onBeforeRender = (_renderer: WebGLRenderer, _scene: Scene, camera: Camera) => {
      // The soft shadow on the ground is drawn by a camera of its own.
      if (camera instanceof PerspectiveCamera) this.lights.follow(camera);
      this.surface.follow();
    };
  }

  /** Height of the model in the units of its file. */
  get height(): number {
    const { min, max } = this.scene.boundingBox;
    return max.y - min.y;
  }

  /** Its longest side, likewise. */
  get size(): number {
    const { x, y, z } = this.scene.size;
    return Math.max(x, y, z);
  }

  /** Whether this device can put the thing into the room; the library asks it late. */
  async mayEnterRoom(): Promise<boolean> {
    await this.viewer[$renderer].arRenderer.supportsPresentation();
    await Promise.resolve();
    return this.viewer.canActivateAR;
  }

  /** Frames that were drawn. */
  get drawn(): number {
    return this.scene.renderCount;
  }

  light(name: LightName, from: number): void {
    const world = this.middle.clone();
    this.scene.model.localToWorld(world);
    this.viewer[$renderer].threeRenderer.shadowMap.enabled = name !== "hall";
    takeShadows(this.scene.model, name !== "hall");
    this.lights.show(name, world, this.radius);
    this.lights.from = from;
    this.draw();
  }

  /** Where the raking light comes from, in degrees clockwise from above. */
  turnLight(from: number): void {
    this.lights.from = from;
    this.draw();
  }

  clay(plain: boolean): void {
    this.surface.clay = plain;
    this.draw();
  }

  cut(cut: Cut | undefined): void {
    this.surface.cut = cut;
    this.draw();
  }

  /** The point of the surface that is seen at (x, y) CSS pixels of the element; undefined where there is none. */
  pointAt(x: number, y: number): SurfacePoint | undefined {
    const { camera, model, width, height } = this.scene;
    pointer.set((2 * x) / width - 1, 1 - (2 * y) / height);
    ray.setFromCamera(pointer, camera);
    const hit = ray.intersectObject(model, true).find(({ point, object }) => object.visible && this.surface.keeps(point));
    if (!hit) return undefined;
    const normal = hit.face ? hit.face.normal.clone() : ray.ray.direction.clone().negate();
    return { position: model.worldToLocal(hit.point.clone()), normal };
  }

  /** Where a point of the model's frame lies on the element, in CSS pixels. */
  place({ position }: SurfacePoint, to = new Vector2()): Vector2 {
    const { camera, model, width, height } = this.scene;
    const seen = model.localToWorld(position.clone()).project(camera);
    return to.set(((seen.x + 1) / 2) * width, ((1 - seen.y) / 2) * height);
  }

  draw(): void {
    this.viewer[$needsRender]();
  }

  dispose(): void {
    this.lights.clear();
    this.surface.dispose();
  }
}

const ray = new Raycaster();
const pointer = new Vector2();
