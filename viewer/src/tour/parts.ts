/** The parts of `<museum-tour>`, in the order in which they lie within a region. */

import type { PartClass } from "./part";
import { Announcer } from "./parts/announcer";
import { BigYear } from "./parts/big-year";
import { Compass } from "./parts/compass";
import { ExhibitOpening } from "./parts/exhibit-opening";
import { Films } from "./parts/films";
import { FirstPicture } from "./parts/first-picture";
import { FullScreen } from "./parts/full-screen";
import { GuidedTours } from "./parts/guided-tour";
import { Gyroscope } from "./parts/gyroscope";
import { Headset } from "./parts/headset";
import { Help } from "./parts/help";
import { House } from "./parts/house";
import { Idleness } from "./parts/idleness";
import { Keep } from "./parts/keep";
import { Kiosk } from "./parts/kiosk";
import { LanguageSwitch } from "./parts/language-switch";
import { Lens } from "./parts/lens";
import { Marks } from "./parts/marks";
import { More } from "./parts/more";
import { Notice } from "./parts/notice";
import { Plan } from "./parts/plan";
import { SceneList } from "./parts/scene-list";
import { Share } from "./parts/share";
import { StandingModels } from "./parts/standing-models";
import { Sounds } from "./parts/sounds";
import { TimeLine } from "./parts/time-line";
import { Troubles } from "./parts/troubles";
import { WallPictures } from "./parts/wall-pictures";
import { WayBack } from "./parts/way-back";
import { WaysOut } from "./parts/ways-out";
import { Where } from "./parts/where";
import { Wipe } from "./parts/wipe";
import { ZoomButtons } from "./parts/zoom-buttons";

export const PARTS: readonly PartClass[] = [
  FirstPicture,
  StandingModels,
  WallPictures,
  Films,
  Marks,
  WaysOut,
  Lens,
  Wipe,
  BigYear,
  House,
  Compass,
  Notice,
  GuidedTours,
  Where,
  Sounds,
  TimeLine,
  WayBack,
  LanguageSwitch,
  Help,
  Keep,
  Share,
  Gyroscope,
  SceneList,
  Plan,
  ZoomButtons,
  FullScreen,
  Headset,
  More,
  Troubles,
  Announcer,
  ExhibitOpening,
  Idleness,
  Kiosk,
];
