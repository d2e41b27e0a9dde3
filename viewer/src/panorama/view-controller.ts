/**
 * Turning and zooming by pointer, wheel, pinch and keys, with inertia; and moving to a view by itself.
 *
 * It changes `view` in place and calls `changed`; the stage's frame calls `tick`, which returns whether something still moves.
 */

import { type View, clamp, focalLength, wrap, zoomAbout } from "./view";

export interface ControllerOptions {
  /** Element whose pointers and keys turn the view. */
  element: HTMLElement;
  view: View;
  changed(): void;
  /** The visitor took hold of the view. */
  taken(): void;
  reducedMotion(): boolean;
}

interface Flight {
  from: View;
  to: View;
  seconds: number;
  elapsed: number;
  done: () => void;
}

/** A key that turns: for how many seconds it has, and whether it was let go. */
interface HeldKey {
  turned: number;
  released: boolean;
}

const DEGREE = Math.PI / 180;
/** Share of the speed that is left after one second of gliding. */
const GLIDE = 0.02;
const KEY_SPEED = 70;
const KEY_ZOOM = 1.8;
/** For how long a tap of a key turns at least. */
const TAP_SECONDS = 0.05;
const MOST_FOV = 110;

export class ViewController {
  /** The narrowest field of view: set from the resolution of the panorama. */
  leastFov = 15;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private readonly keys = new Map<string, HeldKey>();
  private readonly speed = { yaw: 0, pitch: 0 };
  private zoomGoal: { fov: number; x: number; y: number } | undefined;
  private pinch: { distance: number; fov: number } | undefined;
  private flight: Flight | undefined;
  private lastMove = 0;
  private readonly abort = new AbortController();

  constructor(private readonly options: ControllerOptions) {
    const { element } = options;
    const { signal } = this.abort;
    element.addEventListener("pointerdown", (event) => this.onDown(event), { signal });
    element.addEventListener("pointermove", (event) => this.onMove(event), { signal });
    for (const type of ["pointerup", "pointercancel"] as const) element.addEventListener(type, (event) => this.onUp(event), { signal });
    element.addEventListener("wheel", (event) => this.onWheel(event), { signal, passive: false });
    element.addEventListener("keydown", (event) => this.onKey(event), { signal });
    element.addEventListener("keyup", (event) => this.onKeyUp(event.key), { signal });
    element.addEventListener("blur", () => this.keys.clear(), { signal });
  }

  dispose(): void {
    this.abort.abort();
  }

  get moving(): boolean {
    return this.pointers.size > 0 || this.gliding || this.keys.size > 0 || this.flight !== undefined || this.zoomGoal !== undefined;
  }

  /** Moves to a view; resolves when there, or when the visitor takes over. */
  flyTo(to: Partial<View>, seconds: number): Promise<void> {
    this.stop();
    const { view } = this.options;
    const goal = { ...view, ...to };
    goal.yaw = view.yaw + wrap(goal.yaw - view.yaw);
    if (seconds <= 0) {
      Object.assign(view, goal);
      this.options.changed();
      return Promise.resolve();
    }
    return new Promise((done) => {
      this.flight = { from: { ...view }, to: goal, seconds, elapsed: 0, done };
      this.options.changed();
    });
  }

  /** Zooms by a factor about the middle, smoothly. */
  zoomBy(factor: number): void {
    const { width, height } = this.options.element.getBoundingClientRect();
    this.aimZoom(this.options.view.fov / factor, width / 2, height / 2);
  }

  stop(): void {
    this.speed.yaw = this.speed.pitch = 0;
    this.zoomGoal = undefined;
    const flight = this.flight;
    this.flight = undefined;
    flight?.done();
  }

  /** One frame. Returns whether another is needed. */
  tick(seconds: number): boolean {
    if (this.flight) this.fly(this.flight, seconds);
    if (this.keys.size > 0) this.turnByKeys(seconds);
    if (this.zoomGoal) this.approachZoom(this.zoomGoal, seconds);
    if (this.pointers.size === 0 && this.gliding) {
      this.turn(this.speed.yaw * seconds, this.speed.pitch * seconds);
      const rest = GLIDE ** seconds;
      this.speed.yaw *= rest;
      this.speed.pitch *= rest;
    }
    // A finger that rests on the picture needs no frames.
    return this.keys.size > 0 || this.flight !== undefined || this.zoomGoal !== undefined || (this.pointers.size === 0 && this.gliding);
  }

  private get gliding(): boolean {
    return Math.hypot(this.speed.yaw, this.speed.pitch) > 0.5;
  }

  private turn(yaw: number, pitch: number): void {
    const { view } = this.options;
    view.yaw = wrap(view.yaw + yaw);
    view.pitch = clamp(view.pitch + pitch, -90, 90);
    this.options.changed();
  }

  private fly(flight: Flight, seconds: number): void {
    flight.elapsed += seconds;
    const part = Math.min(flight.elapsed / flight.seconds, 1);
    const eased = part * part * (3 - 2 * part);
    const { view } = this.options;
    view.yaw = wrap(flight.from.yaw + (flight.to.yaw - flight.from.yaw) * eased);
    view.pitch = flight.from.pitch + (flight.to.pitch - flight.from.pitch) * eased;
    view.fov = flight.from.fov + (flight.to.fov - flight.from.fov) * eased;
    if (part === 1) {
      // The last step lands on the goal itself, not near it.
      Object.assign(view, { ...flight.to, yaw: wrap(flight.to.yaw) });
      this.flight = undefined;
      flight.done();
    }
    this.options.changed();
  }

