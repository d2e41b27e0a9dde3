import { describe, expect, it } from "vitest";
import { setLevel, setPolygon, moveSpot } from "../../src/editor/commands";
import type { Corner } from "../../src/editor/draft";
import { frameAround, inOrder, levelThrough, middleOf, northFor, relevel } from "../../src/editor/geometry";
import { dice, draft, hotspot } from "./drafts";

describe("directions in the editor", () => {
  it("stay on the photograph when it is put upright, as the server does it", () => {
    // The same figures as museum.scenes.geometry.relevel gives.
    expect(relevel([0, 0], { pitch: 0, roll: 0 }, { pitch: 10, roll: 0 })).toEqual([0, 10]);
    const [yaw, pitch] = relevel([90, 0], { pitch: 0, roll: 0 }, { pitch: 0, roll: 7 });
    expect([yaw, pitch]).toEqual([90, -7]);
    const random = dice(5);
    for (let i = 0; i < 50; i++) {
      const at: Corner = [random() * 300 - 150, random() * 140 - 70];
      const before = { pitch: random() * 40 - 20, roll: random() * 40 - 20 };
      const after = { pitch: random() * 40 - 20, roll: random() * 40 - 20 };
      const [backYaw, backPitch] = relevel(relevel(at, before, after), after, before);
      expect(backYaw).toBeCloseTo(at[0], 4);
      expect(backPitch).toBeCloseTo(at[1], 4);
    }
  });

  it("level the horizon through two points", () => {
    const random = dice(9);
    const upright = { pitch: 0, roll: 0 };
    for (let i = 0; i < 50; i++) {
      const right = { pitch: random() * 30 - 15, roll: random() * 30 - 15 };
      const first = relevel([random() * 360 - 180, 0], right, upright);
      const second = relevel([first[0] + 60 + random() * 60, 0], right, upright);
      const [a, b] = [first, second].map((point) => relevel(point, right, upright));
      // Both are seen where the horizon of the photograph is; under the found level both lie at pitch 0.
      const found = levelThrough(a!, b!, upright);
      if (!found) continue;
      expect(relevel(a!, upright, found)[1]).toBeCloseTo(0, 4);
      expect(relevel(b!, upright, found)[1]).toBeCloseTo(0, 4);
    }
    const tilted = { pitch: 4, roll: -3 };
    const [one, other] = [relevel([20, 0], tilted, upright), relevel([110, 0], tilted, upright)];
    const found = levelThrough(one, other, upright)!;
    expect(found.pitch).toBeCloseTo(4, 4);
    expect(found.roll).toBeCloseTo(-3, 4);
    expect(levelThrough([0, 0], [10, 0], upright)).toBeUndefined();
    expect(levelThrough([0, 0], [179, 1], upright)).toBeUndefined();
  });

  it("say where north is", () => {
    expect(northFor(30, 0)).toBe(330);
    expect(northFor(-90, 90)).toBe(180);
    expect(northFor(0, 360)).toBe(0);
  });

  it("order the corners of an outline clockwise from the upper left, over the seam too", () => {
    const wanted: Corner[] = [[170, 10], [-170, 10], [-170, -10], [170, -10]];
    for (let turn = 0; turn < 4; turn++) {
      const turned = [...wanted.slice(turn), ...wanted.slice(0, turn)];
      expect(inOrder(turned)).toEqual(wanted);
      expect(inOrder([...turned].reverse())).toEqual(wanted);
    }
    expect(Math.abs(middleOf(wanted)[0])).toBeCloseTo(180);
    expect(inOrder(frameAround([40, 5]))).toEqual(frameAround([40, 5]));
  });

  it("move an outline with its hotspot, and a hotspot into its outline", () => {
    const outlined = setPolygon(draft(), "hotspots:1", [[70, -5], [50, -5], [50, 15], [70, 15]]);
    const spot = outlined.hotspots[0]!;
    expect(spot.polygon![0]).toEqual([50, 15]);
    expect(spot.yaw).toBeCloseTo(60);
    const moved = moveSpot(outlined, "hotspots:1", spot.yaw + 130, spot.pitch + 3).hotspots[0]!;
    expect(moved.polygon![0]).toEqual([180 - 360, 18]);
    const levelled = setLevel(draft({ hotspots: [hotspot("hotspots:1", { yaw: 0, pitch: 0, polygon: [[0, 0], [0, 1], [1, 1]] })] }), { pitch: 5, roll: 0 });
    expect(levelled.hotspots[0]!.pitch).toBeCloseTo(5);
    expect(levelled.hotspots[0]!.polygon![1]![1]).toBeCloseTo(6);
  });
});
