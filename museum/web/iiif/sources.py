"""Which pyramid an image's slug stands for, asked of the database at most every other second."""

from __future__ import annotations

from museum.collection.image_source import ImageSource, find_image_source
from museum.curation.visibility import is_granting
from museum.database import Database
from museum.database.generation import Generation
from museum.database.remembered import Remembered

REMEMBER_SOURCES = 5_000


class Sources:
    """The pyramids of published images by slug. What is withdrawn, by whatever process, is gone with that."""

    def __init__(self, database: Database, withdrawals: Generation) -> None:
        self._database = database
        self._published: Remembered[str, ImageSource] = Remembered(self._ask, withdrawals, REMEMBER_SOURCES)

    def recall(self, slug: str) -> ImageSource | None:
        """The pyramid, where it was found a moment ago. The same object for as long as it stays the same pyramid."""
        return self._published.recall(slug)

    async def find(self, slug: str, *, drafts: bool) -> ImageSource | None:
        """The pyramid that visitors, or with `drafts` curators, may see; None where there is none."""
        if drafts or is_granting():
            return await self._database.read_with(find_image_source, slug, drafts)
        return await self._published.find(slug)

    async def _ask(self, slug: str) -> ImageSource | None:
        return await self._database.read_with(find_image_source, slug, False)

    def forget(self, slug: str) -> None:
        """Ask the database again."""
        self._published.forget(slug)
