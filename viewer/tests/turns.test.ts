import { Euler, Quaternion, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { type Turn, about, chained, orientation } from "../src/admin/model-desk/turns";

function asThree(turn: Turn): Quaternion {
  return new Quaternion(...turn);
}

describe("turns", () => {
  it("turn one after the other, as three.js does", () => {
    const both = chained(about("x", 90), about("y", 30));
    const expected = asThree(about("y", 30)).multiply(asThree(about("x", 90)));
    expect(asThree(both).angleTo(expected)).toBeLessThan(1e-6);
    const up = new Vector3(0, 0, 1).applyQuaternion(asThree(about("x", -90)));
    expect(up.y).toBeCloseTo(1);
  });

  it.each([
    ["x", 90], ["x", -90], ["y", 180], ["z", 45], ["x", 30],
  ] as const)("are said to the viewer as roll, pitch and yaw: %s %d", (axis, degrees) => {
    for (const turn of [about(axis, degrees), chained(about(axis, degrees), about("y", 40)), chained(about("z", 20), about(axis, degrees))]) {
      const [roll, pitch, yaw] = orientation(turn).split(" ").map((angle) => (parseFloat(angle) * Math.PI) / 180);
      const said = new Quaternion().setFromEuler(new Euler(pitch, yaw, roll, "YXZ"));
      expect(asThree(turn).angleTo(said)).toBeLessThan(1e-4);
    }
  });
});
