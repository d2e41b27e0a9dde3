import { describe, expect, it } from "vitest";
import { CATALOGS, say, sayYear } from "../src/i18n/catalog";
import { languageOf, pick } from "../src/i18n/languages";

describe("languages", () => {
  it.each([
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-CN", "zh-Hans"],
    ["en-GB", "en"],
    ["fr", "zh-Hans"],
    [undefined, "zh-Hans"],
  ])("%s is read in %s", (tag, language) => expect(languageOf(tag)).toBe(language));

  it("falls back where a text is missing", () => {
    expect(pick({ en: "Vase" }, "zh-Hant")).toBe("Vase");
    expect(pick({ "zh-Hans": "瓶", en: "Vase" }, "zh-Hant")).toBe("瓶");
    expect(pick(undefined, "en")).toBe("");
  });

  it("keeps the same places to fill in in every language", () => {
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [key, text] of Object.entries(CATALOGS.en)) {
      expect(places(CATALOGS["zh-Hans"][key as "tour"]), key).toEqual(places(text));
      expect(places(CATALOGS["zh-Hant"][key as "tour"]), key).toEqual(places(text));
    }
  });

  it("fills in values and reads years before our era", () => {
    expect(say("en", "walkTo", { title: "Lobby" })).toBe("Walk to Lobby");
    expect(sayYear("zh-Hans", -220)).toBe("公元前221年");
    expect(sayYear("en", 1937)).toBe("1937");
  });
});
