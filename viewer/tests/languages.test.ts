import { afterEach, describe, expect, it, vi } from "vitest";
import { CATALOGS, say, sayYear } from "../src/i18n/catalog";
import { joined, languageOf, languages, learn, pick, shownIn } from "../src/i18n/languages";
import { wordsComing } from "../src/i18n/words";

describe("languages", () => {
  it.each([
    ["zh-TW", "zh-Hant"],
    ["zh-Hant-HK", "zh-Hant"],
    ["zh-CN", "zh-Hans"],
    ["en-GB", "en"],
    ["yue", "zh-Hant"],
    ["zh-Hans-HK", "zh-Hans"],
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

describe("a language that a museum has added", () => {
  const french = {
    tag: "fr", name: "Français", short: "FR", direction: "ltr", fallbacks: ["en", "zh-Hans", "zh-Hant"], also: ["br"], voices: ["fr-FR"],
    comma: ", ", space: " ", words: "/static/languages/fr-0.json",
  };
  afterEach(() => {
    learn([], "https://museum.example/");
    vi.unstubAllGlobals();
  });

  it("is matched, falls back, and is joined as it says", () => {
    learn([...languages(), french, { tag: "xx" }, null], "https://museum.example/page");
    expect(languages().map(({ tag }) => tag)).toEqual(["zh-Hans", "zh-Hant", "en", "fr"]);
    expect(["fr-CA", "br", "FR", "de"].map(languageOf)).toEqual(["fr", "fr", "fr", "zh-Hans"]);
    expect(pick({ "zh-Hans": "瓶", en: "Vase" }, "fr")).toBe("Vase");
    expect(shownIn({ fr: "Pot", en: "Vase" }, "zh-Hant")).toBe("en");
    expect(joined(["un", "", "deux"], "fr")).toBe("un, deux");
    expect(say("fr", "close"), "until its words are here").toBe("Close");
  });

  it("brings its words with it, and does without what is missing or wrong", async () => {
    learn([french], "https://museum.example/page");
    const words = { viewer: { walkTo: "Aller vers {title}", close: 3 } };
    const asked = vi.fn(() => Promise.resolve(new Response(JSON.stringify(words))));
    vi.stubGlobal("fetch", asked);
    expect(wordsComing("en")).toBeUndefined();
    expect(wordsComing("de"), "the museum has said which it speaks").toBeUndefined();
    await wordsComing("fr-CA");
    expect(wordsComing("fr")).toBeUndefined();
    expect(asked).toHaveBeenCalledWith("https://museum.example/static/languages/fr-0.json", expect.anything());
    expect(say("fr", "walkTo", { title: "Hall" })).toBe("Aller vers Hall");
    expect(say("fr", "close")).toBe("Close");
  });
});
