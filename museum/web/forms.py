"""Forms as browsers send them, whoever wrote what is in them."""

from __future__ import annotations

from aiohttp import web
from aiohttp.http_exceptions import BadHttpMessage
from multidict import MultiDictProxy

from museum.web.errors import Problem


async def sent(request: web.Request) -> MultiDictProxy[str | bytes | bytearray | web.FileField]:
    """What a form sent. Raises Problem where the body is none, or says to be in letters that it is not in."""
    try:
        return await request.post()
    except (ValueError, LookupError, RuntimeError, BadHttpMessage):
        raise Problem(400, "form-unreadable") from None
