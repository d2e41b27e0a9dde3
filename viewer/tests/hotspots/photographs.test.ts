import { describe, expect, it } from "vitest";
import { photographsOf } from "../../src/hotspots/photographs";
import { placesOf } from "../../src/zoom/places";

const own = { iiif: "/iiif/3/front", width: 30, height: 20, record: "/api/v1/artifacts/vase", color: "#102030" };
const listed = (slug: string): object => ({ iiif: `/iiif/3/${slug}`, width: 3, height: 2, thumbnail: `/files/${slug}.jpg`, alt: { en: slug } });

describe("the photographs of what a hotspot opens", () => {
  it("begin with the hotspot's own, and need no record", () => {
    expect(photographsOf(own, undefined)).toEqual([{ iiif: "/iiif/3/front", width: 30, height: 20, color: "#102030" }]);
    expect(photographsOf({ iiif: null }, { images: [listed("back")] })).toEqual([]);
    expect(photographsOf(undefined, undefined)).toEqual([]);
  });

  it("go on with the artifact's others, and take over what the record says of the first", () => {
    const found = photographsOf(own, { images: [listed("back"), listed("front")] });
    expect(found.map(({ iiif }) => iiif)).toEqual(["/iiif/3/front", "/iiif/3/back"]);
    expect(found[0]!.alt).toEqual({ en: "front" });
    expect(found[1]!.thumbnail).toBe("/files/back.jpg");
    expect(photographsOf(own, { picture: listed("front") })[0]!.alt).toEqual({ en: "front" });
  });

  it("lie on the server of the record that names them", () => {
    const far = { ...own, iiif: "https://far.example/iiif/3/front", record: "https://far.example/api/v1/artifacts/vase" };
    const images = [listed("back"), { ...listed("x"), iiif: "http://10.0.0.1/iiif/3/x" }, { ...listed("y"), width: "3" }, null];
    expect(photographsOf(far, { images }).map(({ iiif }) => iiif)).toEqual([far.iiif, "https://far.example/iiif/3/back"]);
  });
});

describe("where a museum keeps what belongs to an image", () => {
  it("follows from the address of its image service", () => {
    expect(placesOf("/iiif/3/front/info.json")).toEqual({ page: "/images/front", record: "/api/v1/images/front" });
    expect(placesOf("https://far.example/iiif/2/front")?.record).toBe("https://far.example/api/v1/images/front");
    expect(placesOf("https://far.example/loris/front.tif")).toBeUndefined();
  });

  it("are files in a copy, but not on the servers that it leads to", () => {
    const copy = "https://here.example/stick/";
    expect(placesOf(`${copy}en/iiif/3/front`, copy)).toEqual({ page: `${copy}en/images/front/index.html`, record: `${copy}en/api/v1/images/front.json` });
    expect(placesOf("https://far.example/iiif/3/front", copy)?.page).toBe("https://far.example/images/front");
  });
});
