"""A hall's floor plans: scenes put onto them, floors arranged, ways proposed; never at anybody's cost, and by nobody who may not."""

from __future__ import annotations

import asyncio
import io
from typing import Any

from aiohttp import FormData
from PIL import Image as Picture
from sqlalchemy import func, select

from museum.assets.models import Asset
from museum.curation.models import Revision
from museum.curation.visibility import digest_is_public
from museum.scenes.models import Floor, Link, Scene, Venue
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}
FLOOR = {"floor/up/order": [None, 1], "floor/up/title/en": ["", "Upstairs"], "floor/up/frame": [None, [1, 2, 30, -20]]}


async def hall_of(museum: Museum) -> str:
    async with museum.database.read() as session:
        query = select(Venue.slug).join(Scene, Scene.venue_id == Venue.id).where(Scene.slug == "lobby")
        return (await session.scalars(query)).one()


async def read(client: Any, hall: str) -> dict[str, Any]:
    answer = await client.get(f"/admin/venues/{hall}/plan.json", headers=JSON)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def put(client: Any, hall: str, changes: Any, **more: Any) -> tuple[int, dict[str, Any]]:
    address = f"/admin/venues/{hall}/plan.json"
    answer = await client.put(address, json={"changes": changes, **more}, headers=JSON)
    return answer.status, await answer.json()


