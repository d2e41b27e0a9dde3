import { describe, expect, it } from "vitest";
import { besideOnWall, wallOrder } from "../../src/tour/wall";
import type { TourHotspot } from "../../src/tour/types";

const hang = (id: number, yaw: number, pitch = 0, iiif: string | null = `/iiif/3/${id}`): TourHotspot => ({
  id, kind: "image", yaw, pitch, title: {}, target: { iiif },
});
const scene = { view: { yaw: 10 }, hotspots: [hang(1, 60), hang(2, -40, -10), hang(3, -41, 12), hang(4, 20, 0, null), hang(5, 150)] };

describe("the pictures of a wall", () => {
  it("follow one another from left to right, columns from the top, without what is no picture", () => {
    expect(wallOrder(scene).map(({ id }) => id)).toEqual([3, 2, 1, 5]);
  });

  it("go round the room in both directions", () => {
    expect(besideOnWall(scene, 3, 1)?.id).toBe(2);
    expect(besideOnWall(scene, 5, 1)?.id).toBe(3);
    expect(besideOnWall(scene, 3, -1)?.id).toBe(5);
  });

  it("have no neighbour where one hangs alone, or for what is no picture", () => {
    expect(besideOnWall({ view: { yaw: 0 }, hotspots: [hang(1, 0)] }, 1, 1)).toBeUndefined();
    expect(besideOnWall(scene, 4, 1)).toBeUndefined();
  });
});
