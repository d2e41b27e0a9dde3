"""Which pyramid an image's slug stands for, asked of the database at most every other second."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from museum.collection.image_source import ImageSource, find_image_source
from museum.curation.visibility import is_granting
from museum.database import Database
from museum.database.generation import Generation

REMEMBER_SECONDS = 2.0
REMEMBER_SOURCES = 5_000


class Kept(NamedTuple):
    """A source that holds until a moment (monotonic seconds) or the next withdrawal."""

    until: float
    withdrawals: int
    source: ImageSource


class Sources:
    """The pyramids of published images by slug. What is withdrawn, by whatever process, is gone with that."""

    def __init__(self, database: Database, withdrawals: Generation) -> None:
        self._database = database
        self._withdrawals = withdrawals
        self._kept: dict[str, Kept] = {}
        self._asking: dict[tuple[str, int], asyncio.Task[ImageSource | None]] = {}

    def recall(self, slug: str) -> ImageSource | None:
        """The pyramid, where it was found a moment ago. The same object for as long as it stays the same pyramid."""
        kept = self._kept.get(slug)
        if kept is None or kept.until < time.monotonic() or kept.withdrawals != self._withdrawals.known():
            return None
        return kept.source

    async def find(self, slug: str, *, drafts: bool) -> ImageSource | None:
        """The pyramid that visitors, or with `drafts` curators, may see; None where there is none."""
        if drafts or is_granting():
            return await self._database.read_with(find_image_source, slug, drafts)
        number = await self._withdrawals.current()
        source = self.recall(slug)
        if source is not None:
            return source
        # All tiles of a view ask at once. A question from before a withdrawal gives no answer to one from after it.
        key = (slug, number)
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(*key))
            self._asking[key] = task
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(task)

    async def _ask(self, slug: str, withdrawn: int) -> ImageSource | None:
        source = await self._database.read_with(find_image_source, slug, False)
        before = self._kept.pop(slug, None)
        if source is None:
            return None
        if before is not None and before.source == source:
            source = before.source
        if len(self._kept) >= REMEMBER_SOURCES:
            self._kept.clear()
        self._kept[slug] = Kept(time.monotonic() + REMEMBER_SECONDS, withdrawn, source)
        return source

    def forget(self, slug: str) -> None:
        """Ask the database again."""
        self._kept.pop(slug, None)
