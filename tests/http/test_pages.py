"""Visitors' pages over HTTP: in three languages, without JavaScript, and with nothing shown that is not published."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from museum.assets.store import open_store
from museum.collection.building import building_of
from museum.collection.models import Image
from museum.database import Database
from museum.jobs.queue import enqueue
from museum.languages import LANGUAGES
from museum.scenes.models import Hotspot
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.bundle import BUILD
from museum.web.pages import lists, tour
from tests.pages_sample import HOSTILE, SECRET, Sample

PAGES = {
    "/": "夜游博物馆",
    "/venues": "中华百年看天津",
    "/venues/tianjin": "序厅",
    "/venues/station-site": "老龙头火车站站前",
    "/scenes/lobby": "大堂",
    "/scenes/prologue": "青花缠枝莲纹瓶",
    "/scenes/station-1888": "清光绪十四年",
    "/places": "老龙头火车站站前",
    "/places/station": "1937年",
    "/artifacts/vase": "津博-瓷-00001",
    "/artifacts/coin-5": "开元通宝 5",
    "/images/wall-map": "120 × 90 cm",
    "/exhibitions": "河海之间 6",
    "/exhibitions/show-0": "天津城厢图",
    "/activities": "北塘海鲜",
    "/activities/seafood": "三疣梭子蟹",
    "/tours": "第一次来",
    "/tours/first-steps": "这是一张旧图",
    "/collection": "开元通宝 3",
    "/collection?category=coin&page=2": "开元通宝 55",
    "/search": "想看什么",
    "/search?q=開元": "开元通宝 1",
    "/search?q=穿山甲": "没有找到",
}
HIDDEN = (
    "/venues/closed",
    "/scenes/draft-scene",
    "/scenes/behind-closed",
    "/artifacts/unseen",
    "/images/secret-image",
    "/images/unseen-photo",
    "/exhibitions/planned",
    "/activities/secret-activity",
    "/tours/secret-tour",
    "/tours/nowhere",
)


@pytest.fixture
async def client(settings: Settings, database: Database, tmp_path: Path) -> AsyncIterator[Any]:
    """A browser without cookies at the sample museum."""
    (tmp_path / "sample").mkdir()
    store = open_store(settings.resolved_store_url)
    await Sample(database, store, tmp_path / "sample").fill()
    async with TestClient(TestServer(build_application(settings, database, store))) as client:
        client.session.cookie_jar.clear()
        yield client


async def read(client: Any, path: str, language: str = "zh-Hans", status: int = 200) -> str:
    answer = await client.get(path, headers={"Accept-Language": language, "Accept": "text/html", "Cookie": ""})
    assert answer.status == status, path
    return await answer.text()


async def test_every_page_in_every_language(client: Any) -> None:
    for path, words in PAGES.items():
        for language in LANGUAGES:
            text = await read(client, path, language)
            assert f'<html lang="{language}">' in text, path
            words_alone = re.sub(
                r"<svg.*?</svg>|<style>.*?</style>|<script type=.application/ld.json.*?</script>| file=\"[^\"]*\"",
                "",
                text,
                flags=re.S,
            )
            assert "{" not in words_alone, f"a placeholder is left on {path}"
            assert SECRET not in text, f"something unpublished shows on {path}"
            assert len(re.findall(r"<h1", text)) == 1, path
        assert words in await read(client, path), path


async def test_pages_work_without_scripts_and_obey_their_policy(client: Any) -> None:
    for path in PAGES:
        answer = await client.get(path)
        text = await answer.text()
        policy = answer.headers["Content-Security-Policy"]
        assert "'unsafe-inline'" not in policy and "default-src 'self'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not re.search(r"\sstyle=|\son\w+=|javascript:", text), path
        # The one style that a page may carry is its first picture, which its own policy names.
        for style in re.findall(r"<style[^>]*>(.*?)</style>", text):
            digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy, path
        for tag in re.findall(r"<script[^>]*>", text):
            assert 'src="/static/' in tag or tag == '<script type="application/ld+json">', path
        # Every address on the page leads somewhere, but for other people's servers.
        for address in set(re.findall(r'(?:href|src)="(/[^"#]*)', text)):
            # Pyramids, and what is made of them, are not in this museum.
            if address.startswith(("/static/build", "/models/", "/iiif/", "/tiles/", "/api/openapi.json")):
                continue
            if "/view.jpg" in address:
                continue
            followed = await client.get(address.replace("&amp;", "&"), allow_redirects=False)
            assert followed.status == 200, f"{address} on {path}"


async def test_scripts_come_in_the_smallest_form_that_a_browser_reads(client: Any) -> None:
    script = max(BUILD.glob("assets/three-*.js"), key=lambda file: file.stat().st_size)
    sizes = []
    for accepted, coding in (("gzip, deflate, br", "br"), ("gzip, br;q=0", "gzip"), ("identity", None)):
        answer = await client.get(
            f"/static/build/assets/{script.name}", headers={"Accept-Encoding": accepted}, auto_decompress=False
        )
        assert (answer.status, answer.headers.get("Content-Encoding")) == (200, coding)
        assert answer.headers["Vary"] == "Accept-Encoding"
        sizes.append(len(await answer.read()))
    assert sizes[0] < 0.9 * sizes[1] < 0.5 * sizes[2] == 0.5 * script.stat().st_size


async def test_nothing_unpublished_has_a_page(client: Any) -> None:
    for path in (
        *HIDDEN,
        "/venues/none",
        "/collection?page=0",
        "/collection?page=99",
        "/collection?category=none",
        "/no/such",
    ):
        text = await read(client, path, "en", 404)
        assert SECRET not in text
        assert 'action="/search"' in text and 'href="/"' in text, "a lost visitor finds the search and the way home"


async def test_an_error_for_a_program_is_json(client: Any) -> None:
    answer = await client.get("/api/v1/nothing", headers={"Accept-Language": "zh-HK", "Accept": "text/html"})
    assert answer.status == 404
    error = (await answer.json())["error"]
    assert error["status"] == 404 and error["code"] == "http-404" and error["message"].startswith("這個地址")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    answer = await client.get("/nothing", headers={"Accept": "application/json"})
    assert answer.content_type == "application/json"
    answer = await client.post("/", headers={"Accept": "text/html"})
    assert answer.status == 405 and answer.headers["Allow"] == "GET,HEAD"


async def test_hostile_titles_stay_text(client: Any) -> None:
    for path in ("/artifacts/hostile", "/scenes/prologue", "/search?q=<script>alert(", f"/search?q={HOSTILE[:30]}"):
        text = await read(client, path)
        assert "<script>alert" not in text and "&lt;script&gt;alert" in text, path


async def test_a_title_in_another_language_says_so(client: Any) -> None:
    text = await read(client, "/artifacts/coin-5", "en")
    assert '<h1><span lang="zh-Hans">开元通宝 5</span></h1>' in text
    assert "<h1>開元通寶 5</h1>" in await read(client, "/artifacts/coin-5", "zh-Hant")


async def test_the_language_is_chosen_and_kept(client: Any) -> None:
    answer = await client.get("/venues?lang=zh-Hant", headers={"Accept-Language": "en"})
    assert "中華百年看天津" in await answer.text()
    assert answer.cookies["language"].value == "zh-Hant"
    answer = await client.get("/venues", headers={"Accept-Language": "en", "Cookie": "language=zh-Hant"})
    assert answer.headers["Content-Language"] == "zh-Hant"
    answer = await client.get("/venues?lang=tlh", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] in LANGUAGES


async def test_an_unchanged_page_is_not_sent_again(client: Any) -> None:
    first = await client.get("/exhibitions")
    again = await client.get("/exhibitions", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304 and await again.read() == b""
    other = await client.get("/exhibitions?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status == 200


async def test_a_hall_of_very_many_scenes_comes_a_page_at_a_time(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await read(client, "/venues/tianjin", "en")

    def scenes(page: str) -> list[str]:
        listed = page.partition('aria-labelledby="scenes"')[2]
        return re.findall(r'href="/scenes/([\w-]+)"', listed)

    everything = list(dict.fromkeys(scenes(whole)))
    assert len(everything) > 1 and "?page=2" not in whole
    monkeypatch.setattr(tour, "SCENES_PER_PAGE", 1)
    pages = [await read(client, f"/venues/tianjin?page={number}", "en") for number in range(1, len(everything) + 1)]
    assert [one for page in pages for one in dict.fromkeys(scenes(page))] == everything
    # Wherever one is, the way in is the same, and how many there are.
    enter = re.findall(r'class="enter" href="([^"]+)".*?class="figure">([^<]+)<', whole, re.S)
    assert enter and all(
        re.findall(r'class="enter" href="([^"]+)".*?class="figure">([^<]+)<', page, re.S) == enter for page in pages
    )
    assert 'rel="next"' in pages[0] and 'rel="next"' not in pages[-1]
    await read(client, f"/venues/tianjin?page={len(everything) + 1}", "en", 404)


async def test_long_lists_come_a_page_at_a_time(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 3)
    pages = [await read(client, f"/exhibitions?page={number}") for number in (1, 2, 3)]
    found = [
        re.findall(r'href="/exhibitions/(show-\d)"', re.findall(r"<main.*</main>", text, re.S)[0]) for text in pages
    ]
    assert [len(one) for one in found] == [3, 3, 1] and len({*found[0], *found[1], *found[2]}) == 7
    assert 'rel="next" href="/exhibitions?page=2"' in pages[0] and 'rel="next"' not in pages[2]
    await read(client, "/exhibitions?page=4", status=404)
    # The first page shows some of them, and the ways to all.
    ways = re.findall('href="(/[a-z]+)"', re.findall(r"<main.*</main>", await read(client, "/"), re.S)[0])
    assert {"/exhibitions", "/places", "/tours", "/activities"} <= set(ways)


async def test_search_finds_across_scripts_and_kinds(client: Any) -> None:
    text = await read(client, "/search?q=Station", "en")
    assert "/venues/station-site" in text and "/places/station" in text
    text = await read(client, "/search?q=天津&kind=image")
    assert "/images/wall-map" in text and "/venues/tianjin" not in re.findall(r"<main.*</main>", text, re.S)[0]
    assert "/artifacts/vase" in await read(client, "/search?q=纏枝 青花")
    # A per cent sign and an underscore are letters like others, not patterns.
    for query in ("%", "_", "%25"):
        assert "没有找到" in await read(client, f"/search?q={query.replace('%', '%25')}")


async def test_an_artifact_leads_to_where_it_hangs(client: Any) -> None:
    text = await read(client, "/artifacts/vase")
    assert 'href="/scenes/prologue?yaw=30.0&amp;pitch=-5.0&amp;fov=50"' in text
    hung = set(re.findall('href="/scenes/([a-z0-9-]+)', await read(client, "/images/wall-map")))
    assert hung == {"prologue"}, "only the scene that it hangs in"


async def test_a_scene_that_shows_a_thing_and_its_photograph_is_named_once(client: Any, database: Database) -> None:
    async with database.write() as session:
        hotspot = (
            await session.scalars(select(Hotspot).where(Hotspot.kind == "artifact", Hotspot.yaw == 30.0))
        ).first()
        photograph = await session.scalar(select(Image.id).where(Image.artifact_id == hotspot.artifact_id))
        session.add(
            Hotspot(
                scene_id=hotspot.scene_id, kind="image", image_id=photograph, yaw=50.0, pitch=1.0, position=9, texts=[]
            )
        )
    text = await read(client, "/artifacts/vase")
    assert re.findall('href="/scenes/prologue[^"]*yaw=([0-9.]+)', text) == ["30.0"]
    for words in ("总登记号", "清乾隆", "1736年 — 1795年", "一级", "高 38.5 厘米", "旧藏", "完整"):
        assert words in text


async def test_the_banner_tells_how_far_the_museum_is(client: Any, database: Database) -> None:
    assert "data-building" not in await read(client, "/")
    assert (await client.get("/building")).status == 204
    async with database.write() as session:
        await enqueue(session, "demo.build", {}, subject="demo")
    assert "正在布置展馆" in await read(client, "/")
    answer = await client.get("/building", headers={"Accept-Language": "en"})
    async with database.read() as session:
        found = await building_of(session)
    figures = f"{found.percent}% done: {found.made} of {found.wanted} pictures, scenes and models."
    assert found.wanted > 0 and answer.status == 200 and figures in await answer.text()
    assert int(answer.headers["X-Scenes-Open"]) == 9


async def test_an_empty_museum_is_still_a_page(settings: Settings, database: Database) -> None:
    app = build_application(settings, database, open_store(settings.resolved_store_url))
    async with TestClient(TestServer(app)) as client:
        assert isinstance(client.session, ClientSession)
        for path in (
            "/",
            "/venues",
            "/collection",
            "/exhibitions",
            "/activities",
            "/tours",
            "/places",
            "/search",
            "/sitemap.xml",
            "/robots.txt",
        ):
            answer = await client.get(path)
            assert answer.status == 200, path
