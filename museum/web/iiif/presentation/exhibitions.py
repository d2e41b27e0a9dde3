"""Manifests of exhibitions, from their loaded records. Pure."""

from __future__ import annotations

from museum.collection.cards import Picture, picture_of
from museum.collection.models import Exhibition, ExhibitionItem, ExhibitionSection, Image
from museum.curation.visibility import is_shown
from museum.database.texts import texts_by_field
from museum.web.iiif.presentation import parts
from museum.web.iiif.presentation.parts import Json
from museum.web.iiif.presentation.words import label, named, pair, spoken, words
from museum.web.language import translate


def exhibition(base: str, record: Exhibition) -> Json:
    """The manifest of an exhibition: a canvas for each thing on show, a range for each section.

    A thing that is shown twice has one canvas; one without a picture has none.
    """
    texts = texts_by_field(record.texts)
    title = label(texts.get("title", {}), record.slug)
    canvases: dict[str, Json] = {}
    statements: set[str | None] = set()
    sections: list[Json] = []
    for number, section in enumerate(record.sections, 1):
        for item in section.items:
            shown = _on_show(item)
            if shown is not None and shown[0].slug not in canvases:
                canvases[shown[0].slug] = _item_canvas(base, record.slug, item, *shown)
                statements.add(shown[0].rights)
        found = [canvases[shown[0].slug]["id"] for item in section.items if (shown := _on_show(item))]
        if found:
            sections.append(_section(base, record.slug, section, number, list(dict.fromkeys(found))))
    cover = picture_of(record.cover)
    address = f"{parts.root(base, 'exhibitions', record.slug)}/range"
    whole = [parts.range_(f"{address}/0", named("pages.exhibition-contents"), sections)] if sections else []
    return parts.manifest(
        base,
        "exhibitions",
        record.slug,
        title,
        list(canvases.values()),
        summary=words(texts.get("description", {})) or words(texts.get("subtitle", {})),
        metadata=[*pair("iiif.subtitle", words(texts.get("subtitle", {}))), *parts.rights_in_words(statements)],
        rights=parts.common_rights(statements),
        thumbnail=parts.still(base, cover.preview if cover else None),
        structures=whole,
    )


def _on_show(item: ExhibitionItem) -> tuple[Image, Picture] | None:
    """The picture of an item; an artifact is seen by its first one. None where there is none that visitors may see."""
    images: list[Image] = []
    if item.artifact is not None:
        images = item.artifact.images if is_shown(item.artifact) else []
    elif item.image is not None:
        images = [item.image]
    return next(((image, picture) for image in images if (picture := picture_of(image))), None)


def _item_canvas(base: str, slug: str, item: ExhibitionItem, image: Image, picture: Picture) -> Json:
    thing, kind = (item.artifact, "artifacts") if item.artifact is not None else (image, "images")
    texts = texts_by_field(thing.texts)
    title = label(texts.get("title", {}), thing.slug)
    return parts.picture_canvas(
        parts.canvas_address(base, "exhibitions", slug, image.slug),
        title,
        base,
        picture,
        summary=words(texts.get("description") or texts.get("caption") or {}),
        metadata=pair("pages.period", words(texts.get("period", {}))),
        homepage=parts.homepage(base, f"/{kind}/{thing.slug}", title),
        seeAlso=parts.see_also(base, f"/api/v1/{kind}/{thing.slug}"),
        partOf=[parts.reference(parts.manifest_address(base, kind, thing.slug), "Manifest", title)],
    )


def _section(base: str, slug: str, section: ExhibitionSection, number: int, canvases: list[str]) -> Json:
    texts = texts_by_field(section.texts)
    title = words(texts.get("title", {})) or spoken(
        lambda language: translate(language, "pages.section-number", number=number)
    )
    address = f"{parts.root(base, 'exhibitions', slug)}/range/{number}"
    items = [parts.reference(canvas, "Canvas") for canvas in canvases]
    return parts.range_(address, title, items, summary=words(texts.get("body", {})))
