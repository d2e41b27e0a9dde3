/** Turning things towards the head. */

import { Matrix4, type Object3D, Vector3 } from "three";

const matrix = new Matrix4();
const UP = new Vector3(0, 1, 0);

/** Turns a thing so that its front faces `head`, a point in its parent's frame. */
export function faceHead(thing: Object3D, head: Readonly<Vector3>): void {
  thing.quaternion.setFromRotationMatrix(matrix.lookAt(head as Vector3, thing.position, UP));
}
