"""Uploads by hall and by what is left to do; halls, tours and models are looked for in the list that has all of them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select, update

from museum.assets.models import Asset
from museum.curation import batches_query
from museum.curation.models import BatchFile, Person, UploadBatch
from museum.scenes.models import Scene
from tests.http.conftest import LogIn, Museum

HOME = "/admin/batches"


def listed(text: str) -> list[str]:
    return re.findall(rf'href="{HOME}/(\w)\w*"', text)


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def add(museum: Museum, letter: str, venue: str, state: str, scene: str = "", code: str = "") -> None:
    """A batch of one file, known by a letter."""
    async with museum.database.write() as session:
        person = (await session.scalars(select(Person).where(Person.name == "curator"))).one()
        session.add(UploadBatch(id=letter * 32, venue=venue, person_id=person.id))
        await session.flush()
        file = BatchFile(batch_id=letter * 32, position=0, name="a.jpg", bytes=9, state=state, scene=scene)
        file.error = {"code": code} if code else None
        session.add(file)


async def test_uploads_are_found_by_hall_and_by_what_is_left(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    await add(museum, "a", "tianjin", "waiting")
    await add(museum, "b", "tianjin", "known")
    await add(museum, "c", "closed", "refused", code="damaged")
    await add(museum, "d", "closed", "refused", code="taken-back")
    await add(museum, "e", "closed", "made", scene="draft-scene")
    assert set(listed(await page(curator, HOME))) == set("abcde")
    assert set(listed(await page(curator, f"{HOME}?venue=tianjin"))) == set("ab")
    assert set(listed(await page(curator, f"{HOME}?left=1"))) == set("ac")
    async with museum.database.write() as session:
        panorama = await session.scalar(select(Scene.panorama_id).where(Scene.slug == "draft-scene"))
        await session.execute(update(Asset).where(Asset.id == panorama).values(state="failed", error={"code": "x"}))
    assert set(listed(await page(curator, f"{HOME}?left=1"))) == set("ace"), "its panorama is not made"
    assert set(listed(await page(curator, f"{HOME}?left=1&venue=closed"))) == set("ce")
    nothing = await page(curator, f"{HOME}?venue=no-such-hall")
    assert f'class="button" href="{HOME}"' in nothing, "the filter can be cleared"


async def test_a_filter_stays_from_page_to_page(museum: Museum, log_in: LogIn, monkeypatch: Any) -> None:
    curator = await log_in("curator")
    for letter in "abc":
        await add(museum, letter, "tianjin", "waiting")
    monkeypatch.setattr(batches_query, "PAGE", 2)
    first = await page(curator, f"{HOME}?venue=tianjin&left=1")
    assert 'href="?venue=tianjin&amp;left=1&amp;page=2" rel="next"' in first
    last = await page(curator, f"{HOME}?venue=tianjin&left=1&page=2")
    assert len(listed(first)) + len(listed(last)) == 3


async def test_halls_tours_and_models_are_looked_for_in_the_lists_of_all(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    assert (await curator.post("/admin/tours", data={"title:en": "A walk", "slug": "a-walk"})).status == 200
    for plural in ("venues", "tours", "models"):
        text = await page(curator, f"/admin/{plural}")
        form = re.search(rf'<form method="get" action="/admin/records/{plural}".*?</form>', text, re.DOTALL)
        assert form, plural
        assert "data-search" in form[0]
    assert 'href="/admin/tours/a-walk"' in await page(curator, "/admin/records/tours?q=walk")
