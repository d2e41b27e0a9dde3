"""Drafting, placing and publishing."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from museum.assets.models import Asset
from museum.curation import drafting, placing, publication, readiness, snapshot_rows, usage
from museum.curation.errors import NotAllowed, NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.database import Database
from museum.database.texts import texts_by_field
from museum.scenes.models import Link, Scene, Venue

TITLE = {"title": {"zh-Hans": "大厅", "en": "The Great Hall!"}}


async def make_scene(database: Database, venue: str, title: str) -> str:
    async with database.write() as session:
        found = await drafting.load_venue(session, venue)
        return (await drafting.create_scene(session, found, texts={"title": {"en": title}})).slug


@pytest.fixture
async def hall(database: Database) -> str:
    async with database.write() as session:
        return (await drafting.create_venue(session, kind="hall", texts=TITLE)).slug


async def give_panorama(database: Database, slug: str, state: str = "ready") -> None:
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        asset = Asset(kind="panorama", state=state, digest="0" * 64 if state == "ready" else None)
        session.add(asset)
        await session.flush()
        scene.panorama_id = asset.id


async def test_slugs_never_meet(database: Database, hall: str) -> None:
    assert hall == "the-great-hall"
    async with database.write() as session:
        assert (await drafting.create_venue(session, kind="hall", texts=TITLE)).slug == "the-great-hall-2"
        chinese = await drafting.create_venue(session, kind="site", texts={"title": {"zh-Hans": "鼓楼"}})
        assert chinese.slug == "site"
        with pytest.raises(Refused, match="slug-malformed"):
            await drafting.create_venue(session, kind="hall", texts=TITLE, slug="Not a slug")
        with pytest.raises(Refused, match="title-needed"):
            await drafting.create_venue(session, kind="hall", texts={"title": {"en": "  "}})


async def test_second_save_from_the_same_form_is_overtaken(database: Database, hall: str) -> None:
    slug = await make_scene(database, hall, "Door")
    values = {"year": 1937, "place": None, "north": 370.0}
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        version = scene.version
        await drafting.update_scene(session, scene, version, texts={"title": {"en": "Gate"}}, **values)
    with pytest.raises(Overtaken):
        async with database.write() as session:
            scene = await drafting.load_scene(session, slug)
            await drafting.update_scene(session, scene, version, texts={"title": {"en": "Other"}}, **values)
    async with database.read() as session:
        scene = await drafting.load_scene(session, slug)
    assert texts_by_field(scene.texts)["title"] == {"en": "Gate"}
    assert (scene.year, scene.north) == (1937, 10.0)


async def test_contributor_changes_only_drafts(database: Database, hall: str) -> None:
    slug = await make_scene(database, hall, "Door")
    await give_panorama(database, slug)
    contributor, curator = Person(role="contributor"), Person(role="curator")
    async with database.write() as session:
        await drafting.load_scene(session, slug, contributor)
        venue = await drafting.load_venue(session, hall)
        await publication.publish(session, venue)
        await publication.publish(session, await drafting.load_scene(session, slug, curator))
    async with database.write() as session:
        with pytest.raises(NotAllowed):
            await drafting.load_scene(session, slug, contributor)


async def test_publishing_says_what_is_missing(database: Database, hall: str) -> None:
    slug = await make_scene(database, hall, "Door")
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        assert await readiness.obstacles_of(session, scene) == ["panorama-missing", "venue-unpublished"]
        with pytest.raises(Refused, match="not-publishable"):
            await publication.publish(session, scene)
    await give_panorama(database, slug, "pending")
    async with database.write() as session:
        await publication.publish(session, await drafting.load_venue(session, hall))
        scene = await drafting.load_scene(session, slug)
        assert await readiness.obstacles_of(session, scene) == ["panorama-pending"]
    await give_panorama(database, slug)
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        await publication.publish(session, scene)
        assert scene.state == "published"
        assert scene.venue.entrance_id == scene.id
        with pytest.raises(Refused, match="published-kept"):
            await usage.remove(session, "scene", scene)
        await publication.withdraw(session, scene)
        assert scene.venue.entrance_id is None


@pytest.mark.parametrize(
    ("yaw", "north", "other", "expected"),
    [(0, 0, 0, -180), (90, 0, 0, -90), (-170, 20, 350, 40), (10, 350, 180, 0)],
)
def test_way_back_is_the_opposite_heading(yaw: float, north: float, other: float, expected: float) -> None:
    source, target = Scene(venue_id=1, north=north), Scene(venue_id=1, north=other)
    back = placing.way_back(source, target, yaw)
    assert back == pytest.approx(expected)
    assert drafting.turn((yaw + north) - (back + other)) == pytest.approx(-180)


def test_way_back_on_one_floor_points_at_the_other() -> None:
    source = Scene(venue_id=1, north=0, plan_x=3.0, plan_y=0.0)
    target = Scene(venue_id=1, north=90, plan_x=0.0, plan_y=0.0)
    assert placing.way_back(source, target, 12) == pytest.approx(0), "east is straight on for a scene that faces east"


async def test_link_comes_with_its_way_back_once(database: Database, hall: str) -> None:
    one, two = await make_scene(database, hall, "One"), await make_scene(database, hall, "Two")
    async with database.write() as session:
        scene = await drafting.load_scene(session, one)
        link, back = await placing.add_link(session, scene, target=two, yaw=200, pitch=-10)
        assert (link.kind, link.yaw) == ("walk", -160)
        assert back is not None
        assert back.target_id == scene.id
        _, again = await placing.add_link(session, scene, target=two, yaw=20, pitch=0)
        assert again is None
        with pytest.raises(Refused, match="link-to-itself"):
            await placing.add_link(session, scene, target=one, yaw=0, pitch=0)
        with pytest.raises(NotFound):
            await placing.add_link(session, scene, target="nowhere", yaw=0, pitch=0)
        with pytest.raises(NotFound):
            await placing.add_link(session, scene, target="javascript:alert(1)", yaw=0, pitch=0)
        portal, none = await placing.add_link(session, scene, target="https://elsewhere.example/s", yaw=0, pitch=0)
        assert (portal.kind, none) == ("portal", None)
    async with database.write() as session:
        await usage.remove(session, "scene", await snapshot_rows.load(session, "scene", two))
    async with database.read() as session:
        assert list(await session.scalars(select(Link.target_url))) == ["https://elsewhere.example/s"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere", "http://", "file:///etc/passwd", "http://a b/"]
)
async def test_hotspots_open_only_web_addresses(database: Database, hall: str, address: str) -> None:
    slug = await make_scene(database, hall, "One")
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        with pytest.raises(Refused, match="address-malformed"):
            await placing.add_hotspot(session, scene, kind="web", target=address, yaw=0, pitch=0)
        with pytest.raises(NotFound):
            await placing.add_hotspot(session, scene, kind="artifact", target="none", yaw=0, pitch=0)
        with pytest.raises(Refused, match="title-needed"):
            await placing.add_hotspot(session, scene, kind="text", target="", yaw=0, pitch=0)


@pytest.mark.parametrize("value", ["", "nan", "inf", "-inf", "east", None])
def test_numbers_are_numbers(value: str | None) -> None:
    with pytest.raises(Refused, match="number-needed"):
        drafting.numbers({"yaw": value}, "yaw")


async def test_marks_stay_on_their_things_when_a_photograph_is_put_upright(database: Database, hall: str) -> None:
    slug = await make_scene(database, hall, "Tilted")
    other = await make_scene(database, hall, "Beyond")
    async with database.write() as session:
        scene = await drafting.load_scene(session, slug)
        link, _ = await placing.add_link(session, scene, target=other, yaw=0, pitch=-5)
        words = {"title": {"en": "A note"}}
        spot = await placing.add_hotspot(session, scene, kind="text", target="", yaw=90, pitch=0, texts=words)
        spot.polygon = [[80.0, 5.0], [100.0, 5.0], [100.0, -5.0]]
        await drafting.set_level(session, scene, 10, 0)
        assert (link.yaw, link.pitch) == pytest.approx((0, 5))
        assert (spot.yaw, spot.pitch) == pytest.approx((90, 0))
        await drafting.set_level(session, scene, 0, 0)
        assert (link.yaw, link.pitch) == pytest.approx((0, -5))
        assert spot.polygon == [pytest.approx(corner) for corner in ([80, 5], [100, 5], [100, -5])]
        with pytest.raises(Refused, match="level-range"):
            await drafting.set_level(session, scene, 46, 0)


async def test_venue_slug_is_free_for_its_first_scene(database: Database, hall: str) -> None:
    async with database.write() as session:
        venue = await session.scalar(select(Venue).where(Venue.slug == hall))
        assert venue is not None
        scene = await drafting.create_scene(session, venue, texts={"title": {"zh-Hans": "门"}})
        assert scene.slug == "the-great-hall-1"
