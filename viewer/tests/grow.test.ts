import { describe, expect, it } from "vitest";
import { contained } from "../src/hotspots/grow";

describe("a picture within a box", () => {
  it("fills the height where it is narrower, the width where it is wider, and lies in the middle", () => {
    const box = { x: 10, y: 20, width: 200, height: 100 };
    expect(contained(box, 1)).toEqual({ x: 60, y: 20, width: 100, height: 100 });
    expect(contained(box, 4)).toEqual({ x: 10, y: 45, width: 200, height: 50 });
  });
});
