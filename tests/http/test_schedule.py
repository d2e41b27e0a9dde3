"""Publishing and withdrawing at a moment, and opening a hall as one act."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Artifact
from museum.curation import belongings, drafting, opening, publication, schedule, snapshot_rows
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.models import AuditEvent, Planned, Revision
from museum.curation.snapshots import SHAPES
from museum.database import Database
from museum.database.base import now
from museum.guiding.models import GuidedTour, TourStop
from museum.scenes.models import Hotspot, Link, Place, Scene, SceneText, Venue
from tests.http.conftest import LogIn, Museum
from tests.pages_sample import SECRET

JSON = {"Accept": "application/json"}


def at(**ahead: float) -> str:
    """A moment so far ahead, as a form holds it."""
    return (now() + timedelta(**ahead)).astimezone().strftime("%Y-%m-%dT%H:%M")


async def let_pass(database: Database, action: str) -> None:
    """Have the moment of what is planned come."""
    async with database.write() as session:
        await session.execute(update(Planned).where(Planned.action == action).values(at=now() - timedelta(seconds=1)))


async def status(museum: Museum, path: str) -> int:
    return (await museum.client.get(path)).status


async def test_a_record_is_public_from_a_moment_until_another(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    tile = f"/tiles/{museum.digests['draft-scene']}/0/f/0/0.jpg"
    address = "/admin/scenes/draft-scene/schedule"
    for wrong in ({}, {"publish": "soon"}, {"publish": at(days=-1)}, {"publish": at(days=2), "withdraw": at(days=1)}):
        answer = await curator.post(address, data=wrong, headers=JSON)
        assert answer.status == 422, wrong
    assert (await curator.post(address, data={"withdraw": at(days=1)}, headers=JSON)).status == 422, (
        "it is no more than a draft"
    )
    planned = await curator.post(
        address, data={"publish": at(days=1), "withdraw": at(days=2)}, headers=JSON, allow_redirects=False
    )
    assert planned.status == 303
    page = await (await curator.get("/admin/scenes/draft-scene?lang=en")).text()
    assert "Becomes public" in page
    assert "Will be withdrawn" in page
    assert await schedule.act_on_due(museum.database) == 0
    assert await status(museum, tile) == 404
    await let_pass(museum.database, "publish")
    # Two processes look at once: one of them does it.
    assert sum(await asyncio.gather(*(schedule.act_on_due(museum.database) for _ in range(2)))) == 1
    assert await status(museum, tile) == 200
    await let_pass(museum.database, "withdraw")
    assert await schedule.act_on_due(museum.database) == 1
    assert await status(museum, tile) == 404
    async with museum.database.read() as session:
        query = select(Revision.action, Revision.person).where(Revision.slug == "draft-scene").order_by(Revision.id)
        told = [tuple(row) for row in await session.execute(query)]
    assert told[-2:] == [("published", "curator"), ("withdrawn", "curator")]


async def test_a_plan_may_be_called_off_and_one_that_fails_says_so(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    address = "/admin/scenes/draft-scene/schedule"
    assert (await contributor.post(address, data={"publish": at(days=1)}, headers=JSON)).status == 403
    assert (await curator.post(address, data={"publish": at(days=1)}, headers=JSON)).status == 200
    assert (await contributor.post(f"{address}/publish/cancel", headers=JSON)).status == 403
    assert (await curator.post(f"{address}/publish/cancel", headers=JSON)).status == 200
    assert (await curator.post(f"{address}/publish/cancel", headers=JSON)).status == 404
    assert (await curator.post(address, data={"publish": at(days=1)}, headers=JSON)).status == 200
    async with museum.database.write() as session:
        scene = await drafting.load_scene(session, "draft-scene")
        words = {"version": str(scene.version), "north": "0", "title:en": "Nobody has read this"}
    refused = await contributor.post("/admin/scenes/draft-scene?lang=en", data=words)
    assert refused.status == 422, "nobody would look at it before visitors do"
    assert "becomes public by itself" in await refused.text()
    async with museum.database.write() as session:
        scene = await drafting.load_scene(session, "draft-scene")
        scene.texts.clear()
    await let_pass(museum.database, "publish")
    assert await schedule.act_on_due(museum.database) == 0
    assert await schedule.act_on_due(museum.database) == 0, "what failed is not tried again and again"
    page = await (await curator.get("/admin/scenes/draft-scene?lang=en")).text()
    assert "This could not be done." in page
    assert "Give it a title" in page
    async with museum.database.write() as session:
        session.add(
            Planned(kind="artifact", slug="vanished", action="publish", at=now() + timedelta(1), person="curator")
        )
    for who, status_ in ((contributor, 422), (curator, 303)):
        made = {"slug": "vanished", "title:en": "In its place", "category": "coin", "accession_number": "9"}
        answer = await who.post("/admin/records/artifacts/new", data=made, allow_redirects=False)
        assert answer.status == status_, "what takes the place of something that was deleted would be shown for it"


@pytest.fixture
async def filled(museum: Museum) -> Museum:
    """The hall `closed` has a draft with a hotspot that opens a draft of the collection."""
    async with museum.database.write() as session:
        scene = (await session.scalars(select(Scene).where(Scene.slug == "behind-closed"))).one()
        unseen = (await session.scalars(select(Artifact).where(Artifact.slug == "unseen"))).one()
        scene.state = "draft"
        session.add(Hotspot(scene_id=scene.id, kind="artifact", yaw=3.0, artifact_id=unseen.id))
    return museum


def offered(page: str) -> dict[str, str]:
    """What the page offers to open, with its version, and the rests that it offers as a whole."""
    return dict(re.findall(r'name="((?:take|rest):[^"]+)" value="(\w+)"', page))


async def test_a_hall_opens_as_one_act_or_not_at_all(filled: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    page = await opening_page(editor, "/admin/venues/closed/open?lang=en")
    form: dict[str, Any] = offered(page)
    assert set(form) == {"take:venue:closed", "take:artifact:unseen", "take:scene:behind-closed"}
    assert "/admin/languages/" not in page.partition('class="stack opening"')[0].partition("<h1")[2], (
        "nothing lacks a language"
    )
    async with filled.database.write() as session:
        scene = await drafting.load_scene(session, "behind-closed")
        kept = {text.language: text.value for text in scene.texts}
        scene.texts.clear()
    refused = await editor.post("/admin/venues/closed/open", data=form)
    assert refused.status == 422
    assert "title" in await refused.text()
    for path in ("/venues/closed", "/artifacts/unseen"):
        assert await status(filled, path) == 404, "all or nothing"
    async with filled.database.write() as session:
        scene = await drafting.load_scene(session, "behind-closed")
        drafting.set_texts(scene, "title", kept)
        scene.version += 1
    stale = await editor.post("/admin/venues/closed/open", data=form)
    assert stale.status == 409, "it is not what she saw"
    form = offered(await stale.text())
    done = await editor.post("/admin/venues/closed/open", data=form, headers=JSON, allow_redirects=False)
    assert done.status == 303
    for path in ("/venues/closed", "/artifacts/unseen", "/scenes/behind-closed"):
        assert await status(filled, path) == 200, path
    async with filled.database.read() as session:
        acts = set(await session.scalars(select(Revision.act).where(Revision.action == "published")))
    assert len(acts) == 1
    undone = await editor.post(f"/admin/acts/{acts.pop()}/undo", data={"back": "/admin/"}, allow_redirects=False)
    assert undone.status == 303
    for path in ("/venues/closed", "/artifacts/unseen", "/scenes/behind-closed"):
        assert await status(filled, path) == 404, "one act, one undo"
    async with filled.database.read() as session:
        venue = (await session.scalars(select(Venue).where(Venue.slug == "closed"))).one()
        assert (venue.state, venue.entrance_id) == ("draft", None)
        told = await session.execute(
            select(Revision.kind, Revision.state, Revision.snapshot["state"].as_string(), AuditEvent.action)
            .join(AuditEvent, (AuditEvent.kind == Revision.kind) & (AuditEvent.slug == Revision.slug))
            .where(Revision.action == "undone", AuditEvent.action == "undone")
        )
        assert sorted(told) == [(kind, "draft", "draft", "undone") for kind in ("artifact", "scene", "venue")]


async def tells_the_truth(session: AsyncSession, last: Revision) -> None:
    """The last revision of a record says how it is."""
    record = SHAPES[last.kind].record
    number = (await session.scalars(select(record.id).where(record.slug == last.slug))).one()
    connection = await session.connection()
    kept = (await connection.run_sync(snapshot_rows.read, last.kind, [number]))[number]
    assert (last.snapshot, last.version) == (kept.snapshot, kept.version), last.slug


async def test_what_is_saved_while_a_hall_is_read_is_not_lost_by_opening_it(filled: Museum) -> None:
    records = [("venue", "closed"), ("scene", "behind-closed"), ("artifact", "unseen")]
    known = await opening.look(filled.database, records)
    async with filled.database.read() as session:
        found = select(func.count()).select_from(Revision).where(Revision.action == "found")
        assert await session.scalar(found) == 3, "what they were is written down where no revision said it"
    async with changing(filled.database, CONSOLE) as session:
        drafting.set_texts(await drafting.load_scene(session, "behind-closed"), "title", {"en": "Saved just now"})
    async with changing(filled.database, CONSOLE) as session:
        assert (await opening.publish_all(session, records, known=known)).count == 3
    async with filled.database.read() as session:
        assert await session.scalar(found) == 3
        shown = (await session.scalars(select(Revision).where(Revision.action == "published"))).all()
        for one in shown:
            await tells_the_truth(session, one)
        texts = {one.slug: one.snapshot["texts"] for one in shown}
        assert texts["behind-closed"]["title"]["en"][0] == "Saved just now"


async def test_what_is_fine_in_a_large_hall_opens_by_one_tick(
    filled: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LISTED", 1)
    async with filled.database.write() as session:
        first = (await session.scalars(select(Scene).where(Scene.slug == "behind-closed"))).one()
        first.position = 3
        for position, slug, title in ((1, "bare", ""), (2, "second", "Second"), (4, "third", "Third")):
            scene = Scene(slug=slug, venue_id=first.venue_id, panorama_id=first.panorama_id, position=position)
            scene.texts = [SceneText(field="title", language="en", value=title, folded=title.lower())] if title else []
            session.add(scene)
    editor = await log_in("editor")
    page = await opening_page(editor, "/admin/venues/closed/open?lang=en")
    form: dict[str, Any] = offered(page)
    assert set(form) == {"take:venue:closed", "take:artifact:unseen", "take:scene:bare", "rest:scene"}
    assert "3 more, all of which can be shown" in page
    assert re.search(r'name="take:scene:bare" value="1" disabled>', page), "what can't be shown is not ticked"
    assert "Give it a title in at least one language." in page.partition("take:scene:bare")[2].partition("</li>")[0]
    assert re.search(r'name="rest:scene" value="\w+" checked>', page)
    assert "Visitors would see these 5 things" in page
    assert "1 other can&#39;t be shown yet" in page
    lacks = re.findall(r'href="(/admin/languages/[^"]+)" aria-label="([^"]+)"', page)
    assert lacks == [
        ("/admin/languages/scene/title/zh-Hans?venue=closed", "Scene: Title, 简体中文: 3 missing"),
        ("/admin/languages/scene/title/zh-Hant?venue=closed", "Scene: Title, 繁體中文: 3 missing"),
        ("/admin/languages/scene/title/en?venue=closed", "Scene: Title, English: 1 missing"),
    ]
    refused = await editor.post("/admin/venues/closed/open", data=form)
    assert refused.status == 422, "one that is ticked has no title"
    assert offered(await refused.text()) == form
    del form["take:scene:bare"]
    async with filled.database.write() as session:
        await session.execute(update(Scene).where(Scene.slug == "third").values(version=2))
    stale = await editor.post("/admin/venues/closed/open", data=form)
    assert stale.status == 409, "one of the rest is not what it was"
    form = {name: value for name, value in offered(await stale.text()).items() if name != "take:scene:bare"}
    done = await editor.post("/admin/venues/closed/open?lang=en", data=form, allow_redirects=False)
    assert done.status == 303
    for slug, expected in (("behind-closed", 200), ("second", 200), ("third", 200), ("bare", 404)):
        assert await status(filled, f"/scenes/{slug}") == expected, slug
    async with filled.database.read() as session:
        query = select(Scene.slug, Scene.version, Scene.published_at, Venue.slug).join(
            Venue, Venue.entrance_id == Scene.id
        )
        entrance, version, moment, _ = (await session.execute(query.where(Venue.slug == "closed"))).one()
        assert (entrance, version) == ("second", 2), "the first in the hall's order that is shown"
        assert moment is not None
        revisions_ = await session.execute(
            select(Revision.slug, Revision.version, Revision.changed).where(
                Revision.kind == "scene", Revision.action == "published"
            )
        )
        assert sorted((slug, version, changed) for slug, version, changed in revisions_) == [
            ("behind-closed", 2, ["state"]),
            ("second", 2, ["state"]),
            ("third", 3, ["state"]),
        ]


async def opening_page(client: Any, address: str) -> str:
    """The page, once everything is on it: a busy machine may be looking for some of it still."""
    for _ in range(100):
        page = await (await client.get(address)).text()
        if "data-counting" not in page:
            return page
        await asyncio.sleep(0.05)
    raise AssertionError("it never knew")


def astray(page: str) -> list[str]:
    """The scenes of which the page says that no way leads to them, and how many more there are."""
    part = page.partition('aria-labelledby="astray"')[2].partition("</section>")[0]
    return re.findall(r'href="/admin/scenes/([^"]+)"', part) + re.findall(r"(\d+) more", part)


async def test_scenes_to_which_no_way_leads_are_named_before_a_hall_opens(filled: Museum, log_in: LogIn) -> None:
    async with filled.database.write() as session:
        first = (await session.scalars(select(Scene).where(Scene.slug == "behind-closed"))).one()
        ids: dict[str, int] = dict((await session.execute(select(Scene.slug, Scene.id))).all())
        for number in range(1, 10):
            slug = f"room-{number}"
            # One has been shown before, one can't be shown.
            state = "published" if number == 1 else "draft"
            scene = Scene(slug=slug, venue_id=first.venue_id, position=number, state=state)
            scene.panorama_id = None if number == 2 else first.panorama_id
            scene.texts = [SceneText(field="title", language="en", value=f"Room {number}", folded=slug)]
            session.add(scene)
            await session.flush()
            ids[slug] = scene.id
        for source, target in (
            ("behind-closed", "room-1"),
            ("room-1", "room-3"),
            ("behind-closed", "room-2"),
            ("room-2", "room-4"),
            ("lobby", "room-5"),
            ("draft-scene", "room-6"),
            ("room-8", "room-9"),
            ("room-9", "room-8"),
        ):
            session.add(Link(source_id=ids[source], target_id=ids[target], kind="walk", yaw=0.0))
    editor = await log_in("editor")
    page = await opening_page(editor, "/admin/venues/closed/open?lang=en")
    assert astray(page) == ["room-4", "room-6", "room-7", "room-8", "room-9"], (
        "what is not shown leads nowhere, what lies in an open hall leads in, and a circle is no way there"
    )
    assert "No way leads to 5 scenes" in page
    assert 'href="/admin/venues/closed/neighbours"' in page
    async with filled.database.write() as session:
        place = Place(slug="spot", venue_id=first.venue_id, state="published")
        tour = GuidedTour(slug="round", state="published", stops=[TourStop(scene_id=ids["room-6"], yaw=0.0)])
        session.add_all([place, tour])
        await session.flush()
        moment = update(Scene).where(Scene.slug == "room-7")
        await session.execute(moment.values(place_id=place.id, year=1900))
    assert astray(await opening_page(editor, "/admin/venues/closed/open?lang=en")) == [
        "room-4",
        "room-8",
        "room-9",
    ]
    async with filled.database.write() as session:
        await session.execute(delete(Link).where(Link.source_id == ids["behind-closed"]))
        await session.execute(update(Scene).where(Scene.slug == "behind-closed").values(position=99))
        # The entrance is what comes first in the hall's order and can be shown.
    page = await opening_page(editor, "/admin/venues/closed/open?lang=en")
    assert astray(page) == ["room-4", "room-8", "room-9", "behind-closed"]
    async with filled.database.write() as session:
        await session.execute(delete(Link).where(Link.target_id.in_([ids["room-3"], ids["room-5"]])))
    page = await opening_page(editor, "/admin/venues/closed/open?lang=en")
    assert astray(page) == ["room-3", "room-4", "room-5", "room-8", "room-9", "1"]


async def test_ways_of_a_working_copy_count_as_those_of_its_original(filled: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    page = "/admin/venues/tianjin/open?lang=en"
    async with filled.database.write() as session:
        hidden = await drafting.load_scene(session, "draft-scene")
        fresh = Scene(slug="back-room", venue_id=hidden.venue_id, panorama_id=hidden.panorama_id, position=9)
        fresh.texts = [SceneText(field="title", language="en", value="Back room", folded="back room")]
        session.add(fresh)
    assert astray(await opening_page(editor, page)) == ["back-room"]
    assert (await editor.post("/admin/scenes/lobby/copy", headers=JSON)).status == 200
    async with filled.database.write() as session:
        copy = (await session.scalars(select(Scene.id).where(Scene.slug == "lobby-next"))).one()
        session.add(Link(source_id=copy, target_id=fresh.id, kind="walk", yaw=0.0))
    assert astray(await opening_page(editor, page)) == []


async def test_what_is_shown_is_found_from_above_and_from_below(museum: Museum) -> None:
    async with museum.database.read() as session:
        for root in ("venue", "scene", "exhibition", "activity", "artifact"):
            for number in await session.scalars(select(SHAPES[root].record.id)):
                shown = await belongings.shown_with(session, root, number)
                for kind, shape in SHAPES.items():
                    belongs = belongings.is_shown_with(kind, shape.record, root, number)
                    found = set(await session.scalars(select(shape.record.id).where(belongs)))
                    assert found == shown.get(kind, set()), (root, number, kind)


async def test_a_working_copy_opens_with_its_hall_onto_its_original(filled: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    assert (await editor.post("/admin/scenes/lobby/copy", headers=JSON)).status == 200
    async with filled.database.write() as session:
        copy = await drafting.load_scene(session, "lobby-next")
        drafting.set_texts(copy, "title", {"en": "The lobby by night"})
    form = offered(await opening_page(editor, "/admin/venues/tianjin/open"))
    assert "take:scene:lobby-next" in form
    wanted = {"take:scene:lobby-next": form["take:scene:lobby-next"]}
    assert (await editor.post("/admin/venues/tianjin/open", data=wanted, headers=JSON)).status == 200
    assert "The lobby by night" in await (await filled.client.get("/scenes/lobby?lang=en")).text()
    async with filled.database.read() as session:
        assert await session.scalar(select(Scene.id).where(Scene.slug == "lobby-next")) is None
    # Beside its original, which was taken from visitors meanwhile.
    assert (await editor.post("/admin/scenes/lobby/copy", headers=JSON)).status == 200
    async with changing(filled.database, CONSOLE) as session:
        copy, lobby = [await drafting.load_scene(session, slug) for slug in ("lobby-next", "lobby")]
        drafting.set_texts(copy, "title", {"en": "The lobby at dawn"})
        await publication.withdraw(session, lobby)
    form = offered(await opening_page(editor, "/admin/venues/tianjin/open"))
    wanted = {name: version for name, version in form.items() if name.startswith("take:scene:lobby")}
    assert len(wanted) == 2
    assert (await editor.post("/admin/venues/tianjin/open", data=wanted, headers=JSON)).status == 200
    async with filled.database.read() as session:
        query = select(Revision).where(Revision.kind == "scene", Revision.slug == "lobby").order_by(Revision.id.desc())
        last = (await session.scalars(query.limit(1))).one()
        assert last.snapshot["texts"]["title"]["en"][0] == "The lobby at dawn"
        await tells_the_truth(session, last)


async def test_a_hall_opens_as_a_whole_at_a_moment(filled: Museum, log_in: LogIn) -> None:
    editor, curator = await log_in("editor"), await log_in("curator")
    assert (await curator.get("/admin/venues/closed/open", headers=JSON)).status == 403
    form = offered(await opening_page(editor, "/admin/venues/closed/open"))
    assert (await curator.post("/admin/venues/closed/open", data=form, headers=JSON)).status == 403
    nothing = await editor.post("/admin/venues/closed/open", data={})
    assert nothing.status == 422
    much = await editor.post("/admin/venues/closed/open", data={**form, "take:scene:draft-scene": "1"})
    assert much.status == 409, "nothing that the page did not offer"
    done = await editor.post("/admin/venues/closed/open", data={**form, "publish": at(days=1)}, headers=JSON)
    assert done.status == 200
    assert await status(filled, "/venues/closed") == 404
    # Another moment, or both, and still all of it goes along.
    for moments in ({"publish": at(days=2)}, {"publish": at(days=3), "withdraw": at(days=4)}):
        moved = await editor.post("/admin/venues/closed/schedule", data=moments, headers=JSON)
        assert moved.status == 200
    await let_pass(filled.database, "publish")
    assert await schedule.act_on_due(filled.database) == 1
    for path in ("/venues/closed", "/artifacts/unseen", "/scenes/behind-closed"):
        assert await status(filled, path) == 200, path
    async with filled.database.read() as session:
        assert (await session.scalars(select(Venue.published_at).where(Venue.slug == "closed"))).one() is not None


async def test_what_is_deleted_before_a_hall_opens_hinders_nothing_else(filled: Museum, log_in: LogIn) -> None:
    editor = await log_in("editor")
    form = offered(await opening_page(editor, "/admin/venues/closed/open"))
    planned = {**form, "publish": at(days=1), "withdraw": at(days=2)}
    assert (await editor.post("/admin/venues/closed/open", data=planned, headers=JSON)).status == 200
    delete = {"action": "delete", "sure": "yes", "slug": "unseen"}
    assert (await editor.post("/admin/records/artifacts", data=delete, headers=JSON)).status == 200
    await let_pass(filled.database, "publish")
    assert await schedule.act_on_due(filled.database) == 1
    assert await schedule.act_on_due(filled.database) == 0, "it is done once"
    for path in ("/venues/closed", "/scenes/behind-closed"):
        assert await status(filled, path) == 200, path
    for path in ("/admin/", "/admin/venues/closed"):
        page = await (await editor.get(f"{path}?lang=en")).text()
        assert "One thing of it was no longer there and was left out" in page
        named = re.search(r'href="/admin/artifacts/unseen/history">\s*artifact\s+([^<]+)', page, re.IGNORECASE)
        assert named is not None
        assert SECRET in named[1], "by the title that it had"
    assert "publish-left-out" in await (await editor.get("/admin/audit?action=publish-left-out")).text()
    away = "/admin/venues/closed/schedule/publish/cancel"
    read = await editor.post(away, data={"back": "/admin/"}, allow_redirects=False)
    assert (read.status, read.headers["Location"]) == (303, "/admin/")
    assert "was left out" not in await (await editor.get("/admin/?lang=en")).text()
    # Another one may be planned, and that the hall closes again still is.
    async with filled.database.read() as session:
        assert list(await session.scalars(select(Planned.action))) == ["withdraw"]


async def test_records_of_all_kinds_are_looked_at_and_published_on_one_page(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    for kind, slug in (
        ("artifacts", "unseen"),
        ("images", "secret-image"),
        ("exhibitions", "planned"),
        ("activities", "secret-activity"),
        ("places", "station"),
        ("models", "vase-model"),
    ):
        page = await curator.get(f"/admin/{kind}/{slug}/review")
        assert page.status == 200, kind
    address = "/admin/artifacts/unseen/review"
    assert (await curator.post(f"{address}/publish", data={"version": "1"}, headers=JSON)).status == 200
    assert await status(museum, "/artifacts/unseen") == 200
    assert (await curator.post(f"{address}/withdraw", data={"version": "1"}, headers=JSON)).status == 409
    assert (await curator.post(f"{address}/withdraw", data={"version": "2"}, headers=JSON)).status == 200
    assert await status(museum, "/artifacts/unseen") == 404