  private take(): void {
    this.stop();
    this.options.taken();
  }

  private onDown(event: PointerEvent): void {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    this.hold(event);
  }

  /** Turns the view by this pointer from here on, wherever it was pressed. */
  hold(event: PointerEvent): void {
    this.options.element.setPointerCapture(event.pointerId);
    this.take();
    this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    this.pinch = undefined;
    this.lastMove = event.timeStamp;
  }

  private onMove(event: PointerEvent): void {
    const pointer = this.pointers.get(event.pointerId);
    if (!pointer) return;
    const [dx, dy] = [event.clientX - pointer.x, event.clientY - pointer.y];
    pointer.x = event.clientX;
    pointer.y = event.clientY;
    if (this.pointers.size === 2) this.onPinch();
    const share = 1 / this.pointers.size;
    const { view, element } = this.options;
    const perPixel = 1 / focalLength(view.fov, element.clientHeight) / DEGREE;
    // Near the poles a pixel across spans more yaw; more than four times as much would make the view spin.
    const yaw = ((-dx * perPixel) / Math.max(Math.cos(view.pitch * DEGREE), 0.25)) * share;
    const pitch = dy * perPixel * share;
    this.turn(yaw, pitch);
    const seconds = Math.max((event.timeStamp - this.lastMove) / 1000, 0.004);
    this.lastMove = event.timeStamp;
    const blend = Math.min(seconds / 0.05, 1);
    this.speed.yaw += (yaw / seconds - this.speed.yaw) * blend;
    this.speed.pitch += (pitch / seconds - this.speed.pitch) * blend;
  }

  private onPinch(): void {
    const [a, b] = [...this.pointers.values()] as [{ x: number; y: number }, { x: number; y: number }];
    const distance = Math.max(Math.hypot(a.x - b.x, a.y - b.y), 10);
    this.pinch ??= { distance, fov: this.options.view.fov };
    const box = this.options.element.getBoundingClientRect();
    this.zoomTo((this.pinch.fov * this.pinch.distance) / distance, (a.x + b.x) / 2 - box.left, (a.y + b.y) / 2 - box.top);
  }

  private onUp(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    this.pinch = undefined;
    const rested = event.timeStamp - this.lastMove > 80;
    if (rested || this.options.reducedMotion()) this.speed.yaw = this.speed.pitch = 0;
    this.options.changed();
  }

  /** Zooms by a turn of the wheel. */
  onWheel(event: WheelEvent): void {
    event.preventDefault();
    this.options.taken();
    const box = this.options.element.getBoundingClientRect();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? box.height : 1);
    const from = this.zoomGoal?.fov ?? this.options.view.fov;
    this.aimZoom(from * Math.exp(clamp(pixels, -240, 240) * 0.0016), event.clientX - box.left, event.clientY - box.top);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this.options.element) return;
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "=", "-", "_"].includes(event.key)) return;
    event.preventDefault();
    if (!event.repeat) this.take();
    if (!event.repeat || !this.keys.has(event.key)) this.keys.set(event.key, { turned: 0, released: false });
    this.options.changed();
  }

  /** A tap that is over before the next frame still turns by a step that one sees. */
  private onKeyUp(key: string): void {
    const held = this.keys.get(key);
    if (held && held.turned < TAP_SECONDS) held.released = true;
    else this.keys.delete(key);
  }

  private turnByKeys(seconds: number): void {
    const has = (key: string): number => (this.keys.has(key) ? 1 : 0);
    const speed = KEY_SPEED * (this.options.view.fov / 75) * seconds;
    this.turn((has("ArrowRight") - has("ArrowLeft")) * speed, (has("ArrowUp") - has("ArrowDown")) * speed);
    const zoom = has("+") + has("=") - has("-") - has("_");
    const { clientWidth, clientHeight } = this.options.element;
    if (zoom !== 0) this.zoomTo(this.options.view.fov * KEY_ZOOM ** (-zoom * seconds), clientWidth / 2, clientHeight / 2);
    for (const [key, held] of this.keys) {
      held.turned += seconds;
      if (held.released && held.turned >= TAP_SECONDS) this.keys.delete(key);
    }
  }

  private aimZoom(fov: number, x: number, y: number): void {
    const goal = clamp(fov, this.leastFov, MOST_FOV);
    if (this.options.reducedMotion()) this.zoomTo(goal, x, y);
    else this.zoomGoal = { fov: goal, x, y };
    this.options.changed();
  }

  private approachZoom(goal: { fov: number; x: number; y: number }, seconds: number): void {
    const rest = 0.0005 ** seconds;
    const { fov } = this.options.view;
    const near = Math.abs(goal.fov - fov) < 0.02;
    if (near) this.zoomGoal = undefined;
    this.zoomTo(near ? goal.fov : goal.fov + (fov - goal.fov) * rest, goal.x, goal.y);
  }

  private zoomTo(fov: number, x: number, y: number): void {
    const { view, element } = this.options;
    const goal = clamp(fov, this.leastFov, MOST_FOV);
    Object.assign(view, zoomAbout(view, goal, x, y, element.clientWidth, element.clientHeight));
    this.options.changed();
  }
}
