"""Broken and hostile files through the queue's real worker: each ends soon, with words for the curator, and harms nothing."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.assets.ingest.refusals import CODES
from museum.assets.models import Asset, Original
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.jobs.models import Job
from tests.unit.assets.pictures import busy, save
from tests.unit.assets.work import work_off

SECONDS = 20


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


async def end_all(database: Database, store: LocalStore, files: dict[str, bytes]) -> dict[str, str]:
    """Ingest every file as an image and as a panorama, two at a time; how each ended: `ready` or a code, by `kind name`.

    Holds every one to the time limit, and the store to what it may hold afterwards.
    """
    names: dict[int, str] = {}
    for name, content in files.items():
        path = store.scratch / "upload"
        path.write_bytes(content)
        original = await keep_original(database, store, path, name)
        async with database.write() as session:
            for kind in ("image", "panorama"):
                asset = await begin_asset(session, kind, [(original.id, "whole")])
                names[asset.id] = f"{kind} {name}"
    await work_off(database, store, concurrency=2, seconds=580)
    # on an idle machine; what others do on it meanwhile slows everything down alike
    allowed = SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    ends: dict[str, str] = {}
    may_hold: set[str] = set()
    async with database.read() as session:
        may_hold.update(await session.scalars(select(Original.digest)))
        assets = await session.scalars(
            select(Asset).where(Asset.id.in_(names)).options(selectinload(Asset.blobs)).order_by(Asset.id)
        )
        for asset in assets:
            ends[names[asset.id]] = asset.state if asset.error is None else asset.error["code"]
            assert asset.state in ("ready", "failed"), names[asset.id]
            assert bool(asset.blobs) == (asset.state == "ready"), names[asset.id]
            may_hold.update(blob.digest for blob in asset.blobs)
        for job in await session.scalars(select(Job).where(Job.kind.startswith("ingest."))):
            assert job.started_at is not None and job.finished_at is not None
            seconds = (job.finished_at - job.started_at).total_seconds()
            assert seconds < allowed, (names[job.payload["asset"]], seconds)
            assert job.attempt == 1, (names[job.payload["asset"]], job.error)
    assert {name: code for name, code in ends.items() if code not in ("ready", *CODES)} == {}
    assert {digest async for digest in store.digests()} == may_hold
    assert not [path for path in store.scratch.iterdir() if path.name.startswith("job-")]
    return ends


@pytest.mark.corpus
async def test_the_corpus_of_broken_files(database: Database, store: LocalStore, corpus: Path) -> None:
    paths = sorted(path for path in (corpus / "corrupt").rglob("*") if path.is_file())
    assert len(paths) > 50
    ends = await end_all(database, store, {path.name: path.read_bytes() for path in paths})
    for name in ("decompression_bomb.gif", "crash-4fb027452e6988530aa5dabee76eecacb3b79f8a.j2k", "not_enough_data.jp2"):
        assert ends[f"image {name}"] == "unsupported-format"
    for name in ("truncated_image.png", "truncated_jpeg.jpg", "broken_data_stream.png"):
        assert ends[f"image {name}"] in ("truncated", "damaged")
    assert ends["image junk_jpeg_header.jpg"] == "ready"


@pytest.mark.corpus
async def test_real_files_cut_short(database: Database, store: LocalStore, corpus: Path) -> None:
    cut: dict[str, bytes] = {}
    for name in ("v.avif", "v.heic", "v.webp", "v_adobergb_jpeg.tif", "v_displayp3.jpg", "v_gray_progressive.jpg"):
        content = (corpus / "derived" / name).read_bytes()
        for percent in (1, 40, 95):
            cut[f"{percent}% of {name}"] = content[: len(content) * percent // 100]
    ends = await end_all(database, store, cut)
    ready = {name for name, code in ends.items() if code == "ready"}
    # grey where the rest is missing would be a lie; a TIFF's index at its end or start decides whether it opens at all
    assert ready == set()


async def test_bombs(database: Database, store: LocalStore, tmp_path: Path) -> None:
    fine = save(busy(1024, 512), tmp_path / "fine.jpg").read_bytes()
    ends = await end_all(database, store, {**dict(bombs(fine, tmp_path)), "fine.jpg": fine})
    assert ends.pop("image fine.jpg") == "ready"
    assert ends.pop("panorama fine.jpg") == "ready"
    # a profile that is none is passed over, and the pixels are sound
    assert ends.pop("image profile.png") == "ready"
    assert {name: code for name, code in ends.items() if code == "ready"} == {}
    for name in ("60000.png", "gigapixel.jpg", "flat-288-megapixels.png", "shared-strip.tif"):
        assert ends[f"image {name}"] == ends[f"panorama {name}"] == "too-many-pixels", name


def bombs(jpeg: bytes, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Files of at most a megabyte that ask for gigabytes, for hours, or for nothing that makes sense."""
    yield "60000.png", png(60000, 60000, zlib.compress(bytes(100_000)))
    yield "flat-288-megapixels.png", png(24000, 12000, zeros(12000 * (1 + 3 * 24000)))
    yield "interlaced.png", png(24000, 12000, zlib.compress(bytes(1000)), interlaced=1)
    profile = b"bomb\0\0" + zeros(400_000_000)
    yield "profile.png", png(64, 32, zlib.compress(bytes(32 * 193)), before=chunk(b"iCCP", profile))
    text = b"Comment\0\0" + zeros(400_000_000)
    yield "text.png", png(64, 32, zlib.compress(bytes(50)), before=chunk(b"zTXt", text))
    frame = jpeg.index(b"\xff\xc0")
    yield "gigapixel.jpg", jpeg[: frame + 5] + struct.pack(">HH", 65000, 65000) + jpeg[frame + 9 :]
    progressive = io.BytesIO()
    Image.open(io.BytesIO(jpeg)).resize((8000, 4000)).save(progressive, "JPEG", quality=5, progressive=True)
    content = progressive.getvalue()
    last = content.rindex(b"\xff\xda")
    yield "scans.jpg", content[:last] + content[last:-2][:600] * 1500 + b"\xff\xd9"
    yield "ring.tif", b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 256, 3, 1, 10) + struct.pack("<I", 8)
    yield "one-strip.tif", tiff({256: 30000, 257: 15000, 278: 15000, 273: 8, 279: 1_350_000_000})
    yield "tile.tif", tiff({256: 4000, 257: 2000, 322: 60000, 323: 60000, 324: 8, 325: 100})
    yield "shared-strip.tif", shared_strip(20000, 10000)
    buffer = io.BytesIO()
    Image.new("RGB", (256, 128), "red").save(buffer, "AVIF")
    avif = bytearray(buffer.getvalue())
    at = avif.index(b"ispe") + 8
    avif[at : at + 8] = struct.pack(">II", 60000, 30000)
    yield "size.avif", bytes(avif)
    buffer = io.BytesIO()
    Image.new("RGB", (16000, 8000), "red").save(buffer, "WEBP", quality=1, method=0)
    yield "flat.webp", buffer.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, data: bytes, interlaced: int = 0, before: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zeros(count: int) -> bytes:
    """That many zeros, deflated."""
    deflate = zlib.compressobj(9)
    block = bytes(1 << 20)
    parts = [deflate.compress(block) for _ in range(count >> 20)]
    return b"".join([*parts, deflate.compress(bytes(count & ((1 << 20) - 1))), deflate.flush()])


