"""deploy/nginx.conf in a real nginx before a real server."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.deploy.front import nginx
from tests.image_museum import make_image_museum, paint
from tests.support import RunningServer, start_server

TILE = "/iiif/3/wall/512,0,512,512/512,512/0/default.jpg"


class Front:
    """A server, nginx before it, and what each has logged."""

    def __init__(self, server: RunningServer, url: str, folder: Path) -> None:
        self.server = server
        self.url = url
        self.folder = folder

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(self.url + path, headers=headers, timeout=30)

    def reached(self, path: str) -> int:
        """How often the museum itself was asked for `path`."""
        # A request of its own comes after all that were asked before.
        mark = uuid.uuid4().hex
        self.server.get("/healthz", headers={"X-Request-Id": mark})
        self.line(mark)
        return sum(f" {path} " in line for line in self.server.output if "museum.access" in line)

    def line(self, word: str) -> str:
        """The line with `word` in the museum's log, once it is there."""
        for _ in range(600):
            for line in self.server.output:
                if word in line:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"no line with {word}")


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    settings, _ = make_image_museum(folder / "data", {"wall": paint(1100, 700, folder / "wall.jpg")})
    server = start_server(settings)
    try:
        with nginx(folder / "nginx", server.url) as (url, _):
            yield Front(server, url, folder / "nginx")
    finally:
        server.stop()


def test_tiles_come_out_of_the_cache(front: Front) -> None:
    first = front.get(TILE)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "image/jpeg")
    assert first.content == front.server.get(TILE).content
    before = front.reached(TILE)
    again = [front.get(TILE) for _ in range(5)]
    assert all(answer.content == first.content for answer in again)
    assert front.reached(TILE) == before
    # Each has an identifier of its own; what else the museum says about it is kept with the tile.
    assert len({answer.headers["X-Request-Id"] for answer in [first, *again]}) == 6
    assert [len(answer.headers.get_list("X-Request-Id")) for answer in again] == [1] * 5
    for name in ("ETag", "Access-Control-Allow-Origin", "Cache-Control", "Link", "X-Content-Type-Options"):
        assert again[0].headers[name] == first.headers[name]
    assert front.url in first.headers["Link"]


def test_caches_answer_conditions_parts_and_heads(front: Front) -> None:
    whole = front.get(TILE)
    before = front.reached(TILE)
    known = front.get(TILE, **{"If-None-Match": whole.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    part = front.get(TILE, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    head = httpx.head(front.url + TILE)
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert front.reached(TILE) == before


def test_errors_and_information_are_not_kept(front: Front) -> None:
    for path, status in (
        ("/iiif/3/none/info.json", 404),
        ("/iiif/3/wall/info.json", 200),
        ("/iiif/3/wall/x/max/0/default.jpg", 400),
    ):
        for _ in range(2):
            answer = front.get(path)
            assert answer.status_code == status
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert front.reached(path) == 2


def test_whoever_is_logged_in_passes_by_the_cache(front: Front) -> None:
    front.get(TILE)
    before = front.reached(TILE)
    front.get(TILE, Cookie="language=en")
    assert front.reached(TILE) == before
    for _ in range(2):
        front.get(TILE, Cookie="language=en; museum_session=abc")
    assert front.reached(TILE) == before + 2


def test_the_museum_hears_under_which_name_somebody_asked(front: Front) -> None:
    answer = front.get("/healthz")
    assert "GET /healthz 200" in front.line(answer.headers["X-Request-Id"])


def test_uploads_may_be_large(front: Front) -> None:
    """Refused by the museum in its own words, for want of a session, and not by nginx for their size."""
    answer = httpx.patch(f"{front.url}/admin/uploads/1", content=bytes(3_000_000), headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code in (401, 403, 404)
    assert "museum" in answer.text or "error" in answer.json()


def test_what_is_kept_is_shown_while_the_museum_restarts(front: Front) -> None:
    """The last test: it ends the museum."""
    kept = front.get(TILE)
    front.server.stop()
    assert front.get(TILE).content == kept.content
    assert front.get("/healthz").status_code == 502
