import { describe, expect, it } from "vitest";
import { directionOf } from "../../src/panorama/faces";
import { axesOf, createAxes, focalLength, openingFov, project, unproject, wrap, zoomAbout } from "../../src/panorama/view";

const [WIDTH, HEIGHT] = [1440, 900];

describe("view", () => {
  it("wraps angles into one turn", () => {
    expect([wrap(190), wrap(-190), wrap(540), wrap(0), wrap(-180), wrap(180)]).toEqual([-170, 170, -180, 0, -180, -180]);
  });

  it("sees the direction of a pixel at that pixel", () => {
    for (const view of [{ yaw: 30, pitch: -12, fov: 75 }, { yaw: -170, pitch: 60, fov: 40 }, { yaw: 0, pitch: 0, fov: 100 }]) {
      for (const [x, y] of [[720, 450], [10, 20], [1400, 880], [300, 700]] as const) {
        const { yaw, pitch } = unproject(view, x, y, WIDTH, HEIGHT);
        const axes = axesOf(view.yaw, view.pitch, createAxes());
        const point = project(axes, focalLength(view.fov, HEIGHT), directionOf(yaw, pitch, [0, 0, 0]), WIDTH, HEIGHT, { x: 0, y: 0, ahead: false });
        expect(point.ahead).toBe(true);
        expect(point.x).toBeCloseTo(x, 6);
        expect(point.y).toBeCloseTo(y, 6);
      }
    }
  });

  it("sees the upper edge half the field of view up", () => {
    expect(unproject({ yaw: 20, pitch: 0, fov: 60 }, WIDTH / 2, 0, WIDTH, HEIGHT).pitch).toBeCloseTo(30, 9);
  });

  it("zooms about a pixel", () => {
    const view = { yaw: 12, pitch: 5, fov: 80 };
    const before = unproject(view, 1000, 300, WIDTH, HEIGHT);
    const after = unproject(zoomAbout(view, 70, 1000, 300, WIDTH, HEIGHT), 1000, 300, WIDTH, HEIGHT);
    expect(Math.abs(after.yaw - before.yaw)).toBeLessThan(0.01);
    expect(Math.abs(after.pitch - before.pitch)).toBeLessThan(0.01);
  });

  it("knows what lies behind", () => {
    const axes = axesOf(0, 0, createAxes());
    expect(project(axes, 500, directionOf(180, 0, [0, 0, 0]), WIDTH, HEIGHT, { x: 0, y: 0, ahead: true }).ahead).toBe(false);
  });

  it("opens wider on a narrow screen, and as told on a wide one", () => {
    expect(openingFov(75, 1.6)).toBe(75);
    const narrow = openingFov(75, 390 / 844);
    expect(narrow).toBe(100);
    expect(openingFov(60, 0.75)).toBeGreaterThan(70);
  });
});
