/** The plan of the floor with where one stands, what one sees and where one may go. Metres, x east and y north. */

import { type TemplateResult, html, nothing, svg } from "lit";
import { type Language, pick } from "../i18n/languages";
import type { View } from "../panorama/view";
import { cornersOf, extentOfPoints } from "../plan/plane";
import type { Tour, TourFloor, TourLink, TourPlan } from "./types";

const MAIN = "main";
type Pictured = TourFloor & { picture: string; ratio: number; metres: number };

/** Whether there is a plan to draw for this scene. */
export function hasPlan(tour: Tour): boolean {
  return Boolean(tour.scene.plan) && (roomsOf(tour).length > 0 || pictureOf(tour) !== undefined);
}

/** The rooms on the scene's floor. */
function roomsOf({ scene: { venue } }: Tour): TourPlan["rooms"] {
  const here = venue.floor?.key ?? MAIN;
  return (venue.plan?.rooms ?? []).filter(({ floor }) => (floor ?? MAIN) === here);
}

function pictureOf({ scene: { venue } }: Tour): Pictured | undefined {
  const { floor } = venue;
  return floor?.picture && floor.ratio && floor.metres ? (floor as Pictured) : undefined;
}

/** What is drawn, in metres. */
function extent(tour: Tour): { x: number; y: number; width: number; height: number } {
  const picture = pictureOf(tour);
  const { x = 0, y = 0, turned = 0 } = picture ?? {};
  const corners = picture ? cornersOf({ x, y, turned, metres: picture.metres }, picture.ratio) : [];
  return extentOfPoints([...corners, ...roomsOf(tour).flatMap((room) => room.outline)]) ?? { x: 0, y: 0, width: 1, height: 1 };
}

/** Address of the picture of the scene's floor. */
export function planPicture(tour: Tour): string | undefined {
  return pictureOf(tour)?.picture;
}

/** `follow` is called with the link to the scene whose dot was chosen. `dark` are drawings to be shown with their light and dark exchanged. */
export function floorPlan(tour: Tour, language: Language, dark: boolean, follow: (link: TourLink) => void): TemplateResult {
  const { scene } = tour;
  const [x, y] = scene.plan!;
  const seen = extent(tour);
  const dot = Math.max(seen.width, seen.height) / 34;
  const ways = scene.links.flatMap((link) => {
    const place = link.scene ? tour.neighbours[link.scene]?.plan : undefined;
    return place && link.kind === "walk" && link.distance != null ? [{ link, x: place[0], y: place[1] }] : [];
  });
  const go = (link: TourLink) => (event: Event) => {
    event.preventDefault();
    follow(link);
  };
  const [left, top] = [seen.x - seen.width / 2, -seen.y - seen.height / 2];
  return html`<svg viewBox="${left - dot} ${top - dot} ${seen.width + 2 * dot} ${seen.height + 2 * dot}">
    ${drawn(pictureOf(tour), dark)}
    ${roomsOf(tour).map(
      (room) => svg`<polygon class="room ${room.key === scene.room ? "here" : ""}"
        points=${room.outline.map((corner) => `${corner[0]},${-corner[1]}`).join(" ")}></polygon>`,
    )}
    <g class="cone-place" transform="translate(${x} ${-y})"><path class="cone"></path></g>
    ${ways.map(
      (way) => svg`<a href=${way.link.url} @click=${go(way.link)} aria-label=${pick(way.link.title, language)}>
        <circle class="touch" cx=${way.x} cy=${-way.y} r=${dot}></circle>
        <circle class="dot" cx=${way.x} cy=${-way.y} r=${dot}><title>${pick(way.link.title, language)}</title></circle></a>`,
    )}
    <circle class="here-ring" cx=${x} cy=${-y} r=${dot * 2}></circle>
    <circle class="here-dot" cx=${x} cy=${-y} r=${dot * 1.15}></circle>
  </svg>`;
}

function drawn(floor: Pictured | undefined, dark: boolean): unknown {
  if (!floor) return nothing;
  const [width, height] = [floor.metres, floor.metres * floor.ratio];
  return svg`<image class=${dark ? "exchanged" : ""} href=${floor.picture} transform="translate(${floor.x ?? 0} ${-(floor.y ?? 0)}) rotate(${floor.turned ?? 0})" x=${-width / 2} y=${-height / 2}
    width=${width} height=${height} preserveAspectRatio="none"></image>`;
}

/** Turns the cone of what is seen. `heading` is degrees from north; `across` the horizontal field of view. */
export function turnCone(root: ParentNode, tour: Tour, view: View, aspect: number): void {
  const cone = root.querySelector(".cone");
  if (!cone || !hasPlan(tour)) return;
  const reach = extent(tour).width / 6;
  const half = Math.min(Math.atan(Math.tan((view.fov * Math.PI) / 360) * aspect), 1.2);
  const heading = ((view.yaw + tour.scene.north) * Math.PI) / 180;
  const corner = (angle: number): string => `${(Math.sin(angle) * reach).toFixed(2)} ${(-Math.cos(angle) * reach).toFixed(2)}`;
  cone.setAttribute("d", `M0 0L${corner(heading - half)}A${reach} ${reach} 0 0 1 ${corner(heading + half)}Z`);
}
