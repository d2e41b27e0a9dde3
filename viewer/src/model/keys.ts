/** What keys do while the model has the focus. */

import type { Tool } from "./tools";

/** What the keys act upon. */
export interface Keyed {
  readonly notes: readonly unknown[];
  zoom(steps: number): void;
  reset(): void;
  toggleTurning(): void;
  toggleWide(): Promise<void>;
  choose(tool: Tool): void;
}

const TOOLS: Record<string, Tool> = { n: "notes", l: "light", x: "cut", m: "measure" };
const ZOOM: Record<string, number> = { "+": 1, "=": 1, "-": -1 };

export function actOn(model: Keyed, key: string): void {
  const tool = TOOLS[key];
  if (ZOOM[key]) model.zoom(ZOOM[key]);
  else if (key === "0") model.reset();
  else if (key === "t") model.toggleTurning();
  else if (key === "f") void model.toggleWide();
  else if (tool && (tool !== "notes" || model.notes.length > 0)) model.choose(tool);
}
