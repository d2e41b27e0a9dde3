"""A curator's first scene in a real browser: from logging in to the visitor's eye, without a restart."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image, ImageDraw

from museum.assets.originals import begin_asset, keep_original
from museum.assets.store import open_store
from museum.collection.models import Artifact
from museum.collection.models import Image as Photograph
from museum.curation import people
from museum.database import Database
from museum.database.migrate import migrate
from museum.database.texts import set_texts
from museum.settings import Settings
from tests.browser.axe import violations
from tests.support import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PASSWORD = "lantern under snow"
SHOTS = os.environ.get("MUSEUM_SHOTS")


async def _fill(settings: Settings, picture: Path) -> None:
    """People, and a vase in the collection whose photograph the server's worker makes ready."""
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    store = open_store(settings.resolved_store_url)
    for name, role in (("Mei", "editor"), ("Tao", "contributor"), ("Head", "administrator")):
        await people.add_person(database, name, PASSWORD, role=role)
    original = await keep_original(database, store, picture, "vase.jpg")
    async with database.write() as session:
        asset = await begin_asset(session, "image", [(original.id, "whole")])
        vase = Artifact(slug="blue-vase", accession_number="T-0042", category="porcelain", state="published", texts=[])
        set_texts(vase, "title", {"zh-Hans": "青花瓶", "en": "Blue vase"})
        session.add(vase)
        await session.flush()
        photograph = Photograph(
            slug="blue-vase", artifact_id=vase.id, asset_id=asset.id, category="porcelain", state="published", texts=[]
        )
        set_texts(photograph, "title", {"zh-Hans": "青花瓶"})
        session.add(photograph)
    await store.close()
    await database.close()


@pytest.fixture(scope="module")
def museum_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A museum without a hall: a few people and one vase."""
    folder = tmp_path_factory.mktemp("museum")
    settings = Settings(data=folder / "museum", port=0, min_free_bytes=0)
    settings.data.mkdir()
    picture = draw_panorama(folder / "vase.jpg", 60)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings, picture)))
    thread.start()
    thread.join()
    running = start_server(settings)
    yield running
    running.stop()
    assert running.process.stdout is not None
    running.process.stdout.close()


def draw_panorama(path: Path, hue: int, alike: bool = False, grain: int = 0) -> Path:
    """A 2:1 picture with a lattice every 30 degrees and a red square at yaw 90, pitch 0. With halves that are `alike` it could
    also be two pictures, one for each eye."""
    width, height = 2048, 1024
    x, y = numpy.meshgrid(numpy.arange(width), numpy.arange(height))
    pixels = numpy.stack([(x * 60 // width) + hue, (y * 90 // height) + 40, numpy.full_like(x, 120)], axis=-1)
    if not alike:
        pixels[: height // 2, :, 1] = 255 - (x[: height // 2] * 200 // width)
        pixels[height // 2 :, :, 2] = 20
    if grain:
        pixels = pixels + numpy.random.default_rng(hue).integers(0, grain, pixels.shape)
        pixels = pixels.clip(0, 255)
    pixels[(x % (width // 12) < 3) | (y % (height // 6) < 3)] = 200
    picture = Image.fromarray(pixels.astype(numpy.uint8))
    middle = width * 3 // 4
    ImageDraw.Draw(picture).rectangle(
        (middle - 40, height // 2 - 40, middle + 40, height // 2 + 40), fill=(220, 20, 20)
    )
    picture.save(path, quality=92)
    return path


def shoot(page: Any, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def log_in(page: Any, server: RunningServer, name: str = "mei") -> None:
    page.goto(f"{server.url}/admin/")
    assert "/admin/login" in page.url
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    shoot(page, "login")
    page.click(".login button.primary")
    page.wait_for_url(f"{server.url}/admin/")


def drop(page: Any, path: Path) -> None:
    """Drop a file from the desktop onto the zone."""
    content = base64.b64encode(path.read_bytes()).decode()
    transfer = page.evaluate_handle(
        """([content, name]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
            transfer.items.add(new File([bytes], name, {type: 'image/jpeg', lastModified: 1}));
            return transfer;
        }""",
        [content, path.name],
    )
    page.dispatch_event("form.upload", "drop", {"dataTransfer": transfer})


def new_scene(page: Any, title: str, panorama: Path) -> str:
    """From the hall's page to a draft with a finished panorama; its slug."""
    page.click(".headline a[href$='/scenes/new']")
    page.fill('input[name="title:zh-Hans"]', title)
    page.click("main button.primary")
    page.wait_for_selector("form.upload")
    shoot(page, "scene-empty")
    drop(page, panorama)
    page.wait_for_selector("museum-tour", timeout=240_000)
    return page.url.rsplit("/", 1)[1]


