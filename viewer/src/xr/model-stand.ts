/** A thing in the round: it stands before the visitor, who walks around it, takes it in the hand and turns it. */

import { Box3, DirectionalLight, Group, HemisphereLight, Matrix4, Mesh, PlaneGeometry, type Scene, ShaderMaterial, Vector3, type WebGLRenderer } from "three";
import { discard, loadGlb } from "../model/glb";
import { levelFor } from "../model/level";
import { ORDER } from "./order";
import type { Pointers } from "./pointers";
import { type Meeting, type Ray, meetBall } from "./ray";
import type { Rig } from "./rig";
import type { Target } from "./target";

/** Metres: how large a thing may stand there in its own size, and how large or small it is shown otherwise. */
const LARGEST = 1;
const SMALLEST = 0.12;
const SHOWN = 0.6;
/** Metres from the head, and how far below the eyes its middle is. */
const FAR = 0.95;
const BELOW = 0.28;
/** Between the hand and what it holds. */
const IN_HAND = 0.1;
/** Share of the way to the hand that is left after a second. */
const PULL = 0.002;

export class ModelStand implements Target {
  failed = false;
  private readonly group = new Group();
  private readonly lights = new Group();
  private readonly shade: Mesh<PlaneGeometry, ShaderMaterial>;
  private model: Group | undefined;
  private abort = new AbortController();
  private radius = 0;
  /** By how much of its own size it is shown. */
  private scale = 1;
  private held: { pointer: number; turn: Matrix4; distance: number } | undefined;
  private readonly middle = new Vector3();
  private readonly matrix = new Matrix4();
  private readonly ball: [number, number, number] = [0, 0, 0];
  private address = "";

  constructor(
    scene: Scene,
    private readonly renderer: WebGLRenderer,
    private readonly rig: Rig,
    private readonly pointers: () => Pointers,
    private readonly changed: () => void,
  ) {
    this.shade = new Mesh(new PlaneGeometry(1, 1), shadeMaterial());
    this.shade.rotation.x = -Math.PI / 2;
    this.shade.renderOrder = ORDER.outlines;
    const key = new DirectionalLight(0xfff1dc, 1.7);
    key.position.set(1.2, 2.4, 1.6);
    const rear = new DirectionalLight(0xdfe8ff, 0.8);
    rear.position.set(-1.5, 1.2, -1.8);
    this.lights.add(new HemisphereLight(0xfff6ea, 0x57493c, 1.3), key, rear);
    this.group.visible = this.shade.visible = this.lights.visible = false;
    scene.add(this.group, this.shade, this.lights);
  }

  get present(): boolean {
    return this.group.visible;
  }

  /** Whether it is shown as large as it really is. */
  get real(): boolean {
    return Math.abs(this.scale - 1) < 0.005;
  }

  /** Brings a model to stand at a yaw, in radians, before the eyes. */
  open(address: string, yaw: number): void {
    this.close();
    this.address = address;
    this.failed = false;
    this.abort = new AbortController();
    void this.load(address, yaw, this.abort.signal);
  }

  retry(yaw: number): void {
    this.open(this.address, yaw);
  }

  close(): void {
    this.abort.abort();
    this.held = undefined;
    this.group.visible = this.shade.visible = this.lights.visible = false;
    if (this.model) discard(this.model);
    this.model = undefined;
    this.group.clear();
  }

  /** Larger or smaller by a factor; by nothing, as large as it is. */
  resize(factor: number | undefined): void {
    if (!this.present) return;
    const least = SMALLEST / 2 / Math.max(this.radius, 1e-6);
    this.scale = factor === undefined ? 1 : Math.min(Math.max(this.scale * factor, least), (2 * LARGEST) / Math.max(this.radius, 1e-6));
    this.group.scale.setScalar(this.scale);
    this.changed();
  }

  turn(degrees: number): void {
    this.group.rotateY((degrees * Math.PI) / 180);
  }

