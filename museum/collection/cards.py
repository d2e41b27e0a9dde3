"""Short forms of records for lists and pages: what a card shows of anything that has a title and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import lazyload, selectinload

from museum.assets.models import Asset
from museum.collection.models import (
    Artifact,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    Image,
    Model,
    ModelAnnotation,
)
from museum.curation.visibility import granted, image_is_visible, is_shown, model_is_visible
from museum.database.texts import texts_by_field

Texts = dict[str, str]


@dataclass(frozen=True)
class Picture:
    """A picture of pyramid `digest`, whose `preview` is a small JPEG of its own digest. `slug` names the image record.

    `width` and `height` are pixels of the whole; `color` is the mean colour, `#rrggbb`; `width_mm` is the width of the thing itself.
    """

    digest: str
    preview: str | None
    slug: str | None = None
    width: int = 0
    height: int = 0
    color: str | None = None
    alt: Texts = field(default_factory=dict)
    width_mm: float | None = None


@dataclass(frozen=True)
class Card:
    """Anything with a page of its own. `kind` is the word for it, as in addresses; `note` is a line below the title."""

    kind: str
    slug: str
    title: Texts
    note: Texts = field(default_factory=dict)
    picture: Picture | None = None
    count: int | None = None
    years: tuple[int, ...] = ()


def picture_of(image: Image | None) -> Picture | None:
    """The picture of a loaded image record; None where visitors may not see it or it is not ready."""
    if image is None or not is_shown(image):
        return None
    if image.artifact is not None and image.id not in granted("image") and not is_shown(image.artifact):
        return None
    asset = image.asset
    if asset is None or asset.digest is None or asset.state != "ready":
        return None
    texts = texts_by_field(image.texts)
    return Picture(
        digest=asset.digest,
        preview=_blob(asset, "preview"),
        slug=image.slug,
        width=int(asset.info.get("width", 0)),
        height=int(asset.info.get("height", 0)),
        color=asset.info.get("color"),
        alt=texts.get("alt") or texts.get("title") or {},
        width_mm=image.width_mm,
    )


def panorama_picture(asset: Asset | None, alt: Texts) -> Picture | None:
    """The flat view of a panorama's front; None where it is not ready."""
    if asset is None or asset.digest is None or asset.state != "ready":
        return None
    return Picture(digest=asset.digest, preview=_blob(asset, "preview"), alt=alt)


def _blob(asset: Asset, role: str) -> str | None:
    return next((blob.digest for blob in asset.blobs if blob.role == role), None)


def shown_asset(asset: Any) -> Any:
    """What pictures need loaded of an asset: nobody who looks needs its originals."""
    return selectinload(asset).options(selectinload(Asset.blobs), lazyload(Asset.originals))


def image_options() -> Any:
    """What `picture_of` needs loaded of an image."""
    return (
        selectinload(Image.texts),
        selectinload(Image.artifact),
        shown_asset(Image.asset),
    )


def artifact_options() -> Any:
    """What `artifact_card` needs loaded of an artifact."""
    return (selectinload(Artifact.texts), selectinload(Artifact.images).options(*image_options()))


def exhibition_options() -> Any:
    """What `exhibition_card` needs loaded of an exhibition."""
    return (selectinload(Exhibition.texts), selectinload(Exhibition.cover).options(*image_options()))


def artifact_card(artifact: Artifact) -> Card:
    """The card of an artifact: its first picture, and its period below the title."""
    texts = texts_by_field(artifact.texts)
    pictures = (picture_of(image) for image in artifact.images)
    return Card(
        kind="artifact",
        slug=artifact.slug,
        title=texts.get("title", {}),
        note=texts.get("period", {}),
        picture=next((picture for picture in pictures if picture), None),
    )


def image_card(image: Image) -> Card:
    """The card of a display image."""
    texts = texts_by_field(image.texts)
    return Card(kind="image", slug=image.slug, title=texts.get("title", {}), picture=picture_of(image))


def exhibition_card(exhibition: Exhibition) -> Card:
    """The card of an exhibition: its cover, and its subtitle below the title."""
    texts = texts_by_field(exhibition.texts)
    return Card(
        kind="exhibition",
        slug=exhibition.slug,
        title=texts.get("title", {}),
        note=texts.get("subtitle", {}),
        picture=picture_of(exhibition.cover),
    )


async def exhibition_cards(session: AsyncSession, statement: Select[Exhibition]) -> dict[int, Card]:
    """Cards of the exhibitions that a statement finds, in its order, by id; for one without a cover the picture of its first exhibit that
    has one stands."""
    found: Sequence[Exhibition] = (await session.scalars(statement.options(*exhibition_options()))).all()
    shown = {one.id: exhibition_card(one) for one in found}
    first = await _first_pictures(session, [number for number, card in shown.items() if card.picture is None])
    return {number: replace(card, picture=card.picture or first.get(number)) for number, card in shown.items()}


async def _first_pictures(session: AsyncSession, exhibitions: Sequence[int]) -> dict[int, Picture]:
    if not exhibitions:
        return {}
    query = (
        select(ExhibitionSection.exhibition_id, ExhibitionItem.image_id, ExhibitionItem.artifact_id)
        .join(ExhibitionItem, ExhibitionItem.section_id == ExhibitionSection.id)
        .where(ExhibitionSection.exhibition_id.in_(exhibitions))
        .order_by(ExhibitionSection.position, ExhibitionSection.id, ExhibitionItem.position, ExhibitionItem.id)
    )
    items = (await session.execute(query)).all()
    # What hangs there is looked up by its number: joined to it, SQLite would go through all that is public.
    seen = select(Image.id).where(Image.id.in_({one.image_id for one in items}), image_is_visible())
    shown = set(await session.scalars(seen))
    photographs: dict[int | None, int] = {}
    taken = select(Image.artifact_id, Image.id).where(Image.artifact_id.in_({one.artifact_id for one in items}))
    for artifact, image in await session.execute(taken.where(image_is_visible()).order_by(Image.position, Image.id)):
        photographs.setdefault(artifact, image)
    first: dict[int, int] = {}
    for exhibition, image, artifact in items:
        picture = image if image in shown else photographs.get(artifact)
        if picture is not None:
            first.setdefault(exhibition, picture)
    images = await session.scalars(visible_images().where(Image.id.in_(first.values())))
    pictures = {image.id: picture_of(image) for image in images}
    return {exhibition: picture for exhibition, image in first.items() if (picture := pictures.get(image))}


def visible_images() -> Select[Image]:
    """Images that visitors may see, with what `picture_of` needs."""
    return select(Image).where(image_is_visible()).options(*image_options())


def visible_models() -> Select[Model]:
    """Models that visitors may see, with their files and annotations."""
    return (
        select(Model)
        .where(model_is_visible())
        .options(
            selectinload(Model.texts),
            selectinload(Model.asset).selectinload(Asset.blobs),
            selectinload(Model.annotations).selectinload(ModelAnnotation.texts),
        )
    )
