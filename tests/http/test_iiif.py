"""The image service: stored tiles as they are, other pictures made for the asking, errors as the specification has them."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy
import pytest
from PIL import Image as Picture
from sqlalchemy import update

from museum.assets.store_local import LocalStore
from museum.collection.models import Image
from museum.curation.visibility import forget_with_commit
from tests.http.conftest import Museum, by_express

BASE = "/iiif/3/wall-map"


async def picture(museum: Museum, path: str) -> Any:
    answer = await museum.client.get(path)
    assert answer.status == 200, path
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return Picture.open(io.BytesIO(await answer.read()))


async def test_info_tells_what_there_is(museum: Museum) -> None:
    three = await (await museum.client.get(f"{BASE}/info.json")).json()
    assert three["id"].endswith(BASE)
    assert three["profile"] == "level2"
    assert (three["width"], three["height"]) == (1500, 1100)
    assert three["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    two = await (await museum.client.get("/iiif/2/wall-map/info.json")).json()
    assert two["@id"].endswith("/iiif/2/wall-map")
    assert two["profile"][0] == "http://iiif.io/api/image/2/level2.json"
    linked = await museum.client.get(f"{BASE}/info.json", headers={"Accept": "application/ld+json"})
    assert linked.headers["Content-Type"].startswith("application/ld+json")
    moved = await museum.client.get(BASE, allow_redirects=False)
    assert (moved.status, moved.headers["Location"]) == (303, three["id"] + "/info.json")


async def test_every_tile_has_its_size_and_they_join_to_the_whole(museum: Museum) -> None:
    whole = numpy.asarray(await picture(museum, f"{BASE}/full/max/0/default.png"), dtype=float)
    joined = numpy.zeros_like(whole)
    for y in range(0, 1100, 512):
        for x in range(0, 1500, 512):
            width, height = min(512, 1500 - x), min(512, 1100 - y)
            tile = await picture(museum, f"{BASE}/{x},{y},{width},{height}/{width},{height}/0/default.jpg")
            assert tile.size == (width, height)
            joined[y : y + height, x : x + width] = numpy.asarray(tile)
    assert numpy.abs(whole - joined).mean() < 1.5


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("full/max/0/default.jpg", (1500, 1100)),
        ("full/300,/0/default.jpg", (300, 220)),
        ("full/,220/0/default.png", (300, 220)),
        ("full/pct:10/0/default.webp", (150, 110)),
        ("full/!200,200/0/default.jpg", (200, 147)),
        ("full/100,100/0/default.jpg", (100, 100)),
        ("full/^3000,/0/default.jpg", (3000, 2200)),
        ("square/100,/0/default.jpg", (100, 100)),
        ("pct:50,50,50,50/max/0/default.jpg", (750, 550)),
        ("1400,1000,500,500/max/0/default.jpg", (100, 100)),
        ("full/300,/90/default.jpg", (220, 300)),
        ("full/300,/!180/gray.jpg", (300, 220)),
        ("full/300,/0/bitonal.png", (300, 220)),
    ],
)
async def test_sizes(museum: Museum, words: str, size: tuple[int, int]) -> None:
    assert (await picture(museum, f"{BASE}/{words}")).size == size


async def test_a_region_shows_what_lies_there(museum: Museum) -> None:
    whole = numpy.asarray(await picture(museum, f"{BASE}/full/max/0/default.png"), dtype=float)
    region = numpy.asarray(await picture(museum, f"{BASE}/333,217,400,300/100,75/0/default.png"), dtype=float)
    expected = whole[217:517, 333:733].reshape(75, 4, 100, 4, 3).mean(axis=(1, 3))
    assert numpy.abs(region - expected).mean() < 3
    turned = numpy.asarray(await picture(museum, f"{BASE}/333,217,400,300/100,75/!90/default.png"), dtype=float)
    assert numpy.abs(turned - numpy.rot90(region[:, ::-1], -1)).mean() < 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("full/2000,/0/default.jpg", 400),
        ("full/full/0/default.jpg", 400),
        ("full/0,/0/default.jpg", 400),
        ("1500,0,10,10/max/0/default.jpg", 400),
        ("0,0,0,10/max/0/default.jpg", 400),
        ("a,b,c,d/max/0/default.jpg", 400),
        ("full/max/361/default.jpg", 400),
        ("full/max/-45/default.jpg", 400),
        ("full/max/0/pretty.jpg", 400),
        ("full/max/0/default.xyz", 400),
        ("full/max/0/default.pdf", 501),
        ("full/^90000,90000/0/default.jpg", 413),
    ],
)
async def test_what_cannot_be_made_is_refused(museum: Museum, words: str, status: int) -> None:
    assert (await museum.client.get(f"{BASE}/{words}")).status == status


@pytest.mark.parametrize(
    ("words", "corner"),
    [
        ("30/default.jpg", (255, 255, 255)),
        ("!30/default.png", (0, 0, 0, 0)),
        ("330.25/gray.webp", (0, 0, 0, 0)),
        ("30/gray.png", (0, 0)),
        ("45/bitonal.png", (0, 0)),
        ("45/bitonal.webp", (0, 0, 0, 0)),
    ],
)
async def test_corners_beside_a_turned_picture_are_empty(museum: Museum, words: str, corner: Any) -> None:
    turned = await picture(museum, f"{BASE}/full/300,/{words}")
    assert turned.getpixel((0, 0)) == turned.getpixel((turned.width - 1, 0)) == corner
    middle = turned.getpixel((turned.width // 2, turned.height // 2))
    if "bitonal" in words:
        assert middle[-1] == 255
        assert set(middle[:-1]) in ({0}, {255})
    else:
        assert middle != corner


async def test_pictures_turn_clockwise_by_any_angle(museum: Museum) -> None:
    upright = await picture(museum, f"{BASE}/200,200,400,300/max/0/default.png")
    turned = await picture(museum, f"{BASE}/200,200,400,300/max/!22.5/default.png")
    expected = upright.transpose(Picture.Transpose.FLIP_LEFT_RIGHT)
    expected = expected.convert("RGBA").rotate(-22.5, Picture.Resampling.BICUBIC, expand=True)
    assert max(abs(a - b) for a, b in zip(turned.size, expected.size, strict=True)) <= 2
    x, y = turned.width // 2 - 100, turned.height // 2 - 100
    parts = [numpy.asarray(image.crop((x, y, x + 200, y + 200)), dtype=float) for image in (turned, expected)]
    assert numpy.abs(parts[0] - parts[1]).mean() < 3


TILE = "512,512,512,512/512,512/0/default.jpg"


async def test_the_express_lane_answers_as_the_application_does(museum: Museum) -> None:
    await museum.client.get(f"{BASE}/info.json")
    # A tag that fits nothing has the application look.
    slow = await museum.client.get(f"{BASE}/{TILE}", headers={"If-None-Match": '"x"', "X-Request-Id": "mine"})
    for _ in range(3):
        answer = await by_express(museum, f"{BASE}/{TILE}", {"X-Request-Id": "mine"})
        assert (answer.status, await answer.read()) == (200, await slow.read())
        assert {**answer.headers, "Date": ""} == {**slow.headers, "Date": ""}
    named = await by_express(museum, f"{BASE}/{TILE}")
    other = await by_express(museum, f"{BASE}/{TILE}")
    assert named.headers["X-Request-Id"] != other.headers["X-Request-Id"]
    metrics = await (await museum.client.get("/metrics")).text()
    # Both ways it is counted under the one name.
    counted = re.findall(
        r'museum_requests_total\{method="(\w+)",route="/iiif/3/\{slug\}/\{reg([^"]*)",status="200"', metrics
    )
    assert ("GET", "ion}/{size}/{rotation}/{quality}.{format}") in counted
    assert len({rest for _, rest in counted}) == 1


async def test_what_was_made_once_is_answered_by_the_express_lane(museum: Museum) -> None:
    path = f"{BASE}/full/!90,90/22.5/gray.webp"
    first = await museum.client.get(path)
    second = await by_express(museum, path)
    assert await second.read() == await first.read()


async def test_what_is_withdrawn_is_gone_at_once_from_the_express_lane_too(museum: Museum) -> None:
    for _ in range(3):
        assert (await museum.client.get(f"{BASE}/{TILE}")).status == 200
    async with museum.database.write() as session:
        await session.execute(update(Image).where(Image.slug == "wall-map").values(state="draft"))
        forget_with_commit(session)
    for words in (TILE, "info.json", "full/90,/0/default.jpg", ""):
        answer = await museum.client.get(f"{BASE}/{words}", allow_redirects=False)
        assert answer.status == 404, words


@pytest.mark.parametrize(
    ("method", "words", "status"),
    [
        ("GET", "a,b,c,d/max/0/default.jpg", 400),
        ("GET", "full/max/0/default.pdf", 501),
        ("GET", "full/^31623,31623/0/default.jpg", 413),
        ("GET", "full/max/0", 404),
        ("POST", "full/max/0/default.jpg", 405),
        ("GET", "full/max/0/default.jpg", 416),
    ],
)
async def test_errors_have_one_shape_and_any_origin_reads_them(
    museum: Museum, method: str, words: str, status: int
) -> None:
    headers = {"Range": "bytes=99999999-"} if status == 416 else {}
    answer = await museum.client.request(method, f"{BASE}/{words}", headers=headers)
    assert answer.status == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"
    error = (await answer.json())["error"]
    assert (error["status"], set(error)) == (status, {"status", "code", "message"})


async def test_pictures_come_in_parts(museum: Museum) -> None:
    path = f"{BASE}/full/300,/0/default.png"
    whole = await museum.client.get(path)
    body = await whole.read()
    assert whole.headers["Accept-Ranges"] == "bytes"
    part = await museum.client.get(path, headers={"Range": "bytes=100-199", "If-Range": whole.headers["ETag"]})
    assert (part.status, await part.read()) == (206, body[100:200])
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(body)}"
    other = await museum.client.get(path, headers={"Range": "bytes=100-199", "If-Range": '"other"'})
    assert (other.status, await other.read()) == (200, body)


@pytest.mark.parametrize("words", ["info.json", TILE, "full/300,/0/default.webp"])
async def test_head_and_options(museum: Museum, words: str) -> None:
    whole = await museum.client.get(f"{BASE}/{words}", headers={"Accept-Encoding": "identity"})
    head = await museum.client.head(f"{BASE}/{words}", headers={"Accept-Encoding": "identity"})
    for name in ("Content-Type", "Content-Length", "ETag", "Link", "Cache-Control"):
        assert head.headers[name] == whole.headers[name], name
    assert await head.read() == b""
    assert 'rel="canonical"' in head.headers["Link"]
    asked = await museum.client.options(f"{BASE}/{words}", headers={"Origin": "https://other.example"})
    assert (asked.status, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")


async def test_the_base_leads_to_the_information(museum: Museum) -> None:
    for path in (BASE, f"{BASE}/", "/iiif/2/wall-map"):
        moved = await museum.client.get(path, allow_redirects=False)
        assert moved.status == 303
        assert moved.headers["Location"].endswith(f"{path.rstrip('/')}/info.json")
        assert moved.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("harm", ["gone", "cut short"])
async def test_a_pyramid_that_is_damaged_under_the_server(
    museum: Museum, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(museum.store, LocalStore)
    path = museum.store.path_of(museum.digests["wall-map"])
    assert (await museum.client.get(f"{BASE}/info.json")).status == 200
    if harm == "gone":
        path.unlink()
    else:
        path.chmod(0o600)
        with path.open("r+b") as file:
            file.truncate(path.stat().st_size // 3)
    caplog.clear()
    for words in (TILE, "1024,0,476,512/476,512/0/default.jpg", "3,3,700,700/300,300/0/default.jpg"):
        answer = await museum.client.get(f"{BASE}/{words}")
        assert (answer.status, (await answer.json())["error"]["code"]) == (500, "iiif-damaged"), words
        assert answer.headers["Cache-Control"] == "no-store"
    told = [record for record in caplog.records if "wall-map cannot be read" in record.getMessage()]
    assert len(told) == 3


async def test_nothing_unpublished_zooms(museum: Museum) -> None:
    for slug in ("secret-image", "unseen-photo", "no-such"):
        for words in ("info.json", "full/max/0/default.jpg", "0,0,512,500/512,500/0/default.jpg"):
            assert (await museum.client.get(f"/iiif/3/{slug}/{words}")).status == 404


async def test_pictures_are_known_again(museum: Museum) -> None:
    path = f"{BASE}/full/300,/0/default.jpg"
    first = await museum.client.get(path)
    again = await museum.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert f"{BASE}/full/300,220/0/default.jpg" in first.headers["Link"]
