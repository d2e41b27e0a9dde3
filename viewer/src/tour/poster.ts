/**
 * The first picture, before any script for WebGL is here: the strip on six sides of a cube made of elements, turned by CSS.
 *
 * The element's box shows what the renderer will show at the same view, so that nothing jumps when it takes over.
 */

import { type Level, UPRIGHT } from "../panorama/orientation";
import { type View, focalLength } from "../panorama/view";

/** A cube round the eye looks the same at any size: at that of the strip the browser has the least to paint. */
const SIDE = 256;
const TURNS = ["", "rotateY(-90deg)", "rotateY(180deg)", "rotateY(90deg)", "rotateX(-90deg)", "rotateX(90deg)"];

/** Fills `box` with the panorama of `strip`, put upright by `level` and seen along `view`. */
export function paintPoster(box: HTMLElement, strip: string, view: View, level: Readonly<Level> = UPRIGHT): void {
  const { clientWidth: width, clientHeight: height } = box;
  const focal = focalLength(view.fov, height);
  box.style.perspective = `${focal}px`;
  const cube = document.createElement("div");
  cube.className = "cube";
  cube.style.transform = `translateZ(${focal}px) rotateX(${view.pitch}deg) rotateY(${view.yaw}deg) rotateX(${-level.pitch}deg) rotateZ(${level.roll}deg)`;
  TURNS.forEach((turn, face) => {
    const square = document.createElement("div");
    square.style.width = square.style.height = `${SIDE}px`;
    square.style.left = `${(width - SIDE) / 2}px`;
    square.style.top = `${(height - SIDE) / 2}px`;
    square.style.willChange = "transform";
    square.style.backgroundImage = `url("${strip}")`;
    square.style.backgroundSize = "600% 100%";
    square.style.backgroundPosition = `${face * 20}% 0`;
    square.style.transform = `${turn} translateZ(${0.2 - SIDE / 2}px)`;
    cube.append(square);
  });
  box.replaceChildren(cube);
}
