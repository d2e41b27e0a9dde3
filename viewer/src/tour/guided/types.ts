/** A guided tour as `/api/v1/tours/{slug}` answers it. Mirrors `museum/web/api/schema.py`. Angles are degrees. */

import type { Texts } from "../../i18n/languages";
import type { TourView } from "../types";

export interface GuidedPicture {
  thumbnail?: string | null;
  alt?: Texts;
}

export interface GuidedAnswer {
  text: Texts;
  right: boolean;
}

export interface GuidedStop {
  scene: string;
  tour: string;
  page: string;
  view: TourView;
  /** Slugs of the scenes to walk through from the stop before; missing where one doesn't walk. */
  way?: string[] | null;
  title: Texts;
  body: Texts;
  picture?: GuidedPicture | null;
  /** Addresses of recordings of `body` by language, and their WebVTT. */
  narration: Texts;
  captions: Texts;
  question: Texts;
  answers: GuidedAnswer[];
  explanation: Texts;
}

export interface GuidedTour {
  slug: string;
  title: Texts;
  page: string;
  stops: GuidedStop[];
}
