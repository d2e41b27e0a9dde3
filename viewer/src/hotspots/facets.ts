/** The facets that several kinds of hotspots share. */

import { html } from "lit";
import { pick } from "../i18n/languages";
import { modelOf } from "../model/model-file";
import type { Facet, Opened } from "./registry";

/** The picture in deep zoom; nothing where the target has none. */
export function pictureFacet({ hotspot, language, record, steps }: Opened): Facet[] {
  const { iiif, color, thumbnail, page } = hotspot.target ?? {};
  if (!iiif) return [];
  const width = record?.["widthMm"];
  return [
    {
      key: "picture",
      label: "picture",
      body: html`<museum-zoom src=${infoAddress(iiif)} color=${color ?? ""} preview=${thumbnail ?? ""} lang=${language}
        page=${page ?? ""} label=${pick(hotspot.title, language)} width-mm=${typeof width === "number" ? width : 0}
        ?steps=${steps}></museum-zoom>`,
    },
  ];
}

/** The model in the round; nothing where the target has none. */
export function modelFacet({ hotspot, language, record }: Opened): Facet[] {
  const { model, thumbnail } = hotspot.target ?? {};
  if (!model) return [];
  return [
    {
      key: "model",
      label: "model",
      body: html`<museum-model src=${model} poster=${thumbnail ?? ""} .file=${modelOf(record, model)} alt=${pick(hotspot.title, language)}
        lang=${language}></museum-model>`,
    },
  ];
}

export const loadZoom = (): Promise<unknown> => import("../zoom/museum-zoom");
export const loadModel = (): Promise<unknown> => import("../model/museum-model");

function infoAddress(iiif: string): string {
  return iiif.endsWith("/info.json") ? iiif : `${iiif.replace(/\/$/, "")}/info.json`;
}
