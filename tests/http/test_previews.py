"""A signed link shows one record that is not public yet, and what it shows, to whoever has it: nothing else, to nobody else, and not for
ever."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient
from sqlalchemy import select, update

from museum.collection.models import Artifact, Exhibition, ExhibitionItem, ExhibitionSection, Image
from museum.curation import previews
from museum.curation.models import PreviewLink
from museum.database.base import now
from museum.scenes.models import Hotspot, Scene
from museum.web.keys import PREVIEWS
from tests.http.conftest import LogIn, Museum
from tests.http.test_unpublished import HIDDEN, SHOWN, add_drafts, fill, public_patterns

JSON = {"Accept": "application/json"}


@pytest.fixture
async def friend(museum: Museum) -> AsyncIterator[Any]:
    """A browser of somebody without an account."""
    async with TestClient(museum.client.server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


async def link_to(client: Any, kind: str, slug: str) -> str:
    """The address of a new preview link."""
    home = f"/admin/{kind}/{slug}"
    made = await client.post(f"{home}/preview", data={"days": "7"}, headers=JSON, allow_redirects=False)
    assert made.status == 303
    page = await (await client.get(made.headers["Location"])).text()
    return re.findall(r'href="(/preview/[\w-]+)"', page)[-1]


async def forget(museum: Museum) -> None:
    """Two seconds pass."""
    museum.client.app[PREVIEWS].forget()


async def test_a_scene_with_its_tiles_and_what_hangs_in_it(museum: Museum, log_in: LogIn, friend: Any) -> None:
    files = await add_drafts(museum)
    async with museum.database.write() as session:
        scene = (await session.scalars(select(Scene).where(Scene.slug == "draft-scene"))).one()
        image = (await session.scalars(select(Image).where(Image.slug == "secret-image"))).one()
        session.add(Hotspot(scene_id=scene.id, kind="image", yaw=3.0, image_id=image.id))
    link = await link_to(await log_in("contributor"), "scenes", "draft-scene")
    mine = ["/scenes/draft-scene", "/api/v1/scenes/draft-scene/tour.json", "/api/v1/scenes/draft-scene"]
    mine += [f"/tiles/{museum.digests['draft-scene']}/0/f/0/0.jpg", f"/tiles/{museum.digests['draft-scene']}/strip.jpg"]
    mine += ["/scenes/draft-scene/view.jpg", "/images/secret-image", "/iiif/3/secret-image/full/100,/0/default.jpg"]
    for path in mine:
        assert (await friend.get(path)).status == 404, path
    opened = await friend.get(link)
    assert opened.status == 200
    assert opened.url.path == "/scenes/draft-scene"
    assert 'action="/preview/leave"' in await opened.text(), "it says that it is a preview"
    tour = await (await friend.get("/api/v1/scenes/draft-scene/tour.json")).json()
    opened = [spot["target"] for spot in tour["scene"]["hotspots"]]
    assert [target["slug"] for target in opened if "slug" in target] == ["secret-image"]
    [film] = [target for target in opened if "seconds" in target]
    mine += [film["href"], film["captions"]["en"]]
    for path in mine:
        answer = await friend.get(path)
        assert answer.status == 200, path
        assert answer.headers["Cache-Control"].startswith("private"), path
        assert (await museum.client.get(path)).status == 404, (
            f"{path} is for nobody else, also after a friend has looked"
        )
    for pattern in public_patterns(museum):
        if "{slug" not in pattern and "{digest" not in pattern:
            continue
        # The tour is public as soon as one may enter a scene of it.
        granted = {
            "draft-scene",
            "nowhere",
            "secret-image",
            museum.digests["draft-scene"],
            museum.digests["secret-image"],
            film["href"].split("/")[-1].removesuffix(".mp4"),
        }
        async with museum.database.read() as session:
            other = (
                HIDDEN - granted if "{slug" in pattern else files.hidden - granted - await _files_of(session, granted)
            )
        for named in other:
            assert (await friend.get(fill(pattern, named), allow_redirects=False)).status == 404, (pattern, named)
    for slug in SHOWN[:2]:
        assert (await friend.get(f"/venues/{slug}")).status in (200, 404)
    assert (await friend.get("/admin/", allow_redirects=False)).status == 303, "it opens no curators' page"
    left = await friend.post("/preview/leave", allow_redirects=False)
    assert left.status == 303
    assert (await friend.get("/scenes/draft-scene")).status == 404


async def _files_of(session: Any, digests: set[str]) -> set[str]:
    from museum.assets.models import Asset, AssetBlob

    query = select(AssetBlob.digest).join(Asset, Asset.id == AssetBlob.asset_id).where(Asset.digest.in_(digests))
    return set(await session.scalars(query))


async def test_an_artifact_with_its_photographs_and_an_exhibition_with_its_items(
    museum: Museum, log_in: LogIn, friend: Any
) -> None:
    curator = await log_in("curator")
    async with museum.database.write() as session:
        show = (await session.scalars(select(Exhibition).where(Exhibition.slug == "planned"))).one()
        unseen = (await session.scalars(select(Artifact).where(Artifact.slug == "unseen"))).one()
        image = (await session.scalars(select(Image).where(Image.slug == "secret-image"))).one()
        section = ExhibitionSection(exhibition_id=show.id, texts=[], items=[])
        section.items = [
            ExhibitionItem(position=0, artifact_id=unseen.id),
            ExhibitionItem(position=1, image_id=image.id),
        ]
        session.add(section)
    assert (await friend.get(await link_to(curator, "artifacts", "unseen"))).url.path == "/artifacts/unseen"
    assert (await friend.get("/images/unseen-photo")).status == 200
    assert (await friend.get("/exhibitions/planned")).status == 404
    assert (await friend.get(await link_to(curator, "exhibitions", "planned"))).status == 200
    page = await (await friend.get("/exhibitions/planned")).text()
    assert "/artifacts/unseen" in page
    assert "secret-image" in page
    assert (await friend.get("/iiif/2/secret-image/info.json")).status == 200
    assert (await museum.client.get("/iiif/2/secret-image/info.json")).status == 404


async def test_links_end_and_cannot_be_made_up(museum: Museum, log_in: LogIn, friend: Any) -> None:
    curator, guest = await log_in("curator"), await log_in("guest")
    home = "/admin/scenes/draft-scene"
    assert (await guest.post(f"{home}/preview", data={"days": "7"}, headers=JSON)).status == 403
    assert (await curator.post(f"{home}/preview", data={"days": "400"}, headers=JSON)).status == 422
    assert (await curator.post("/admin/models/vase-model/preview", data={"days": "7"}, headers=JSON)).status == 422
    link = await link_to(curator, "scenes", "draft-scene")
    assert "/preview/" not in await (await guest.get(home)).text(), "who may only look gives none away"
    token = link.removeprefix("/preview/")
    assert (await friend.get(link)).status == 200
    for wrong in (
        token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        token[:12] + ("A" if token[12] != "A" else "B") + token[13:],
        token[:40],
        token + "AAAA",
    ):
        forged = await museum.client.get(f"/preview/{wrong}", allow_redirects=False)
        assert forged.status == 404, wrong
    async with museum.database.read() as session:
        number = await session.scalar(select(PreviewLink.id))
    assert (await guest.post(f"{home}/preview/{number}/end", headers=JSON)).status == 403
    assert (await curator.post(f"/admin/scenes/lobby/preview/{number}/end", headers=JSON)).status == 404
    assert (await curator.post(f"{home}/preview/{number}/end", headers=JSON)).status == 200
    await forget(museum)
    assert (await friend.get("/scenes/draft-scene")).status == 404, "revoked"
    assert (await friend.get(link)).status == 404
    second = await link_to(curator, "scenes", "draft-scene")
    assert (await friend.get(second)).status == 200
    async with museum.database.write() as session:
        await session.execute(update(PreviewLink).values(expires_at=now() - timedelta(seconds=1)))
    await forget(museum)
    assert (await friend.get("/scenes/draft-scene")).status == 404, "over"
    async with museum.database.read() as session:
        key = await previews.signing_key(session)
    assert key is not None
    old = previews.sign(key, 1, now() - timedelta(seconds=1))
    assert previews.read_token(key, old) is None
    assert previews.read_token(b"other" * 8, previews.sign(key, 1, now() + timedelta(days=1))) is None
