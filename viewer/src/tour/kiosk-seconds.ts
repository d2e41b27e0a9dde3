/** After how many seconds alone a kiosk returns to its beginning. Pure. */

const SECONDS = 90;
const LONGEST = 24 * 3600;

/** `attribute` of the tag wins over `kiosk` in the page's query; undefined where neither is there. */
export function kioskSeconds(attribute: string | null, query: string): number | undefined {
  const value = attribute ?? new URLSearchParams(query).get("kiosk");
  if (value === null) return undefined;
  const seconds = Number(value);
  return value.trim() !== "" && seconds >= 1 ? Math.min(seconds, LONGEST) : SECONDS;
}
