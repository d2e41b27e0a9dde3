import { describe, expect, it } from "vitest";
import { FACES, type Vector, anglesOf, directionOf, faceAt, faceRay } from "../../src/panorama/faces";
import { wrap } from "../../src/panorama/view";

/** Numbers in [-1, 1] that are the same in every run. */
function* numbers(seed = 1): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647;
    yield (state / 2147483647) * 2 - 1;
  }
}

describe("faces", () => {
  it.each([
    ["f", 0, 0],
    ["r", 90, 0],
    ["b", 180, 0],
    ["l", -90, 0],
    ["u", 0, 90],
    ["d", 0, -90],
  ])("the middle of %s looks to yaw %d, pitch %d", (face, yaw, pitch) => {
    const angles = anglesOf(faceRay(FACES.indexOf(face as "f"), 0, 0, [0, 0, 0]));
    // Straight up and down there is no yaw.
    if (pitch === 0) expect(wrap(angles.yaw - yaw)).toBeCloseTo(0);
    expect(angles.pitch).toBeCloseTo(pitch);
  });

  it("finds the pixel again that a ray came from", () => {
    const next = numbers(7);
    for (let i = 0; i < 500; i++) {
      const face = i % 6;
      const [x, y] = [next.next().value! * 0.999, next.next().value! * 0.999];
      const found = faceAt(faceRay(face, x, y, [0, 0, 0]));
      expect(found.face).toBe(face);
      expect(found.x).toBeCloseTo(x, 9);
      expect(found.y).toBeCloseTo(y, 9);
    }
  });

  it("joins neighbouring faces along their edges", () => {
    for (let y = -1; y <= 1; y += 0.25) {
      for (let face = 0; face < 4; face++) {
        const right = faceRay(face, 1, y, [0, 0, 0]);
        expect(faceRay((face + 1) % 4, -1, y, [0, 0, 0]).map((v) => v + 0)).toEqual(right.map((v) => v + 0));
      }
      expect(faceRay(4, y, -1, [0, 0, 0])).toEqual(faceRay(0, y, 1, [0, 0, 0]));
      expect(faceRay(5, y, 1, [0, 0, 0])).toEqual(faceRay(0, y, -1, [0, 0, 0]));
    }
  });

  it("turns angles into directions and back", () => {
    const next = numbers(3);
    for (let i = 0; i < 300; i++) {
      const [yaw, pitch] = [next.next().value! * 179, next.next().value! * 89];
      const direction: Vector = directionOf(yaw, pitch, [0, 0, 0]);
      expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
      expect(anglesOf(direction).yaw).toBeCloseTo(yaw, 9);
      expect(anglesOf(direction).pitch).toBeCloseTo(pitch, 9);
    }
  });

  it("refuses a seventh face", () => {
    expect(() => faceRay(6, 0, 0, [0, 0, 0])).toThrow(RangeError);
  });
});
