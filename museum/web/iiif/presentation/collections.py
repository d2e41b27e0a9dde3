"""Collections: of everything by kind, of all manifests of a kind, and of a page of those where there are many. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from museum.collection.cards import Card
from museum.scenes.cards import SceneCard
from museum.web.iiif.presentation import parts
from museum.web.iiif.presentation.parts import Json
from museum.web.iiif.presentation.words import Words, label, named, unspoken

PER_PAGE = 200


def everything(base: str, totals: Mapping[str, int]) -> Json:
    """The museum: a collection of each kind of which there is something."""
    items = [
        parts.reference(parts.collection_address(base, kind), "Collection", named(f"pages.{kind}"))
        for kind, total in totals.items()
        if total
    ]
    summary = named("pages.museum-note")
    return _collection(base, parts.collection_address(base), named("pages.museum"), items, summary=summary)


def of_kind(base: str, kind: str, cards: Sequence[Card | SceneCard], total: int) -> Json:
    """All manifests of a kind, of which `cards` are the first page; collections of pages where there are more than that."""
    if total <= PER_PAGE:
        items = manifests(base, kind, cards)
    else:
        items = [
            parts.reference(parts.collection_address(base, kind, page), "Collection", _span(page, total))
            for page in range(1, pages(total) + 1)
        ]
    part_of = [parts.reference(parts.collection_address(base), "Collection", named("pages.museum"))]
    return _collection(base, parts.collection_address(base, kind), named(f"pages.{kind}"), items, partOf=part_of)


def page_of_kind(base: str, kind: str, page: int, cards: Sequence[Card | SceneCard], total: int) -> Json:
    """A page, the first being 1, of the manifests of a kind."""
    part_of = [parts.reference(parts.collection_address(base, kind), "Collection", named(f"pages.{kind}"))]
    address = parts.collection_address(base, kind, page)
    return _collection(base, address, _span(page, total), manifests(base, kind, cards), partOf=part_of)


def pages(total: int) -> int:
    """How many pages there are of `total` manifests."""
    return max(1, -(-total // PER_PAGE))


def manifests(base: str, kind: str, cards: Sequence[Card | SceneCard]) -> list[Json]:
    """The manifests that cards stand for, as a collection lists them."""
    return [
        parts.reference(
            parts.manifest_address(base, kind, card.slug),
            "Manifest",
            label(card.title, card.slug),
            thumbnail=parts.still(base, card.picture.preview if card.picture else None),
        )
        for card in cards
    ]


def _span(page: int, total: int) -> Words:
    return unspoken(f"{(page - 1) * PER_PAGE + 1}–{min(page * PER_PAGE, total)}")


def _collection(base: str, address: str, title: Words, items: list[Json], **more: object) -> Json:
    return {
        "@context": parts.CONTEXT,
        "id": address,
        "type": "Collection",
        "label": title,
        **parts.filled(more),
        "requiredStatement": parts.credit(),
        "provider": parts.provider(base),
        "items": items,
    }
