import { levelFor } from "../model/level";

/** From so far on, in metres, five thousand triangles look the same. */
const FAR = 4;

/** The level of a model that stands so many metres away. Pure. */
export function levelAt(model: string, distance: number): string {
  return levelFor(model, distance > FAR ? "far" : "phone");
}
