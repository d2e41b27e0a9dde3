/** The venue's floor plan with where one stands, what one sees and where one may go. Metres, x east and y north. */

import { type TemplateResult, html, svg } from "lit";
import { type Language, pick } from "../i18n/languages";
import type { View } from "../panorama/view";
import type { Tour, TourLink } from "./types";

/** Whether there is a plan to draw for this scene. */
export function hasPlan(tour: Tour): boolean {
  return Boolean(tour.scene.plan && tour.scene.venue.plan && tour.scene.venue.plan.rooms.length > 0);
}

/** `follow` is called with the link to the scene whose dot was chosen. */
export function floorPlan(tour: Tour, language: Language, follow: (link: TourLink) => void): TemplateResult {
  const { scene } = tour;
  const plan = scene.venue.plan!;
  const [x, y] = scene.plan!;
  const corners = plan.rooms.flatMap((room) => room.outline);
  const [left, right] = extent(corners.map((corner) => corner[0]));
  const [low, high] = extent(corners.map((corner) => corner[1]));
  const size = Math.max(right - left, high - low);
  const dot = size / 42;
  const ways = scene.links.flatMap((link) => {
    const place = link.scene ? tour.neighbours[link.scene]?.plan : undefined;
    return place && link.kind === "walk" && link.distance != null ? [{ link, x: place[0], y: place[1] }] : [];
  });
  const go = (link: TourLink) => (event: Event) => {
    event.preventDefault();
    follow(link);
  };
  return html`<svg viewBox="${left - dot} ${-high - dot} ${right - left + 2 * dot} ${high - low + 2 * dot}">
    ${plan.rooms.map(
      (room) => svg`<polygon class="room ${room.key === scene.room ? "here" : ""}"
        points=${room.outline.map((corner) => `${corner[0]},${-corner[1]}`).join(" ")}></polygon>`,
    )}
    <g class="cone-place" transform="translate(${x} ${-y})"><path class="cone"></path></g>
    ${ways.map(
      (way) => svg`<a href=${way.link.url} @click=${go(way.link)} aria-label=${pick(way.link.title, language)}>
        <circle cx=${way.x} cy=${-way.y} r=${dot * 2.4} fill="transparent"></circle>
        <circle class="dot" cx=${way.x} cy=${-way.y} r=${dot}><title>${pick(way.link.title, language)}</title></circle></a>`,
    )}
    <circle class="here-dot" cx=${x} cy=${-y} r=${dot * 1.3}></circle>
  </svg>`;
}

/** Turns the cone of what is seen. `heading` is degrees from north; `across` the horizontal field of view. */
export function turnCone(root: ParentNode, tour: Tour, view: View, aspect: number): void {
  const cone = root.querySelector(".cone");
  const plan = tour.scene.venue.plan;
  if (!cone || !plan) return;
  const corners = plan.rooms.flatMap((room) => room.outline);
  const [left, right] = extent(corners.map((corner) => corner[0]));
  const reach = (right - left) / 6;
  const half = Math.min(Math.atan(Math.tan((view.fov * Math.PI) / 360) * aspect), 1.2);
  const heading = ((view.yaw + tour.scene.north) * Math.PI) / 180;
  const corner = (angle: number): string => `${(Math.sin(angle) * reach).toFixed(2)} ${(-Math.cos(angle) * reach).toFixed(2)}`;
  cone.setAttribute("d", `M0 0L${corner(heading - half)}A${reach} ${reach} 0 0 1 ${corner(heading + half)}Z`);
}

function extent(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
