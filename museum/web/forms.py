"""Forms as browsers send them, whoever wrote what is in them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage
from multidict import MultiDictProxy

from museum.web.errors import Problem

PIECE = 1 << 16
"""Bytes of a file that are read at once."""


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, RuntimeError, BadHttpMessage, web.RequestPayloadError):
        raise Problem(400, "form-unreadable") from None


async def sent(request: web.Request) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
    """What a form sent. Raises Problem where the body is none, ends too early, or says to be in letters that it is not in."""
    with _reading():
        return await request.post()


async def parts(request: web.Request) -> AsyncIterator[BodyPartReader]:
    """The parts of a form with files, as they come. Raises Problem where the body is no such form, or ends before its last boundary."""
    with _reading():
        reader = await request.multipart()
    while True:
        with _reading():
            part = await reader.next()
        if part is None:
            return
        if isinstance(part, BodyPartReader):
            yield part


async def chunks_of(part: BodyPartReader) -> AsyncIterator[bytes]:
    """The bytes of a part. Raises Problem where they end too early."""
    # An empty piece is not the end: of what is cut off the next one says so.
    while not part.at_eof():
        with _reading():
            chunk = await part.read_chunk(PIECE)
        if chunk:
            yield chunk
