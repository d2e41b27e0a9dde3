import { describe, expectTypeOf, it } from "vitest";
import type { MuseumTourElement, MuseumTourEventMap } from "../../../museum/web/static/museum-tour";
import type { MuseumTour } from "../../src/tour/museum-tour";

describe("the declarations that other sites get", () => {
  it("say what the element has", () => {
    type Said = "src" | "scene" | "lang" | "address" | "start" | "guide" | "ready" | "moving" | "turnTo" | "goTo";
    expectTypeOf<Pick<MuseumTour, Said>>().toEqualTypeOf<Pick<MuseumTourElement, Said>>();
    expectTypeOf<MuseumTour["view"]>().toEqualTypeOf<MuseumTourElement["view"]>();
    expectTypeOf<MuseumTourEventMap["view-change"]["detail"]>().toEqualTypeOf<MuseumTour["view"]>();
  });
});
