/** How pointers look: a ray from the hand, a ring where it meets something, the hand itself. Each is one draw call for all pointers. */

import {
  BoxGeometry,
  BufferGeometry,
  CylinderGeometry,
  DynamicDrawUsage,
  IcosahedronGeometry,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  PlaneGeometry,
  Quaternion,
  ShaderMaterial,
  Vector3,
  type XRHandSpace,
} from "three";
import type { Pointer } from "./pointers";
import type { Rig } from "./rig";
import { ORDER } from "./order";
import { HEAD } from "./target";

const RAY_LENGTH = 1.1;
/** The ring's radius as a share of its distance: 1°. */
const RING = 0.0175;
const JOINTS = 25;
/** Nothing pointed at: the ring of the gaze floats this far ahead. */
const IDLE_DISTANCE = 2;

const rayMaterial = (): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: `varying float along; void main() { along = -position.z; gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying float along; void main() { gl_FragColor = vec4(1.0, 0.96, 0.89, 0.85 * (1.0 - along) * smoothstep(0.0, 0.06, along)); }`,
    transparent: true,
    depthWrite: false,
  });

/** A ring that fills clockwise while one looks. */
const ringMaterial = (): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: `attribute float share; varying vec2 place; varying float filled;
void main() { place = position.xy * 2.0; filled = share; gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec2 place; varying float filled;
void main() {
  float r = length(place);
  float soft = fwidth(r);
  float dot = 1.0 - smoothstep(0.2 - soft, 0.2 + soft, r);
  float ring = smoothstep(0.62 - soft, 0.62 + soft, r) * (1.0 - smoothstep(0.88 - soft, 0.88 + soft, r));
  float turn = atan(place.x, place.y) / 6.2831853;
  bool done = fract(turn + 1.0) < filled;
  vec3 colour = done ? vec3(0.914, 0.722, 0.447) : vec3(1.0, 0.96, 0.89);
  float shade = smoothstep(1.0, 0.7, r) * 0.35;
  float light = max(dot, ring * (done ? 1.0 : 0.55));
  gl_FragColor = vec4(colour * light, max(light, shade));
}`,
    transparent: true,
    depthTest: false,
    depthWrite: false,
  });

const handMaterial = (): ShaderMaterial =>
  new ShaderMaterial({
    vertexShader: `varying vec3 facing; void main() {
  facing = normalize(mat3(viewMatrix) * mat3(modelMatrix) * mat3(instanceMatrix) * normal);
  gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec3 facing; void main() { gl_FragColor = vec4(mix(vec3(0.15, 0.13, 0.11), vec3(0.78, 0.71, 0.61), 0.25 + 0.75 * max(facing.z, 0.0)), 1.0); }`,
    transparent: true,
  });

export class PointerLooks {
  private readonly rays = instances(new BoxGeometry(0.004, 0.004, 1).translate(0, 0, -0.5), rayMaterial(), 2, ORDER.pointers);
  private readonly rings = instances(new PlaneGeometry(1, 1), ringMaterial(), 3, ORDER.pointers + 1);
  private readonly grips = instances(new CylinderGeometry(0.009, 0.015, 0.11, 14).rotateX(-Math.PI / 2).translate(0, 0, 0.05), handMaterial(), 2, ORDER.hands);
  private readonly joints = instances(new IcosahedronGeometry(1, 1), handMaterial(), 2 * JOINTS, ORDER.hands);
  private readonly meshes = [this.rays, this.rings, this.grips, this.joints];
  private readonly share = new InstancedBufferAttribute(new Float32Array(3), 1);
  private readonly matrix = new Matrix4();
  private readonly scale = new Vector3();
  private readonly point = new Vector3();
  private readonly turn = new Quaternion();

  constructor(
    private readonly pointers: readonly Pointer[],
    private readonly hands: readonly XRHandSpace[],
    private readonly rig: Rig,
  ) {
    this.share.setUsage(DynamicDrawUsage);
    this.rings.geometry.setAttribute("share", this.share);
    rig.room.add(...hands);
    rig.room.parent!.add(...this.meshes);
  }

  /** One frame: `share` of the time of looking has passed. */
  draw(handed: boolean, share: number): void {
    this.rays.count = this.rings.count = this.grips.count = this.joints.count = 0;
    for (let i = 0; i < this.pointers.length; i++) {
      const pointer = this.pointers[i]!;
      if (pointer.number === HEAD) {
        if (!handed) this.addRing(pointer, share);
      } else if (pointer.source && pointer.space!.visible) {
        this.addHand(pointer);
        if (pointer.source.targetRayMode !== "tracked-pointer") continue;
        this.addRay(pointer);
        if (pointer.target) this.addRing(pointer, 0);
      }
    }
    for (let i = 0; i < this.meshes.length; i++) {
      const mesh = this.meshes[i]!;
      mesh.visible = mesh.count > 0;
      mesh.instanceMatrix.needsUpdate = true;
    }
    this.share.needsUpdate = true;
  }

  dispose(): void {
    for (const hand of this.hands) hand.removeFromParent();
    for (const mesh of this.meshes) {
      mesh.removeFromParent();
      mesh.geometry.dispose();
      mesh.material.dispose();
      mesh.dispose();
    }
  }

  private addRay({ space, target, at }: Pointer): void {
    const length = target ? Math.min(at.distance, RAY_LENGTH) : RAY_LENGTH;
    this.matrix.copy(space!.matrixWorld).scale(this.scale.set(1, 1, length));
    this.rays.setMatrixAt(this.rays.count++, this.matrix);
  }

  /** Where the ray meets something, facing the head; before whatever it lies on. */
  private addRing({ ray, target, at }: Pointer, share: number): void {
    const distance = target ? at.distance : IDLE_DISTANCE;
    this.point.set(
      ray.origin[0] + ray.direction[0] * distance,
      ray.origin[1] + ray.direction[1] * distance,
      ray.origin[2] + ray.direction[2] * distance,
    );
    this.scale.copy(this.rig.around.position);
    const far = this.scale.distanceTo(this.point);
    this.matrix.lookAt(this.scale, this.point, UP);
    this.turn.setFromRotationMatrix(this.matrix);
    const side = 2 * RING * far;
    this.matrix.compose(this.point, this.turn, this.scale.set(side, side, side));
    this.share.setX(this.rings.count, share);
    this.rings.setMatrixAt(this.rings.count++, this.matrix);
  }

  private addHand({ number, source, space }: Pointer): void {
    if (!source!.hand) {
      this.grips.setMatrixAt(this.grips.count++, space!.matrixWorld);
      return;
    }
    const { joints } = this.hands[number]!;
    for (const name in joints) {
      const joint = joints[name as XRHandJoint];
      if (!joint?.visible || this.joints.count >= 2 * JOINTS) continue;
      const radius = joint.jointRadius ?? 0.008;
      joint.updateWorldMatrix(true, false);
      this.matrix.copy(joint.matrixWorld).scale(this.scale.set(radius, radius, radius));
      this.joints.setMatrixAt(this.joints.count++, this.matrix);
    }
  }
}

const UP = new Vector3(0, 1, 0);

function instances(geometry: BufferGeometry, material: ShaderMaterial, count: number, order: number): InstancedMesh<BufferGeometry, ShaderMaterial> {
  const mesh = new InstancedMesh(geometry, material, count);
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  mesh.frustumCulled = false;
  mesh.renderOrder = order;
  mesh.count = 0;
  return mesh;
}
