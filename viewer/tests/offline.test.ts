import { describe, expect, it } from "vitest";
import * as names from "../src/offline/names";
import worker from "../src/offline/worker.ts?raw";
import { readableBytes } from "../src/offline/kept";
import { captionsOf, keptLevels, levelTiles, modelsOf, picturePixels, picturesOf, recordingsOf } from "../src/offline/plan";
import { sharedView } from "../src/tour/share-sheet";
import { tourAddress } from "../src/tour/address";
import type { Tour } from "../src/tour/types";

const panorama = { tiles: "https://m.example/tiles/d/{level}/{face}/{row}/{column}.jpg", strip: "", levels: [512, 1024, 1800], stripSize: 64, hash: "" };

describe("what a hall takes to be kept", () => {
  it("is the coarsest level at least, and none finer than was chosen", () => {
    expect(keptLevels([2048, 4096], "light")).toEqual([0]);
    expect(keptLevels([512, 1024, 2048, 4096], "light")).toEqual([0, 1]);
    expect(keptLevels([512, 1024, 2048, 4096], "sharp")).toEqual([0, 1, 2]);
    expect(keptLevels([512, 1024, 2048, 4096], "whole")).toEqual([0, 1, 2, 3]);
  });

  it("counts the tiles at the edges, too", () => {
    expect(levelTiles(panorama, 0)).toHaveLength(6);
    const tiles = levelTiles(panorama, 2);
    expect(tiles).toHaveLength(6 * 16);
    expect(tiles.at(-1)).toBe("https://m.example/tiles/d/2/d/3/3.jpg");
  });

  it("is said as one reads it", () => {
    expect([20_000, 2_340_000, 84_000_000, 1_200_000_000].map((bytes) => readableBytes(bytes, "en"))).toEqual(["20 KB", "2.3 MB", "84 MB", "1.2 GB"]);
  });
});

describe("what of its exhibits can be kept", () => {
  const model = `https://m.example/models/${"a".repeat(64)}.glb`;
  const vase = { record: "/r", iiif: "/iiif/3/front", width: 9000, height: 6000, model };
  const record = { images: [{ iiif: "/iiif/3/front", width: 9000, height: 6000 }, { iiif: "/iiif/3/back", width: 400, height: 300 }] };
  const hotspots = [
    { kind: "artifact", target: vase },
    { kind: "model", target: { model }, standing: { distance: 9 } },
    { kind: "video", target: { href: "/recordings/film.mp4", captions: { en: "/captions/1/en.vtt" } } },
    { kind: "web", target: { href: "/somewhere" } },
  ];
  const tours = [{ scene: { hotspots } }, { scene: { hotspots } }] as unknown as Tour[];

  it("is each picture once, those of the records too, up to a sensible size", () => {
    expect(picturesOf(tours, new Map([["/r", record]])).map(({ iiif }) => iiif)).toEqual(["/iiif/3/front", "/iiif/3/back"]);
    expect(picturePixels({ width: 9000, height: 6000 })).toBe(1125 * 750 + 563 * 375 + 282 * 188);
    expect(picturePixels({ width: 400, height: 300 })).toBe(400 * 300);
  });

  it("is the levels of models that this browser asks for", () => {
    const level = (whom: string): string => model.replace(".glb", `/${whom}.glb`);
    expect(modelsOf(tours, false)).toEqual([model, level("far")]);
    expect(modelsOf(tours, true)).toEqual([level("phone"), level("far")]);
  });

  it("is what is heard and seen with its captions, and no page", () => {
    expect(recordingsOf(tours)).toEqual(["/recordings/film.mp4"]);
    expect(captionsOf(tours)).toEqual(["/captions/1/en.vtt"]);
  });
});

describe("sharing", () => {
  it("puts hostile names into another page as text", () => {
    const scene = { url: "https://m.example/scenes/a", title: { en: '"><script>' }, venue: { title: { en: "Hall" } } };
    const { frame, address, own } = sharedView({ scene } as unknown as Tour, "https://m.example/x", { yaw: 1, pitch: 2, fov: 3 }, "en");
    expect(frame).toContain('title="&quot;&gt;&lt;script&gt; · Hall"');
    expect(address).toBe("https://m.example/scenes/a?yaw=1&pitch=2&fov=3");
    expect(own).toBe(true);
  });
});

describe("where a tag's tour is", () => {
  it("is its src, or the scene of the museum there", () => {
    const base = "https://blog.example/post";
    expect(tourAddress("/api/v1/scenes/a/tour.json", "b", base)).toBe("https://blog.example/api/v1/scenes/a/tour.json");
    expect(tourAddress("https://m.example", "b", base)).toBe("https://m.example/api/v1/scenes/b/tour.json");
    expect(tourAddress("https://m.example", "", base)).toBeUndefined();
    expect(tourAddress("", "b", base)).toBeUndefined();
  });
});

describe("the service worker", () => {
  it("is one file, and calls things what the page calls them", () => {
    expect(worker).not.toMatch(/^import /m);
    for (const [name, value] of Object.entries(names)) expect(worker).toContain(`const ${name} = "${value}";`);
  });
});