async def test_scenes_and_floors_are_arranged_and_kept_as_one_entry_of_a_sitting(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    curator = await log_in("curator")
    page = await read(curator, hall)
    leaves = page["leaves"]
    assert leaves["floor/main/order"] == 0, "a hall that nobody has arranged has one floor"
    assert {"lobby", "prologue"} <= {scene["slug"] for scene in page["scenes"]}
    assert ["lobby", "prologue"] in page["links"]
    assert await put(curator, hall, FLOOR, sitting="s") == (200, {})
    sheet = "\ufefffile,floor\na.jpg,upstairs\nb.jpg,3\n"
    told = await curator.post(
        f"/admin/venues/{hall}/upload?lang=zh-Hans", data={"sheet": io.BytesIO(sheet.encode()), "check": "1"}
    )
    assert "第 3 行“floor”列：这个展馆没有楼层“3”。请写其中之一：1、2 (Upstairs)" in await told.text()
    empty = await curator.get("/admin/uploads/sheet.csv?lang=zh-Hant")
    assert (await empty.text()).startswith("\ufeff檔案,")
    at, north = leaves["scene/lobby/at"], leaves["scene/lobby/north"]
    moved = {"scene/lobby/at": [at, ["up", 7.25, -1.5]], "scene/lobby/north": [north, 123.0]}
    assert (await put(curator, hall, moved, sitting="s"))[0] == 200
    again = {"scene/lobby/at": [["up", 7.25, -1.5], ["up", 8, 0]]}
    assert (await put(curator, hall, again, sitting="s"))[0] == 200
    now = (await read(curator, hall))["leaves"]
    assert (now["scene/lobby/at"], now["scene/lobby/north"]) == (["up", 8.0, 0.0], 123.0)
    assert (now["floor/up/frame"], now["floor/up/title/en"]) == ([1.0, 2.0, 30.0, -20.0], "Upstairs")
    async with museum.database.read() as session:
        acts = (await session.scalars(select(Revision.act).where(Revision.slug == "lobby", Revision.act != ""))).all()
        assert len(set(acts)) == 1, "what one sitting saves is one entry of the history"
    administrator = await log_in("administrator")
    told = await (await administrator.get("/admin/audit?record=scene/lobby&lang=en")).text()
    assert "2 saves, the first at" in told, "and one line of the audit, which tells how many there are"
    each = await (await administrator.get("/admin/audit?record=scene/lobby&lang=en&each=1")).text()
    assert "saves, the first at" not in each
    assert each.count('data-label="When"') == told.count('data-label="When"') + 1
    status, refused = await put(curator, hall, {"floor/up/order": [1, None]})
    assert (status, refused["error"]["code"]) == (422, "floor-in-use")
    assert (await put(curator, hall, {"scene/lobby/at": [["up", 8, 0], None]}))[0] == 200
    gone = {path: [value, None] for path, value in now.items() if path.startswith("floor/up/")}
    assert (await put(curator, hall, gone))[0] == 200
    status, refused = await put(curator, hall, {"floor/main/order": [0, None]})
    assert (status, refused["error"]["code"]) == (422, "floor-last")
    history = await (await curator.get(f"/admin/venues/{hall}/history?lang=en")).text()
    assert "Floors" in history
    # A floor that is taken back by undoing its making leaves what stood there on no plan, and hinders nothing else.
    async with museum.database.read() as session:
        made_before = await session.scalar(select(func.max(Revision.id)))
    assert (await put(curator, hall, {"floor/cellar/order": [None, 5]}))[0] == 200
    assert (await put(curator, hall, {"scene/lobby/at": [None, ["cellar", 0, 0]]}))[0] == 200
    async with museum.database.read() as session:
        act = await session.scalar(select(Revision.act).where(Revision.id == (made_before or 0) + 1))
    assert (await curator.post(f"/admin/acts/{act}/undo", data={"back": "/admin/"})).status == 200
    assert "floor/cellar/order" not in (await read(curator, hall))["leaves"]
    assert (await put(curator, hall, {"floor/main/title/en": ["", "Ground"]}))[0] == 200
    assert (await put(curator, hall, {"scene/lobby/at": [["cellar", 0, 0], ["main", 1, 1]]}))[0] == 200


async def test_nobody_writes_over_what_another_has_moved(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    mei, tao = await log_in("curator"), await log_in("editor")
    at = (await read(mei, hall))["leaves"]["scene/lobby/at"]
    assert (await put(mei, hall, {"scene/lobby/at": [at, ["main", 1, 1]]}))[0] == 200
    status, said = await put(tao, hall, {"scene/lobby/at": [at, ["main", 2, 2]], "scene/lobby/north": [0, 9]})
    assert status == 409
    (row,) = [one for one in said["contested"] if one["path"] == "scene/lobby/at"]
    assert row["value"] == ["main", 1.0, 1.0]
    assert row["mine"] != row["now"]
    kept = await read(mei, hall)
    assert kept["leaves"]["scene/lobby/at"] == ["main", 1.0, 1.0], "and nothing of it is saved by halves"
    # What both did alike, or only one did, is no difference.
    assert (await put(tao, hall, {"scene/lobby/at": [at, ["main", 1, 1]]}))[0] == 200


async def test_no_floor_goes_from_under_a_scene_that_is_just_put_there(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    mei, tao = await log_in("curator"), await log_in("editor")
    assert (await put(mei, hall, FLOOR))[0] == 200
    leaves = (await read(mei, hall))["leaves"]
    gone = {path: [value, None] for path, value in leaves.items() if path.startswith("floor/up/")}
    put_there = {"scene/lobby/at": [leaves["scene/lobby/at"], ["up", 1, 1]]}
    told = await asyncio.gather(put(mei, hall, put_there), put(tao, hall, gone))
    assert sorted(status for status, _ in told) in ([200, 404], [200, 422]), "one of them comes first"
    now = (await read(mei, hall))["leaves"]
    assert (now["scene/lobby/at"] == ["up", 1.0, 1.0]) == ("floor/up/order" in now)


async def test_those_who_may_not_move_nothing(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    address = f"/admin/venues/{hall}/plan"
    guest, contributor = await log_in("guest"), await log_in("contributor")
    assert (await museum.client.get(f"{address}.json", headers=JSON)).status in (401, 403)
    page = await read(guest, hall)
    assert not page["arrange"]
    assert not any(scene["editable"] for scene in page["scenes"])
    leaves = page["leaves"]
    public = {"scene/lobby/at": [leaves["scene/lobby/at"], None]}
    for who, changes in ((guest, {}), (guest, public), (contributor, public), (contributor, FLOOR)):
        assert (await put(who, hall, changes))[0] == 403
    draft = next(scene["slug"] for scene in page["scenes"] if scene["state"] == "draft")
    path = f"scene/{draft}/at"
    assert (await put(contributor, hall, {path: [leaves[path], ["main", 3, 3]]}))[0] == 200, "drafts are theirs"
    for who in (guest, contributor):
        assert (await who.post(f"{address}/pictures", data={}, headers=JSON)).status == 403
        assert (await who.post(f"{address}/floors", data={"title:en": "Cellar"}, headers=JSON)).status == 403
    assert (await guest.post(f"{address}/ways.json", json={"ways": []}, headers=JSON)).status == 403


SENSELESS: tuple[Any, ...] = (
    {"scene/lobby": [0, 1]},
    {"scene/lobby/state": ["draft", "published"]},
    {"scene/lobby/at": [None, ["main", 1]]},
    {"scene/lobby/at": [None, ["main", 1e9, 1]]},
    {"scene/lobby/north": [0, 360]},
    {"scene/lobby/north": [0, None]},
    {"floor/main/frame": [None, [0, 0, 0, 0]]},
    {"floor/main/order": [0, -1]},
    {"floor/main/picture": [None, "7"]},
    {"floor/main/title/en": ["", 5]},
    {"scene/lobby/at": [None]},
    {"scene/lobby/at": ["nowhere", ["main", 1, 1]]},
    {"scene/lobby/at": [["main", "a", "b"], ["main", 1, 1]]},
    {"scene/lobby/north": ["north", 1]},
    {"floor/main/frame": [5, [1, 2, 3, 4]]},
    {"floor/main/picture": [None, -(2**70)]},
    [],
)


async def test_what_makes_no_sense_or_is_not_there_is_refused(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    curator = await log_in("curator")
    for senseless in SENSELESS:
        status, said = await put(curator, hall, senseless)
        assert (status, said["error"]["code"]) == (422, "draft-malformed")
    named = b'{"changes": {"floor/main/title/en": ["", %s]}}'
    for senseless in (b'"\xff"', b"[" * 100_000 + b"]" * 100_000, b"NaN", b""):
        answer = await curator.put(f"/admin/venues/{hall}/plan.json", data=named % senseless, headers=JSON)
        assert answer.status == 422
    assert (await put(curator, hall, {"floor/main/title/en": ["", "Gro\0und"]}))[0] == 200
    assert (await read(curator, hall))["leaves"]["floor/main/title/en"] == "Ground", "PostgreSQL keeps no NUL"
    at = (await read(curator, hall))["leaves"]["scene/lobby/at"]
    for changes, code in (
        ({"scene/nobody/north": [0, 1]}, "no-such-scene"),
        ({"scene/lobby/at": [at, ["attic", 1, 1]]}, "no-such-floor"),
        ({"floor/attic/title/en": ["", "Attic"]}, "no-such-floor"),
        ({"floor/main/picture": [None, 1]}, "no-such-picture"),
        ({"floor/main/picture": [None, 2**70]}, "no-such-picture"),
    ):
        status, said = await put(curator, hall, changes)
        assert (status, said["error"]["code"]) == (404, code)
    long = {"floor/main/title/en": ["Ground", "x" * 201]}
    assert (await put(curator, hall, long))[0] == 422
    assert (await curator.get("/admin/venues/none/plan")).status == 404


async def test_a_picture_is_seen_with_its_hall_only(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    curator = await log_in("curator")
    address = f"/admin/venues/{hall}/plan/pictures"
    drawn = io.BytesIO()
    Picture.new("RGB", (300, 200), "white").save(drawn, "PNG")
    number = 0
    for content, name, status in ((drawn.getvalue(), "plan.png", 200), (b"no picture at all", "plan.txt", 422)):
        form = FormData()
        form.add_field("file", content, filename=name)
        answer = await curator.post(address, data=form, headers=JSON)
        assert answer.status == status
        if status == 200:
            number = (await answer.json())["id"]
    told = await (await curator.get(f"{address}/{number}.json", headers=JSON)).json()
    assert told["state"] == "queued"
    assert (await put(curator, hall, {"floor/main/picture": [None, number]}))[0] == 200
    async with museum.database.write() as session:
        asset = await session.get_one(Asset, number)
        wall = await session.get_one(
            Asset, (await session.scalars(select(Asset.id).where(Asset.kind == "image"))).first()
        )
        asset.state, asset.digest, asset.info = "ready", "e" * 64, wall.info
    async with museum.database.read() as session:
        assert await digest_is_public(session, "e" * 64)
    async with museum.database.write() as session:
        floor = (await session.scalars(select(Floor).where(Floor.picture_id == number))).one()
        venue = await session.get_one(Venue, floor.venue_id)
        venue.state = "draft"
    async with museum.database.read() as session:
        assert not await digest_is_public(session, "e" * 64)


async def test_the_forms_serve_without_scripts(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    curator = await log_in("curator")
    home = f"/admin/venues/{hall}/plan"
    page = await curator.get(f"{home}?lang=en")
    assert 'name="metres"' in await page.text()
    form = {"key": "main", "title:en": "Ground floor", "x": "1", "y": "2", "metres": "40", "turned": "5"}
    assert (await curator.post(f"{home}/floors", data=form, allow_redirects=False)).status == 303
    assert (await curator.post(f"{home}/floors", data={"title:en": "Attic"}, allow_redirects=False)).status == 303
    leaves = (await read(curator, hall))["leaves"]
    assert leaves["floor/main/frame"] == [1.0, 2.0, 40.0, 5.0]
    assert (leaves["floor/floor-2/order"], leaves["floor/floor-2/title/en"]) == (1, "Attic")
    # One more may stand at the place of another, as where one between was taken away.
    assert (await put(curator, hall, {"floor/floor-2/order": [1, 2]}))[0] == 200
    assert (await curator.post(f"{home}/floors", data={"title:en": "Roof"}, allow_redirects=False)).status == 303
    leaves = (await read(curator, hall))["leaves"]
    assert (leaves["floor/floor-2/order"], leaves["floor/floor-3/order"]) == (2, 2)


async def test_ways_of_the_whole_hall_are_made_and_taken_back_as_one(museum: Museum, log_in: LogIn) -> None:
    hall = await hall_of(museum)
    curator = await log_in("curator")
    leaves = (await read(curator, hall))["leaves"]
    places = {"lobby": ["main", 500, 500], "prologue": ["main", 505, 500]}
    changes = {f"scene/{slug}/at": [leaves[f"scene/{slug}/at"], at] for slug, at in places.items()}
    assert (await put(curator, hall, changes))[0] == 200
    async with museum.database.write() as session:
        ids = dict((await session.execute(select(Scene.slug, Scene.id).where(Scene.slug.in_(places)))).all())
        for link in await session.scalars(
            select(Link).where(Link.source_id.in_(ids.values()), Link.target_id.in_(ids.values()))
        ):
            await session.delete(link)
    address = f"/admin/venues/{hall}/plan/ways.json"
    ways = (await (await curator.get(address, headers=JSON)).json())["ways"]
    assert [(way["first"], way["second"], way["metres"]) for way in ways][:1] == [("lobby", "prologue", 5.0)]
    answer = await curator.post(address, json={"ways": [["lobby", "prologue"]]}, headers=JSON)
    made = await answer.json()
    assert (answer.status, made["made"]) == (200, 2)
    assert ["lobby", "prologue"] in (await read(curator, hall))["links"]
    await curator.post(made["undo"], data={"back": "/admin/"}, allow_redirects=False)
    assert ["lobby", "prologue"] not in (await read(curator, hall))["links"]
    # Through a ceiling nobody walks.
    up = {**FLOOR, "scene/lobby/at": [["main", 500, 500], ["up", 500, 500]]}
    assert (await put(curator, hall, up))[0] == 200
    assert (await (await curator.get(address, headers=JSON)).json())["ways"] == []
    assert (await curator.post(address, json={"ways": [["lobby"]]}, headers=JSON)).status == 422
    assert (await curator.post(address, json={"ways": [["a", "b"]]}, headers=JSON)).status == 404
