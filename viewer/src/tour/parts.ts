/** The parts of `<museum-tour>`, in the order in which they lie within a region. */

import type { PartClass } from "./part";
import { Announcer } from "./parts/announcer";
import { BigYear } from "./parts/big-year";
import { ExhibitOpening } from "./parts/exhibit-opening";
import { Films } from "./parts/films";
import { FirstPicture } from "./parts/first-picture";
import { FullScreen } from "./parts/full-screen";
import { GuidedTours } from "./parts/guided-tour";
import { Headset } from "./parts/headset";
import { Help } from "./parts/help";
import { House } from "./parts/house";
import { Idleness } from "./parts/idleness";
import { LanguageSwitch } from "./parts/language-switch";
import { Lens } from "./parts/lens";
import { Marks } from "./parts/marks";
import { Plan } from "./parts/plan";
import { StandingModels } from "./parts/standing-models";
import { Sounds } from "./parts/sounds";
import { TimeLine } from "./parts/time-line";
import { Troubles } from "./parts/troubles";
import { WayBack } from "./parts/way-back";
import { Where } from "./parts/where";
import { Wipe } from "./parts/wipe";
import { ZoomButtons } from "./parts/zoom-buttons";

export const PARTS: readonly PartClass[] = [
  FirstPicture,
  StandingModels,
  Films,
  Marks,
  Lens,
  Wipe,
  BigYear,
  House,
  GuidedTours,
  Where,
  Sounds,
  TimeLine,
  WayBack,
  LanguageSwitch,
  Plan,
  ZoomButtons,
  Help,
  FullScreen,
  Headset,
  Troubles,
  Announcer,
  ExhibitOpening,
  Idleness,
];
