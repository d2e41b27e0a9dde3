/** Annotations of a thing: numbered marks on it, and beside it a list from which one opens. */

import { type TemplateResult, html, nothing } from "lit";
import { say } from "../i18n/catalog";
import { type Language, pick } from "../i18n/languages";
import { icons } from "../ui/icons";
import type { Annotation, ModelView } from "./model-file";
import type { ModelViewerElement } from "./model-stage";
import { tell } from "./words";

export interface Framing {
  cameraOrbit: string;
  cameraTarget: string;
  fieldOfView: string;
}

/** As the posters are framed: see `museum/assets/models3d/still.py`. */
export const FRAMING: Framing = { cameraOrbit: "24deg 79deg 138%", cameraTarget: "auto auto auto", fieldOfView: "auto" };

/** Turns the camera there; at once for who wants `calm`. */
export function lookFrom(viewer: ModelViewerElement, calm: boolean, framing: Framing): void {
  viewer.resetTurntableRotation(0);
  Object.assign(viewer, framing);
  // The same words again are a wish too, once the visitor has turned the thing.
  for (const name of Object.keys(framing)) viewer.requestUpdate(name, {});
  if (calm) viewer.jumpCameraToGoal();
}

/** How `<model-viewer>` is told a view. */
export function framing({ orbit: [around, down, distance], target, fov }: ModelView): Framing {
  return {
    cameraOrbit: `${around}deg ${down}deg ${distance}m`,
    cameraTarget: target.map((metres) => `${metres}m`).join(" "),
    fieldOfView: `${fov}deg`,
  };
}

/** Straight at a point of the surface, as near as half of the thing, of `size` metres, is seen. */
export function facing({ position, normal: [x, y, z] }: Annotation, size: number): Framing {
  const around = (Math.atan2(x, z) * 180) / Math.PI;
  const down = Math.min(Math.max((Math.acos(Math.min(Math.max(y, -1), 1)) * 180) / Math.PI, 25), 125);
  return framing({ orbit: [around, down, 1.2 * size], target: position, fov: 25 });
}

/** The marks, to stand within `<model-viewer>`: buttons in the order of the list. */
export function marks(notes: readonly Annotation[], opened: number | undefined, language: Language, open: (id: number) => void): TemplateResult[] {
  return notes.map(
    ({ id, title, position, normal }, place) => html`<button slot="hotspot-note-${id}" class="mark" data-position=${position.join(" ")}
      data-normal=${normal.join(" ")} aria-pressed=${id === opened}
      aria-label=${tell(language, "note", { number: String(place + 1), title: pick(title, language) })} @click=${() => open(id)}>${place + 1}</button>`,
  );
}

/** The list, or the one that is open with the ways to its neighbours. */
export function notesPanel(
  notes: readonly Annotation[],
  opened: number | undefined,
  language: Language,
  open: (id: number | undefined) => void,
): TemplateResult {
  const place = notes.findIndex(({ id }) => id === opened);
  const note = notes[place];
  if (!note) {
    return html`<ol class="notes">${notes.map(
      ({ id, title }, number) => html`<li><button @click=${() => open(id)}><i aria-hidden="true">${number + 1}</i>${pick(title, language)}</button></li>`,
    )}</ol>`;
  }
  const step = (by: number): void => open(notes[(place + by + notes.length) % notes.length]?.id);
  const description = pick(note.description, language);
  return html`<h3><i aria-hidden="true">${place + 1}</i>${pick(note.title, language)}</h3>
    ${description ? html`<p class="words">${description}</p>` : nothing}
    <div class="row">
      ${notes.length > 1
        ? html`<button class="round" aria-label=${tell(language, "notePrevious")} @click=${() => step(-1)}>${icons.previous}</button>
            <button class="round" aria-label=${tell(language, "noteNext")} @click=${() => step(1)}>${icons.next}</button>
            <button class="pill" @click=${() => open(undefined)}>${tell(language, "noteAll")}</button>`
        : nothing}
      <button class="pill" @click=${() => open(-1)}>${say(language, "close")}</button>
    </div>`;
}
