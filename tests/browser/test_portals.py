"""Portals to scenes on other museums' servers: friendly, silent and hostile ones."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from sqlalchemy import update

from museum.assets.store import open_store
from museum.database import Database
from museum.database.migrate import migrate
from museum.scenes.models import Link
from museum.settings import Settings
from tests.browser.chart_museum import VIEW
from tests.browser.tour_site import chart, cut_panorama, serve, texts, write_tour
from tests.browser.viewing import TOUR, apart, eventually, open_scene, rest, seen, until, view, wait_for_scene
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server

pytestmark = pytest.mark.browser
NORTH = {"door": 30.0, "court": 200.0}
HOSTILE = "<img src=x onerror='window.pwned = 1'><script>window.pwned = 1</script>"


def tour(slug: str, panorama: dict[str, Any], links: list[dict[str, Any]], museum: dict[str, str]) -> dict[str, Any]:
    title = texts(f"场景 {slug}", f"場景 {slug}", f"Scene {slug}")
    venue = {"slug": "v", "kind": "hall", "title": texts("厅", "廳", "Hall"), "url": "/venues/v"}
    scene = {
        "slug": slug,
        "url": f"/scenes/{slug}",
        "title": title,
        "venue": venue,
        "north": NORTH.get(slug, 0.0),
        "view": VIEW,
        "panorama": panorama,
        "links": links,
        "hotspots": [],
    }
    return {"museum": museum, "home": "/", "scene": scene, "neighbours": {}}


def portal(number: int, server: str, slug: str, yaw: float) -> dict[str, Any]:
    return {
        "id": number,
        "kind": "portal",
        "yaw": yaw,
        "pitch": -4.0,
        "title": texts(f"门 {slug}", f"門 {slug}", f"Door to {slug}"),
        "tour": f"{server}/api/v1/scenes/{slug}/tour.json",
        "url": f"{server}/scenes/{slug}",
    }


class Hostile(BaseHTTPRequestHandler):
    """Another museum's server that means no good, or is not well."""

    protocol_version = "HTTP/1.1"
    panorama: dict[str, Any]
    home: str
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.split("/")[4] if self.path.count("/") >= 5 else ""
        getattr(self, f"send_{name.replace('-', '_')}", self.send_nothing)()

    def tour(self, **changes: Any) -> dict[str, Any]:
        made = tour("trap", self.panorama, [], texts("恶", "惡", "Bad"))
        made["scene"] |= changes
        return made

    def head(self, status: int, length: int | None, **more: str) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "application/json")
        if length is None:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(length))
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()

    def send_json(self, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.head(200, len(body))
        self.wfile.write(body)

    def send_nothing(self) -> None:
        self.head(404, 0)

    def send_huge(self) -> None:
        """Endless, and it does not say how long it is."""
        self.head(200, None)
        self.close_connection = True
        try:
            for _ in range(400):
                self.wfile.write(b" " * 1_000_000)
                time.sleep(0.01)
        except OSError:
            self.asked.append("hung up on huge")

    def send_slow(self) -> None:
        self.head(200, None)
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            self.asked.append("hung up on slow")

    def send_types(self) -> None:
        self.send_json(self.tour(links={"0": "x"}, hotspots=7, title=["<b>"]))

    def send_words(self) -> None:
        """A real scene whose texts are markup."""
        made = self.tour(title={"zh-Hans": HOSTILE, "en": HOSTILE}, description={"zh-Hans": HOSTILE})
        made["museum"] = {"zh-Hans": HOSTILE}
        note = {"id": 1, "kind": "text", "yaw": 0.0, "pitch": 0.0, "title": {"zh-Hans": HOSTILE}}
        made["scene"]["hotspots"] = [note | {"description": {"zh-Hans": HOSTILE}}]
        self.send_json(made)

    def send_scripts(self) -> None:
        self.send_json(self.tour(links=[portal(1, "javascript:window.pwned=1;//", "x", 0)]))

    def send_inward(self) -> None:
        """Tiles that would send the visitor's browser to the museum's own curators' pages."""
        tiles = f"{self.home}/admin/trap/{{level}}/{{face}}/{{row}}/{{column}}"
        self.send_json(self.tour(panorama={**self.panorama, "tiles": tiles}))

    def send_redirect(self) -> None:
        self.head(302, 0, Location=f"{self.home}/admin/trap")

    def send_html(self) -> None:
        self.head(200, 6)
        self.wfile.write(b"<html>")

    def log_message(self, format: str, *args: Any) -> None:
        pass


TRAPS = ("huge", "slow", "types", "words", "scripts", "inward", "redirect", "html", "gone")


@contextmanager
def hostile_server(panorama: dict[str, Any]) -> Iterator[tuple[str, type[Hostile]]]:
    handler = type("Handler", (Hostile,), {"panorama": panorama, "home": "", "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Doors:
    """A museum with doors to a friendly museum, to a hostile server, and to one that is switched off."""

    def __init__(self, home: str, friend: str, hostile: str, handler: type[Hostile]) -> None:
        self.home, self.friend, self.hostile, self.handler = home, friend, hostile, handler


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    here, there = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("there")
    door = cut_panorama(here, "door", chart(NORTH["door"]))
    court = cut_panorama(there, "court", chart(NORTH["court"]))
    with serve(here) as home, serve(there) as friend, hostile_server(court) as (hostile, handler):
        handler.home = home
        links = [portal(1, friend, "court", 20), portal(90, "http://127.0.0.1:9", "off", 40)]
        links += [portal(2 + i, hostile, name, -30 - 10 * i) for i, name in enumerate(TRAPS)]
        write_tour(here, tour("door", door, links, texts("家馆", "家館", "Home museum")))
        back = portal(1, home, "door", 60)
        write_tour(there, tour("court", court, [back], texts("友馆", "友館", "Friendly museum")))
        yield Doors(home, friend, hostile, handler)


@pytest.fixture
def page(chart_page: Any) -> Any:
    return chart_page


def door_to(doors: Doors, name: str) -> int:
    return 2 + TRAPS.index(name)


def go(page: Any, number: int) -> None:
    page.locator(f"museum-tour [data-link='{number}']").focus()
    page.keyboard.press("Enter")


LOOK = "yaw=20&pitch=-3&fov=66"


def test_through_a_door_into_another_museum_and_home_again(page: Any, doors: Doors) -> None:
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    page.evaluate("window.kept = true")
    page.evaluate(f"{TOUR}.turnTo({{yaw: 20, pitch: -3, fov: 66}}, 0)")
    rest(page)
    left = view(page)
    page.locator("museum-tour [data-link='1']").click()
    wait_for_scene(page, "court")
    assert page.evaluate("window.kept") is True, "the session goes on"
    heading, _ = seen(page)
    assert apart(heading, 20 + NORTH["door"]) <= 0.5, "headings hold from house to house"
    house = page.locator("museum-tour .house")
    assert "友馆" in house.inner_text()
    assert urlsplit(doors.friend).netloc in house.inner_text()
    assert urlsplit(page.evaluate("location.href")).path == "/scenes/door", (
        "a page can name its own server's scenes only"
    )
    assert "友馆" in page.title()
    page.reload()
    until(page, f"{TOUR}?.tour !== undefined")
    wait_for_scene(page, "court")
    page.get_by_role("button", name="回本馆: 家馆").click()
    wait_for_scene(page, "door")
    assert view(page) == pytest.approx(left, abs=1e-6)
    assert house.count() == 0
    page.go_forward()
    wait_for_scene(page, "court")
    page.go_back()
    wait_for_scene(page, "door")
    assert view(page) == pytest.approx(left, abs=1e-6)


def test_a_door_back_leads_home(page: Any, doors: Doors) -> None:
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    go(page, 1)
    wait_for_scene(page, "court")
    go(page, 1)
    wait_for_scene(page, "door")
    assert page.locator("museum-tour .house").count() == 0
    eventually(page, lambda: urlsplit(page.evaluate("location.href")).path == "/scenes/door")


def test_a_door_says_whose_house_lies_behind_it(page: Any, doors: Doors) -> None:
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    name = page.locator("museum-tour [data-link='1']").get_attribute("aria-label")
    assert name == f"前往另一座博物馆（{urlsplit(doors.friend).netloc}）：门 court"
    page.locator("museum-tour [data-link='1']").hover()
    page.locator("museum-tour .label.shown").get_by_text(f"另一座博物馆 · {urlsplit(doors.friend).netloc}").wait_for()


@pytest.mark.parametrize(
    ("trap", "words"),
    [
        ("huge", "发来的内容无法在此展示"),
        ("types", "发来的内容无法在此展示"),
        ("scripts", "发来的内容无法在此展示"),
        ("inward", "发来的内容无法在此展示"),
        ("html", "发来的内容无法在此展示"),
        ("redirect", "暂时没有应答"),
        ("gone", "没有这个场景"),
        ("off", "暂时没有应答"),
    ],
)
def test_a_bad_house_costs_nothing(page: Any, doors: Doors, trap: str, words: str) -> None:
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    before = view(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.evaluate(f"{TOUR}.follow({TOUR}.tour.scene.links.find(link => link.title.en === 'Door to {trap}'))")
    message = page.get_by_role("alert")
    message.get_by_text(words).wait_for(timeout=240_000)
    message.get_by_role("button", name="留在这里").click()
    message.wait_for(state="detached")
    assert page.evaluate(f"{TOUR}.scene") == "door"
    assert view(page) == pytest.approx(before, abs=1e-6)
    assert page.evaluate("window.pwned") is None
    assert not [path for path in asked if path.startswith("/admin")], "nobody sends a visitor's browser into the house"
    heading, _ = seen(page)
    assert apart(heading, 20 + NORTH["door"]) <= 0.5
    if trap == "huge":
        eventually(page, lambda: "hung up on huge" in doors.handler.asked)


def test_a_slow_house_keeps_nobody_waiting(page: Any, doors: Doors) -> None:
    """One looks around meanwhile, and may go elsewhere; in the end it is let go."""
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    go(page, door_to(doors, "slow"))
    page.locator("museum-tour .waiting").wait_for(state="attached")
    page.evaluate(f"{TOUR}.view = {{yaw: 20}}")
    rest(page)
    page.locator("museum-tour [data-link='1']").click()
    wait_for_scene(page, "court")
    eventually(page, lambda: "hung up on slow" in doors.handler.asked, 60)
    assert page.evaluate(f"{TOUR}.scene") == "court"
    assert page.get_by_role("alert").count() == 0


def test_texts_of_another_house_are_only_text(page: Any, doors: Doors) -> None:
    open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
    go(page, door_to(doors, "words"))
    wait_for_scene(page, "trap")
    assert HOSTILE in page.locator("museum-tour .house").inner_text()
    page.locator("museum-tour [data-hotspot='1']").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=HOSTILE)
    dialog.wait_for()
    assert HOSTILE in dialog.inner_text()
    page.keyboard.press("Escape")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("window.blocked") == [], "nothing was even tried"


async def _fill(settings: Settings, leads_to: str) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    (settings.data / "sample").mkdir()
    await Sample(database, open_store(settings.resolved_store_url), settings.data / "sample").fill()
    if leads_to:
        async with database.write() as session:
            await session.execute(update(Link).where(Link.target_url.is_not(None)).values(target_url=leads_to))
    await database.close()


def museum_server(data: Path, leads_to: str = "") -> RunningServer:
    settings = Settings(data=data, port=0, workers=0, min_free_bytes=0)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings, leads_to)))
    thread.start()
    thread.join()
    return start_server(settings)


