"""`tour.json`: all that the viewer needs for one scene, with its neighbours' first paint. The viewer's `tour/types.ts` mirrors it.

Angles are degrees: yaw clockwise from the scene's own forward direction, pitch up. heading = yaw + north.
Addresses are relative to the server that answered, so that another museum's viewer resolves them against this file's address.
"""

from __future__ import annotations

from typing import Any

import msgspec

Texts = dict[str, str]
"""One text by language tag: `{"zh-Hans": …, "zh-Hant": …, "en": …}`. A language may be missing."""


class TourStruct(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    pass


class TourView(TourStruct, frozen=True):
    """A direction and a vertical field of view."""

    yaw: float
    pitch: float = 0.0
    fov: float = 75.0


class TourLevel(TourStruct, frozen=True):
    """How a panorama is put upright: what lies straight ahead in the photograph is shown `pitch` degrees higher, after the whole was
    turned `roll` degrees clockwise. Directions elsewhere are those of the upright scene."""

    pitch: float = 0.0
    roll: float = 0.0


class TourNadir(TourStruct, frozen=True):
    """What hides the tripod: all within `radius` degrees of straight down is the floor around it, drawn inwards (`fill`), or a `disc`."""

    kind: str
    radius: float


class TourPanorama(TourStruct, frozen=True):
    """See `museum.assets.info.PanoramaInfo`. `tiles` has the placeholders {level} {face} {row} {column}."""

    tiles: str
    strip: str
    levels: list[int]
    strip_size: int
    hash: str
    tile: int = 512
    coverage: tuple[float, float, float, float] | None = None


class TourFloor(TourStruct, frozen=True):
    """The floor on which the scene stands, by its `key` in rooms of the plan, and the picture of its plan: its middle in metres, its width
    in metres, its height by its width, and by how much it is turned clockwise. Without a picture there is but its title."""

    key: str
    title: Texts
    picture: str | None = None
    ratio: float | None = None
    x: float = 0.0
    y: float = 0.0
    metres: float | None = None
    turned: float = 0.0


class TourVenue(TourStruct, frozen=True):
    slug: str
    kind: str
    title: Texts
    url: str
    plan: dict[str, Any] | None = None
    floor: TourFloor | None = None


class TourMoment(TourStruct, frozen=True):
    """One scene of a place. `era` is the name of the period in languages, e.g. 民國 26 年. `tour` and `url` are the addresses of its
    tour.json and its page; what the viewer draws of it stands among the neighbours."""

    scene: str
    year: int
    era: Texts
    title: Texts
    tour: str
    url: str


class TourPeriod(TourStruct, frozen=True):
    """A dynasty or other period that the years of a place's moments touch: from the year `since` to before `until`; null is now."""

    since: int
    until: int | None
    title: Texts


class TourPlace(TourStruct, frozen=True):
    slug: str
    title: Texts
    moments: list[TourMoment]
    periods: list[TourPeriod] = []


class TourLink(TourStruct, frozen=True):
    """A way on. `scene` names a neighbour of this server; `tour` is the address of the target's tour.json, here or elsewhere. Where
    a link leads to a page elsewhere that is no scene, `tour` and `url` are both the address of that page.

    `arrival` is the view on arriving; without it the heading is kept: yaw' = yaw + north - north'.
    `distance` is metres on the floor plan, where both scenes stand on one.
    """

    id: int
    kind: str
    yaw: float
    pitch: float
    title: Texts
    tour: str
    url: str
    scene: str | None = None
    arrival: TourView | None = None
    distance: float | None = None
    year: int | None = None


class TourStanding(TourStruct, frozen=True):
    """Where a model stands in a scene: its foot at `distance` metres from the eye in the direction of its hotspot, `turned` by degrees
    about its vertical, clockwise from above; at 0 its front (+z) faces the visitor."""

    distance: float
    turned: float = 0.0


class TourHotspot(TourStruct, frozen=True):
    """Something to open. What `target` holds depends on `kind`: see `TourTarget`. A model may stand there, at its true size."""

    id: int
    kind: str
    yaw: float
    pitch: float
    title: Texts
    polygon: list[tuple[float, float]] | None = None
    description: Texts = {}
    target: TourTarget | None = None
    standing: TourStanding | None = None


class TourTarget(TourStruct, frozen=True):
    """What a hotspot opens. `record` is its JSON in the API, `page` its page for readers, `iiif` the base of an image service,
    `model` a GLB, `thumbnail` a small picture, `href` an outside address (web page, audio, video) or that of a recording which the museum
    keeps, `seconds` long, with `captions` (WebVTT) by language. `width` and `height` are pixels of the image or film."""

    slug: str | None = None
    record: str | None = None
    page: str | None = None
    iiif: str | None = None
    width: int | None = None
    height: int | None = None
    model: str | None = None
    thumbnail: str | None = None
    color: str | None = None
    href: str | None = None
    seconds: float | None = None
    captions: Texts | None = None


class TourNeighbour(TourStruct, frozen=True):
    """First paint of a scene that a link leads to, or of another moment of the same place."""

    title: Texts
    north: float
    view: TourView
    panorama: TourPanorama
    venue: str
    level: TourLevel | None = None
    nadir: TourNadir | None = None
    year: int | None = None
    plan: tuple[float, float] | None = None


class TourScene(TourStruct, frozen=True):
    slug: str
    url: str
    title: Texts
    venue: TourVenue
    north: float
    view: TourView
    panorama: TourPanorama
    links: list[TourLink]
    hotspots: list[TourHotspot]
    description: Texts = {}
    level: TourLevel | None = None
    nadir: TourNadir | None = None
    place: TourPlace | None = None
    year: int | None = None
    era: Texts | None = None
    room: str | None = None
    plan: tuple[float, float] | None = None


class Tour(TourStruct, frozen=True):
    """The whole answer. `museum` is the museum's title; `home` its address."""

    museum: Texts
    home: str
    scene: TourScene
    neighbours: dict[str, TourNeighbour]
    version: int = 1
