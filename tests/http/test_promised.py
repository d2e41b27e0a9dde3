"""What is to become public by itself: who may still change it, and what becomes of it when whoever planned it may not publish any more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from museum.collection.models import Artifact
from museum.curation.models import Planned
from museum.scenes.models import Hotspot, Scene
from tests.http.conftest import LogIn, Museum
from tests.http.test_schedule import JSON, at

PROMISED = "becomes public by itself at a planned time"


async def there(museum: Museum, record: Any, *slugs: str) -> set[str]:
    """Which of the records exist."""
    async with museum.database.read() as session:
        return set(await session.scalars(select(record.slug).where(record.slug.in_(slugs))))


async def test_only_who_may_publish_it_deletes_what_becomes_public_by_itself(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    async with museum.database.write() as session:
        for slug in ("lamp", "bowl", "shown-in-promised"):
            session.add(Artifact(slug=slug, accession_number=slug, category="coin"))
        await session.flush()
        draft = (await session.scalars(select(Scene).where(Scene.slug == "draft-scene"))).one()
        used = (await session.scalars(select(Artifact).where(Artifact.slug == "shown-in-promised"))).one()
        session.add(Hotspot(scene_id=draft.id, kind="artifact", yaw=3.0, artifact_id=used.id))
    assert (
        await curator.post("/admin/artifacts/lamp/schedule", data={"publish": at(days=1)}, headers=JSON)
    ).status == 200
    assert (await curator.post("/admin/scenes/draft-scene/schedule", data={"publish": at(days=1)})).status == 200

    alone = await contributor.post("/admin/scenes/draft-scene/delete?lang=en", data={"sure": "draft-scene"})
    assert PROMISED in await alone.text()
    chosen = [("slug", slug) for slug in ("lamp", "bowl", "shown-in-promised")]
    many = [*chosen, ("action", "delete"), ("sure", "yes")]
    told = await (await contributor.post("/admin/records/artifacts?lang=en", data=many)).text()
    assert all(f"{slug}:" in told for slug in ("lamp", "shown-in-promised")), "each is named"
    assert PROMISED in told
    assert await there(museum, Artifact, "lamp", "bowl", "shown-in-promised") == {"lamp", "shown-in-promised"}, (
        "the others go"
    )
    assert await there(museum, Scene, "draft-scene")

    assert (await curator.post("/admin/records/artifacts", data=many, headers=JSON)).status == 200
    assert not await there(museum, Artifact, "lamp", "shown-in-promised")
    async with museum.database.write() as session:
        plan = (await session.scalars(select(Planned).where(Planned.slug == "draft-scene"))).one()
        await session.delete(plan)
    assert (await contributor.post("/admin/scenes/draft-scene/delete", data={"sure": "draft-scene"})).status == 200
    assert not await there(museum, Scene, "draft-scene"), "nothing is planned for it any more"
