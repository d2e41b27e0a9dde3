"""What there is to take along of a visit: a link, a picture, a code; the tag in any page; and the hall itself, without a network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import arabic
from tests.browser.axe import violations
from tests.browser.tour_site import direction_of
from tests.browser.viewing import TOUR, eventually, look, open_scene, rest, until, wait_for_scene
from tests.support import RunningServer

pytestmark = pytest.mark.browser

SHADOW = f"{TOUR}.shadowRoot"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site: its folder and address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield tmp_path, f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def middle(page: Any) -> tuple[float, float]:
    """Yaw and pitch that the chart in the middle of the tour states."""
    shot = np.asarray(Image.open(io.BytesIO(page.locator("museum-tour").screenshot())).convert("RGB"))
    height, width = shot.shape[:2]
    return direction_of(shot[height // 2 - 4 : height // 2 + 4, width // 2 - 4 : width // 2 + 4])


def test_sharing_gives_link_picture_code_and_frame_of_what_one_sees(museum: RunningServer, page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_scene(page, f"{museum.url}/scenes/lobby?lang=en")
    look(page, -60, 12, 50)
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("c")
    sheet = page.get_by_role("dialog", name="Share this view")
    address = f"{museum.url}/scenes/lobby?yaw=-60&pitch=12&fov=50"
    assert sheet.get_by_label("Address of this view").input_value() == address
    sheet.get_by_role("button", name="Copy the address").click()
    sheet.get_by_role("status").get_by_text("The link has been copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address
    # The pictures are there, and the one of the view shows what one sees.
    until(
        page, f"[...{SHADOW}.querySelectorAll('.share img')].every(image => image.complete && image.naturalWidth > 0)"
    )
    picture = museum.get(sheet.locator("img.view").get_attribute("src").removeprefix(museum.url))
    pixels = np.asarray(Image.open(io.BytesIO(picture.content)).convert("RGB"))
    yaw, pitch = direction_of(pixels[311:319, 596:604])
    assert abs(yaw + 60) < 2 and abs(pitch - 12) < 2
    assert [rule for rule in violations(page) if "document-title" not in rule] == []
    frame = sheet.get_by_label("For another web page").input_value()
    assert f'src="{museum.url}/embed/scenes/lobby?yaw=-60&amp;pitch=12&amp;fov=50&amp;lang=en"' in frame
    page.keyboard.press("Escape")
    until(page, f"!{SHADOW}.querySelector('dialog.share').open")


def test_a_phone_hands_it_on_in_its_own_way(museum: RunningServer, page: Any) -> None:
    page.add_init_script(
        "window.handed = []; navigator.share = data => { handed.push(data); return Promise.resolve(); }"
    )
    open_scene(page, f"{museum.url}/scenes/lobby?lang=zh-Hant&yaw=20&pitch=0&fov=60")
    page.locator("museum-tour .more-button").click()
    page.locator("museum-tour .share-button").click()
    page.get_by_role("button", name="分享……").click()
    until(page, "handed.length === 1")
    handed = page.evaluate("handed[0]")
    assert handed["url"] == f"{museum.url}/scenes/lobby?yaw=20&pitch=0&fov=60" and handed["title"].startswith("大堂")


def test_one_tag_in_another_site_s_page(museum: RunningServer, page: Any, elsewhere: tuple[Path, str]) -> None:
    folder, address = elsewhere
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title>
        <style>museum-tour {{ height: 400px }} museum-tour::part(controls) {{ outline: 3px solid rgb(1, 2, 3) }}</style>
        <script>
          window.told = [];
          for (const type of ["scene-change", "view-change", "hotspot-open", "hotspot-close"]) {{
            document.addEventListener(type, event => told.push([type, event.detail]));
          }}
        </script>
        <script type="module" src="{museum.url}/museum-tour.js"></script>
        <museum-tour src="{museum.url}" scene="lobby" start="yaw=-60&pitch=12&fov=50"></museum-tour>"""
    )
    page.goto(f"{address}/index.html")
    until(page, f"{TOUR}.tour !== undefined")
    rest(page)
    yaw, pitch = middle(page)
    assert abs(yaw + 60) < 2 and abs(pitch - 12) < 2
    scene = page.evaluate("told.find(([type]) => type === 'scene-change')[1]")
    expected = {
        "slug": "lobby",
        "title": "The lobby",
        "url": f"{museum.url}/scenes/lobby",
        "kind": "open",
        "foreign": False,
    }
    assert scene == expected
    style = f"getComputedStyle({SHADOW}.querySelector('.controls')).outlineColor"
    assert page.evaluate(style) == "rgb(1, 2, 3)"
    # Methods and properties, told by events; the page's own address is left alone.
    page.evaluate(f"{TOUR}.turnTo({{ yaw: 30, pitch: 0 }}, 0.1)")
    until(page, "told.some(([type, view]) => type === 'view-change' && Math.abs(view.yaw - 30) < 0.01)")
    page.evaluate(f"{TOUR}.goTo('prologue')")
    assert page.evaluate(f"{TOUR}.scene") == "prologue"
    until(page, "told.at(-1)[0] === 'view-change' || told.some(([, d]) => d.slug === 'prologue' && d.kind === 'walk')")
    assert page.url == f"{address}/index.html"
    # Its chunks come from the museum as well: the list of scenes, and the sheet of what to share.
    page.locator("museum-tour .scenes-button").click()
    until(page, f"{SHADOW}.querySelectorAll('.scenes li').length === 2")
    assert page.locator("museum-tour .scenes li a").first.get_attribute("target") == "_blank"
    page.keyboard.press("Escape")
    page.locator("museum-tour dialog.scenes").wait_for(state="hidden")
    # What only the museum's own pages can do is not offered.
    page.locator("museum-tour .more-button").click()
    page.locator("museum-tour .share-button").wait_for()
    assert page.locator("museum-tour .keep-button").count() == 0
    until(page, f"{TOUR}.idle")
    assert page.locator("museum-tour .share-button").is_visible(), "who looks for the right one may take time over it"
    page.locator("museum-tour .stage").click(position={"x": 40, "y": 200})
    page.locator("museum-tour .share-button").wait_for(state="hidden")


