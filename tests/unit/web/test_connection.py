"""Readers who have stopped reading are let go; slow ones are not. Pipelined requests are answered in order."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from museum.web import connection
from museum.web.connection import Runner
from museum.web.express import EXPRESS, Express, Ready, make_head

LARGE = 40 << 20


def lane(target: str, base: str) -> Ready | None:
    """Answers `/iiif/quick…` with the address itself."""
    body = f"express {target} {base}".encode()
    return (
        Ready("/iiif/quick", make_head({"Content-Type": "text/plain"}, len(body)), body) if "quick" in target else None
    )


async def large(_request: web.Request) -> web.Response:
    return web.Response(body=bytes(LARGE))


async def slow(request: web.Request) -> web.Response:
    await asyncio.sleep(0.05)
    return web.Response(text=f"application {request.path}")


@pytest.fixture
async def port() -> AsyncIterator[int]:
    app = web.Application()
    app[EXPRESS] = Express("")
    app[EXPRESS].add_lane("iiif", lane)
    app.router.add_get("/large", large)
    app.router.add_route("*", "/iiif/{rest:.*}", slow)
    runner = Runner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    small.setblocking(False)
    await asyncio.get_running_loop().sock_connect(small, ("127.0.0.1", port))
    return await asyncio.open_connection(sock=small, limit=4096)


async def test_a_reader_who_takes_nothing_is_let_go(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "STALL_SECONDS", 0.5)
    reader, writer = await connect(port)
    writer.write(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    # Until the server closes: without that the test would wait for ever.
    async with asyncio.timeout(120):
        while not reader.exception() and not writer.is_closing():
            await asyncio.sleep(0.1)
            writer.write(b"\r\n")
    writer.close()


async def test_a_slow_reader_gets_everything(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "STALL_SECONDS", 5.0)
    reader, writer = await connect(port)
    writer.write(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    got = 0
    while got < LARGE:
        got += len(await reader.read(1 << 20))
        if got < 1 << 16:
            await asyncio.sleep(0.02)
    assert got == LARGE
    writer.close()


@pytest.mark.parametrize("together", [True, False])
async def test_answers_come_in_the_order_of_the_requests(port: int, together: bool) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    paths = ["quick/1", "slow/2", "quick/3", "quick/4", "slow/5", "quick/6"] * 5
    data = [f"GET /iiif/{path} HTTP/1.1\r\nHost: a\r\n\r\n".encode() for path in paths]
    if together:
        writer.write(b"".join(data))
    for number, path in enumerate(paths):
        if not together:
            writer.write(data[number])
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")
        )
        assert f"/iiif/{path}".encode() in await reader.readexactly(length)
    writer.close()


async def test_half_a_request_is_not_taken_for_a_whole_one(port: int) -> None:
    """What looks like a request of its own is the rest of a header, or of a body."""
    rest = b"GET /iiif/quick HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /iiif/last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    for first, answers in (
        # Two lines with the host make it malformed.
        (b"GET /iiif/slow HTTP/1.1\r\nHost: a\r\nX: ", [b"400"]),
        (b"PUT /iiif/slow HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(rest), [b"200", b"200"]),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(first)
        await asyncio.sleep(0.2)
        writer.write(rest + last)
        answer = await reader.read()
        assert re.findall(rb"HTTP/1\.[01] (\d+)", answer) == answers
        assert b"express" not in answer
        writer.close()
