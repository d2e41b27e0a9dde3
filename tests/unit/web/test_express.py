"""What the express lane takes for itself and what it leaves to the application."""

from __future__ import annotations

import pytest

from museum.web.connection import is_whole
from museum.web.express import Asker, Express, KeptAnswers, Ready, read_asker

LINES = b"Host: tour.example.org:8080\r\nAccept: image/avif,*/*\r\nUpgrade-Insecure-Requests: 1"


def test_an_ordinary_visitor() -> None:
    assert read_asker(LINES, "") == Asker("http://tour.example.org:8080", "zh-Hans", "")
    known = read_asker(LINES + b"\r\nCookie: a=b; language=en\r\nX-Request-Id: abc-1", "https://museum.example/")
    assert known == Asker("https://museum.example", "en", "abc-1")
    assert read_asker(LINES + b"\r\nAccept-Language: zh-TW", "") == Asker("http://tour.example.org:8080", "zh-Hant", "")
    forged = read_asker(LINES + b"\r\nX-Request-Id: a b\r\nConnection: Keep-Alive", "")
    assert forged == Asker("http://tour.example.org:8080", "zh-Hans", "")


@pytest.mark.parametrize(
    "line",
    [
        b"Cookie: museum_session=abc",
        b"If-None-Match: *",
        b"Range: bytes=0-1",
        b"If-Range: x",
        b"Content-Length: 0",
        b"Transfer-Encoding: chunked",
        b"Expect: 100-continue",
        b"Connection: close",
        b"Connection: Upgrade",
        b"Authorization: Basic eA==",
        b"host: other",
        b"No colon",
        b"Content-Length : 5",
        b" folded: 1",
        b"X: a\nContent-Length: 5",
        b"X: a\x00b",
        b"",
    ],
)
def test_what_the_application_has_to_look_at(line: bytes) -> None:
    assert read_asker(LINES + b"\r\n" + line, "") is None


@pytest.mark.parametrize("host", [b"", b"Host:", b"Host: a b", b'Host: a">b', b"Host: a/b", b"Host: \xe9"])
def test_a_strange_host(host: bytes) -> None:
    assert read_asker(host + b"\r\nAccept: */*", "") is None


def test_only_one_whole_get_for_a_lane_is_taken() -> None:
    express = Express("")
    express.add_lane("iiif", lambda target, base: None)
    taken = express.read_head(b"GET /iiif/3/a HTTP/1.1\r\nHost: a\r\nB: c\r\n\r\n")
    assert taken is not None
    assert taken[1:] == ("/iiif/3/a", b"Host: a\r\nB: c")
    for data in (
        b"",
        b"GET",
        b"GET /",
        b"GET /iiif/3/a HTTP/1.0\r\nHost: a\r\n\r\n",
        b"HEAD /iiif/3/a HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /tiles/3/a HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /iiif/3/a HTTP/1.1\r\nHost: a\r\n",
        b"GET /iiif/3/a HTTP/1.1\r\n\r\n",
        b"GET /iiif/3/a HTTP/1.1\r\nHost: a\r\n\r\nGET /iiif/3/b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET  /iiif/3/a HTTP/1.1\r\nHost: a\r\n\r\n",
    ):
        found = express.read_head(data)
        assert found is None or express.read_asker(found[2]) is None, data


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade-Insecure-Requests: 1\r\n\r\n", True),
        (b"HEAD / HTTP/1.1\r\nHost: content-length\r\n\r\n", True),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nCONTENT-length: 3\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding : chunked\r\n\r\n", False),
        (b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", False),
        (b"POST / HTTP/1.1\r\nHost: a\r\n\r\n", False),
    ],
)
def test_when_the_parser_holds_nothing_back(data: bytes, whole: bool) -> None:
    assert is_whole(data) is whole


def test_kept_answers_stay_within_their_bytes() -> None:
    kept = KeptAnswers(10_000)
    answers = {str(number): Ready("route", b"head", bytes(1000)) for number in range(20)}
    for name, ready in answers.items():
        kept.put("http://a", name, ready, None)
        kept.get("http://a", "0")
    assert kept.get("http://a", "0") == (answers["0"], None)
    held = [name for name in answers if kept.get("http://a", name)]
    assert held == ["0", *(str(number) for number in range(20 - len(held) + 1, 20))]
    assert 5 < len(held) < 10
    for name in answers:
        kept.drop("http://a", name)
    assert kept._bytes == 0
