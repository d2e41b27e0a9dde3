"""Forms with files whose bodies end too early: the answer is a clear 400, and of what had come nothing is kept."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from sqlalchemy import func, select

from museum.assets.models import Original
from museum.collection.models import Image, Model
from museum.curation.models import Upload, UploadBatch
from museum.scenes.models import Scene
from museum.settings import Settings
from tests.http.conftest import LogIn, Museum

BOUNDARY = "the-end"
FORMS = {
    "/admin/models/vase-model/view": ("poster", "poster"),
    "/admin/images": ("file", "file"),
    "/admin/scenes/draft-scene/panorama": ("file", "file"),
    "/admin/venues/tianjin/upload": ("sheet", "file"),
}
"""Where such forms go, and what the files in them are called."""


def picture(hue: int) -> bytes:
    file = BytesIO()
    Picture.new("RGB", (64, 32), (hue, 90, 40)).save(file, "JPEG")
    return file.getvalue()


def form(names: tuple[str, str]) -> bytes:
    """Two whole files."""
    body = b""
    for number, name in enumerate(names):
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{number}.jpg"\r\n\r\n'
        body += head.encode() + (b"file\r\n" if name == "sheet" else picture(number * 9)) + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def cuts(body: bytes) -> Iterator[int]:
    """Lengths at which the last boundary has not come whole."""
    second = body.index(f"--{BOUNDARY}".encode(), 1)
    end = body.rindex(f"--{BOUNDARY}--".encode())
    first_content = body.index(b"\r\n\r\n") + 4
    yield from (0, 5, len(BOUNDARY) + 4, 40, first_content, first_content + 3, second - 2, second, second + 5)
    yield from (
        second + len(BOUNDARY) + 4,
        second + 60,
        end - 40,
        end - 2,
        end - 1,
        end,
        end + 4,
        end + len(BOUNDARY) + 3,
    )


class Raw:
    """A browser that has logged in and whose connection is cut."""

    def __init__(self, client: Any) -> None:
        cookies = client.session.cookie_jar.filter_cookies(client.make_url("/admin/"))
        self.cookie = "; ".join(f"{name}={one.value}" for name, one in cookies.items())
        self.port = client.port

    async def post(self, path: str, body: bytes, *headers: str) -> bytes:
        """What is answered."""
        reader, writer = await self._send(path, body, *headers)
        answer = await asyncio.wait_for(reader.read(), 20)
        writer.close()
        return answer

    async def vanish(self, path: str, body: bytes, *headers: str) -> None:
        """The connection is cut behind the body."""
        _, writer = await self._send(path, body, *headers)
        writer.transport.abort()

    async def _send(self, path: str, body: bytes, *headers: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = [f"POST {path} HTTP/1.1", "Host: museum", f"Cookie: {self.cookie}", "Accept: text/html", *headers]
        writer.write("\r\n".join([*head, "Connection: close"]).encode() + b"\r\n\r\n" + body)
        await writer.drain()
        return reader, writer


async def kept(museum: Museum, settings: Settings) -> list[Any]:
    """All that could be half kept."""
    async with museum.database.read() as session:
        counts = [
            await session.scalar(select(func.count()).select_from(one))
            for one in (Original, Image, Model, Scene, UploadBatch)
        ]
    folder = settings.uploads
    return [*counts, sorted(folder.iterdir()) if folder.exists() else [], scratch_of(Path(settings.resolved_store_url))]


def scratch_of(store: Path) -> set[Path]:
    return {path for path in store.rglob("*") if path.is_file()}


KIND = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"


# What is cut within a part's headers makes aiohttp warn, and goes on to its end.
@pytest.mark.filterwarnings("ignore::aiohttp.multipart.BadContentDispositionHeader")
@pytest.mark.filterwarnings("ignore::aiohttp.multipart.BadContentDispositionParam")
@pytest.mark.parametrize("path", FORMS)
async def test_a_form_that_ends_too_early_is_refused_and_leaves_nothing(
    museum: Museum, log_in: LogIn, settings: Settings, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Raw(await log_in("editor"))
    before = await kept(museum, settings)
    body = form(FORMS[path])
    for length in cuts(body):
        part = body[:length]
        answer = await browser.post(path, part, KIND, f"Content-Length: {length}")
        assert answer.startswith(b"HTTP/1.1 400 "), (length, answer[:300])
        assert "没有完整送达".encode() in answer, length
        pieces = f"{length:x}\r\n".encode() + part + b"\r\n" if length else b""
        for ending in (b"zz\r\n", b"0\r\n\r\n"):
            answer = await browser.post(path, pieces + ending, KIND, "Transfer-Encoding: chunked")
            assert re.match(rb"HTTP/1\.[01] 400 ", answer), (length, ending, answer[:300])
        await browser.vanish(path, part, KIND, f"Content-Length: {len(body)}")
        for _ in range(100):
            if (left := await kept(museum, settings)) == before:
                break
            await asyncio.sleep(0.02)
        assert left == before, length
    for wrong in (
        "multipart/form-data",
        f"multipart/form-data; boundary={'x' * 99}",
        "multipart/form-data; boundary=é",
    ):
        answer = await browser.post(path, body, f"Content-Type: {wrong}", f"Content-Length: {len(body)}")
        assert answer.startswith(b"HTTP/1.1 400 "), (wrong, answer[:300])
    assert await kept(museum, settings) == before
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


async def is_written(museum: Museum) -> bool:
    """Whether a request is writing to an upload."""
    async with museum.database.read() as session:
        return await session.scalar(select(Upload.id).where(Upload.owner.is_not(None))) is not None


async def until(museum: Museum, written: bool) -> None:
    for _ in range(500):
        if await is_written(museum) == written:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"written: {not written}")


async def test_what_came_of_a_resumable_upload_stays_and_the_rest_goes_on(museum: Museum, log_in: LogIn) -> None:
    client = await log_in("editor")
    content = picture(77)
    tus = {"Tus-Resumable": "1.0.0"}
    made = await client.post("/admin/uploads", headers={**tus, "Upload-Length": str(len(content))})
    home = made.headers["Location"]
    _, writer = await asyncio.open_connection("127.0.0.1", client.port)
    head = [f"PATCH {home} HTTP/1.1", "Host: museum", f"Cookie: {Raw(client).cookie}", "Tus-Resumable: 1.0.0"]
    head += ["Content-Type: application/offset+octet-stream", "Upload-Offset: 0", f"Content-Length: {len(content)}"]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + content[:100])
    await writer.drain()
    await until(museum, True)
    writer.transport.abort()
    await until(museum, False)
    told = await client.head(home, headers=tus)
    assert told.headers["Upload-Offset"] == "100"
    rest = {**tus, "Upload-Offset": "100", "Content-Type": "application/offset+octet-stream"}
    assert (await client.patch(home, data=content[100:], headers=rest)).status == 204
