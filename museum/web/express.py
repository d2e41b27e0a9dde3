"""The express lane: answers that are known whole go out as soon as their request is read, past the application.

A tile out of a pyramid is a few microseconds of reading; a task, a request, the router, middlewares and a response around it
are a hundred. So those who know an answer without waiting offer a lane; what a request may carry beyond them (a session,
conditions, a body) goes the ordinary way, and so does everything that no lane knows. Either way the headers are the same, and the
request is counted, timed and logged.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from aiohttp import hdrs, web
from aiohttp.helpers import rfc822_formatted_time
from aiohttp.http import SERVER_SOFTWARE
from prometheus_client import Counter, Histogram

from museum.logs import log_access
from museum.web import language
from museum.web.keys import SESSION_COOKIE
from museum.web.middleware import REQUEST_ID, SECURITY_HEADERS
from museum.web.monitoring import REGISTRY, REQUESTS, SECONDS
from museum.web.rendering import base_of

EXPRESS_REQUESTS = Counter("museum_express_total", "Requests answered by the express lane", registry=REGISTRY)
KEPT_BYTES = 64 << 20
SMALL = 1 << 20
"""The longest body that is kept."""

_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(rb"[ \t\x21-\x7e\x80-\xff]*")
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")
_LANGUAGE = re.compile(rf"(?:^|;\s*){language.COOKIE}=([\w-]+)")
_FOR_THE_APPLICATION = frozenset(
    name.lower().encode()
    for name in (
        *(hdrs.CONTENT_LENGTH, hdrs.TRANSFER_ENCODING, hdrs.EXPECT, hdrs.UPGRADE, hdrs.TRAILER),
        *(hdrs.IF_MATCH, hdrs.IF_NONE_MATCH, hdrs.IF_MODIFIED_SINCE, hdrs.IF_UNMODIFIED_SINCE),
        *(hdrs.RANGE, hdrs.IF_RANGE, hdrs.AUTHORIZATION),
    )
)
"""Headers that may make another answer the right one."""


class Ready(NamedTuple):
    """An answer known whole: `head` is the status line and all headers that stay the same, `route` the name under which it
    is counted."""

    route: str
    head: bytes
    body: bytes


Lane = Callable[[str, str], Ready | None]
"""Takes the target of a GET, as it stands in the request, and the base of absolute addresses; answers at once or not at all."""


class Asker(NamedTuple):
    """What the headers of a request say that goes into its answer or its line in the log."""

    base: str
    language: str
    request_id: str


def make_head(headers: Mapping[str, str], length: int) -> bytes:
    """Status line and headers of a 200 that a handler answers with `headers` and a body of `length` bytes."""
    lines = {**SECURITY_HEADERS, **headers, hdrs.CONTENT_LENGTH: str(length), hdrs.SERVER: SERVER_SOFTWARE}
    return "".join(["HTTP/1.1 200 OK\r\n", *(f"{name}: {value}\r\n" for name, value in lines.items())]).encode()


def read_asker(block: bytes, public_url: str) -> Asker | None:
    """What the header lines `block` say; None where the application has to look at them."""
    fields: dict[bytes, bytes] = {}
    for line in block.split(b"\r\n"):
        name, colon, value = line.partition(b":")
        key = name.lower()
        if not (colon and _NAME.fullmatch(name) and _VALUE.fullmatch(value)) or key in fields:
            return None
        fields[key] = value.strip(b" \t")
    if not _FOR_THE_APPLICATION.isdisjoint(fields) or fields.get(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    host = fields.get(b"host", b"").decode("latin-1")
    cookie = fields.get(b"cookie", b"").decode("latin-1")
    request_id = fields.get(b"x-request-id", b"").decode("latin-1")
    if SESSION_COOKIE in cookie or not _HOST.fullmatch(host):
        return None
    wanted = _LANGUAGE.search(cookie)
    return Asker(
        base_of(public_url, "http", host),
        language.first_language([wanted[1]] if wanted else [], fields.get(b"accept-language", b"").decode("latin-1")),
        request_id if REQUEST_ID.fullmatch(request_id) else "",
    )


class KeptAnswers:
    """Answers by base and target, the least recently sent dropped once all of them exceed `limit` bytes."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._limit = limit
        self._answers: OrderedDict[tuple[str, str], tuple[Ready, object]] = OrderedDict()
        self._bytes = 0

    def get(self, base: str, target: str) -> tuple[Ready, object] | None:
        """The answer, and what it was kept with."""
        found = self._answers.get((base, target))
        if found is not None:
            self._answers.move_to_end((base, target))
        return found

    def put(self, base: str, target: str, ready: Ready, of: object) -> None:
        """Keep an answer, with the thing that it is an answer of as long as that holds."""
        if len(ready.body) > SMALL:
            return
        self.drop(base, target)
        self._answers[base, target] = (ready, of)
        self._bytes += _weight(base, target, ready)
        while self._bytes > self._limit:
            oldest, (dropped, _) = self._answers.popitem(last=False)
            self._bytes -= _weight(*oldest, dropped)

    def drop(self, base: str, target: str) -> None:
        """Forget an answer, if it is kept."""
        found = self._answers.pop((base, target), None)
        if found is not None:
            self._bytes -= _weight(base, target, found[0])


def _weight(base: str, target: str, ready: Ready) -> int:
    return len(ready.body) + len(ready.head) + len(base) + 2 * len(target) + 500


class Express:
    """The lanes, by the first word of the addresses that they know."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url
        self._lanes: dict[bytes, Lane] = {}
        self._meters: dict[str, tuple[Counter, Histogram]] = {}

    def add_lane(self, word: str, lane: Lane) -> None:
        """Let `lane` answer what lies below `/word/`."""
        self._lanes[word.encode()] = lane

    def read_head(self, data: bytes) -> tuple[Lane, str, bytes] | None:
        """Lane, target and header lines, where `data` is one whole GET for a lane and nothing else."""
        lane = self._lanes.get(data[5 : data.find(b"/", 5)])
        if lane is None or not data.startswith(b"GET /"):
            return None
        end = data.find(b" ", 5)
        lines = end + 11
        if data[end:lines] != b" HTTP/1.1\r\n" or data.find(b"\r\n\r\n", lines) != len(data) - 4:
            return None
        return lane, data[4:end].decode("latin-1"), data[lines:-4]

    def read_asker(self, block: bytes) -> Asker | None:
        """What header lines say; None where the application has to look at them."""
        return read_asker(block, self._public_url)

    def record(self, ready: Ready, request_id: str, asker: Asker, target: str, seconds: float) -> None:
        """Count, time and log an answer."""
        meters = self._meters.get(ready.route)
        if meters is None:
            meters = REQUESTS.labels(ready.route, hdrs.METH_GET, 200), SECONDS.labels(ready.route)
            self._meters[ready.route] = meters
        meters[0].inc()
        meters[1].observe(seconds)
        EXPRESS_REQUESTS.inc()
        log_access(request_id, hdrs.METH_GET, target, 200, seconds * 1000, asker.language)


def last_lines(request_id: str) -> bytes:
    """The headers that differ each time, and the end of the head."""
    return f"Date: {rfc822_formatted_time()}\r\nX-Request-Id: {request_id}\r\n\r\n".encode("latin-1")


EXPRESS = web.AppKey("express", Express)
