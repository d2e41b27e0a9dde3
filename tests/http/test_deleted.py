"""What is deleted: found again by what it was called, and brought back, many at once and in the order in which they need each other."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select

from museum.collection.models import Artifact
from museum.curation import people, returning, snapshot_rows
from museum.curation.models import Revision
from museum.scenes.models import Link, Scene, Venue
from tests.http.conftest import LogIn, Museum

HOME = "/admin/deleted"
ARTIFACTS = "/admin/records/artifacts"


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return html.unescape(await answer.text())


def listed(text: str) -> list[str]:
    return re.findall(r'href="/admin/(?:records/)?\w+/([\w-]+)/history"', text)


async def numbers(museum: Museum, *slugs: str) -> list[str]:
    """Of the deletions of these, in this order."""
    async with museum.database.read() as session:
        query = select(Revision.slug, Revision.id).where(Revision.action == "deleted").order_by(Revision.id)
        found = dict((await session.execute(query)).all())
    return [str(found[slug]) for slug in slugs]


async def make_hall(client: Any, slug: str, *scenes: str) -> None:
    assert (await client.post("/admin/venues", data={"slug": slug, "title:en": f"Hall {slug}"})).status == 200
    for scene in scenes:
        made = await client.post(f"/admin/venues/{slug}/scenes/new", data={"slug": scene, "title:en": f"Scene {scene}"})
        assert made.status == 200


async def make_artifacts(client: Any, *slugs: str) -> None:
    for slug in slugs:
        form = {"slug": slug, "title:zh-Hant": f"青花龍紋 {slug}", "category": "porcelain"}
        made = await client.post(f"{ARTIFACTS}/new", data={**form, "accession_number": f"no {slug}"})
        assert f"/admin/artifacts/{slug}" in str(made.url)


async def delete(client: Any, plural: str, *slugs: str) -> None:
    form = [("action", "delete"), ("sure", "yes"), *(("slug", slug) for slug in slugs)]
    assert (await client.post(f"/admin/records/{plural}", data=form)).status == 200


async def bring_back(client: Any, *ids: str, back: str = HOME) -> Any:
    return await client.post(f"{HOME}?lang=en", data=[("back", back), *(("id", one) for one in ids)])


async def there(museum: Museum, record: Any, *slugs: str) -> set[str]:
    async with museum.database.read() as session:
        return set(await session.scalars(select(record.slug).where(record.slug.in_(slugs))))


async def test_what_is_deleted_is_found_by_kind_person_and_words(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    curator, editor, guest = [await log_in(role) for role in ("curator", "editor", "guest")]
    await make_artifacts(curator, "jar-a", "jar-b", "jar-c")
    await make_hall(curator, "annex", "annex-door")
    await delete(curator, "artifacts", "jar-a", "jar-b", "jar-c")
    await delete(editor, "scenes", "annex-door")
    assert listed(await page(guest, HOME)) == ["annex-door", *("jar-a", "jar-b", "jar-c")[::-1]]
    for query, found in (
        ("kind=scene", {"annex-door"}),
        ("person=editor", {"annex-door"}),
        ("person=curator", {"jar-a", "jar-b", "jar-c"}),
        ("q=JAR-B", {"jar-b"}),
        ("q=青花龙", {"jar-a", "jar-b", "jar-c"}),
        ("q=scene annex", {"annex-door"}),
        ("q=青花龙&kind=scene", set()),
    ):
        assert set(listed(await page(curator, f"{HOME}?{query}"))) == found, query
    nothing = await page(curator, f"{HOME}?q=nowhere")
    assert f'class="button" href="{HOME}"' in nothing, "the filter can be cleared"
    assert 'name="id"' not in await page(guest, HOME), "she only looks"

    monkeypatch.setattr(returning, "PAGE", 2)
    first = await page(curator, f"{HOME}?q=青花龙&lang=en")
    assert listed(first) == ["jar-c", "jar-b"]
    following = re.findall(r'href="(\?[^"]+)" rel="next"', first)
    last = await page(curator, HOME + following[0])
    assert listed(last) == ["jar-a"]
    assert 'rel="next"' not in last
    monkeypatch.setattr(returning, "LOOKED_AT", 2)
    assert "the latest 2 deleted" in await page(curator, f"{HOME}?q=jar-a&lang=en"), "what was not searched is said"
    assert listed(await page(curator, f"{HOME}?q=jar-c&kind=artifact")) == ["jar-c"]


async def test_a_hall_comes_back_before_its_scenes_and_all_of_it_is_taken_back(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    await make_hall(curator, "annex", "annex-door", "annex-yard")
    async with museum.database.write() as session:
        named = {one.slug: one.id for one in await session.scalars(select(Scene))}
        for source in ("lobby", "annex-yard"):
            session.add(Link(source_id=named[source], target_id=named["annex-door"], kind="walk", yaw=17.0, texts=[]))
    await delete(curator, "scenes", "annex-door")
    await delete(curator, "scenes", "annex-yard")
    await delete(curator, "venues", "annex")
    door, yard, hall = await numbers(museum, "annex-door", "annex-yard", "annex")
    path = f"{HOME}?q=annex"
    done = await bring_back(curator, door, yard, hall, back=path)
    assert str(done.url).endswith(path), "the list is as it was"
    text = html.unescape(await done.text())
    assert "Brought back" in text
    assert 'class="notice-line done"' in text
    assert await there(museum, Venue, "annex") == {"annex"}
    assert await there(museum, Scene, "annex-door", "annex-yard") == {"annex-door", "annex-yard"}
    async with museum.database.read() as session:
        for source in ("lobby", "annex-yard"):
            links = (await snapshot_rows.load(session, "scene", source)).links
            assert [link for link in links if link.yaw == 17.0], f"the link of {source}"
    assert listed(await page(curator, HOME)) == []

    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', text)[0]
    assert (await curator.post(undo, data={"back": path})).status == 200
    assert await there(museum, Venue, "annex") == set()
    assert set(listed(await page(curator, path))) == {"annex", "annex-door", "annex-yard"}

    later = await bring_back(contributor, *await numbers(museum, "annex-door"))
    assert "annex-door:" in await later.text(), "its hall is gone, and why it stays is said"
    assert await there(museum, Scene, "annex-door") == set()


async def test_what_cannot_come_back_hinders_no_other(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    await make_artifacts(curator, "jar-a", "jar-b")
    await make_hall(curator, "annex", "annex-door")
    await delete(curator, "scenes", "annex-door")
    await delete(curator, "venues", "annex")
    await delete(curator, "artifacts", "jar-a", "jar-b")
    jar, other, door = await numbers(museum, "jar-a", "jar-b", "annex-door")
    assert (await guest.post(HOME, data={"id": jar})).status == 403
    done = await bring_back(curator, jar, door)
    text = html.unescape(await done.text())
    assert "annex-door:" in text
    assert 'class="notice-line refused"' in text
    assert await there(museum, Artifact, "jar-a", "jar-b") == {"jar-a"}, "the other one of its act was not chosen"
    assert "jar-a: It is there again" in await (await bring_back(curator, jar, other)).text()
    assert await there(museum, Artifact, "jar-a", "jar-b") == {"jar-a", "jar-b"}
    nothing = await curator.post(HOME, headers={"Accept": "application/json"})
    assert nothing.status == 422
    many = [("id", str(number)) for number in range(1, 300)]
    assert (await curator.post(HOME, data=many, headers={"Accept": "application/json"})).status == 422


async def test_one_of_an_act_comes_back_with_what_led_to_it_and_the_other_later(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    await make_hall(curator, "annex", "annex-door", "annex-yard")
    async with museum.database.write() as session:
        named = {one.slug: one.id for one in await session.scalars(select(Scene))}
        for yaw, target in ((17.0, "annex-door"), (71.0, "annex-yard")):
            session.add(Link(source_id=named["lobby"], target_id=named[target], kind="walk", yaw=yaw, texts=[]))
    await delete(curator, "scenes", "annex-door", "annex-yard")

    async def turned() -> set[float]:
        async with museum.database.read() as session:
            links = (await snapshot_rows.load(session, "scene", "lobby")).links
            return {link.yaw for link in links} & {17.0, 71.0}

    assert await turned() == set()
    door, yard = await numbers(museum, "annex-door", "annex-yard")
    text = await (await bring_back(curator, door)).text()
    assert await turned() == {17.0}
    assert 'class="notice-line done"' in text, "nothing is missing: the other is where it was"
    assert listed(text) == ["annex-yard"]
    await bring_back(curator, yard)
    assert await turned() == {17.0, 71.0}


async def test_somebody_of_one_hall_brings_back_what_was_there(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    await make_hall(curator, "annex", "annex-door")
    await make_artifacts(curator, "jar-a")
    await people.set_venue_role(museum.database, "guest", "annex", "contributor")
    await delete(curator, "scenes", "annex-door")
    await delete(curator, "artifacts", "jar-a")
    text = await (await bring_back(guest, *await numbers(museum, "annex-door", "jar-a"))).text()
    assert "jar-a:" in text
    assert await there(museum, Scene, "annex-door") == {"annex-door"}
    assert await there(museum, Artifact, "jar-a") == set(), "that is not her hall's"
