"""Making pictures of views: few at a time, each once, and the last ones kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from museum.assets.sphere import Sphere, places_of, unroll
from museum.assets.tiles import TileMissing, TileReader
from museum.assets.view import Place, View, encode, paint, pieces_of
from museum.scenes.view_source import ViewSource

AT_ONCE = 1
WAITING = 24
KEPT_BYTES = 32 << 20
READS = 16
"""Tiles asked of the store at a time."""

Wanted = View | Sphere
Key = tuple[str, Wanted]
Draw = Callable[[dict[Place, bytes]], bytes]


class Busy(Exception):
    """More pictures are being waited for than this server will make."""


class ViewMaker:
    """Makes AT_ONCE pictures at a time for at most `waiting` different askers; who asks for the same one waits for it too. Keeps the
    pictures last asked for, up to `kept_bytes`."""

    def __init__(self, tiles: TileReader, waiting: int = WAITING, kept_bytes: int = KEPT_BYTES) -> None:
        self._tiles = tiles
        self._waiting = waiting
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._weight = 0
        self._making: dict[Key, asyncio.Task[bytes]] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._threads = ThreadPoolExecutor(AT_ONCE, "view")

    async def picture(self, source: ViewSource, wanted: Wanted) -> bytes:
        """The view, or the whole sphere, as JPEG. Raises Busy, and TileMissing where the pyramid is gone or damaged."""
        key = (source.digest, wanted)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._making.get(key)
        if task is None:
            if len(self._making) >= self._waiting:
                raise Busy
            task = asyncio.create_task(self._make(source, wanted))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        # Somebody who leaves does not take the picture from those who wait for it too.
        return await asyncio.shield(task)

    async def _make(self, source: ViewSource, wanted: Wanted) -> bytes:
        async with self._turn:
            places, draw = _plan(source, wanted)
            tiles = await self._read(source.digest, places)
            loop = asyncio.get_running_loop()
            try:
                body = await loop.run_in_executor(self._threads, draw, tiles)
            except ValueError as error:
                raise TileMissing(f"the pyramid {source.digest} is damaged: {error}") from None
        self._keep((source.digest, wanted), body)
        return body

    async def _read(self, digest: str, places: list[Place]) -> dict[Place, bytes]:
        few = asyncio.Semaphore(READS)

        async def read(place: Place) -> bytes:
            async with few:
                return await self._tiles.face_tile(digest, *place)

        return dict(zip(places, await asyncio.gather(*map(read, places)), strict=True))

    def _keep(self, key: Key, body: bytes) -> None:
        self._kept[key] = body
        self._weight += len(body)
        while self._weight > self._kept_bytes:
            self._weight -= len(self._kept.popitem(last=False)[1])

    async def close(self) -> None:
        """Give up what is being made."""
        for task in list(self._making.values()):
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        await asyncio.to_thread(self._threads.shutdown)


def _plan(source: ViewSource, wanted: Wanted) -> tuple[list[Place], Draw]:
    """The tiles that a picture needs, and what makes it of them."""
    levels, tile = source.levels, source.tile
    if isinstance(wanted, Sphere):
        return places_of(wanted, levels, tile), lambda tiles: encode(unroll(wanted, levels, tile, tiles))
    pieces = pieces_of(wanted, levels, tile)
    places = [place for piece in pieces for place in piece.places]
    return places, lambda tiles: encode(paint(wanted, pieces, tile, tiles))
