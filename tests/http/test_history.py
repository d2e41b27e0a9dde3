"""Histories, comparisons, restoring and the audit as curators and administrators reach them."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from sqlalchemy import select

from museum.curation import drafting, snapshot_rows
from museum.curation.models import Revision
from museum.scenes.models import Link, Scene
from tests.http.conftest import LogIn, Museum


async def change_lobby(museum: Museum, client: Any, title: str) -> None:
    async with museum.database.read() as session:
        scene = await drafting.load_scene(session, "lobby")
    form = {"version": str(scene.version), "north": str(scene.north), "title:en": title}
    if scene.place_id:
        form |= {"place": "station", "year": str(scene.year)}
    answer = await client.post("/admin/scenes/lobby", data=form, allow_redirects=False)
    assert answer.status == 303, await answer.text()


async def revision_ids(museum: Museum, slug: str) -> list[int]:
    async with museum.database.read() as session:
        query = select(Revision.id).where(Revision.kind == "scene", Revision.slug == slug)
        return list(await session.scalars(query.order_by(Revision.id)))


async def test_a_scene_is_compared_in_words_and_pictures_and_restored(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    async with museum.database.read() as session:
        before = await drafting.load_scene(session, "lobby")
        title = next((text.value for text in before.texts if (text.field, text.language) == ("title", "en")), "")
    assert (await curator.get("/admin/scenes/lobby/history")).status == 200, "there is a page before anything was saved"
    await change_lobby(museum, curator, "The painted lobby")
    await change_lobby(museum, curator, "The tiled lobby")
    first, _, last = await revision_ids(museum, "lobby")
    page = await (await curator.get("/admin/scenes/lobby/history?lang=en")).text()
    assert page.count('class="history-row"') == 3
    assert "Title" in page
    text = await (await curator.get(f"/admin/scenes/lobby/compare?b={last}&lang=en")).text()
    assert "<del>painted</del>" in text
    assert "<ins>tiled</ins>" in text
    pictures = re.findall(r'<image href="([^"]+)"', text)
    assert len(pictures) == 2
    for address in pictures:
        picture = await curator.get(address)
        assert (picture.status, picture.content_type) == (200, "image/jpeg")
        assert (await museum.client.get(address, allow_redirects=False)).status == 303, "visitors are sent to log in"
    # Whichever way round they are picked, the earlier one comes first.
    text = await (await curator.get(f"/admin/scenes/lobby/compare?a={last}&b={first}&lang=en")).text()
    assert "<ins>tiled " in text
    stale = await curator.post(
        f"/admin/scenes/lobby/history/{first}/restore", data={"version": "1"}, headers={"Accept": "application/json"}
    )
    assert stale.status == 409, "somebody changed it since the page was opened"
    async with museum.database.read() as session:
        version = (await drafting.load_scene(session, "lobby")).version
    answer = await curator.post(
        f"/admin/scenes/lobby/history/{first}/restore", data={"version": str(version)}, allow_redirects=False
    )
    assert answer.headers["Location"] == "/admin/scenes/lobby"
    async with museum.database.read() as session:
        scene = await drafting.load_scene(session, "lobby")
        assert next((t.value for t in scene.texts if (t.field, t.language) == ("title", "en")), "") == title
        assert scene.state == "published", "restoring withdraws nothing"


async def test_a_deleted_scene_comes_back_by_the_button(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    async with museum.database.write() as session:
        lobby, draft = [await drafting.load_scene(session, slug) for slug in ("lobby", "draft-scene")]
        session.add(Link(source_id=lobby.id, target_id=draft.id, kind="walk", yaw=17.0, texts=[]))
    page = await curator.get("/admin/scenes/draft-scene/delete")
    assert page.status == 200
    gone = await curator.post("/admin/scenes/draft-scene/delete", data={"sure": "draft-scene"})
    undo = re.search(r'action="(/admin/acts/[0-9a-f]{32}/undo)"', await gone.text())
    assert undo
    assert (await curator.get("/admin/scenes/draft-scene")).status == 404
    assert (await curator.get("/admin/scenes/draft-scene/history")).status == 200
    assert "/admin/scenes/draft-scene/history" in await (await curator.get("/admin/deleted")).text()
    answer = await curator.post(undo[1], data={"back": "/admin/scenes/draft-scene"})
    assert answer.status == 200
    async with museum.database.read() as session:
        links = (await snapshot_rows.load(session, "scene", "lobby")).links
        target = await session.get_one(Scene, next(link.target_id for link in links if link.yaw == 17.0))
        assert (target.slug, target.state) == ("draft-scene", "draft")
    assert "draft-scene" not in await (await curator.get("/admin/deleted")).text()


async def test_another_records_revision_is_at_no_address(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    await change_lobby(museum, curator, "The painted lobby")
    number = (await revision_ids(museum, "lobby"))[-1]
    for path in (
        f"/admin/scenes/draft-scene/compare?b={number}",
        f"/admin/venues/tianjin/compare?b={number}",
        f"/admin/scenes/draft-scene/history/{number}/view.jpg",
        "/admin/scenes/lobby/compare?b=99999",
        "/admin/scenes/lobby/compare?b=x",
        "/admin/scenes/lobby/compare",
        "/admin/scenes/none/history",
    ):
        assert (await curator.get(path)).status == 404, path
    answer = await curator.post(
        f"/admin/scenes/draft-scene/history/{number}/restore", headers={"Accept": "application/json"}
    )
    assert answer.status == 404


async def test_contributors_restore_only_drafts(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    await change_lobby(museum, curator, "The painted lobby")
    number = (await revision_ids(museum, "lobby"))[0]
    assert "/restore" not in await (await contributor.get("/admin/scenes/lobby/history")).text()
    answer = await contributor.post(f"/admin/scenes/lobby/history/{number}/restore")
    assert answer.status == 403


async def test_the_audit_says_who_did_what_and_is_taken_away(museum: Museum, log_in: LogIn) -> None:
    curator, administrator = await log_in("curator"), await log_in("administrator")
    assert (await curator.get("/admin/audit")).status == 403
    await change_lobby(museum, curator, "=HYPERLINK(1)")
    await museum.client.post("/admin/login", data={"name": "=cmd", "password": "not at all this"})
    text = await (await administrator.get("/admin/audit?lang=en&record=scene/lobby")).text()
    assert "curator" in text
    assert "Title" in text
    assert "127.0.0.1" in text
    for query, found in (("action=changed", 1), ("person=nobody", 0), ("until=2001-01-01", 0), ("since=2001-01-01", 4)):
        page = await (await administrator.get(f"/admin/audit?{query}")).text()
        assert (page.count("<td data-label") >= found * 5) and (found or "<table" not in page), query
    for days in ("until=9999-12-31", "since=0001-01-01", "since=9999-12-31&until=0001-01-01"):
        assert (await administrator.get(f"/admin/audit?{days}")).status == 200
    chosen = await administrator.get("/admin/audit.json?action=changed&kind=x&session=y&format=z&until=9999-12-31")
    assert [row["action"] for row in json.loads(await chosen.text())] == ["changed"], "by what is done, too"
    answer = await administrator.get("/admin/audit.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    body = (await answer.read()).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    actions = [row["action"] for row in rows]
    assert [action for action in actions if action == "changed"] == ["changed"]
    assert "login-failed" in actions
    failed = rows[actions.index("login-failed")]
    assert failed["slug"] == "'=cmd", "no cell is a formula"
    exported = json.loads(await (await administrator.get("/admin/audit.json")).text())
    assert [row["action"] for row in exported[: len(rows)]] == actions
    assert exported[-1]["action"] == "audit-exported"
