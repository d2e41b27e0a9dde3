import { describe, expect, it } from "vitest";
import { addressOf, viewFromQuery } from "../../src/tour/address";
import { arrivalView, keepHeading } from "../../src/tour/journey";
import { readingOrder } from "../../src/tour/marks";
import { wrap } from "../../src/panorama/view";

describe("heading", () => {
  it("is kept from scene to scene", () => {
    for (let north = 0; north < 360; north += 17) {
      for (let from = 0; from < 360; from += 23) {
        const yaw = keepHeading(33.3, from, north);
        expect(yaw).toBeGreaterThanOrEqual(-180);
        expect(yaw).toBeLessThan(180);
        expect(wrap(yaw + north - (33.3 + from))).toBeCloseTo(0, 9);
        expect(wrap(keepHeading(yaw, north, from) - 33.3)).toBeCloseTo(0, 9);
      }
    }
  });

  it("gives way to the arrival of a link", () => {
    const view = { yaw: 20, pitch: -3, fov: 60 };
    expect(arrivalView({}, view, 40, 300)).toEqual({ yaw: 120, pitch: -3, fov: 60 });
    expect(arrivalView({ arrival: { yaw: -90, pitch: 4, fov: 50 } }, view, 40, 300)).toEqual({ yaw: -90, pitch: 4, fov: 50 });
    expect(arrivalView({ arrival: { yaw: 5 } }, view, 40, 300)).toEqual({ yaw: 5, pitch: 0, fov: 60 });
  });
});

describe("address", () => {
  it("gives back the view that it was given", () => {
    for (const view of [{ yaw: 12.3, pitch: -4, fov: 75 }, { yaw: -179.99, pitch: 89.5, fov: 12.25 }, { yaw: 0, pitch: 0, fov: 100 }]) {
      const address = addressOf("/scenes/lobby", view);
      const found = viewFromQuery(address.slice(address.indexOf("?")));
      expect(found.yaw).toBeCloseTo(view.yaw, 9);
      expect({ ...found, yaw: view.yaw }).toEqual(view);
    }
    expect(addressOf("/scenes/lobby", { yaw: 12.3, pitch: -4, fov: 75 })).toBe("/scenes/lobby?yaw=12.3&pitch=-4&fov=75");
  });

  it("takes nonsense for nothing, and too much for the most", () => {
    expect(viewFromQuery("?yaw=north&pitch=&fov=NaN")).toEqual({});
    expect(viewFromQuery("?yaw=370&pitch=200&fov=1")).toEqual({ yaw: 10, pitch: 90, fov: 5 });
    expect(viewFromQuery("")).toEqual({});
  });

  it("writes no minus before zero", () => {
    expect(addressOf("/s", { yaw: -0.001, pitch: -0, fov: 75 })).toBe("/s?yaw=0&pitch=0&fov=75");
  });
});

describe("reading order", () => {
  it("goes from left to right, and down each column", () => {
    const spot = (id: number, yaw: number, pitch: number) => ({ id, kind: "text", yaw, pitch, title: {} });
    const order = readingOrder([spot(1, 40, 0), spot(2, -30, -10), spot(3, -31, 20), spot(4, 175, 0), spot(5, -175, 0)], 0);
    expect(order.map((known) => known.id)).toEqual([5, 3, 2, 1, 4]);
  });
});
