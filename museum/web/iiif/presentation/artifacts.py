"""Manifests of artifacts and of images, from their loaded records. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from museum.collection.cards import Picture, picture_of
from museum.collection.dates import common_era
from museum.collection.models import Artifact, Image, Model
from museum.database.texts import pick, texts_by_field
from museum.web.iiif.presentation import parts
from museum.web.iiif.presentation.models import is_shown, model_file, model_reference, poster_of
from museum.web.iiif.presentation.parts import Json
from museum.web.iiif.presentation.words import Words, category, label, named, pair, spoken, unspoken, words
from museum.web.language import translate


def artifact(base: str, record: Artifact) -> Json:
    """The manifest of an artifact: a canvas for each of its photographs, and for each of its models one with its still."""
    texts = texts_by_field(record.texts)
    title = label(texts.get("title", {}), record.accession_number)
    shown: list[tuple[Image, Picture]] = [(image, picture) for image in record.images if (picture := picture_of(image))]
    models = [model for model in record.models if is_shown(model)]
    statements = {image.rights for image, _ in shown}
    canvases = [
        _photograph(base, record.slug, image, picture, number, own_rights=len(statements) > 1)
        for number, (image, picture) in enumerate(shown, 1)
    ]
    canvases += [found for model in models if (found := _still(base, record.slug, title, model))]
    return parts.manifest(
        base,
        "artifacts",
        record.slug,
        title,
        canvases,
        summary=words(texts.get("description", {})),
        metadata=[*_artifact_metadata(record, texts), *parts.rights_in_words(statements)],
        requiredStatement=parts.credit(record.accession_number),
        rights=parts.common_rights(statements),
        thumbnail=parts.still(base, _first_still(shown, models)),
        rendering=[model_file(base, model) for model in models],
    )


def image(base: str, record: Image) -> Json:
    """The manifest of a display image, or of one photograph of an artifact."""
    texts = texts_by_field(record.texts)
    title = label(texts.get("title", {}), record.slug)
    picture = picture_of(record)
    assert picture is not None  # only visible images are read
    size = []
    if record.width_mm and record.height_mm:
        size = pair("pages.dimensions", unspoken(f"{record.width_mm / 10:g} × {record.height_mm / 10:g} cm"))
    return parts.manifest(
        base,
        "images",
        record.slug,
        title,
        [parts.picture_canvas(parts.canvas_address(base, "images", record.slug, record.slug), title, base, picture)],
        summary=words(texts.get("caption", {})),
        metadata=[*pair("pages.category", category(record.category)), *size, *parts.rights_in_words({record.rights})],
        rights=parts.rights(record.rights),
        thumbnail=parts.still(base, picture.preview),
    )


def _first_still(shown: list[tuple[Image, Picture]], models: list[Model]) -> str | None:
    stills = [*(picture.preview for _, picture in shown), *(poster_of(model) for model in models)]
    return next((digest for digest in stills if digest), None)


def _artifact_metadata(record: Artifact, texts: Mapping[str, Mapping[str, str]]) -> list[Json]:
    def field(name: str) -> list[Json]:
        return pair(f"pages.{name}", words(texts.get(name, {})))

    return [
        *pair("pages.accession-number", unspoken(record.accession_number)),
        *field("period"),
        *pair("pages.date-range", _years(record.year_from, record.year_to)),
        *field("material"),
        *field("dimensions"),
        *pair("pages.category", category(record.category)),
        *pair("pages.grade", named(f"pages.grade-{record.grade}")),
        *field("source"),
        *field("condition"),
    ]


def _years(start: int | None, end: int | None) -> Words:
    if start is None or end is None:
        return {}

    def span(language: str) -> str:
        first, last = pick(common_era(start), language), pick(common_era(end), language)
        return first if start == end else translate(language, "pages.year-span", start=first, end=last)

    return spoken(span)


def _photograph(base: str, slug: str, image: Image, picture: Picture, number: int, own_rights: bool) -> Json:
    texts = texts_by_field(image.texts)
    title = words(texts.get("caption") or texts.get("title") or {}) or unspoken(str(number))
    licence = parts.rights(image.rights) if own_rights else None
    address = parts.canvas_address(base, "artifacts", slug, image.slug)
    return parts.picture_canvas(address, title, base, picture, rights=licence)


def _still(base: str, slug: str, title: Words, model: Model) -> Json | None:
    """A canvas with the still of a model, which viewers without 3D show; None where it has none."""
    poster = poster_of(model)
    if poster is None:
        return None
    (body,) = parts.still(base, poster)
    return parts.canvas(
        parts.canvas_address(base, "artifacts", slug, model.slug),
        words(texts_by_field(model.texts).get("title", {})) or title,
        parts.UNITS,
        parts.UNITS,
        body,
        thumbnail=[body],
        rendering=[model_file(base, model)],
        seeAlso=[model_reference(base, model)],
    )