  /** One frame. */
  tick(seconds: number): void {
    const { held, group } = this;
    if (!this.present) return;
    if (held) {
      const { space } = this.pointers().all[held.pointer]!;
      const goal = IN_HAND + this.radius * this.scale;
      held.distance = goal + (held.distance - goal) * PULL ** seconds;
      // Turned as the hand turns, its middle before the hand.
      this.matrix.multiplyMatrices(space!.matrixWorld, held.turn);
      group.quaternion.setFromRotationMatrix(this.matrix);
      group.position.set(0, 0, -held.distance).applyMatrix4(space!.matrixWorld);
    }
    this.shade.visible = !held;
  }

  meet(ray: Readonly<Ray>, out: Meeting): boolean {
    this.group.position.toArray(this.ball);
    const distance = meetBall(ray, this.ball, this.radius * this.scale);
    if (distance === undefined) return false;
    out.distance = distance;
    out.item = -1;
    return true;
  }

  point(): void {
    // It is what it is, pointed at or not.
  }

  press(): void {
    // Only hands take it.
  }

  dwells(): boolean {
    return false;
  }

  take(at: Readonly<Meeting>, pointer: number): boolean {
    const { space } = this.pointers().all[pointer]!;
    if (!space) return false;
    const turn = new Matrix4().extractRotation(space.matrixWorld).invert().multiply(this.matrix.makeRotationFromQuaternion(this.group.quaternion));
    this.held = { pointer, turn, distance: at.distance + this.radius * this.scale };
    return true;
  }

  drop(pointer: number): void {
    if (this.held?.pointer === pointer) this.held = undefined;
  }

  push(amount: number, seconds: number): boolean {
    this.resize(2.2 ** (amount * seconds));
    return true;
  }

  dispose(): void {
    this.close();
    for (const thing of [this.group, this.shade, this.lights]) thing.removeFromParent();
    this.shade.geometry.dispose();
    this.shade.material.dispose();
  }

  private async load(address: string, yaw: number, signal: AbortSignal): Promise<void> {
    let model: Group;
    try {
      model = await loadLight(address, signal, this.renderer);
    } catch {
      if (signal.aborted) return;
      this.failed = true;
      this.changed();
      return;
    }
    this.stand(model, yaw);
    this.changed();
  }

  /** Its middle is the group's origin, so that it turns about it. */
  private stand(model: Group, yaw: number): void {
    const box = new Box3().setFromObject(model);
    const size = box.getSize(new Vector3());
    box.getCenter(this.middle);
    model.position.sub(this.middle);
    this.radius = Math.max(size.length() / 2, 1e-4);
    const largest = Math.max(size.x, size.y, size.z, 1e-6);
    this.scale = largest > LARGEST || largest < SMALLEST ? SHOWN / largest : 1;
    this.model = model;
    const eyes = this.rig.around.position;
    const { group, shade } = this;
    model.traverse((thing) => (thing.renderOrder = ORDER.things));
    group.add(model);
    group.scale.setScalar(this.scale);
    group.rotation.set(0, -yaw, 0);
    group.position.set(eyes.x + Math.sin(yaw) * FAR, eyes.y - BELOW, eyes.z - Math.cos(yaw) * FAR);
    shade.position.copy(group.position).y -= (size.y / 2) * this.scale + 0.005;
    shade.scale.setScalar(Math.max(size.x, size.z) * this.scale * 1.9);
    this.lights.position.set(0, 0, 0);
    this.lights.rotation.y = -yaw;
    group.visible = this.shade.visible = this.lights.visible = true;
    group.updateMatrixWorld();
  }
}

/** The level made for headsets, whose textures stay packed; without them the light one. */
async function loadLight(address: string, signal: AbortSignal, renderer: WebGLRenderer): Promise<Group> {
  try {
    return await loadGlb(levelFor(address, "headset"), signal, renderer);
  } catch (error) {
    const light = levelFor(address, "phone");
    if (signal.aborted || light === address) throw error;
    return loadGlb(light, signal);
  }
}

/** A soft shade beneath, so that it stands. */
function shadeMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: `varying vec2 place; void main() { place = position.xy * 2.0; gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`,
    fragmentShader: `varying vec2 place; void main() { gl_FragColor = vec4(0.03, 0.025, 0.02, 0.62 * pow(max(1.0 - length(place), 0.0), 1.3)); }`,
    transparent: true,
    depthWrite: false,
  });
}
