"""The image service: stored tiles as they are, other pictures made for the asking, errors as the specification has them."""

from __future__ import annotations

import io
from typing import Any

import numpy
import pytest
from PIL import Image as Picture

from tests.http.conftest import Museum

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
        ("full/max/45/default.jpg", 501),
        ("full/max/0/pretty.jpg", 400),
        ("full/max/0/default.xyz", 400),
        ("full/max/0/default.pdf", 501),
        ("full/^90000,90000/0/default.jpg", 413),
    ],
)
async def test_what_cannot_be_made_is_refused(museum: Museum, words: str, status: int) -> None:
    assert (await museum.client.get(f"{BASE}/{words}")).status == status


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
