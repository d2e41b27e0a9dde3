"""From loaded records to the documents that the API answers."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from museum.assets.models3d.standing import Orbit
from museum.collection import cards
from museum.collection.dates import era_name
from museum.collection.downloads import download_sizes
from museum.collection.model_files import ModelFiles, files_of
from museum.collection.models import (
    Activity,
    ActivityStep,
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
)
from museum.collection.rights import use_of
from museum.curation.visibility import is_shown
from museum.database.texts import texts_by_field
from museum.guiding.query import Stop, TourPage
from museum.scenes.models import Place, Scene, Venue
from museum.scenes.tour import TourView
from museum.web.api.schema import (
    ActivityRecord,
    AnswerRecord,
    ArtifactRecord,
    Download,
    ExhibitionItemRecord,
    ExhibitionRecord,
    ImageRecord,
    ModelAnnotation,
    ModelFile,
    ModelView,
    MomentRecord,
    Picture,
    PlaceRecord,
    SceneRecord,
    SectionRecord,
    StepRecord,
    StopRecord,
    TourRecord,
    VenueRecord,
)


def tour_address(slug: str) -> str:
    """Address of a scene's tour.json."""
    return f"/api/v1/scenes/{slug}/tour.json"


def stop_page(scene: str, tour: str, number: int) -> str:
    """Address of the page on which a guided tour stands at its stop `number`, from 1 on."""
    return f"/scenes/{scene}?tour={tour}&stop={number}"


def picture(image: Image | None) -> Picture | None:
    """The picture of a loaded image; None where visitors may not see it."""
    return _picture(cards.picture_of(image))


def _picture(found: cards.Picture | None) -> Picture | None:
    if found is None:
        return None
    return Picture(
        image=found.slug,
        record=f"/api/v1/images/{found.slug}",
        iiif=f"/iiif/3/{found.slug}",
        thumbnail=_small(found.preview),
        width=found.width,
        height=found.height,
        color=found.color,
        alt=found.alt,
    )


def _small(digest: str | None) -> str | None:
    return f"/files/{digest}.jpg" if digest else None


def venue(record: Venue, scenes: int, entrances: dict[int, str], whole: bool) -> VenueRecord:
    texts = texts_by_field(record.texts)
    entrance = entrances.get(record.entrance_id) if record.entrance_id is not None else None
    return VenueRecord(
        slug=record.slug,
        kind=record.kind,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        page=f"/venues/{record.slug}",
        scenes=scenes,
        entrance=entrance,
        entrance_tour=tour_address(entrance) if entrance else None,
        plan=record.plan if whole else UNSET,
    )


def scene(record: Scene) -> SceneRecord:
    texts = texts_by_field(record.texts)
    place = record.place if record.place is not None and is_shown(record.place) else None
    title = texts.get("title", {})
    still = cards.panorama_picture(record.panorama, title)
    return SceneRecord(
        slug=record.slug,
        title=title,
        description=texts.get("description", {}),
        venue=record.venue.slug,
        place=place.slug if place else None,
        room=record.room,
        year=record.year,
        era=None if record.year is None else era_name(record.year),
        north=record.north,
        view=TourView(record.initial_yaw, record.initial_pitch, record.initial_fov),
        floor=record.floor,
        plan=None if record.plan_x is None or record.plan_y is None else (record.plan_x, record.plan_y),
        page=f"/scenes/{record.slug}",
        tour=tour_address(record.slug),
        thumbnail=_small(still.preview) if still else None,
    )


def artifact(record: Artifact, whole: bool) -> ArtifactRecord:
    texts = texts_by_field(record.texts)
    return ArtifactRecord(
        slug=record.slug,
        accession_number=record.accession_number,
        category=record.category,
        grade=record.grade,
        edtf=record.edtf,
        year_from=record.year_from,
        year_to=record.year_to,
        title=texts.get("title", {}),
        period=texts.get("period", {}),
        material=texts.get("material", {}),
        dimensions=texts.get("dimensions", {}),
        source=texts.get("source", {}),
        condition=texts.get("condition", {}),
        description=texts.get("description", {}),
        page=f"/artifacts/{record.slug}",
        images=[found for image in record.images if (found := picture(image))],
        models=[model_file(found) for model in record.models if (found := files_of(model))] if whole else UNSET,
    )


def model_file(files: ModelFiles) -> ModelFile:
    return ModelFile(
        slug=files.slug,
        title=files.title,
        alt=files.alt,
        model=f"/models/{files.model.digest}.glb",
        poster=_small(files.poster),
        turntable=f"/files/{files.turntable}.webp" if files.turntable else None,
        usdz=f"/models/{files.usdz.digest}.usdz" if files.usdz else None,
        triangles=files.triangles,
        bounds=list(files.bounds),
        height_m=files.height_m,
        rights=files.rights,
        view=_view(files.view),
        annotations=[
            ModelAnnotation(note.id, note.title, note.description, note.position, note.normal, _view(note.view))
            for note in files.notes
        ],
    )


