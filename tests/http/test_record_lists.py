"""Lists of records: searched, filtered, many changed at once, and all of it taken back with its relations."""

from __future__ import annotations

import html
import re
from typing import Any

from sqlalchemy import func, select

from museum.collection.models import Artifact, ExhibitionItem, Image
from museum.scenes.models import Hotspot
from tests.http.conftest import LogIn, Museum

HOME = "/admin/records/artifacts"


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def state_of(museum: Museum, slug: str) -> str | None:
    async with museum.database.read() as session:
        return await session.scalar(select(Artifact.state).where(Artifact.slug == slug))


async def uses(museum: Museum) -> tuple[int, int, int]:
    """How much leads to the vase: hotspots, items of exhibitions, photographs."""
    async with museum.database.read() as session:
        number = await session.scalar(select(Artifact.id).where(Artifact.slug == "vase"))
        counts = [
            await session.scalar(select(func.count()).select_from(record).where(record.artifact_id == number))
            for record in (Hotspot, ExhibitionItem, Image)
        ]
    return counts[0] or 0, counts[1] or 0, counts[2] or 0


async def test_many_at_once_and_back(museum: Museum, log_in: LogIn) -> None:
    curator, contributor, guest = [await log_in(role) for role in ("curator", "contributor", "guest")]
    for plural in ("venues", "scenes", "places", "artifacts", "images", "models", "exhibitions", "activities", "tours"):
        await page(curator, f"/admin/records/{plural}")
    assert (await curator.get("/admin/records/nothing")).status == 404
    row = 'name="slug" value="vase"'
    assert row in await page(curator, f"{HOME}?q=VASE&state=published")
    assert row not in await page(curator, f"{HOME}?q=vase&state=draft")
    assert row not in await page(curator, f"{HOME}?q=vase%25")
    assert 'name="slug"' not in await page(guest, HOME), "she only looks"
    assert (await guest.post(HOME, data={"slug": "vase", "action": "withdraw"})).status == 403

    before = await uses(museum)
    assert all(before), "the vase hangs somewhere"
    refused = await (await contributor.post(HOME, data={"slug": "vase", "action": "withdraw"})).text()
    assert "vase:" in refused
    assert await state_of(museum, "vase") == "published"
    nothing = await curator.post(HOME, data={"action": "publish"}, headers={"Accept": "application/json"})
    assert nothing.status == 422

    both = [("slug", "vase"), ("slug", "no-such-thing"), ("back", f"{HOME}?q=vase")]
    done = await curator.post(HOME, data=[*both, ("action", "withdraw")])
    assert str(done.url).endswith("?q=vase")
    assert "no-such-thing:" in await done.text(), "what can't be done hinders no other"
    assert await state_of(museum, "vase") == "draft"
    asked = await (await curator.post(HOME, data=[*both, ("action", "delete")])).text()
    assert 'name="sure"' in asked
    assert 'href="/admin/scenes/' in asked, "where it is used"
    assert await state_of(museum, "vase") == "draft"
    done = await curator.post(HOME, data=[*both, ("action", "delete"), ("sure", "yes")])
    text = await done.text()
    assert await state_of(museum, "vase") is None
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', text)[0]
    back = html.unescape(re.findall(r'name="back" value="([^"]+)"', text)[0])
    assert (await curator.post(undo, data={"back": back})).status == 200
    assert await state_of(museum, "vase") == "draft"
    assert await uses(museum) == before, "with all that led to it"
