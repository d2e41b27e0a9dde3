/**
 * Where the visitor's room lies in the tour's world, and what the eyes in it see.
 *
 * The visitor turns the head; whoever asks for another view turns the room about the head. Panoramas and marks go along with the head, so
 * that nobody walks out of the middle of a photograph; what stands in the room stays where it is.
 */

import { Group, Matrix4, Vector3, type WebXRCamera } from "three";
import type { Vector } from "../panorama/faces";
import type { Stage } from "../panorama/stage";
import type { Camera } from "../panorama/tile-selector";
import { type View, wrap } from "../panorama/view";
import { type Eye, seeWith } from "./eyes";

/** Metres from the eye between which things are drawn. */
const NEAR = 0.05;
const FAR = 60;
/** How high the eyes of one who stands are, in metres: the height that panoramas are photographed from. */
export const EYE_HEIGHT = 1.6;

const DEGREE = Math.PI / 180;

export class Rig {
  /** The room: controllers, hands and head are where its own frame says. */
  readonly room = new Group();
  /** What lies around the head wherever it goes. */
  readonly around = new Group();
  readonly head: Vector = [0, EYE_HEIGHT, 0];
  readonly gaze: Vector = [0, 0, -1];
  /** Whether one sits: the eyes are lifted to where those of one who stands would be. */
  seated = false;
  private turned = 0;
  private written: number | undefined;
  private readonly eyes: (Eye & { world: number[] })[] = [];
  /** Within the room: the middle between the eyes, and where the head faces. */
  private readonly local = new Vector3();
  private readonly ahead: Vector = [0, 0, -1];
  private readonly matrix = new Matrix4();

  constructor(private readonly stage: Stage) {
    stage.scene.add(this.room, this.around);
    this.room.add(stage.camera);
    stage.camera.near = NEAR;
    stage.camera.far = FAR;
  }

  /** Turns the visitor to the right about the head, by degrees. */
  turn(degrees: number): void {
    this.turnTo(this.turned + degrees);
  }

  /** The room is as it was when one came in: as after putting the headset back in place. */
  recenter(): void {
    this.written = undefined;
  }

  /** One frame: where the head looks, written into `view`, and all that the eyes see, into `seen`. Whoever wrote another yaw into `view` before turns the visitor there. */
  aim(view: View, seen: Camera): void {
    const { cameras } = this.stage.renderer.xr.getCamera();
    // Before the first pose there are none.
    if ((cameras as readonly WebXRCamera[]).length === 0) return;
    this.find(cameras);
    if (view.yaw !== this.written) this.turnTo(view.yaw - this.facing());
    this.place();
    for (let i = 0; i < cameras.length; i++) {
      this.matrix.multiplyMatrices(this.room.matrixWorld, cameras[i]!.matrix).toArray(this.eyes[i]!.world);
      this.eyes[i]!.projection = cameras[i]!.projectionMatrix.elements;
      this.eyes[i]!.height = cameras[i]!.viewport.w;
    }
    seeWith(this.eyes, seen);
    this.look();
    view.yaw = this.written = wrap(this.turned + this.facing());
    view.pitch = Math.asin(Math.max(-1, Math.min(1, this.gaze[1]))) / DEGREE;
  }

  dispose(): void {
    this.stage.scene.remove(this.room, this.around);
  }

  /** Where the head is in the room, and where it faces. */
  private find(cameras: readonly WebXRCamera[]): void {
    while (this.eyes.length < cameras.length) this.eyes.push({ world: [], projection: [], height: 0 });
    this.eyes.length = cameras.length;
    this.local.set(0, 0, 0);
    for (let i = 0; i < cameras.length; i++) {
      const { matrix } = cameras[i]!;
      this.local.x += matrix.elements[12] / cameras.length;
      this.local.y += matrix.elements[13] / cameras.length;
      this.local.z += matrix.elements[14] / cameras.length;
    }
    const { elements } = cameras[0]!.matrix;
    // Looking straight up or down, the upper side of the head says where one faces.
    const steep = Math.abs(elements[9]) > 0.98;
    const sign = steep ? Math.sign(elements[9]) : -1;
    this.ahead[0] = sign * elements[steep ? 4 : 8];
    this.ahead[2] = sign * elements[steep ? 6 : 10];
  }

  /** Yaw of the head within the room. */
  private facing(): number {
    return Math.atan2(this.ahead[0], -this.ahead[2]) / DEGREE;
  }

  /** Turns the room so that the head stays where it is. */
  private turnTo(degrees: number): void {
    const { room } = this;
    const [x, z] = this.written === undefined ? [0, 0] : [this.head[0], this.head[2]];
    this.turned = wrap(degrees);
    room.rotation.y = -this.turned * DEGREE;
    const [sine, cosine] = [Math.sin(room.rotation.y), Math.cos(room.rotation.y)];
    room.position.x = x - (this.local.x * cosine + this.local.z * sine);
    room.position.z = z - (this.local.z * cosine - this.local.x * sine);
  }

  private place(): void {
    const { room } = this;
    if (!this.seated) room.position.y = 0;
    else if (room.position.y === 0) room.position.y = EYE_HEIGHT - this.local.y;
    room.updateMatrixWorld(true);
    this.around.position.copy(this.local).applyMatrix4(room.matrixWorld);
    this.around.position.toArray(this.head);
  }

  /** Where the head points. */
  private look(): void {
    const { world } = this.eyes[0]!;
    this.gaze[0] = -world[8]!;
    this.gaze[1] = -world[9]!;
    this.gaze[2] = -world[10]!;
  }
}
