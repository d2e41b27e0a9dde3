/** Dragging by pointer, and the steps of arrow keys. */

const TAP = 5;

export interface Dragging {
  /** The pointer has moved, as a part of the `gesture`. */
  moved(event: PointerEvent, gesture: string): void;
  /** It has moved for the first time. */
  began?(): void;
  /** It was let go after it had moved. */
  ended?(event: PointerEvent): void;
  /** It was let go where it was pressed. */
  clicked?(event: PointerEvent): void;
  /** It was let go, moved or not. */
  over?(): void;
}

let gestures = 0;

export class Drag {
  /** Follows a pointer that was pressed, until it is let go. */
  begin(down: PointerEvent, { moved, began, ended, clicked, over }: Dragging): void {
    const held = down.currentTarget as HTMLElement;
    held.setPointerCapture(down.pointerId);
    const gesture = `drag ${++gestures}`;
    const stop = new AbortController();
    let dragged = false;
    const mine = (act: (event: PointerEvent) => void) => (event: PointerEvent): void => {
      if (event.pointerId === down.pointerId) act(event);
    };
    const move = mine((event) => {
      if (!dragged && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < TAP) return;
      if (!dragged) began?.();
      dragged = true;
      moved(event, gesture);
    });
    const end = mine((event) => {
      stop.abort();
      over?.();
      if (dragged) ended?.(event);
      else if (event.type === "pointerup") clicked?.(event);
    });
    held.addEventListener("pointermove", move, { signal: stop.signal });
    held.addEventListener("pointerup", end, { signal: stop.signal });
    held.addEventListener("pointercancel", end, { signal: stop.signal });
  }
}

/** How far, across and up, an arrow key moves what has the focus; undefined for other keys. */
export function stepOf(event: KeyboardEvent, short: number, long: number): [across: number, up: number] | undefined {
  const step = event.shiftKey ? long : short;
  const steps: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
  return event.ctrlKey || event.metaKey || event.altKey ? undefined : steps[event.key];
}

/** A held key is one gesture. */
export function gestureOf(event: KeyboardEvent, what: string): string {
  if (!event.repeat) gestures++;
  return `keys ${what} ${gestures}`;
}
