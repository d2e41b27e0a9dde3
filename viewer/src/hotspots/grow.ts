/** A picture growing out of its place on the wall to where it is looked at, and back into it. */

import { type Quad, between, laidBetween, sizeOf } from "../ui/quad";

const MILLISECONDS = 380;
/** A browser does not go straight from one perspective to another: these are near enough for it. */
const STEPS = 24;

/**
 * Lets the picture `source` travel over the window, from one place to another. It stays there until `taken` resolves. Resolves when it is
 * gone again.
 */
export async function travel(parent: ParentNode & Node, source: string, from: Quad, to: Quad, taken?: Promise<unknown>): Promise<void> {
  const size = sizeOf(to).width > sizeOf(from).width ? sizeOf(to) : sizeOf(from);
  const frames: Keyframe[] = [];
  for (let step = 0; step <= STEPS; step++) {
    const transform = laidBetween(between(from, to, eased(step / STEPS)), size.width, size.height);
    if (!transform) return;
    frames.push({ transform });
  }
  const picture = document.createElement("img");
  picture.alt = "";
  picture.crossOrigin = "anonymous";
  picture.src = source;
  picture.setAttribute("aria-hidden", "true");
  Object.assign(picture.style, {
    position: "fixed",
    left: "0",
    top: "0",
    width: `${size.width}px`,
    height: `${size.height}px`,
    transformOrigin: "0 0",
    pointerEvents: "none",
    zIndex: "4",
  });
  parent.append(picture);
  try {
    await picture.animate(frames, { duration: MILLISECONDS, fill: "both" }).finished;
    await taken;
  } catch {
    // Closed on the way: there is nothing left to show.
  } finally {
    picture.remove();
  }
}

/** Quick off the wall, gently into place. */
function eased(part: number): number {
  return 1 - (1 - part) ** 3;
}
