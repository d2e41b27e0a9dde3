import { describe, expect, it } from "vitest";
import { colourAt, membrane } from "../../src/panorama/nadir-cap";

describe("the cap over the tripod", () => {
  const rim = Array.from({ length: 72 }, (_, i) => 0.5 + 0.3 * Math.cos((2 * Math.PI * i) / 72) + 0.1 * Math.sin((6 * Math.PI * i) / 72));

  it("meets the floor at its rim, and is its mean in the middle", () => {
    membrane(rim, 1).forEach((value, i) => expect(value).toBeCloseTo(rim[i]!, 6));
    for (const value of membrane(rim, 0)) expect(value).toBeCloseTo(0.5, 6);
  });

  it("is nowhere brighter or darker than the floor around it", () => {
    for (const share of [0.2, 0.5, 0.9]) {
      for (const value of membrane(rim, share)) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...rim) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...rim) + 1e-9);
      }
    }
  });

  it("takes colours where the strip has them", () => {
    const side = 4;
    const data = new Uint8Array(6 * side * side * 4);
    const put = (face: number, column: number, row: number, red: number): void => {
      data[(row * side * 6 + face * side + column) * 4] = red;
    };
    put(5, 1, 0, 255); // down, the upper edge: towards the front
    put(0, 2, 3, 51); // front, its lower edge
    expect(colourAt({ data, side }, [-0.3, -1, -0.9])[0]).toBe(1);
    expect(colourAt({ data, side }, [0.2, -0.9, -1])[0]).toBeCloseTo(0.2);
  });
});
