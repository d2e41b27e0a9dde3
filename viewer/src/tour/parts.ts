/** The parts of `<museum-tour>`, in the order in which they lie within a region. */

import type { PartClass } from "./part";
import { Announcer } from "./parts/announcer";
import { ExhibitOpening } from "./parts/exhibit-opening";
import { FirstPicture } from "./parts/first-picture";
import { FullScreen } from "./parts/full-screen";
import { Help } from "./parts/help";
import { Idleness } from "./parts/idleness";
import { LanguageSwitch } from "./parts/language-switch";
import { Marks } from "./parts/marks";
import { Moments } from "./parts/moments";
import { Plan } from "./parts/plan";
import { Troubles } from "./parts/troubles";
import { WayBack } from "./parts/way-back";
import { Where } from "./parts/where";
import { ZoomButtons } from "./parts/zoom-buttons";

export const PARTS: readonly PartClass[] = [
  FirstPicture,
  Marks,
  Where,
  Moments,
  WayBack,
  LanguageSwitch,
  Plan,
  ZoomButtons,
  Help,
  FullScreen,
  Troubles,
  Announcer,
  ExhibitOpening,
  Idleness,
];
