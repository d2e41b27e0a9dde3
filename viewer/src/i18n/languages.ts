/** Languages of the museum, and the choice of a text in one of them. */

export const LANGUAGES = ["zh-Hans", "zh-Hant", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text by language tag; a language may be missing. */
export type Texts = Partial<Record<string, string>>;

/** The museum's language for a tag such as `zh-TW` or `en-GB`; Simplified Chinese for any that it does not speak. */
export function languageOf(tag: string | null | undefined): Language {
  const parts = (tag ?? "").toLowerCase().split(/[-_]/);
  if (parts[0] === "en") return "en";
  if (parts[0] === "zh" && parts.some((part) => ["hant", "tw", "hk", "mo"].includes(part))) return "zh-Hant";
  return "zh-Hans";
}

/** The text in `language`, else in the first language that has one; '' where there is none. */
export function pick(texts: Texts | string | null | undefined, language: Language): string {
  if (!texts) return "";
  if (typeof texts === "string") return texts;
  const found = texts[language] ?? texts["zh-Hans"] ?? texts["zh-Hant"] ?? texts["en"] ?? Object.values(texts)[0];
  // Records come from servers, other museums' too: what is no text is not shown.
  return typeof found === "string" ? found : "";
}
