"""Large regions out of a store that is elsewhere: the same pictures as from the whole file, from the bytes of their own tiles."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from museum.assets.excerpt import FETCHING, GAP, MOST_TOGETHER, WAITING, Crowded, Excerpts, runs
from museum.assets.ingest.image import make_image
from museum.assets.store_local import LocalStore
from museum.assets.tiles import PyramidDamaged, TileReader
from museum.web.iiif.levels import best_level, level_box
from museum.web.iiif.parameters import read_request
from museum.web.iiif.render import draw_excerpt, draw_large


class FarStore:
    """A store that is not on this machine, and counts what is asked of it."""

    def __init__(self, store: LocalStore) -> None:
        self.store = store
        self.bytes = self.requests = self.under_way = self.most_at_once = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def size(self, digest: str) -> int:
        return await self.store.size(digest)

    async def read(self, digest: str, offset: int = 0, length: int | None = None) -> bytes:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        await self.gate.wait()
        await asyncio.sleep(0)
        data = await self.store.read(digest, offset, length)
        self.under_way -= 1
        self.bytes += len(data)
        self.requests += 1
        return data


async def keep(folder: Path, mode: str) -> tuple[FarStore, str, int, list[tuple[int, int]]]:
    """A store with a pyramid of 5000 × 3500 pixels; its digest, length, and levels."""
    coarse = np.random.default_rng(5).integers(0, 255, (70, 100, 3)).astype(np.uint8)
    picture = Image.fromarray(coarse).resize((5000, 3500), Image.Resampling.BICUBIC).convert(mode)
    picture.save(folder / "original.png", compress_level=1)
    work = folder / "work"
    work.mkdir()
    info: dict[str, Any] = make_image(str(folder / "original.png"), str(work))
    store = LocalStore(folder / "store")
    blob = await store.put(work / "pyramid.tif")
    return FarStore(store), blob.digest, blob.bytes, [(width, height) for width, height in info["levels"]]


@pytest.mark.parametrize("mode", ["RGB", "L"])
async def test_pictures_are_those_of_the_whole_file(tmp_path: Path, mode: str) -> None:
    store, digest, length, levels = await keep(tmp_path, mode)
    excerpts = Excerpts(TileReader(store), tmp_path)  # type: ignore[arg-type]
    for region, size in (
        ("full", "max"),
        ("full", "1700,"),
        ("777,901,2900,1500", "max"),
        ("3000,2000,2000,1500", "1300,"),
        ("5,5,3,3", "max"),
    ):
        request = read_request(3, levels[-1], region, size, "0", "default", "jpg")
        level = best_level(request, len(levels))
        async with excerpts.file(digest, level, level_box(request, levels, level)) as (path, box):
            found = draw_excerpt(path, box, request)
        async with store.store.local(digest) as whole:
            assert found == draw_large(whole, request, levels), (region, size)
    assert not list(tmp_path.glob("excerpt-*"))
    store.bytes = store.requests = 0
    request = read_request(3, levels[-1], "0,0,2500,1750", "max", "0", "default", "jpg")
    async with excerpts.file(digest, len(levels) - 1, request.box):
        pass
    assert store.bytes < 0.5 * length and store.requests <= 8


async def test_the_index_of_a_pyramid_takes_few_round_trips(tmp_path: Path) -> None:
    store, digest, length, levels = await keep(tmp_path, "RGB")
    reader = TileReader(store)  # type: ignore[arg-type]
    assert await reader.levels(digest) == levels
    assert store.requests == 1 + len(levels), "the head, and each level's directory with its tables"
    assert store.most_at_once == len(levels) - 1, "those of the coarser levels together"
    assert store.bytes <= min(length, store.requests * 16384)


async def test_a_pyramid_that_is_cut_short_or_gone_is_damaged(tmp_path: Path) -> None:
    store, digest, length, levels = await keep(tmp_path, "RGB")
    excerpts = Excerpts(TileReader(store), tmp_path)  # type: ignore[arg-type]
    top = len(levels) - 1
    async with excerpts.file(digest, top, (0, 0, 600, 600)):
        pass
    path = store.store.path_of(digest)
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.truncate(length // 4)
    with pytest.raises(PyramidDamaged):
        async with excerpts.file(digest, top, (0, 0, 5000, 3500)):
            pass
    path.unlink()
    with pytest.raises(PyramidDamaged):
        async with Excerpts(TileReader(store), tmp_path).file(digest, top, (0, 0, 600, 600)):  # type: ignore[arg-type]
            pass
    assert not list(tmp_path.glob("excerpt-*"))


async def test_those_beyond_what_may_wait_are_refused(tmp_path: Path) -> None:
    store, digest, _, levels = await keep(tmp_path, "L")
    excerpts = Excerpts(TileReader(store), tmp_path)  # type: ignore[arg-type]

    async def fetch() -> None:
        async with excerpts.file(digest, len(levels) - 1, (0, 0, 1000, 1000)):
            pass

    store.gate.clear()
    fetches = [asyncio.create_task(fetch()) for _ in range(FETCHING + WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(Crowded):
        await fetch()
    store.gate.set()
    await asyncio.gather(*fetches)
    await fetch()


def test_what_lies_together_is_read_together() -> None:
    near = [(0, 10, 0), (10, 10, 1), (20 + GAP, 10, 2)]
    assert list(runs(near)) == [near]
    far = (31 + 2 * GAP, 10, 3)
    assert list(runs([*near, far])) == [near, [far]]
    big = [(number * MOST_TOGETHER // 2, MOST_TOGETHER // 2, number) for number in range(5)]
    assert [len(run) for run in runs(big)] == [2, 2, 1]
