"""Addresses with words in them that make no sense: each gets an answer that says so, on both databases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.http.conftest import Museum

NAMES = ("q", "kind", "category", "grade", "venue", "page", "lang", "compare", "wall", "region", "url", "iiif-content")
VALUES = ("9" * 30, "%ED%A0%80%25_%F0%9F%8F%BA")
PLACES = {"slug": "wall-map", "kind": "images", "language": "en", "number": "1"}


def addresses(museum: Museum) -> Iterator[str]:
    """Every address for visitors and programs, with slugs that there are."""
    for resource in museum.client.server.app.router.resources():
        path = re.sub(r"\{(\w+)[^/]*\}", lambda place: PLACES.get(place[1], "1"), resource.canonical)
        if not path.startswith(("/static", "/admin", "/metrics", "/tiles", "/models", "/files", "/iiif/2", "/iiif/3")):
            yield path


async def test_senseless_words_do_no_harm(museum: Museum) -> None:
    paths = sorted(set(addresses(museum)))
    assert len(paths) > 30
    for path in paths:
        for query in (f"{name}={value}" for name in NAMES for value in VALUES):
            answer = await museum.client.get(f"{path}?{query}", allow_redirects=False)
            assert answer.status != 500, f"{path}?{query}"


async def test_a_nul_is_refused_wherever_it_stands(museum: Museum) -> None:
    for address in (
        "/images/wall-map?compare=&q=%00",
        "/images/wall-map?wall=a%00",
        "/search?q=%00",
        "/api/v1/images?q=%00",
        "/images/%00",
    ):
        answer = await museum.client.get(address, headers={"Accept": "application/json"})
        assert answer.status == 400, address
        assert (await answer.json())["error"]["code"] == "address-nul"
    for path in set(addresses(museum)):
        assert (await museum.client.get(f"{path}?q=%00", allow_redirects=False)).status == 400, path
