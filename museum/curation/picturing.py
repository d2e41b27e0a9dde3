"""Pictures that curators upload: each becomes an image of the collection, a draft named after its file."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.ingest.sniff import PICTURES
from museum.assets.models import Original
from museum.assets.originals import begin_asset
from museum.collection.bulk.files import title_of, wanted_slug
from museum.collection.bulk.records import known_images
from museum.collection.models import Image
from museum.curation.drafting import free_slug
from museum.curation.errors import Refused
from museum.curation.production import PRIORITY
from museum.database.texts import set_texts

CATEGORY = "other"
MOST = 100
"""Pictures that one form may bring."""


async def take_in(session: AsyncSession, original_id: int, filename: str) -> tuple[str, bool]:
    """The slug of the image that has this original, and whether it is new. Raises Refused for what is no picture."""
    # Whoever else brings the same file waits here until this transaction stands.
    original = await session.scalar(select(Original).where(Original.id == original_id).with_for_update())
    assert original is not None
    if original.media_type not in PICTURES:
        raise Refused("picture-kind")
    known = await known_images(session, [original.digest])
    if known:
        return known[original.digest], False
    asset = await begin_asset(session, "image", [(original.id, "whole")], priority=PRIORITY)
    title = title_of(filename)
    slug = await free_slug(session, Image, wanted_slug(title.get("en", ""), original.digest))
    image = Image(slug=slug, asset_id=asset.id, category=CATEGORY, texts=[])
    set_texts(image, "title", title)
    session.add(image)
    await session.flush()
    return slug, True
