"""From an upload to published files, through the queue and real children, and back out as tiles."""

from __future__ import annotations

import base64
import io
import json
import shutil
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyvips
from PIL import Image as PillowImage
from sqlalchemy.orm import selectinload

from museum.assets.info import FACES, ImageInfo, PanoramaInfo
from museum.assets.ingest.image import make_image
from museum.assets.ingest.refusals import CODES
from museum.assets.models import Asset
from museum.assets.originals import answer, begin_asset, keep_original
from museum.assets.store import Store
from museum.assets.store_local import LocalStore
from museum.assets.tiles import TileMissing, TileReader
from museum.database import Database
from tests.unit.assets.pictures import busy, chart, chart_face, cube_edges, save
from tests.unit.assets.work import work_off

TEXTS = Path(__file__).parents[3] / "museum" / "web" / "texts"


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


async def upload(database: Database, store: Store, kind: str, *paths: Path, **options: Any) -> int:
    """Keep the files and enqueue an asset of them; its id."""
    originals = []
    for path in paths:
        copy = store.scratch / f"upload-{path.name}"
        shutil.copy(path, copy)
        originals.append(((await keep_original(database, store, copy, path.name)).id, "whole"))
    async with database.write() as session:
        return (await begin_asset(session, kind, originals, options)).id


async def asset_of(database: Database, id: int) -> Asset:
    async with database.read() as session:
        asset = await session.get(Asset, id, options=[selectinload(Asset.blobs)])
    assert asset is not None
    return asset


async def ingest(database: Database, store: Store, kind: str, *paths: Path, **options: Any) -> Asset:
    id = await upload(database, store, kind, *paths, **options)
    await work_off(database, store)
    return await asset_of(database, id)


def pixels_of(jpeg: bytes) -> np.ndarray:
    return np.asarray(PillowImage.open(io.BytesIO(jpeg)).convert("RGB")).astype(int)


