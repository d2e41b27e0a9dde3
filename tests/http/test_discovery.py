"""A harvester follows the museum: it reads the last page, goes back to what it knows, and ends up with what there is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from museum.collection import changes_query
from museum.collection.changes_query import Mark, read_part
from museum.collection.models import Artifact, Exhibition, Image
from museum.curation.audit import Actor
from museum.curation.changes import changing
from museum.curation.usage import remove
from museum.database.base import now
from museum.scenes.models import Scene, Venue
from museum.web.iiif import discovery
from tests.http.conftest import Museum
from tests.http.test_presentation import ROOT, local, walk
from tests.pages_sample import SECRET

COLLECTION = "/iiif/discovery/activity/all-changes"


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait until changes are a minute old."""
    monkeypatch.setattr(discovery, "SETTLING", timedelta(0))


class Harvester:
    """What a program that follows the specification's algorithm, § 3.5, knows of a museum."""

    def __init__(self, museum: Museum) -> None:
        self.museum = museum
        self.known: set[str] = set()
        self.last: str = ""
        self.pages = 0

    async def read(self, path: str) -> Any:
        answer = await self.museum.client.get(path)
        assert answer.status == 200, path
        assert "http://iiif.io/api/discovery/1/context.json" in answer.headers["Content-Type"]
        document = await answer.json(content_type=None)
        assert local(document["id"]) == path
        return document

    async def harvest(self) -> list[tuple[str, str]]:
        """Read what is new; the activities of it, the last first."""
        address = local((await self.read(COLLECTION))["last"]["id"])
        since, seen, told = self.last, set[str](), list[tuple[str, str]]()
        while address:
            page = await self.read(address)
            self.pages += 1
            moments = [item["endTime"] for item in page["orderedItems"]]
            assert moments == sorted(moments)
            for item in reversed(page["orderedItems"]):
                if item["endTime"] <= since:
                    return told
                self.last = max(self.last, item["endTime"])
                what = item["object"]["id"]
                told.append((item["type"], local(what)))
                if what not in seen:
                    seen.add(what)
                    (self.known.discard if item["type"] == "Delete" else self.known.add)(what)
            address = local(page["prev"]["id"]) if "prev" in page else ""
        return told


async def there(museum: Museum) -> set[str]:
    """All manifests that the collections list."""
    return {document["id"] for path, document in (await walk(museum)).items() if path.endswith("/manifest")}


async def one(session: Any, table: Any, slug: str) -> Any:
    return (await session.scalars(select(table).where(table.slug == slug))).one()


