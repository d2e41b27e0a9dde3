import { describe, expect, it } from "vitest";
import { type ClipShape, contains } from "../../src/panorama/clip";
import type { PanoramaNode } from "../../src/panorama/panorama-node";
import { Transition } from "../../src/tour/transition";

class Node {
  opacity = 1;
  layer = 0;
  frozen = false;
  shape: ClipShape | undefined;
  at = [0, 0, 0];
  group = { position: { set: (...to: number[]) => (this.at = to) } };
  freeze(): void {
    this.frozen = true;
  }
  clip(shape: ClipShape | undefined): void {
    this.shape = shape;
  }
}

const as = (node: Node): PanoramaNode => node as unknown as PanoramaNode;
const OPENING = { x: 100, y: 300, width: 390, height: 844, ratio: 2 };

describe("Transition", () => {
  it("fades, and walks along the heading", () => {
    const [from, to] = [new Node(), new Node()];
    let ended = false;
    const transition = new Transition({ from: as(from), to: as(to), seconds: 1, heading: 90 }, () => (ended = true));
    expect([from.frozen, from.layer, to.layer, to.opacity]).toEqual([true, 0, 1, 0.35]);
    expect(transition.tick(0.5)).toBe(true);
    expect(to.opacity).toBeCloseTo(0.675);
    expect(from.at[0]!).toBeLessThan(0);
    expect(transition.tick(0.6)).toBe(false);
    expect([ended, to.opacity, to.layer]).toEqual([true, 1, 0]);
    expect(to.at.every((value) => Math.abs(value) < 1e-9)).toBe(true);
  });

  it("opens where the portal is, until it fills the picture", () => {
    const [from, to] = [new Node(), new Node()];
    const transition = new Transition({ from: as(from), to: as(to), seconds: 1, opening: OPENING }, () => undefined);
    expect(contains(to.shape!, OPENING.x + 1, OPENING.y)).toBe(false);
    transition.tick(0.4);
    expect(contains(to.shape!, OPENING.x, OPENING.y)).toBe(true);
    expect(contains(to.shape!, 389, 843)).toBe(false);
    transition.tick(0.599);
    expect(to.opacity).toBe(1);
    transition.tick(0.1);
    expect(to.shape).toBeUndefined();
  });

  it("has filled the picture just before it ends", () => {
    const [from, to] = [new Node(), new Node()];
    const transition = new Transition({ from: as(from), to: as(to), seconds: 1, opening: OPENING }, () => undefined);
    transition.tick(0.9999);
    const { radius } = to.shape as { radius: number };
    expect(radius / Math.hypot(390 - 100, 844 - 300)).toBeCloseTo(1, 3);
  });
});
