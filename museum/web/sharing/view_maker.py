"""Making pictures of views and of whole spheres: in the dear lane of all pictures, each once, and the last ones kept."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from museum.assets.sphere import Sphere, places_of, unroll
from museum.assets.tiles import PyramidDamaged, TileReader
from museum.assets.view import Place, View, encode, paint, pieces_of
from museum.scenes.view_source import ViewSource
from museum.web.iiif.lanes import Busy, Renderer

WAITING = 24
"""Pictures for which tiles are held at a time."""
KEPT_BYTES = 32 << 20
READS = 16
"""Tiles asked of the store at a time."""

Wanted = View | Sphere
Key = tuple[str, Wanted]
Draw = Callable[[dict[Place, bytes]], bytes]


class ViewMaker:
    """Makes each picture once for however many ask for it at a time, and keeps those last asked for, up to `kept_bytes`."""

    def __init__(self, tiles: TileReader, renderer: Renderer, kept_bytes: int = KEPT_BYTES) -> None:
        self._tiles = tiles
        self._renderer = renderer
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._weight = 0
        self._making: dict[Key, asyncio.Task[bytes]] = {}

    async def picture(self, source: ViewSource, wanted: Wanted) -> bytes:
        """The view, or the whole sphere, as JPEG. Raises Busy, and PyramidDamaged."""
        key = (source.digest, wanted)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        task = self._making.get(key)
        if task is None:
            if len(self._making) >= WAITING:
                raise Busy(1)
            task = asyncio.create_task(self._make(source, wanted))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key, None))
        # Somebody who leaves does not take the picture from those who wait for it too.
        return await asyncio.shield(task)

    async def _make(self, source: ViewSource, wanted: Wanted) -> bytes:
        key = (source.digest, wanted)
        places, draw = _plan(source, wanted)
        tiles = await self._read(source.digest, places)
        try:
            # Link previews are asked for by machines: they never hold up what visitors wait for.
            body = await self._renderer.render(key, cheap=False, work=partial(draw, tiles))
        except ValueError as error:
            raise PyramidDamaged(f"the pyramid {source.digest} is damaged: {error}") from None
        self._keep(key, body)
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
        tasks = list(self._making.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _plan(source: ViewSource, wanted: Wanted) -> tuple[list[Place], Draw]:
    """The tiles that a picture needs, and what makes it of them."""
    levels, tile = source.levels, source.tile
    if isinstance(wanted, Sphere):
        return places_of(wanted, levels, tile), lambda tiles: encode(unroll(wanted, levels, tile, tiles))
    pieces = pieces_of(wanted, levels, tile)
    places = [place for piece in pieces for place in piece.places]
    return places, lambda tiles: encode(paint(wanted, pieces, tile, tiles))
