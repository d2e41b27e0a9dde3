/** How far the visitor came in each guided tour, kept in her browser and nowhere else; and whether she wants it read aloud. */

const STOPS = "museum.guided";
const ALOUD = "museum.aloud";

/** The stop, from 1 on, at which she was last; undefined where she was at none, or the browser keeps nothing. */
export function lastStop(tour: string): number | undefined {
  const stop = read()[tour];
  return typeof stop === "number" && stop >= 1 ? stop : undefined;
}

/** Undefined forgets the tour: it has come to its end. */
export function keepStop(tour: string, stop: number | undefined): void {
  const stops = read();
  if (stop === undefined) delete stops[tour];
  else stops[tour] = stop;
  write(STOPS, JSON.stringify(stops));
}

export function wantsAloud(): boolean {
  try {
    return localStorage.getItem(ALOUD) === "yes";
  } catch {
    return false;
  }
}

export function keepAloud(aloud: boolean): void {
  write(ALOUD, aloud ? "yes" : "no");
}

function read(): Record<string, unknown> {
  try {
    const stops: unknown = JSON.parse(localStorage.getItem(STOPS) ?? "{}");
    return typeof stops === "object" && stops !== null ? (stops as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing: the tour goes on without.
  }
}
