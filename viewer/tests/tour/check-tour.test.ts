import { describe, expect, it } from "vitest";
import { Misshapen } from "../../src/reading/shape";
import { checkTour } from "../../src/tour/check-tour";

const ADDRESS = "https://far.example.org/api/v1/scenes/hall/tour.json";
const HOME = "https://home.example.org";
const OWN = { address: ADDRESS, trusted: true, home: [HOME] };
const FOREIGN = { address: ADDRESS, trusted: false, home: [HOME] };

const panorama = {
  tiles: "/tiles/ab/{level}/{face}/{row}/{column}.jpg",
  strip: "/tiles/ab/strip.jpg",
  levels: [512, 1024],
  stripSize: 256,
  hash: "A".repeat(384),
};

type Loose = any;

function tour(): Loose {
  return {
    museum: { en: "Far" },
    home: "/",
    scene: {
      slug: "hall",
      url: "/scenes/hall",
      title: { en: "Hall" },
      venue: { slug: "v", kind: "hall", title: {}, url: "/venues/v" },
      north: 40,
      view: { yaw: 0 },
      panorama,
      links: [{ id: 1, kind: "walk", yaw: 0, pitch: 0, title: {}, scene: "next", tour: "/api/v1/scenes/next/tour.json", url: "/scenes/next" }],
      hotspots: [{ id: 2, kind: "image", yaw: 0, pitch: 0, title: {}, target: { iiif: "/iiif/3/x", slug: "x", color: "#00ff00" } }],
      place: {
        slug: "p",
        title: {},
        moments: [
          { scene: "hall", year: 1900, era: {}, title: {}, tour: "/api/v1/scenes/hall/tour.json", url: "/scenes/hall" },
          { scene: "next", year: 2000, era: {}, title: {}, tour: "/api/v1/scenes/next/tour.json", url: "/scenes/next" },
        ],
        periods: [{ since: 1644, until: null, title: { en: "Then" } }],
      },
      year: 1900,
      level: { pitch: 2 },
    },
    neighbours: { next: { title: {}, north: 0, view: { yaw: 0 }, panorama, venue: "v" } },
  };
}

