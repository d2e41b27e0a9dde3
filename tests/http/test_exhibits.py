"""Records begun on the curators' pages, what hangs in an exhibition, the photographs of an artifact, and the order of both."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from io import BytesIO
from typing import Any

from aiohttp import FormData
from lxml import html
from PIL import Image as Picture
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


async def undo_in(client: Any, page: str) -> None:
    """Take back what the notice of a page tells."""
    form = re.search(r'action="(/admin/acts/\w+/undo)"', page)
    assert form
    assert (await client.post(form[1], data={"back": "/admin/"})).status == 200


async def undo(client: Any, path: str) -> None:
    """Take back what was just done, by the notice on the page that follows."""
    await undo_in(client, await text_of(client, path))


async def test_a_draft_is_begun_by_its_title(museum: Museum, log_in: LogIn) -> None:
    contributor, guest = await log_in("contributor"), await log_in("guest")
    await people.set_venue_role(museum.database, "guest", "tianjin", "contributor")
    new = "/admin/records/{}/new".format
    for plural in ("artifacts", "places", "exhibitions", "activities"):
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
    stood = same | {"version": "4", "grade": "second", "category": "jade", "year_from": "-220", "year_to": "9"}
    assert 'value="-0220/0009"' in await text_of(curator, f"{home}/review")
    assert (await post(curator, f"{home}/facts", **stood, edtf="long ago"))[0] == 422
    assert (await post(curator, f"{home}/facts", **stood, edtf="0618~/0907"))[0] == 303
    record = await (await museum.client.get("/api/v1/artifacts/vase")).json()
    assert (record["edtf"], record["yearFrom"], record["yearTo"]) == ("0618~/0907", 618, 907), "the years follow"


TOLD = ("period", "material", "dimensions", "source", "condition")


async def test_all_texts_of_an_artifact_are_written_on_its_page(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    home = "/admin/artifacts/hostile"
    form = html.document_fromstring(await text_of(curator, f"{home}/review")).xpath(
        "//form[contains(@action, '/words')]"
    )[0]
    for field in TOLD:
        assert len(form.xpath(f".//details//input[starts-with(@name, '{field}:')]")) == 3, "folded, in three languages"
    assert form.xpath(".//fieldset[not(ancestor::details)]//input[starts-with(@name, 'title:')]")
    written = {f"{field}:en": f"Its {field}" for field in TOLD}
    assert (await post(curator, f"{home}/words", version="1", **written))[0] == 303
    seen = await text_of(museum.client, "/artifacts/hostile?lang=en")
    assert all(f"Its {field}" in seen for field in TOLD)
    assert "/artifacts/hostile" in await text_of(museum.client, "/search?q=its+material&lang=en"), "found by it"
    form = html.document_fromstring(await text_of(curator, f"{home}/review")).xpath(
        "//form[contains(@action, '/words')]"
    )[0]
    assert not form.xpath(".//details"), "what is written is not folded away"
    assert "Dimensions" in await text_of(curator, f"{home}/history?lang=en")
    matrix = await text_of(curator, f"{home}/translate?lang=en")
    assert all(f"Its {field}" in matrix for field in TOLD), "and waits for the other languages"

    stale = {"version": "1", "material:zh-Hans": "青花瓷"}
    assert (await post(curator, f"{home}/words", **stale))[0] == 303, "what nobody else touched is put together"
    disputed = await curator.post(f"{home}/words?lang=en", data={"version": "1", "material:en": "Clay"})
    page = await disputed.text()
    assert disputed.status == 409 and "Material (English)" in page and "Its material" in page and "Clay" in page


async def test_what_an_image_says_besides_words(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    home = "/admin/images/wall-map"
    assert 'name="width_mm"' in await text_of(contributor, f"{home}/review")
    by = "https://creativecommons.org/licenses/by/4.0/"
    said = {"version": "1", "category": "map", "rights": by, "width_mm": "1200.5", "height_mm": "800"}
    assert (await post(contributor, f"{home}/facts", **said))[0] == 403
    for wrong in (
        {"category": "spoons"},
        {"width_mm": "0"},
        {"height_mm": "wide"},
        {"height_mm": "nan"},
        {"rights": "x" * 501},
    ):
        assert (await post(curator, f"{home}/facts", **(said | wrong)))[0] == 422, wrong
    assert (await post(curator, f"{home}/facts", **said))[0] == 303
    seen = await text_of(museum.client, "/images/wall-map?lang=en")
    assert "CC BY 4.0" in seen and 'width-mm="1200.5"' in seen
    stale = {"category": "poster", "rights": "", "width_mm": "1200.0", "height_mm": "900.0"}
    assert (await post(curator, f"{home}/facts", **(said | stale)))[0] == 303, "what nobody else touched"
    assert (await post(curator, f"{home}/facts", **(said | {"height_mm": "820"})))[0] == 409, "both changed it"


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


async def test_many_are_hung_at_once_and_an_empty_one_is_not_opened(museum: Museum, log_in: LogIn) -> None:
    contributor, curator, guest = await log_in("contributor"), await log_in("curator"), await log_in("guest")
    lists = "/admin/records/{}/exhibit".format
    page = await text_of(contributor, "/admin/exhibitions/planned/review?lang=en")
    assert "Exhibits and their order" in page and '<ul class="todo">' in page
    version = {"version": "1"}
    english = JSON | {"Accept-Language": "en"}
    refused = await curator.post("/admin/exhibitions/planned/review/publish", data=version, headers=english)
    assert refused.status == 422
    assert "Add at least one image or artifact" in (await refused.json())["error"]["message"]

    chosen = [("slug", "vase"), ("slug", "coin-1"), ("slug", "no-such")]
    asked = await (await contributor.post(lists("artifacts"), data=chosen)).text()
    assert 'data-choose="exhibition"' in asked and asked.count('class="scene-row"') == 2
    assert (await guest.post(lists("artifacts"), data=[*chosen, ("target", "planned")])).status == 403
    assert (await contributor.post(lists("scenes"), data=[("slug", "lobby")])).status in (404, 405)
    for wrong, status in (([("target", "planned")], 422), ([*chosen, ("target", "no-such")], 404)):
        assert (await contributor.post(lists("artifacts"), data=wrong, headers=JSON)).status == status
    public = await contributor.post(lists("artifacts"), data=[*chosen, ("target", "show-0")], headers=english)
    assert public.status == 422 and "working copy" in (await public.json())["error"]["message"]
    many = [("slug", f"coin-{number}") for number in range(201)]
    assert (await contributor.post(lists("artifacts"), data=[*many, ("target", "planned")], headers=JSON)).status == 422

    back = ("back", "/admin/artifacts/vase/review")
    spoken = {"Accept-Language": "en"}
    data = [*chosen, ("target", "planned"), back]
    answer = await (await contributor.post(lists("artifacts"), data=data, headers=spoken)).text()
    assert "2 added to" in answer and "no-such:" in answer, "what is gone hinders no other"
    assert await hung(museum, "planned") == [["vase", "coin-1"]]
    await undo_in(contributor, answer)
    assert await hung(museum, "planned") == [], "in one act, as it was done"
    await contributor.post(lists("artifacts"), data=[("slug", "vase"), ("target", "planned")])
    twice = [("slug", "vase"), ("target", "planned")]
    again = await (await contributor.post(lists("artifacts"), data=twice, headers=spoken)).text()
    assert "hangs in this exhibition already" in again and "notice-line refused" in again
    await contributor.post(lists("images"), data=[("slug", "secret-image"), ("target", "planned")])
    assert "1 of its exhibits is not public yet" in await text_of(
        contributor, "/admin/exhibitions/planned/review?lang=en"
    )
    assert "/admin/exhibitions/planned/exhibits" in await text_of(contributor, "/admin/images/secret-image/review")
    await post(contributor, "/admin/exhibitions/planned/exhibits/sections", title__en="Epilogue")
    sections = re.findall(r'id="section-(\d+)"', await text_of(contributor, "/admin/exhibitions/planned/exhibits"))
    data = [("slug", "coin-1"), ("slug", "unseen"), ("target", "planned"), back]
    asked = await (await contributor.post(lists("artifacts"), data=data, headers=spoken)).text()
    assert "Epilogue" in asked and asked.count("<option") == 2, "of several sections one is chosen"
    assert f'value="{sections[1]}" selected' in asked
    assert (await contributor.post(lists("artifacts"), data=[*data, ("section", "99999")], headers=JSON)).status == 404
    answer = await (await contributor.post(lists("artifacts"), data=[*data, ("section", sections[0])])).text()
    assert await hung(museum, "planned") == [["vase", "secret-image", "coin-1", "unseen"], []]
    await undo_in(contributor, answer)
    assert await hung(museum, "planned") == [["vase", "secret-image"], []]
    await contributor.post(lists("images"), data=[("slug", "wall-map"), ("title:en", "Of maps")])
    assert await hung(museum, "of-maps") == [["wall-map"]], "a new exhibition of what was chosen"
    new = [post(contributor, "/admin/records/exhibitions/new", title__en="At once") for _ in range(4)]
    assert [status for status, _ in await asyncio.gather(*new)] == [303] * 4, "side by side, of one name"
    gone = [("slug", "no-such"), ("title:en", "Of nothing")]
    assert (await contributor.post(lists("images"), data=gone, headers=JSON)).status == 404
    assert (await contributor.get("/admin/exhibitions/of-nothing/exhibits")).status == 404, "none is made for nothing"


async def test_exhibitions_stand_in_the_order_that_curators_give_them(museum: Museum, log_in: LogIn) -> None:
    contributor, curator = await log_in("contributor"), await log_in("curator")
    home = "/admin/records/exhibitions/order"

    async def public() -> list[str]:
        found = await (await museum.client.get("/api/v1/exhibitions?limit=100")).json()
        return [one["slug"] for one in found["items"]]

    before = await public()
    assert home in await text_of(curator, "/admin/records/exhibitions")
    assert f"{home}/" not in await text_of(contributor, home)
    assert (await post(contributor, f"{home}/{before[1]}/earlier"))[0] == 403
    # Between the two stands a draft, which has its place among them too.
    for _ in range(2):
        assert (await post(curator, f"{home}/{before[1]}/earlier")) == (303, home)
    assert await public() == [before[1], before[0], *before[2:]]
    visited = await text_of(museum.client, "/exhibitions")
    assert visited.index(f"/exhibitions/{before[1]}") < visited.index(f"/exhibitions/{before[0]}")
    await undo(curator, home)
    assert await public() == before
    assert (await post(curator, f"{home}/{before[1]}/place", place="4"))[0] == 303
    assert await public() == [before[0], before[2], before[1], *before[3:]]
    await undo(curator, home)
    assert (await post(curator, f"{home}/{before[-1]}/place", place="1"))[0] == 303
    assert (await public())[0] == before[-1]
    assert (await post(curator, f"{home}/{before[-1]}/place", place="99999"))[0] == 303
    assert await public() == before
    moves = [(before[0], "later"), (before[2], "earlier"), (before[-1], "earlier"), (before[1], "later")] * 2
    answers = await asyncio.gather(*(post(curator, f"{home}/{slug}/{way}") for slug, way in moves))
    assert {status for status, _ in answers} == {303}
    async with museum.database.read() as session:
        positions = list(await session.scalars(select(Exhibition.position)))
    assert len(set(positions)) == len(positions), "whoever arranges at the same time, each has a place of its own"
    for place in ("", "first"):
        assert (await post(curator, f"{home}/{before[0]}/place", place=place))[0] == 422
    assert (await post(curator, f"{home}/no-such/later"))[0] == 404
    assert (await curator.get("/admin/records/artifacts/order")).status in (404, 405)


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


async def test_an_activity_is_made_step_by_step(museum: Museum, log_in: LogIn) -> None:
    contributor, curator, guest = await log_in("contributor"), await log_in("curator"), await log_in("guest")
    new = "/admin/records/activities/new"
    assert (await post(guest, new, title__en="Mine"))[0] == 403
    home = "/admin/activities/to-draw/steps"
    assert await post(contributor, new, title__en="To draw") == (303, home)
    version = {"version": "1"}
    empty = await curator.post("/admin/activities/to-draw/review/publish", data=version, headers=JSON)
    assert empty.status == 422, "it has no step"
    made = [await post(contributor, home, kind=kind, title__en=f"To {kind}") for kind in ("answer", "find")]
    steps = [where.removeprefix(f"{home}#step-") for _, where in made]
    for wrong in ({"kind": "sleep", "title__en": "Sleep"}, {"kind": "look"}):
        assert (await post(contributor, home, **wrong))[0] == 422, wrong
    assert (await post(guest, home, kind="look", title__en="Look"))[0] == 403

    async def version_now() -> str:
        found = re.search(r'name="version" value="(\d+)"', await text_of(contributor, home))
        assert found
        return found[1]

    async def save(number: str, **fields: str) -> int:
        words = {"version": await version_now(), "title__en": "Which is it?", "body__en": "Look well."}
        return (await post(contributor, f"{home}/{number}", **words, **fields))[0]

    answers = {"answer-0__en": "A crab", "answer-1__en": "A carp"}
    assert await save(steps[0], **answers) == 422, "none is right"
    assert await save(steps[0], **answers, **{"right-0": "yes", "explanation__en": "x" * 2001}) == 422
    assert await save(steps[0], **answers, **{"right-0": "yes", "explanation__en": "It has claws."}) == 303
    for wrong in ({"scene": "no-such"}, {"image": "no-such"}):
        assert await save(steps[1], **wrong) == 404, wrong
    assert await save(steps[1], scene="lobby", yaw="east") == 422
    for version in (str(2**31), str(2**70)):
        assert (await post(contributor, f"{home}/{steps[1]}", version=version, title__en="Which is it?"))[0] == 422
    assert await save(steps[1], scene="lobby", yaw="400", pitch="-5", image="wall-map") == 303
    assert (await post(contributor, f"{home}/{steps[1]}/earlier", version=await version_now()))[0] == 303
    assert (await post(contributor, f"{home}/{steps[1]}/delete", version="1"))[0] == 409
    assert (await post(contributor, f"{home}/999999/later", version=await version_now()))[0] == 404
    await curator.post("/admin/activities/to-draw/review/publish", data={"version": await version_now()})
    record = await (await museum.client.get("/api/v1/activities/to-draw")).json()
    assert [step["kind"] for step in record["steps"]] == ["find", "answer"]
    assert record["steps"][0]["data"] == {"yaw": 40.0, "pitch": -5.0}
    assert record["steps"][1]["data"]["choices"][0] == {"text": {"en": "A crab"}, "right": True}
    shown = await text_of(museum.client, "/activities/to-draw?lang=en")
    assert "A carp" in shown and "It has claws." in shown
    assert f'action="{home}' not in await text_of(contributor, home), "now it is not hers to change"


async def test_pictures_are_put_where_they_are_meant_to_be(museum: Museum, log_in: LogIn) -> None:
    """Sent in parts, with nobody looking on when the last one has come; and by a form without scripts."""
    contributor, curator = await log_in("contributor"), await log_in("curator")
    await post(contributor, "/admin/records/exhibitions/new", title__en="New things")

    def picture(hue: int) -> bytes:
        file = BytesIO()
        Picture.new("RGB", (90, 60), (40 * hue, 90, 40)).save(file, "JPEG")
        return file.getvalue()

    def metadata(**values: str) -> str:
        return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in values.items())

    async def send(client: Any, content: bytes, goal: str, name: str = "new.jpg") -> tuple[int, str]:
        tus = {"Tus-Resumable": "1.0.0", **JSON}
        told = metadata(filename=name, goal=goal, head=b64encode(content[:64]).decode())
        headers = tus | {"Upload-Length": str(len(content)), "Upload-Metadata": told}
        begun = await client.post("/admin/uploads", headers=headers)
        if begun.status != 201:
            return begun.status, ""
        address, half = begun.headers["Location"], len(content) // 2
        for start, part in ((0, content[:half]), (half, content[half:])):
            headers = tus | {"Upload-Offset": str(start), "Content-Type": "application/offset+octet-stream"}
            answer = await client.patch(address, headers=headers, data=part)
        return answer.status, address

    async def lines(client: Any, goal: str) -> list[dict[str, Any]]:
        return (await (await client.get(f"/admin/images/uploads.json?goal={goal}")).json())["lines"]

    wrong = (
        ("artifact/vase", 403),
        ("artifact/no-such", 404),
        ("venue/tianjin", 422),
        ("image/x", 422),
        ("cover/\0", 422),
    )
    for goal, status in wrong:
        assert (await send(contributor, picture(1), goal))[0] == status, goal
    assert (await send(contributor, b"%PDF-1.7 nothing", "image"))[0] == 422, "said before it is sent"
    assert (await send(curator, picture(1), "artifact/vase", "side.jpg"))[0] == 204
    page = await text_of(curator, "/admin/artifacts/vase/photographs")
    assert re.findall(r'id="photograph-([\w-]+)"', page) == ["vase-front", "side"]
    assert 'name="alt:en"' in page, "it is asked what it shows"
    version = re.search(r'/admin/images/side/words.*?name="version" value="(\d+)"', page, re.DOTALL)
    assert version
    words = {"version": version[1], "alt:en": "From the side", "back": "/admin/artifacts/vase/photographs"}
    answer = await curator.post("/admin/images/side/words", data=words, allow_redirects=False)
    assert answer.headers["Location"] == words["back"]
    [line] = await lines(curator, "artifact/vase")
    assert line["state"] == "queued" and line["address"] == "/admin/images/side/review"
    assert await lines(contributor, "artifact/vase") == [], "hers only"

    await send(contributor, picture(2), "exhibition/new-things", "one.jpg")
    await send(contributor, picture(3), "cover/new-things", "front.jpg")
    assert await hung(museum, "new-things") == [["one"]]
    assert 'href="/admin/images/front/review"' in await text_of(contributor, "/admin/exhibitions/new-things/exhibits")
    await send(contributor, picture(1), "exhibition/new-things", "again.jpg")
    assert await hung(museum, "new-things") == [["one", "side"]], "known by its content"
    await send(curator, picture(1), "artifact/coin-1", "again.jpg")
    [line] = await lines(curator, "artifact/coin-1")
    assert line["state"] == "refused" and line["address"], "it is another artifact's photograph"
    finished = await curator.post(line["upload"].replace("/admin/uploads", "/admin/images/uploads"))
    assert finished.status == 204 and await lines(curator, "artifact/coin-1") == [line], "once"

    leaver = await log_in("editor")
    await people.set_venue_role(museum.database, "editor", "tianjin", "contributor")
    content, tus = picture(6), {"Tus-Resumable": "1.0.0", **JSON}
    headers = tus | {"Upload-Length": str(len(content)), "Upload-Metadata": metadata(filename="late.jpg", goal="image")}
    begun = await leaver.post("/admin/uploads", headers=headers)
    await people.set_role(museum.database, "editor", "guest")
    headers = tus | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert (await leaver.patch(begun.headers["Location"], headers=headers, data=content)).status == 204
    async with museum.database.read() as session:
        assert await session.scalar(select(Image.id).where(Image.slug == "late")) is None, (
            "she may in one hall only now"
        )

    form = FormData()
    form.add_field("file", picture(4), filename="plain.jpg")
    form.add_field("file", b"no picture", filename="notes.txt")
    said = await (await curator.post("/admin/images?goal=artifact/vase", data=form)).text()
    assert "notes.txt:" in said and 'id="photograph-plain"' in said
    await undo_in(curator, said)
    assert 'id="photograph-plain"' not in await text_of(curator, "/admin/artifacts/vase/photographs")
    for goal, status in (("artifact/vase", 403), ("nothing", 422)):
        form = FormData()
        form.add_field("file", picture(5), filename="x.jpg")
        answer = await contributor.post(f"/admin/images?goal={goal}", data=form, headers=JSON)
        assert answer.status == status, goal
