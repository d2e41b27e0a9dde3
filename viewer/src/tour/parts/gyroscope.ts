/**
 * The picture follows the phone as one turns it. Dragging still turns the view, and stays as an offset.
 *
 * Some browsers ask the visitor first, and only in answer to a press; others send what the sensors say to whoever listens. The button is
 * there where one of the two is so: a desk's browser knows the words and has no sensors.
 */

import { nothing } from "lit";
import { type TextKey, say } from "../../i18n/catalog";
import { clamp, wrap } from "../../panorama/view";
import { icons } from "../../ui/icons";
import { roundButton } from "../controls";
import { type DeviceView, deviceView } from "../device-view";
import type { Command, Rendered, TourHost, TourPart } from "../part";
import type { Visit } from "../visit";

interface Asking {
  requestPermission?(): Promise<"granted" | "denied">;
}

const PATIENCE = 2000;
/** Shares of what is left after a second: of the way to where the phone points, and of a pitch that is not the phone's. */
const LAG = 1e-9;
const LEVELLING = 0.01;

export class Gyroscope implements TourPart {
  readonly regions = { controls: () => this.button() };
  private offered = false;
  private on = false;
  private phone: DeviceView | undefined;
  /** What the view is beyond where the phone points. */
  private offset: DeviceView | undefined;
  /** The part of the offset that goes by itself: pitch from before. */
  private levelling = 0;
  /** The view as it was last set here. */
  private set: DeviceView | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: TourHost) {}

  get commands(): readonly Command[] {
    return this.offered ? [{ key: "g", label: "gyroscope", run: () => void this.toggle() }] : [];
  }

  private get asking(): Asking | undefined {
    const held = navigator.maxTouchPoints > 0 && isSecureContext;
    return held && "DeviceOrientationEvent" in window ? (DeviceOrientationEvent as unknown as Asking) : undefined;
  }

  raised({ signal }: Visit): void {
    signal.addEventListener("abort", () => this.stop());
    const { asking } = this;
    if (asking?.requestPermission) this.offer();
    else if (asking) addEventListener("deviceorientation", this.onFirst, { signal });
  }

  entered(): void {
    // A new scene may begin with a view of its own; the phone's pitch holds all the same.
    if (this.offset) {
      this.levelling += this.offset.pitch;
      this.offset.pitch = 0;
    }
  }

  frame(seconds: number, { stage, controller }: Visit): boolean {
    const { phone } = this;
    if (!this.on || !phone || stage.presenting) return false;
    const { view } = stage;
    this.offset ??= this.begin(phone, view);
    const { offset, set } = this;
    if (set) {
      // Whatever else has turned the view meanwhile, a finger or the way into another scene, stays.
      offset.yaw += wrap(view.yaw - set.yaw);
      offset.pitch += view.pitch - set.pitch;
    }
    this.levelling *= LEVELLING ** seconds;
    const share = 1 - LAG ** seconds;
    const yaw = wrap(phone.yaw + offset.yaw - view.yaw);
    const pitch = clamp(phone.pitch + offset.pitch + this.levelling, -90, 90) - view.pitch;
    view.yaw = wrap(view.yaw + yaw * share);
    view.pitch += pitch * share;
    this.set = { yaw: view.yaw, pitch: view.pitch };
    return !controller.moving && Math.hypot(yaw, pitch) > 0.01;
  }

  private begin(phone: DeviceView, view: DeviceView): DeviceView {
    this.levelling = view.pitch - phone.pitch;
    return { yaw: wrap(view.yaw - phone.yaw), pitch: 0 };
  }

  private readonly onFirst = ({ alpha }: DeviceOrientationEvent): void => {
    if (alpha === null) return;
    removeEventListener("deviceorientation", this.onFirst);
    this.offer();
  };

  private offer(): void {
    this.offered = true;
    this.host.requestUpdate();
  }

  private async toggle(): Promise<void> {
    if (this.on) {
      this.stop();
      return;
    }
    // Asked for at once: a browser takes it only as the answer to a press.
    const answer = await this.asking?.requestPermission?.().catch(() => "denied" as const);
    if (answer === "denied") {
      this.say("gyroscopeRefused");
      return;
    }
    if (!this.host.visit) return;
    this.on = true;
    addEventListener("deviceorientation", this.onTurn);
    this.silence = setTimeout(() => {
      this.stop();
      this.say("gyroscopeSilent");
    }, PATIENCE);
    this.host.tell((part) => part.taken?.());
    this.host.requestUpdate();
    this.host.announce(say(this.host.language, "gyroscopeOn"));
  }

  private stop(): void {
    clearTimeout(this.silence);
    removeEventListener("deviceorientation", this.onTurn);
    this.on = false;
    this.phone = this.offset = this.set = undefined;
    this.levelling = 0;
    this.host.requestUpdate();
  }

  private readonly onTurn = ({ alpha, beta, gamma }: DeviceOrientationEvent): void => {
    if (alpha === null || beta === null || gamma === null) return;
    clearTimeout(this.silence);
    this.phone = deviceView(alpha, beta, gamma, screen.orientation?.angle ?? 0);
    this.host.visit?.stage.invalidate();
  };

  /** Says it to those who look, too. */
  private say(text: TextKey): void {
    this.host.tell((part) => part.notice?.(say(this.host.language, text)));
  }

  private button(): Rendered {
    if (!this.offered) return nothing;
    return roundButton(this.host.language, {
      text: this.on ? "gyroscopeStop" : "gyroscope",
      icon: icons.gyroscope,
      act: () => void this.toggle(),
      pressed: this.on,
      // What moves the picture by itself can be stopped without looking for the button.
      name: this.on ? "gyroscope-button" : "gyroscope-button extra",
    });
  }
}
