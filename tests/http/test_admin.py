"""The curators' addresses: who gets in, who does not, and uploads that outlive the server."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import os
import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import CookieJar, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from museum.assets.models import Asset
from museum.assets.store import open_store
from museum.curation import drafting, people, publication, roles, sessions, throttle
from museum.curation.models import ROLES, Person
from museum.database import Database
from museum.scenes.models import Hotspot, HotspotText, Link
from museum.settings import Settings
from museum.web.admin import access
from museum.web.application import build_application
from tests.support import start_server

PASSWORD = "lantern under snow"
Client = TestClient[web.Request, web.Application]
TUS = {"Tus-Resumable": "1.0.0"}
ADDRESS = {
    "slug": "none",
    "id": "1",
    "what": "links",
    "verb": "keep",
    "upload": "none",
    "handle": "none",
    "kind": "scenes",
    "act": "0" * 32,
    "batch": "0" * 32,
    "format": "csv",
    "plan": "publish",
    "record": "scene",
    "token": "none",
    "field": "title",
    "language": "en",
    "way": "earlier",
    "image": "none",
    "queue": "exhibitions",
    "scene": "none",
    "shown": "artifacts",
}
"""What stands for the parts of an address."""
PART = {**TUS, "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
async def application(database: Database, tmp_path: Path) -> AsyncIterator[web.Application]:
    store = open_store(str(tmp_path / "store"))
    settings = Settings(data=tmp_path, min_free_bytes=0, max_upload_bytes=5_000_000)
    yield build_application(settings, database, store)
    await store.close()


@pytest.fixture
async def client(application: web.Application) -> AsyncIterator[Client]:
    async with TestClient(TestServer(application), cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


async def log_in(client: Client, name: str = "mei", password: str = PASSWORD, **fields: str) -> Any:
    return await client.post("/admin/login", data={"name": name, "password": password, **fields}, allow_redirects=False)


@pytest.fixture
async def curator(client: Client, database: Database) -> Client:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    assert (await log_in(client)).status == 303
    return client


async def test_every_route_demands_a_role(client: Client, application: web.Application, database: Database) -> None:
    """Walks all routes as a visitor and in each role: nobody gets further than the route declares."""
    routes = [
        route
        for route in application.router.routes()
        if route.resource is not None and access.is_admin(route.resource.canonical)
    ]
    assert len(routes) > 30
    for route in routes:
        assert route.resource is not None
        key = route.method, route.resource.canonical
        if route.method != "HEAD" or key in application[access.NEEDS]:
            assert key in application[access.NEEDS], f"{key} declares nothing"
    for role in (None, *ROLES):
        client.session.cookie_jar.clear()
        if role:
            await people.add_person(database, role, PASSWORD, role=role)
            assert (await log_in(client, role)).status == 303
        for (method, path), needs in application[access.NEEDS].items():
            if needs == access.ANYBODY:
                continue
            address = path
            for name, value in ADDRESS.items():
                address = address.replace("{" + name + "}", value)
            assert "{" not in address
            answer = await client.request(
                method, address, headers={"Accept": "application/json"}, allow_redirects=False
            )
            if role is None:
                assert answer.status == 401, (method, address)
            elif needs not in roles.ALLOWED[role]:
                assert answer.status == 403, (role, method, address)
            else:
                assert answer.status not in (401, 403, 500), (role, method, address, await answer.text())
            assert answer.headers["Cache-Control"] == "no-store", (method, address)


async def test_visitor_is_sent_to_log_in_and_comes_back(client: Client, database: Database) -> None:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    answer = await client.get("/admin/jobs?lang=en", allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/admin/login?next=/admin/jobs?lang%3Den"
    for following, arrives in (
        ("/admin/jobs", "/admin/jobs"),
        ("https://elsewhere.example/", "/admin/"),
        ("//elsewhere.example/admin", "/admin/"),
        ("/admin/\\elsewhere", "/admin/"),
        ("/", "/admin/"),
    ):
        answer = await log_in(client, next=following)
        assert answer.headers["Location"] == arrives


async def test_cookie_is_out_of_reach(client: Client, database: Database) -> None:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    cookie = (await log_in(client)).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = await client.get("/admin/")
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "ETag" not in page.headers


async def test_unknown_name_and_wrong_password_look_alike(client: Client, database: Database) -> None:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    texts = []
    for name in ("mei", "wei"):
        answer = await log_in(client, name, "not the password")
        assert answer.status == 401
        texts.append((await answer.text()).replace(name, ""))
    assert texts[0] == texts[1]


async def test_guessing_is_slowed(client: Client, database: Database) -> None:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    for _ in range(throttle.FREE_TRIES["account"]):
        assert (await log_in(client, password="a wrong password")).status == 401
    answer = await log_in(client)
    assert answer.status == 429, "even the right password has to wait"
    assert int(answer.headers["Retry-After"]) > 0


async def test_other_sites_change_nothing(curator: Client) -> None:
    fields = {"title:en": "Hall"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ):
        answer = await curator.post("/admin/venues", data=fields, headers=headers, allow_redirects=False)
        assert answer.status == 403, headers
    own = f"http://{curator.host}:{curator.port}"
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": own}):
        answer = await curator.post("/admin/venues", data=fields, headers=headers, allow_redirects=False)
        assert answer.status == 303, headers


async def test_revoked_and_logged_out_at_once(curator: Client, database: Database) -> None:
    assert (await curator.get("/admin/sessions")).status == 200
    await curator.post("/admin/logout", allow_redirects=False)
    assert (await curator.get("/admin/", allow_redirects=False)).status == 303
    await log_in(curator)
    await people.disable_person(database, "mei")
    assert (await curator.get("/admin/", allow_redirects=False)).status == 303


async def test_overtaken_form_keeps_what_was_typed(curator: Client, database: Database) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Door"})
    form = {"version": "1", "north": "0", "title:en": "Gate"}
    assert (await curator.post("/admin/scenes/door", data=form, allow_redirects=False)).status == 303
    answer = await curator.post("/admin/scenes/door", data={**form, "title:en": "My own words"}, allow_redirects=False)
    assert answer.status == 409
    text = await answer.text()
    assert "My own words" in text
    assert "Gate" in text, "what is there now stands beside it"
    assert 'name="version" value="2"' in text
    async with database.read() as session:
        scene = await drafting.load_scene(session, "door")
    assert [row.value for row in scene.texts] == ["Gate"]


async def version_of(client: Client, slug: str) -> str:
    page = await (await client.get(f"/admin/scenes/{slug}")).text()
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


async def test_nobodys_link_or_hotspot_is_lost(curator: Client, database: Database) -> None:
    """Two pages of one scene are open. What the second one sends is shown beside what the first saved, and kept when she says so."""
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    for title in ("Door", "Stair"):
        await curator.post("/admin/venues/hall/scenes/new", data={"title:en": title})
    opened = await version_of(curator, "door")
    spot = {"version": opened, "yaw": "10", "pitch": "0", "kind": "text", "title:en": "First words"}
    answer = await curator.post("/admin/scenes/door/hotspots", data=spot, allow_redirects=False)
    assert answer.status == 303
    for what, fields in (
        ("hotspots", spot),
        ("links", {"version": opened, "yaw": "1", "pitch": "0", "scene": "stair"}),
    ):
        answer = await curator.post(f"/admin/scenes/door/{what}", data=fields, allow_redirects=False)
        assert answer.status == 409, what
    async with database.read() as session:
        hotspot = (await session.scalars(select(Hotspot))).one()
        assert not list(await session.scalars(select(Link)))
    address = f"/admin/scenes/door/hotspots/{hotspot.id}"
    second = await version_of(curator, "door")
    moved = {"version": second, "yaw": "20", "pitch": "5", "title:en": "Second words"}
    assert (await curator.post(address, data=moved, allow_redirects=False)).status == 303
    mine = {"version": second, "yaw": "20", "pitch": "5", "title:en": "My words"}
    answer = await curator.post(address, data=mine, allow_redirects=False)
    text = await answer.text()
    assert answer.status == 409
    assert "My words" in text
    assert "Second words" in text
    assert text.count('class="differs"') == 1, "only the title differs"
    explicit = re.search(r'name="version" value="(\d+)"', text)
    assert explicit
    answer = await curator.post(address, data={**mine, "version": explicit[1]}, allow_redirects=False)
    assert answer.status == 303
    async with database.read() as session:
        assert (await session.scalars(select(HotspotText.value))).one() == "My words"


async def test_the_other_end_of_a_link_is_overtaken_too(curator: Client, database: Database) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    for title in ("Door", "Stair"):
        await curator.post("/admin/venues/hall/scenes/new", data={"title:en": title})
    other = await version_of(curator, "stair")
    link = {"version": await version_of(curator, "door"), "yaw": "1", "pitch": "0", "target": "stair"}
    assert (await curator.post("/admin/scenes/door/links", data=link, allow_redirects=False)).status == 303
    # Her words and the way back don't touch each other, so both are kept without a question.
    form = {"version": other, "north": "0", "title:en": "Stairs"}
    assert (await curator.post("/admin/scenes/stair", data=form, allow_redirects=False)).status == 303
    assert 'value="Stairs"' in await (await curator.get("/admin/scenes/stair")).text()
    async with database.read() as session:
        assert len(list(await session.scalars(select(Link)))) == 2
    # Publishing what she has not seen is another thing.
    answer = await curator.post(
        "/admin/scenes/stair/publish", data={"version": other}, headers={"Accept": "application/json"}
    )
    assert answer.status == 409


async def test_nothing_is_published_unseen(curator: Client, database: Database) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await people.set_role(database, "mei", "editor")
    page = await (await curator.get("/admin/venues/hall")).text()
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    await curator.post("/admin/venues/hall", data={"version": found[1], "title:en": "Hall of Bells"})
    await curator.post("/admin/venues/hall/publish", data={"version": found[1]})
    assert "Hall of Bells" not in await (await curator.get("/venues/hall")).text()
    await curator.post("/admin/venues/hall/publish", data={"version": str(int(found[1]) + 1)})
    assert "Hall of Bells" in await (await curator.get("/venues/hall?lang=en")).text()


async def test_administrator_deals_with_people(client: Client, database: Database) -> None:
    for name, role in (("head", "administrator"), ("mei", "curator")):
        await people.add_person(database, name, PASSWORD, role=role)
    await log_in(client, "head")
    weak = await client.post("/admin/people?lang=en", data={"name": "tao", "password": "short", "role": "contributor"})
    assert weak.status == 422
    assert "short" not in re.findall(r'value="([^"]*)"', await weak.text())
    fields = {"name": "tao", "password": PASSWORD, "role": "contributor", "display_name": "Tao"}
    assert (await client.post("/admin/people", data=fields, allow_redirects=False)).status == 303
    async with database.read() as session:
        ids = {person.name: person.id for person in await people.list_people(session)}
    await people.authenticate(database, "tao", PASSWORD)
    token = await sessions.open_session(database, Person(id=ids["mei"]))
    await client.post(f"/admin/people/{ids['mei']}/role", data={"role": "editor"})
    found = await sessions.find_session(database, token)
    assert found is not None
    assert found.person.role == "editor"
    await client.post(f"/admin/people/{ids['mei']}/sessions")
    assert await sessions.find_session(database, token) is None
    await client.post(f"/admin/people/{ids['tao']}/disable")
    assert await people.authenticate(database, "tao", PASSWORD) is None
    await client.post(f"/admin/people/{ids['tao']}/enable")
    assert await people.authenticate(database, "tao", PASSWORD) is not None
    await client.post(f"/admin/people/{ids['head']}/disable")
    await client.post(f"/admin/people/{ids['head']}/role", data={"role": "contributor"})
    assert (await client.get("/admin/people")).status == 200, "she can't shut herself out"


async def test_six_faces_are_sorted_by_their_names(curator: Client, database: Database) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Door"})

    async def send(*names: str) -> Any:
        form = FormData()
        for name in names:
            # Two faces are alike, as floor and ceiling of a studio may be.
            form.add_field("file", b"sky" if name[-5] in "ud" else name.encode(), filename=name)
        return await curator.post("/admin/scenes/door/panorama", data=form, headers={"Accept": "application/json"})

    assert (await send("a.jpg", "b.jpg")).status == 422
    assert (await send(*(f"photo-{number}9.jpg" for number in range(6)))).status == 422
    async with database.read() as session:
        assert not list(await session.scalars(select(Asset)))
    assert (await send(*(f"room_{face}.jpg" for face in "dulbrf"))).status == 200
    async with database.read() as session:
        asset = (await session.scalars(select(Asset))).one()
    assert [(row.role, row.original.digest) for row in asset.originals] == [
        (face, hashlib.sha256(b"sky" if face in "ud" else f"room_{face}.jpg".encode()).hexdigest()) for face in "frblud"
    ]


async def test_without_scripts_scenes_are_chosen_from_a_list(curator: Client, database: Database) -> None:
    for hall, scene in (("Hall", "Door"), ("Annexe", "Attic")):
        await curator.post("/admin/venues", data={"title:en": hall})
        await curator.post(f"/admin/venues/{hall.lower()}/scenes/new", data={"title:en": scene})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Stair"})
    asset = Asset(kind="panorama", state="ready", digest="0" * 64, info={})
    async with database.write() as session:
        session.add(asset)
        await session.flush()
        (await drafting.load_scene(session, "stair")).panorama_id = asset.id
    text = await (await curator.get("/admin/scenes/stair?lang=en")).text()
    groups = re.findall(r'<optgroup label="([^"]+)"><option value="([^"]+)">', text)
    assert groups == [("Hall", "door"), ("Annexe", "attic")]


async def test_hostile_words_are_only_words(curator: Client) -> None:
    hostile = '"><script>alert(1)</script>'
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": hostile, "slug": "door"})
    for address in ("/admin/", "/admin/venues/hall", "/admin/scenes/door", "/admin/scenes/door/delete"):
        text = await (await curator.get(address)).text()
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


async def test_draft_is_reachable_at_no_address(
    curator: Client, application: web.Application, database: Database
) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Door"})
    async with database.write() as session:
        await publication.publish(session, await drafting.load_venue(session, "hall"))
    curator.session.cookie_jar.clear()
    for address in (
        "/scenes/door",
        "/api/v1/scenes/door",
        "/api/v1/scenes/door/tour.json",
        "/api/v1/scenes/door/tour.json?preview=1",
    ):
        assert (await curator.get(address)).status in (401, 403, 404), address
    assert "Door" not in await (await curator.get("/venues/hall")).text()


def metadata(name: str) -> dict[str, str]:
    return {"Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}"}


async def test_tus(curator: Client, tmp_path: Path) -> None:
    body = os.urandom(900_000)
    options = await curator.options("/admin/uploads")
    assert options.headers["Tus-Version"] == "1.0.0"
    assert "creation" in options.headers["Tus-Extension"]
    assert options.headers["Tus-Max-Size"] == "5000000"
    assert (await curator.post("/admin/uploads", headers={"Upload-Length": "1"})).status == 412
    assert (await curator.post("/admin/uploads", headers={**TUS, "Upload-Length": "x"})).status == 400
    assert (await curator.post("/admin/uploads", headers={**TUS, "Upload-Length": "5000001"})).status == 413
    made = await curator.post("/admin/uploads", headers={**TUS, "Upload-Length": str(len(body)), **metadata("展.jpg")})
    assert made.status == 201
    address = made.headers["Location"]
    assert urlsplit(address).netloc == ""
    head = await curator.head(address, headers=TUS)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == ("0", str(len(body)))
    assert head.headers["Cache-Control"] == "no-store"
    first = await curator.patch(address, data=body[:400_000], headers={**PART, "Upload-Offset": "0"})
    assert (first.status, first.headers["Upload-Offset"]) == (204, "400000")
    wrong = await curator.patch(address, data=body, headers={**PART, "Upload-Offset": "0"})
    assert wrong.status == 409
    assert (await curator.patch(address, data=b"x", headers={**TUS, "Upload-Offset": "400000"})).status == 415
    damaged = {**PART, "Upload-Offset": "400000", "Upload-Checksum": "sha1 " + base64.b64encode(b"x" * 20).decode()}
    assert (await curator.patch(address, data=body[400_000:], headers=damaged)).status == 460
    last = await curator.patch(address, data=body[400_000:], headers={**PART, "Upload-Offset": "400000"})
    assert last.status == 204
    digest = hashlib.sha256(body).hexdigest()
    assert (tmp_path / "store" / digest[:2] / digest[2:4] / digest).read_bytes() == body
    gone = await curator.delete(address, headers=TUS)
    assert gone.status == 204
    assert (await curator.head(address, headers=TUS)).status == 404


async def test_uploads_are_hers_alone(curator: Client, database: Database) -> None:
    made = await curator.post("/admin/uploads", headers={**TUS, "Upload-Length": "10", **metadata("a.jpg")})
    address = made.headers["Location"]
    await people.add_person(database, "tao", PASSWORD, role="curator")
    await log_in(curator, "tao")
    assert (await curator.head(address, headers=TUS)).status == 404
    assert (await curator.patch(address, data=b"x", headers={**PART, "Upload-Offset": "0"})).status == 404
    assert (await curator.delete(address, headers=TUS)).status == 404


async def test_form_without_scripts_uploads_too(curator: Client) -> None:
    await curator.post("/admin/venues", data={"title:en": "Hall"})
    await curator.post("/admin/venues/hall/scenes/new", data={"title:en": "Door"})
    answer = await curator.post(
        "/admin/scenes/door/panorama", data={"file": io.BytesIO(b"no picture at all" * 1000)}, allow_redirects=False
    )
    assert answer.status == 303
    status = await (await curator.get("/admin/scenes/door/status.json")).json()
    assert status["state"] == "queued"


@pytest.fixture
def killed_settings(tmp_path: Path) -> Iterator[Settings]:
    data = tmp_path / "museum"
    data.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield Settings(data=data, port=port, min_free_bytes=0, workers=0)


async def test_upload_outlives_a_killed_server(killed_settings: Settings) -> None:
    """The power fails in the middle of a part. What was acknowledged is still there, and the rest goes on from that point."""
    body = os.urandom(24_000_000)
    settings = killed_settings
    server = await asyncio.to_thread(start_server, settings)
    database = Database(settings.resolved_database_url)
    await people.add_person(database, "mei", PASSWORD, role="curator")
    await database.close()
    from aiohttp import ClientError, ClientSession

    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        await session.post(f"{server.url}/admin/login", data={"name": "mei", "password": PASSWORD})
        made = await session.post(
            f"{server.url}/admin/uploads", headers={**TUS, "Upload-Length": str(len(body)), **metadata("hall.jpg")}
        )
        address = made.headers["Location"]

        async def slowly() -> AsyncIterator[bytes]:
            for start in range(0, len(body), 1_000_000):
                if start >= 20_000_000:
                    server.kill()
                yield body[start : start + 1_000_000]
                await asyncio.sleep(0.05)

        with pytest.raises((ClientError, OSError)):
            await session.patch(server.url + address, data=slowly(), headers={**PART, "Upload-Offset": "0"})
        again = await asyncio.to_thread(start_server, settings)
        try:
            head = await session.head(again.url + address, headers=TUS)
            offset = int(head.headers["Upload-Offset"])
            assert 0 < offset < len(body), "the session and what was acknowledged outlive the server"
            answer = await session.patch(
                again.url + address, data=io.BytesIO(body[offset:]), headers={**PART, "Upload-Offset": str(offset)}
            )
            assert answer.status == 204, "the dead server's hold on it ended with the new one's start"
        finally:
            await asyncio.to_thread(again.stop)
            for process in (server.process, again.process):
                assert process.stdout is not None
                process.stdout.close()
    digest = hashlib.sha256(body).hexdigest()
    assert (settings.data / "store" / digest[:2] / digest[2:4] / digest).read_bytes() == body