def tiff(tags: dict[int, int | list[int]], body: bytes = b"") -> bytes:
    """An RGB TIFF of a few bytes of pixels at 8, and whatever the tags say of them."""
    pixels = bytes(256) + body
    all_tags = {258: 8, 259: 1, 262: 2, 277: 3, **tags}
    at = 8 + len(pixels)
    index = struct.pack("<H", len(all_tags))
    arrays = b""
    beyond = at + 2 + 12 * len(all_tags) + 4
    for tag, value in sorted(all_tags.items()):
        if isinstance(value, list):
            index += struct.pack("<HHII", tag, 4, len(value), beyond + len(arrays))
            arrays += struct.pack(f"<{len(value)}I", *value)
        else:
            index += struct.pack("<HHII", tag, 4, 1, value)
    return b"II*\0" + struct.pack("<I", at) + pixels + index + struct.pack("<I", 0) + arrays


def shared_strip(width: int, height: int) -> bytes:
    """A TIFF whose rows all are the same one."""
    tags: dict[int, int | list[int]] = {256: width, 257: height, 278: 1}
    tags |= {273: [8] * height, 279: [3 * width] * height}
    return tiff(tags, bytes(3 * width))


async def test_a_name_is_no_path(database: Database, store: LocalStore, tmp_path: Path) -> None:
    path = save(busy(64, 64), tmp_path / "x.png")
    copy = Path(shutil.copy(path, store.scratch / "upload"))
    original = await keep_original(database, store, copy, "../../../etc/passwd\n.png")
    assert "/" not in original.filename
