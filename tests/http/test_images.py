"""Images over HTTP: their walls, what may be taken home, and two side by side."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from museum.collection.models import Artifact, Image, Model
from museum.web.bundle import BUILD
from tests.http.conftest import Museum

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


async def read(museum: Museum, path: str, status: int = 200) -> str:
    answer = await museum.client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})
    assert answer.status == status, path
    return await answer.text()


async def grant(museum: Museum, rights: str | None) -> dict[str, Any]:
    """Gives the wall map these rights; its record."""
    async with museum.database.write() as session:
        await session.execute(update(Image).where(Image.slug == "wall-map").values(rights=rights))
    return await (await museum.client.get("/api/v1/images/wall-map")).json()


@pytest.mark.parametrize(
    ("rights", "use", "words"),
    [
        (CC0, "free", "Free of copyright"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "credited", "please name the source"),
        ("http://rightsstatements.org/vocab/InC/1.0/", "reserved", "Rights reserved"),
        (None, "unknown", "rights are not stated"),
    ],
)
async def test_what_may_be_taken_home(museum: Museum, rights: str | None, use: str, words: str) -> None:
    record = await grant(museum, rights)
    page = await read(museum, "/images/wall-map")
    assert record["use"] == use and words in page
    assert ("download=" in page) == bool(record["downloads"]) == (use in ("free", "credited"))
    for size in record["downloads"]:
        assert size["address"] in page
        answer = await museum.client.get(size["address"])
        assert (answer.status, answer.content_type) == (200, "image/jpeg")
    assert [(size["width"], size["height"]) for size in record["downloads"]][-1:] in ([], [(1500, 1100)])


async def test_a_picture_leads_to_those_beside_it(museum: Museum) -> None:
    for path in ("/images/wall-map", "/images/wall-map?wall=prologue", "/images/wall-map?wall=no-such"):
        page = await read(museum, path)
        assert 'rel="next" href="/images/vase-front?wall=prologue"' in page
        assert "secret" not in page, "what is not published hangs on no wall"
    assert 'rel="prev" href="/images/wall-map?wall=prologue"' in await read(museum, "/images/vase-front?wall=prologue")
    assert 'class="wall"' not in await read(museum, "/images/coin-0-photo"), "it hangs nowhere"


async def test_another_picture_is_found_to_lay_beside_it(museum: Museum) -> None:
    assert 'href="/images/wall-map?compare=vase-front"' in await read(museum, "/images/wall-map?compare=")
    found = await read(museum, "/images/wall-map?compare=&q=钱币")
    assert "compare=coin-1-photo" in found and "compare=vase-front" not in found
    page = await read(museum, "/images/wall-map?compare=vase-front")
    assert page.count("<museum-zoom") == 2
    for other in ("secret-image", "unseen-photo", "no-such", "wall-map"):
        await read(museum, f"/images/wall-map?compare={other}", 404)


async def test_two_models_are_set_beside_each_other(museum: Museum) -> None:
    async with museum.database.write() as session:
        vase = await session.scalar(select(Model).where(Model.slug == "vase-model"))
        assert vase is not None
        for slug, state in (("coin-1", "published"), ("coin-2", "draft")):
            artifact = await session.scalar(select(Artifact.id).where(Artifact.slug == slug))
            session.add(
                Model(slug=f"{slug}-model", artifact_id=artifact, asset_id=vase.asset_id, state=state, texts=[])
            )
    assert 'href="/artifacts/vase?compare="' in await read(museum, "/artifacts/vase")
    choices = await read(museum, "/artifacts/vase?compare=")
    assert "compare=coin-1" in choices and "compare=coin-2" not in choices
    assert "compare=coin-1" not in await read(museum, "/artifacts/vase?compare=&q=nothing-like-it")
    page = await read(museum, "/artifacts/vase?compare=coin-1")
    assert page.count("<model-comparison") == 1 and "vase" in page and 'href="/artifacts/coin-1"' in page
    for other in ("coin-2", "coin-3", "unseen", "no-such", "vase"):
        await read(museum, f"/artifacts/vase?compare={other}", 404)
    await read(museum, "/artifacts/coin-3?compare=", 404)


async def test_only_the_worker_that_unpacks_textures_may_write_functions(museum: Museum) -> None:
    [worker] = (BUILD / "assets").glob("basis-worker-*.js")
    answer = await museum.client.get(f"/static/build/assets/{worker.name}")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';") and "'unsafe-eval'" in policy
    page = await museum.client.get("/artifacts/vase")
    assert "'unsafe-eval'" not in page.headers["Content-Security-Policy"]
