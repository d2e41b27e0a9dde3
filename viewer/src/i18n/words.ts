/**
 * Words of the viewer in a language. Those of the museum's own languages are compiled in; what was added comes as a file of the museum's
 * server, once somebody reads that language, and elements wait for it: see `SpeakingElement`.
 */

import { fetchJson } from "../reading/fetch-bounded";
import { type Language, type OwnLanguage, isListed, languageNamed, languageOf, learn, matched } from "./languages";

/** Groups of texts, as the museum's server calls them. */
export type Area = "viewer" | "viewer-model" | "viewer-comparison";

type Own<Key extends string> = Readonly<Record<OwnLanguage, Readonly<Record<Key, string>>>>;

const LARGEST = 1_000_000;
const SECONDS = 15;

const added = new Map<Language, Partial<Record<Area, Record<string, unknown>>>>();
const coming = new Map<string, Promise<void>>();

if (typeof document !== "undefined") {
  const list = document.getElementById("languages")?.textContent;
  if (list) learn(JSON.parse(list), document.baseURI);
}

/**
 * A text in `language`, its places filled with `values`; in a language that stands in for it where it lacks the text. Where a `count` is
 * among them, it has the form that so many things take there, `key.few` for instance: see `museum/languages/plurals.py`.
 */
export function wordsIn<Key extends string>(
  area: Area,
  own: Own<Key>,
  language: Language,
  key: Key,
  values: Record<string, string> = {},
): string {
  const { count } = values;
  const text =
    counted(of(own, language) ?? added.get(language)?.[area], language, key, count) ?? counted(standIn(own, language), standInFor(own, language), key, count);
  return (text as string).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function of<Key extends string>(own: Own<Key>, language: Language): Readonly<Record<Key, string>> | undefined {
  return own[language as OwnLanguage] as Readonly<Record<Key, string>> | undefined;
}

function standIn<Key extends string>(own: Own<Key>, language: Language): Readonly<Record<Key, string>> {
  return own[standInFor(own, language)];
}

function standInFor<Key extends string>(own: Own<Key>, language: Language): OwnLanguage {
  return (languageNamed(language).fallbacks.find((tag) => of(own, tag)) ?? "zh-Hans") as OwnLanguage;
}

/** The text for so many things, else the general one. What names no number is for one alone. */
function counted(texts: Readonly<Record<string, unknown>> | undefined, language: Language, key: string, count: string | undefined): unknown {
  const number = count === undefined || count === "" ? Number.NaN : Number(count);
  if (!Number.isInteger(number)) return texts?.[key];
  const form = number === 1 ? "one" : new Intl.PluralRules(language).select(number);
  const found = texts?.[`${key}.${form}`] as string | undefined;
  return found && (number === 1 || form !== "one" || found.includes("{")) ? found : texts?.[key];
}

/** Resolves when the words for a reader of `tag` are here, or cannot be had; undefined where nothing need be waited for. */
export function wordsComing(tag: string): Promise<void> | undefined {
  const known = matched(tag);
  if (!known && (isListed() || !tag)) return undefined;
  if (known && (known.words === null || added.has(known.tag))) return undefined;
  // Whoever asks which languages there are goes on to ask for words: of these two questions neither may wait for itself.
  const key = known?.words ?? `which ${tag}`;
  let promise = coming.get(key);
  if (!promise) {
    promise = known ? read(known.tag, known.words!) : ask(tag);
    coming.set(key, promise);
  }
  return promise;
}

/** Asks the server that these scripts come from which languages it speaks: the page does not say so. */
async function ask(tag: string): Promise<void> {
  try {
    const address = new URL("/api/v1/languages", import.meta.url).href;
    const said = (await fetchJson(address, { bytes: LARGEST, seconds: SECONDS, redirects: false })) as { languages?: unknown };
    learn(said.languages, address);
  } catch {
    learn([], location.href);
  }
  await wordsComing(languageOf(tag));
}

async function read(language: Language, address: string): Promise<void> {
  let said: unknown;
  try {
    said = await fetchJson(address, { bytes: LARGEST, seconds: SECONDS, redirects: false });
  } catch {
    // Without its words the language is read in those that stand in for it.
  }
  added.set(language, typeof said === "object" && said !== null ? texts(said as Record<string, unknown>) : {});
}

function texts(said: Record<string, unknown>): Partial<Record<Area, Record<string, unknown>>> {
  const groups = Object.entries(said).map(([area, words]) => [
    area,
    Object.fromEntries(Object.entries(Object(words) as object).filter(([, text]) => typeof text === "string" && text)),
  ]);
  return Object.fromEntries(groups) as Partial<Record<Area, Record<string, unknown>>>;
}
