import { describe, expect, it } from "vitest";
import { distance, lengthOf } from "../../src/model/length";
import { levelFor } from "../../src/model/level";
import { leaveStage, stageIsFree, takeStage } from "../../src/model/live";
import { modelOf } from "../../src/model/model-file";
import { facing, framing } from "../../src/model/notes";
import { MODEL_WORDS, sayLength } from "../../src/model/words";

describe("lengths", () => {
  it.each([
    [0.00234, 2.3, "mm"],
    [0.0999, 9.99, "cm"],
    [0.3421, 34.2, "cm"],
    [1.2345, 1.23, "m"],
    [12.345, 12.3, "m"],
    [0, 0, "mm"],
  ])("%s m is %s %s", (metres, value, unit) => expect(lengthOf(metres)).toEqual({ value, unit }));

  it("speaks the visitor's language", () => {
    expect(sayLength("zh-Hans", 0.342)).toBe("34.2 厘米");
    expect(sayLength("en", 0.342)).toBe("34.2 cm");
  });

  it("lies between points", () => expect(distance({ x: 1, y: 2, z: 2 }, { x: 0, y: 0, z: 0 })).toBe(3));
});

describe("levels", () => {
  const model = `/models/${"a".repeat(64)}`;
  it("have addresses of their own", () => expect(levelFor(`${model}.glb`, "phone")).toBe(`${model}/phone.glb`));
  it("are not asked of other addresses", () => expect(levelFor("/some.glb", "far")).toBe("/some.glb"));
});

it("lets one model be live", () => {
  const rested: string[] = [];
  const [first, second] = ["first", "second"].map((name) => ({ rest: () => void rested.push(name) }));
  takeStage(first!);
  takeStage(second!);
  expect(rested).toEqual(["first"]);
  leaveStage(first!);
  expect(stageIsFree(first!)).toBe(false);
  leaveStage(second!);
  expect(stageIsFree(first!)).toBe(true);
});

it("finds the model of a record, and only that", () => {
  const file = { model: "/models/x.glb" };
  expect(modelOf({ models: [null, { model: "/y.glb" }, file] }, "/models/x.glb")).toBe(file);
  expect(modelOf({ models: "no list" }, "/models/x.glb")).toBeUndefined();
  expect(modelOf(undefined, "/models/x.glb")).toBeUndefined();
});

describe("annotations", () => {
  it("are framed as the curator framed them", () => {
    expect(framing({ orbit: [24, 80, 0.5], target: [0, 0.1, 0], fov: 20 })).toEqual({
      cameraOrbit: "24deg 80deg 0.5m",
      cameraTarget: "0m 0.1m 0m",
      fieldOfView: "20deg",
    });
  });

  it("else from in front of their surface, never from straight above or below", () => {
    const at = (normal: [number, number, number]): string =>
      facing({ id: 1, title: {}, position: [0, 0, 0], normal }, 1).cameraOrbit;
    expect(at([1, 0, 0])).toBe("90deg 90deg 1.2m");
    expect(at([0, 1, 0])).toBe("0deg 25deg 1.2m");
    expect(at([0, -1, 0])).toBe("0deg 125deg 1.2m");
  });
});

it("says the same in every language", () => {
  const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, text] of Object.entries(MODEL_WORDS.en)) {
    expect(places(MODEL_WORDS["zh-Hans"][key as "show"]), key).toEqual(places(text));
    expect(places(MODEL_WORDS["zh-Hant"][key as "show"]), key).toEqual(places(text));
  }
});
