/** A promise that can be taken back: whoever asks while the gate is closed waits until it opens. */

export class Gate {
  passed: Promise<void>;
  private isOpen = false;
  private pass: () => void = () => undefined;

  constructor() {
    this.passed = this.renewed();
  }

  open(): void {
    this.isOpen = true;
    this.pass();
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.passed = this.renewed();
  }

  private renewed(): Promise<void> {
    return new Promise((resolve) => (this.pass = resolve));
  }
}
