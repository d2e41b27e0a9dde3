/** Years and periods in words. Pure. */

import { type Language, joined, pick } from "../i18n/languages";
import { say, speakYear } from "../i18n/catalog";
import type { Between } from "./time-line";
import type { TourMoment, TourPeriod } from "./types";

/** What an era's name says beside the year: 秦（公元前221年） is 秦, 民國二十六年 is itself, and 2020年 says no more than the year. */
export function eraBeside(era: string, year: number): string {
  const stated = String(year > 0 ? year : 1 - year);
  const [name = "", date] = era.split(/（|, /, 2);
  if (date?.includes(stated)) return name;
  return era.includes(stated) ? "" : era;
}

/** What a screen reader says of a position on the time line. */
export function spokenPosition(
  moments: readonly Pick<TourMoment, "year" | "era">[],
  { earlier, later, part }: Between,
  year: number,
  language: Language,
): string {
  const at = part === 0 ? moments[earlier] : part === 1 ? moments[later] : undefined;
  const words = (moment: Pick<TourMoment, "year"> | undefined): string => (moment ? speakYear(language, moment.year) : "");
  if (at) return joined([words(at), eraBeside(pick(at.era, language), at.year)], language);
  return say(language, "yearBetween", {
    year: speakYear(language, year),
    earlier: words(moments[earlier]),
    later: words(moments[later]),
  });
}

/** Name of the period that a year lies in; '' where none is known. */
export function periodOf(periods: readonly TourPeriod[], year: number, language: Language): string {
  const period = periods.find(({ since, until }) => year >= since && (until == null || year < until));
  return pick(period?.title, language);
}

