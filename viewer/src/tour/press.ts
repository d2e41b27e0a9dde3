/** Tells a press from a drag. */

/** Pixels that a pointer may move in a press without making it a drag. */
const MOVES = 6;

export class Press {
  private from: { x: number; y: number } | undefined;

  /** Returns whether a press begins: of the first finger, or the mouse's own button. */
  begin(event: PointerEvent): boolean {
    this.from = event.isPrimary && event.button === 0 ? { x: event.clientX, y: event.clientY } : undefined;
    return this.from !== undefined;
  }

  /** Whether this movement makes a drag of what began as a press; true once. */
  becomesDrag(event: PointerEvent): boolean {
    if (!this.from || this.near(event)) return false;
    this.from = undefined;
    return true;
  }

  /** Ends it; returns whether it stayed a press. */
  end(event: PointerEvent): boolean {
    const pressed = this.from !== undefined && this.near(event);
    this.from = undefined;
    return pressed;
  }

  private near(event: PointerEvent): boolean {
    return Math.hypot(event.clientX - this.from!.x, event.clientY - this.from!.y) <= MOVES;
  }
}
