import { describe, expect, it } from "vitest";
import { type ClipShape, contains, writeClip } from "../../src/panorama/clip";

const [WIDTH, HEIGHT, RATIO] = [390, 844, 2];

/** What the shader finds at a point in CSS pixels. */
function drawn(shape: ClipShape | undefined, x: number, y: number): boolean {
  const clip = { x: 0, y: 0, z: 0, w: 0 };
  writeClip(shape, HEIGHT, RATIO, clip);
  const [px, py] = [x * RATIO, (HEIGHT - y) * RATIO];
  if (clip.w < 0.5) return true;
  return (clip.w < 1.5 ? clip.z - Math.hypot(px - clip.x, py - clip.y) : px * clip.x + py * clip.y - clip.z) >= 0;
}

describe("clip shapes", () => {
  const shapes: ClipShape[] = [
    { kind: "circle", x: 100, y: 200, radius: 90 },
    { kind: "side", x: 195, y: 400, normal: 0 },
    { kind: "side", x: 120, y: 300, normal: 180 },
    { kind: "side", x: 200, y: 600, normal: 33 },
    { kind: "side", x: 10, y: 20, normal: -130 },
  ];

  it("are on the GPU what they are on the page", () => {
    for (const shape of shapes) {
      for (let x = 3; x < WIDTH; x += 37) {
        for (let y = 5; y < HEIGHT; y += 41) expect(drawn(shape, x, y), `${JSON.stringify(shape)} ${x} ${y}`).toBe(contains(shape, x, y));
      }
    }
  });

  it("hold what they should", () => {
    expect(contains({ kind: "circle", x: 10, y: 10, radius: 5 }, 14, 10)).toBe(true);
    expect(contains({ kind: "circle", x: 10, y: 10, radius: 5 }, 14, 14)).toBe(false);
    expect(contains({ kind: "side", x: 10, y: 0, normal: 0 }, 11, 500)).toBe(true);
    expect(contains({ kind: "side", x: 10, y: 0, normal: 0 }, 9, 500)).toBe(false);
    expect(contains({ kind: "side", x: 0, y: 10, normal: 90 }, 5, 11)).toBe(true);
  });

  it("leave all in when there is none", () => {
    expect(drawn(undefined, 1, 1)).toBe(true);
  });
});
