/**
 * A thing that stands in a room, at its true size: a group of three.js with its surface, its light and its shadow on the ground.
 *
 * `standModel` gives the group at once; the thing appears in it when it has come. Whoever shows it adds the group to a scene in which the
 * eye is at the origin and yaw 0 is -z, and disposes of it afterwards. Lengths are metres, angles degrees.
 */

import { Box3, Group, Mesh, MeshStandardMaterial, PlaneGeometry, ShaderMaterial, Vector3 } from "three";
import { discard, loadGlb } from "../model/glb";
import { levelFor } from "../model/level";
import type { RoomLight } from "./surroundings";

export interface Standing {
  /** Address of the finest level. */
  model: string;
  yaw: number;
  pitch: number;
  /** To its foot. */
  distance: number;
  /** Clockwise from showing its front. */
  turned: number;
}

export interface StandingModel {
  readonly group: Group;
  /** Resolves when the thing is there; rejects where it can't be had. */
  readonly there: Promise<void>;
  /** The light around it; it stays the caller's. */
  light(light: RoomLight): void;
  dispose(): void;
}

/** From so far on, in metres, five thousand triangles look the same. */
const FAR = 4;
/** How far beyond its foot a thing darkens the ground, in shares of its width. */
const SHADOW_REACH = 1.7;
const SHADOW = 0.6;
/** After all pieces of panoramas: see `panorama-material.ts`. */
const ORDER = 1000;
/** A speck above the ground, so that the shadow lies on it. */
const LIFT = 0.001;

/** Puts a thing in its place. */
export function standModel(standing: Standing): StandingModel {
  const group = new Group();
  group.position.copy(foot(standing));
  group.rotation.y = Math.atan2(-group.position.x, -group.position.z) - (standing.turned * Math.PI) / 180;
  const materials: MeshStandardMaterial[] = [];
  let lit: RoomLight | undefined;
  const illuminate = (): void => {
    for (const material of materials) {
      material.envMap = lit?.map ?? null;
      material.envMapIntensity = lit?.gain ?? 1;
      material.needsUpdate = true;
    }
  };
  const abort = new AbortController();
  const there = loadGlb(levelAt(standing.model, standing.distance), abort.signal).then((thing) => {
    group.add(thing);
    thing.traverse((part) => {
      if (part instanceof Mesh && part.material instanceof MeshStandardMaterial) materials.push(part.material);
    });
    group.add(shadowOf(thing));
    illuminate();
  });
  return {
    group,
    there,
    light(light) {
      lit = light;
      illuminate();
    },
    dispose() {
      abort.abort();
      discard(group);
      group.clear();
    },
  };
}

/** Where its foot stands; the eye is at the origin. Pure. */
export function foot({ yaw, pitch, distance }: Pick<Standing, "yaw" | "pitch" | "distance">): Vector3 {
  const [around, up] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  return new Vector3(Math.sin(around) * Math.cos(up), Math.sin(up), -Math.cos(around) * Math.cos(up)).multiplyScalar(distance);
}

/** The level for a thing so far away. Pure. */
export function levelAt(model: string, distance: number): string {
  return levelFor(model, distance > FAR ? "far" : "phone");
}

function shadowOf(thing: Group): Mesh {
  const size = new Box3().setFromObject(thing.clone(true)).getSize(new Vector3());
  const material = new ShaderMaterial({
    transparent: true,
    depthWrite: false,
    toneMapped: false,
    vertexShader: "varying vec2 at;\nvoid main() { at = 2.0 * uv - 1.0; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }",
    fragmentShader: `varying vec2 at;
void main() {
  float fall = 1.0 - smoothstep(0.25, 1.0, length(at));
  gl_FragColor = vec4(0.0, 0.0, 0.0, ${SHADOW.toFixed(2)} * fall * fall);
}`,
  });
  const shadow = new Mesh(new PlaneGeometry(SHADOW_REACH * size.x, SHADOW_REACH * size.z), material);
  shadow.rotation.x = -Math.PI / 2;
  shadow.position.y = LIFT;
  shadow.renderOrder = ORDER;
  return shadow;
}
