/** What a part of the tour needs to let things stand in a room, in one piece that comes when it is needed. */

import { Group } from "three";

export { standModel } from "./standing-model";
export { lightOf, readStrip } from "./surroundings";

/** The frame of a scene whose panorama is turned by `offset` degrees. */
export function makeRoot(offset: number): Group {
  const root = new Group();
  root.rotation.y = (-offset * Math.PI) / 180;
  return root;
}
