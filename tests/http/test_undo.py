"""An act is taken back once, by who may do the opposite herself, and never at the cost of what somebody else has made since."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from museum.collection.models import Artifact
from museum.curation.models import Revision
from museum.database.texts import texts_by_field
from museum.scenes.models import Hotspot, Scene
from tests.http.conftest import LogIn, Museum
from tests.http.test_deleted import delete, make_artifacts

ARTIFACTS = "/admin/records/artifacts"
SCENE = "prologue"
JSON = {"Accept": "application/json"}


async def latest_act(museum: Museum, slug: str) -> str:
    async with museum.database.read() as session:
        query = select(Revision.act).where(Revision.slug == slug).order_by(Revision.id.desc()).limit(1)
        return await session.scalar(query) or ""


async def take_back(client: Any, act: str) -> tuple[int, str]:
    answer = await client.post(f"/admin/acts/{act}/undo?lang=en", data={"back": "/admin/"}, headers=JSON)
    return answer.status, await answer.text()


async def artifact(museum: Museum, slug: str) -> tuple[str, str]:
    """The state and the Traditional title."""
    async with museum.database.read() as session:
        record = await session.scalar(select(Artifact).where(Artifact.slug == slug))
        assert record is not None
        await session.refresh(record, ["texts"])
        return record.state, texts_by_field(record.texts)["title"]["zh-Hant"]


async def bulk(client: Any, action: str, *slugs: str) -> None:
    form = [("action", action), *(("slug", slug) for slug in slugs)]
    assert (await client.post(ARTIFACTS, data=form)).status == 200


async def test_nothing_is_taken_back_twice(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")

    async def spots() -> int:
        async with museum.database.read() as session:
            query = select(func.count()).select_from(Hotspot).join(Scene).where(Scene.slug == SCENE)
            return await session.scalar(query) or 0

    before = await spots()
    async with museum.database.read() as session:
        query = select(Hotspot.id, Scene.version).join(Scene).where(Scene.slug == SCENE).order_by(Hotspot.id).limit(1)
        number, version = (await session.execute(query)).one()
    gone = await curator.post(f"/admin/scenes/{SCENE}/hotspots/{number}/delete", data={"version": str(version)})
    assert gone.status == 200 and await spots() == before - 1
    act = await latest_act(museum, SCENE)
    assert (await take_back(curator, act))[0] == 200
    assert await spots() == before
    again = await latest_act(museum, SCENE)
    status, said = await take_back(curator, act)
    assert status == 422 and "undone already" in said
    assert await spots() == before
    # Who takes back the taking back may take it back once more.
    assert (await take_back(curator, again))[0] == 200
    assert await spots() == before - 1
    assert (await take_back(curator, act))[0] == 200
    assert await spots() == before


async def test_an_old_undo_writes_over_nothing_that_was_made_since(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    await make_artifacts(contributor, "own-vase")
    await delete(contributor, "artifacts", "own-vase")
    deletion = await latest_act(museum, "own-vase")
    form = {"slug": "own-vase", "title:zh-Hant": "別人的瓶", "category": "porcelain", "accession_number": "other"}
    assert (await curator.post(f"{ARTIFACTS}/new", data=form)).status == 200
    await bulk(curator, "publish", "own-vase")
    assert await artifact(museum, "own-vase") == ("published", "別人的瓶")
    await take_back(contributor, deletion)
    assert await artifact(museum, "own-vase") == ("published", "別人的瓶")


async def test_taking_back_a_withdrawal_asks_who_may_publish(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    await make_artifacts(curator, "shown-vase")
    await bulk(curator, "publish", "shown-vase")
    await bulk(curator, "withdraw", "shown-vase")
    act = await latest_act(museum, "shown-vase")
    assert (await take_back(contributor, act))[0] == 403
    assert (await artifact(museum, "shown-vase"))[0] == "draft"
    # Another record of that name is not what was withdrawn.
    await delete(curator, "artifacts", "shown-vase")
    await make_artifacts(curator, "shown-vase")
    await take_back(curator, act)
    assert (await artifact(museum, "shown-vase"))[0] == "draft"
