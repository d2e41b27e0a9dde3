/** Checks a guided tour from a server, field by field, and makes its addresses absolute. Pure. */

import type { Texts } from "../../i18n/languages";
import { type Source, resourceAddress, wayAddress } from "../../reading/addresses";
import { type Check, list, matching, number, object, optional, record, text, yesOrNo } from "../../reading/shape";
import type { TourView } from "../types";
import type { GuidedAnswer, GuidedPicture, GuidedStop, GuidedTour } from "./types";

const LANGUAGE = /^[A-Za-z0-9-]{1,35}$/;
const slug = matching(/^[a-z0-9-]{1,120}$/);
const words = (most: number): Check<Texts> => record(LANGUAGE, text(most), 40);
const view: Check<TourView> = object<TourView>({
  yaw: number(-360, 360),
  pitch: optional(number(-90, 90)),
  fov: optional(number(1, 179)),
});

/** The guided tour in `json`, read from `source`. Throws `Misshapen` with what is wrong. */
export function checkGuided(json: unknown, source: Source): GuidedTour {
  const address = text(2000);
  const resource: Check<string> = (value, at) => resourceAddress(address(value, at), source);
  const way: Check<string> = (value, at) => wayAddress(address(value, at), source);
  const picture = object<GuidedPicture>({ thumbnail: optional(resource), alt: optional(words(2000)) });
  const answer = object<GuidedAnswer>({ text: words(400), right: yesOrNo });
  const stop = object<GuidedStop>({
    scene: slug,
    tour: way,
    page: way,
    view,
    way: optional(list(slug, 50)),
    title: words(400),
    body: words(40_000),
    picture: optional(picture),
    narration: record(LANGUAGE, resource, 40),
    captions: words(100_000),
    question: words(2000),
    answers: list(answer, 20),
    explanation: words(10_000),
  });
  return object<GuidedTour>({ slug, title: words(400), page: way, stops: list(stop, 200, 1) })(json, "tour");
}
