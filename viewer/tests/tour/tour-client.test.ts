import { describe, expect, it } from "vitest";
import { TourInvalid, checkTour, panoramaSource } from "../../src/tour/tour-client";

const ADDRESS = "https://museum.example/api/v1/scenes/lobby/tour.json";
const panorama = { tiles: "/tiles/ab/{level}/{face}/{row}/{column}.jpg", strip: "/strip.jpg", levels: [512], stripSize: 128, hash: "" };

function tour(): Record<string, any> {
  return {
    museum: {},
    home: "/",
    scene: {
      slug: "lobby",
      url: "/scenes/lobby",
      title: {},
      venue: { slug: "v", kind: "hall", title: {}, url: "/venues/v" },
      north: 0,
      view: { yaw: 0 },
      panorama,
      links: [{ id: 1, kind: "walk", yaw: 0, pitch: 0, title: {}, tour: "../next/tour.json", url: "/scenes/next" }],
      hotspots: [{ id: 2, kind: "image", yaw: 0, pitch: 0, title: {}, target: { iiif: "/iiif/3/x", slug: "x" } }],
    },
    neighbours: { next: { title: {}, north: 0, view: { yaw: 0 }, panorama, venue: "v" } },
  };
}

describe("checkTour", () => {
  it("makes all addresses absolute, and keeps placeholders", () => {
    const { scene, neighbours } = checkTour(tour(), ADDRESS);
    expect(scene.panorama.tiles).toBe("https://museum.example/tiles/ab/{level}/{face}/{row}/{column}.jpg");
    expect(scene.links[0]!.tour).toBe("https://museum.example/api/v1/scenes/next/tour.json");
    expect(scene.hotspots[0]!.target).toEqual({ iiif: "https://museum.example/iiif/3/x", slug: "x" });
    expect(neighbours["next"]!.panorama.strip).toBe("https://museum.example/strip.jpg");
    expect(panoramaSource(scene).tile).toBe(512);
  });

  it.each([
    ["no scene", (t: Record<string, any>) => delete t["scene"]],
    ["no north", (t: Record<string, any>) => (t["scene"].north = "up")],
    ["a panorama without levels", (t: Record<string, any>) => (t["scene"].panorama = { ...panorama, levels: [] })],
    ["version 2, not 1", (t: Record<string, any>) => (t["version"] = 2)],
    ["no neighbours", (t: Record<string, any>) => (t["neighbours"] = null)],
  ])("says what is wrong: %s", (fault, spoil) => {
    const broken = tour();
    spoil(broken);
    expect(() => checkTour(broken, ADDRESS)).toThrow(TourInvalid);
    expect(() => checkTour(broken, ADDRESS)).toThrow(fault);
  });
});
