/** The facets that several kinds of hotspots share. */

import { type TemplateResult, html, nothing } from "lit";
import { say } from "../i18n/catalog";
import { pick } from "../i18n/languages";
import { modelOf } from "../model/model-file";
import { icons } from "../ui/icons";
import { copyHere, placesOf } from "../zoom/places";
import { infoAddress } from "./addresses";
import type { Facet, Opened } from "./registry";

/** The picture in deep zoom, with a strip of all where there are several; nothing where the target has none. */
export function pictureFacet(opened: Opened): Facet[] {
  const { hotspot, language, steps, photographs, chosen } = opened;
  const shown = photographs[chosen];
  if (!shown) return [];
  const places = placesOf(shown.iiif, copyHere());
  return [
    {
      key: "picture",
      label: "picture",
      body: html`<museum-zoom src=${infoAddress(shown.iiif)} color=${shown.color ?? ""} preview=${shown.thumbnail ?? ""} lang=${language}
          page=${places?.page ?? ""} record=${places?.record ?? ""} label=${pick(shown.alt, language) || pick(hotspot.title, language)}
          ?steps=${steps}></museum-zoom>
        ${photographs.length > 1 ? strip(opened) : nothing}`,
    },
  ];
}

function strip({ language, photographs, chosen, choose }: Opened): TemplateResult {
  const count = String(photographs.length);
  return html`<div class="strip" role="group" aria-label=${say(language, "photographs")}>
    ${photographs.map(({ thumbnail, alt }, i) => {
      const name = say(language, "photograph", { number: String(i + 1), count });
      const words = pick(alt, language);
      return html`<button aria-pressed=${i === chosen} aria-label=${words ? `${name}: ${words}` : name} @click=${() => choose(i)}>
        ${thumbnail ? html`<img src=${thumbnail} alt="" crossorigin="anonymous">` : icons.image}</button>`;
    })}
  </div>`;
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

export const loadZoom = (): Promise<unknown> => Promise.all([import("../zoom/museum-zoom"), import("openseadragon")]);
export const loadModel = (): Promise<unknown> => import("../model/museum-model");
