"""Pictures that are no stored tiles: cut from the nearest level of the pyramid, scaled, turned and encoded by libvips."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyvips

from museum.web.iiif.parameters import ImageRequest, best_level

QUALITY = 80


class Busy(Exception):
    """More pictures are being waited for than this server will make."""


class Renderer:
    """Makes at most `at_once` pictures at a time for at most `waiting` askers; who asks for the same one waits for it too."""

    def __init__(self, at_once: int = 2, waiting: int = 64) -> None:
        # One thread for each picture: requests are what runs side by side, and what was made is kept by caches outside.
        pyvips.concurrency_set(1)  # pyright: ignore[reportAttributeAccessIssue]  (its star import hides it)
        pyvips.cache_set_max(0)
        self._threads = ThreadPoolExecutor(at_once, "iiif")
        self._waiting = waiting
        self._making: dict[tuple[str, ImageRequest], asyncio.Future[bytes]] = {}

    async def render(self, digest: str, request: ImageRequest, work: Callable[[], bytes]) -> bytes:
        """What `work`, run in a thread, returns for this picture. Raises Busy."""
        key = (digest, request)
        future = self._making.get(key)
        if future is None:
            if len(self._making) >= self._waiting:
                raise Busy
            future = asyncio.get_running_loop().run_in_executor(self._threads, work)
            self._making[key] = future
            future.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(future)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)


def draw(path: Path, request: ImageRequest, levels: int) -> bytes:
    """The encoded picture that `request` asks of the pyramid at `path`, which has that many `levels`."""
    level = best_level(request, levels)
    factor = 1 << (levels - 1 - level)
    # Sub-IFD 0 is half the size, the next a quarter; -1 is the page itself.
    image: Any = pyvips.Image.tiffload(str(path), page=0, subifd=levels - 2 - level)
    box = request.box
    left, top = box.x // factor, box.y // factor
    right = min(image.width, max(left + 1, -(-(box.x + box.width) // factor)))
    bottom = min(image.height, max(top + 1, -(-(box.y + box.height) // factor)))
    image = image.crop(left, top, right - left, bottom - top)
    if (image.width, image.height) != (request.width, request.height):
        image = image.thumbnail_image(request.width, height=request.height, size="force")
    if request.rotation.mirrored:
        image = image.fliphor()
    if request.rotation.degrees:
        image = image.copy_memory().rot(f"d{request.rotation.degrees}")
    if request.quality in ("gray", "bitonal"):
        image = image.colourspace("b-w")
    if request.quality == "bitonal":
        image = image > 127
    if request.format == "png":
        return image.pngsave_buffer(compression=6, keep="none", bitdepth=1 if request.quality == "bitonal" else 8)
    if request.format == "webp":
        return image.webpsave_buffer(Q=QUALITY, keep="none")
    return image.jpegsave_buffer(Q=QUALITY, keep="none", optimize_coding=True)
