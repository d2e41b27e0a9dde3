/**
 * What lies flat on the walls over the picture: a box that turns with the view as a camera in the middle of the room does, and in it
 * elements laid between their corners.
 */

import { css } from "lit";
import type { View } from "../panorama/view";
import { focalLength } from "../panorama/view";
import { type Corner, layOn } from "./plane";

export const onWallsStyles = css`
  .on-walls {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
    transition: opacity 0.25s;
  }
  .on-walls.passing {
    opacity: 0;
  }
  .on-walls > div {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 50%;
    transform-style: preserve-3d;
  }
  .on-walls > div > * {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    transform-origin: 0 0;
    opacity: 0;
    transition: opacity 0.6s;
  }
  .on-walls > div > .hangs {
    opacity: 1;
  }
`;

/** Turns the box with a view of the scene; `height` is that of the picture in CSS pixels. */
export function turnWalls(box: HTMLElement, view: View, height: number): void {
  const focal = focalLength(view.fov, height);
  box.style.perspective = `${focal}px`;
  const camera = box.firstElementChild as HTMLElement;
  camera.style.transform = `translateZ(${focal}px) rotateX(${view.pitch}deg) rotateY(${view.yaw}deg)`;
}

/** Lays an element of `width` × `height` CSS pixels between corners that are seen at yaw and pitch, clockwise from the top left. */
export function layElement(element: HTMLElement, corners: readonly Corner[], width: number, height: number): void {
  const matrix = layOn(corners, width, height);
  if (matrix) element.style.transform = `matrix3d(${matrix.map((value) => value.toFixed(6)).join(",")})`;
}
