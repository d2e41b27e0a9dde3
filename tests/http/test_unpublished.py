"""What is not published lies at no address: every public route is asked for every draft, by slug and by digest."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, Image, Model
from museum.collection.records_query import KINDS
from museum.curation import drafting, people, publication
from museum.curation.models import ROLES
from museum.database.texts import set_texts
from museum.scenes.models import Hotspot, Scene, Venue
from museum.web.admin import access
from museum.web.middleware import is_for_programs
from tests.http.conftest import LogIn, Museum
from tests.pages_sample import SECRET, texted

PASSWORD = "lantern under snow"
HIDDEN = {
    "closed",
    "draft-scene",
    "behind-closed",
    "unseen",
    "secret-image",
    "unseen-photo",
    "secret-model",
    "unseen-model",
    "planned",
    "secret-activity",
    "secret-place",
    "secret-tour",
    "nowhere",
}
SHOWN = ("tianjin", "lobby", "vase", "vase-model", "wall-map", "show-0", "seafood", "station", "first-steps")
REST = {
    "level": "0",
    "face": "f",
    "row": "0",
    "column": "0",
    "ending": "jpg",
    "region": "full",
    "size": "100,",
    "rotation": "0",
    "quality": "default",
    "format": "jpg",
    "page": "1",
    "mark": "99999999999999999",
    "kind": "scenes",
    "whom": "phone",
    "number": "0",
    "form": "mp4",
    "language": "en",
    "token": "A" * 70,
}


@dataclass
class Files:
    """Digests of everything that belongs to shown and to hidden records, and numbers of hotspots with captions."""

    shown: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    shown_spots: set[str] = field(default_factory=set)
    hidden_spots: set[str] = field(default_factory=set)

    def names(self, pattern: str, *, hidden: bool) -> Collection[str]:
        """What may stand in an address of `pattern`: slugs, digests or numbers; nothing where it names nothing."""
        if "{slug" in pattern:
            return HIDDEN if hidden else SHOWN
        if "{digest" in pattern:
            return self.hidden if hidden else self.shown
        if "{id" in pattern:
            return self.hidden_spots if hidden else self.shown_spots
        return ()


async def add_films(museum: Museum, files: Files) -> None:
    """A film with captions in a shown scene, and one in a hidden scene."""
    async with museum.database.write() as session:
        for slug, content in (("lobby", b"shown film"), ("draft-scene", b"hidden film")):
            (museum.store.scratch / slug).write_bytes(content)
            blob = await museum.store.put(museum.store.scratch / slug)
            info = {"kind": "video", "format": "mp4", "seconds": 1.0}
            asset = Asset(kind="recording", state="ready", digest=blob.digest, info=info)
            asset.blobs = [
                AssetBlob(role="recording", digest=blob.digest, bytes=blob.bytes, media_type="video/mp4"),
            ]
            session.add(asset)
            scene = (await session.scalars(select(Scene).where(Scene.slug == slug))).one()
            await session.flush()
            spot = Hotspot(scene_id=scene.id, kind="video", yaw=3.0, recording_id=asset.id, texts=[])
            set_texts(
                spot,
                "captions",
                {"en": f"WEBVTT\n\n00:00.000 --> 00:01.000\n{SECRET if slug != 'lobby' else 'Hello'}\n"},
            )
            session.add(spot)
            await session.flush()
            hidden = slug in HIDDEN
            (files.hidden if hidden else files.shown).add(blob.digest)
            (files.hidden_spots if hidden else files.shown_spots).add(str(spot.id))


async def add_drafts(museum: Museum) -> Files:
    """Hide two models and a place as well, the one on a shown artifact; then the digests of all files."""
    files = Files()
    async with museum.database.write() as session:
        vase, unseen = [
            (await session.scalars(select(Artifact).where(Artifact.slug == slug))).one() for slug in ("vase", "unseen")
        ]
        for slug, artifact, state in (("secret-model", vase, "draft"), ("unseen-model", unseen, "published")):
            asset = Asset(kind="model", state="ready", digest=f"{len(slug):064x}", info={"triangles": 1, "bounds": []})
            asset.blobs = [
                AssetBlob(role="model", digest=f"{len(slug):064x}", bytes=4, media_type="model/gltf-binary"),
                AssetBlob(role="usdz", digest=f"{len(slug) + 49:064x}", bytes=4, media_type="model/vnd.usdz+zip"),
                AssetBlob(role="poster", digest=f"{len(slug) + 99:064x}", bytes=4, media_type="image/jpeg"),
            ]
            session.add(asset)
            await session.flush()
            model = Model(slug=slug, artifact_id=artifact.id, asset_id=asset.id, state=state)
            session.add(texted(model, title=SECRET, alt=SECRET))
    async with museum.database.read() as session:
        for record, column in ((Scene, Scene.panorama_id), (Image, Image.asset_id), (Model, Model.asset_id)):
            rows = await session.execute(
                select(record.slug, Asset.digest, AssetBlob.digest)
                .join(Asset, Asset.id == column)
                .join(AssetBlob, AssetBlob.asset_id == Asset.id)
            )
            for slug, digest, blob in rows:
                (files.hidden if slug in HIDDEN else files.shown).update((digest, blob))
    await add_films(museum, files)
    assert not files.hidden & files.shown
    assert len(files.hidden) >= 8
    return files


def public_patterns(museum: Museum) -> list[str]:
    """Every route for visitors that names something, e.g. `/scenes/{slug}`."""
    patterns = {resource.canonical for resource in museum.client.app.router.resources()}
    return sorted(
        pattern
        for pattern in patterns
        if "{" in pattern and not access.is_admin(pattern) and not pattern.startswith("/static/")
    )


def fill(pattern: str, named: str) -> str:
    """The address of `named`, a slug or a digest, under `pattern`. A part that this test does not know is a KeyError."""
    return re.sub(
        r"\{(\w+)[^}]*\}", lambda part: {**REST, "slug": named, "digest": named, "id": named}[part[1]], pattern
    )


async def test_no_public_route_leads_to_a_draft(museum: Museum) -> None:
    files = await add_drafts(museum)
    patterns = public_patterns(museum)
    assert len(patterns) >= 25
    for pattern in patterns:
        if not files.names(pattern, hidden=True):
            continue  # a part of a list, which the next test reads
        found: set[int] = set()
        for named in files.names(pattern, hidden=False):
            answer = await museum.client.get(fill(pattern, named), allow_redirects=False)
            found.add(answer.status)
        # An original is there where the model's rights say so, and the sample's say nothing.
        if pattern != "/models/{digest}/original":
            assert found & {200, 303}, f"nothing at all lies under {pattern}: {found}"
        for named in files.names(pattern, hidden=True):
            for method in ("GET", "HEAD"):
                path = fill(pattern, named)
                answer = await museum.client.request(method, path, allow_redirects=False)
                assert answer.status == 404, (method, path)
                assert answer.headers["Cache-Control"] == "no-store", path
                if is_for_programs(path):
                    assert answer.headers["Access-Control-Allow-Origin"] == "*", path
                    assert answer.content_type == "application/json", path


async def test_nothing_that_is_shown_mentions_a_draft(museum: Museum) -> None:
    files = await add_drafts(museum)
    paths = [
        resource.canonical
        for resource in museum.client.app.router.resources()
        if "{" not in resource.canonical and not access.is_admin(resource.canonical)
    ]
    assert {"/", "/sitemap.xml", "/search", "/api/v1/scenes", "/api/openapi.json"} <= set(paths)
    paths += [f"{path}?limit=200" for path in paths if path.startswith("/api/v1/") and path != "/api/v1/museum"]
    paths += ["/search?q=秘", "/search?q=draft", "/search?q=S-1", "/api/v1/scenes?venue=closed"]
    paths += [f"/sitemaps/{kind}-0.xml" for kind in KINDS]
    words = [p for p in public_patterns(museum) if "{slug" in p and "{region" not in p and not p.endswith(".jpg")]
    paths += [fill(p, slug) for p in words for slug in SHOWN]
    paths += [fill(p, "") for p in public_patterns(museum) if "{slug" not in p and "{digest" not in p]
    paths += [f"/oembed?url={museum.client.make_url('/')}{path[1:]}" for path in paths if path.count("/") == 2]
    paths.remove("/view.jpg")
    secrets = re.compile("|".join([SECRET, *(rf'[/"]{slug}[/"?]' for slug in HIDDEN), *files.hidden]))
    read = 0
    for path in paths:
        answer = await museum.client.get(path, headers={"Accept-Language": "zh-Hans"})
        if answer.status != 200:
            continue
        read += 1
        text = re.sub(r'class="[^"]*"', "", await answer.text())  # a class is called unseen, too
        mentioned = secrets.search(text)
        # The filter of a list is said back in no address of its own.
        assert mentioned is None, f"{path} mentions {text[max(0, mentioned.start() - 100) : mentioned.end() + 40]}"
    assert read > 30


OPEN = frozenset(
    [
        "/",
        "/activities",
        "/api/openapi.json",
        "/api/v1/activities",
        "/api/v1/artifacts",
        "/api/v1/exhibitions",
        "/api/v1/images",
        "/api/v1/languages",
        "/api/v1/museum",
        "/api/v1/places",
        "/api/v1/scenes",
        "/api/v1/tours",
        "/api/v1/venues",
        "/tours",
        "/building",
        "/collection",
        "/exhibitions",
        "/healthz",
        "/iiif/discovery/activity/all-changes",
        "/iiif/discovery/activity/page/{mark}",
        "/iiif/presentation/3/collection",
        "/manifest.webmanifest",
        "/metrics",
        "/museum-tour.d.ts",
        "/museum-tour.js",
        "/oembed",
        "/offline",
        "/offline/assets.json",
        "/places",
        "/preview/leave",
        "/readyz",
        "/robots.txt",
        "/search",
        "/service-worker.js",
        "/sitemap.xml",
        "/sitemaps/pages.xml",
        "/sitemaps/{kind}-{number}.xml",
        "/static/languages/{tag}-{digest}.json",
        "/static/{path}",
        "/venues",
        "/view.jpg",
    ]
) | {
    f"/iiif/presentation/3/collection/{kind}{page}"
    for kind in ("artifacts", "exhibitions", "images", "scenes", "venues")
    for page in ("", "/{page}")
}
"""Addresses that name no record: what they say, `test_nothing_that_is_shown_mentions_a_draft` reads."""

DRAFTS = frozenset(
    [
        "/tiles/{digest}/{level}/{face}/{row}/{column}.jpg",
        "/tiles/{digest}/strip.jpg",
        "/tiles/{digest}/preview.jpg",
        "/files/{digest}.{ending}",
        "/captions/{id}/{language}.vtt",
        "/recordings/{digest}.{form}",
        "/models/{digest}.glb",
        "/models/{digest}.usdz",
        "/models/{digest}/{whom}.glb",
    ]
) | {
    f"/iiif/{version}/{{slug}}{rest}"
    for version in (2, 3)
    for rest in ("", "/", "/info.json", "/{region}/{size}/{rotation}/{quality}.{format}")
}
"""Addresses at which everybody who is logged in sees drafts."""

VISIBLE = frozenset(
    [
        "/activities/{slug}",
        "/api/v1/activities/{slug}",
        "/api/v1/artifacts/{slug}",
        "/api/v1/exhibitions/{slug}",
        "/api/v1/images/{slug}",
        "/api/v1/places/{slug}",
        "/api/v1/scenes/{slug}",
        "/api/v1/scenes/{slug}/tour.json",
        "/api/v1/venues/{slug}",
        "/artifacts/{slug}",
        "/embed/scenes/{slug}",
        "/exhibitions/{slug}",
        "/images/{slug}",
        "/places/{slug}",
        "/scenes/{slug}",
        "/scenes/{slug}/qr.svg",
        "/scenes/{slug}/sphere.jpg",
        "/scenes/{slug}/view.jpg",
        "/venues/{slug}",
        "/tours/{slug}",
        "/api/v1/tours/{slug}",
        "/preview/{token}",
        "/models/{digest}/original",
        "/iiif/presentation/4/models/{slug}/manifest",
    ]
) | {
    address
    for kind in ("artifacts", "exhibitions", "images", "scenes", "venues")
    for address in (f"/iiif/content-state/{kind}/{{slug}}", f"/iiif/presentation/3/{kind}/{{slug}}/manifest")
}
"""Addresses at which nobody sees what is not published, logged in or not."""


@pytest.mark.timeout(900)
async def test_every_address_as_every_role(museum: Museum, log_in: LogIn) -> None:
    """Every route of the application is in one of the three sets above, or declares what it needs under /admin, which
    `test_every_route_demands_a_role` holds it to; a new one fails here until somebody has thought about it."""
    files = await add_drafts(museum)
    patterns = {resource.canonical for resource in museum.client.app.router.resources()}
    public = {pattern for pattern in patterns if not access.is_admin(pattern)}
    assert public == OPEN | DRAFTS | VISIBLE
    assert not OPEN & DRAFTS
    assert not VISIBLE & (OPEN | DRAFTS)
    for role in ("", *ROLES):
        client = await log_in(role) if role else museum.client
        for pattern in sorted(DRAFTS | VISIBLE):
            seen: set[int] = set()
            for named in files.names(pattern, hidden=True) or files.hidden:
                for method in ("GET", "HEAD") if role in ("", "guest") else ("HEAD",):
                    answer = await client.request(method, fill(pattern, named), allow_redirects=False)
                    # Not all samples have their files: what says that one is damaged has let its reader in.
                    assert answer.status != 500 or (role and pattern in DRAFTS), (role, pattern, named)
                    seen.add(answer.status)
                    if answer.status < 400:
                        assert answer.headers["Cache-Control"].startswith("private"), (role, pattern)
            # Not each hidden thing has each kind of file: what counts is whether any lies there.
            allowed = bool(role) and pattern in DRAFTS
            assert (seen == {404}) is (not allowed), (role, pattern, seen)
        for pattern in ("/api/v1/scenes/{slug}/tour.json?preview=1",):
            answer = await client.get(fill(pattern, "draft-scene"))
            assert (answer.status == 200) is bool(role)


@pytest.fixture
async def curator(museum: Museum) -> Any:
    """Somebody logged in at the sample museum."""
    await people.add_person(museum.database, "mei", PASSWORD, role="curator")
    async with TestClient(museum.client.server, cookie_jar=CookieJar(unsafe=True)) as client:
        answer = await client.post("/admin/login", data={"name": "mei", "password": PASSWORD}, allow_redirects=False)
        assert answer.status == 303
        yield client


async def test_curators_see_drafts_and_no_cache_keeps_them(museum: Museum, curator: Any) -> None:
    scene, image = museum.digests["draft-scene"], museum.digests["secret-image"]
    paths = [
        f"/tiles/{scene}/0/f/0/0.jpg",
        f"/tiles/{scene}/strip.jpg",
        "/iiif/3/secret-image/info.json",
        "/iiif/3/secret-image/full/100,/0/default.jpg",
        f"/tiles/{image}/preview.jpg",
        "/api/v1/scenes/draft-scene/tour.json?preview=1",
    ]
    for path in paths:
        answer = await curator.get(path)
        assert answer.status == 200, path
        assert answer.headers["Cache-Control"].startswith("private"), path
        # What a curator has just looked at stays hidden from visitors.
        assert (await museum.client.get(path)).status == 404, path


async def test_what_is_published_or_withdrawn_shows_with_the_commit(museum: Museum) -> None:
    tile = f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg"
    iiif, tour = "/iiif/3/wall-map/info.json", "/api/v1/scenes/lobby/tour.json"

    async def statuses() -> list[int]:
        return [(await museum.client.get(path)).status for path in (tile, iiif, tour, "/scenes/lobby")]

    assert await statuses() == [200] * 4
    async with museum.database.write() as session:
        await publication.withdraw(session, await drafting.load_scene(session, "lobby"))
    assert await statuses() == [404, 200, 404, 404]
    async with museum.database.write() as session:
        await publication.publish(session, await drafting.load_scene(session, "lobby"))
    assert await statuses() == [200] * 4
    async with museum.database.write() as session:
        venue = (await session.scalars(select(Venue).where(Venue.slug == "tianjin"))).one()
        image = (await session.scalars(select(Image).where(Image.slug == "wall-map"))).one()
        image.state = "draft"
        await publication.withdraw(session, venue)
    assert await statuses() == [404, 404, 404, 404]


async def test_a_withdrawal_that_failed_hides_nothing_for_others(museum: Museum) -> None:
    tile = f"/tiles/{museum.digests['lobby']}/0/f/0/0.jpg"
    assert (await museum.client.get(tile)).status == 200
    with pytest.raises(asyncio.CancelledError):
        async with museum.database.write() as session:
            await publication.withdraw(session, await drafting.load_scene(session, "lobby"))
            raise asyncio.CancelledError
    assert (await museum.client.get(tile)).status == 200
