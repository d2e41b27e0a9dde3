/** How one points and where the way out is, over the first view for a while. Nobody can press it, and it is in nobody's way. */

import { Board } from "./board";
import { faceHead } from "./facing";
import type { Pen } from "./pen";
import type { Rig } from "./rig";

/** Degrees above the horizon, metres from the head, seconds. */
const PITCH = 19;
const FAR = 1.7;
const LASTS = 10;
const SIZE = 38;

export class Hint extends Board {
  private left = LASTS;
  private placed = false;

  constructor(private readonly words: () => string) {
    super(1024, 232, 0.92);
  }

  /** One frame. */
  tick({ around, gaze }: Rig, seconds: number): void {
    this.left -= seconds;
    this.mesh.visible = this.left > 0;
    this.mesh.material.uniforms["opacity"]!.value = Math.min(Math.max(this.left, 0), 1);
    if (this.placed) return;
    this.placed = true;
    const yaw = Math.atan2(gaze[0], -gaze[2]);
    const flat = FAR * Math.cos((PITCH * Math.PI) / 180);
    const { x, y, z } = around.position;
    this.mesh.position.set(x + Math.sin(yaw) * flat, y + FAR * Math.sin((PITCH * Math.PI) / 180), z - Math.cos(yaw) * flat);
    faceHead(this.mesh, around.position);
  }

  protected draw(pen: Pen): void {
    pen.ground(40);
    const width = pen.width - 120;
    const words = this.words();
    const lines = pen.lines(words, width, SIZE).length;
    pen.text(words, 60, (pen.height - lines * SIZE * 1.6) / 2, width, SIZE, 3);
  }
}
