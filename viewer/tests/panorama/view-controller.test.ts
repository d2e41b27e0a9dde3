import { describe, expect, it } from "vitest";

import type { View } from "../../src/panorama/view";
import { ViewController } from "../../src/panorama/view-controller";

function make(): { element: EventTarget; view: View; controller: ViewController } {
  const element = Object.assign(new EventTarget(), {
    clientWidth: 800,
    clientHeight: 600,
    getBoundingClientRect: () => ({ left: 0, top: 0, width: 800, height: 600 }),
  });
  const view = { yaw: 0, pitch: 0, fov: 75 } as View;
  const controller = new ViewController({
    element: element as unknown as HTMLElement,
    view,
    changed: () => undefined,
    taken: () => undefined,
    reducedMotion: () => false,
  });
  return { element, view, controller };
}

function key(element: EventTarget, type: "keydown" | "keyup", name: string): void {
  element.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { key: name, repeat: false }));
}

describe("keys that turn the view", () => {
  it("turn while they are held, and no further", () => {
    const { element, view, controller } = make();
    key(element, "keydown", "ArrowRight");
    for (let frame = 0; frame < 60; frame += 1) expect(controller.tick(1 / 60)).toBe(true);
    expect(view.yaw).toBeCloseTo(70, 0);
    key(element, "keyup", "ArrowRight");
    expect(controller.tick(1 / 60)).toBe(false);
    expect(view.yaw).toBeCloseTo(70, 0);
  });

  it("turn by a step that one sees where a tap is over before the next frame", () => {
    const { element, view, controller } = make();
    key(element, "keydown", "ArrowUp");
    key(element, "keyup", "ArrowUp");
    let frames = 0;
    while (controller.tick(1 / 60)) frames += 1;
    expect(frames).toBeLessThan(10);
    expect(view.pitch).toBeGreaterThan(2);
    expect(view.pitch).toBeLessThan(10);
  });
});
