"""What the API answers, as structs: they are the documents, their validation and their description in OpenAPI.

Texts are by language: `{"zh-Hans": …, "zh-Hant": …, "en": …}`; one may be missing. Addresses are relative to the server. What
only the record itself tells, and not lists, is absent from those.
"""

from __future__ import annotations

from typing import Any, Generic, Literal, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from museum.scenes.tour import TourView

Texts = dict[str, str]


class Document(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    pass


class Picture(Document, frozen=True):
    """A picture that zooms. `iiif` is the base of an image service, `thumbnail` a JPEG of at most 640 × 640 px."""

    image: str | None
    record: str | None
    iiif: str | None
    thumbnail: str | None
    width: int
    height: int
    color: str | None
    alt: Texts


class ModelView(Document, frozen=True):
    """A camera around a model, as `<model-viewer>` says it: `orbit` is degrees from the model's front (+z) to its right, degrees from
    straight above, and metres from `target`, a point in metres; `fov` is the vertical field of view in degrees."""

    orbit: tuple[float, float, float]
    target: tuple[float, float, float]
    fov: float


class ModelAnnotation(Document, frozen=True):
    """A note on a model: `position` in metres on its surface, `normal` of length 1, `view` to look at it from."""

    id: int
    title: Texts
    description: Texts
    position: tuple[float, float, float]
    normal: tuple[float, float, float]
    view: ModelView | None


class ModelFile(Document, frozen=True):
    """A light 3D model. `model` is its finest level (GLB), `turntable` a picture of 24 frames side by side, one turn to the right,
    `usdz` the package for iPhones. `bounds` are its extents in metres (x, y up, z), `heightM` the real thing's height where it is
    known. `rights` is the address of a licence or rights statement."""

    slug: str
    title: Texts
    alt: Texts
    model: str
    poster: str | None
    turntable: str | None
    usdz: str | None
    triangles: int
    bounds: list[float]
    height_m: float | None
    rights: str | None
    view: ModelView | None
    annotations: list[ModelAnnotation]


class VenueRecord(Document, frozen=True):
    """A hall of the museum, or a site in the real world. `plan` is its floor plan in metres, x east and y north."""

    slug: str
    kind: str
    title: Texts
    description: Texts
    page: str
    scenes: int
    entrance: str | None
    entrance_tour: str | None
    plan: dict[str, Any] | UnsetType | None = UNSET


class SceneRecord(Document, frozen=True):
    """One standing point. heading = yaw + `north`, in degrees clockwise from true north; `year` is astronomical.
    `plan` is where it stands on the plan of its `floor`, metres east and north."""

    slug: str
    title: Texts
    description: Texts
    venue: str
    place: str | None
    room: str | None
    year: int | None
    era: Texts | None
    north: float
    view: TourView
    floor: str
    plan: tuple[float, float] | None
    page: str
    tour: str
    thumbnail: str | None


class ArtifactRecord(Document, frozen=True):
    """A collection record. `accessionNumber` is the 總登記號, `grade` the 級別, `edtf` the date after ISO 8601-2."""

    slug: str
    accession_number: str
    category: str
    grade: str
    edtf: str | None
    year_from: int | None
    year_to: int | None
    title: Texts
    period: Texts
    material: Texts
    dimensions: Texts
    source: Texts
    condition: Texts
    description: Texts
    page: str
    images: list[Picture]
    models: list[ModelFile] | UnsetType = UNSET


class Download(Document, frozen=True):
    """A size of a picture that may be taken home, in pixels."""

    width: int
    height: int
    address: str


class ImageRecord(Document, frozen=True):
    """A display image, or a photograph of `artifact`. `widthMm` and `heightMm` are the size of the thing itself.

    `use` is what its rights let people do: `free`, `credited` (under the licence's conditions), `reserved`, or `unknown`.
    """

    slug: str
    category: str
    title: Texts
    caption: Texts
    picture: Picture
    artifact: str | None
    rights: str | None
    width_mm: float | None
    height_mm: float | None
    page: str
    use: Literal["free", "credited", "reserved", "unknown"]
    downloads: list[Download]


class ExhibitionItemRecord(Document, frozen=True):
    """An artifact or an image on show."""

    kind: str
    slug: str
    title: Texts
    record: str
    page: str
    picture: Picture | None


class SectionRecord(Document, frozen=True):
    """A chapter of an exhibition."""

    title: Texts
    body: Texts
    items: list[ExhibitionItemRecord]


class ExhibitionRecord(Document, frozen=True):
    """An online exhibition."""

    slug: str
    title: Texts
    subtitle: Texts
    description: Texts
    page: str
    cover: Picture | None
    sections: list[SectionRecord] | UnsetType = UNSET


class StepRecord(Document, frozen=True):
    """One step of an activity: look, read, find, answer or draw. `data` is what its kind needs."""

    kind: str
    title: Texts
    body: Texts
    picture: Picture | None
    scene: str | None
    data: dict[str, Any]


class ActivityRecord(Document, frozen=True):
    """Steps for learners."""

    slug: str
    title: Texts
    description: Texts
    page: str
    cover: Picture | None
    steps: list[StepRecord] | UnsetType = UNSET


class MomentRecord(Document, frozen=True):
    """A place at one time."""

    scene: str
    year: int | None
    era: Texts | None
    title: Texts
    tour: str


class PlaceRecord(Document, frozen=True):
    """A spot seen at several times, the earliest first."""

    slug: str
    title: Texts
    description: Texts
    venue: str
    page: str
    moments: list[MomentRecord]


class AnswerRecord(Document, frozen=True):
    """One of the answers to a question."""

    text: Texts
    right: bool


class StopRecord(Document, frozen=True):
    """One stop of a guided tour: where one looks, and what is told there. `way` are the scenes to walk through from the stop before,
    null where one is taken there; `narration` are addresses of recordings of `body`, and `captions` their WebVTT, by language. A stop
    with `answers` asks the `question`; `explanation` follows the answer."""

    scene: str
    tour: str
    page: str
    view: TourView
    way: list[str] | None
    title: Texts
    body: Texts
    picture: Picture | None
    narration: Texts
    captions: Texts
    question: Texts
    answers: list[AnswerRecord]
    explanation: Texts


class TourRecord(Document, frozen=True):
    """A guided tour. `seconds` is about how long it takes; `tour` the tour.json of the scene in which it begins."""

    slug: str
    title: Texts
    description: Texts
    page: str
    tour: str
    seconds: int
    count: int
    thumbnail: str | None
    stops: list[StopRecord] | UnsetType = UNSET


R = TypeVar("R")


class Page(Document, Generic[R], frozen=True):
    """A part of a list: `limit` of `total` records from `offset` on; `next` is the address of the part after it."""

    items: list[R]
    total: int
    limit: int
    offset: int
    next: str | None


class ErrorBody(Document, frozen=True):
    """What went wrong: `code` is for programs, `message` for people, in the language of the request."""

    status: int
    code: str
    message: str


class ErrorAnswer(Document, frozen=True):
    error: ErrorBody


RECORDS: dict[str, type[Document]] = {
    "venues": VenueRecord,
    "scenes": SceneRecord,
    "artifacts": ArtifactRecord,
    "images": ImageRecord,
    "exhibitions": ExhibitionRecord,
    "activities": ActivityRecord,
    "places": PlaceRecord,
    "tours": TourRecord,
}
