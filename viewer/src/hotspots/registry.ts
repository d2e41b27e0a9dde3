/** The kinds of hotspots. A new kind is one new file in `kinds/` that exports `kind`. */

import type { TemplateResult } from "lit";
import type { TextKey } from "../i18n/catalog";
import type { Language } from "../i18n/languages";
import type { TourHotspot, TourTarget } from "../tour/types";
import type { IconName } from "../ui/icons";
import type { Photograph } from "./photographs";
import type { CollectionRecord } from "./record";

export interface Opened {
  hotspot: TourHotspot;
  language: Language;
  /** The record behind the hotspot, once it has come. */
  record: CollectionRecord | undefined;
  /** Whether other pictures hang beside it. */
  steps: boolean;
  /** Its pictures, and which of them is shown. */
  photographs: readonly Photograph[];
  chosen: number;
  choose(photograph: number): void;
}

/** One way to look at what a hotspot opens; several become tabs. */
export interface Facet {
  key: string;
  label: TextKey;
  body: TemplateResult;
}

export interface HotspotKind {
  name: string;
  label: TextKey;
  icon: IconName;
  /** What fills the dialog beside the record; empty where the words alone are what there is to see. */
  facets(opened: Opened): Facet[];
  /** It is heard in the room, and opens no dialog. */
  isHeard?: boolean;
  /** Loads the elements that the facets of a target use. */
  load?(target: TourTarget | null | undefined): Promise<unknown>;
}

const kinds = new Map<string, HotspotKind>();
for (const module of Object.values(import.meta.glob<{ kind: HotspotKind }>("./kinds/*.ts", { eager: true }))) {
  kinds.set(module.kind.name, module.kind);
}

export function hotspotKind(name: string): HotspotKind | undefined {
  return kinds.get(name);
}
