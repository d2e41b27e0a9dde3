import { describe, expect, it } from "vitest";
import type { TourLink } from "../../src/tour/types";
import { openingYaw, waysOut } from "../../src/tour/ways-out";

const PHONE = [390, 760] as const;
const view = (yaw: number, pitch = 0) => ({ yaw, pitch, fov: 96 });

function way(id: number, yaw: number, more: Partial<TourLink> = {}): TourLink {
  return { id, kind: "walk", yaw, pitch: 0, title: {}, scene: `s${id}`, tour: "", url: "", ...more };
}

describe("where the ways on lie that are out of the picture", () => {
  const ways = [way(1, 90), way(2, -120), way(3, 150)];

  it("tells the nearest on either side", () => {
    const { left, right, below } = waysOut(ways, view(0), ...PHONE);
    expect([left?.id, right?.id, below]).toEqual([2, 1, undefined]);
  });

  it("counts the way round the back as the side on which it is nearer", () => {
    expect(waysOut([way(1, -170)], view(175), ...PHONE)).toEqual({});
    expect(waysOut([way(1, -170)], view(100), ...PHONE).right?.id).toBe(1);
  });

  it("says nothing as long as one to walk is in the picture", () => {
    expect(waysOut(ways, view(85), ...PHONE)).toEqual({});
    expect(waysOut([...ways, way(4, 80, { kind: "portal" })], view(85), ...PHONE)).toEqual({});
  });

  it("leads to the ways to walk where a portal is in the picture, past other portals", () => {
    const portals = [way(4, 5, { kind: "portal" }), way(5, 60, { kind: "portal" })];
    const { left, right } = waysOut([...ways, ...portals], view(0), ...PHONE);
    expect([left?.id, right?.id]).toEqual([2, 1]);
    expect(waysOut(portals, view(0), ...PHONE)).toEqual({});
    expect(waysOut([way(3, 150), ...portals], view(-120), ...PHONE).right?.id).toBe(4);
  });

  it("leads down to what lies at the feet of whoever looks up", () => {
    expect(waysOut([way(1, 5), way(2, 90)], view(0, 60), ...PHONE)).toEqual({ below: expect.objectContaining({ id: 1 }) });
  });

  it("leaves times to the time line", () => {
    expect(waysOut([way(1, 90, { kind: "time" })], view(0), ...PHONE)).toEqual({});
  });
});

describe("the view in which a scene opens that nobody chose one for", () => {
  it("is along the shortest way, where none would be seen", () => {
    expect(openingYaw([way(1, 90, { distance: 9 }), way(2, -140, { distance: 3 })], view(0), ...PHONE)).toBe(-140);
  });

  it("stays where a way is seen, where there is none, and where somebody chose it", () => {
    expect(openingYaw([way(1, 10), way(2, 90)], view(0), ...PHONE)).toBe(0);
    expect(openingYaw([], view(0), ...PHONE)).toBe(0);
    expect(openingYaw([way(1, 90)], view(-30), ...PHONE)).toBe(-30);
  });
});
