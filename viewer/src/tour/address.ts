/** The view in a page's address, `/scenes/{slug}?yaw=12.3&pitch=-4.0&fov=75`, and the addresses of tours. Pure. */

import { type View, clamp, wrap } from "../panorama/view";

/** What of a view the query states; what it does not state, or states as nonsense, is missing. */
export function viewFromQuery(query: string): Partial<View> {
  const fields = new URLSearchParams(query);
  const view: Partial<View> = {};
  const yaw = number(fields.get("yaw"));
  const pitch = number(fields.get("pitch"));
  const fov = number(fields.get("fov"));
  if (yaw !== undefined) view.yaw = wrap(yaw);
  if (pitch !== undefined) view.pitch = clamp(pitch, -90, 90);
  if (fov !== undefined) view.fov = clamp(fov, 5, 120);
  return view;
}

/** `url` with the view in its query; other fields of the query stay. Hundredths of a degree are finer than a pixel. */
export function addressOf(url: string, view: View, query = ""): string {
  const [path = "", own = ""] = url.split("?");
  const fields = new URLSearchParams(own || query);
  fields.set("yaw", tidy(view.yaw));
  fields.set("pitch", tidy(view.pitch));
  fields.set("fov", tidy(view.fov));
  return `${path}?${fields}`;
}

/** The address of a tour.json: `src` itself, or that of `scene` in the museum at `src`. Undefined where neither says one. */
export function tourAddress(src: string, scene: string, base: string): string | undefined {
  if (!src) return undefined;
  const url = new URL(src, base);
  if (url.pathname.endsWith("/tour.json")) return url.href;
  return scene ? new URL(`/api/v1/scenes/${encodeURIComponent(scene)}/tour.json`, url).href : undefined;
}

function tidy(degrees: number): string {
  return String(Number(degrees.toFixed(2)) || 0);
}

function number(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