describe("a tour from a server", () => {
  it("gets absolute addresses and keeps its placeholders", () => {
    const { scene, neighbours } = checkTour(tour(), FOREIGN);
    expect(scene.panorama.tiles).toBe("https://far.example.org/tiles/ab/{level}/{face}/{row}/{column}.jpg");
    expect(scene.links[0]!.tour).toBe("https://far.example.org/api/v1/scenes/next/tour.json");
    expect(scene.hotspots[0]!.target).toEqual({ iiif: "https://far.example.org/iiif/3/x", slug: "x", color: "#00ff00" });
    expect(scene.place!.moments[1]!.tour).toBe("https://far.example.org/api/v1/scenes/next/tour.json");
    expect(neighbours["next"]!.panorama.strip).toBe("https://far.example.org/tiles/ab/strip.jpg");
  });

  it("keeps nothing that has no place in a tour", () => {
    const given = tour();
    given.scene.onload = "alert(1)";
    given.scene.links[0].html = "<script>";
    given.__proto__x = 1;
    expect(JSON.stringify(checkTour(given, FOREIGN))).not.toMatch(/alert|script|proto/);
  });

  const spoilt: [string, (t: Loose) => void][] = [
    ["no scene", (t) => delete t.scene],
    ["a list for a scene", (t) => (t.scene = [])],
    ["north that is no number", (t) => (t.scene.north = "up")],
    ["north beyond the compass", (t) => (t.scene.north = 1e9)],
    ["infinite yaw", (t) => (t.scene.view.yaw = Number.POSITIVE_INFINITY)],
    ["a panorama without levels", (t) => (t.scene.panorama = { ...panorama, levels: [] })],
    ["levels that shrink", (t) => (t.scene.panorama = { ...panorama, levels: [1024, 512] })],
    ["a face of a million pixels", (t) => (t.scene.panorama = { ...panorama, levels: [1_000_000] })],
    ["tiles of one pixel", (t) => (t.scene.panorama = { ...panorama, tile: 1 })],
    ["a short hash", (t) => (t.scene.panorama = { ...panorama, hash: "AAAA" })],
    ["tiles without a place for their column", (t) => (t.scene.panorama = { ...panorama, tiles: "/tiles/{level}/{face}/{row}.jpg" })],
    ["another version", (t) => (t.version = 2)],
    ["no neighbours", (t) => (t.neighbours = null)],
    ["a title that is no text", (t) => (t.scene.title = { en: { toString: "x" } })],
    ["a title of a million characters", (t) => (t.scene.title = { en: "x".repeat(1e6) })],
    ["a hundred languages", (t) => (t.museum = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, "x"])))],
    ["too many links", (t) => (t.scene.links = Array.from({ length: 501 }, (_, id) => ({ ...t.scene.links[0], id })))],
    ["too many hotspots", (t) => (t.scene.hotspots = Array.from({ length: 1001 }, (_, id) => ({ ...t.scene.hotspots[0], id })))],
    ["a number twice", (t) => t.scene.links.push(t.scene.links[0])],
    ["a slug that breaks out of a selector", (t) => (t.scene.place.moments[0].scene = 'x"]')],
    ["moments out of order", (t) => t.scene.place.moments.reverse()],
    ["a polygon of texts", (t) => (t.scene.hotspots[0].polygon = [["a", "b"]])],
    ["a colour that is more than a colour", (t) => (t.scene.hotspots[0].target.color = "red;background:url(//x)")],
    ["nothing at all", (t) => Object.keys(t).forEach((key) => delete t[key])],
  ];
  it.each(spoilt)("is refused with %s", (_, spoil) => {
    const broken = tour();
    spoil(broken);
    expect(() => checkTour(broken, OWN)).toThrow(Misshapen);
  });

  it.each([null, 1, "tour", [], true])("is refused as %s", (json) => expect(() => checkTour(json, OWN)).toThrow(Misshapen));

  const addresses: [string, (t: Loose) => void][] = [
    ["a script for a page", (t) => (t.scene.links[0].url = "javascript:alert(1)")],
    ["data for a tour", (t) => (t.scene.links[0].tour = "data:application/json,{}")],
    ["a file", (t) => (t.scene.panorama = { ...panorama, strip: "file:///etc/passwd" })],
    ["a blob", (t) => (t.scene.hotspots[0].target.iiif = "blob:https://far.example.org/1")],
    ["a password", (t) => (t.scene.links[0].url = "https://user:pass@far.example.org/")],
    ["a script behind blanks", (t) => (t.scene.hotspots[0].target.href = " \tjava\nscript:alert(1)")],
  ];
  it.each(addresses)("never names %s, not even our own", (_, spoil) => {
    const broken = tour();
    spoil(broken);
    expect(() => checkTour(broken, OWN)).toThrow(Misshapen);
    expect(() => checkTour(broken, FOREIGN)).toThrow(Misshapen);
  });

  const outOfBounds = [
    "http://192.168.1.1/admin/{level}/{face}/{row}/{column}",
    "https://10.0.0.1/{level}/{face}/{row}/{column}",
    "https://[::1]/{level}/{face}/{row}/{column}",
    "https://localhost/{level}/{face}/{row}/{column}",
    "https://router.local/{level}/{face}/{row}/{column}",
    "https://intranet/{level}/{face}/{row}/{column}",
    "http://other.example.org/{level}/{face}/{row}/{column}",
    `${HOME}/admin/delete?{level}{face}{row}{column}`,
  ];
  it.each(outOfBounds)("of a stranger may not fetch %s; our own may", (tiles) => {
    const given = tour();
    given.scene.panorama = { ...panorama, tiles };
    expect(() => checkTour(given, FOREIGN)).toThrow(Misshapen);
    expect(checkTour(given, OWN).scene.panorama.tiles).toBe(tiles);
  });

  it("of a stranger may keep its tiles on a public host, and lead back home", () => {
    const given = tour();
    given.scene.panorama = { ...panorama, tiles: "https://cdn.example.net/{level}/{face}/{row}/{column}.jpg" };
    given.scene.links[0].tour = `${HOME}/api/v1/scenes/lobby/tour.json`;
    expect(checkTour(given, FOREIGN).scene.links[0]!.tour).toBe(`${HOME}/api/v1/scenes/lobby/tour.json`);
  });

  it("loses characters that make a name read as another", () => {
    const given = tour();
    given.museum = { en: "House \u202egro.live\u202c\u0000\u2066" };
    expect(checkTour(given, FOREIGN).museum["en"]).toBe("House gro.live");
  });
});
