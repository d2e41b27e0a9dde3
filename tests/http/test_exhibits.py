"""Records begun on the curators' pages, what hangs in an exhibition, the photographs of an artifact, and the order of both."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select

from museum.collection.models import Exhibition, Image
from museum.curation import people, snapshot_rows
from museum.curation.models import Revision
from museum.scenes.models import Place
from tests.http.conftest import LogIn, Museum

JSON = {"Accept": "application/json"}
SHOW = "/admin/exhibitions/river-and-sea/exhibits"


async def post(client: Any, path: str, **data: str) -> tuple[int, str]:
    """Status, and where it leads."""
    fields = {name.replace("__", ":").replace("zh_", "zh-"): value for name, value in data.items()}
    answer = await client.post(path, data=fields, headers=JSON, allow_redirects=False)
    return answer.status, answer.headers.get("Location", "")


async def text_of(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def undo(client: Any, path: str) -> None:
    """Take back what was just done, by the notice on the page that follows."""
    form = re.search(r'action="(/admin/acts/\w+/undo)"', await text_of(client, path))
    assert form
    assert (await client.post(form[1], data={"back": path})).status == 200


async def test_a_draft_is_begun_by_its_title(museum: Museum, log_in: LogIn) -> None:
    contributor, guest = await log_in("contributor"), await log_in("guest")
    await people.set_venue_role(museum.database, "guest", "tianjin", "contributor")
    new = "/admin/records/{}/new".format
    for plural in ("artifacts", "places", "exhibitions"):
        assert f'href="{new(plural)}"' in await text_of(contributor, f"/admin/records/{plural}")
        assert '<form method="post" class="stack">' in await text_of(contributor, new(plural))
    for plural in ("images", "venues", "nothing"):
        assert (await contributor.get(new(plural))).status == 404
    assert new("exhibitions") not in await text_of(guest, "/admin/records/exhibitions")
    assert (await guest.get(new("exhibitions"))).status == 403
    assert (await post(guest, new("exhibitions"), title__en="Mine"))[0] == 403

    assert (await post(contributor, new("artifacts"), title__en="Jar", category="porcelain"))[0] == 422
    wrong = await contributor.post(
        new("artifacts"), data={"title:en": "A green jar", "accession_number": "津博-瓷-00001", "category": "porcelain"}
    )
    assert wrong.status == 422
    assert "A green jar" in await wrong.text(), "what she typed is still there"
    assert (await post(contributor, new("artifacts"), accession_number="7", category="porcelain"))[0] == 422, (
        "it has no title"
    )
    jar = await post(
        contributor, new("artifacts"), title__zh_Hans="绿釉罐", accession_number="津博-瓷-00777", category="porcelain"
    )
    assert jar == (303, "/admin/artifacts/artifact-00777/review")
    assert "绿釉罐" in await text_of(contributor, jar[1])
    assert (await museum.client.get("/artifacts/artifact-00777")).status == 404
    assert (await post(contributor, new("exhibitions"), title__en="Late"))[1] == "/admin/exhibitions/late/exhibits"
    assert (await post(contributor, new("exhibitions"), title__zh_Hans="迟"))[1].endswith("/exhibition/exhibits")

    page = await text_of(guest, new("places"))
    assert 'value="tianjin"' in page and 'value="origins"' not in page, "her own hall only"
    assert (await post(guest, new("places"), title__en="The gate", venue="origins"))[0] == 403
    assert (await post(guest, new("places"), title__en="The gate", venue="nowhere"))[0] == 404
    assert await post(guest, new("places"), title__en="The gate", venue="tianjin") == (
        303,
        "/admin/places/the-gate/review",
    )
    async with museum.database.read() as session:
        rows = await session.execute(
            select(Revision.kind, Revision.slug, Revision.action, Revision.person).order_by(Revision.id)
        )
        assert [tuple(row) for row in rows] == [
            ("artifact", "artifact-00777", "made", "contributor"),
            ("exhibition", "late", "made", "contributor"),
            ("exhibition", "exhibition", "made", "contributor"),
            ("place", "the-gate", "made", "guest"),
        ]
        assert await session.scalar(select(func.max(Exhibition.position)).where(Exhibition.slug == "exhibition")) == 8
        assert await session.scalar(select(Place.state).where(Place.slug == "the-gate")) == "draft"

    gone = {"action": "delete", "slug": "artifact-00777"}
    assert 'value="artifact-00777"' in await text_of(contributor, jar[1]), "its page deletes it"
    assert 'name="sure"' in await (await contributor.post("/admin/records/artifacts", data=gone)).text()
    await post(contributor, "/admin/records/artifacts", sure="yes", **gone)
    assert (await contributor.get(jar[1])).status == 404
    await undo(contributor, "/admin/records/artifacts")
    assert (await contributor.get(jar[1])).status == 200


async def test_what_a_record_says_besides_words(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    home = "/admin/artifacts/vase"
    assert 'value="津博-瓷-00001"' in await text_of(contributor, f"{home}/review")
    same = {"version": "1", "accession_number": "津博-瓷-00001", "category": "porcelain", "grade": "first"}
    years = {"year_from": "1736", "year_to": "1795"}
    assert (await post(contributor, f"{home}/facts", **same, **years))[0] == 403
    for wrong in (
        {"accession_number": "津博-币-00001"},
        {"accession_number": " "},
        {"category": "spoons"},
        {"grade": "best"},
        {"year_from": "1800"},
        {"year_to": "soon"},
        {"year_to": "20000"},
    ):
        assert (await post(curator, f"{home}/facts", **(same | years | wrong)))[0] == 422, wrong
    assert (await post(curator, f"{home}/facts", **same, **years))[0] == 303
    changed = same | {"year_from": "-220", "year_to": "9", "grade": "second", "version": "2"}
    assert (await post(curator, f"{home}/facts", **changed))[0] == 303
    assert (await post(curator, f"{home}/facts", **(same | years | {"version": "2", "category": "jade"})))[0] == 303
    record = await (await museum.client.get("/api/v1/artifacts/vase")).json()
    assert (record["edtf"], record["grade"], record["category"]) == ("-0220/0009", "second", "jade"), (
        "both hers and his"
    )


async def hung(museum: Museum, slug: str = "river-and-sea") -> list[list[str]]:
    """What hangs in each section, in order."""
    async with museum.database.read() as session:
        number = await session.scalar(select(Exhibition.id).where(Exhibition.slug == slug))
        connection = await session.connection()
        kept = await connection.run_sync(snapshot_rows.read, "exhibition", [number])
    sections = kept[number or 0].snapshot["sections"]
    return [[item["image"] or item["artifact"] for item in section["items"]] for section in sections]


async def test_what_hangs_where_is_arranged_by_buttons(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    assert (await post(contributor, "/admin/records/exhibitions/new", title__en="River and Sea"))[1] == SHOW

    async def version() -> str:
        found = re.search(r'name="version" value="(\d+)"', await text_of(contributor, SHOW))
        assert found
        return found[1]

    async def act(path: str) -> None:
        assert (await post(contributor, f"{SHOW}/{path}", version=await version()))[0] == 303, path

    first = (await post(contributor, SHOW, kind="image", target="wall-map"))[1].removeprefix(f"{SHOW}#item-")
    assert await hung(museum) == [["wall-map"]], "in a section made for it"
    vase = (await post(contributor, SHOW, kind="artifact", target="津博-瓷-00001"))[1].removeprefix(f"{SHOW}#item-")
    for wrong in (("image", "wall-map"), ("scene", "lobby"), ("image", "")):
        assert (await post(contributor, SHOW, kind=wrong[0], target=wrong[1]))[0] == 422, wrong
    assert (await post(contributor, SHOW, kind="image", target="no-such"))[0] == 404
    sea = (await post(contributor, f"{SHOW}/sections", title__en="The sea"))[1].removeprefix(f"{SHOW}#section-")
    await post(contributor, SHOW, section=sea, kind="artifact", target="coin-1")
    assert await hung(museum) == [["wall-map", "vase"], ["coin-1"]]
    page = await text_of(contributor, SHOW)
    assert page.count('class="stop-row"') == 3 and "/files/" in page, "each with its picture"
    assert page.count(f'action="{SHOW}/items/') == 9, "each with its buttons"

    await act(f"items/{first}/earlier")
    await act(f"items/{vase}/earlier")
    assert await hung(museum) == [["vase", "wall-map"], ["coin-1"]]
    await act(f"items/{first}/later")
    assert await hung(museum) == [["vase"], ["wall-map", "coin-1"]], "over into the next section"
    await undo(contributor, SHOW)
    assert await hung(museum) == [["vase", "wall-map"], ["coin-1"]]
    await act(f"sections/{sea}/earlier")
    assert await hung(museum) == [["coin-1"], ["vase", "wall-map"]]
    await act(f"items/{vase}/earlier")
    assert await hung(museum) == [["coin-1", "vase"], ["wall-map"]], "and into the one before"
    old = await version()
    await act(f"sections/{sea}/delete")
    assert await hung(museum) == [["wall-map"]]
    assert (await post(contributor, f"{SHOW}/sections/{sea}/later", version=old))[0] == 409
    await undo(contributor, SHOW)
    assert await hung(museum) == [["coin-1", "vase"], ["wall-map"]]
    item = re.findall(r'id="item-(\d+)"', await text_of(contributor, SHOW))[-1]
    await act(f"items/{item}/delete")
    assert await hung(museum) == [["coin-1", "vase"], []]
    assert (await post(contributor, f"{SHOW}/items/{item}/later", version=await version()))[0] == 404
    section = re.findall(r'id="section-(\d+)"', await text_of(contributor, SHOW))[-1]
    words = {"version": await version(), "title:en": "The river", "body:en": "It flows."}
    assert (await contributor.post(f"{SHOW}/sections/{section}", data=words)).status == 200

    assert (await post(contributor, f"{SHOW}/cover", target="no-such"))[0] == 404
    assert (await post(contributor, f"{SHOW}/cover", target="wall-map"))[0] == 303
    async with museum.database.read() as session:
        acts = select(func.count(func.distinct(Revision.act)), func.count()).where(Revision.slug == "river-and-sea")
        assert (await session.execute(acts)).one() == (15, 15), "one revision for each act"
    for path in (SHOW, f"{SHOW}/cover", f"{SHOW}/sections"):
        public = path.replace("river-and-sea", "show-0")
        assert (await post(contributor, public, kind="image", target="wall-map"))[0] == 403
    state = {"version": await version()}
    await curator.post("/admin/exhibitions/river-and-sea/review/publish", data=state)
    shown = await text_of(museum.client, "/exhibitions/river-and-sea?lang=en")
    assert shown.index("/artifacts/coin-1") < shown.index("/artifacts/vase") < shown.index("It flows.")
    assert f'action="{SHOW}' not in await text_of(contributor, SHOW), "now it is not hers to change"


async def test_photographs_of_an_artifact_have_an_order(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    home = "/admin/artifacts/vase/photographs"

    async def order() -> list[str]:
        return re.findall(r'id="photograph-([\w-]+)"', await text_of(curator, home))

    assert await order() == ["vase-front"]
    assert (await post(contributor, home, target="secret-image"))[0] == 403
    assert (await post(curator, home, target="coin-1-photo"))[0] == 422, "it is another artifact's"
    assert (await post(curator, home, target="vase-front"))[0] == 422
    assert (await post(curator, home, target="wall-map"))[0] == 303
    assert await order() == ["vase-front", "wall-map"]
    for way, expected in (("earlier", ["wall-map", "vase-front"]), ("earlier", ["wall-map", "vase-front"])):
        assert (await post(curator, f"{home}/wall-map/{way}"))[0] == 303
        assert await order() == expected
    assert (await post(curator, f"{home}/coin-1-photo/later"))[0] == 404
    assert (await post(contributor, f"{home}/wall-map/later"))[0] == 403
    tile = "/iiif/3/wall-map/info.json"
    assert (await museum.client.get(tile)).status == 200
    await post(curator, f"{home}/wall-map/delete")
    assert (await museum.client.get(tile)).status == 404, "nobody has decided to show it by itself"
    await undo(curator, home)
    assert await order() == ["wall-map", "vase-front"]
    assert (await museum.client.get(tile)).status == 200

    # Of an artifact that visitors don't see they see no photograph either, from that moment on.
    async with museum.database.write() as session:
        image = (await session.scalars(select(Image).where(Image.slug == "wall-map"))).one()
        image.artifact_id = None
    assert (await museum.client.get(tile)).status == 200
    assert (await post(curator, "/admin/artifacts/unseen/photographs", target="wall-map"))[0] == 303
    assert (await museum.client.get(tile)).status == 404
