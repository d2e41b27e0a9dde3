"""An artifact is published together with its photographs, and without any its page is whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select, update

from museum.collection.models import Artifact, Image, ImageText, Model
from tests.http.conftest import LogIn, Museum

PAGE = "/admin/artifacts/unseen/review"


@pytest.fixture
async def photographed(museum: Museum) -> None:
    """A draft artifact with two photographs that can be shown and one whose file is missing, all drafts."""
    async with museum.database.write() as session:
        artifact = await session.scalar(select(Artifact.id).where(Artifact.slug == "unseen"))
        await session.execute(update(Model).where(Model.artifact_id == artifact).values(state="draft"))
        await session.execute(update(Image).where(Image.slug == "unseen-photo").values(artifact_id=None))
        asset = await session.scalar(select(Image.asset_id).where(Image.slug == "wall-map"))
        for number, made in enumerate((asset, asset, None)):
            words = ImageText(
                field="title", language="en", value=f"Side {number}", folded=f"side {number}", state="source"
            )
            session.add(
                Image(
                    slug=f"side-{number}",
                    artifact_id=artifact,
                    asset_id=made,
                    category="other",
                    position=number,
                    texts=[words],
                )
            )


async def text_of(client: Any, path: str) -> str:
    answer = await client.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def states(museum: Museum) -> dict[str, str]:
    async with museum.database.read() as session:
        rows = await session.execute(select(Image.slug, Image.state).where(Image.slug.startswith("side-")))
        artifact = await session.scalar(select(Artifact.state).where(Artifact.slug == "unseen"))
        return {**{row[0]: row[1] for row in rows}, "artifact": str(artifact)}


async def send(client: Any, page: str, where: str, **changed: str) -> Any:
    """Send the form of a page that goes to `where` as it stands, but for what is changed; empty leaves a field out."""
    [form] = [one for one in html.document_fromstring(page).forms if str(one.get("action")).endswith(where)][:1]
    fields = [(name, value) for name, value in form.form_values() if changed.get(name) != ""]
    button = form.xpath(".//button[@name]")
    fields += [(one.get("name"), one.get("value")) for one in button]
    return await client.post(form.get("action"), data=fields, allow_redirects=False)


@pytest.mark.usefixtures("photographed")
async def test_an_artifact_is_published_with_its_photographs(museum: Museum, log_in: LogIn) -> None:
    curator, contributor = await log_in("curator"), await log_in("contributor")
    before = await states(museum)
    page = await text_of(curator, f"{PAGE}?lang=en")
    assert "3 photographs are not public" in page and "One of them cannot be published yet." in page
    assert "publish its 2 photographs too" in page
    seen = await text_of(contributor, f"{PAGE}?lang=en")
    assert "3 photographs are not public" in seen and "publish its" not in seen, (
        "who may not publish is told, not asked"
    )

    assert (await send(curator, page, "/review/publish")).status == 303
    assert await states(museum) == {
        "side-0": "published",
        "side-1": "published",
        "side-2": "draft",
        "artifact": "published",
    }
    assert "side-1" in await text_of(museum.client, "/artifacts/unseen")
    page = await text_of(curator, f"{PAGE}?lang=en")
    assert "2 photographs are public too." in page and "One photograph is not public" in page
    undo = re.search(r'action="(/admin/acts/\w+/undo)"', page)
    assert undo and (await curator.post(undo[1], data={"back": PAGE})).status == 200
    assert await states(museum) == before, "all of it was one act"
    assert (await museum.client.get("/artifacts/unseen")).status == 404


@pytest.mark.usefixtures("photographed")
async def test_photographs_may_follow_their_artifact_later(museum: Museum, log_in: LogIn) -> None:
    curator = await log_in("curator")
    page = await text_of(curator, f"{PAGE}?lang=en")
    assert (await send(curator, page, "/review/publish", photographs="")).status == 303
    assert {slug for slug, state in (await states(museum)).items() if state == "published"} == {"artifact"}
    visited = html.document_fromstring(await text_of(museum.client, "/artifacts/unseen?lang=en"))
    assert not visited.find_class("object-stage") and visited.find_class("in-words"), (
        "nothing stands for a missing picture"
    )

    page = await text_of(curator, f"{PAGE}?lang=en")
    assert "Publish these 2 photographs" in page
    assert (await send(curator, page, "/admin/records/images")).status == 303
    assert (await states(museum))["side-1"] == "published"
    assert html.document_fromstring(await text_of(museum.client, "/artifacts/unseen?lang=en")).find_class(
        "object-stage"
    )
