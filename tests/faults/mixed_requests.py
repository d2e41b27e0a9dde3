"""Requests for pictures of every kind, good, bad and broken off, each with the statuses that may answer it."""

from __future__ import annotations

import random
import re
import socket
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

TILE = 512


class Exchange(NamedTuple):
    """Bytes to send; the statuses that may answer, none where the connection is broken off without waiting for one."""

    kind: str
    data: bytes
    statuses: frozenset[int]


class Wall(NamedTuple):
    """The image that is asked for, and one whose pyramid is damaged."""

    slug: str
    width: int
    height: int
    damaged: str


def requests(wall: Wall, seed: int) -> Iterator[Exchange]:
    """An endless mixture, the same for the same seed."""
    dice = random.Random(seed)
    kinds = [
        (_tile, 40),
        (_region, 8),
        (_thumbnail, 8),
        (_conditions, 6),
        (_nonsense, 14),
        (_identifier, 8),
        (_large, 2),
    ]
    kinds += [(_damaged, 3), (_broken_off, 6), (_information, 5)]
    functions, weights = zip(*kinds, strict=True)
    while True:
        (kind,) = dice.choices(functions, weights)
        yield kind(wall, dice)


def _get(kind: str, path: str, *statuses: int, method: str = "GET", **headers: str) -> Exchange:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return Exchange(
        kind, f"{method} {path} HTTP/1.1\r\nHost: museum\r\n{lines}\r\n".encode("latin-1"), frozenset(statuses)
    )


def _tile(wall: Wall, dice: random.Random) -> Exchange:
    scale = dice.choice([1, 1, 2, 4])
    span = TILE * scale
    x, y = dice.randrange(0, wall.width, span), dice.randrange(0, wall.height, span)
    width, height = min(span, wall.width - x), min(span, wall.height - y)
    size = f"{-(-width // scale)},{-(-height // scale)}"
    return _get("tile", f"/iiif/{dice.choice('23')}/{wall.slug}/{x},{y},{width},{height}/{size}/0/default.jpg", 200)


def _region(wall: Wall, dice: random.Random) -> Exchange:
    x, y = dice.randrange(wall.width - 1), dice.randrange(wall.height - 1)
    words = f"{x},{y},{dice.randint(1, 400)},{dice.randint(1, 400)}/pct:{dice.randint(30, 100)}/{dice.randrange(360)}"
    ending = dice.choice(["default.jpg", "gray.png", "bitonal.png", "color.webp", "gray.webp"])
    return _get("region", f"/iiif/3/{wall.slug}/{words}/{ending}", 200, 400, 503)


def _thumbnail(wall: Wall, dice: random.Random) -> Exchange:
    return _get("thumbnail", f"/iiif/3/{wall.slug}/full/!{dice.randint(20, 400)},400/0/default.jpg", 200, 503)


def _conditions(wall: Wall, dice: random.Random) -> Exchange:
    path = f"/iiif/3/{wall.slug}/0,0,512,512/512,512/0/default.jpg"
    return dice.choice(
        [
            _get("head", path, 200, method="HEAD"),
            _get("options", path, 204, method="OPTIONS", Origin="https://other.example"),
            _get("part", path, 206, Range="bytes=10-99"),
            _get("beyond", path, 416, Range="bytes=99999999-"),
            _get("known", path, 304, If_None_Match="*"),
            _get("post", path, 405, method="POST", Content_Length="0"),
        ]
    )


def _nonsense(wall: Wall, dice: random.Random) -> Exchange:
    words = [
        dice.choice(
            ["full", "square", "", "1,2,3", "-1,0,5,5", "pct:a,b,c,d", "9" * 40 + ",0,1,1", "0,0,0,0", "%00", "..", "é"]
        ),
        dice.choice(["max", "", "0,0", "^", "!,", "1e9,", "pct:-1", "٣,٣", "^100000,100000", "31623,31623", "%2F"]),
        dice.choice(["0", "-1", "361", "!", "1/2", "NaN", "0x5a", "%20"]),
        dice.choice(
            ["default.jpg", "default.", ".jpg", "native.jpg", "default.exe", "default.pdf", "default", "a.b.c"]
        ),
    ]
    path = "/".join(words).encode("utf-8").decode("latin-1")
    return _get("nonsense", f"/iiif/3/{wall.slug}/{path}", 200, 400, 404, 413, 501, 503)


def _identifier(_wall: Wall, dice: random.Random) -> Exchange:
    raw = bytes(dice.randrange(256) for _ in range(dice.randint(1, 12)))
    name = "".join(f"%{byte:02X}" if dice.random() < 0.7 or not 33 <= byte < 127 else chr(byte) for byte in raw)
    # What a `?` or `#` cuts off may leave another address that is answered; nobody's picture has such a name.
    return _get("identifier", f"/iiif/3/{name}/info.json", 303, 400, 404)


def _large(wall: Wall, dice: random.Random) -> Exchange:
    x = dice.randrange(100)
    return _get("large", f"/iiif/3/{wall.slug}/{x},0,{wall.width - x},{wall.height}/max/0/default.jpg", 200, 503)


def _damaged(wall: Wall, dice: random.Random) -> Exchange:
    words = dice.choice(["512,0,512,512/512,512/0/default.jpg", f"3,3,{dice.randint(600, 699)},600/max/0/default.jpg"])
    return _get("damaged", f"/iiif/3/{wall.damaged}/{words}", 500)


def _information(wall: Wall, dice: random.Random) -> Exchange:
    path, status = dice.choice([("/info.json", 200), ("", 303), ("/", 303), ("/info.xml", 404)])
    return _get("information", f"/iiif/{dice.choice('23')}/{wall.slug}{path}", status)


def _broken_off(wall: Wall, dice: random.Random) -> Exchange:
    whole = _large(wall, dice) if dice.random() < 0.2 else _tile(wall, dice)
    return Exchange("broken off", whole.data[: dice.randint(1, len(whole.data))], frozenset())


class Client:
    """One connection, made again whenever it was closed."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: socket.socket | None = None
        self.seen: Counter[tuple[str, int]] = Counter()

    def perform(self, exchange: Exchange) -> None:
        """Send, read the answer, and hold it to what may be answered and to the shape that errors have."""
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        self._connection.sendall(exchange.data)
        if not exchange.statuses:
            self.seen[exchange.kind, 0] += 1
            self.close()
            return
        status, head, body = self._read(exchange.data.startswith(b"HEAD"))
        self.seen[exchange.kind, status] += 1
        assert status in exchange.statuses, (exchange, status, body[:200])
        assert b"access-control-allow-origin: *" in head.lower(), (exchange, head)
        if status >= 400:
            assert body.startswith(b'{"error":'), (exchange, body[:200])
        if status == 503:
            assert b"retry-after:" in head.lower(), head
        if b"connection: close" in head.lower():
            self.close()

    def _read(self, bodiless: bool) -> tuple[int, bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._some()
        head, _, body = data.partition(b"\r\n\r\n")
        status = int(head[9:12])
        length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
        wanted = int(length[1]) if length and not bodiless and status != 304 else 0
        while len(body) < wanted:
            body += self._some()
        assert len(body) == wanted, (head, body[:200])
        return status, head, body

    def _some(self) -> bytes:
        assert self._connection is not None
        data = self._connection.recv(1 << 18)
        assert data, "the server closed the connection in the middle of an answer"
        return data

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
