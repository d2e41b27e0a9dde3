/** Dragging, pinching and the wheel upon one pane. */

const TURN = Math.PI / 300;
const WHEEL = 1 / 600;

export class Hands {
  private readonly down = new Map<number, PointerEvent>();

  /** `turn` by radians to the right and downwards, `zoom` by a factor. */
  constructor(
    private readonly turn: (right: number, down: number) => void,
    private readonly zoom: (factor: number) => void,
  ) {}

  readonly press = (event: PointerEvent): void => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, event);
  };

  readonly move = (event: PointerEvent): void => {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const apart = this.apart();
    this.down.set(event.pointerId, event);
    if (this.down.size === 1) this.turn((before.clientX - event.clientX) * TURN, (before.clientY - event.clientY) * TURN);
    else if (apart > 0) this.zoom(this.apart() / apart);
  };

  readonly release = (event: PointerEvent): void => void this.down.delete(event.pointerId);

  readonly wheel = {
    handleEvent: (event: WheelEvent): void => {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY * WHEEL));
    },
    passive: false,
  };

  /** Pixels between the first two fingers. */
  private apart(): number {
    const [one, other] = [...this.down.values()];
    return one && other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0;
  }
}
