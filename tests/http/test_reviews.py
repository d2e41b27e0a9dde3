"""What waits for review: all of it, by kind and hall, published or sent back together, and taken back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select, update

from museum.collection.models import Artifact
from museum.curation import people, review
from museum.scenes.models import Scene, Venue
from tests.http.conftest import LogIn, Museum

HOME = "/admin/reviews"


async def page(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return html.unescape(await answer.text())


def listed(text: str) -> list[str]:
    return re.findall(r'class="row-title" href="/admin/(?:\w+/)?(\w+/[\w-]+)(?:/review)?"', text)


async def make_artifacts(client: Any, *slugs: str) -> None:
    """Artifacts that are sent for review."""
    for slug in slugs:
        form = {"slug": slug, "title:en": slug, "category": "porcelain", "accession_number": slug}
        assert (await client.post("/admin/records/artifacts/new", data=form)).status == 200
        sent = await client.post("/admin/records/artifacts", data={"slug": slug, "action": "send"})
        assert sent.status == 200


async def states(museum: Museum, record: Any, *slugs: str) -> list[str]:
    async with museum.database.read() as session:
        found = dict((await session.execute(select(record.slug, record.state))).all())
        return [found[slug] for slug in slugs]


async def act(client: Any, action: str, *records: str, body: str = "", back: str = HOME) -> Any:
    fields = [("action", action), ("body", body), ("back", back), *(("record", one) for one in records)]
    return await client.post(f"{HOME}?lang=en", data=fields)


async def test_all_that_waits_is_seen_by_kind_and_hall(
    museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    curator = await log_in("curator")
    await make_artifacts(curator, "jar-a", "jar-b", "jar-c")
    await curator.post("/admin/records/scenes", data={"slug": "draft-scene", "action": "send"})
    monkeypatch.setattr(review, "PAGE", 2)
    first = await page(curator, HOME)
    assert listed(first) == ["artifacts/jar-a", "artifacts/jar-b"], "what waits longest comes first"
    assert 'href="?page=2" rel="next"' in first
    last = await page(curator, f"{HOME}?page=2")
    assert listed(last) == ["artifacts/jar-c", "scenes/draft-scene"]
    assert 'rel="next"' not in last
    assert listed(await page(curator, f"{HOME}?kind=artifact&page=2")) == ["artifacts/jar-c"]
    both = [listed(await page(curator, f"{HOME}?venue={hall}")) for hall in ("closed", "tianjin")]
    assert sorted(both) == [[], ["scenes/draft-scene"]], "it is in one of the two"
    nothing = await page(curator, f"{HOME}?kind=tour")
    assert f'class="button" href="{HOME}"' in nothing, "the filter can be cleared"


async def test_many_are_published_and_taken_back(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    await make_artifacts(contributor, "jar-a", "jar-b", "jar-c")
    path = f"{HOME}?kind=artifact"
    assert 'name="record"' not in await page(contributor, path), "it is not hers to publish"
    refused = await act(contributor, "publish", "artifact/jar-a")
    assert "jar-a:" in await refused.text()
    assert await states(museum, Artifact, "jar-a") == ["review"]
    await make_ready(museum, "jar-a", "jar-b")
    done = await act(curator, "publish", "artifact/jar-a", "artifact/nothing", "artifact/jar-b", back=path)
    text = html.unescape(await done.text())
    assert str(done.url).endswith(path)
    assert "nothing:" in text, "what can't be done hinders no other"
    assert await states(museum, Artifact, "jar-a", "jar-b", "jar-c") == ["published", "published", "review"]
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', text)[0]
    await curator.post(undo, data={"back": path})
    assert await states(museum, Artifact, "jar-a", "jar-b", "jar-c") == ["review"] * 3


async def test_many_are_sent_back_with_one_comment(museum: Museum, log_in: LogIn) -> None:
    curator, contributor, guest = [await log_in(role) for role in ("curator", "contributor", "guest")]
    await make_artifacts(contributor, "jar-a", "jar-b")
    await contributor.post("/admin/records/scenes", data={"slug": "draft-scene", "action": "send"})
    assert (await guest.post(HOME, data={"record": "artifact/jar-a", "action": "return"})).status == 403
    records = ("artifact/jar-a", "scene/draft-scene", "artifact/vase")
    text = html.unescape(await (await act(curator, "return", *records, body="Say how old it is.")).text())
    assert "2 sent back." in text
    assert "vase:" in text, "it is not in review"
    assert await states(museum, Artifact, "jar-a", "jar-b", "vase") == ["draft", "review", "published"]
    assert await states(museum, Scene, "draft-scene") == ["draft"]
    async with museum.database.read() as session:
        for kind, slug in (("artifact", "jar-a"), ("scene", "draft-scene")):
            said = (await review.comments(session, kind, slug))[-1]
            assert (said.word, said.body, said.person) == ("returned", "Say how old it is.", "curator")
    assert "Say how old it is." in await page(contributor, "/admin/?lang=en"), "it is hers to put right"
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', text)[0]
    await curator.post(undo, data={"back": HOME})
    assert await states(museum, Artifact, "jar-a") == ["review"]
    for form in ({"action": "return"}, {"action": "delete", "record": "artifact/jar-a"}):
        answer = await curator.post(HOME, data=form, headers={"Accept": "application/json"})
        assert answer.status == 422
    assert await states(museum, Artifact, "jar-a") == ["review"]


async def test_whoever_may_publish_in_one_hall_publishes_there_only(museum: Museum, log_in: LogIn) -> None:
    contributor, guest = await log_in("contributor"), await log_in("guest")
    await make_artifacts(contributor, "jar-a")
    await contributor.post("/admin/records/scenes", data={"slug": "draft-scene", "action": "send"})
    async with museum.database.read() as session:
        query = select(Venue.slug).join(Scene, Scene.venue_id == Venue.id).where(Scene.slug == "draft-scene")
        hall = (await session.scalars(query)).one()
    await people.set_venue_role(museum.database, "guest", hall, "curator")
    boxes = re.findall(r'name="record" value="([^"]+)"', await page(guest, HOME))
    assert boxes == ["scene/draft-scene"]
    text = html.unescape(await (await act(guest, "return", "artifact/jar-a", "scene/draft-scene")).text())
    assert "jar-a:" in text
    assert await states(museum, Artifact, "jar-a") == ["review"]
    assert await states(museum, Scene, "draft-scene") == ["draft"]


async def make_ready(museum: Museum, *slugs: str) -> None:
    """Nothing stands in the way of their publication: as old as the vase."""
    async with museum.database.write() as session:
        vase = (await session.scalars(select(Artifact).where(Artifact.slug == "vase"))).one()
        values = {"edtf": vase.edtf, "year_from": vase.year_from, "year_to": vase.year_to, "grade": vase.grade}
        await session.execute(update(Artifact).where(Artifact.slug.in_(slugs)).values(values))
