"""What languages lack: counted, filled side by side, proposed between the scripts by machine, and all of it undone."""

from __future__ import annotations

import html
import re
from typing import Any

from sqlalchemy import delete, select

from museum.collection.models import Artifact, ArtifactText
from museum.curation.languages import Choice, count
from museum.database.chinese import into_script
from museum.database.texts import set_texts
from tests.http.conftest import LogIn, Museum


def test_scripts_by_phrase() -> None:
    assert into_script("头发与发展，乾隆皇后", "zh-Hant") == "頭髮與發展，乾隆皇后"
    assert into_script("頭髮與發展", "zh-Hans") == "头发与发展"


async def lacking(museum: Museum, language: str, field: str = "title", **choice: str) -> int:
    async with museum.database.read() as session:
        return (await count(session, Choice(**choice))).get(("artifact", field), {}).get(language, 0)


async def texts_of(museum: Museum, slug: str, language: str = "zh-Hant") -> tuple[str, str] | None:
    async with museum.database.read() as session:
        query = (
            select(ArtifactText.value, ArtifactText.state)
            .join(Artifact, Artifact.id == ArtifactText.record_id)
            .where(Artifact.slug == slug, ArtifactText.field == "title", ArtifactText.language == language)
        )
        row = (await session.execute(query)).first()
    return tuple(row) if row else None


async def test_from_the_table_to_the_last_text_and_back(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    async with museum.database.write() as session:
        await session.execute(delete(ArtifactText).where(ArtifactText.language == "zh-Hant"))
        for number in range(4):
            one = Artifact(slug=f"robe-{number}", accession_number=f"R-{number}", category="robe", texts=[])
            set_texts(one, "title", {"zh-Hans": f"发簪{number}", "en": f"Hairpin {number}"})
            session.add(one)
        session.add(one := Artifact(slug="nameless", accession_number="N", category="robe", texts=[]))
        set_texts(one, "condition", {"en": "Good"})
    total = await lacking(museum, "zh-Hant")
    assert await lacking(museum, "zh-Hant", state="draft") >= 4
    assert await lacking(museum, "zh-Hans", "condition") == 1, "a field that some record has"
    assert await lacking(museum, "zh-Hant", venue="tianjin") == 0, "artifacts are in no hall"
    page = await (await curator.get("/admin/languages?lang=en")).text()
    while "being counted" in page:
        page = await (await curator.get("/admin/languages?lang=en")).text()
    assert 'href="/admin/languages/artifact/title/zh-Hant"' in page
    here = "/admin/languages/artifact/title/zh-Hant"
    page = await (await contributor.get(f"{here}?state=draft&lang=en")).text()
    assert "髮簪0</textarea>" in page, "by phrase"
    assert "made by machine" in page

    # One of them, put right by hand.
    form: dict[str, Any] = {"text:robe-0": "髮簪（玉）", "text:robe-1": "髮簪1", "only": "robe-0"}
    await contributor.post(here, data=form)
    assert await texts_of(museum, "robe-0") == ("髮簪（玉）", "reviewed")
    assert await texts_of(museum, "robe-1") is None, "only the one"
    published = await texts_of(museum, "vase", "zh-Hans")
    assert published
    answer = await contributor.post(here, data={"text:vase": "花瓶"})
    assert "not yours" in await answer.text() or "不能更改" in await answer.text()
    assert await texts_of(museum, "vase") is None

    # All of the machine's at once; then one read, then all undone.
    answer = await curator.post(f"{here}/take?state=draft")
    page = await answer.text()
    assert await texts_of(museum, "robe-1") == ("髮簪1", "draft")
    assert await texts_of(museum, "nameless") is None, "there was nothing to make it of"
    assert "made by machine" in page, "it stays in the list until somebody has read it"
    assert await lacking(museum, "zh-Hant") < total - 1
    undo = re.findall(r'action="(/admin/acts/\w+/undo)"', page)[0]
    back = html.unescape(re.findall(r'name="back" value="([^"]+)"', page)[0])
    await curator.post(here, data={"text:robe-2": "髮簪2"})
    assert await texts_of(museum, "robe-2") == ("髮簪2", "reviewed")
    answer = await curator.post(undo, data={"back": back})
    assert answer.status == 200
    assert await texts_of(museum, "robe-1") is None
    assert await texts_of(museum, "robe-0") == ("髮簪（玉）", "reviewed")

    # Taken and read in one go; taken without a word it is still to be read.
    await contributor.post(here, data={"text:robe-1": "髮簪1", "text:robe-3": "", "only-read": "robe-1"})
    assert await texts_of(museum, "robe-1") == ("髮簪1", "reviewed")
    await contributor.post(here, data={"text:robe-3": "髮簪3"})
    assert await texts_of(museum, "robe-3") == ("髮簪3", "draft")
    answer = await contributor.get("/admin/artifacts/robe-3/translate?lang=en")
    assert answer.url.path.endswith("/zh-Hant"), "where something is to be read, not where she reads"
    await contributor.post(
        "/admin/artifacts/robe-3/translate/zh-Hant",
        data={"version": "2", "text:artifact:0:title": "髮簪3", "read": "yes"},
    )
    assert await texts_of(museum, "robe-3") == ("髮簪3", "reviewed")
    answer = await contributor.get("/admin/artifacts/robe-3/translate?lang=en")
    assert answer.url.path.endswith("/en"), "all is there"
    for tag in ("zh-Hans", "zh-Hant"):
        await contributor.post(f"/admin/languages/artifact/condition/{tag}", data={"text:nameless": "好"})
    here = "/admin/languages?kind=artifact&state=draft&lang=en"
    page = "being counted"
    while "being counted" in page:
        page = await (await curator.get(here)).text()
    assert "<td>Condition</td>" in page
    for lacking_in in ("any", "zh-Hant"):
        page = await (await curator.get(f"{here}&lacking={lacking_in}")).text()
        assert "<td>Title</td>" in page
        assert "<td>Condition</td>" not in page, "the one that has it has it in all languages"
