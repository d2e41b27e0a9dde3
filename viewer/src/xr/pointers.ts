/**
 * What the visitor points with: controllers, hands, or else the head itself. Whoever has only the head looks at a thing for a while.
 *
 * Each frame finds what every pointer lies on; pressing, dragging and the sticks go to that.
 */

import { type Group, type Object3D, Vector3, type XRTargetRaySpace } from "three";
import type { Stage } from "../panorama/stage";
import { Dwell } from "./dwell";
import { PointerLooks } from "./pointer-looks";
import { type Meeting, type Ray, createMeeting, createRay } from "./ray";
import type { Rig } from "./rig";
import { HEAD, type Target } from "./target";

/** A stick counts as pushed beyond the one, and as let go below the other. */
const PUSHED = 0.7;
const LET_GO = 0.35;

export interface PointerEvents {
  /** A stick is pushed to the right (1) or left (-1). */
  turn(direction: 1 | -1): void;
  /** A stick is pushed forward, at nothing that it means something to. */
  forward(): void;
  /** The upper button: away with what is open. */
  back(): void;
}

export interface Pointer {
  readonly number: number;
  readonly space: XRTargetRaySpace | undefined;
  readonly grip: Object3D | undefined;
  readonly ray: Ray;
  readonly at: Meeting;
  source: XRInputSource | undefined;
  target: Target | undefined;
  /** What was pressed and is not let go yet. */
  held: { target: Target; item: number; dragged: boolean } | undefined;
  stick: { x: boolean; y: boolean; back: boolean };
}

export class Pointers {
  readonly all: readonly Pointer[];
  readonly looks: PointerLooks;
  private readonly targets: Target[] = [];
  private readonly dwell = new Dwell();
  private readonly met = createMeeting();
  private readonly from = new Vector3();
  private readonly to = new Vector3();

  constructor(
    stage: Stage,
    private readonly rig: Rig,
    private readonly events: PointerEvents,
  ) {
    const { xr } = stage.renderer;
    const pointer = (number: number, space?: XRTargetRaySpace, grip?: Group): Pointer => ({
      number,
      space,
      grip,
      ray: createRay(),
      at: createMeeting(),
      source: undefined,
      target: undefined,
      held: undefined,
      stick: { x: false, y: false, back: false },
    });
    const hands = Array.from({ length: HEAD }, (_, i) => pointer(i, xr.getController(i), xr.getControllerGrip(i)));
    this.all = [...hands, pointer(HEAD)];
    for (const hand of hands) this.listen(hand);
    this.looks = new PointerLooks(this.all, hands.map(({ number }) => xr.getHand(number)), rig);
  }

  /** Things nearer to the front of the list win where two are equally near. */
  add(...targets: Target[]): void {
    this.targets.push(...targets);
  }

  /** Whether anything but the head points. */
  get handed(): boolean {
    for (let i = 0; i < HEAD; i++) if (this.all[i]!.source?.targetRayMode === "tracked-pointer") return true;
    return false;
  }

  /** The pointer of a hand; undefined where there is none. */
  of(handedness: XRHandedness): Pointer | undefined {
    for (let i = 0; i < HEAD; i++) if (this.all[i]!.source?.handedness === handedness) return this.all[i];
    return undefined;
  }

  /** One frame. Here and in all that it calls nothing is allocated, so that no frame waits for memory to be cleared. */
  tick(seconds: number): void {
    const { handed, all, targets } = this;
    for (let i = 0; i < all.length; i++) {
      const pointer = all[i]!;
      const live = pointer.number === HEAD ? !handed : pointer.source !== undefined && pointer.space!.visible;
      this.aim(pointer, live);
      for (let j = 0; j < targets.length; j++) targets[j]!.point(i, pointer.target === targets[j] ? pointer.at : undefined);
      const { held } = pointer;
      if (held?.dragged) held.target.drag?.(pointer.ray, pointer.number);
      if (pointer.source?.gamepad) this.readSticks(pointer, pointer.source.gamepad, seconds);
    }
    this.stare(handed ? undefined : this.all[HEAD], seconds);
    this.looks.draw(handed, this.dwell.share);
  }