async def test_a_panorama_becomes_a_cube_whose_tiles_show_their_directions(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    asset = await ingest(database, store, "panorama", save(chart(2048), tmp_path / "chart.png"))
    assert asset.state == "ready", asset.error
    info = PanoramaInfo(
        **{
            name: asset.info[key]
            for name, key in (("levels", "levels"), ("strip", "strip"), ("hash", "hash"), ("glimpse", "glimpse"))
        }
    )
    assert info.levels == [512, 1024]
    assert {blob.role for blob in asset.blobs} == {"pyramid", "strip", "preview"}
    assert [digest async for digest in store.digests()]
    reader = TileReader(store)
    small = base64.b64decode(info.hash)
    assert len(small) == 288
    glimpse = base64.b64decode(info.glimpse)
    assert len(glimpse) <= 3000
    # The middle of each face as the strip has it.
    assert (
        np.abs(
            pixels_of(glimpse)[32, 32::64]
            - pixels_of(await store.read(next(b.digest for b in asset.blobs if b.role == "strip")))[128, 128::256]
        ).max()
        <= 16
    )
    strip = next(blob for blob in asset.blobs if blob.role == "strip")
    assert strip.bytes <= 30_000
    shown = pixels_of(await store.read(strip.digest))
    assert shown.shape == (256, 6 * 256, 3)
    assert asset.digest is not None
    for number, face in enumerate(FACES):
        wanted = chart_face(face, 512)
        assert np.abs(pixels_of(await reader.face_tile(asset.digest, 0, face, 0, 0)) - wanted).mean() < 2
        whole = chart_face(face, 1024)
        tile = pixels_of(await reader.face_tile(asset.digest, 1, face, 1, 0))
        assert np.abs(tile - whole[512:, :512]).mean() < 2, face
        assert np.abs(shown[:, number * 256 : (number + 1) * 256] - chart_face(face, 256)).mean() < 3
        tiny = np.frombuffer(small, np.uint8).reshape(6, 4, 4, 3)[number].astype(int)
        assert np.abs(tiny - chart_face(face, 256).reshape(4, 64, 4, 64, 3).mean(axis=(1, 3))).max() < 3
    for wrong in ((2, "f", 0, 0), (-1, "f", 0, 0), (0, "x", 0, 0), (0, "f", 1, 0), (0, "f", 0, -1), (0, "fr", 0, 0)):
        with pytest.raises(TileMissing):
            await reader.face_tile(asset.digest, *wrong)
    assert not list(store.scratch.iterdir())


async def test_image_tiles_are_the_encoded_pixels_and_edges_are_cut(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    asset = await ingest(database, store, "image", save(busy(1301, 901), tmp_path / "picture.jpg", Q=95))
    assert asset.state == "ready", asset.error
    info = ImageInfo(**asset.info)
    assert (info.width, info.height) == (1301, 901)
    assert info.levels == [[325, 225], [650, 450], [1301, 901]]
    reader = TileReader(store)
    assert asset.digest is not None
    assert await reader.levels(asset.digest) == [tuple(level) for level in info.levels]
    async with store.local(asset.digest) as path:
        whole = pyvips.Image.tiffload(str(path)).numpy().astype(int)
    assert np.array_equal(pixels_of(await reader.image_tile(asset.digest, 2, 0, 1)), whole[:512, 512:1024])
    edge = pixels_of(await reader.image_tile(asset.digest, 2, 1, 2))
    assert edge.shape == (389, 277, 3)
    assert np.abs(edge - whole[512:, 1024:]).mean() < 1
    assert await reader.image_tile(asset.digest, 2, 1, 2) is await reader.image_tile(asset.digest, 2, 1, 2)


async def test_what_is_no_pyramid_has_no_tiles(store: LocalStore) -> None:
    reader = TileReader(store)
    for content in (
        b"",
        b"II+\0",
        b"II\x2b\0\x08\0\0\0" + b"\xff" * 8,
        b"II\x2b\0\x08\0\0\0" + struct.pack("<Q", 16) + b"\xff" * 64,
    ):
        path = store.scratch / "x"
        path.write_bytes(content)
        with pytest.raises(TileMissing):
            await reader.image_tile((await store.put(path)).digest, 0, 0, 0)


@pytest.mark.parametrize("size", [(1, 1), (100, 60), (128, 128), (129, 20), (20, 513)])
async def test_the_smallest_pictures_are_read_back_whole_and_as_tiles(
    store: LocalStore, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = save(busy(*size), tmp_path / "small.png")
    info = make_image(str(path), str(tmp_path))
    pyramid = tmp_path / "pyramid.tif"
    whole = pyvips.Image.tiffload(str(pyramid), page=0, subifd=-1)
    assert whole.crop(0, 0, *size).numpy().shape == (size[1], size[0], 3)
    tile = await TileReader(store).image_tile((await store.put(pyramid)).digest, len(info["levels"]) - 1, 0, 0)
    assert pixels_of(tile).shape == (min(size[1], 512), size[0], 3)


async def test_stereo_is_asked_about_and_the_answer_followed(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    eye = busy(1024, 512)
    both = save(np.concatenate([eye, np.roll(eye, 6, axis=1)]), tmp_path / "both.png")
    id = await upload(database, store, "panorama", both)
    await work_off(database, store)
    asset = await asset_of(database, id)
    assert asset.state == "failed"
    assert asset.error is not None
    assert asset.error["code"] == "stereo-question"
    assert asset.error["detail"]["guess"] == "over-under"
    async with database.write() as session:
        await answer(session, id, {"stereo": "over-under"})
    await work_off(database, store)
    asset = await asset_of(database, id)
    assert asset.state == "ready", asset.error
    assert asset.info["notes"] == ["stereo-halved"]


async def test_a_cube_map_of_six_files(database: Database, store: LocalStore, tmp_path: Path) -> None:
    names = {"f": "posz", "r": "posx", "b": "negz", "l": "negx", "u": "posy", "d": "negy"}
    paths = []
    for face, name in names.items():
        pixels = np.rint(chart_face(face, 512)).astype(np.uint8)
        paths.append(save(np.rot90(pixels) if face == "d" else pixels, tmp_path / f"hall_{name}.png"))
    asset = await ingest(database, store, "panorama", *reversed(paths))
    assert asset.state == "ready", asset.error
    assert asset.info["notes"] == ["cube-face-turned"]
    reader = TileReader(store)
    assert asset.digest is not None
    for face in FACES:
        tile = pixels_of(await reader.face_tile(asset.digest, 0, face, 0, 0))
        assert np.abs(tile - chart_face(face, 512)).mean() < 2, face


async def test_a_partial_panorama_is_set_into_the_sphere(database: Database, store: LocalStore, tmp_path: Path) -> None:
    whole = chart(2048)
    part = save(whole[256:768, 512:1536], tmp_path / "part.png")
    asset = await ingest(database, store, "panorama", part, coverage=[-90, 90, -45, 45])
    assert asset.state == "ready", asset.error
    assert asset.info["coverage"] == [-90.0, 90.0, -45.0, 45.0]
    reader = TileReader(store)
    assert asset.digest is not None
    front = pixels_of(await reader.face_tile(asset.digest, 0, "f", 0, 0))
    assert np.abs(front - chart_face("f", 512))[100:-100, 50:-50].mean() < 2
    back = pixels_of(await reader.face_tile(asset.digest, 0, "b", 0, 0))
    assert back.std(axis=(0, 1)).max() < 60
    assert np.abs(np.diff(back, axis=1)).max() < 12


async def test_metadata_that_contradict_the_pixels_are_noted_and_not_followed(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    said = "FullPanoWidthPixels='4000' FullPanoHeightPixels='2000' CroppedAreaImageWidthPixels='1000' "
    said += "CroppedAreaImageHeightPixels='900' CroppedAreaLeftPixels='10' CroppedAreaTopPixels='10'"
    xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:Description " + " ".join(f"GPano:{pair}" for pair in said.split())
    image = pyvips.Image.new_from_array(chart(1024)).copy(interpretation="srgb")
    image.set_type(pyvips.GValue.blob_type, "xmp-data", f"{xmp}/></x:xmpmeta>".encode())
    path = tmp_path / "contradiction.jpg"
    image.jpegsave(str(path), Q=95, keep="xmp")
    assert b"CroppedAreaImageHeightPixels='900'" in path.read_bytes()
    asset = await ingest(database, store, "panorama", path)
    assert asset.state == "ready", asset.error
    assert asset.info["notes"] == ["metadata-contradicts-pixels"]
    assert asset.info["coverage"] is None
    reader = TileReader(store)
    assert asset.digest is not None
    for face in FACES:
        tile = pixels_of(await reader.face_tile(asset.digest, 0, face, 0, 0))
        assert np.abs(tile - chart_face(face, 512)).mean() < 3, face


async def test_published_faces_meet_along_all_twelve_edges(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    asset = await ingest(database, store, "panorama", save(busy(1600, 800), tmp_path / "busy.png"))
    assert asset.state == "ready", asset.error
    reader = TileReader(store)
    assert asset.digest is not None
    assert asset.info["levels"] == [512]
    faces = [pixels_of(await reader.face_tile(asset.digest, 0, face, 0, 0)) for face in FACES]
    for name, (one, other) in cube_edges(faces).items():
        # as far apart as two neighbouring columns of one face are, and much nearer than edges that do not belong together
        assert np.abs(one - other).mean() < 8, name
        assert np.abs(one - other[::-1]).mean() > 24, name


def png(width: int, height: int, data: bytes, interlaced: int = 0) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def hostile(folder: Path) -> dict[str, tuple[Path, set[str]]]:
    """Files that mean harm, and the codes with which each may be turned away."""
    jpeg = save(busy(640, 320), folder / "fine.jpg").read_bytes()
    frame = jpeg.index(b"\xff\xc0")
    loop = b"II*\0" + struct.pack("<IH", 8, 1) + struct.pack("<HHII", 256, 3, 1, 10) + struct.pack("<I", 8)
    files = {
        "empty": (b"", {"empty-file"}),
        "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"unsupported-format"}),
        "gif": (b"GIF89a" + bytes(40), {"unsupported-format"}),
        "bomb": (png(60000, 60000, zlib.compress(bytes(1000))), {"too-many-pixels"}),
        "interlaced": (png(24000, 12000, zlib.compress(bytes(1000)), 1), {"too-many-pixels"}),
        "gigapixels": (jpeg[: frame + 5] + struct.pack(">HH", 65000, 65000) + jpeg[frame + 9 :], {"too-many-pixels"}),
        "cut": (jpeg[: len(jpeg) * 2 // 3], {"truncated"}),
        "ring": (loop, {"damaged", "truncated"}),
        "noise": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, {"damaged", "truncated"}),
    }
    found = {}
    for name, (content, codes) in files.items():
        path = folder / f"{name}.jpg"
        path.write_bytes(content)
        found[name] = (path, codes)
    return found


async def test_hostile_files_are_turned_away_and_leave_nothing(
    database: Database, store: LocalStore, tmp_path: Path
) -> None:
    ids = {}
    for name, (path, codes) in hostile(tmp_path).items():
        ids[name] = (await upload(database, store, "image", path), codes)
    before = {digest async for digest in store.digests()}
    await work_off(database, store)
    for name, (id, codes) in ids.items():
        asset = await asset_of(database, id)
        assert asset.state == "failed", name
        assert asset.error is not None
        assert asset.error["code"] in codes, (name, asset.error)
    assert {digest async for digest in store.digests()} == before
    assert not list(store.scratch.iterdir())


async def test_an_original_is_kept_byte_for_byte(database: Database, store: LocalStore, tmp_path: Path) -> None:
    path = save(busy(600, 400), tmp_path / "大廳.jpg")
    content = path.read_bytes()
    first = await keep_original(database, store, Path(shutil.copy(path, store.scratch / "1")), "C:\\照片\\大廳.jpg")
    second = await keep_original(database, store, Path(shutil.copy(path, store.scratch / "2")), "other.png")
    assert first.id == second.id
    assert (first.filename, first.media_type, first.bytes) == ("大廳.jpg", "image/jpeg", len(content))
    assert await store.read(first.digest) == content


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_refusal_has_words(language: str) -> None:
    texts = json.loads((TEXTS / language / "errors.json").read_text())
    assert [code for code in CODES if not texts.get(f"ingest.{code}")] == []
