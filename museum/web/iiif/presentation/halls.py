"""Manifests of venues and scenes. Pure.

A panorama has no form of its own in Presentation 3: its canvas shows the whole sphere unrolled, with the scene's forward direction in the
middle, and says so in words; the scene's page walks in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from museum.assets.sphere import SPHERE_WIDTH
from museum.collection.dates import era_name
from museum.scenes.cards import SceneCard
from museum.scenes.scenes_query import ScenePage
from museum.scenes.venues_query import VenuePage
from museum.web.iiif.presentation import parts
from museum.web.iiif.presentation.parts import Json
from museum.web.iiif.presentation.words import label, named, pair, words


def venue(base: str, page: VenuePage) -> Json:
    """The manifest of a venue: a canvas for each of its scenes, a range for each of its rooms."""
    title = label(page.title, page.slug)
    canvases = {scene.slug: _panorama(base, "venues", page.slug, scene) for scene in page.scenes}
    entrance = page.entrance if page.entrance and page.entrance.picture else None
    return parts.manifest(
        base,
        "venues",
        page.slug,
        title,
        list(canvases.values()),
        summary=words(page.description),
        metadata=pair("pages.category", named(f"pages.{page.kind}")),
        thumbnail=parts.still(base, entrance.picture.preview if entrance and entrance.picture else None),
        structures=_rooms(base, page, canvases),
    )


def scene(base: str, page: ScenePage) -> Json:
    """The manifest of a scene: its panorama."""
    card = page.card
    metadata = pair("pages.venue", words(card.venue_title))
    if card.year is not None:
        metadata += pair("pages.period", words(era_name(card.year)))
    return parts.manifest(
        base,
        "scenes",
        card.slug,
        label(card.title, card.slug),
        [_panorama(base, "scenes", card.slug, card)],
        summary=words(page.description),
        metadata=metadata,
        thumbnail=parts.still(base, card.picture.preview if card.picture else None),
    )


def _panorama(base: str, kind: str, slug: str, card: SceneCard) -> Json:
    """The canvas of a scene in the manifest of `kind` and `slug`."""
    title = label(card.title, card.slug)
    body = {
        "id": f"{base}/scenes/{card.slug}/sphere.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": SPHERE_WIDTH,
        "height": SPHERE_WIDTH // 2,
    }
    return parts.canvas(
        parts.canvas_address(base, kind, slug, card.slug),
        title,
        SPHERE_WIDTH,
        SPHERE_WIDTH // 2,
        body,
        summary=named("iiif.sphere-note"),
        thumbnail=parts.still(base, card.picture.preview if card.picture else None),
        homepage=parts.homepage(base, f"/scenes/{card.slug}", title),
        seeAlso=parts.see_also(base, f"/api/v1/scenes/{card.slug}"),
    )


def _rooms(base: str, page: VenuePage, canvases: Mapping[str, Json]) -> list[Json]:
    """Ranges of the rooms that the plan names and that have scenes, in the plan's order; those outside all rooms come last."""
    rooms: Sequence[Mapping[str, Any]] = (page.plan or {}).get("rooms", ())
    keys = [room["key"] for room in rooms]
    titles = {room["key"]: room.get("title") for room in rooms}
    found: dict[str | None, list[Json]] = {key: [] for key in [*keys, None]}
    for card in page.scenes:
        room = card.room if card.room in titles else None
        found[room].append(parts.reference(canvases[card.slug]["id"], "Canvas"))
    address = f"{parts.root(base, 'venues', page.slug)}/range"
    made = [
        parts.range_(f"{address}/{number}", _room_title(titles.get(key), key), found[key])
        for number, key in enumerate(found, 1)
        if found[key]
    ]
    return [parts.range_(f"{address}/0", named("pages.rooms"), made)] if keys and made else []


def _room_title(title: Any, key: str | None) -> Any:
    if key is None:
        return named("iiif.elsewhere")
    return label(title if isinstance(title, Mapping) else {}, str(title or key))
