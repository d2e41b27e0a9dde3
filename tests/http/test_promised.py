"""What is to become public by itself: who may still change it, and what becomes of it when whoever planned it may not publish any more."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from museum.collection.models import Artifact
from museum.curation import drafting, people, schedule
from museum.curation.models import AuditEvent, Planned
from museum.database.base import now
from museum.scenes.models import Hotspot, Scene
from tests.http.conftest import LogIn, Museum
from tests.http.test_schedule import JSON, at, filled, let_pass, offered, status

__all__ = ["filled"]

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


async def text_of(client: Any, path: str) -> str:
    return await (await client.get(f"{path}?lang=en")).text()


async def told(museum: Museum, action: str) -> list[tuple[str, str, Any]]:
    """Who did what the audit calls so to which record, and whose plan it was."""
    async with museum.database.read() as session:
        events = await session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
        return [(one.person, one.slug, one.detail.get("planned_by")) for one in events]


async def test_what_somebody_planned_who_may_not_publish_any_more_waits_for_another(
    museum: Museum, log_in: LogIn
) -> None:
    curator, editor, contributor = [await log_in(role) for role in ("curator", "editor", "contributor")]
    home = "/admin/scenes/draft-scene"
    assert (await curator.post(f"{home}/schedule", data={"publish": at(days=1)}, headers=JSON)).status == 200
    for path in (home, "/admin/"):
        assert "/schedule/publish/take-over" not in await text_of(editor, path), "its maker may still do it"
    await people.set_role(museum.database, "curator", "contributor")
    for path in (home, "/admin/"):
        page = await text_of(editor, path)
        assert "curator may not do this any more. It will not be done unless" in page, "it is said beforehand"
        assert f'action="{home}/schedule/publish/take-over"' in page
    await let_pass(museum.database, "publish")
    for _ in range(2):
        assert await schedule.act_on_due(museum.database) == 0
    assert await status(museum, "/scenes/draft-scene") == 404
    assert await told(museum, "publish-not-done") == [("museum", "draft-scene", "curator")], "once"
    for who, path in ((editor, home), (editor, "/admin/"), (contributor, "/admin/")):
        page = await text_of(who, path)
        assert "It was not done when its time came, because curator may not" in page
        assert ("/schedule/publish/take-over" in page) == (who is editor)
    async with museum.database.read() as session:
        scene = await drafting.load_scene(session, "draft-scene")
    words = {"version": str(scene.version), "north": "0", "title:en": "Nobody has read this"}
    assert (await contributor.post(home, data=words)).status == 422, "somebody may take it over without a further look"
    for who in (contributor, curator):
        assert (await who.post(f"{home}/schedule/publish/take-over", headers=JSON)).status == 403
    taken = await editor.post(f"{home}/schedule/publish/take-over?lang=en", data={"back": "/admin/"})
    assert re.search(r"/admin/$", str(taken.url))
    assert "is being done" in await taken.text()
    assert await told(museum, "publish-taken-over") == [("editor", "draft-scene", "curator")]
    assert await schedule.act_on_due(museum.database) == 1
    assert await status(museum, "/scenes/draft-scene") == 200
    assert ("editor", "draft-scene", None) in await told(museum, "published")
    assert (await editor.post(f"{home}/schedule/publish/take-over", headers=JSON)).status == 404


async def test_a_plan_taken_over_beforehand_keeps_its_moment(filled: Museum, log_in: LogIn) -> None:
    editor, another, curator = [await log_in(role) for role in ("editor", "administrator", "curator")]
    form = offered(await (await editor.get("/admin/venues/closed/open")).text())
    moments = {"publish": at(days=1), "withdraw": at(days=2)}
    assert (await editor.post("/admin/venues/closed/open", data={**form, **moments}, headers=JSON)).status == 200
    await people.disable_person(filled.database, "editor")
    assert "/schedule/publish/take-over" not in await text_of(curator, "/admin/"), "she opens no hall"
    page = await text_of(another, "/admin/venues/closed")
    assert page.count("It will not be done unless somebody who may takes it over") == 2
    taken = await another.post("/admin/venues/closed/schedule/publish/take-over?lang=en")
    assert "will be done at its time" in await taken.text()
    assert await schedule.act_on_due(filled.database) == 0
    await let_pass(filled.database, "publish")
    assert await schedule.act_on_due(filled.database) == 1
    for path in ("/venues/closed", "/artifacts/unseen", "/scenes/behind-closed"):
        assert await status(filled, path) == 200, path
    await let_pass(filled.database, "withdraw")
    assert await schedule.act_on_due(filled.database) == 0, "nobody answers for its closing"
    assert await status(filled, "/venues/closed") == 200
    assert await told(filled, "withdraw-not-done") == [("museum", "closed", "editor")]
    assert (await another.post("/admin/venues/closed/schedule/withdraw/take-over", headers=JSON)).status == 200
    assert await schedule.act_on_due(filled.database) == 1
    assert await status(filled, "/venues/closed") == 404


async def test_a_role_in_the_hall_is_enough_for_what_is_in_it_only(filled: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    form = offered(await (await editor.get("/admin/venues/closed/open")).text())
    await editor.post("/admin/venues/closed/open", data={**form, "publish": at(days=1)}, headers=JSON)
    await people.set_role(filled.database, "editor", "contributor")
    await people.set_venue_role(filled.database, "editor", "closed", "editor")
    await let_pass(filled.database, "publish")
    assert await schedule.act_on_due(filled.database) == 0, "the artifact is the whole museum's"
    await people.set_role(filled.database, "editor", "curator")
    async with filled.database.write() as session:
        plan = (await session.scalars(select(Planned))).one()
        plan.failed_at, plan.error, plan.at = None, {}, now()
    assert await schedule.act_on_due(filled.database) == 1
    assert await status(filled, "/artifacts/unseen") == 200
