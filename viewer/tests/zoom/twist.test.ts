import { describe, expect, it } from "vitest";
import { Twist, settled } from "../../src/zoom/twist";

describe("two fingers", () => {
  it("turn nothing as long as they only pinch", () => {
    const twist = new Twist("1 2");
    expect([172, 175, 179, -179, 178].map((angle) => twist.to(angle))).toEqual([0, 0, 0, 0, 0]);
  });

  it("turn the picture by what they turn more, and back", () => {
    const twist = new Twist("1 2");
    expect([0, 8, 25, 40].map((angle) => twist.to(angle))).toEqual([0, 0, 15, 15]);
    expect([20, 0, -20].map((angle) => twist.to(angle))).toEqual([-20, -10, -10]);
  });

  it("let go of it upright, where it nearly is", () => {
    expect([4, 84, -179, 30].map(settled)).toEqual([0, 90, -180, 30]);
  });
});
