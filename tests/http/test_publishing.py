"""What is said beside the button that publishes a record alone."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select, update

from museum.collection.models import Image, ImageText
from museum.scenes.models import Scene, SceneText, Venue
from tests.http.conftest import LogIn, Museum

LEAD = "is not yet written in all languages"


async def missing(client: Any, path: str) -> list[tuple[str, str]]:
    """Where the page says that languages are missing: the addresses, and how many."""
    page = await (await client.get(f"{path}?lang=en")).text()
    told = re.search(r'<div class="todo lacks">(.*?)</div>', page, re.DOTALL)
    assert (told is not None) == (LEAD in page)
    rows = (
        re.findall(r'<li><a href="([^"]+)".*?</a>(?: <span class="row-note">(\d+)</span>)?</li>', told[1])
        if told
        else []
    )
    return [(address.replace("&amp;", "&"), count) for address, count in rows]


async def test_missing_languages_are_named_beside_the_button_that_publishes(museum: Museum, log_in: LogIn) -> None:
    editor, contributor = await log_in("editor"), await log_in("contributor")
    scene, hall = "/admin/scenes/draft-scene", "/admin/venues/closed"
    assert await missing(editor, scene) == []
    assert await missing(editor, hall) == []
    async with museum.database.write() as session:
        for slug in ("draft-scene", "behind-closed"):
            one = (await session.scalars(select(Scene).where(Scene.slug == slug))).one()
            english = SceneText.record_id == one.id, SceneText.language == "en"
            await session.execute(update(SceneText).where(*english).values(value=""))
        image = (await session.scalars(select(Image).where(Image.slug == "secret-image"))).one()
        traditional = ImageText.record_id == image.id, ImageText.field == "alt", ImageText.language != "en"
        await session.execute(update(ImageText).where(*traditional).values(value=""))
        assert (await session.scalars(select(Scene.state).where(Scene.slug == "behind-closed"))).one() == "published"
    assert await missing(editor, scene) == [(f"{scene}/translate/en?only=missing", "")]
    assert await missing(contributor, scene) == [], "she publishes nothing"
    of_hall = "/admin/languages/scene/title/en?state=published&venue=closed"
    assert await missing(editor, hall) == [(of_hall, "1")], "what becomes visible with the hall"
    assert "behind-closed" in await (await editor.get(of_hall)).text()
    alt = {address for address, _ in await missing(editor, "/admin/images/secret-image/review")}
    assert {f"/admin/images/secret-image/translate/{tag}?only=missing" for tag in ("zh-Hans", "zh-Hant")} <= alt
    for address in (f"{scene}/translate/en?only=missing", *alt):
        assert (await editor.get(address)).status == 200
    # It is no obstacle, and once it is public it is told on the first page.
    async with museum.database.read() as session:
        versions = [
            (await session.scalars(select(record.version).where(record.slug == slug))).one()
            for record, slug in ((Scene, "draft-scene"), (Venue, "closed"))
        ]
    for path, version in zip((scene, hall), versions, strict=True):
        assert (await editor.post(f"{path}/publish", data={"version": str(version)})).status == 200
        assert await missing(editor, path) == []
    async with museum.database.read() as session:
        assert set(await session.scalars(select(Venue.state).where(Venue.slug == "closed"))) == {"published"}


async def test_a_title_that_is_nowhere_is_an_obstacle_and_said_once(museum: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    async with museum.database.write() as session:
        one = (await session.scalars(select(Scene).where(Scene.slug == "draft-scene"))).one()
        await session.execute(update(SceneText).where(SceneText.record_id == one.id).values(value=""))
    assert await missing(editor, "/admin/scenes/draft-scene") == []
    assert "Give it a title" in await (await editor.get("/admin/scenes/draft-scene?lang=en")).text()
