/** The labels over the picture: of what is pointed at, and the names of the ways on; they never lie over one another. */

import { type LabelPlace, type LabelWish, layLabels } from "./label-layout";

export interface Anchor {
  x: number;
  top: number;
  bottom: number;
}

interface Label extends LabelWish {
  element: HTMLElement;
}

/** More ways than these are not named at once. */
const MOST = 6;

export class Labels {
  private readonly labels = new Map<HTMLElement, Label>();
  private readonly wanted: Label[] = [];
  private readonly places: LabelPlace[] = [];
  private readonly sizes: ResizeObserver;

  /** `changed` is called when a label has another size than it was placed with. */
  constructor(changed: () => void) {
    this.sizes = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const label = this.labels.get(target as HTMLElement);
        if (label) [label.width, label.height] = [borderBoxSize[0]!.inlineSize, borderBoxSize[0]!.blockSize];
      }
      changed();
    });
  }

  /** These are the labels from here on. */
  set(elements: readonly HTMLElement[]): void {
    for (const [element, { element: known }] of this.labels) {
      if (elements.includes(element)) continue;
      this.sizes.unobserve(known);
      this.labels.delete(element);
    }
    for (const element of elements) {
      if (this.labels.has(element)) continue;
      this.labels.set(element, { element, x: 0, top: 0, bottom: 0, width: 0, height: 0, scale: 0 });
      this.sizes.observe(element);
    }
  }

  /** Begins to say which labels are wanted, from the most important on. */
  begin(): void {
    this.wanted.length = 0;
  }

  want(element: HTMLElement | null, anchor: Readonly<Anchor> | undefined, scale = 1): void {
    const label = element && this.labels.get(element);
    if (!label || !anchor || scale === 0 || this.wanted.length >= MOST || this.wanted.includes(label)) return;
    label.x = anchor.x;
    label.top = anchor.top;
    label.bottom = anchor.bottom;
    label.scale = scale;
    this.wanted.push(label);
  }

  /** Places those wanted in a picture of this size in CSS pixels, and hides the others. */
  end(across: number, down: number): void {
    const { wanted, places } = this;
    while (places.length < wanted.length) places.push({ left: 0, top: 0, scale: 1, shown: false });
    layLabels(wanted, across, down, places);
    for (const label of this.labels.values()) {
      const place = places[wanted.indexOf(label)];
      label.element.classList.toggle("shown", place?.shown ?? false);
      if (!place?.shown) continue;
      const { left, top, scale } = place;
      label.element.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px) scale(${scale.toFixed(3)})`;
    }
  }
}
