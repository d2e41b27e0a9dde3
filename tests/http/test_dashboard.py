"""The first page says what needs her, whoever she is, and leads there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientPayloadError, ServerDisconnectedError
from sqlalchemy import delete, select

from museum.curation import audit, drafting
from museum.scenes.models import Scene, SceneText
from tests.http.conftest import LogIn, Museum


async def test_reviews_links_and_languages(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    page = await (await curator.get("/admin/?lang=en")).text()
    while "are being counted" in page:
        page = await (await curator.get("/admin/?lang=en")).text()
    assert 'href="/admin/scenes/draft-scene">draft-scene</a>' in page, "a published scene leads to a draft"
    async with museum.database.write() as session:
        scene = await drafting.load_scene(session, "draft-scene")
        version = scene.version
        lobby = (await session.scalars(select(Scene).where(Scene.slug == "lobby"))).one()
        await session.execute(
            delete(SceneText).where(
                SceneText.record_id == lobby.id, SceneText.field == "title", SceneText.language == "en"
            )
        )
    sent = await contributor.post("/admin/scenes/draft-scene/review/send", data={"version": str(version)})
    assert sent.status == 200
    page = await (await curator.get("/admin/?lang=en")).text()
    assert "#review-title" in page
    assert "#review-title" not in await (await contributor.get("/admin/?lang=en")).text(), "it is not hers to publish"
    lacking = await (await curator.get("/admin/languages/scene/title/en?state=published&lang=en")).text()
    assert 'href="/admin/scenes/lobby"' in lacking
    assert 'href="/admin/scenes/prologue"' not in lacking
    for wrong in ("nothing/title/en", "scene/title/fr"):
        assert (await curator.get(f"/admin/languages/{wrong}")).status == 404


async def test_the_audit_is_taken_away_line_by_line(museum: Museum, log_in: LogIn) -> None:
    administrator = await log_in("administrator")
    answer = await administrator.get("/admin/audit.jsonl")
    lines = [json.loads(line) for line in (await answer.text()).splitlines()]
    assert answer.content_type == "application/jsonl"
    assert lines[-1]["action"] == "audit-exported"
    assert [line["id"] for line in lines] == sorted(line["id"] for line in lines)


async def test_an_export_that_breaks_off_does_not_look_whole(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: Any) -> AsyncIterator[Any]:
        raise RuntimeError("the database is gone")
        yield

    monkeypatch.setattr(audit, "all_of", broken)
    administrator = await log_in("administrator")
    answer = await administrator.get("/admin/audit.csv")
    assert answer.status == 200
    with pytest.raises((ClientPayloadError, ServerDisconnectedError)):
        await asyncio.wait_for(answer.read(), 20)
    monkeypatch.undo()
    assert (await administrator.get("/admin/audit.csv")).status == 200
