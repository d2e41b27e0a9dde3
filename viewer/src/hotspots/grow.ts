/** A picture growing out of its place on the wall to where it is looked at, and back into it. */

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const MILLISECONDS = 380;
const EASE = "cubic-bezier(0.3, 0, 0.1, 1)";

/** Where a picture of `shape` (width / height) lies within `box` when all of it is to be seen. Pure. */
export function contained(box: Box, shape: number): Box {
  const width = Math.min(box.width, box.height * shape);
  const height = width / shape;
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height };
}

/** Lets the picture `source` travel over the window between two boxes. Resolves when it has arrived, and is gone again. */
export async function travel(parent: ParentNode & Node, source: string, from: Box, to: Box): Promise<void> {
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = source;
  picture.setAttribute("aria-hidden", "true");
  Object.assign(picture.style, {
    position: "fixed",
    left: "0",
    top: "0",
    width: `${to.width}px`,
    height: `${to.height}px`,
    objectFit: "cover",
    transformOrigin: "0 0",
    pointerEvents: "none",
    zIndex: "4",
  });
  parent.append(picture);
  const place = (box: Box): string =>
    `translate(${box.x}px, ${box.y}px) scale(${box.width / to.width}, ${box.height / to.height})`;
  try {
    await picture.animate([{ transform: place(from) }, { transform: place(to) }], { duration: MILLISECONDS, easing: EASE, fill: "both" }).finished;
  } catch {
    // Closed on the way: there is nothing left to show.
  } finally {
    picture.remove();
  }
}
