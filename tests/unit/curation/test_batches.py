"""Batches of panoramas: the plan tells the truth, each file becomes one draft, and all of them can be taken back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from museum.assets.models import Original
from museum.assets.originals import keep_original
from museum.assets.store import Store, open_store
from museum.collection.models import Artifact
from museum.curation import audit, batches, batches_query, drafting, floor_plans, people, revisions
from museum.curation.batch_orders import Offered
from museum.curation.batches import Plan
from museum.curation.changes import changing
from museum.curation.errors import NotFound, Refused
from museum.curation.models import BatchFile, Person, Revision, UploadBatch
from museum.curation.overview import title_of
from museum.curation.scene_sheet import Sheet, read_rows
from museum.curation.tables import Table
from museum.database import Database
from museum.database.texts import set_texts
from museum.scenes.models import Floor, Hotspot, Place, Scene

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)


@pytest.fixture
async def person(database: Database) -> Person:
    await people.add_person(database, "mei", "lantern under snow", role="contributor")
    async with database.write() as session:
        await drafting.create_venue(session, kind="hall", texts={"title": {"en": "East hall"}})
        await drafting.create_venue(session, kind="hall", texts={"title": {"en": "West hall", "zh-Hans": "西厅"}})
    async with database.read() as session:
        return (await session.scalars(select(Person))).one()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "store"))


def content(name: str) -> bytes:
    return JPEG + name.encode()


def offered(*names: str) -> list[Offered]:
    return [
        Offered(name, len(content(name)), content(name)[:512], hashlib.sha256(content(name)).hexdigest())
        for name in names
    ]


def sheet(*lines: str) -> Sheet:
    heading, *rows = [line.split("|") for line in lines]
    return read_rows(Table(heading, [(number, row) for number, row in enumerate(rows, 2)]))


async def begin(
    database: Database, person: Person, files: list[Offered], rows: Sheet | None = None, dry_run: bool = False
) -> Plan:
    return await batches.begin(
        database,
        audit.actor_of(person, "192.0.2.1"),
        person,
        "east-hall",
        files,
        rows or Sheet(),
        max_bytes=1000,
        dry_run=dry_run,
    )


async def arrive(database: Database, store: Store, person: Person, batch: str, position: int, body: bytes) -> None:
    path = store.scratch / f"{position}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    original = await keep_original(database, store, path, path.name)
    await batches.take_in(database, audit.actor_of(person, "192.0.2.1"), person, batch, position, original.id)


async def scenes(database: Database) -> list[str]:
    async with database.read() as session:
        return list(await session.scalars(select(Scene.slug).order_by(Scene.venue_id, Scene.position)))


ROWS = (
    "file|title_en|标题|hall|plan_x|plan_y|north|year|place",
    "b.jpg|Stairs|楼梯||1|2|-90||",
    "A.jpg|Lobby|序厅||0|0|||",
    "c.jpg|||西厅|||45|1900|Old gate",
    "d.jpg|Nobody|||||||",
)


async def test_plan_is_what_comes_of_it(database: Database, store: Store, person: Person) -> None:
    names = ("a.jpg", "b.jpg", "c.jpg")
    planned = await begin(database, person, offered(*names), sheet(*ROWS), dry_run=True)
    assert [(line.state, line.scene, line.row) for line in planned.lines] == [
        ("made", "lobby", 3),
        ("made", "stairs", 2),
        ("made", "c", 4),
    ]
    assert [row.file for row in planned.unused] == ["d.jpg"]
    assert planned.batch == ""
    assert await scenes(database) == []
    async with database.read() as session:
        for record in (UploadBatch, BatchFile, Revision, Place):
            assert await session.scalar(select(func.count()).select_from(record)) == 0

    begun = await begin(database, person, offered(*names), sheet(*ROWS))
    assert begun.lines == planned.lines
    assert await scenes(database) == []
    for position in (2, 1, 0):
        await arrive(database, store, person, begun.batch, position, content(names[position]))
    assert await scenes(database) == [line.scene for line in planned.lines], "in the order of the files, not of arrival"
    async with database.read() as session:
        stairs = await drafting.load_scene(session, "stairs")
        assert (stairs.north, stairs.plan_x, stairs.plan_y, stairs.state) == (270.0, 1.0, 2.0, "draft")
        assert title_of(stairs) == {"en": "Stairs", "zh-Hans": "楼梯"}
        gate = await drafting.load_scene(session, "c")
        assert (gate.venue.slug, gate.year, title_of(gate)) == ("west-hall", 1900, {"en": "c"})
        assert await session.scalar(select(Place.slug).where(Place.id == gate.place_id)) == "old-gate"
        rows = await batches_query.file_rows(session, begun.batch)
    assert [(row.state, row.scene) for row in rows] == [("queued", "lobby"), ("queued", "stairs"), ("queued", "c")]


async def test_content_is_recognised(database: Database, store: Store, person: Person) -> None:
    first = await begin(database, person, offered("a.jpg"))
    await arrive(database, store, person, first.batch, 0, content("a.jpg"))
    renamed = Offered("renamed.jpg", 1, JPEG, hashlib.sha256(content("a.jpg")).hexdigest())
    plan = await begin(database, person, [renamed, *offered("b.jpg", "b.jpg")])
    assert [(line.state, line.scene) for line in plan.lines] == [("known", "a"), ("made", "b"), ("double", "")]
    # A browser that may not digest sends it all the same.
    blind = await begin(database, person, [Offered("again.jpg", 10)])
    await arrive(database, store, person, blind.batch, 0, content("a.jpg"))
    async with database.read() as session:
        row = (await batches_query.file_rows(session, blind.batch))[0]
    assert (row.state, row.scene) == ("known", "a")
    assert await scenes(database) == ["a"]


async def test_what_can_be_known_is_said_before(database: Database, store: Store, person: Person) -> None:
    files = [
        Offered("empty.jpg", 0),
        Offered("large.jpg", 5000, JPEG),
        Offered("drawing.pdf", 10, b"%PDF-1.7"),
        Offered("fine.jpg", 10, JPEG),
    ]
    plan = await begin(database, person, files)
    assert [line.code for line in plan.lines] == ["file-empty", "upload-large", "file-kind", ""]
    await arrive(database, store, person, plan.batch, 3, b"GIF89a" + bytes(60))
    async with database.read() as session:
        rows = await batches_query.file_rows(session, plan.batch)
    assert [(row.name, row.state, row.error) for row in rows] == [
        ("fine.jpg", "refused", {"code": "file-kind", "values": {}})
    ]
    with pytest.raises(Refused, match="batch-many"):
        await begin(database, person, [Offered("a.jpg", 1)] * 1001)
    with pytest.raises(NotFound):
        await arrive(database, store, person, "0" * 32, 0, content("a.jpg"))


SPOTS = (
    "文件|标题|title_en|打开|内容|水平角|俯仰角|说明",
    "a.jpg|序厅|Lobby|||||",
    "a.jpg|说明牌|A sign|文字||-90|5|看这里",
    "b.jpg||Left|||||",
    "b.jpg|||artifact|T-1|10||",
    "b.jpg|乙||text||||",
    "b.jpg|丙||text||||",
)


async def test_hotspots_come_with_their_scenes(database: Database, store: Store, person: Person) -> None:
    async with database.write() as session:
        session.add(Artifact(slug="vase", accession_number="T-1", category="porcelain", texts=[]))
    plan = await begin(database, person, offered("a.jpg", "b.jpg"), sheet(*SPOTS))
    assert [(line.state, line.scene, line.spots) for line in plan.lines] == [("made", "lobby", 1), ("made", "left", 3)]
    for position in range(2):
        await arrive(database, store, person, plan.batch, position, content("ab"[position] + ".jpg"))

    async def spots() -> list[tuple[str, float, float, str]]:
        async with database.read() as session:
            query = select(Hotspot).order_by(Hotspot.scene_id, Hotspot.position).options(selectinload(Hotspot.texts))
            found = list(await session.scalars(query))
        return [(one.kind, one.yaw, one.pitch, title_of(one).get("zh-Hans", "")) for one in found]

    made = [("text", -90, 5, "说明牌"), ("artifact", 10, 0, ""), ("text", -15, 0, "乙"), ("text", 15, 0, "丙")]
    assert await spots() == made, "those without a direction stand side by side before the front"
    async with changing(database, audit.actor_of(person, "192.0.2.1"), "undone") as session:
        await batches.take_back(session, plan.batch, person)
    assert await spots() == []


async def test_what_is_wrong_with_a_hotspot_is_said_before(database: Database, person: Person) -> None:
    rows = sheet(
        "file|title_en|opens|target|yaw|north",
        "a.jpg|A||||",
        "a.jpg|Vase|artifact|T-404||",
        "a.jpg|Bowl|artifact|T-405||",
        "b.jpg|B|poem|||",
        "b.jpg||text||200|",
        "b.jpg|C|web||500|3",
    )
    plan = await begin(database, person, offered("a.jpg"), rows)
    assert sorted((fault.line, fault.column, fault.code) for fault in plan.faults) == [
        (3, "target", "no-such-target"),
        (4, "target", "no-such-target"),
        (5, "opens", "opens"),
        (6, "title_en", "spot-untitled"),
        (7, "north", "spot-not-scene"),
        (7, "target", "target-needed"),
        (7, "yaw", "number"),
    ]
    assert [line.state for line in plan.lines] == ["made"], "once they are put right the picture becomes a scene"
    assert plan.batch == ""


async def test_faults_of_the_sheet_keep_it_from_beginning(database: Database, person: Person) -> None:
    rows = sheet("file|展馆|north", "a.jpg|south|1", "b.jpg||fast")
    plan = await begin(database, person, offered("a.jpg", "b.jpg"), rows)
    assert [(fault.line, fault.column, fault.code) for fault in plan.faults] == [
        (3, "north", "number"),
        (2, "展馆", "no-such-venue"),
    ]
    assert plan.batch == ""


async def test_scenes_stand_on_the_floors_that_the_sheet_names(
    database: Database, store: Store, person: Person
) -> None:
    async with database.write() as session:
        venue = await floor_plans.load(session, "east-hall")
        for position, (key, title) in enumerate(
            (
                ("cellar", {"en": "Cellar", "zh-Hant": "地庫"}),
                ("floor-2", {"en": "Long gallery"}),
                ("attic", {"en": "Attic"}),
            )
        ):
            floor = Floor(key=key, position=position, texts=[])
            set_texts(floor, "title", title)
            venue.floors.append(floor)
    named = {"a": "地库", "b": "LONG  gallery", "c": "3", "d": "第2层", "e": "", "f": "attic"}
    rows = sheet("file|楼层|plan_x|plan_y", *(f"{name}.jpg|{floor}|1|2" for name, floor in named.items()))
    plan = await begin(database, person, offered(*(f"{name}.jpg" for name in named)), rows)
    assert plan.faults == []
    for position, name in enumerate(named):
        await arrive(database, store, person, plan.batch, position, content(f"{name}.jpg"))
    async with database.read() as session:
        stands = {scene.slug: scene.floor for scene in await session.scalars(select(Scene))}
    assert stands == {"a": "cellar", "b": "floor-2", "c": "attic", "d": "floor-2", "e": "cellar", "f": "attic"}

    async with database.write() as session:
        venue = await floor_plans.load(session, "east-hall")
        set_texts(next(floor for floor in venue.floors if floor.key == "attic"), "title", {"en": "Cellar"})
    wrong = sheet("file|hall|floor", "g.jpg||4", "h.jpg||cellar", "i.jpg|西厅|Attic")
    plan = await begin(database, person, offered("g.jpg", "h.jpg", "i.jpg"), wrong, dry_run=True)
    floors = [{"en": "Cellar", "zh-Hant": "地庫"}, {"en": "Long gallery"}, {"en": "Cellar"}]
    assert [(fault.line, fault.column, fault.code, fault.values["floors"]) for fault in plan.faults] == [
        (2, "floor", "no-such-floor", floors),
        (3, "floor", "floor-ambiguous", floors),
        (4, "floor", "no-such-floor", [{}]),
    ]


async def test_everything_is_taken_back_and_comes_back(database: Database, store: Store, person: Person) -> None:
    names = [f"{number}.jpg" for number in range(5)]
    plan = await begin(database, person, offered(*names), sheet("file|year|place", "0.jpg|1900|Gate"))
    for position in range(4):
        await arrive(database, store, person, plan.batch, position, content(names[position]))
    made = await scenes(database)
    assert len(made) == 4
    actor = audit.actor_of(person, "192.0.2.1")
    async with changing(database, actor, "undone") as session:
        from museum.curation.changes import act_of

        act = act_of(session)
        done = await batches.take_back(session, plan.batch, person)
    assert sorted(slug for kind, slug in done.records if kind == "scene") == sorted(made)
    assert await scenes(database) == []
    await arrive(database, store, person, plan.batch, 4, content(names[4]))
    assert await scenes(database) == [], "what arrives later makes nothing any more"
    async with database.read() as session:
        rows = await batches_query.file_rows(session, plan.batch)
        assert [row.state for row in rows] == ["gone"] * 5
        assert await session.scalar(select(func.count()).select_from(Original)) == 5
    async with changing(database, actor, "undone") as session:
        await revisions.undo(session, act, person)
    assert await scenes(database) == made
    async with database.read() as session:
        rows = await batches_query.file_rows(session, plan.batch)
    assert [row.state for row in rows][:4] == ["queued"] * 4
