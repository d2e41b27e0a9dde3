"""Texts of parts of records: counted among what languages lack, written below the record's own, and never lost between two curators."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from museum.collection.models import ExhibitionSection, ExhibitionSectionText
from museum.curation import people, snapshot_rows, upkeep
from museum.curation.audit import CONSOLE
from museum.curation.bearers import BEARERS
from museum.curation.changes import changing
from museum.curation.languages import Choice, count
from museum.curation.models import Revision
from museum.database.texts import set_texts
from museum.scenes.models import Hotspot, HotspotText, Link, LinkText, Scene, SceneText, VenueText
from tests.http.conftest import LogIn, Museum


async def lacks(museum: Museum, bearer: str, language: str, field: str = "title", **choice: str) -> int | None:
    async with museum.database.read() as session:
        found = (await count(session, Choice(**choice))).get((bearer, field))
    return None if found is None else found[language]


async def spots_of(museum: Museum, kind: str) -> list[int]:
    """The hotspots of a kind in the scene `prologue`."""
    async with museum.database.read() as session:
        scene = select(Scene.id).where(Scene.slug == "prologue").scalar_subquery()
        query = select(Hotspot.id).where(Hotspot.scene_id == scene, Hotspot.kind == kind).order_by(Hotspot.id)
        return list(await session.scalars(query))


async def text_of(museum: Museum, number: int, language: str, field: str = "title") -> tuple[str, str] | None:
    async with museum.database.read() as session:
        row = await session.get(HotspotText, {"record_id": number, "field": field, "language": language})
        return None if row is None else (row.value, row.state)


async def version_of(museum: Museum) -> str:
    async with museum.database.read() as session:
        return str(await session.scalar(select(Scene.version).where(Scene.slug == "prologue")))


@pytest.fixture
async def web_page(museum: Museum) -> int:
    """The hotspot that opens a web page, named in Simplified Chinese only."""
    number = (await spots_of(museum, "web"))[0]
    async with museum.database.write() as session:
        await session.execute(
            delete(HotspotText).where(HotspotText.record_id == number, HotspotText.language != "zh-Hans")
        )
    return number


async def test_parts_are_counted_as_visitors_need_their_texts(museum: Museum, web_page: int) -> None:
    assert await lacks(museum, "hotspot", "en") == 1, "what opens a record goes by that record's name"
    assert await lacks(museum, "hotspot", "zh-Hans") == 0
    text, unplaced = await spots_of(museum, "text")
    opening = (await spots_of(museum, "image"))[0]
    async with museum.database.write() as session:
        numbers = (text, unplaced)
        await session.execute(
            delete(HotspotText).where(HotspotText.record_id.in_(numbers), HotspotText.language == "en")
        )
        far = await session.scalar(select(Link.id).where(Link.target_url.is_not(None)))
        await session.execute(delete(LinkText).where(LinkText.record_id == far))
        # A name of its own, in one language, wants the others.
        session.add(
            HotspotText(record_id=opening, field="title", language="zh-Hans", value="墙上的图", folded="墙上的图")
        )
        section = await session.scalar(select(func.min(ExhibitionSection.id)))
        bodies = delete(ExhibitionSectionText).where(ExhibitionSectionText.record_id == section)
        await session.execute(
            bodies.where(ExhibitionSectionText.field == "body", ExhibitionSectionText.language == "en")
        )
    assert await lacks(museum, "hotspot", "en") == 4
    assert await lacks(museum, "hotspot", "en", state="published") == 3, "nobody sees the one that has no place yet"
    assert await lacks(museum, "hotspot", "en", state="draft") is None
    assert await lacks(museum, "hotspot", "en", venue="tianjin") == 4
    assert await lacks(museum, "hotspot", "en", venue="coins") is None
    assert await lacks(museum, "link", "zh-Hans") == 1, "a way to another museum has no other name"
    assert await lacks(museum, "section", "en", "body") == 1
    assert await lacks(museum, "section", "en", venue="tianjin") is None, "exhibitions are in no hall"
    assert await lacks(museum, "stop", "zh-Hans", "question") == 0
    assert await lacks(museum, "stop", "zh-Hans", "narration") is None, "a recording is no text to be translated"
    async with museum.database.read() as session:
        missing = (await upkeep.look(session)).missing
    assert missing["hotspot", "title", "en"] == 3
    assert missing["section", "body", "en"] == 1
    assert ("artifact", "title", "en") in missing


async def test_from_the_number_to_the_text_and_back(museum: Museum, log_in: LogIn, web_page: int) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    home = await (await curator.get("/admin/?lang=en")).text()
    while "are being counted" in home:
        home = await (await curator.get("/admin/?lang=en")).text()
    assert "Scene · Hotspot: Title" in home
    page = await (await curator.get("/admin/languages?kind=scene&lang=en")).text()
    while "being counted" in page:
        page = await (await curator.get("/admin/languages?kind=scene&lang=en")).text()
    here = "/admin/languages/hotspot/title/zh-Hant"
    assert f'href="{here}"' in page
    page = await (await curator.get(f"{here}?lang=en")).text()
    assert "Hotspot · Web page · 网页" in page
    assert "網頁</textarea>" in page, "proposed by machine"
    assert f'href="/admin/scenes/prologue/translate/zh-Hant#hotspot-{web_page}"' in page

    before = await version_of(museum)
    key = f"text:prologue:{web_page}"
    refused = await (await contributor.post(here, data={key: "網頁"})).text()
    assert "not yours" in refused or "不能更改" in refused
    answer = await curator.post(f"{here}/take")
    assert await text_of(museum, web_page, "zh-Hant") == ("網頁", "draft")
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', await answer.text())[0]
    assert await version_of(museum) == str(int(before) + 1)
    await curator.post(here, data={key: "網頁"})
    assert await text_of(museum, web_page, "zh-Hant") == ("網頁", "reviewed")
    assert "網頁</textarea>" not in await (await curator.get(here)).text()

    # Its source is written anew, on the page of the scene.
    form = {"version": await version_of(museum), "yaw": "9", "pitch": "0", "title:zh-Hans": "新网页"}
    answer = await curator.post(f"/admin/scenes/prologue/hotspots/{web_page}", data=form, allow_redirects=False)
    assert answer.status == 303
    assert await text_of(museum, web_page, "zh-Hant") == ("網頁", "stale")
    assert await lacks(museum, "hotspot", "zh-Hant") == 1
    assert "the source has changed since" in await (await curator.get(f"{here}?lang=en")).text()
    for wrong in ("hotspot/title/fr", "stop/narration/en", "item/title/en"):
        assert (await curator.get(f"/admin/languages/{wrong}")).status == 404
    async with museum.database.read() as session:
        actions = list(await session.scalars(select(Revision.action).where(Revision.slug == "prologue")))
    assert actions.count("translated") == 2, "each save is a revision of the whole scene"
    assert (await curator.post(undo, data={"back": here})).status == 200


def fields_of(page: str) -> dict[str, str]:
    """What a browser sends of the form of texts, with its ends of lines."""
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', page)
    version = re.findall(r'name="(version[^"]*)" value="(\d+)"', page)
    return {name: html.unescape(value).replace("\n", "\r\n") for name, value in (*texts, *version)}


async def test_two_who_translate_one_scene(museum: Museum, log_in: LogIn, web_page: int) -> None:
    curator, editor = await log_in("curator"), await log_in("editor")
    here = "/admin/scenes/prologue/translate/en"
    own, of_page = "text:scene:0:title", f"text:hotspot:{web_page}:title"
    text = (await spots_of(museum, "text"))[0]
    note = f"text:hotspot:{text}:description"
    first = fields_of(await (await curator.get(f"{here}?lang=en")).text())
    second = fields_of(await (await editor.get(f"{here}?lang=en")).text())
    assert (first[own], first[of_page], first[note]) == ("Prologue", "", "A note")
    missing = fields_of(await (await curator.get(f"{here}?only=missing")).text())
    assert of_page in missing
    assert own not in missing

    answer = await curator.post(here, data={**first, of_page: "Web page", note: "A note\r\nin two lines"})
    assert answer.status == 200
    assert await text_of(museum, web_page, "en") == ("Web page", "reviewed")
    assert await text_of(museum, text, "en", "description") == ("A note\nin two lines", "reviewed")
    version = await version_of(museum)
    # Hers was made before: what only she changed is saved; what both wrote is asked about, and nothing of either is lost.
    answer = await editor.post(f"{here}?lang=en", data={**second, own: "The prologue", of_page: "Their site"})
    page = await answer.text()
    assert answer.status == 409
    assert "Their site</textarea>" in page
    assert "Web page</dd>" in page
    assert "1 texts are saved" in page
    assert own not in fields_of(page), "only what is disputed"
    assert await text_of(museum, web_page, "en") == ("Web page", "reviewed")
    assert await text_of(museum, text, "en", "description") == ("A note\nin two lines", "reviewed"), "left as it was"
    assert await version_of(museum) == str(int(version) + 1)
    assert (await editor.post(here, data=fields_of(page))).status == 200
    assert await text_of(museum, web_page, "en") == ("Their site", "reviewed")

    # From the list as well; and what is said of a source that has changed since is stale.
    listed = "/admin/languages/hotspot/title/en"
    async with museum.database.write() as session:
        spot = await session.get_one(HotspotText, {"record_id": web_page, "field": "title", "language": "en"})
        spot.state = "draft"
    page = await (await curator.get(listed)).text()
    old = fields_of(page)
    form = {"version": await version_of(museum), "yaw": "9", "pitch": "0", "title:zh-Hans": "新网页", "title:en": "New"}
    await editor.post(f"/admin/scenes/prologue/hotspots/{web_page}", data=form)
    answer = await curator.post(listed, data={**old, f"text:prologue:{web_page}": "Mine"})
    assert answer.status == 409
    assert "New</dd>" in await answer.text()
    gone = {"text:prologue:999999": "Nowhere", "version:prologue": "1"}
    assert "removed" in await (await curator.post(f"{listed}?lang=en", data=gone)).text()


async def test_a_translation_of_what_has_changed_since_is_stale(museum: Museum, log_in: LogIn, web_page: int) -> None:
    curator = await log_in("curator")
    here = "/admin/scenes/prologue/translate/en"
    first = fields_of(await (await curator.get(here)).text())
    form = {"version": await version_of(museum), "yaw": "9", "pitch": "0", "title:zh-Hans": "新网页"}
    await curator.post(f"/admin/scenes/prologue/hotspots/{web_page}", data=form)
    assert (await curator.post(here, data={**first, f"text:hotspot:{web_page}:title": "Web page"})).status == 200
    assert await text_of(museum, web_page, "en") == ("Web page", "stale")
    page = await (await curator.get(f"{here}?lang=en")).text()
    again = fields_of(page)
    await curator.post(here, data=again)
    assert await text_of(museum, web_page, "en") == ("Web page", "stale"), "nobody has said that it is right"
    await curator.post(
        here, data={**again, "version": await version_of(museum), f"read:hotspot:{web_page}:title": "yes"}
    )
    assert await text_of(museum, web_page, "en") == ("Web page", "reviewed")


async def test_every_kind_has_its_page_and_only_hers_to_write(museum: Museum, log_in: LogIn) -> None:
    guest = await log_in("guest")
    for address in (
        *("venues/tianjin", "scenes/prologue", "models/vase-model", "exhibitions/show-1", "activities/seafood"),
        *("tours/first-steps", "images/wall-map", "artifacts/vase", "places/station"),
    ):
        answer = await guest.get(f"/admin/{address}/translate", headers={"Accept-Language": "en"})
        assert answer.status == 200, address
        assert answer.url.path.startswith(f"/admin/{address}/translate/")
        assert "<textarea" in (page := await answer.text())
        assert "Save all" not in page
    page = await (await guest.get("/admin/tours/first-steps/translate/en?lang=en")).text()
    assert "Guided tour" in page
    assert "What is told" in page or "Text" in page
    assert "lobby.mp3" not in page
    await people.set_venue_role(museum.database, "guest", "coins", "editor")
    form: dict[str, Any] = {"version": await version_of(museum), "text:scene:0:title": "Not hers"}
    answer = await guest.post("/admin/scenes/prologue/translate/en", data=form, allow_redirects=False)
    assert answer.status == 403
    async with museum.database.write() as session:
        scene = (await session.scalars(select(Scene).where(Scene.slug == "coins-1"))).one()
        spot = Hotspot(scene_id=scene.id, kind="text", yaw=1.0, texts=[])
        set_texts(spot, "title", {"zh-Hans": "匾额"})
        session.add(spot)
        await session.flush()
        number = spot.id
    page = await (await guest.get("/admin/scenes/coins-1/translate/zh-Hant")).text()
    form = {**fields_of(page), f"text:hotspot:{number}:title": "匾額"}
    assert (await guest.post("/admin/scenes/coins-1/translate/zh-Hant", data=form)).status == 200
    assert await text_of(museum, number, "zh-Hant") == ("匾額", "draft"), "as the machine proposed it"
    assert set(BEARERS) >= {"hotspot", "link", "floor", "section", "step", "stop", "annotation"}


async def test_answers_and_rooms_have_texts_too(museum: Museum, log_in: LogIn) -> None:
    """The sample's answers are in Simplified Chinese and English only."""
    assert await lacks(museum, "step", "zh-Hant", "answers") == 2
    assert await lacks(museum, "stop", "zh-Hant", "answers", state="published") == 2
    assert await lacks(museum, "stop", "en", "answers") == 0
    assert await lacks(museum, "venue", "en", "rooms") == 0
    async with museum.database.read() as session:
        assert (await upkeep.look(session)).missing["step", "answers", "zh-Hant"] == 2
    curator = await log_in("curator")
    here = "/admin/languages/step/answers/zh-Hant"
    page = await (await curator.get(f"{here}?lang=en")).text()
    assert "Answer 2" in page
    assert "Take all" not in page, "nothing would mark them as made by machine"
    form = fields_of(page)
    second = next(name for name in form if name.endswith(":answer-2"))
    assert form[second] == "鯉魚"
    answer = await curator.post(here, data={**form, "only": second.removeprefix("text:")})
    assert answer.status == 200
    assert await lacks(museum, "step", "zh-Hant", "answers") == 1
    # What was shown before that does not overwrite what is there since.
    assert (await curator.post(here, data={**form, second: "鯉"})).status == 409
    page = await (await curator.get("/admin/activities/seafood/translate/zh-Hant?only=missing&lang=en")).text()
    assert "鯉魚" not in page
    assert (await curator.post("/admin/activities/seafood/translate/zh-Hant", data=fields_of(page))).status == 200
    assert await lacks(museum, "step", "zh-Hant", "answers") == 0
    page = await (await curator.get("/admin/venues/tianjin/translate/en")).text()
    room = "text:venue:0:room-main"
    form = fields_of(page)
    assert form[room] == "Prologue"
    assert (await curator.post("/admin/venues/tianjin/translate/en", data={**form, room: "First room"})).status == 200
    hall = await (await museum.client.get("/venues/tianjin?lang=en")).text()
    assert "First room" in hall
    broken = await curator.post(here, data={"text:seafood:1:room-main": "x"})
    assert broken.status == 400


