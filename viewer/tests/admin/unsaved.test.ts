import { describe, expect, it } from "vitest";
import { fateOf, numbered, readShelf, waitingNow } from "../../src/admin/unsaved";

const change = { field: "description:en", was: "A bowl", now: "A blue bowl" };

describe("what was typed and not saved", () => {
  it("goes back over what it was typed over", () => {
    expect(fateOf(change, "A bowl")).toBe("back");
  });

  it("is forgotten once the museum has it", () => {
    expect(fateOf(change, "A blue bowl")).toBe("there");
  });

  it("is told from what somebody saved meanwhile", () => {
    expect(fateOf(change, "A dish")).toBe("over-others");
  });

  it("waits for its own form, which another page may have", () => {
    const elsewhere = { form: "/elsewhere", changes: [change] };
    const former = { form: "/words", changes: [change] };
    const held = [
      { form: "/words", changes: [] },
      { form: "/facts", changes: [{ field: "year_from", was: "", now: "1400" }] },
    ];
    const forms = waitingNow([elsewhere, former], new Set(["/words", "/facts"]), held);
    expect(forms.map(({ form }) => form)).toEqual(["/elsewhere", "/facts"]);
  });

  it("is hers alone", () => {
    const text = JSON.stringify({ person: "Mei", forms: [{ form: "/words", changes: [change] }] });
    expect(readShelf(text, "Mei")).toHaveLength(1);
    expect(readShelf(text, "Tao")).toEqual([]);
    expect(readShelf("{", "Mei")).toEqual([]);
    expect(readShelf(null, "Mei")).toEqual([]);
  });

  it("finds one of several fields of a name", () => {
    expect(numbered(["a", "b", "a", "a"])).toEqual(["a", "b", "a#1", "a#2"]);
  });
});
