/** What scripts add to pages on which something is chosen by its picture, and to stops of guided tours: taking the view that the viewer shows. */

import { Chooser } from '../editor/chooser';
import { wrap } from '../panorama/view';

interface TourElement extends HTMLElement {
  readonly scene: string;
  readonly view: { yaw: number; pitch: number; fov: number };
}

/** Fields marked `data-choose` with a kind of record; where their form has a field `kind`, that says which. */
export function chooseByPicture(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-choose]')) {
    const { choose = '', near = '', textSearch = '', textNone = '', textUnseen = '' } = place.dataset;
    const chooser = new Chooser(place, near, textSearch, textNone, textUnseen);
    const form = place.closest('form');
    form?.addEventListener('museum-sent', () => chooser.clear());
    const kinds = form?.querySelector<HTMLSelectElement>('select[name=kind]');
    kinds?.addEventListener('change', () => chooser.setKind(kinds.value));
    chooser.setKind(kinds?.value ?? choose);
  }
}

/** A stop's form: "take this view" fills in where the viewer stands and looks, to whatever scene she has walked in it. */
export function takeViews(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>('[data-stop-editor]')) {
    const tour = form.querySelector<TourElement>('museum-tour');
    const toolbar = form.querySelector<HTMLElement>('[data-toolbar]');
    const button = form.querySelector<HTMLElement>('[data-take-view]');
    if (!tour || !toolbar || !button) continue;
    toolbar.hidden = false;
    button.addEventListener('click', () => {
      setField(form, 'scene', tour.scene);
      fillView(form, tour);
      button.setAttribute('aria-pressed', 'true');
      button.animate([{ opacity: 0.2 }, { opacity: 1 }], 400);
    });
    tour.addEventListener('view-change', () => button.removeAttribute('aria-pressed'));
  }
  // Beside the scene editor: the view that she has there.
  for (const form of root.querySelectorAll<HTMLFormElement>('[data-takes-view]')) {
    form.addEventListener('submit', () => {
      const tour = document.querySelector<TourElement>('[data-editor] museum-tour');
      if (tour) fillView(form, tour);
    });
  }
}

function fillView(form: HTMLFormElement, tour: TourElement): void {
  const { yaw, pitch, fov } = tour.view;
  for (const [name, value] of Object.entries({ yaw: wrap(yaw), pitch, fov })) setField(form, name, value.toFixed(2));
}

function setField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
