import { describe, expect, it } from "vitest";
import { clockLanguage } from "../../src/i18n/clock";

const evening = (tag: string): string => new Date(2026, 10, 27, 20, 5).toLocaleTimeString(tag, { hour: "2-digit", minute: "2-digit" });

describe("the clock of a visitor", () => {
  it("is that of her own region, as far as she reads the page's language", () => {
    expect(clockLanguage("en", ["de", "en-GB", "en-US"])).toBe("en-GB");
    expect(clockLanguage("en", ["zh-CN"])).toBe("en");
    expect(clockLanguage("zh-Hans", ["zh-TW", "zh-CN"])).toBe("zh-CN");
    expect(clockLanguage("zh-Hant", ["zh-CN"])).toBe("zh-Hant");
    expect(clockLanguage("en", ["not a tag", "en-AU"])).toBe("en-AU");
  });

  it("has 24 hours in British English, and 12 in American", () => {
    expect(evening(clockLanguage("en", ["en-GB"]))).toBe("20:05");
    expect(evening(clockLanguage("en", ["en-US"]))).toMatch(/08:05\sPM/);
  });
});
