"""Asking a real server for pictures against the grain: the right status in one shape, nothing leaked, nobody held up."""

from __future__ import annotations

import contextlib
import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.mixed_requests import Client, Exchange, Wall, requests
from tests.image_museum import make_image_museum, paint
from tests.support import RunningServer, start_server

MIXED = 1_000
SPARE = 12
"""Descriptors that a server may open after the first requests and keeps: connections to the database, one for each thread that reads."""
LARGE = Wall("wall", 2501, 1801, "torn")


class Site(NamedTuple):
    """A server with one image that is whole and one whose pyramid was cut short."""

    server: RunningServer
    port: int

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self.server.process.pid}/fd").iterdir()))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    pictures = {
        "wall": paint(LARGE.width, LARGE.height, folder / "wall.jpg"),
        "torn": paint(1100, 900, folder / "torn.jpg", 8),
    }
    settings, digests = make_image_museum(folder / "data", pictures)
    torn = folder / "data" / "store" / digests["torn"][:2] / digests["torn"][2:4] / digests["torn"]
    torn.chmod(0o600)
    with torn.open("r+b") as file:
        file.truncate(torn.stat().st_size * 2 // 3)
    server = start_server(settings)
    yield Site(server, int(server.url.rsplit(":", 1)[1]))
    server.stop()


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    made = Client(site.port)
    yield made
    made.close()


def test_mixed_requests_leave_nothing_behind(site: Site, client: Client) -> None:
    mixture = requests(LARGE, 1)
    for exchange in itertools.islice(mixture, 300):
        client.perform(exchange)
    client.close()
    _settle(site)
    most = site.descriptors() + SPARE
    for exchange in itertools.islice(mixture, MIXED):
        client.perform(exchange)
    client.close()
    # Connections that were broken off are let go of, and pyramids stay open only once.
    for _ in range(600):
        if site.descriptors() <= most:
            break
        time.sleep(0.1)
    assert site.descriptors() <= most
    assert {kind for kind, _ in client.seen} > {"tile", "region", "large", "nonsense", "damaged", "broken off"}
    assert not [line for line in site.server.output if "Traceback" in line]


def _settle(site: Site) -> None:
    """Wait until the number of open descriptors has stopped falling."""
    last = site.descriptors()
    for _ in range(100):
        time.sleep(0.2)
        now = site.descriptors()
        if now >= last:
            return
        last = now


def test_identifiers_of_every_character(client: Client) -> None:
    for byte in range(256):
        client.perform(_ask(f"/iiif/3/a%{byte:02X}b/info.json", 404 if byte else 400))
        if 33 <= byte < 127 and chr(byte) not in "?#%":
            client.perform(_ask(f"/iiif/3/{chr(byte)}/info.json", 404))
    for name in (
        "a%2Fb",
        "%2e%2e%2fetc",
        "wall%2F",
        "%77all%00",
        "wall%0d%0aX: y",
        "%FF%FE",
        "%",
        "%zz",
        "a" * 500,
        "墙",
    ):
        client.perform(_ask(f"/iiif/3/{name.encode().decode('latin-1')}/info.json", 400, 404))
    client.perform(_ask("/iiif/3/%77%61%6C%6C/info.json", 200))


def test_no_visitor_writes_a_line_of_the_log(site: Site, client: Client) -> None:
    client.perform(_ask("/iiif/3/a%0A12:00:00 info museum.access: forged/info.json".replace(" ", "%20"), 404))
    client.perform(_ask("/iiif/3/last/info.json", 404))
    for _ in range(600):
        if any("/iiif/3/last/info.json" in line for line in site.server.output):
            break
        time.sleep(0.05)
    assert not [line for line in site.server.output if line.startswith("12:00:00 info museum.access: forged")]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /iiif/3/wall/" + b"9" * 20_000 + b"/max/0/default.jpg HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET /iiif/3/wall/info.json HTTP/1.1\r\nHost: a\r\nCookie: " + b"x" * 20_000 + b"\r\n\r\n", 431),
        (b"GET /iiif/3/wall/info.json HTTP/9.9\r\nHost: a\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET /iiif/3/wall/info.json HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_gets_an_answer_in_the_same_shape(client: Client, data: bytes, status: int) -> None:
    client.perform(Exchange("garbage", data, frozenset({status})))


def test_pixels_by_the_thousand_million(client: Client) -> None:
    for size in ("^31623,31623", "^999999999,999999999", "^pct:99999", "^31623,"):
        client.perform(_ask(f"/iiif/3/wall/full/{size}/0/default.jpg", 413))
    client.perform(_ask("/iiif/3/wall/full/9999999999,1/0/default.jpg", 400))


def test_slow_readers_hold_up_nobody(site: Site, client: Client) -> None:
    """Two hundred who ask for the largest picture, or for many tiles at once, and never read."""
    large = _ask("/iiif/3/wall/full/max/0/default.png", 200).data
    tiles = _ask("/iiif/3/wall/0,0,512,512/512,512/0/default.jpg", 200).data * 40
    with contextlib.ExitStack() as stack:
        for number in range(200):
            slow = stack.enter_context(socket.socket())
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect(("127.0.0.1", site.port))
            slow.sendall(tiles if number % 10 else large)
        for exchange in itertools.islice(requests(LARGE, 3), 200):
            if exchange.kind in ("tile", "information", "identifier"):
                client.perform(exchange)
        memory = int(Path(f"/proc/{site.server.process.pid}/statm").read_text().split()[1]) * 4096
    # What is sent but not taken is held once for each of them, and no more than one answer: at most 14 MB for twenty of them.
    assert memory < 800_000_000, memory


def _ask(path: str, *statuses: int) -> Exchange:
    return Exchange("asked", f"GET {path} HTTP/1.1\r\nHost: museum\r\n\r\n".encode("latin-1"), frozenset(statuses))
