"""Dear pictures wait for each other and not in the way of cheap ones; who asks for the same one shares it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from museum.web.iiif.lanes import Busy, Lane, Renderer


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    made = Renderer(Lane("cheap", 1, 2), Lane("dear", 1, 1, nicer=10))
    yield made
    made.close()


async def test_the_dear_lane_is_full_and_the_cheap_one_open(renderer: Renderer) -> None:
    hold = threading.Event()

    def dear(name: bytes) -> bytes:
        assert hold.wait(60)
        return name

    waiting = [
        asyncio.create_task(renderer.render(name, cheap=False, work=lambda name=name: dear(name)))
        for name in (b"a", b"b")
    ]
    await asyncio.sleep(0)
    with pytest.raises(Busy) as busy:
        await renderer.render(b"c", cheap=False, work=lambda: dear(b"c"))
    assert 1 <= busy.value.retry_after <= 60
    assert await renderer.render(b"d", cheap=True, work=lambda: b"d") == b"d"
    hold.set()
    assert await asyncio.gather(*waiting) == [b"a", b"b"]
    assert await renderer.render(b"c", cheap=False, work=lambda: b"c") == b"c"


async def test_the_same_picture_is_made_once(renderer: Renderer) -> None:
    hold = threading.Event()
    made = 0

    def work() -> bytes:
        nonlocal made
        made += 1
        assert hold.wait(60)
        return b"picture"

    asking = [asyncio.create_task(renderer.render("key", cheap=True, work=work)) for _ in range(50)]
    await asyncio.sleep(0)
    # One of them goes away; the picture is still made for the others.
    asking.pop().cancel()
    hold.set()
    assert set(await asyncio.gather(*asking)) == {b"picture"}
    assert made == 1


async def test_what_fails_fails_for_all_and_leaves_the_lane_free(renderer: Renderer) -> None:
    def fail() -> bytes:
        raise LookupError("gone")

    for _ in range(5):
        results = await asyncio.gather(
            *(renderer.render("key", cheap=True, work=fail) for _ in range(3)), return_exceptions=True
        )
        assert [type(result) for result in results] == [LookupError] * 3
    assert await renderer.render("key", cheap=True, work=lambda: b"picture") == b"picture"
