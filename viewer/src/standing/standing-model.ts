/**
 * A thing that stands in a room, at its true size: a group of three.js with its surface, its light and its shadow on the ground.
 *
 * `standModel` gives the group at once; the thing appears in it when it has come. Whoever shows it adds the group to a scene in which the
 * eye is at the origin and yaw 0 is -z, and disposes of it afterwards. Lengths are metres, angles degrees.
 */

import { Group, Mesh, MeshStandardMaterial, Vector3 } from "three";
import { discard, loadGlb } from "../model/glb";
import { levelAt } from "./level-at";
import { groundShadow } from "./ground-shadow";
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

/** After all pieces of panoramas: see `panorama-material.ts`. */
const ORDER = 1000;

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
    const shadow = groundShadow(thing);
    shadow.renderOrder = ORDER;
    group.add(shadow);
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
