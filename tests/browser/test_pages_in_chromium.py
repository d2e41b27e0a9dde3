"""Visitors' pages in a real browser: accessible by axe's rules, obeying their own policy, on a phone and on a desk."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from museum.assets.store import open_store
from museum.collection.models import Artifact, Image
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests import arabic
from tests.browser.axe import violations
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server

pytestmark = pytest.mark.browser

PATHS = (
    "/",
    "/venues",
    "/venues/tianjin",
    "/scenes/prologue",
    "/places/station",
    "/artifacts/vase",
    "/artifacts/coin-5",
    "/images/wall-map",
    "/exhibitions",
    "/exhibitions/show-0",
    "/activities",
    "/activities/seafood",
    "/collection",
    "/search?q=天津",
    "/search?q=穿山甲",
    "/no-such-page",
)
RIGHT_TO_LEFT = ("/", "/venues/tianjin", "/scenes/prologue", "/artifacts/vase", "/artifacts/coin-5", "/search?q=瓷器")
"""Looked at also in a language that an operator has added, and whose words run the other way."""


async def _fill(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    (settings.data / "sample").mkdir()
    arabic.write_file(settings.resolved_languages)
    await Sample(database, open_store(settings.resolved_store_url), settings.data / "sample").fill()
    await _photograph(database, "coin-5", 9)
    await database.close()


async def _photograph(database: Database, slug: str, count: int) -> None:
    """Give an artifact so many photographs that their strip is longer than a phone is wide."""
    async with database.write() as session:
        artifact = await session.scalar(select(Artifact.id).where(Artifact.slug == slug))
        asset = await session.scalar(select(Image.asset_id).where(Image.slug == "wall-map"))
        for number in range(count):
            made = Image(slug=f"{slug}-{number}", artifact_id=artifact, asset_id=asset, category="coin", texts=[])
            made.position, made.state = number, "published"
            session.add(made)


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with the sample museum, for all tests of this module: they only read."""
    settings = Settings(data=tmp_path_factory.mktemp("museum"), port=0, workers=0, min_free_bytes=0)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("width", "language", "paths"), [(1440, "zh-CN", PATHS), (360, "en-GB", PATHS), (390, "ar", RIGHT_TO_LEFT)]
)
def test_every_kind_of_page_is_accessible(
    museum: RunningServer, chromium: Any, width: int, language: str, paths: tuple[str, ...]
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, locale=language, reduced_motion="reduce", coarse=True
    )
    context.add_init_script(
        "window.blocked = []; document.addEventListener('securitypolicyviolation', event => "
        "window.blocked.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))"
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    try:
        for path in paths:
            page.goto(museum.url + path, wait_until="load")
            page.wait_for_timeout(300)
            wrong = [*page.evaluate("window.blocked"), *violations(page)]
            assert (page.get_attribute("html", "dir") == "rtl") == (language == "ar")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append("the page is wider than the window")
            if wrong:
                found[path] = wrong
    finally:
        context.close()
    assert found == {}


def test_the_slash_key_and_typing_search(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/search")
    page.keyboard.press("/")
    page.keyboard.type("開元通寶 5")
    page.wait_for_selector("a[href='/artifacts/coin-5']")
    assert page.evaluate("document.activeElement.id") == "search", "the cursor stays in the field"
    assert "q=" in page.url


def test_switching_the_language_keeps_the_place(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/collection?category=coin")
    page.evaluate("scrollTo(0, 600)")
    page.evaluate("document.querySelector('[data-language=en]').click()")
    page.wait_for_selector("html[lang=en]")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 500
    assert page.url == museum.url + "/collection?category=coin"
    page.goto(museum.url + "/venues")
    assert page.get_attribute("html", "lang") == "en", "the choice is kept"


def test_a_scene_changes_its_language_without_reloading(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/scenes/prologue")
    page.wait_for_selector("museum-tour:defined")
    page.evaluate("window.stayed = true")
    page.click("[data-language=en]")
    page.wait_for_selector("museum-tour[lang=en]", state="attached")
    page.wait_for_selector("html[lang=en]")
    assert page.evaluate("window.stayed") is True
    assert page.inner_text(".scene-words h1") == "Prologue"
    page.click("[data-language=zh-Hant]")
    page.wait_for_selector("html[lang=zh-Hant]")
    assert page.evaluate("window.stayed") is True


def test_the_words_below_follow_the_tour(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/scenes/prologue")
    page.wait_for_selector(".scene-words h1:has-text('序厅')")
    page.wait_for_selector("museum-tour .way", state="attached")
    page.evaluate("document.querySelector('museum-tour').scene = 'lobby'")
    page.wait_for_selector(".scene-words:not([inert]) h1:has-text('大堂')")
    assert page.evaluate("location.pathname") == "/scenes/lobby"
    assert "/scenes/lobby" in page.get_attribute("[data-language=en]", "href")
    page.go_back()
    page.wait_for_selector(".scene-words:not([inert]) h1:has-text('序厅')")


def test_a_page_can_be_read_without_scripts(museum: RunningServer, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-TW")
    page = context.new_page()
    try:
        page.goto(museum.url + "/scenes/prologue")
        assert "全景需要 JavaScript" in page.inner_text(".notice")
        assert page.locator(".viewer .first-cube i").count() == 6
        page.click(".ways a:has-text('大堂')")
        assert page.url == museum.url + "/scenes/lobby"
        page.goto(museum.url + "/artifacts/vase")
        assert page.is_visible(".plain-picture img")
    finally:
        context.close()


def test_the_first_hundred_kilobytes_hold_no_chinese_font(museum: RunningServer, page: Any) -> None:
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.resource_type == "font" else None)
    page.goto(museum.url + "/venues", wait_until="load")
    assert fonts == []


def test_an_artifacts_pictures_are_chosen_from_a_strip(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/artifacts/vase")
    model = page.locator("#model-1")
    assert page.locator("#vase-front").is_visible() and not model.is_visible()
    page.click(".strip a >> nth=1")
    model.wait_for()
    assert not page.locator("#vase-front").is_visible()
    assert page.url.endswith("/artifacts/vase#model-1")
    page.goto(museum.url + "/artifacts/coin-1")
    assert page.locator(".strip").count() == 0, "one picture needs no strip"


def test_keys_lead_along_a_wall(museum: RunningServer, page: Any) -> None:
    page.goto(museum.url + "/images/wall-map")
    page.wait_for_selector("museum-zoom:defined")
    page.keyboard.press("]")
    page.wait_for_url(museum.url + "/images/vase-front?wall=prologue")
    page.wait_for_selector("museum-zoom:defined")
    page.keyboard.press("[")
    page.wait_for_url(museum.url + "/images/wall-map?wall=prologue")
