/** The record behind a hotspot, as the API gives it. */

import type { Language, Texts } from "../i18n/languages";
import { pick } from "../i18n/languages";
import { fetchJson } from "../reading/fetch-bounded";
import { type TextKey, say } from "../i18n/catalog";

const LARGEST = 4_000_000;

/** A record of the API: fields are values, or texts by language. */
export type CollectionRecord = Readonly<Record<string, unknown>>;

/** Fields of a record in the order in which a museum's label names them. */
const FIELDS: readonly [field: string, label: TextKey][] = [
  ["period", "field_period"],
  ["material", "field_material"],
  ["dimensions", "field_dimensions"],
  ["grade", "field_grade"],
  ["source", "field_source"],
  ["condition", "field_condition"],
  ["accessionNumber", "field_accessionNumber"],
];

const records = new Map<string, Promise<CollectionRecord>>();

/** The record at an address; kept, so that looking again costs nothing. */
export function readRecord(address: string): Promise<CollectionRecord> {
  let record = records.get(address);
  if (!record) {
    record = fetchRecord(address);
    records.set(address, record);
    record.catch(() => records.delete(address));
  }
  return record;
}

/** Labels and values of what is known, in `language`. */
export function recordRows(record: CollectionRecord, language: Language): { label: string; value: string }[] {
  return FIELDS.flatMap(([field, label]) => {
    const value = field === "grade" ? grade(record, language) : textOf(record, field, language) || (field === "dimensions" ? size(record, language) : "");
    return value ? [{ label: say(language, label), value }] : [];
  });
}

/** A field in `language`; '' where the record has none. Texts stand in the record itself or under `texts`. */
export function textOf(record: CollectionRecord, field: string, language: Language): string {
  const texts = record["texts"] as Record<string, unknown> | undefined;
  const value = record[field] ?? texts?.[field];
  return typeof value === "number" ? String(value) : pick(value as Texts | string | undefined, language);
}

async function fetchRecord(address: string): Promise<CollectionRecord> {
  const own = new URL(address, location.href).origin === location.origin;
  const found = await fetchJson(address, { bytes: LARGEST, seconds: 30, redirects: own });
  if (typeof found !== "object" || found === null) throw new TypeError(`no record at ${address}`);
  return found as CollectionRecord;
}

function grade(record: CollectionRecord, language: Language): string {
  const name = record["grade"];
  return typeof name === "string" && name !== "ungraded" ? say(language, `grade_${name}` as TextKey) : "";
}

/** Width and height of a picture itself. */
function size(record: CollectionRecord, language: Language): string {
  const [width, height] = [record["widthMm"], record["heightMm"]];
  if (typeof width !== "number" || typeof height !== "number") return "";
  const centimetres = (length: number): string => String(Number((length / 10).toFixed(1)));
  return `${centimetres(width)} × ${centimetres(height)} ${say(language, "unit_cm")}`;
}
