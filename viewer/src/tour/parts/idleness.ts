/** Controls and names step back while nobody does anything, and come again; for somebody new they stay until she has touched something. */

import type { TourHost, TourPart } from "../part";

const IDLE_AFTER = 3500;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "focusin", "wheel"];

export class Idleness implements TourPart {
  private begun = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: TourHost) {}

  get idle(): boolean {
    return this.host.classList.contains("idle");
  }

  hostConnected(): void {
    for (const type of SIGNS_OF_LIFE) this.host.addEventListener(type, this.wake, { passive: true });
    this.wake();
  }

  hostDisconnected(): void {
    for (const type of SIGNS_OF_LIFE) this.host.removeEventListener(type, this.wake);
    clearTimeout(this.timer);
  }

  private readonly wake = (event?: Event): void => {
    if (event && event.type !== "pointermove") this.begun = true;
    if (this.idle) this.rest(false);
    clearTimeout(this.timer);
    if (this.begun) this.timer = setTimeout(() => this.rest(true), IDLE_AFTER);
  };

  private rest(idle: boolean): void {
    this.host.classList.toggle("idle", idle);
    this.host.tell((part) => part.rested?.(idle));
  }
}