def _view(orbit: Orbit | None) -> ModelView | None:
    return None if orbit is None else ModelView(orbit.orbit, orbit.target, orbit.fov)


def image(record: Image) -> ImageRecord:
    texts = texts_by_field(record.texts)
    found = picture(record)
    assert found is not None  # only visible images are read
    return ImageRecord(
        slug=record.slug,
        category=record.category,
        title=texts.get("title", {}),
        caption=texts.get("caption", {}),
        picture=found,
        artifact=record.artifact.slug if record.artifact is not None else None,
        rights=record.rights,
        width_mm=record.width_mm,
        height_mm=record.height_mm,
        page=f"/images/{record.slug}",
        use=use_of(record.rights),
        downloads=_downloads(found, record.rights),
    )


def _downloads(whole: Picture, rights: str | None) -> list[Download]:
    sizes = download_sizes(whole.width, whole.height, rights)
    words = ["max" if size == (whole.width, whole.height) else f"{size[0]},{size[1]}" for size in sizes]
    return [
        Download(width=width, height=height, address=f"{whole.iiif}/full/{word}/0/default.jpg")
        for (width, height), word in zip(sizes, words, strict=True)
    ]


def exhibition(record: Exhibition, whole: bool) -> ExhibitionRecord:
    texts = texts_by_field(record.texts)
    return ExhibitionRecord(
        slug=record.slug,
        title=texts.get("title", {}),
        subtitle=texts.get("subtitle", {}),
        description=texts.get("description", {}),
        page=f"/exhibitions/{record.slug}",
        cover=picture(record.cover),
        sections=[_section(section) for section in record.sections] if whole else UNSET,
    )


def _section(record: ExhibitionSection) -> SectionRecord:
    texts = texts_by_field(record.texts)
    items = [found for item in record.items if (found := _item(item))]
    return SectionRecord(title=texts.get("title", {}), body=texts.get("body", {}), items=items)


def _item(item: ExhibitionItem) -> ExhibitionItemRecord | None:
    record: Any
    if item.artifact is not None:
        record, kind, folder = item.artifact, "artifact", "artifacts"
        if not is_shown(record):
            return None
        still = next((found for image in record.images if (found := picture(image))), None)
    else:
        record, kind, folder = item.image, "image", "images"
        still = picture(record)
        if still is None:
            return None
    return ExhibitionItemRecord(
        kind=kind,
        slug=record.slug,
        title=texts_by_field(record.texts).get("title", {}),
        record=f"/api/v1/{folder}/{record.slug}",
        page=f"/{folder}/{record.slug}",
        picture=still,
    )


def activity(record: Activity, scenes: dict[int, str], whole: bool) -> ActivityRecord:
    texts = texts_by_field(record.texts)
    return ActivityRecord(
        slug=record.slug,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        page=f"/activities/{record.slug}",
        cover=picture(record.cover),
        steps=[_step(step, scenes) for step in record.steps] if whole else UNSET,
    )


def _step(record: ActivityStep, scenes: dict[int, str]) -> StepRecord:
    texts = texts_by_field(record.texts)
    return StepRecord(
        kind=record.kind,
        title=texts.get("title", {}),
        body=texts.get("body", {}),
        picture=picture(record.image),
        scene=scenes.get(record.scene_id) if record.scene_id is not None else None,
        data=record.data,
    )


def place(record: Place, venue_slug: str, moments: list[Scene]) -> PlaceRecord:
    texts = texts_by_field(record.texts)
    return PlaceRecord(
        slug=record.slug,
        title=texts.get("title", {}),
        description=texts.get("description", {}),
        venue=venue_slug,
        page=f"/places/{record.slug}",
        moments=[
            MomentRecord(
                scene=moment.slug,
                year=moment.year,
                era=None if moment.year is None else era_name(moment.year),
                title=texts_by_field(moment.texts).get("title", {}),
                tour=tour_address(moment.slug),
            )
            for moment in moments
        ],
    )


def tour(page: TourPage, whole: bool) -> TourRecord:
    first = page.stops[0].scene
    return TourRecord(
        slug=page.slug,
        title=page.title,
        description=page.description,
        page=f"/tours/{page.slug}",
        tour=tour_address(first.slug),
        seconds=page.seconds,
        count=len(page.stops),
        thumbnail=_small(first.picture.preview) if first.picture else None,
        stops=[_stop(page.slug, number, stop) for number, stop in enumerate(page.stops, 1)] if whole else UNSET,
    )


def _stop(tour: str, number: int, stop: Stop) -> StopRecord:
    return StopRecord(
        scene=stop.scene.slug,
        tour=tour_address(stop.scene.slug),
        page=stop_page(stop.scene.slug, tour, number),
        view=TourView(stop.yaw, stop.pitch, stop.fov),
        way=stop.way,
        title=stop.title,
        body=stop.body,
        picture=_picture(stop.picture),
        narration=stop.narration,
        captions=stop.captions,
        question=stop.question,
        answers=[AnswerRecord(text=answer.text, right=answer.right) for answer in stop.answers],
        explanation=stop.explanation,
    )
