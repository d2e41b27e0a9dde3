"""Whatever is withdrawn is gone from every process of the museum by the time that the curator hears so."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from museum.curation import drafting, publication
from museum.settings import Settings
from tests.http.conftest import Museum
from tests.support import start_server

CONNECTIONS = 8
ROUNDS = 5


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def servers(settings: Settings, kind: str) -> Iterator[list[str]]:
    """The addresses of two servers, or the one of two processes that share a port, all without background work."""
    alone = Settings(**{**vars(settings), "workers": 0})
    with ExitStack() as stack:
        if kind == "processes":
            shared = Settings(**{**vars(alone), "port": free_port()})
            server = start_server(shared, "serve", "--processes", "2")
            stack.callback(server.stop)
            wait_for_second(server.output)
            yield [server.url] * CONNECTIONS
            return
        running = [start_server(alone) for _ in range(2)]
        for server in running:
            stack.callback(server.stop)
        yield [server.url for server in running] * (CONNECTIONS // 2)


def wait_for_second(output: list[str]) -> None:
    deadline = time.monotonic() + 60
    while sum(line.startswith("The museum is at") for line in output) < 2:
        assert time.monotonic() < deadline, output
        time.sleep(0.02)


@pytest.mark.parametrize("kind", ["processes", "servers"])
async def test_no_process_shows_what_was_withdrawn(museum: Museum, settings: Settings, kind: str) -> None:
    if kind == "processes" and not museum.database.is_sqlite:
        pytest.skip("the same as two servers")
    tile = f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg"
    strip = f"/tiles/{museum.digests['lobby']}/strip.jpg"
    image = "/iiif/3/wall-map/info.json"
    with servers(settings, kind) as addresses, ExitStack() as stack:
        visitors = [stack.enter_context(httpx.Client(base_url=address, timeout=60)) for address in addresses]

        def statuses() -> set[tuple[int, ...]]:
            return {tuple(visitor.get(path).status_code for path in (tile, strip, image)) for visitor in visitors}

        for _ in range(ROUNDS):
            assert statuses() == {(200, 200, 200)}
            async with museum.database.write() as session:
                await publication.withdraw(session, await drafting.load_scene(session, "lobby"))
            assert statuses() == {(404, 404, 200)}
            async with museum.database.write() as session:
                await publication.publish(session, await drafting.load_scene(session, "lobby"))
