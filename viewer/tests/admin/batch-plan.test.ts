import { describe, expect, it } from "vitest";
import { added, sort } from "../../src/admin/batch/plan";

const file = (name: string, content = "x"): File => new File([content], name);

describe("what is chosen one after the other", () => {
  it("keeps the pictures when the corrected sheet is chosen", () => {
    const chosen = sort([file("1.jpg"), file("2.jpg"), file("hall.csv", "wrong")]);
    const right = file("right.csv");
    const both = added(chosen, sort([right]));
    expect(both.panoramas.map(({ name }) => name)).toEqual(["1.jpg", "2.jpg"]);
    expect(both.sheet).toBe(right);
  });

  it("keeps the sheet when pictures are chosen, and takes those of one name only once", () => {
    const sheet = file("hall.csv");
    const again = file("2.jpg", "better");
    const both = added(sort([file("2.jpg"), file("10.jpg"), sheet]), sort([again, file("1.jpg")]));
    expect(both.panoramas.map(({ name }) => name)).toEqual(["1.jpg", "2.jpg", "10.jpg"]);
    expect(both.panoramas[1]).toBe(again);
    expect(both.sheet).toBe(sheet);
  });
});
