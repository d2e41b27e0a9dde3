/** Light on a single thing: presets, and one light that goes around it close to its surface. */

import { Color, DirectionalLight, Group, type Object3D, type PerspectiveCamera, type Scene, Vector3 } from "three";
import type { LightName } from "./light-names";

interface Lamp {
  color: string;
  intensity: number;
  /** Direction that it comes from, as the visitor sees it: to the right, up, and towards the visitor. The thing turns beneath its lamps. */
  from: readonly [number, number, number];
  shadows?: boolean;
}

interface Setting {
  /** How much of the surrounding light is left. */
  around: number;
  lamps: readonly Lamp[];
}

const SETTINGS: Record<LightName, Setting> = {
  hall: {
    around: 0.62,
    lamps: [
      { color: "#fff0da", intensity: 1.3, from: [-0.55, 0.75, 0.6] },
      { color: "#b9cbff", intensity: 0.5, from: [0.75, 0.35, -0.7] },
    ],
  },
  spot: {
    around: 0.14,
    lamps: [
      { color: "#ffe2ba", intensity: 3, from: [-0.75, 1.15, 0.7], shadows: true },
      { color: "#9db8ff", intensity: 1.3, from: [0.9, 0.4, -0.8] },
    ],
  },
  day: { around: 0.8, lamps: [{ color: "#fff8ec", intensity: 1.9, from: [0.5, 1.2, 0.8], shadows: true }] },
  raking: { around: 0.06, lamps: [{ color: "#fffaf2", intensity: 7, from: [0, 1, 0.3], shadows: true }] },
};
/** How far the raking light lies out of the plane of the picture, in degrees. */
const RAKE = 16;
const SHADOW_PIXELS = 2048;

export class Lights {
  private readonly group = new Group();
  private readonly lamps: { light: DirectionalLight; from: Vector3 }[] = [];
  private name: LightName = "hall";
  private distance = 1;

  constructor(private readonly scene: Scene) {}

  /** Sets the thing around `middle`, of `radius` metres, into another light. */
  show(name: LightName, middle: Vector3, radius: number): void {
    this.clear();
    const { around, lamps } = SETTINGS[name];
    this.name = name;
    this.distance = 4 * radius;
    this.scene.environmentIntensity = around;
    for (const { color, intensity, from, shadows } of lamps) {
      const light = new DirectionalLight(new Color(color), intensity);
      light.target.position.copy(middle);
      if (shadows) castShadows(light, radius);
      this.group.add(light, light.target);
      this.lamps.push({ light, from: new Vector3(...from).normalize() });
    }
    this.scene.add(this.group);
  }

  /** Where the raking light comes from, in degrees clockwise from above, as the visitor sees it. */
  set from(degrees: number) {
    const [turn, rake] = [(degrees * Math.PI) / 180, (RAKE * Math.PI) / 180];
    if (this.name !== "raking") return;
    this.lamps[0]?.from.set(Math.sin(turn) * Math.cos(rake), Math.cos(turn) * Math.cos(rake), Math.sin(rake));
  }

  /** Before each frame: the lamps stay where they are in the picture. */
  follow(camera: PerspectiveCamera): void {
    for (const { light, from } of this.lamps) {
      ray.copy(from).transformDirection(camera.matrixWorld);
      light.position.copy(light.target.position).addScaledVector(ray, this.distance);
      light.updateMatrixWorld();
    }
  }

  clear(): void {
    for (const { light } of this.lamps) light.dispose();
    this.lamps.length = 0;
    this.group.clear();
    this.group.removeFromParent();
    this.scene.environmentIntensity = 1;
  }
}

const ray = new Vector3();

function castShadows(light: DirectionalLight, radius: number): void {
  light.castShadow = true;
  const { shadow } = light;
  shadow.mapSize.set(SHADOW_PIXELS, SHADOW_PIXELS);
  Object.assign(shadow.camera, { left: -radius, right: radius, top: radius, bottom: -radius, near: 2 * radius, far: 6 * radius });
  shadow.bias = -0.0004;
  shadow.normalBias = 0.004 * radius;
  shadow.radius = 2;
}

/** Whether the meshes of a thing take the shadows that it casts. */
export function takeShadows(thing: Object3D, takes: boolean): void {
  thing.traverse((part) => (part.receiveShadow = takes));
}
