"""The scene editor's draft: saved as a whole, put together with what others change, never at anybody's cost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from museum.curation import drafting, revisions
from museum.curation.audit import Actor
from museum.curation.changes import changing
from museum.curation.models import Person, Revision
from museum.database.base import now
from museum.scenes.models import Link, Scene
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}


async def opened(client: Any, slug: str) -> dict[str, Any]:
    answer = await client.get(f"/admin/scenes/{slug}/draft.json", headers=JSON)
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def put(client: Any, slug: str, version: int, draft: dict[str, Any], **more: Any) -> tuple[int, dict[str, Any]]:
    body = {"version": version, "draft": draft, **more}
    answer = await client.put(f"/admin/scenes/{slug}/draft.json", json=body, headers=JSON)
    return answer.status, await answer.json()


async def copy_of_lobby(client: Any) -> str:
    answer = await client.post("/admin/scenes/lobby/copy", headers=JSON, allow_redirects=False)
    return answer.headers["Location"].rsplit("/", 1)[1]


def text_spot(number: int, **more: Any) -> dict[str, Any]:
    return {"id": number, "kind": "text", "yaw": 10.0, "pitch": 5.0, "texts": {"title": {"en": "A note"}}, **more}


async def test_a_draft_is_saved_as_a_whole_and_public_once_published(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    public = await opened(curator, "lobby")
    assert not public["editable"]
    status, refused = await put(curator, "lobby", public["version"], public["draft"])
    assert (status, refused["error"]["code"]) == (422, "scene-public"), "what visitors see is never saved over"
    slug = await copy_of_lobby(curator)
    page = await opened(curator, slug)
    assert page["editable"]
    assert page["targets"], "what links lead to is there with its title"
    draft = page["draft"]
    # As it came: nothing is changed by saving it.
    status, same = await put(curator, slug, page["version"], draft)
    assert (status, same["version"], same["draft"]) == (200, page["version"], draft)
    outline = [[-10.1, 8.0], [10.3, 8.0], [10.3, -8.0], [-10.1, -8.0]]
    draft["hotspots"].append(text_spot(-1, polygon=outline))
    draft |= {"north": 371.5, "nadir_kind": "fill", "nadir_radius": 21.0, "plan_x": 1.5, "plan_y": -2.0}
    draft["links"][0]["yaw"] = 33.3
    status, saved = await put(curator, slug, page["version"], draft)
    assert status == 200, saved
    number = saved["ids"]["hotspots"]["-1"]
    kept = saved["draft"]
    assert kept["north"] == 11.5
    assert [spot["polygon"] for spot in kept["hotspots"] if spot["id"] == number] == [outline]
    before = (await (await museum.client.get("/api/v1/scenes/lobby/tour.json")).json())["scene"]
    assert "nadir" not in before
    form = {"version": str(saved["version"])}
    done = await curator.post(f"/admin/scenes/{slug}/publish", data=form, headers=JSON, allow_redirects=False)
    assert done.status == 303
    seen = (await (await museum.client.get("/api/v1/scenes/lobby/tour.json")).json())["scene"]
    assert seen["nadir"] == {"kind": "fill", "radius": 21.0}
    assert seen["links"][0]["yaw"] == 33.3
    assert [spot["polygon"] for spot in seen["hotspots"] if spot["title"].get("en") == "A note"] == [outline]


async def test_two_editors_lose_nothing(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    slug = await copy_of_lobby(curator)
    page = await opened(curator, slug)
    hers, his = page["draft"], (await opened(curator, slug))["draft"]
    hers["links"][0]["yaw"] = 40.0
    hers["hotspots"].append(text_spot(-1))
    his["links"][0]["pitch"] = -15.0
    his["hotspots"].append(text_spot(-1, yaw=99.0))
    status, first = await put(curator, slug, page["version"], hers)
    assert status == 200
    status, second = await put(curator, slug, page["version"], his)
    assert status == 200
    link = second["draft"]["links"][0]
    assert (link["yaw"], link["pitch"]) == (40.0, -15.0), "what each of them changed is put together"
    assert {10.0, 99.0} <= {spot["yaw"] for spot in second["draft"]["hotspots"]}
    # Both turn the same link: she is asked, and nothing is saved meanwhile.
    hers = first["draft"]
    his = second["draft"]
    hers["links"][0]["yaw"], his["links"][0]["yaw"] = 50.0, 60.0
    hers["north"] = 77.0
    removed = hers["hotspots"].pop()
    changed = next(spot for spot in his["hotspots"] if spot["id"] == removed["id"])
    changed["texts"]["title"]["en"] = "A better note"
    assert (await put(curator, slug, second["version"], his))[0] == 200
    status, asked = await put(curator, slug, first["version"], hers)
    assert status == 409
    paths = [row["path"] for row in asked["contested"]]
    assert ["links", str(link["id"]), "yaw"] in paths
    assert ["hotspots", str(removed["id"])] in paths, "removed by one, changed by the other"
    row = next(row for row in asked["contested"] if row["path"][-1] == "yaw")
    assert (row["was"], row["mine"], row["now"]) == ("40°", "50°", "60°")
    assert (asked["draft"]["north"], asked["draft"]["links"][0]["yaw"]) == (77.0, 60.0)
    assert (await opened(curator, slug))["draft"]["north"] != 77.0
    asked["draft"]["links"][0]["yaw"] = 50.0
    status, settled = await put(curator, slug, asked["version"], asked["draft"])
    assert (status, settled["draft"]["links"][0]["yaw"], settled["draft"]["north"]) == (200, 50.0, 77.0)


async def test_a_way_back_comes_and_goes_with_its_way(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    made = await curator.post(
        "/admin/venues/tianjin/scenes/new", data={"title:en": "A new room", "slug": "new-room"}, allow_redirects=False
    )
    assert made.status == 303
    slug = await copy_of_lobby(curator)
    page = await opened(curator, slug)
    draft = page["draft"]
    asked = await curator.get(f"/admin/scenes/{slug}/way.json?to=new-room&yaw=20", headers=JSON)
    way = await asked.json()
    async with museum.database.read() as session:
        here, there = [await drafting.load_scene(session, name) for name in (slug, "new-room")]
        heading = 20 + here.north + 180 - there.north
        kind = "walk" if here.venue_id == there.venue_id else "portal"
    assert (way["kind"], way["yaw"]) == (kind, None)
    assert (way["back"] - heading) % 360 == 0
    draft["links"].append({"id": -7, "target": "new-room", "yaw": 20.0, "pitch": -20.0})
    back = {"link": -7, "yaw": way["back"], "pitch": -18.0}
    status, saved = await put(curator, slug, page["version"], draft, backs=[back])
    assert status == 200, saved
    returned = saved["backs"]["-7"]
    assert returned["scene"] == "new-room"
    async with museum.database.read() as session:
        link = await session.get_one(Link, returned["id"])
        assert (link.yaw, link.pitch) == (way["back"], -18.0)
    # Undone in the editor, both are gone.
    draft["links"].pop()
    status, undone = await put(curator, slug, saved["version"], draft, undone=[returned])
    assert status == 200
    async with museum.database.read() as session:
        assert await session.get(Link, returned["id"]) is None
        target = await session.scalar(select(Scene.id).where(Scene.slug == "new-room"))
        assert not list(await session.scalars(select(Link.id).where(Link.target_id == target)))
    # A way of somebody else's, named in its place, stays.
    other = undone["draft"]["links"][0]["id"]
    await put(curator, slug, undone["version"], undone["draft"], undone=[{"scene": "lobby", "id": other}])
    assert (await opened(curator, slug))["draft"]["links"] == undone["draft"]["links"]


async def test_nonsense_is_refused_with_words(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    slug = await copy_of_lobby(curator)
    page = await opened(curator, slug)
    good = page["draft"]
    assert not (await opened(guest, slug))["editable"]
    assert (await put(guest, slug, page["version"], good))[0] == 403
    wrong: dict[str, dict[str, Any]] = {
        "draft-malformed": {**good, "north": "east"},
        "half-position": {**good, "plan_x": 3.0, "plan_y": None},
        "no-such-floor": {**good, "floor": "cellar"},
        "no-such-target": {**good, "links": [{"id": -1, "target": "nowhere", "yaw": 0, "pitch": 0}]},
        "link-to-itself": {**good, "links": [{"id": -1, "target": slug, "yaw": 0, "pitch": 0}]},
        "target-needed": {**good, "links": [{"id": -1, "yaw": 0, "pitch": 0}]},
        "address-malformed": {
            **good,
            "hotspots": [{"id": -1, "kind": "web", "url": "javascript:alert(1)", "yaw": 0, "pitch": 0}],
        },
        "title-needed": {**good, "hotspots": [text_spot(-1, texts={})]},
    }
    for code, draft in wrong.items():
        status, answer = await put(curator, slug, page["version"], draft)
        assert (status, answer["error"]["code"]) == (404 if code.startswith("no-such") else 422, code)
        assert answer["error"]["message"]
    # No number that JSON lacks, or that no float holds, gets in, and it is said where it stands.
    for number, reason in (("NaN", "invalid character"), ("-Infinity", "malformed"), ("1e999", "`$.draft.north`")):
        body = json.dumps({"version": page["version"], "draft": {**good, "north": 0.125}}).replace("0.125", number)
        answer = await curator.put(f"/admin/scenes/{slug}/draft.json", data=body, headers=JSON)
        said = (await answer.json())["error"]
        assert (answer.status, said["code"]) == (422, "draft-malformed")
        assert reason in said["message"]
    for senseless in (b"[" * 100_000, b"'\xff'"):
        answer = await curator.put(f"/admin/scenes/{slug}/draft.json", data=senseless, headers=JSON)
        assert answer.status == 422
    huge = 2**70
    assert (await put(curator, slug, huge, good))[0] == 422
    assert (await put(curator, slug, page["version"], good, undone=[{"scene": "lobby", "id": huge}]))[0] == 422
    recorded = {**good, "hotspots": [{**text_spot(-1), "kind": "audio", "recording": huge}]}
    assert (await put(curator, slug, page["version"], recorded))[0] == 422
    assert (await opened(curator, slug))["version"] == page["version"], "nothing was changed"
    status, saved = await put(
        curator, slug, page["version"], {**good, "hotspots": [text_spot(-1, texts={"title": {"en": "A\0n \\u0000"}})]}
    )
    assert (status, saved["draft"]["hotspots"][0]["texts"]["title"]["en"]) == (200, "An \\u0000"), (
        "PostgreSQL keeps no NUL"
    )


async def test_a_sitting_is_one_entry_of_the_history(museum: Museum, log_in: LogIn) -> None:
    curator, other = await log_in("curator"), await log_in("editor")
    slug = await copy_of_lobby(curator)
    page = await opened(curator, slug)
    version, draft = page["version"], page["draft"]

    async def turn(client: Any, north: float, sitting: str) -> None:
        nonlocal version, draft
        draft["north"] = north
        status, saved = await put(client, slug, version, draft, sitting=sitting)
        assert status == 200, saved
        version, draft = saved["version"], saved["draft"]

    async def rows() -> list[Revision]:
        async with museum.database.read() as session:
            return (await revisions.history(session, "scene", slug))[0]

    before = len(await rows())
    for north in (1.0, 2.0, 3.0):
        await turn(curator, north, "aa")
    draft["links"][0]["yaw"] = 44.0
    await turn(curator, 3.0, "aa")
    first = (await rows())[0]
    assert len(await rows()) == before + 1
    assert {"north", f"links.{draft['links'][0]['id']}.yaw"} <= set(first.changed), "all that the sitting changed"
    await turn(other, 9.0, "aa")
    await turn(curator, 4.0, "aa")
    await turn(curator, 5.0, "bb")
    assert len(await rows()) == before + 4, "somebody else's, and what came after it, are their own"

    # Whoever still has the page of an earlier save loses nothing; a day later those between are let go.
    async with museum.database.write() as session:
        kept = await session.scalar(select(func.count()).select_from(Revision))
        gone = await revisions.drop_between(session, now() - timedelta(days=1), now() + timedelta(days=1))
        assert gone == 3
        assert await session.scalar(select(func.count()).select_from(Revision)) == kept - gone
    assert len(await rows()) == before + 4
    # A sitting is taken back as a whole.
    async with changing(museum.database, Actor(None, "Mei", "")) as session:
        await revisions.undo(session, first.act, Person(role="administrator"))
    assert (await opened(curator, slug))["draft"]["links"][0]["yaw"] == page["draft"]["links"][0]["yaw"] != 44.0
