/**
 * Films on the walls: they run without sound where they hang while one looks that way, and open with sound like all else.
 *
 * Nothing runs for visitors who want little motion or save data, behind an open dialog, out of the picture, or in a headset, which shows
 * no elements.
 */

import { css, html, nothing } from "lit";
import { type Axes, type Point, type View, axesOf, createAxes, focalLength, project } from "../../panorama/view";
import { directionOf } from "../../panorama/faces";
import type { Rendered, TourHost, TourPart } from "../part";
import { layElement, onWallsStyles, turnWalls } from "../on-walls";
import type { TourHotspot } from "../types";
import type { Visit } from "../visit";

/** Size of a film's box before it is laid on its wall. */
const [WIDTH, HEIGHT] = [640, 360];

export class Films implements TourPart {
  static readonly styles = [
    onWallsStyles,
    css`
      .films video {
        inline-size: 640px;
        block-size: 360px;
        object-fit: fill;
      }
    `,
  ];

  readonly regions = { picture: () => this.render() };
  private readonly axes: Axes = createAxes();
  private readonly point: Point = { x: 0, y: 0, ahead: false };

  constructor(private readonly host: TourHost) {
    // A dialog opens over a picture that rests: the next frame sees it.
    for (const type of ["hotspot-open", "hotspot-close"]) host.addEventListener(type, () => host.visit?.stage.invalidate());
  }

  turned(view: View, visit: Visit): void {
    const box = this.box;
    if (!box) return;
    turnWalls(box, view, this.host.clientHeight);
    this.run(visit);
  }

  drawn(visit: Visit): void {
    this.box?.classList.toggle("passing", visit.guide.passing || !visit.time.marked || visit.time.comparing);
    this.run(visit);
  }

  hostUpdated(): void {
    for (const film of this.films) {
      const hotspot = this.hung.find(({ id }) => String(id) === film.dataset["film"]);
      if (hotspot) layElement(film, hotspot.polygon!, WIDTH, HEIGHT);
    }
    const { visit } = this.host;
    if (visit && this.films.length > 0) this.turned(visit.view, visit);
  }

  /** Lets those run that are to be seen, and stops the others. */
  private run(visit: Visit): void {
    const { films } = this;
    if (films.length === 0) return;
    const rests = this.host.calm || visit.stage.savesData || visit.stage.presenting || this.host.openedHotspot !== undefined || visit.guide.passing;
    for (const film of films) {
      const hotspot = this.hung.find(({ id }) => String(id) === film.dataset["film"]);
      const runs = !rests && hotspot !== undefined && this.inSight(hotspot, visit.view);
      if (runs && film.paused) film.play().catch(() => undefined); // Where the browser forbids it, the wall stays as it was photographed.
      else if (!runs && !film.paused) film.pause();
    }
  }

  private inSight({ polygon, yaw, pitch }: TourHotspot, view: View): boolean {
    const { clientWidth: width, clientHeight: height } = this.host;
    axesOf(view.yaw, view.pitch, this.axes);
    const focal = focalLength(view.fov, height);
    return [[yaw, pitch] as const, ...polygon!].some(([yaw, pitch]) => {
      const { x, y, ahead } = project(this.axes, focal, directionOf(yaw, pitch, [0, 0, 0]), width, height, this.point);
      return ahead && x > 0 && x < width && y > 0 && y < height;
    });
  }

  private get hung(): TourHotspot[] {
    const hotspots = this.host.tour?.scene.hotspots ?? [];
    return hotspots.filter(({ kind, polygon, target }) => kind === "video" && polygon?.length === 4 && target?.href);
  }

  private get box(): HTMLElement | null {
    return this.host.renderRoot.querySelector<HTMLElement>(".films");
  }

  private get films(): HTMLVideoElement[] {
    return [...(this.box?.querySelectorAll("video") ?? [])];
  }

  private render(): Rendered {
    if (this.hung.length === 0) return nothing;
    const shows = (event: Event): void => (event.target as Element).classList.add("hangs");
    return html`<div class="on-walls films" aria-hidden="true"><div>
      ${this.hung.map(
        ({ id, target }) => html`<video data-film=${id} src=${target!.href!} poster=${target!.thumbnail ?? nothing} .muted=${true} loop playsinline preload="none" tabindex="-1"
          @playing=${shows}></video>`,
      )}
    </div></div>`;
  }
}