def test_a_tag_in_another_site_s_page_speaks_a_language_of_the_museum(
    museum: RunningServer, page: Any, elsewhere: tuple[Path, str]
) -> None:
    """One that was added by a file, from right to left, on a page that runs from left to right."""
    folder, address = elsewhere
    (folder / "index.html").write_text(
        f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title>
        <style>museum-tour {{ height: 400px }}</style><script type="module" src="{museum.url}/museum-tour.js"></script>
        <museum-tour src="{museum.url}" scene="lobby" lang="ar"></museum-tour>"""
    )
    page.goto(f"{address}/index.html")
    until(page, f"{TOUR}.tour !== undefined")
    rest(page)
    zoom = page.get_by_role("button", name=arabic.VIEWER["zoomIn"])
    assert page.evaluate(f"{TOUR}.dir") == "rtl"
    place = zoom.bounding_box()
    assert place and place["x"] < 200, "buttons are where reading ends"
    way = f"(() => {{ const box = {SHADOW}.querySelector('.way').getBoundingClientRect(); return [box.x, box.y]; }})()"
    before = page.evaluate(way)
    page.locator("museum-tour .scenes-button").click()
    page.get_by_text(arabic.SCENES[".two"]).wait_for()
    page.keyboard.press("Escape")
    page.evaluate(f"{TOUR}.lang = 'en'")
    page.get_by_role("button", name="Zoom in").wait_for()
    assert page.evaluate(f"{TOUR}.dir") == "ltr"
    assert page.evaluate(way) == pytest.approx(before, abs=1), "the picture is not mirrored"


@pytest.fixture
def visitor(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 700}, locale="en-GB", coarse=True)
    yield context.new_page()
    context.close()


EXHIBITS = ("Pictures to look at closely", "3D models", "Sounds and films")


def ask_how_large(page: Any, museum: RunningServer) -> Any:
    """The sheet, once it says how large the hall and its exhibits are."""
    open_scene(page, f"{museum.url}/scenes/lobby?lang=en")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("k")
    sheet = page.get_by_role("dialog", name="Keep “Tianjin through a Century” offline")
    sheet.get_by_role("checkbox", name=EXHIBITS[0]).wait_for()
    return sheet


def keep_hall(page: Any, museum: RunningServer, *exhibits: str) -> None:
    sheet = ask_how_large(page, museum)
    for name in exhibits:
        sheet.get_by_role("checkbox", name=name).check()
    sheet.get_by_role("button", name="Keep", exact=True).click()
    sheet.locator(".kept").wait_for()


def test_a_kept_hall_is_walked_without_a_network(museum: RunningServer, visitor: Any) -> None:
    page = visitor
    keep_hall(page, museum)
    assert "2 scenes" in page.locator("museum-tour .keep .kept").inner_text()
    until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto(f"{museum.url}/scenes/lobby?yaw=-60&pitch=12&fov=50")
    until(page, f"{TOUR}?.tour !== undefined")
    rest(page)
    yaw, pitch = middle(page)
    assert abs(yaw + 60) < 2 and abs(pitch - 12) < 2
    # The way to the next scene, as online, and a jump back by the list.
    page.locator("museum-tour .way").first.focus()
    page.keyboard.press("Enter")
    wait_for_scene(page, "prologue")
    page.locator("museum-tour .scenes-button").click()
    page.locator("museum-tour .scenes li a", has_text="The lobby").click()
    wait_for_scene(page, "lobby")
    # What was not chosen says so, and nothing else.
    open_first(page, "video")
    page.locator("museum-exhibit").get_by_text("There is no network here, and this was not kept.").wait_for()
    put_away(page)
    # Elsewhere, what is kept is listed.
    page.goto(f"{museum.url}/artifacts/vase")
    page.get_by_role("heading", name="Kept offline").wait_for()
    page.get_by_role("link", name="Tianjin through a Century").wait_for()
    page.context.set_offline(False)
    # With a network the museum's own word holds, also that something is gone.
    page.goto(f"{museum.url}/offline")
    assert violations(page) == []
    page.get_by_role("button", name="Remove: Tianjin through a Century").click()
    page.get_by_text("Nothing is kept here yet").wait_for()
    assert page.evaluate("caches.keys()") == []
    eventually(page, lambda: page.evaluate("navigator.serviceWorker.getRegistration('/').then(found => !found)"))


EXHIBIT = f"{SHADOW}.querySelector('museum-exhibit').shadowRoot"


def open_first(page: Any, kind: str) -> None:
    """Open the first thing of a kind in the scene."""
    number = page.evaluate(f"{TOUR}.tour.scene.hotspots.find(hotspot => hotspot.kind === '{kind}').id")
    page.locator(f"museum-tour [data-hotspot='{number}']").focus()
    page.keyboard.press("Enter")
    page.locator("museum-exhibit dialog[open]").wait_for()


def put_away(page: Any) -> None:
    page.keyboard.press("Escape")
    page.locator("museum-exhibit dialog").wait_for(state="detached")


def test_exhibits_come_along_if_one_likes(museum: RunningServer, visitor: Any) -> None:
    page = visitor
    keep_hall(page, museum, *EXHIBITS)
    kept = page.locator("museum-tour .keep .kept")
    assert f"With: {', '.join(EXHIBITS)}." in kept.inner_text()
    until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.goto(f"{museum.url}/scenes/lobby")
    until(page, f"{TOUR}?.tour !== undefined")
    rest(page)
    open_first(page, "video")
    film = f"{EXHIBIT}.querySelector('video')"
    until(page, f"{film}?.readyState > 0 && {film}.duration > 3")
    # Players ask for pieces of what is kept.
    page.evaluate(f"void ({film}.currentTime = 3)")
    until(page, f"{film}.currentTime > 2.9 && !{film}.seeking")
    put_away(page)
    page.locator("museum-tour .way").first.focus()
    page.keyboard.press("Enter")
    wait_for_scene(page, "prologue")
    open_first(page, "image")
    zoom = f"{EXHIBIT}.querySelector('museum-zoom')"
    until(page, f"{zoom}?.zoom?.viewer?.world.getItemAt(0)?.getFullyLoaded()")
    put_away(page)
    open_first(page, "artifact")
    page.locator("museum-exhibit").get_by_role("tab", name="3D model").click()
    until(page, f"{EXHIBIT}.querySelector('museum-model')?.phase === 'ready'")
    put_away(page)
    # Whoever wants the walk alone again has the room back.
    page.context.set_offline(False)
    sheet = ask_how_large(page, museum)
    for name in EXHIBITS:
        sheet.get_by_role("checkbox", name=name).uncheck()
    sheet.get_by_role("button", name="Update").click()
    kept.get_by_text("With:").wait_for(state="detached")
    kept.wait_for()
    assert page.evaluate("caches.match('/iiif/3/wall-map/info.json').then(found => found === undefined)")


def test_keeping_can_be_broken_off_and_a_full_disk_is_said_kindly(museum: RunningServer, visitor: Any) -> None:
    page = visitor
    open_scene(page, f"{museum.url}/scenes/lobby?lang=en")
    page.evaluate("""() => {
      window.own = Cache.prototype.put;
      window.held = new Promise(go => { window.release = go; });
      Cache.prototype.put = async function (...given) { await held; return own.apply(this, given); };
    }""")
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("k")
    sheet = page.get_by_role("dialog", name="Keep “Tianjin through a Century” offline")
    sheet.get_by_role("button", name="Keep", exact=True).click()
    sheet.get_by_role("progressbar").wait_for()
    sheet.get_by_role("button", name="Cancel").click()
    page.evaluate("release()")
    sheet.get_by_role("button", name="Keep", exact=True).wait_for()
    assert page.evaluate("caches.keys()") == []
    page.evaluate("""() => {
      let puts = 0;
      Cache.prototype.put = function (...given) {
        return ++puts > 5 ? Promise.reject(new DOMException("full", "QuotaExceededError")) : own.apply(this, given);
      };
    }""")
    sheet.get_by_role("button", name="Keep", exact=True).click()
    sheet.get_by_text("There is no room left in this browser.").wait_for()
    sheet.get_by_text("Begun and not finished.").wait_for()
    # It goes on where it stopped.
    page.evaluate("() => { Cache.prototype.put = own; }")
    sheet.get_by_role("button", name="Update").click()
    sheet.locator(".kept").wait_for()


def test_what_the_museum_withdraws_is_gone_from_what_is_kept(museum: RunningServer, visitor: Any) -> None:
    page = visitor
    keep_hall(page, museum)
    until(page, "navigator.serviceWorker.controller !== null")
    # A scene that was kept when it was public, and is not now: here, one that the museum does not have.
    page.evaluate("""async () => {
      const cache = await caches.open("museum-hall-tianjin");
      await cache.put("/scenes/withdrawn", new Response("old words", { headers: { "Content-Type": "text/html" } }));
      await cache.put("/api/v1/scenes/withdrawn/tour.json", new Response("{}"));
    }""")
    assert page.goto(f"{museum.url}/scenes/withdrawn?yaw=3").status == 404
    assert page.evaluate("fetch('/api/v1/scenes/withdrawn/tour.json').then(answer => answer.status)") == 404
    assert page.evaluate("caches.match('/scenes/withdrawn').then(found => found === undefined)")
    assert page.evaluate("caches.match('/api/v1/scenes/withdrawn/tour.json').then(found => found === undefined)")
    # Pages and records that there are come from the museum, whatever is kept.
    page.evaluate("""async () => {
      const cache = await caches.open("museum-hall-tianjin");
      await cache.put("/api/v1/scenes/lobby/tour.json", new Response("{}"));
    }""")
    assert (
        page.evaluate("fetch('/api/v1/scenes/lobby/tour.json').then(a => a.json()).then(tour => tour.scene.slug)")
        == "lobby"
    )


def test_the_museum_is_installed_under_its_name_in_the_visitor_s_language(museum: RunningServer, visitor: Any) -> None:
    visitor.goto(f"{museum.url}/?lang=zh-Hant")
    session = visitor.context.new_cdp_session(visitor)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == [] and '"name":"夜遊博物館"' in found["data"]
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] in (
        [],
        [{"errorId": "in-incognito", "errorArguments": []}],
    )
