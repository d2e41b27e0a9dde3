"""A language that was added by a file: visitors find it, curators write in it, and everything that leaves the museum carries it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from museum.languages import current, use
from museum.languages.adding import add_languages
from museum.web.copying import rewriting
from museum.web.copying.places import place_of
from tests.http.conftest import LogIn, Museum

pytestmark = pytest.mark.usefixtures("french")


@pytest.fixture(scope="module")
def french() -> Iterator[None]:
    before = current()
    add_languages(Path(__file__).parents[2] / "docs" / "languages")
    yield
    use(before)


async def test_visitors_find_it(museum: Museum) -> None:
    answer = await museum.client.get("/", headers={"Accept-Language": "fr-CA, en;q=0.5"})
    page = await answer.text()
    assert answer.headers["Content-Language"] == "fr"
    assert '<html lang="fr">' in page and "Parcourir la collection" in page
    assert '<meta property="og:locale" content="fr_FR">' in page
    assert re.search(r'<link rel="alternate" hreflang="fr" href="[^"]*lang=fr">', page)
    assert re.search(r'data-language="fr" aria-current="true">FR</a>', page)
    assert await (await museum.client.get("/?lang=en")).text() != page
    [french] = [
        one for one in (await (await museum.client.get("/api/v1/languages")).json())["languages"] if one["words"]
    ]
    assert french["tag"] == "fr" and french["fallbacks"] == ["en", "zh-Hans", "zh-Hant"]
    assert f'href="{french["words"]}"' in page, "asked for while the scripts come"
    copied: set[str] = set()
    home = place_of("/", "fr")
    assert home and home.path == "fr/index.html"
    moved = rewriting.page(page, home, lambda place: copied.add(place.path))
    assert french["words"][1:] in copied and f'"words":"../{french["words"][1:]}"' in moved
    words = await museum.client.get(french["words"])
    assert words.headers["Cache-Control"].endswith("immutable") and words.headers["Access-Control-Allow-Origin"] == "*"
    assert (await words.json())["viewer"]["zoomIn"] == "Agrandir"
    assert french["words"] in (await (await museum.client.get("/offline/assets.json")).json())["files"]
    stale = await museum.client.get(re.sub(r"-[0-9a-f]+\.", f"-{'0' * 24}.", french["words"]))
    assert stale.status == 200 and "immutable" not in stale.headers["Cache-Control"]
    assert (await museum.client.get(french["words"].replace("/fr-", "/de-"))).status == 404
    error = await (await museum.client.get("/api/v1/scenes/none?lang=fr")).json()
    assert error["error"]["message"].startswith("Il n’y a ni salle ni objet")


async def test_curators_write_in_it_and_it_goes_out_with_the_record(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    here = "/admin/languages/artifact/title/fr"
    page = await (await curator.get(f"{here}?lang=fr")).text()
    assert '<html lang="en">' in page, "the file has no texts of the curators' pages"
    assert "Français" in page and 'name="text:vase"' in page
    await curator.post(here, data={"text:vase": "Vase aux pêches"})
    assert 'name="title:fr" lang="fr"' in await (await curator.get("/admin/venues")).text()
    record = await (await museum.client.get("/api/v1/artifacts/vase")).json()
    assert record["title"]["fr"] == "Vase aux pêches"
    manifest = await (await museum.client.get("/iiif/presentation/3/artifacts/vase/manifest")).json()
    assert manifest["label"]["fr"] == ["Vase aux pêches"]
    found = await (await museum.client.get("/search?q=peches&lang=fr")).text()
    assert "Vase aux pêches" in found
    page = await (await museum.client.get("/artifacts/vase?lang=fr")).text()
    assert "<h1>Vase aux pêches</h1>" in page
    assert 'hreflang="fr"' in await (await museum.client.get("/sitemaps/artifacts-1.xml")).text()