  /** Lets go of everything: the visitor's attention is elsewhere. */
  rest(): void {
    this.dwell.reset();
    for (const pointer of this.all) {
      if (pointer.held?.dragged) pointer.held.target.drop?.(pointer.number);
      pointer.held = undefined;
    }
  }

  dispose(): void {
    for (const { space, grip } of this.all) {
      space?.removeFromParent();
      grip?.removeFromParent();
    }
    this.looks.dispose();
  }

  private listen(pointer: Pointer): void {
    const space = pointer.space!;
    this.rig.room.add(space, pointer.grip!);
    space.addEventListener("connected", ({ data }) => (pointer.source = data));
    space.addEventListener("disconnected", () => {
      if (pointer.held?.dragged) pointer.held.target.drop?.(pointer.number);
      pointer.source = pointer.held = pointer.target = undefined;
      for (const target of this.targets) target.point(pointer.number, undefined);
    });
    space.addEventListener("selectstart", () => this.press(pointer));
    space.addEventListener("selectend", () => this.release(pointer));
    space.addEventListener("squeezestart", () => this.press(pointer));
    space.addEventListener("squeezeend", () => this.release(pointer));
  }

  /** Finds what the pointer lies on. */
  private aim(pointer: Pointer, live: boolean): void {
    const { ray, at, space } = pointer;
    pointer.target = undefined;
    at.distance = Number.POSITIVE_INFINITY;
    at.item = -1;
    if (!live) return;
    if (space) {
      space.updateWorldMatrix(true, false);
      const { elements } = space.matrixWorld;
      this.from.setFromMatrixPosition(space.matrixWorld).toArray(ray.origin);
      this.to.set(-elements[8], -elements[9], -elements[10]).normalize().toArray(ray.direction);
    } else {
      for (let i = 0; i < 3; i++) {
        ray.origin[i] = this.rig.head[i]!;
        ray.direction[i] = this.rig.gaze[i]!;
      }
    }
    for (let i = 0; i < this.targets.length; i++) {
      const target = this.targets[i]!;
      if (!target.present || !target.meet(ray, this.met) || this.met.distance >= at.distance) continue;
      pointer.target = target;
      at.distance = this.met.distance;
      at.u = this.met.u;
      at.v = this.met.v;
      at.item = this.met.item;
    }
  }

  private press(pointer: Pointer): void {
    if (pointer.held) return;
    // What points only while it presses has no frame before.
    this.aim(pointer, true);
    const { target, at } = pointer;
    if (!target) return;
    pointer.held = { target, item: at.item, dragged: target.take?.(at, pointer.number) ?? false };
  }

  private release(pointer: Pointer): void {
    const { held } = pointer;
    pointer.held = undefined;
    if (!held) return;
    if (held.dragged) held.target.drop?.(pointer.number);
    else if (pointer.target === held.target && pointer.at.item === held.item) held.target.press(pointer.at);
  }

  private stare(head: Pointer | undefined, seconds: number): void {
    if (!head) {
      this.dwell.reset();
      return;
    }
    const { target, at } = head;
    const thing = target && (target.dwells?.(at) ?? true) ? target : undefined;
    if (this.dwell.look(thing, at.item, seconds)) thing!.press(at);
  }

  /** The sticks and buttons of the mapping `xr-standard`: axes 2 and 3, buttons 4 and 5. */
  private readSticks(pointer: Pointer, { axes, buttons }: Gamepad, seconds: number): void {
    const { stick, target } = pointer;
    const x = axes[2] ?? 0;
    const y = -(axes[3] ?? 0);
    if (Math.abs(x) > PUSHED && Math.abs(x) > Math.abs(y)) {
      if (!stick.x) this.events.turn(x > 0 ? 1 : -1);
      stick.x = true;
    } else if (Math.abs(x) < LET_GO) {
      stick.x = false;
    }
    const meant = Math.abs(y) > 0.15 && target?.push?.(y, seconds) === true;
    if (y > PUSHED && !meant) {
      if (!stick.y) this.events.forward();
      stick.y = true;
    } else if (y < LET_GO) {
      stick.y = false;
    }
    const back = buttons[5]?.pressed === true || buttons[4]?.pressed === true;
    if (back && !stick.back) this.events.back();
    stick.back = back;
  }
}
