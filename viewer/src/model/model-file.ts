/** What the API says of a 3D model (`ModelFile` in its document), as the viewer needs it. Lengths are metres, y is up. */

import type { Texts } from "../i18n/languages";

/** A camera around the model: degrees to the right of its front, degrees from straight above, metres from `target`; `fov` in degrees. */
export interface ModelView {
  orbit: [number, number, number];
  target: [number, number, number];
  fov: number;
}

export interface Annotation {
  id: number;
  title: Texts;
  description?: Texts;
  position: [number, number, number];
  normal: [number, number, number];
  view?: ModelView | null;
}

export interface ModelFile {
  slug?: string;
  title?: Texts;
  alt?: Texts;
  /** Address of the finest level. */
  model: string;
  poster?: string | null;
  /** Address of a picture of 24 frames side by side, one turn to the right. */
  turntable?: string | null;
  /** Address of the package that iPhones put into the room. */
  usdz?: string | null;
  bounds?: number[];
  /** The real thing's height; without it sizes are what the file claims. */
  heightM?: number | null;
  /** How the curator framed it. */
  view?: ModelView | null;
  annotations?: Annotation[];
}

/** The model at the address `model` among those of a record of the API. */
export function modelOf(record: Readonly<Record<string, unknown>> | undefined, model: string): ModelFile | undefined {
  const models = record?.["models"];
  if (!Array.isArray(models)) return undefined;
  return (models as ModelFile[]).find((known) => typeof known === "object" && known !== null && known.model === model);
}