async def test_what_was_said_of_one_answer_is_not_said_of_the_next(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    here = "/admin/activities/seafood/translate/zh-Hant"
    old = fields_of(await (await curator.get(here)).text())
    first, second = (name for name in old if ":answer-" in name)
    async with changing(museum.database, CONSOLE) as session:
        activity = await snapshot_rows.load(session, "activity", "seafood", change=True)
        step = next(one for one in activity.steps if one.data.get("choices"))
        crab, carp = step.data["choices"]
        step.data = {**step.data, "choices": [carp, {"text": {"zh-Hans": "对虾", "en": "Prawn"}, "right": True}]}
        activity.version += 1
    answer = await curator.post(here, data={**old, first: "螃蟹"})
    page = await answer.text()
    assert answer.status == 409
    assert [name for name in fields_of(page) if name.startswith("text:")] == [first], "she has not touched the other"
    assert "螃蟹</textarea>" in page, "hers is not lost"
    assert 'lang="zh-Hans">鲤鱼</p>' in page, "beside what it would say now"

    async def told() -> list[str | None]:
        async with museum.database.read() as session:
            activity = await snapshot_rows.load(session, "activity", "seafood")
            data = next(one.data for one in activity.steps if one.data.get("choices"))
            return [choice["text"].get("zh-Hant") for choice in data["choices"]]

    assert crab["text"]["zh-Hans"] == "三疣梭子蟹"
    assert await told() == [None, None]
    assert (await curator.post(here, data={**fields_of(page), first: "鯉魚"})).status == 200
    assert await told() == ["鯉魚", None]
    assert old[second] == "鯉魚", "what the machine proposed for the second when it was another"


async def test_only_texts_that_pages_offer_are_written(museum: Museum, log_in: LogIn, web_page: int) -> None:
    curator = await log_in("curator")
    here = "/admin/scenes/prologue/translate/en"
    for name in ("scene:0:" + "x" * 40, "scene:0:<b>", "scene:0:", "artifact:0:title", "link:1:body"):
        form = {"version": await version_of(museum), f"text:{name}": "x"}
        assert (await curator.post(here, data=form, allow_redirects=False)).status == 303, name
    many = {f"text:hotspot:{number}:title": "x" for number in range(10**6, 10**6 + 1500)}
    page = await (await curator.post(f"{here}?lang=en", data={"version": "1", **many})).text()
    assert "1500 texts belong to something that somebody has removed" in page
    encoded = {"Content-Type": "application/x-www-form-urlencoded"}
    listed = await curator.post(
        "/admin/languages/scene/title/en", data=b"text:nothing%00at=all", headers=encoded, allow_redirects=False
    )
    assert listed.status == 303
    rooms = await curator.post("/admin/languages/venue/rooms/en", data={"text:tianjin": "x"}, allow_redirects=False)
    assert rooms.status == 303
    async with museum.database.read() as session:
        assert set(await session.scalars(select(SceneText.field))) <= {"title", "description"}
        assert set(await session.scalars(select(VenueText.field))) <= {"title", "description"}
        assert await session.scalar(select(Scene.version).where(Scene.slug == "prologue")) == 1


async def test_what_an_import_brought_is_not_held_against_her(museum: Museum, log_in: LogIn, web_page: int) -> None:
    curator = await log_in("curator")
    text = (await spots_of(museum, "text"))[0]
    async with museum.database.write() as session:
        rows = select(HotspotText).where(HotspotText.record_id == text, HotspotText.field == "description")
        for row in await session.scalars(rows):
            if row.language == "zh-Hant":
                await session.delete(row)
            else:
                row.value = "很长" * 5000
    for language in ("en", "zh-Hant"):
        here = f"/admin/scenes/prologue/translate/{language}"
        form = fields_of(await (await curator.get(here)).text())
        assert len(form[f"text:hotspot:{text}:description"]) == 10_000
        form[f"text:hotspot:{web_page}:title"] = "Web page"
        assert (await curator.post(here, data=form, allow_redirects=False)).status == 303
        assert await text_of(museum, web_page, language) == ("Web page", "reviewed")
        form |= {"version": await version_of(museum), f"text:hotspot:{text}:description": "x" * 4001}
        assert (await curator.post(here, data=form, headers={"Accept": "application/json"})).status == 422
    assert await text_of(museum, text, "zh-Hant", "description") == ("很長" * 5000, "draft")