def until(page: Any, condition: str, seconds: float = 120) -> None:
    """Wait for `condition`, asked from outside: the page's own policy forbids evaluation inside it."""
    limit = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < limit, condition
        page.wait_for_timeout(100)


def saved(page: Any) -> None:
    """Wait for the editor to have saved all by itself."""
    until(page, "document.querySelector('[data-save]')?.dataset.save === 'saved'")


def sharp(page: Any) -> None:
    """Wait for the viewer to show its scene in full."""
    until(page, "document.querySelector('museum-tour')?.tour !== undefined")
    page.evaluate("document.querySelector('museum-tour').ready")


def centre(page: Any) -> tuple[float, float]:
    box = page.locator("museum-tour").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_first_scene(museum_server: RunningServer, page: Any, chromium: Any, tmp_path: Path) -> None:
    server = museum_server
    log_in(page, server)
    assert "还没有展馆" in page.inner_text("main")
    shoot(page, "dashboard-empty")
    page.click("main a.primary")
    page.fill('input[name="title:zh-Hans"]', "第一展厅")
    page.fill('input[name="title:en"]', "First hall")
    page.click("main button.primary")
    page.wait_for_url(f"{server.url}/admin/venues/first-hall")
    page.click('form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")
    page.click(".headline a[href$='/scenes/new']")
    page.fill('input[name="title:zh-Hans"]', "画室")
    page.click("main button.primary")
    page.wait_for_selector("form.upload")
    drop(page, draw_panorama(tmp_path / "studio.jpg", 20, alike=True))
    # It might be two pictures, one for each eye: she is asked, and says that it is not.
    page.wait_for_selector("button[value=mono]", timeout=240_000)
    shoot(page, "stereo-question")
    page.click("button[value=mono]")
    page.wait_for_selector("museum-tour", timeout=240_000)
    second = page.url.rsplit("/", 1)[1]

    # The first view is what she sees when she says so.
    sharp(page)
    page.evaluate("document.querySelector('museum-tour').view = {yaw: 90, pitch: 0, fov: 70}")
    page.click("[data-tab=scene]")
    page.click("[data-first-view]")
    assert float(page.input_value("[data-field=initial_yaw]")) == pytest.approx(90, abs=0.1)
    saved(page)

    # Until she publishes a visitor sees nothing, at no address.
    tour = f"/api/v1/scenes/{second}/tour.json"
    assert server.get(f"/scenes/{second}").status_code == 404
    assert server.get(tour).status_code == 404
    page.click('.headline form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")

    visitor_context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", coarse=True)
    visitor = visitor_context.new_page()
    visitor.goto(f"{server.url}/scenes/{second}")
    sharp(visitor)
    seen = visitor.evaluate("document.querySelector('museum-tour').tour.scene")
    assert seen["title"]["zh-Hans"] == "画室"
    assert seen["view"]["yaw"] == pytest.approx(90, abs=0.1)
    assert visitor.evaluate("document.querySelector('museum-tour').view.yaw") == pytest.approx(90, abs=0.5)
    red = visitor.evaluate("fetch(document.querySelector('museum-tour').tour.scene.panorama.strip).then(r => r.status)")
    assert red == 200
    shoot(visitor, "visitor")
    visitor_context.close()

    # Withdrawn, it is gone for visitors at once, tiles included.
    tile = re.sub(r"\{level\}/\{face\}/\{row\}/\{column\}", "0/f/0/0", seen["panorama"]["tiles"])
    tile = tile if tile.startswith("/") else "/" + tile.split("/", 3)[3]
    assert server.get(tile).status_code == 200
    page.goto(f"{server.url}/admin/scenes/{second}")
    page.click('.headline form[action$="/unpublish"] button')
    page.wait_for_selector(".headline .state.draft")
    assert server.get(tour).status_code == 404
    assert server.get(tile).status_code == 404


def test_upload_goes_on_after_a_reload(museum_server: RunningServer, page: Any, tmp_path: Path) -> None:
    server = museum_server
    log_in(page, server)
    make_hall(page, server, "Hall of patience")
    page.click(".headline a[href$='/scenes/new']")
    page.fill('input[name="title:en"]', "Long corridor")
    page.click("main button.primary")
    page.wait_for_selector("form.scripted-upload")
    panorama = draw_panorama(tmp_path / "corridor.jpg", 90, grain=120)
    size = panorama.stat().st_size
    sent: list[Any] = []
    page.on("request", lambda request: sent.append(request) if request.method == "PATCH" else None)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": size / 8}
    line.send("Network.emulateNetworkConditions", slow)
    drop(page, panorama)
    until(page, "document.querySelector('.upload-progress progress')?.value > 0.3")
    shoot(page, "uploading")
    page.reload()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    assert [request.headers["upload-offset"] for request in sent] == ["0"]
    page.wait_for_selector(".upload-progress:has-text('corridor.jpg')")
    arrived = f"""fetch('{sent[0].url}', {{method: 'HEAD', headers: {{'Tus-Resumable': '1.0.0'}}}})
        .then((answer) => Number(answer.headers.get('Upload-Offset')) > 0)"""
    until(page, arrived)
    sent.clear()
    drop(page, panorama)
    page.wait_for_selector("museum-tour, .production", timeout=240_000)
    offsets = [int(request.headers["upload-offset"]) for request in sent]
    assert offsets
    assert all(0 < offset < size for offset in offsets), "it goes on from where it was"
    digest = hashlib.sha256(panorama.read_bytes()).hexdigest()
    assert (server.settings.data / "store" / digest[:2] / digest[2:4] / digest).stat().st_size == size


def make_hall(page: Any, server: RunningServer, title: str) -> None:
    page.goto(f"{server.url}/admin/venues")
    page.fill('input[name="title:en"]', title)
    page.click(".side button.primary")
    page.wait_for_selector(".headline")


OTHER_PAGES = (
    "hotspots",
    *("account", "reviews", "audit", "deleted", "languages", "languages/artifact/title/zh-Hant", "records/artifacts"),
    *(
        "records/scenes",
        "tours",
        "models",
        "batches",
        "museum",
        "artifacts/blue-vase/review",
        "artifacts/blue-vase/translate/en",
    ),
)
"""Pages that are looked at in Chinese on a phone and in English on a desk only."""


def test_pages_fit_and_are_accessible(museum_server: RunningServer, chromium: Any, tmp_path: Path) -> None:
    """No page is wider than a phone, none has what axe finds wrong, in Chinese and in English."""
    server = museum_server
    context = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", reduced_motion="reduce", coarse=True
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str, language: str, widths: tuple[int, ...] = (1440, 390)) -> None:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert "admin." not in page.inner_text("body"), f"a text is missing on {name}"
            shoot(page, f"{name.strip('/').replace('/', '-') or 'dashboard'}-{language}-{width}"[:60])
            wrong = violations(page)
            if wrong:
                found[f"{name} {language} {width}"] = wrong
        page.set_viewport_size({"width": 1440, "height": 900})

    page.goto(f"{server.url}/admin/login")
    look("login", "zh-Hans")
    log_in(page, server, "head")
    make_hall(page, server, "Hall of bronzes and of everything that was ever cast")
    hall = page.url.rsplit("/", 1)[1]
    slug = new_scene(page, "序厅", draw_panorama(tmp_path / "lobby.jpg", 120))
    # Those that the walk through an opening hall passes are looked at there in Chinese.
    for language in ("en",):
        for address in (
            *("", "venues", f"venues/{hall}", f"venues/{hall}/scenes/new", "jobs", "sessions", "people"),
            f"scenes/{slug}/delete",
        ):
            page.goto(f"{server.url}/admin/{address}?lang={language}")
            look(address, language)
        page.goto(f"{server.url}/admin/venues/{hall}/open?lang={language}")
        page.set_viewport_size({"width": 390, "height": 900})
        moments = page.eval_on_selector_all(".moments input", "fields => fields.map((one) => one.offsetTop)")
        assert len(set(moments)) == 2, "each moment has a line of its own"
        page.goto(f"{server.url}/admin/scenes/{slug}?lang={language}")
        sharp(page)
        for tab in ("scene", "plan", "spots"):
            page.click(f"[data-tab={tab}]")
            look(f"scenes/{slug}/{tab}", language)
        page.click("[data-tool=link]")
        look(f"scenes/{slug}", language)
        page.evaluate("document.querySelector('[data-version=words]').value = 0")
        page.fill('.fields input[name="title:en"]', "Words of my own")
        page.click(".fields button.primary")
        page.wait_for_selector("[data-conflict] .differs")
        look("conflict", language)
    for language, width in (("zh-Hans", 390), ("en", 1440)):
        for address in OTHER_PAGES:
            page.goto(f"{server.url}/admin/{address}?lang={language}")
            look(address, language, (width,))
    page.goto(f"{server.url}/admin/jobs?lang=en")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "state", "where nothing is typed it is the first choice"
    page.goto(f"{server.url}/admin/records/artifacts?lang=en")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.click("h1")
    page.keyboard.press("?")
    page.wait_for_selector("dialog.keys[open]")
    look("keys", "en")
    page.keyboard.press("Escape")
    assert page.is_disabled("button[value=withdraw]")
    page.check("[data-choose-all] input")
    assert "1 chosen" in page.inner_text("[data-chosen]")
    page.click("button[value=delete]")
    page.wait_for_selector("button.danger")
    look("records-delete", "en")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/admin/languages")
    context.close()
    assert not found, "\n".join(f"{name}: {wrong}" for name, wrong in found.items())


def test_what_a_field_asks_is_said_in_our_words(museum_server: RunningServer, page: Any) -> None:
    log_in(page, museum_server)
    page.goto(f"{museum_server.url}/admin/venues?lang=zh-Hans")
    field = page.locator("#new-venue [name=slug]")
    field.fill("Bronze Room")
    page.click("#new-venue button")
    # The browser itself speaks the language of the machine.
    assert field.evaluate("(field) => field.validationMessage") == "网址名称只能用小写字母、数字和连字符。"
    field.fill("bronze-room")
    assert field.evaluate("(field) => field.checkValidity()")
    # What the server says is said once, at the field.
    page.click("#new-venue button")
    page.wait_for_selector("#why-refused")
    told = page.locator("text=至少用一种语言填写名称。")
    assert [one.is_visible() for one in told.all()].count(True) == 1
    assert page.locator("#new-venue legend + #why-refused").is_visible()
    assert page.evaluate("document.activeElement.name").startswith("title:")
    assert page.input_value("#new-venue [name=slug]") == "bronze-room"


def test_on_a_phone_the_menu_shows_where_one_is(museum_server: RunningServer, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, museum_server)
    page.goto(f"{museum_server.url}/admin/languages?lang=en")
    places, here = page.locator(".admin-places"), page.locator(".admin-places [aria-current]")
    around, box = places.bounding_box(), here.bounding_box()
    assert around["x"] <= box["x"]
    assert box["x"] + box["width"] <= around["x"] + around["width"]
    until(page, "getComputedStyle(document.querySelector('.admin-places'), '::after').opacity === '0'")
    places.evaluate("(menu) => menu.scrollTo(0, 0)")
    until(page, "getComputedStyle(document.querySelector('.admin-places'), '::after').opacity === '1'")
    page.set_viewport_size({"width": 1440, "height": 900})
    assert places.evaluate("(menu) => getComputedStyle(menu, '::after').content") == "none", "all are there"
    page.set_viewport_size({"width": 390, "height": 844})
    brand, out = page.locator(".admin-brand").bounding_box(), page.locator(".admin-who button").bounding_box()
    assert brand["y"] + brand["height"] > out["y"], "one line"