async def test_a_harvester_comes_to_know_everything(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = await there(museum)
    for per_page in (500, 30):
        monkeypatch.setattr(discovery, "PER_PAGE", per_page)
        harvester = Harvester(museum)
        told = await harvester.harvest()
        assert harvester.known == listed
        assert (harvester.pages == 1) == (per_page == 500)
        assert ("Create", f"{ROOT}/artifacts/coin-30/manifest") in told
        assert not [what for _, what in told if SECRET in what or "secret" in what or "unseen" in what]
        assert await harvester.harvest() == []


async def test_changes_are_followed(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    # The sample has only just been published: what is saved next is a change all the same.
    monkeypatch.setattr(changes_query, "AT_ONCE", timedelta(0))
    harvester = Harvester(museum)
    await harvester.harvest()
    async with museum.database.write() as session:
        (await one(session, Artifact, "vase")).version += 1
    assert await harvester.harvest() == [("Update", f"{ROOT}/artifacts/vase/manifest")]
    # A photograph is in the manifest of what it shows, a scene in its venue's.
    async with museum.database.write() as session:
        (await one(session, Image, "vase-front")).version += 1
    assert await harvester.harvest() == [("Update", f"{ROOT}/artifacts/vase/manifest")]
    async with museum.database.write() as session:
        (await one(session, Scene, "lobby")).version += 1
    assert sorted(await harvester.harvest()) == [
        ("Update", f"{ROOT}/scenes/lobby/manifest"),
        ("Update", f"{ROOT}/venues/tianjin/manifest"),
    ]
    # What was never shown is not told of.
    async with museum.database.write() as session:
        (await one(session, Artifact, "unseen")).version += 1
        (await one(session, Image, "unseen-photo")).version += 1
    assert await harvester.harvest() == []
    # What is younger than a transaction may be waits.
    settling = timedelta(days=1)
    monkeypatch.setattr(discovery, "SETTLING", settling)
    newcomer = Harvester(museum)
    assert await newcomer.harvest() == []
    async with museum.database.write() as session:
        await session.execute(update(Artifact).values(updated_at=now() - settling - timedelta(seconds=1)))
        (await one(session, Artifact, "vase")).version += 1
    told = await newcomer.harvest()
    assert len(told) == 61
    assert ("Update", f"{ROOT}/artifacts/vase/manifest") not in told


async def test_what_is_withdrawn_is_deleted_and_what_is_published_created(museum: Museum) -> None:
    harvester = Harvester(museum)
    await harvester.harvest()
    shown = now()
    async with museum.database.write() as session:
        for table, slug in ((Artifact, "vase"), (Venue, "tianjin"), (Scene, "lobby"), (Scene, "prologue")):
            (await one(session, table, slug)).published_at = shown
        (await one(session, Exhibition, "planned")).state = "published"
        (await one(session, Exhibition, "planned")).published_at = now()
    assert ("Create", f"{ROOT}/exhibitions/planned/manifest") in await harvester.harvest()
    async with museum.database.write() as session:
        (await one(session, Artifact, "vase")).state = "draft"
        (await one(session, Venue, "tianjin")).state = "draft"
    told = await harvester.harvest()
    assert {f"{kind}/{slug}" for kind, slug in (("artifacts", "vase"), ("venues", "tianjin"), ("scenes", "lobby"))} <= {
        what.removeprefix(f"{ROOT}/").removesuffix("/manifest") for action, what in told if action == "Delete"
    }
    assert harvester.known == await there(museum)
    async with museum.database.write() as session:
        (await one(session, Venue, "tianjin")).state = "published"
    await harvester.harvest()
    assert harvester.known == await there(museum)


async def test_what_is_deleted_for_good_is_told_and_may_come_back(museum: Museum) -> None:
    harvester, sleeper = Harvester(museum), Harvester(museum)
    await harvester.harvest()
    await sleeper.harvest()
    actor = Actor(None, "keeper", "::1")
    async with museum.database.write() as session:
        for slug in ("coin-7", "coin-8"):
            (await one(session, Artifact, slug)).published_at = now() - timedelta(days=1)
            (await one(session, Artifact, slug)).state = "draft"
    await harvester.harvest()
    async with changing(museum.database, actor) as session:
        for slug in ("coin-7", "coin-8", "unseen"):
            record = await session.scalar(
                select(Artifact).where(Artifact.slug == slug).options(selectinload(Artifact.texts))
            )
            await remove(session, "artifact", record)
    gone = [("Delete", f"{ROOT}/artifacts/coin-{number}/manifest") for number in (7, 8)]
    assert sorted(told for told in await harvester.harvest() if told[0] == "Delete") == gone
    assert await harvester.harvest() == []
    assert sorted(told for told in await sleeper.harvest() if told[0] == "Delete") == gone, "who slept hears it too"
    newcomer = Harvester(museum)
    assert "artifacts/unseen" not in str(await newcomer.harvest()), "nobody knew it"
    assert newcomer.known == harvester.known == sleeper.known == await there(museum)
    async with changing(museum.database, actor) as session:
        session.add(
            Artifact(slug="coin-7", category="coin", accession_number="c7", state="published", published_at=now())
        )
    assert ("Create", gone[0][1]) in await harvester.harvest()
    late = Harvester(museum)
    await late.harvest()
    assert late.known == harvester.known == await there(museum)


async def test_nothing_is_missed_while_the_museum_changes_under_the_reader(
    museum: Museum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "PER_PAGE", 25)
    harvester = Harvester(museum)
    original, coins = harvester.read, iter([f"coin-{number}" for number in range(60)] * 2)

    async def read_and_disturb(path: str) -> Any:
        document = await original(path)
        async with museum.database.write() as session:
            for slug in [next(coins, None) for _ in range(10)]:
                if slug is not None:
                    (await one(session, Artifact, slug)).version += 1
        return document

    monkeypatch.setattr(harvester, "read", read_and_disturb)
    await harvester.harvest()
    monkeypatch.setattr(harvester, "read", original)
    told = await harvester.harvest()
    assert harvester.known == await there(museum)
    assert {f"{ROOT}/artifacts/coin-{number}/manifest" for number in range(20)} <= {what for _, what in told}


async def test_moments_that_many_share_are_parted_without_loss(museum: Museum) -> None:
    moment = now() - timedelta(days=1)
    async with museum.database.write() as session:
        for table in (Artifact, Image, Scene, Venue, Exhibition):
            await session.execute(update(table).values(updated_at=moment))
    for limit in (1, 3, 500):
        seen: list[tuple[str, str, Mark]] = []
        async with museum.database.read() as session:
            mark: Mark | None = Mark(10**16)
            while mark is not None:
                part = await read_part(session, mark, now(), limit)
                seen += [(change.kind, change.slug, change.mark) for change in reversed(part.changes)]
                mark = part.before
        assert len(seen) == len(set(seen))
        if limit == 1:
            first = seen
        assert seen == first
    assert {slug for kind, slug, _ in seen if kind == "artifacts"} >= {"vase", "coin-0", "coin-59"}


async def test_pages_lead_forward_too(museum: Museum, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "PER_PAGE", 20)
    harvester = Harvester(museum)
    ends = await harvester.read(COLLECTION)
    address, found = local(ends["first"]["id"]), set[str]()
    pages = [address]
    while address:
        page = await harvester.read(address)
        found |= {item["object"]["id"] for item in page["orderedItems"]}
        address = local(page["next"]["id"]) if "next" in page else ""
        pages.append(address)
    assert found == await there(museum)
    assert "prev" not in await harvester.read(pages[0])
    assert pages[-2] == local(ends["last"]["id"])


async def test_an_empty_museum_and_pages_that_nobody_named(museum: Museum) -> None:
    for path in ("page/x", "page/-1", "page/1.2", "page/1.2.UP", "page/" + "9" * 18, "page/"):
        assert (await museum.client.get(f"/iiif/discovery/activity/{path}")).status == 404, path
    beyond = await museum.client.get("/iiif/discovery/activity/page/99999999999999999")
    assert "next" not in await beyond.json(content_type=None)
    before = await (await museum.client.get("/iiif/discovery/activity/page/0")).json(content_type=None)
    assert before["orderedItems"] == [] and "prev" not in before
    assert isinstance(
        datetime.fromisoformat((await beyond.json(content_type=None))["orderedItems"][0]["endTime"]), datetime
    )
    async with museum.database.write() as session:
        await session.execute(update(Venue).values(entrance_id=None))
        for table in (Image, Scene, Artifact, Exhibition):
            await session.execute(update(table).values(state="draft"))
        await session.execute(update(Venue).values(state="draft"))
    empty = await (await museum.client.get(COLLECTION)).json(content_type=None)
    assert local(empty["first"]["id"]) == local(empty["last"]["id"]) == "/iiif/discovery/activity/page/0"
