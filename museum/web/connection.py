"""One connection to a visitor: aiohttp's protocol with an express lane, an end for readers who have stopped reading, and errors
in our own shape for what is no HTTP."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from typing import Any

from aiohttp import hdrs, web
from aiohttp.http_exceptions import LineTooLong

from museum.languages import LANGUAGES
from museum.web.answers import CORS
from museum.web.express import EXPRESS, Asker, Express, last_lines
from museum.web.language import translate
from museum.web.middleware import SECURITY_HEADERS

logger = logging.getLogger(__name__)

KEEPALIVE_SECONDS = 75.0
"""For how long an idle connection, or one that never finishes its request, stays open: longer than proxies keep theirs (60 s)."""
STALL_SECONDS = 120.0
"""For how long an answer may wait for a reader who takes not one byte of it."""
LONGEST_BLOCK = 4096


class Connection(web.RequestHandler):
    """The protocol of one connection. Everything that the express lane does not answer goes on to aiohttp."""

    __slots__ = ("_asker", "_block", "_express", "_left", "_stalled", "_whole")

    def __init__(self, manager: web.Server, express: Express, **options: Any) -> None:
        super().__init__(manager, **options)
        self._express = express
        self._block = b""
        self._asker: Asker | None = None
        # aiohttp's parser holds no part of a request: what comes next is the beginning of one.
        self._whole = True
        self._stalled: asyncio.TimerHandle | None = None
        self._left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Behind our own TLS the addresses in the answers would be others.
        self._whole = transport.get_extra_info("sslcontext") is None
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if self._whole:
            waiter = self._waiter
            # It waits for the next request, so that no other answer is under way, and the last one has been taken.
            if waiter is not None and not waiter.done() and not self._paused and self._answer(data):
                return
            self._whole = is_whole(data)
        super().data_received(data)

    def _answer(self, data: bytes) -> bool:
        """Answer by the express lane; False where it does not know the answer."""
        began = time.perf_counter()
        found = self._express.read_head(data)
        if found is None or self.transport is None:
            return False
        lane, target, block = found
        if block != self._block:
            # The requests of a client differ in little but their address.
            self._block, self._asker = block, self._express.read_asker(block) if len(block) <= LONGEST_BLOCK else None
        asker = self._asker
        if asker is None:
            return False
        try:
            ready = lane(target, asker.base)
        except Exception:
            logger.exception("the express lane failed at %s", target)
            return False
        if ready is None:
            return False
        request_id = asker.request_id or secrets.token_hex(8)
        self.transport.writelines((ready.head, last_lines(request_id), ready.body))
        self._next_keepalive_close_time = self._loop.time() + self.keepalive_timeout
        self._express.record(ready, request_id, asker, target, time.perf_counter() - began)
        return True

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._rest()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.transport is not None:
            self._left = self.transport.get_write_buffer_size()
            self._stalled = self._loop.call_later(STALL_SECONDS, self._check)

    def _rest(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _check(self) -> None:
        """Give up on a reader who took nothing since `_watch`."""
        self._stalled = None
        if self.transport is not None and self.transport.get_write_buffer_size() >= self._left:
            logger.info("a reader took nothing for %d s, its connection is closed", STALL_SECONDS)
            self.transport.abort()
        else:
            self._watch()

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        if status >= 500 or request.writer.output_size > 0:
            super().handle_error(request, status, exc, message)
        elif isinstance(exc, LineTooLong):
            # Either the address, which begins so, or a header.
            status = 414 if exc.args[0].startswith(b"/") else 431
        logger.info("no answer but %d to %s: %s", status, request.remote, type(exc).__name__)
        code = f"http-{status}"
        error = {"status": status, "code": code, "message": translate(LANGUAGES[0], f"errors.{code}")}
        headers = {**SECURITY_HEADERS, **CORS, hdrs.CACHE_CONTROL: "no-store", hdrs.CONNECTION: "close"}
        response = web.json_response({"error": error}, status=status, headers=headers)
        response.force_close()
        return response


def is_whole(data: bytes) -> bool:
    """Whether `data` is one request without a body, so that aiohttp's parser keeps nothing of it back."""
    if not data.startswith((b"GET ", b"HEAD ", b"OPTIONS ")) or data.find(b"\r\n\r\n") != len(data) - 4:
        return False
    lower = data.lower()
    return not any(name in lower for name in (b"\r\ncontent-length", b"\r\ntransfer-encoding", b"\r\nupgrade:"))


class Server(web.Server):
    """A server whose connections have an express lane."""

    def __init__(self, express: Express, handler: Any, **options: Any) -> None:
        super().__init__(handler, **options)
        self._express = express

    def __call__(self) -> web.RequestHandler:
        return Connection(self, self._express, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Runs the application behind such a server."""

    def __init__(self, app: web.Application, **options: Any) -> None:
        super().__init__(app, access_log=None, keepalive_timeout=KEEPALIVE_SECONDS, **options)

    async def _make_server(self) -> web.Server:
        plain = await super()._make_server()
        return Server(
            self.app[EXPRESS],
            plain.request_handler,
            request_factory=plain.request_factory,
            handler_cancellation=plain.handler_cancellation,
            loop=plain._loop,
            **plain._kwargs,
        )
