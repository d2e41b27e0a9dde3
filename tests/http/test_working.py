"""What is public is changed in a copy: visitors see it as it was until the copy is published, and then all of the change at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from museum.curation import drafting
from museum.curation.models import Revision, WorkingCopy
from museum.scenes.models import Hotspot, Link, Scene
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}
COPY = "/admin/scenes/lobby-next"


async def version_of(museum: Museum, slug: str) -> str:
    async with museum.database.read() as session:
        return str((await drafting.load_scene(session, slug)).version)


async def save(museum: Museum, client: Any, slug: str, **fields: str) -> int:
    form = {"version": await version_of(museum, slug), "north": "0", **fields}
    answer = await client.post(f"/admin/scenes/{slug}", data=form, headers=JSON, allow_redirects=False)
    return answer.status


async def seen(museum: Museum) -> dict[str, Any]:
    """What visitors see of the lobby."""
    return (await (await museum.client.get("/api/v1/scenes/lobby/tour.json")).json())["scene"]


async def test_visitors_see_what_was_public_until_the_changes_are(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    before = await seen(museum)
    assert await save(museum, contributor, "lobby", **{"title:en": "Mine"}) == 403
    begun = await contributor.post("/admin/scenes/lobby/copy", headers=JSON, allow_redirects=False)
    assert begun.headers["Location"] == COPY
    again = await contributor.post("/admin/scenes/lobby/copy", headers=JSON, allow_redirects=False)
    assert again.headers["Location"] == COPY, "there is one copy"
    assert await save(museum, contributor, "lobby-next", **{"title:en": "The great lobby"}) == 303
    link = {"version": await version_of(museum, "lobby-next"), "yaw": "50", "pitch": "0", "target": "hall-2-1"}
    async with museum.database.read() as session:
        link["target"] = (await session.scalars(select(Scene.slug).where(Scene.slug.endswith("-1")))).first() or ""
    assert (await curator.post(f"{COPY}/links", data=link, headers=JSON, allow_redirects=False)).status == 303
    spot = {
        "version": await version_of(museum, "lobby-next"),
        "yaw": "9",
        "pitch": "0",
        "kind": "text",
        "title:en": "A note",
    }
    assert (await contributor.post(f"{COPY}/hotspots", data=spot, headers=JSON, allow_redirects=False)).status == 303
    assert await seen(museum) == before, "nothing of it is public"
    for path in ("/scenes/lobby-next", "/api/v1/scenes/lobby-next"):
        assert (await museum.client.get(path)).status == 404
    assert "lobby-next" not in await (await museum.client.get("/api/v1/scenes?limit=200")).text()
    # Meanwhile somebody changes something else of what is public.
    assert await save(museum, curator, "lobby", north="20") == 303
    sent = {"version": await version_of(museum, "lobby-next"), "body": "Please"}
    assert (await contributor.post(f"{COPY}/review/send", data=sent, headers=JSON)).status == 200
    form = {"version": await version_of(museum, "lobby-next"), "body": "Good"}
    done = await curator.post(f"{COPY}/review/publish", data=form, headers=JSON, allow_redirects=False)
    assert done.headers["Location"] == "/admin/scenes/lobby"
    after = await seen(museum)
    assert after["title"]["en"] == "The great lobby"
    assert after["north"] == 20, "what was changed meanwhile stands"
    assert [one["title"]["en"] for one in after["hotspots"]] == ["A note"]
    kept = {one["id"] for one in before["links"]}
    assert kept < {one["id"] for one in after["links"]}, "links keep their numbers, and there is one more"
    async with museum.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WorkingCopy)) == 0
        assert await session.scalar(select(Scene.id).where(Scene.slug == "lobby-next")) is None
        lobby = (await session.scalars(select(Scene).where(Scene.slug == "lobby"))).one()
        target = (await session.scalars(select(Scene).where(Scene.slug == link["target"]))).one()
        back = await session.scalar(select(func.count()).where(Link.source_id == target.id, Link.target_id == lobby.id))
        assert back == 1, "the way back that was made for the copy leads to the original"
        acts = set(await session.scalars(select(Revision.act).where(Revision.slug == "lobby").order_by(Revision.id)))
        assert len(acts) >= 2
    page = await (await curator.get("/admin/scenes/lobby?lang=en")).text()
    assert "Please" in page, "what was said about the copy is told of the original"


async def test_where_both_changed_the_same_it_is_said_and_kept(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    await curator.post("/admin/scenes/lobby/copy", headers=JSON)
    assert await save(museum, curator, "lobby-next", **{"title:en": "From the copy"}) == 303
    assert await save(museum, curator, "lobby", **{"title:en": "Directly"}) == 303
    page = await (await curator.get(f"{COPY}?lang=en")).text()
    assert "changed meanwhile" in page
    form = {"version": await version_of(museum, "lobby-next")}
    assert (await curator.post(f"{COPY}/publish", data=form, headers=JSON, allow_redirects=False)).status == 303
    assert (await seen(museum))["title"]["en"] == "From the copy"
    async with museum.database.read() as session:
        titles = [
            one["texts"]["title"]["en"][0]
            for one in await session.scalars(select(Revision.snapshot).where(Revision.slug == "lobby"))
        ]
    assert "Directly" in titles, "nothing is lost"


async def test_copies_are_made_of_what_is_public_and_given_up_like_drafts(museum: Museum, log_in: LogIn) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    assert (await guest.post("/admin/scenes/lobby/copy", headers=JSON)).status == 403
    for address in ("/admin/scenes/draft-scene/copy", "/admin/venues/tianjin/copy"):
        assert (await curator.post(address, headers=JSON)).status == 422, address
    await curator.post("/admin/scenes/lobby/copy", headers=JSON)
    assert (await curator.post(f"{COPY}/copy", headers=JSON)).status == 422
    gone = await curator.post(f"{COPY}/delete", data={"sure": "lobby-next"}, headers=JSON, allow_redirects=False)
    assert gone.status == 303
    assert (await museum.client.get("/scenes/lobby")).status == 200
    begun = await curator.post("/admin/scenes/lobby/copy", headers=JSON, allow_redirects=False)
    assert begun.headers["Location"].startswith("/admin/scenes/lobby-next")
    show = await curator.post("/admin/exhibitions/show-0/copy", headers=JSON, allow_redirects=False)
    assert show.headers["Location"] == "/admin/exhibitions/show-0-next/review"
    form = {"version": "1"}
    done = await curator.post(
        "/admin/exhibitions/show-0-next/review/publish", data=form, headers=JSON, allow_redirects=False
    )
    assert done.headers["Location"] == "/admin/exhibitions/show-0/review"
    async with museum.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Hotspot)) > 0
    assert "/artifacts/vase" in await (await museum.client.get("/exhibitions/show-0")).text()


async def test_two_people_at_one_record_see_each_other(museum: Museum, log_in: LogIn) -> None:
    curator, editor = await log_in("curator"), await log_in("editor")

    async def who(client: Any, slug: str = "lobby") -> str:
        answer = await client.post(f"/admin/scenes/{slug}/presence?lang=en", headers=JSON)
        return (await answer.json())["words"]

    assert await who(curator) == "", "she is alone"
    assert "curator" in await who(editor)
    assert "editor" in await who(curator)
    assert await who(editor, "draft-scene") == "", "elsewhere nobody is"
    assert (await editor.post("/admin/scenes/none/presence", headers=JSON)).status == 404
    assert (await museum.client.post("/admin/scenes/lobby/presence", headers=JSON)).status == 401


async def test_pages_of_public_records_offer_a_copy_and_then_lead_to_it(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    for kind, record in (("scenes", "/admin/scenes/lobby"), ("exhibitions", "/admin/exhibitions/show-0")):
        address = record if kind == "scenes" else f"{record}/review"
        page = await curator.get(f"{address}?lang=en")
        assert page.status == 200, (address, await page.text())
        assert f'action="{record}/copy"' in await page.text()
    begun = await curator.post("/admin/scenes/lobby/copy", headers=JSON, allow_redirects=False)
    page = await curator.get("/admin/scenes/lobby?lang=en")
    assert page.status == 200
    assert f'href="{begun.headers["Location"]}"' in await page.text()
