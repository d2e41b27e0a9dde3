"""Every change is a revision, restoring brings back what was with its relations, and the audit keeps what was done."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

from museum.assets.models import Asset
from museum.collection.models import Artifact, Exhibition, ExhibitionItem, ExhibitionSection, Image, Model
from museum.curation import audit, changes, drafting, placing, publication, returning, revisions, snapshot_rows, usage
from museum.curation.audit import Actor
from museum.curation.changes import changing
from museum.curation.errors import NotAllowed, NotFound, Overtaken, Refused
from museum.curation.models import AuditEvent, Person, Revision
from museum.curation.snapshots import SHAPES
from museum.curation.visibility import image_is_visible, model_is_visible
from museum.database import Database
from museum.database.texts import set_texts
from museum.scenes.models import Hotspot, Scene, Venue
from tests.support import unguard_audit

MEI = Actor(None, "Mei", "192.0.2.7")
CURATOR, CONTRIBUTOR = Person(role="curator"), Person(role="contributor")


async def build(database: Database) -> None:
    """A hall with two linked scenes, a vase on a hotspot of the one and in an exhibition; made where nobody watched."""
    async with database.write() as session:
        hall = await drafting.create_venue(session, kind="hall", texts={"title": {"en": "Hall", "zh-Hans": "大厅"}})
        vase = Artifact(slug="vase", accession_number="1", category="porcelain", texts=[])
        set_texts(vase, "title", {"en": "Vase"})
        photograph = Image(slug="photo", category="porcelain", artifact=vase, texts=[])
        show = Exhibition(slug="show", texts=[], cover=photograph)
        show.sections = [ExhibitionSection(texts=[], items=[ExhibitionItem(artifact=vase)])]
        session.add_all([vase, photograph, show])
        for title in ("One", "Two"):
            await drafting.create_scene(session, hall, texts={"title": {"en": title}})
        one = await drafting.load_scene(session, "one")
        await placing.add_link(session, one, target="two", yaw=10, pitch=0, texts={"title": {"en": "On"}})
        await placing.add_hotspot(session, one, kind="artifact", target="vase", yaw=30, pitch=5)
        hall.entrance_id = (await drafting.load_scene(session, "two")).id


async def snapshots(database: Database) -> dict[tuple[str, str], Any]:
    """All records as they are, parts without their numbers."""
    found: dict[tuple[str, str], Any] = {}
    async with database.read() as session:
        connection = await session.connection()
        for kind, shape in SHAPES.items():
            ids = list(await session.scalars(select(shape.record.id)))
            for kept in (await connection.run_sync(snapshot_rows.read, kind, ids)).values():
                found[kind, kept.slug] = without_numbers(kept.snapshot)
    return found


def without_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_numbers(one) for name, one in value.items() if name != "id"}
    return [without_numbers(one) for one in value] if isinstance(value, list) else value


async def story(database: Database, kind: str, slug: str) -> list[str]:
    async with database.read() as session:
        return [one.action for one in (await revisions.history(session, kind, slug))[0]][::-1]


async def test_every_save_is_a_revision(database: Database) -> None:
    await build(database)
    async with changing(database, MEI) as session:
        scene = await drafting.load_scene(session, "one", CURATOR)
        await drafting.update_scene(
            session, scene, scene.version, texts={"title": {"en": "Uno"}}, year=1900, place=None, north=0
        )
    async with changing(database, MEI) as session:
        scene = await drafting.load_scene(session, "one", CURATOR)
        drafting.set_first_view(scene, 0, 0, 75)  # nothing changes but the count of saves
    async with database.read() as session:
        found, more = await revisions.history(session, "scene", "one")
        assert [one.action for one in found] == ["changed", "found"]
        assert not more
        assert found[0].changed == ["year", "texts.title.en"]
        assert (found[0].person, found[1].person) == ("Mei", "")
        was = await revisions.get(session, found[1].id)
        assert was.snapshot["texts"]["title"] == {"en": ["One", "source"]}
        assert was.snapshot["links"][0]["target"] == "two"
        assert await revisions.snapshot_at(session, "scene", "one", was.version) == was.snapshot
        assert await revisions.last_person(session, "scene", "one") == "Mei"


async def test_what_changed_unwatched_is_noticed(database: Database) -> None:
    await build(database)
    for north in (1.0, 2.0):
        async with changing(database, MEI) as session:
            (await drafting.load_scene(session, "one")).north = north
        async with database.write() as session:
            await session.execute(update(Scene).values(north=7.0))
    assert await story(database, "scene", "one") == ["found", "changed", "found", "changed"]
    async with changing(database, MEI) as session:
        ids = list(await session.scalars(select(Scene.id)))
        await changes.watch(session, "scene", ids)
        await session.execute(update(Scene).values(north=9.0))
    assert (await story(database, "scene", "one"))[-1] == "changed"
    async with database.read() as session:
        scene = await drafting.load_scene(session, "one")
        latest = (await revisions.history(session, "scene", "one"))[0][0]
        assert scene.version == latest.version, "a form made before counts as overtaken"


async def test_a_failed_transaction_leaves_no_revision(database: Database) -> None:
    await build(database)
    with pytest.raises(RuntimeError):
        async with changing(database, MEI) as session:
            (await drafting.load_scene(session, "one")).north = 5.0
            await session.flush()
            raise RuntimeError
    assert await story(database, "scene", "one") == []


async def test_restoring_makes_a_new_revision(database: Database) -> None:
    await build(database)
    before = await snapshots(database)
    async with changing(database, MEI) as session:
        scene = await drafting.load_scene(session, "one", CURATOR)
        scene.north = 33.0
        for hotspot in await session.scalars(select(Hotspot)):
            await placing.remove(session, scene, await placing.load_hotspot(session, scene, hotspot.id))
        link = (await snapshot_rows.load(session, "scene", "one")).links[0]
        placing.move(scene, link, yaw=90, pitch=0, texts={"title": {"en": "Elsewhere"}})
    async with database.read() as session:
        first = (await revisions.history(session, "scene", "one"))[0][-1].id
    async with changing(database, MEI, "restored") as session:
        with pytest.raises(Overtaken):
            await revisions.restore(session, await revisions.get(session, first), CURATOR, 1)
        version = (await drafting.load_scene(session, "one")).version
        done = await revisions.restore(session, await revisions.get(session, first), CURATOR, version)
        assert (done.records, done.lost) == ([("scene", "one")], [])
    assert await snapshots(database) == before
    assert await story(database, "scene", "one") == ["found", "changed", "restored"]


async def remove(database: Database, kind: str, slug: str) -> str:
    async with changing(database, MEI) as session:
        await usage.remove(session, kind, await snapshot_rows.load(session, kind, slug, change=True))
        return changes.act_of(session)


@pytest.mark.parametrize(("kind", "slug"), [("scene", "two"), ("artifact", "vase"), ("image", "photo")])
async def test_what_was_deleted_comes_back_with_what_led_to_it(database: Database, kind: str, slug: str) -> None:
    await build(database)
    before = await snapshots(database)
    async with database.read() as session:
        record = await snapshot_rows.load(session, kind, slug)
        assert await usage.uses_of(session, kind, record.id)
    act = await remove(database, kind, slug)
    after = await snapshots(database)
    assert (kind, slug) not in after
    async with database.read() as session:
        assert [one.slug for one, _ in (await returning.page_of(session, returning.Search())).rows] == [slug]
    # Somebody does something else meanwhile, which stays.
    async with changing(database, MEI) as session:
        scene = await drafting.load_scene(session, "one")
        scene.north = 45.0
        await placing.add_hotspot(session, scene, kind="text", target="", yaw=1, pitch=1, texts={"title": {"en": "T"}})
    async with changing(database, MEI, "restored") as session:
        done = await revisions.undo(session, act, CURATOR)
    assert (kind, slug) in done.records
    assert (done.lost, done.kept) == ([], [])
    now = await snapshots(database)
    assert now["scene", "one"].pop("north") == 45.0
    del before["scene", "one"]["north"]
    (added,) = [spot for spot in now["scene", "one"]["hotspots"] if spot["kind"] == "text"]
    now["scene", "one"]["hotspots"].remove(added)
    assert now == before
    async with database.read() as session:
        assert (await returning.page_of(session, returning.Search())).rows == []


async def test_restoring_from_the_history_of_a_deleted_record(database: Database) -> None:
    await build(database)
    async with changing(database, MEI) as session:
        (await drafting.load_scene(session, "two")).north = 12.0
    await remove(database, "scene", "two")
    async with database.read() as session:
        found = (await revisions.history(session, "scene", "two"))[0]
    assert [one.action for one in found] == ["deleted", "changed", "found"]
    async with changing(database, MEI, "restored") as session:
        with pytest.raises(Refused, match="revision-empty"):
            await revisions.restore(session, await revisions.get(session, found[0].id), CURATOR)
        await revisions.restore(session, await revisions.get(session, found[-1].id), CURATOR)
    now = await snapshots(database)
    assert now["scene", "two"]["north"] == 0.0
    assert now["scene", "one"]["links"][0]["target"] == "two"
    assert now["venue", "hall"]["entrance"] == "two"


async def test_undoing_what_somebody_has_changed_since_keeps_hers(database: Database) -> None:
    await build(database)

    async def turn(north: float) -> str:
        async with changing(database, MEI) as session:
            for slug in ("one", "two"):
                (await drafting.load_scene(session, slug)).north = north
            return changes.act_of(session)

    act = await turn(20.0)
    async with changing(database, MEI) as session:
        (await drafting.load_scene(session, "two")).north = 99.0
    async with changing(database, MEI, "undone") as session:
        done = await revisions.undo(session, act, CURATOR)
    assert (done.records, done.kept) == ([("scene", "one")], [("scene", "two")])
    now = await snapshots(database)
    assert (now["scene", "one"]["north"], now["scene", "two"]["north"]) == (0.0, 99.0)
    async with changing(database, MEI) as session:
        with pytest.raises(NotFound):
            await revisions.undo(session, "none", CURATOR)


async def test_undoing_what_was_made_removes_it(database: Database) -> None:
    await build(database)
    before = await snapshots(database)
    async with changing(database, MEI) as session:
        hall = await drafting.load_venue(session, "hall")
        await drafting.create_scene(session, hall, texts={"title": {"en": "Three"}})
        three = await drafting.load_scene(session, "three")
        await placing.add_link(session, three, target="one", yaw=0, pitch=0)
        act = changes.act_of(session)
    assert await story(database, "scene", "three") == ["made"]
    assert await story(database, "scene", "one") == ["found", "changed"]
    async with changing(database, MEI, "undone") as session:
        await revisions.undo(session, act, CURATOR)
    assert await snapshots(database) == before
    assert await story(database, "scene", "three") == ["made", "deleted"]


async def test_photographs_of_what_was_never_shown_stay_hidden_without_it(database: Database) -> None:
    """Undoing what made an artifact leaves the photographs that it got since: published, and seen by nobody as long as it was a draft."""
    async with changing(database, MEI) as session:
        vase = Artifact(slug="vase", accession_number="1", category="porcelain", texts=[])
        set_texts(vase, "title", {"en": "Vase"})
        session.add(vase)
        act = changes.act_of(session)
    async with changing(database, MEI) as session:
        asset = Asset(kind="image", state="ready", digest="0" * 64, info={}, blobs=[])
        photograph = Image(
            slug="photo", category="porcelain", artifact_id=vase.id, asset=asset, state="published", texts=[]
        )
        model = Model(slug="cast", artifact_id=vase.id, asset=asset, state="published", texts=[], annotations=[])
        session.add_all([photograph, model])

    async def shown() -> list[str]:
        async with database.read() as session:
            images = await session.scalars(select(Image.slug).where(image_is_visible()))
            models = await session.scalars(select(Model.slug).where(model_is_visible()))
            return [*images, *models]

    assert await shown() == []
    async with changing(database, MEI, "undone") as session:
        await revisions.undo(session, act, CURATOR)
    assert await shown() == []
    assert await story(database, "image", "photo") == ["made", "undone"]
    async with database.read() as session:
        assert (await session.execute(select(Image.artifact_id, Image.state))).one() == (None, "draft")


async def test_undoing_asks_who_does_it(database: Database) -> None:
    await build(database)
    async with changing(database, MEI) as session:
        hall = await drafting.load_venue(session, "hall")
        await publication.publish(session, hall)
        act = changes.act_of(session)
    assert await story(database, "venue", "hall") == ["found", "published"]
    async with changing(database, MEI) as session:
        with pytest.raises(NotAllowed):
            await revisions.undo(session, act, CONTRIBUTOR)
    async with changing(database, MEI) as session:
        await revisions.undo(session, act, CURATOR)
    async with database.read() as session:
        assert await session.scalar(select(Venue.state)) == "draft"


async def test_a_record_that_others_need_stays(database: Database) -> None:
    await build(database)
    async with changing(database, MEI) as session:
        with pytest.raises(Refused, match="record-held"):
            await usage.remove(session, "venue", await snapshot_rows.load(session, "venue", "hall"))
    async with database.read() as session:
        hall = await session.scalar(select(Venue.id))
        assert hall is not None
        uses = await usage.uses_of(session, "venue", hall)
    assert [(use.kind, use.count, use.holds, list(use.titles)) for use in uses] == [("scene", 2, True, ["one", "two"])]


async def test_nobody_changes_the_audit(database: Database) -> None:
    await build(database)
    for north in (1.0, 2.0, 3.0):
        async with changing(database, MEI) as session:
            (await drafting.load_scene(session, "one")).north = north
            changes.note(session, "previewed", "scene", "one", days=3)
    async with database.read() as session:
        events, more = await audit.page_of(session, audit.Filter(record="scene/one"), 1)
        assert (len(events), more) == (6, False)
        assert [event.action for event in events[:2]] == ["changed", "previewed"]
        assert (events[0].person, events[0].address) == ("Mei", "192.0.2.7")
        assert events[0].detail["changed"] == ["north"]
        assert await audit.first_broken(session) is None
    for statement in ("UPDATE audit_event SET person = 'Tao'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="only be added to"):
            async with database.write() as session:
                await session.execute(text(statement))
    # Somebody with the database's own password takes the trigger away: the chain tells.
    async with database.write() as session:
        await unguard_audit(session)
        third = (await session.scalars(select(AuditEvent.id).order_by(AuditEvent.id))).all()[2]
        await session.execute(update(AuditEvent).where(AuditEvent.id == third).values(person="Tao"))
    async with database.read() as session:
        assert await audit.first_broken(session) == third
        assert await session.scalar(select(Revision.id).limit(1))
