/** Tells a tap from a drag. */

const TAP = { pixels: 6, milliseconds: 600 };

export class Taps {
  private pressed: PointerEvent | undefined;

  press(event: PointerEvent): void {
    this.pressed = event;
  }

  /** Whether the press that ends here was a tap. */
  release(event: PointerEvent): boolean {
    const { pressed } = this;
    this.pressed = undefined;
    if (!pressed) return false;
    const moved = Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY);
    return moved <= TAP.pixels && event.timeStamp - pressed.timeStamp <= TAP.milliseconds;
  }
}
