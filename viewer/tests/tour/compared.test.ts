import { describe, expect, it } from "vitest";
import { type Compared, readCompared, writeCompared } from "../../src/tour/compared";

describe("what is compared, in an address", () => {
  it("is read as it was written", () => {
    const all: Compared[] = [
      { comparison: "lens", scene: "station-1892", part: 1 },
      { comparison: "wipe", scene: "a", part: 1 },
      { comparison: "blend", scene: "station-2020", part: 0.35 },
      { comparison: "blend", scene: "b", part: 0 },
    ];
    for (const compared of all) expect(readCompared(writeCompared(compared))).toEqual(compared);
  });

  it.each(["", "lens", "lens:", "lens:A b", "blend:a", "blend:a:2", "blend:a:-1", "blend:a:NaN", "glass:a", "lens:a:1", null, undefined])(
    "is nothing where it is nonsense: %s",
    (words) => expect(readCompared(words)).toBeUndefined(),
  );
});
