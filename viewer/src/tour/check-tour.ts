/** Checks a `tour.json`, field by field, and makes its addresses absolute. What a tour may hold beyond this is dropped. Pure. */

import type { Texts } from "../i18n/languages";
import { type Source, resourceAddress, wayAddress } from "../reading/addresses";
import { type Check, Misshapen, list, matching, number, object, optional, record, text, tuple, whole } from "../reading/shape";
import type {
  Tour,
  TourFloor,
  TourHotspot,
  TourLevel,
  TourLink,
  TourMoment,
  TourNadir,
  TourNeighbour,
  TourPanorama,
  TourPeriod,
  TourPlace,
  TourPlan,
  TourScene,
  TourStanding,
  TourTarget,
  TourVenue,
  TourView,
} from "./types";

const ADDRESS = 2000;
const NAME = 400;
const PROSE = 40_000;
const LINKS = 500;
const HOTSPOTS = 1000;
const CORNERS = 200;

const slug = matching(/^[a-z0-9-]{1,120}$/);
const kind = matching(/^[a-z][a-z0-9-]{0,39}$/);
const identifier = whole(0, Number.MAX_SAFE_INTEGER);
const angle = number(-360, 360);
const pitch = number(-90, 90);
const year = whole(-100_000, 10_000);
const metres = number(-100_000, 100_000);
const point = tuple<[number, number]>(metres, metres);
const names: Check<Texts> = record(/^[A-Za-z0-9-]{1,35}$/, text(NAME), 40);
const prose: Check<Texts> = record(/^[A-Za-z0-9-]{1,35}$/, text(PROSE), 40);
const color = matching(/^#[0-9a-f]{6}$/i);

const view: Check<TourView> = object<TourView>({ yaw: angle, pitch: optional(pitch), fov: optional(number(1, 179)) });
const level: Check<TourLevel> = object<TourLevel>({ pitch: optional(number(-45, 45)), roll: optional(number(-45, 45)) });

const nadir: Check<TourNadir> = object<TourNadir>({ kind, radius: number(3, 60) });

const plan: Check<TourPlan> = object<TourPlan>({
  width: metres,
  depth: metres,
  rooms: list(object<TourPlan["rooms"][number]>({ key: text(80), title: optional(names), outline: list(point, CORNERS, 3), floor: optional(text(80)) }), 300),
  doors: optional(list(object({ x: metres, y: metres, width: metres }), 1000)),
});

const period: Check<TourPeriod> = object<TourPeriod>({ since: year, until: optional(year), title: names });

/** Levels double at most, from one tile at least to what a photograph can have. */
const levels: Check<number[]> = (value, at) => {
  const sizes = list(whole(1, 65_536), 16, 1)(value, at);
  if (sizes.some((size, i) => i > 0 && size <= sizes[i - 1]!)) throw new Misshapen(`${at}: levels that do not grow`);
  return sizes;
};

/** The checks that depend on whose tour it is. */
function checks(source: Source) {
  const resource: Check<string> = (value, at) => resourceAddress(text(ADDRESS)(value, at), source);
  const way: Check<string> = (value, at) => wayAddress(text(ADDRESS)(value, at), source);
  const tiles: Check<string> = (value, at) => {
    // The placeholders' braces must not be escaped.
    const address = resource(value, at).replaceAll("%7B", "{").replaceAll("%7D", "}");
    for (const name of ["{level}", "{face}", "{row}", "{column}"]) {
      if (address.split(name).length !== 2 || address.indexOf("/", 8) > address.indexOf(name)) throw new Misshapen(`${at}: no ${name}`);
    }
    return address;
  };
  const panorama: Check<TourPanorama> = object<TourPanorama>({
    tiles,
    strip: resource,
    levels,
    stripSize: whole(1, 512),
    hash: matching(/^[A-Za-z0-9+/]{384}$/),
    tile: optional(whole(128, 2048)),
    coverage: optional(tuple<[number, number, number, number]>(angle, angle, pitch, pitch)),
  });
  const floor: Check<TourFloor> = object<TourFloor>({
    key: text(80),
    title: names,
    picture: optional(resource),
    ratio: optional(number(0.001, 1000)),
    x: optional(metres),
    y: optional(metres),
    metres: optional(metres),
    turned: optional(angle),
  });
  const venue: Check<TourVenue> = object<TourVenue>({ slug, kind, title: names, url: way, plan: optional(plan), floor: optional(floor) });
  const moment: Check<TourMoment> = object<TourMoment>({ scene: slug, year, era: names, title: names, tour: way, url: way });
  const place: Check<TourPlace> = object<TourPlace>({
    slug,
    title: names,
    moments: list(moment, 100),
    periods: optional(list(period, 100)),
  });
  const link: Check<TourLink> = object<TourLink>({
    id: identifier,
    kind,
    yaw: angle,
    pitch,
    title: names,
    tour: way,
    url: way,
    scene: optional(slug),
    arrival: optional(view),
    distance: optional(metres),
    year: optional(year),
  });
  const target: Check<TourTarget> = object<TourTarget>({
    slug: optional(text(120)),
    record: optional(resource),
    page: optional(way),
    iiif: optional(resource),
    width: optional(whole(1, 1_000_000)),
    height: optional(whole(1, 1_000_000)),
    model: optional(resource),
    thumbnail: optional(resource),
    color: optional(color),
    href: optional(way),
    seconds: optional(number(0, 1_000_000)),
    captions: optional(record(/^[A-Za-z0-9-]{1,35}$/, resource, 40)),
  });
  const standing: Check<TourStanding> = object<TourStanding>({ distance: metres, turned: optional(angle) });
  const hotspot: Check<TourHotspot> = object<TourHotspot>({
    id: identifier,
    kind,
    yaw: angle,
    pitch,
    title: names,
    polygon: optional(list(tuple<[number, number]>(angle, pitch), CORNERS)),
    description: optional(prose),
    target: optional(target),
    standing: optional(standing),
  });
  const scene: Check<TourScene> = object<TourScene>({
    slug,
    url: way,
    title: names,
    venue,
    north: angle,
    view,
    panorama,
    links: list(link, LINKS),
    hotspots: list(hotspot, HOTSPOTS),
    description: optional(prose),
    level: optional(level),
    nadir: optional(nadir),
    place: optional(place),
    year: optional(year),
    era: optional(names),
    room: optional(text(80)),
    plan: optional(point),
  });
  const neighbour: Check<TourNeighbour> = object<TourNeighbour>({
    title: names,
    north: angle,
    view,
    panorama,
    venue: slug,
    level: optional(level),
    nadir: optional(nadir),
    year: optional(year),
    plan: optional(point),
  });
  return object<Tour>({
    museum: names,
    home: way,
    scene,
    neighbours: record(/^[a-z0-9-]{1,120}$/, neighbour, LINKS + 100),
    version: optional(whole(1, 1)),
  });
}

/** The tour in `json`, read from `source`. Throws `Misshapen` with what is wrong. */
export function checkTour(json: unknown, source: Source): Tour {
  const tour = checks(source)(json, "tour");
  const { links, hotspots, place } = tour.scene;
  for (const items of [links, hotspots]) {
    if (new Set(items.map(({ id }) => id)).size !== items.length) throw new Misshapen("tour.scene: a number twice");
  }
  const years = place?.moments.map((moment) => moment.year) ?? [];
  if (years.some((each, i) => i > 0 && each < years[i - 1]!)) throw new Misshapen("tour.scene.place: moments out of order");
  return tour;
}
