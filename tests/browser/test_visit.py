"""A visit to the demonstration museum in a real browser: through a door, into a picture, through time, and back."""

from __future__ import annotations

import dataclasses
import io
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from PIL import Image

from museum.settings import Settings
from tests.browser.axe import violations
from tests.conftest import CHROMIUM_FLAGS, PATIENCE_MS
from tests.support import RunningServer, find_chromium, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(2400)]
SCALE = "8"
LOBBY = "tianjin-century-lobby-1"


def wait_for_museum(server: RunningServer, seconds: float) -> dict[str, Any]:
    """Until everything stands: what the museum says of itself then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if any("demonstration museum stands" in line for line in server.output):
            return server.get("/api/v1/museum").json()
        assert server.process.poll() is None, "".join(server.output[-30:])
        time.sleep(0.5)
    raise AssertionError("the demonstration museum does not stand:\n" + "".join(server.output[-30:])[-3000:])


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    data = tmp_path_factory.mktemp("demo")
    shutil.copytree(Path(__file__).parents[2] / "docs" / "languages", data / "languages")
    (data / "languages" / "broken.json").write_text('{\n  "language": "de",\n  "name": "Deutsch",\n}')
    server = start_server(Settings(data=data, port=0, min_free_bytes=0), "demo", "--scale", SCALE)
    wait_for_museum(server, 1800)
    yield server
    assert server.stop() == 0


def until(page: Any, expression: str, seconds: float = 120) -> Any:
    """Poll `expression` in the page (its policy forbids the driver's own way) until it is true; its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = page.evaluate(expression)
        if value:
            return value
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {expression}; at {page.url}")


TOUR = "document.querySelector('museum-tour')"


def at(page: Any, slug: str) -> None:
    until(page, f"{TOUR}?.scene === '{slug}' && !{TOUR}.moving")


def tour_of(museum: RunningServer, slug: str) -> dict[str, Any]:
    return museum.get(f"/api/v1/scenes/{slug}/tour.json").json()


def wrap(angle: float) -> float:
    return (angle + 180) % 360 - 180


def follow(page: Any, link: dict[str, Any]) -> None:
    """Turn to a link and click it."""
    page.evaluate(f"{TOUR}.turnTo({{yaw: {link['yaw']}, pitch: {link['pitch']}, fov: 75}}, 0)")
    until(page, f"!{TOUR}.moving")
    page.locator(f"museum-tour [data-link='{link['id']}']").click()


def test_every_part_of_the_museum_opens(museum: RunningServer) -> None:
    facts = museum.get("/api/v1/museum").json()
    assert facts["venues"] == 5
    assert facts["exhibitions"] == 21
    assert (facts["sites"], facts["siteScenes"], facts["activities"]) == (4, 12, 2)
    with httpx.Client(base_url=museum.url, timeout=120) as client:
        for kind, page in [
            ("venues", "venues"), ("scenes", "scenes"), ("artifacts", "artifacts"), ("images", "images"),
            ("exhibitions", "exhibitions"), ("activities", "activities"), ("places", "places"),
        ]:  # fmt: skip
            items = client.get(f"/api/v1/{kind}?limit=200").json()["items"]
            assert items
            for item in items:
                assert client.get(f"/{page}/{item['slug']}").status_code == 200, item["slug"]
        for image in client.get("/api/v1/images?limit=200").json()["items"]:
            info = client.get(f"/iiif/3/{image['slug']}/info.json").json()
            assert info["width"] * info["height"] > 1_900_000
            tile = client.get(f"/iiif/3/{image['slug']}/0,0,512,512/512,512/0/default.jpg")
            assert tile.status_code == 200
            assert tile.headers["content-type"] == "image/jpeg"


def test_every_scene_can_be_walked_to_and_back(museum: RunningServer) -> None:
    with httpx.Client(base_url=museum.url, timeout=120) as client:
        slugs = [item["slug"] for item in client.get("/api/v1/scenes?limit=200").json()["items"]]
        ways: dict[str, set[str]] = {}
        for slug in slugs:
            links = client.get(f"/api/v1/scenes/{slug}/tour.json").json()["scene"]["links"]
            ways[slug] = {link["scene"] for link in links}
    back: dict[str, set[str]] = {slug: {other for other in slugs if slug in ways[other]} for slug in slugs}
    for graph in (ways, back):
        reached, edge = {LOBBY}, {LOBBY}
        while edge:
            edge = {target for slug in edge for target in graph[slug]} - reached
            reached |= edge
        assert reached == set(slugs)


def test_a_visit(museum: RunningServer, page: Any) -> None:
    page.goto(f"{museum.url}/scenes/{LOBBY}")
    at(page, LOBBY)
    scene = tour_of(museum, LOBBY)["scene"]

    # through a door: the heading is kept
    door = next(
        link for link in scene["links"] if link["kind"] == "portal" or link["scene"].rpartition("-")[0] != "lobby"
    )
    follow(page, door)
    at(page, door["scene"])
    assert f"/scenes/{door['scene']}" in page.url
    arrived = tour_of(museum, door["scene"])["scene"]
    view = page.evaluate(f"{TOUR}.view")
    if "arrival" not in door:
        assert abs(wrap(view["yaw"] + arrived["north"] - door["yaw"] - scene["north"])) < 0.5

    # into a picture that zooms
    page.go_back()
    at(page, LOBBY)
    spot = next(spot for spot in scene["hotspots"] if spot["kind"] in ("artifact", "image"))
    with page.expect_response(lambda response: "/iiif/3/" in response.url and response.url.endswith(".jpg")):
        page.evaluate(f"{TOUR}.turnTo({{yaw: {spot['yaw']}, pitch: {spot.get('pitch', 0)}, fov: 60}}, 0)")
        until(page, f"!{TOUR}.moving")
        page.locator(f"museum-tour [data-hotspot='{spot['id']}']").click()
    dialog = page.locator("museum-tour dialog[open]")
    assert spot["title"]["zh-Hans"] in dialog.inner_text()
    page.keyboard.press("Escape")
    until(page, "!document.querySelector('museum-tour').shadowRoot.querySelector('dialog[open]')")


ACTIVE = "(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at; })()"


def tab_to(page: Any, wanted: str, key: str = "Tab") -> None:
    """Press Tab until what has the focus matches a selector."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate(f"{ACTIVE}?.matches({json.dumps(wanted)})"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}; at {page.url}")


def press_at(page: Any, wanted: str) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_a_whole_visit_by_keys_alone(museum: RunningServer, page: Any) -> None:
    """From home through a hall to an exhibit, out of it to the real place, through time and back; with a guide; and home."""
    scenes = museum.get("/api/v1/scenes?limit=200").json()["items"]
    tours = {item["slug"]: tour_of(museum, item["slug"])["scene"] for item in scenes}
    outside = {slug for slug, scene in tours.items() if scene["venue"]["kind"] == "site"}
    inside, portal = next(
        (scene, link) for slug, scene in tours.items() for link in scene["links"]
        if link["scene"] in outside and slug not in outside
    )  # fmt: skip

    # home, a hall, its scene; turning; a way on; and the list of the hall's scenes
    page.goto(museum.url)
    press_at(page, f"a[href^='/venues/{inside['venue']['slug']}']")
    page.wait_for_url("**/venues/**")
    press_at(page, f"a[href^='/scenes/{LOBBY}']")
    page.wait_for_url("**/scenes/**")
    at(page, LOBBY)
    tab_to(page, ".stage")
    yaw = page.evaluate(f"{TOUR}.view.yaw")
    page.keyboard.down("ArrowRight")
    until(page, f"Math.abs({TOUR}.view.yaw - {yaw}) > 2")
    page.keyboard.up("ArrowRight")
    walk = next(link for link in tours[LOBBY]["links"] if link["kind"] == "walk")
    press_at(page, f"[data-link='{walk['id']}']")
    at(page, walk["scene"])
    page.keyboard.press("s")
    page.get_by_role("dialog").get_by_role("searchbox").wait_for()
    tab_to(page, f"dialog.scenes a[href*='/scenes/{inside['slug']}']")
    page.keyboard.press("Enter")
    at(page, inside["slug"])

    # a picture: opened, looked at closely, closed; the focus is where it was
    spot = next(
        spot for spot in inside["hotspots"] if spot["kind"] in ("artifact", "image") and spot["target"].get("iiif")
    )
    press_at(page, f"[data-hotspot='{spot['id']}']")
    zoom = f"{TOUR}.shadowRoot.querySelector('museum-exhibit').shadowRoot.querySelector('museum-zoom')"
    until(page, f"{zoom}?.region")
    whole = page.evaluate(f"{zoom}.region.height")
    page.keyboard.press("+")
    until(page, f"{zoom}.region.height < {whole * 0.8}")
    page.keyboard.press("Escape")
    until(page, f"{TOUR}.openedHotspot === undefined")
    assert page.evaluate(f"{ACTIVE}.dataset.hotspot") == str(spot["id"])

    # out to the real place, through its times by the slider, and back to the very view
    tab_to(page, f"[data-link='{portal['id']}']", "Shift+Tab")
    until(page, f"!{TOUR}.moving")
    left = page.evaluate(f"{TOUR}.view")
    page.keyboard.press("Enter")
    at(page, portal["scene"])
    here = tours[portal["scene"]]
    years = [moment["year"] for moment in here["place"]["moments"]]
    assert years == sorted(years) and len(years) == 3
    before = page.evaluate(f"{TOUR}.view")
    page.keyboard.press("t")
    spoken = page.evaluate(f"{ACTIVE}.getAttribute('aria-valuetext')")
    assert str(here["year"]) in spoken
    page.keyboard.press("ArrowLeft" if here["year"] == years[-1] else "ArrowRight")
    until(page, f"{TOUR}.scene !== '{here['slug']}' && !{TOUR}.moving")
    there = tours[page.evaluate(f"{TOUR}.scene")]
    until(page, f"{ACTIVE}.getAttribute('aria-valuetext').includes('{there['year']}')")
    after = page.evaluate(f"{TOUR}.view")
    assert abs(wrap(after["yaw"] + there["north"] - before["yaw"] - here["north"])) < 0.5
    for slug in (here["slug"], inside["slug"]):
        press_at(page, "button.back")
        at(page, slug)
    again = page.evaluate(f"{TOUR}.view")
    assert abs(wrap(again["yaw"] - left["yaw"])) < 0.01
    assert abs(again["fov"] - left["fov"]) < 0.01

    # what one sees is shared
    page.keyboard.press("c")
    page.get_by_role("dialog").get_by_role("textbox").first.wait_for()
    page.keyboard.press("Escape")

    # a guide: on, back, aloud and silent, and an answer
    guide = museum.get("/api/v1/tours").json()["items"][0]["slug"]
    stops = museum.get(f"/api/v1/tours/{guide}").json()["stops"]
    asks = next(number for number, stop in enumerate(stops) if stop["answers"])
    page.goto(f"{museum.url}/tours/{guide}")
    press_at(page, f"a[href*='tour={guide}'][href*='stop={asks + 1}']")
    page.wait_for_url("**/scenes/**")
    panel = f"{TOUR}?.shadowRoot?.querySelector('.guided')"
    until(page, f"{panel} != null")
    at(page, stops[asks]["scene"])
    press_at(page, ".answer")
    until(page, f"{panel}.querySelector('.guided-answer') != null")
    page.keyboard.press("p")
    until(page, f"{panel}.querySelector('.now') != null")
    page.keyboard.press("p")
    until(page, f"{panel}.querySelector('.now') == null")
    page.keyboard.press("." if asks == 0 else ",")
    other = asks + 1 if asks == 0 else asks - 1
    until(page, f"new URLSearchParams(location.search).get('stop') === '{other + 1}'")
    at(page, stops[other]["scene"])
    press_at(page, ".guided header button:not(.fold-words)")
    until(page, f"{panel} == null")

    # and home
    page.keyboard.press("Shift+Tab")
    press_at(page, "a[href='/']")
    page.wait_for_url(f"{museum.url}/")


def test_a_visit_in_a_language_that_was_added(museum: RunningServer, chromium: Any) -> None:
    """From the first page into a scene, a picture and along the time line; the file beside it that cannot be read is told of, no more."""
    assert any("broken.json:4: this is not JSON" in line for line in museum.output)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="fr-CA", coarse=True)
    page = context.new_page()
    page.goto(museum.url)
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_role("link", name="Parcourir la collection").first.wait_for()
    page.get_by_role("link", name="Entrer dans le musée").click()
    until(page, f"{TOUR}?.scene && !{TOUR}.moving")
    page.goto(f"{museum.url}/scenes/{LOBBY}")
    at(page, LOBBY)
    assert page.locator("museum-tour .stage").get_attribute("aria-label").startswith("Panorama de ")
    spot = next(one for one in tour_of(museum, LOBBY)["scene"]["hotspots"] if one["kind"] in ("artifact", "image"))
    page.locator(f"museum-tour [data-hotspot='{spot['id']}']").focus()
    page.keyboard.press("Enter")
    page.locator("museum-exhibit").get_by_role("button", name="Fermer").wait_for()
    page.locator("museum-exhibit").get_by_role("button", name="Agrandir").wait_for()
    page.keyboard.press("Escape")
    until(page, f"{TOUR}.openedHotspot === undefined")

    moments = next(tour["moments"] for tour in (museum.get("/api/v1/places?limit=1").json()["items"]))
    page.goto(f"{museum.url}/scenes/{moments[0]['scene']}")
    until(page, f"{TOUR}?.scene && !{TOUR}.moving")
    line = page.get_by_role("slider", name="Frise du temps")
    line.wait_for()
    assert "an " in line.get_attribute("aria-valuetext") or "av. J.-C." in line.get_attribute("aria-valuetext")
    # Into another language and back, without leaving the scene: the words are here already.
    page.locator(".languages [data-language='en']").click()
    until(
        page,
        f"document.documentElement.lang === 'en' && {TOUR}.shadowRoot.querySelector('.stage').ariaLabel.startsWith('Panorama of')",
    )
    page.locator(".languages [data-language='fr']").click()
    until(
        page,
        f"document.documentElement.lang === 'fr' && {TOUR}.shadowRoot.querySelector('.stage').ariaLabel.startsWith('Panorama de')",
    )
    assert violations(page) == []
    context.close()


def test_it_starts_again_at_once(museum: RunningServer) -> None:
    """A second process on the same data: nothing is built anew."""
    assert not (museum.settings.work / "demo" / "textures").exists(), "what only building needs is cleared away"
    second = start_server(dataclasses.replace(museum.settings, port=0), "demo", "--scale", SCALE)
    try:
        answer = second.get("/")
        assert answer.status_code == 200
        assert wait_for_museum(second, 120) == museum.get("/api/v1/museum").json()
        assert not any(line.startswith("Building") for line in second.output)
    finally:
        second.stop()


@pytest.fixture
def with_depth(chromium: Any) -> Iterator[Any]:
    """A browser that lays layers over each other as one with a GPU does: else Chromium leaves out those that reach behind the eye, as
    the sides of the first picture do."""
    flags = [flag for flag in CHROMIUM_FLAGS if flag != "--disable-gpu-compositing"]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield browser
    browser.close()


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_page_carries_the_first_picture(museum: RunningServer, with_depth: Any, size: tuple[int, int]) -> None:
    """Without any script the page shows, blurred, what the renderer shows in the end: here with the ceiling in view."""
    seen = []
    for scripts in (False, True):
        context = with_depth.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=scripts)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(f"{museum.url}/scenes/{LOBBY}?yaw=30&pitch=35&fov=80", wait_until="load")
        if scripts:
            at(page, LOBBY)
            page.evaluate(f"{TOUR}.ready")
            assert page.locator(".first-paint").count() == 0, "what lies beneath the renderer costs each frame"
            page.evaluate(
                f"() => {{ for (const way of {TOUR}.shadowRoot.querySelectorAll('.way-out')) way.remove(); }}"
            )
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        # Below the site's header and above the viewer's own captions and buttons.
        part = picture.crop((0, round(size[1] * 0.15), size[0], round(size[1] * 0.75)))
        seen.append(np.asarray(part.resize((36, 24), Image.Resampling.BOX), np.int16))
        context.close()
    assert np.abs(seen[0] - seen[1]).mean() < 3
    assert seen[1].std() > 6, "a picture of nothing would prove nothing"


ZOOM = "document.querySelector('museum-zoom')"


def opened_image(museum: RunningServer, page: Any, query: str) -> dict[str, Any]:
    """The record of the first display image, its page open and its pyramid there."""
    image = museum.get("/api/v1/images?limit=1").json()["items"][0]
    page.goto(f"{museum.url}/images/{image['slug']}{query}")
    until(page, f"{ZOOM}?.region")
    return image


def test_a_detail_can_be_shared(museum: RunningServer, page: Any) -> None:
    """What the address names is what is seen; the address follows; a small help says the keys."""
    image = opened_image(museum, page, "?region=300,200,900,600")
    until(page, f"Math.abs({ZOOM}.region.x + {ZOOM}.region.width / 2 - 750) < 2")
    seen = page.evaluate(f"{ZOOM}.region")
    assert abs(seen["y"] + seen["height"] / 2 - 500) < 2
    assert abs(seen["height"] - 600) < 2 or abs(seen["width"] - 900) < 2
    assert page.url.endswith("?region=300,200,900,600"), "nobody has moved"

    page.locator("museum-zoom .picture .openseadragon-canvas").focus()
    page.keyboard.press("+")
    until(page, f"{ZOOM}.region.height < {seen['height'] * 0.7} && !location.search.includes('300,200,900,600')")
    until(page, "location.search.startsWith('?region=')")
    page.keyboard.press("0")
    until(page, "location.search === ''")
    page.keyboard.press("?")
    assert page.locator("museum-zoom .panel kbd").first.is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="分享细部").click()
    service = f"/iiif/3/{image['slug']}/full/"
    assert service in page.get_by_role("link", name="单独打开这一细部").get_attribute("href")
    assert violations(page) == []


def test_pictures_of_a_wall_follow_one_another(museum: RunningServer, page: Any) -> None:
    for scene in museum.get("/api/v1/scenes?limit=200").json()["items"]:
        spots = tour_of(museum, scene["slug"])["scene"]["hotspots"]
        hung = [spot for spot in spots if spot["kind"] in ("image", "artifact") and spot["target"].get("iiif")]
        if 2 <= len(hung) <= 4:
            break
    page.goto(f"{museum.url}/scenes/{scene['slug']}")
    at(page, scene["slug"])
    page.locator(f"museum-tour [data-hotspot='{hung[0]['id']}']").focus()
    page.keyboard.press("Enter")
    seen = []
    for _ in hung:
        page.locator("museum-exhibit dialog[open]").wait_for()
        seen.append(page.evaluate(f"{TOUR}.openedHotspot"))
        page.locator("museum-exhibit").get_by_role("button", name="下一幅").click()
        until(page, f"{TOUR}.openedHotspot !== {seen[-1]}")
    assert sorted(seen) == sorted(spot["id"] for spot in hung)
    last = page.evaluate(f"{TOUR}.openedHotspot")
    page.keyboard.press("Escape")
    until(page, f"{TOUR}.openedHotspot === undefined")
    assert page.evaluate(f"{TOUR}.shadowRoot.activeElement.dataset.hotspot") == str(last)


def test_two_pictures_are_looked_at_together(museum: RunningServer, page: Any) -> None:
    image = opened_image(museum, page, "")
    page.get_by_role("link", name="与另一幅对照").click()
    page.locator(".card.image a").first.click()
    looks = "[...document.querySelectorAll('museum-zoom')].map(zoom => zoom.look)"
    until(page, f"{looks}.length === 2 && {looks}.every(look => look)")
    page.locator("museum-zoom .picture .openseadragon-canvas").first.focus()
    page.keyboard.press("+")
    page.keyboard.press("r")
    until(page, f"{looks}.every(look => look.zoom > 1.4 && Math.abs(look.turn - 90) < 0.1)")
    first, second = page.evaluate(looks)
    assert abs(first["zoom"] - second["zoom"]) < 0.01
    page.get_by_role("button", name="两幅联动").click()
    page.locator("museum-zoom .picture .openseadragon-canvas").first.focus()
    page.keyboard.press("0")
    until(page, f"{looks}[0].zoom < 1.01")
    assert page.evaluate(looks)[1]["zoom"] > 1.4
    assert f"/images/{image['slug']}?compare=" in page.url
    assert violations(page) == []
