/** The sound of a player put into the room: it comes from one direction, and stays there while the head turns. */

import { type Vector, directionOf } from "../panorama/faces";
import { type View, axesOf, createAxes } from "../panorama/view";

export class RoomSound {
  private context: AudioContext | undefined;
  private panner: PannerNode | undefined;
  private readonly axes = createAxes();
  private readonly direction: Vector = [0, 0, -1];

  constructor(private readonly player: HTMLMediaElement) {
    player.crossOrigin = "anonymous";
  }

  /** Where in the scene it comes from. */
  comeFrom(yaw: number, pitch: number): void {
    directionOf(yaw, pitch, this.direction);
  }

  /** Sounds from there, heard in a view. Only when it is played: browsers let nobody sound before a visitor has pressed something. */
  sound(view: View | undefined): void {
    if (!this.context) {
      this.context = new AudioContext();
      this.panner = new PannerNode(this.context, { panningModel: "HRTF", distanceModel: "linear", rolloffFactor: 0 });
      this.context.createMediaElementSource(this.player).connect(this.panner).connect(this.context.destination);
    }
    void this.context.resume();
    if (view) this.aim(view);
  }

  /** The ears stay, and the sound goes round them: to the right of the view is x, up y, behind z. */
  aim(view: View): void {
    if (!this.panner || !this.context) return;
    const { right, up, forward } = axesOf(view.yaw, view.pitch, this.axes);
    const at = this.context.currentTime;
    this.panner.positionX.setTargetAtTime(dot(this.direction, right), at, 0.03);
    this.panner.positionY.setTargetAtTime(dot(this.direction, up), at, 0.03);
    this.panner.positionZ.setTargetAtTime(-dot(this.direction, forward), at, 0.03);
  }

  /** Nothing is to be heard for now. */
  rest(): void {
    void this.context?.suspend();
  }

  /** Nothing of this player will be heard any more: browsers take a player into one context only. */
  close(): void {
    void this.context?.close();
    this.context = this.panner = undefined;
  }
}

function dot(a: Readonly<Vector>, b: Readonly<Vector>): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