def test_two_museums_as_they_are(chromium: Any, tmp_path: Path) -> None:
    """Two servers of ours: a curator of the one gave the address of a scene's page on the other, with the view in it."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    far = museum_server(tmp_path / "b")
    near = museum_server(tmp_path / "a", f"{far.url}/scenes/prologue?yaw=15&pitch=2&fov=70")
    context = chromium.new_context(viewport={"width": 900, "height": 600}, locale="zh-CN", coarse=True)
    page = context.new_page()
    try:
        open_scene(page, f"{near.url}/scenes/prologue?yaw=70&pitch=0&fov=60")
        link = page.evaluate(f"{TOUR}.tour.scene.links.find(link => link.scene == null)")
        assert link["tour"] == f"{far.url}/api/v1/scenes/prologue/tour.json"
        page.locator(f"museum-tour [data-link='{link['id']}']").click()
        until(page, f"{TOUR}.visit.guide.address.startsWith('{far.url}')")
        rest(page)
        assert view(page) == pytest.approx({"yaw": 15, "pitch": 2, "fov": 70}, abs=1e-6)
        page.locator("museum-tour .house").get_by_text(urlsplit(far.url).netloc).wait_for()
        assert page.locator(".scene-words").is_hidden(), "words of the door are not those of the room behind it"
        spot = page.evaluate(f"{TOUR}.tour.scene.hotspots.find(spot => spot.kind === 'image')")
        page.locator(f"museum-tour [data-hotspot='{spot['id']}']").focus()
        with page.expect_response(lambda response: response.url.startswith(f"{far.url}/iiif/") and response.ok):
            page.keyboard.press("Enter")
        page.get_by_role("dialog").first.wait_for()
        page.keyboard.press("Escape")
        page.go_back()
        until(page, f"{TOUR}.visit.guide.address.startsWith('{near.url}')")
        rest(page)
        assert view(page) == pytest.approx({"yaw": 70, "pitch": 0, "fov": 60}, abs=1e-6)
        until(page, "!document.querySelector('.scene-words').hidden && !document.querySelector('.scene-words').inert")
    finally:
        context.close()
        near.stop()
        far.stop()


def test_the_sign_of_the_house_is_seen_on_a_phone(chromium: Any, doors: Doors) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 700}, locale="en-GB", has_touch=True, is_mobile=True, coarse=True
    )
    page = context.new_page()
    try:
        open_scene(page, f"{doors.home}/scenes/door?{LOOK}")
        page.evaluate(f"{TOUR}.lang = 'en'")
        page.locator("museum-tour [data-link='1']").tap()
        wait_for_scene(page, "court")
        box = page.locator("museum-tour .house").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        button = page.get_by_role("button", name="Home: Home museum")
        assert button.bounding_box()["height"] >= 44
        assert np.isfinite(seen(page)[0])
    finally:
        context.close()
