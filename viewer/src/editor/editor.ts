/**
 * The scene editor: the visitor's own viewer, in which the curator points at where links and hotspots belong. What she points at
 * fills the same forms that work without scripts.
 */

import { CHANGED, sendFields } from '../admin/quiet-forms';
import { directionOf } from '../panorama/faces';
import { axesOf, createAxes, focalLength, project, unproject, type View, wrap } from '../panorama/view';
import { Chooser } from './chooser';

/** What the editor needs of `<museum-tour>`. */
interface TourElement extends HTMLElement {
  view: View;
  readonly ready: Promise<void>;
  turnTo(view: Partial<View>, seconds?: number): Promise<void>;
}

type Mode = 'link' | 'hotspot';

const TAP = 6;
/** After this many milliseconds the renewed viewer is shown even if it is not sharp yet. */
const PATIENCE = 4000;

export function openEditor(root: HTMLElement): void {
  const tour = root.querySelector<TourElement>('museum-tour');
  if (tour) new Editor(root, tour);
}

class Editor {
  private readonly aim: HTMLElement;
  private readonly pin = document.createElement('div');
  private mode: Mode | null = null;
  private chosen: { yaw: number; pitch: number } | null = null;
  private renewals = 0;

  constructor(
    private readonly root: HTMLElement,
    private tour: TourElement,
  ) {
    this.aim = root.querySelector<HTMLElement>('[data-aim]') as HTMLElement;
    this.pin.className = 'pin';
    this.pin.hidden = true;
    this.aim.append(this.pin);
    document.addEventListener(CHANGED, () => void this.refresh());
    root.addEventListener('click', (event) => this.onClick(event));
    // Walking on in the viewer leads to the next scene's own page.
    root.addEventListener('scene-change', (event) => {
      const { slug, foreign } = (event as CustomEvent<{ slug: string; foreign: boolean }>).detail;
      if (!foreign && slug !== root.dataset['scene']) location.assign(`/admin/scenes/${slug}`);
    });
    const toolbar = root.querySelector<HTMLElement>('[data-toolbar]');
    if (!toolbar) return;
    toolbar.hidden = false;
    root.classList.add('scripted');
    for (const mode of ['link', 'hotspot'] as const) this.setUpPanel(mode);
    this.aim.addEventListener('pointerdown', (event) => this.onPointer(event));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.mode) this.leave();
    });
  }

  private panel(mode: Mode): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-panel="${mode}"]`) as HTMLElement;
  }

  private setUpPanel(mode: Mode): void {
    const panel = this.panel(mode);
    panel.hidden = true;
    panel.addEventListener('museum-sent', () => {
      panel.querySelector('form')?.reset();
      this.leave();
    });
    panel.querySelector('[data-close]')?.addEventListener('click', () => this.leave());
    const place = panel.querySelector<HTMLElement>('[data-choose]');
    if (!place) return;
    const chooser = new Chooser(place, this.root.dataset['scene'] ?? '', this.root.dataset['textSearch'] ?? '', this.root.dataset['textNone'] ?? '');
    const kind = panel.querySelector<HTMLSelectElement>('select[name=kind]');
    kind?.addEventListener('change', () => chooser.setKind(kind.value));
    panel.addEventListener('museum-shown', () => chooser.setKind(kind?.value ?? 'scene'));
  }

  private onClick(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    const button = target?.closest<HTMLElement>('[data-mode]');
    if (button) {
      const mode = button.dataset['mode'] as Mode;
      if (this.mode === mode) this.leave();
      else this.enter(mode);
      return;
    }
    if (target?.closest('[data-first-view]')) {
      void this.setFirstView();
      return;
    }
    const spot = target?.closest<HTMLElement>('[data-spot]');
    if (spot && target && !target.closest('form, summary, a')) {
      void this.tour.turnTo({ yaw: Number(spot.dataset['yaw']), pitch: Number(spot.dataset['pitch']) });
      this.root.querySelector('.stage')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }

  private enter(mode: Mode): void {
    this.leave();
    this.mode = mode;
    this.aim.hidden = false;
    this.showAiming();
  }

  private leave(): void {
    this.mode = this.chosen = null;
    this.aim.hidden = this.pin.hidden = true;
    for (const mode of ['link', 'hotspot'] as const) this.panel(mode).hidden = true;
    this.showAiming();
  }

  private showAiming(): void {
    for (const button of this.root.querySelectorAll<HTMLElement>('[data-mode]')) {
      button.setAttribute('aria-pressed', String(button.dataset['mode'] === this.mode));
    }
    const words = this.root.querySelector<HTMLElement>('[data-aim-words]');
    if (words) words.hidden = this.mode === null || this.chosen !== null;
  }

  /** A tap places; a drag looks around. */
  private onPointer(down: PointerEvent): void {
    down.preventDefault();
    this.aim.setPointerCapture(down.pointerId);
    const began = { ...this.tour.view };
    const from = this.directionAt(down, began);
    let dragged = false;
    const move = (event: PointerEvent): void => {
      if (!dragged && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < TAP) return;
      dragged = true;
      const to = this.directionAt(event, began);
      const pitch = Math.min(Math.max(began.pitch + from.pitch - to.pitch, -90), 90);
      this.tour.view = { yaw: wrap(began.yaw + wrap(from.yaw - to.yaw)), pitch, fov: began.fov };
    };
    const up = (event: PointerEvent): void => {
      this.aim.removeEventListener('pointermove', move);
      if (!dragged && event.type === 'pointerup') this.choose(this.directionAt(event, this.tour.view));
    };
    this.aim.addEventListener('pointermove', move);
    this.aim.addEventListener('pointerup', up, { once: true });
    this.aim.addEventListener('pointercancel', up, { once: true });
  }

  private directionAt(event: PointerEvent, view: View): { yaw: number; pitch: number } {
    const box = this.tour.getBoundingClientRect();
    return unproject(view, event.clientX - box.left, event.clientY - box.top, box.width, box.height);
  }

  private choose(direction: { yaw: number; pitch: number }): void {
    if (!this.mode) return;
    const waiting = this.chosen === null;
    this.chosen = { yaw: wrap(direction.yaw), pitch: direction.pitch };
    const panel = this.panel(this.mode);
    for (const name of ['yaw', 'pitch'] as const) {
      const input = panel.querySelector<HTMLInputElement>(`input[name=${name}]`);
      if (input) input.value = this.chosen[name].toFixed(2);
    }
    panel.hidden = false;
    this.showAiming();
    if (waiting) {
      panel.dispatchEvent(new CustomEvent('museum-shown'));
      requestAnimationFrame(() => this.drawPin());
      panel.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    }
  }

  /** Keeps the pin on its spot while she looks around. */
  private drawPin(): void {
    if (!this.chosen || !this.root.isConnected) return;
    const box = this.tour.getBoundingClientRect();
    const view = this.tour.view;
    const axes = axesOf(view.yaw, view.pitch, createAxes());
    const focal = focalLength(view.fov, box.height);
    const direction = directionOf(this.chosen.yaw, this.chosen.pitch, [0, 0, 0]);
    const at = project(axes, focal, direction, box.width, box.height, { x: 0, y: 0, ahead: false });
    this.pin.hidden = !at.ahead;
    this.pin.style.transform = `translate(${at.x}px, ${at.y}px)`;
    requestAnimationFrame(() => this.drawPin());
  }

  private async setFirstView(): Promise<void> {
    const form = document.querySelector<HTMLFormElement>('[data-view-form]');
    if (!form) return;
    const { yaw, pitch, fov } = this.tour.view;
    for (const [name, value] of Object.entries({ yaw: wrap(yaw), pitch, fov })) {
      const input = form.elements.namedItem(name);
      if (input instanceof HTMLInputElement) input.value = value.toFixed(2);
    }
    await sendFields(form.action, new FormData(form));
  }

  /** Shows the scene as it is now, without turning the curator's head: a new viewer takes over behind the present one. */
  private async refresh(): Promise<void> {
    const renewal = ++this.renewals;
    const present = this.tour;
    const next = document.createElement('museum-tour') as TourElement;
    next.lang = present.lang;
    next.setAttribute('src', `${(present.getAttribute('src') ?? '').split('?')[0]}?renewal=${Date.now()}`);
    const entered = new Promise<void>((resolve) => next.addEventListener('scene-change', () => resolve(), { once: true }));
    present.before(next);
    const late = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([entered, late]);
    next.view = present.view;
    await Promise.race([next.ready, late]);
    if (renewal !== this.renewals) {
      next.remove();
      return;
    }
    next.view = present.view;
    this.tour = next;
    present.remove();
  }
}
