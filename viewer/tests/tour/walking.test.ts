import { describe, expect, it } from "vitest";
import { deviceView } from "../../src/tour/device-view";
import { type HallScene, matchingScenes } from "../../src/tour/hall-scenes";
import { windOf } from "../../src/tour/heading";
import { kioskSeconds } from "../../src/tour/kiosk-seconds";

const near = (view: { yaw: number; pitch: number }, yaw: number, pitch: number): void => {
  expect(view.yaw).toBeCloseTo(yaw, 6);
  expect(view.pitch).toBeCloseTo(pitch, 6);
};

describe("where a phone looks", () => {
  it("held upright, turned and tilted", () => {
    near(deviceView(0, 90, 0, 0), 0, 0);
    near(deviceView(330, 90, 0, 0), 30, 0);
    near(deviceView(90, 120, 0, 0), -90, 30);
  });

  it("on its side, whichever", () => {
    near(deviceView(0, 0, -90, 90), 90, 0);
    near(deviceView(0, 0, -60, 90), 90, -30);
    near(deviceView(0, 0, 90, 270), -90, 0);
  });

  it("flat on a table, where its upper edge says it, and without a jump on the way there", () => {
    near(deviceView(320, 0, 0, 0), 40, -90);
    for (let beta = 0; beta <= 180; beta += 3) near(deviceView(320, beta, 0, 0), 40, beta - 90);
  });
});

describe("a kiosk", () => {
  it("returns after what the tag says, else what the address says, else a minute and a half", () => {
    expect(kioskSeconds(null, "?yaw=3")).toBeUndefined();
    expect(kioskSeconds(null, "?yaw=3&kiosk")).toBe(90);
    expect(kioskSeconds(null, "?kiosk=45")).toBe(45);
    expect(kioskSeconds("30", "?kiosk=45")).toBe(30);
    expect(kioskSeconds("", "")).toBe(90);
    expect(kioskSeconds("-4", "")).toBe(90);
    expect(kioskSeconds("soon", "")).toBe(90);
  });
});

describe("a heading in words", () => {
  it("is the nearest of eight winds", () => {
    expect([-22, 22, 23, 90, 200, 337, 720].map((heading) => windOf("en", heading))).toEqual([
      "north", "north", "north-east", "east", "south", "north-west", "north",
    ]);
    expect(windOf("zh-Hant", 135)).toBe("東南");
  });
});

describe("finding a scene", () => {
  const scene = (slug: string, title: Record<string, string>, year?: number): HallScene => ({
    slug, title, year: year ?? null, view: { yaw: 0 }, page: "", tour: "",
  });
  const scenes = [
    scene("a", { "zh-Hans": "大堂", "zh-Hant": "大堂", en: "The Lobby" }),
    scene("b", { "zh-Hans": "序厅", "zh-Hant": "序廳", en: "Prologue" }),
    scene("c", { "zh-Hans": "站前", en: "The Station" }, 1937),
  ];
  const found = (query: string): string => matchingScenes(scenes, query).map(({ slug }) => slug).join("");

  it("takes every word, in any language, whatever its width and case", () => {
    expect(found("  ")).toBe("abc");
    expect(found("the")).toBe("ac");
    expect(found("STATION the")).toBe("c");
    expect(found("１９３７")).toBe("c");
    expect(found("序廳")).toBe("b");
    expect(found("nowhere")).toBe("");
  });
});
