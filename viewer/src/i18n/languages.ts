/**
 * Languages of the museum, and the choice of a text in one of them. The museum's own are known here; a museum to which others were added
 * lists them all in its pages, or says them when somebody asks for one that is not known.
 */

/** A BCP 47 tag of a language that is known. */
export type Language = string;

/** The museum's own languages, whose words are compiled in. */
export type OwnLanguage = "zh-Hans" | "zh-Hant" | "en";

/** One text by language tag; a language may be missing. */
export type Texts = Partial<Record<string, string>>;

/** As `/api/v1/languages` says it. */
export interface KnownLanguage {
  readonly tag: Language;
  readonly name: string;
  readonly short: string;
  /** Languages whose texts stand in for its, the nearest first. */
  readonly fallbacks: readonly Language[];
  /** Other tags that it answers to. */
  readonly also: readonly string[];
  /** Tags of voices that speak it. */
  readonly voices: readonly string[];
  /** Which way its words run. */
  readonly direction: "ltr" | "rtl";
  readonly comma: string;
  readonly space: string;
  /** Address of what the viewer says in it; null where its scripts hold that. */
  readonly words: string | null;
}

const OWN: readonly KnownLanguage[] = [
  {
    tag: "zh-Hans",
    name: "简体中文",
    short: "简",
    fallbacks: ["zh-Hant", "en"],
    also: ["zh", "cmn", "cmn-Hans", "yue-Hans"],
    voices: ["zh-CN", "cmn-Hans", "zh"],
    direction: "ltr",
    comma: "，",
    space: "",
    words: null,
  },
  {
    tag: "zh-Hant",
    name: "繁體中文",
    short: "繁",
    fallbacks: ["zh-Hans", "en"],
    also: ["zh-TW", "zh-HK", "zh-MO", "yue", "cmn-Hant", "cmn-TW", "cmn-HK", "cmn-MO"],
    voices: ["zh-TW", "zh-HK", "cmn-Hant", "zh"],
    direction: "ltr",
    comma: "，",
    space: "",
    words: null,
  },
  { tag: "en", name: "English", short: "EN", fallbacks: ["zh-Hans", "zh-Hant"], also: [], voices: ["en"], direction: "ltr", comma: ", ", space: " ", words: null },
];

/** The one that all falls back to. */
const FIRST = OWN[0]!;

let known: readonly KnownLanguage[] = OWN;
let listed = false;

/** All languages, in the order in which they are offered. */
export function languages(): readonly KnownLanguage[] {
  return known;
}

/** What is known of a language; of the first one where nothing is. */
export function languageNamed(tag: Language): KnownLanguage {
  return known.find((one) => one.tag === tag) ?? FIRST;
}

/** Whether a museum has said which languages it speaks. */
export function isListed(): boolean {
  return listed;
}

/** Takes what a museum says of its languages; addresses in it are as seen from `base`. What is none is passed over. */
export function learn(said: unknown, base: string): void {
  listed = true;
  const found = Array.isArray(said) ? said.filter(isLanguage).filter(({ tag }) => !OWN.some((one) => one.tag === tag)) : [];
  known = [...OWN, ...found.map((one) => ({ ...one, words: one.words === null ? null : new URL(one.words, base).href }))];
}

/** The museum's language for a tag such as `zh-TW` or `en-GB`; the first one for any that it does not speak. */
export function languageOf(tag: string | null | undefined): Language {
  return (matched(tag) ?? FIRST).tag;
}

/** The museum's language for a tag, as its server chooses it (`museum/languages/registry.py`): a script counts before a region. */
export function matched(tag: string | null | undefined): KnownLanguage | undefined {
  const [primary = "", ...rest] = (tag ?? "").trim().toLowerCase().split(/[-_]/);
  const scripts = rest.filter((part) => /^[a-z]{4}$/.test(part));
  const regions = rest.filter((part) => /^([a-z]{2}|\d{3})$/.test(part));
  for (const wanted of [[primary, ...rest].join("-"), ...[...scripts, ...regions].map((part) => `${primary}-${part}`), primary]) {
    const found =
      known.find((one) => one.tag.toLowerCase() === wanted) ??
      known.find(({ also }) => also.some((other) => other.toLowerCase() === wanted)) ??
      known.find((one) => one.tag.toLowerCase().split("-")[0] === wanted);
    if (found) return found;
  }
  return undefined;
}

/** The language in which `texts` are shown to a reader of `language`; her own where there is none. */
export function shownIn(texts: Texts, language: Language): Language {
  const order = [language, ...languageNamed(language).fallbacks, ...known.map(({ tag }) => tag), ...Object.keys(texts)];
  return order.find((tag) => texts[tag]) ?? language;
}

/** The text in `language`, else in the first language that has one; '' where there is none. */
export function pick(texts: Texts | string | null | undefined, language: Language): string {
  if (!texts) return "";
  if (typeof texts === "string") return texts;
  const found: unknown = texts[shownIn(texts, language)];
  // Records come from servers, other museums' too: what is no text is not shown.
  return typeof found === "string" ? found : "";
}

/** What is listed, as the language sets it apart. */
export function joined(parts: readonly string[], language: Language): string {
  return parts.filter(Boolean).join(languageNamed(language).comma);
}

function isLanguage(said: unknown): said is KnownLanguage {
  const one = said as Record<string, unknown> | null;
  const texts = (value: unknown): boolean => Array.isArray(value) && value.every((part) => typeof part === "string");
  return (
    typeof one === "object" &&
    one !== null &&
    ["tag", "name", "short", "comma", "space"].every((name) => typeof one[name] === "string") &&
    (one["direction"] === "ltr" || one["direction"] === "rtl") &&
    ["fallbacks", "also", "voices"].every((name) => texts(one[name])) &&
    (typeof one["words"] === "string" || one["words"] === null)
  );
}
