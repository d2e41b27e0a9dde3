import { describe, expect, it } from "vitest";
import { readRegion, regionPicture, withRegion, writeRegion } from "../../src/zoom/region";

const size = { width: 4000, height: 3000 };

describe("a region in an address", () => {
  it("is read as it was written", () => {
    const text = "100,200,300,400";
    expect(writeRegion(readRegion(text, size)!, size)).toBe(text);
  });

  it("is cut at the edges of the picture", () => {
    expect(readRegion("3900,2900,500,500", size)).toEqual({ x: 3900, y: 2900, width: 100, height: 100 });
    expect(writeRegion({ x: -50.4, y: -10, width: 200, height: 99999 }, size)).toBe("0,0,150,3000");
  });

  it.each([null, "", "1,2,3", "1,2,3,4,5", "a,b,c,d", "-1,0,5,5", "4000,0,10,10", "0,0,0,10", "1e3,0,5,5", "0,0,5,5 "])(
    "is none where the text is %j",
    (text) => {
      expect(readRegion(text, size)).toBeUndefined();
    },
  );

  it("is left out where it is the whole picture", () => {
    expect(writeRegion({ x: -20, y: 0.3, width: 4100, height: 3000 }, size)).toBeUndefined();
  });

  it("replaces the one before and leaves the rest of the address alone", () => {
    const address = withRegion("https://m.example/images/a?lang=en&region=1,2,3,4#x", "5,6,7,8");
    expect(address).toBe("https://m.example/images/a?lang=en&region=5,6,7,8#x");
    expect(withRegion(address, undefined)).toBe("https://m.example/images/a?lang=en#x");
  });

  it("is a picture of the image service", () => {
    expect(regionPicture("/iiif/3/a", { x: 1.2, y: 2, width: 3000, height: 20 })).toBe("/iiif/3/a/1,2,3000,20/1600,/0/default.jpg");
    expect(regionPicture("/iiif/3/a", { x: 1, y: 2, width: 30, height: 20 })).toBe("/iiif/3/a/1,2,30,20/max/0/default.jpg");
  });
});
