"""What an image service needs of an image: its pyramid."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from museum.assets.info import ImageInfo
from museum.assets.models import Asset
from museum.collection.models import Image
from museum.curation.visibility import image_is_visible


class ImageSource(msgspec.Struct, frozen=True):
    """The pyramid of an image: digest in the store, and what is known of it."""

    digest: str
    info: ImageInfo
    rights: str | None


def find_image_source(connection: Connection, slug: str, drafts: bool) -> ImageSource | None:
    """The pyramid of image `slug`; None where it has none that visitors, or with `drafts` curators, may see."""
    statement = (
        select(Asset.digest, Asset.info, Image.rights)
        .join(Image, Image.asset_id == Asset.id)
        .where(Image.slug == slug, Asset.state == "ready", Asset.kind == "image")
    )
    if not drafts:
        statement = statement.where(image_is_visible())
    row = connection.execute(statement).first()
    if row is None or row.digest is None:
        return None
    return ImageSource(row.digest, msgspec.convert(row.info, ImageInfo), row.rights)
