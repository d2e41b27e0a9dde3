"""The scene editor in a real browser: what is dragged, drawn and typed is kept by itself, can be taken back, and is what visitors get."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from museum.assets.originals import keep_original
from museum.assets.store import open_store
from museum.curation import drafting, people, production
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.browser.test_curator_first_scene import (
    PASSWORD,
    centre,
    draw_panorama,
    log_in,
    saved,
    sharp,
    shoot,
    until,
    violations,
)
from tests.support import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PLACES = {"gate": (0.0, 0.0, 0.0), "court": (0.0, 10.0, 90.0), "tower": (10.0, 0.0, 0.0)}
"""Place on the floor plan and north of each scene."""
ROOM = {"key": "r", "outline": [[-4, -4], [14, -4], [14, 14], [-4, 14]]}
LEAVING = """(() => {
    const event = new Event('beforeunload', {cancelable: true});
    window.dispatchEvent(event);
    return event.defaultPrevented;
})()"""


async def _fill(settings: Settings, picture: Path) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    store = open_store(settings.resolved_store_url)
    for name in ("Mei", "Tao"):
        await people.add_person(database, name, PASSWORD, role="editor")
    original = await keep_original(database, store, picture, "room.jpg")
    async with database.write() as session:
        hall = await drafting.create_venue(session, kind="hall", texts={"title": {"en": "Hall"}})
        hall.plan = {"width": 18, "depth": 18, "rooms": [ROOM]}
        hall.state = "published"
        for name, (x, y, north) in PLACES.items():
            scene = await drafting.create_scene(session, hall, texts={"title": {"en": name.title()}}, slug=name)
            scene.plan_x, scene.plan_y, scene.north = x, y, north
            await production.begin_panorama(session, scene, [(original.id, "whole")])
    await store.close()
    await database.close()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A hall of three draft scenes without a link or hotspot."""
    folder = tmp_path_factory.mktemp("museum")
    settings = Settings(data=folder / "museum", port=0, min_free_bytes=0)
    settings.data.mkdir()
    picture = draw_panorama(folder / "room.jpg", 90)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings, picture)))
    thread.start()
    thread.join()
    running = start_server(settings)
    yield running
    running.stop()


def open_scene(page: Any, server: RunningServer, slug: str) -> None:
    """The scene in the editor, in full. The page of a panorama that is still being made renews itself."""
    page.goto(f"{server.url}/admin/scenes/{slug}")
    page.wait_for_selector(".editor.scripted .tabs", timeout=240_000)
    sharp(page)


def draft(page: Any, slug: str) -> Any:
    return page.evaluate(f"fetch('/admin/scenes/{slug}/draft.json').then(answer => answer.json())")["draft"]


def look(page: Any, yaw: float, pitch: float) -> None:
    view = {"yaw": yaw, "pitch": pitch, "fov": 75}
    page.evaluate("view => { document.querySelector('museum-tour').view = view }", view)
    sharp(page)


def add_note(page: Any, title: str, dx: float = 0, dy: float = 0) -> None:
    """A hotspot with words of its own, so many pixels from the middle."""
    page.click("[data-tool=hotspot]")
    x, y = centre(page)
    page.mouse.click(x + dx, y + dy)
    page.select_option("[data-kind]", "text")
    page.fill("[data-picker] input[data-language=en]", title)
    page.click("[data-picker] [data-take]")
    page.wait_for_selector("[data-chosen]")
    until(page, "document.activeElement?.matches('.handle')")


def drag(page: Any, selector: str, dx: float, dy: float) -> None:
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=8)
    page.mouse.up()


def field(page: Any, name: str) -> float:
    return float(page.input_value(f"[data-field={name}]"))


def enter(page: Any, name: str, value: str) -> None:
    page.fill(f"[data-field={name}]", value)
    page.keyboard.press("Enter")


def titles(page: Any, slug: str) -> list[str]:
    return [spot["texts"]["title"]["en"] for spot in draft(page, slug)["hotspots"]]


def test_what_is_dragged_and_drawn_is_what_visitors_get(hall: RunningServer, page: Any) -> None:
    log_in(page, hall)
    open_scene(page, hall, "tower")
    look(page, 90, 0)
    add_note(page, "Red square")
    drag(page, ".handle.thing", 150, -80)
    assert 98 < field(page, "yaw") < 115
    assert 4 < field(page, "pitch") < 16
    saved(page)
    kept = draft(page, "tower")["hotspots"]
    assert [spot["yaw"] for spot in kept] == [pytest.approx(field(page, "yaw"), abs=0.01)]

    # An outline around the red square: four clicks, and the first corner again.
    look(page, 90, 0)
    page.click("[data-draw]")
    x, y = centre(page)
    for dx, dy in ((60, 50), (-60, 50), (-60, -50), (60, -50)):
        page.mouse.click(x + dx, y + dy)
    until(page, "document.querySelectorAll('[data-drawn]').length === 4")
    page.click("[data-drawn='0']")
    until(page, "document.querySelectorAll('[data-corner]').length === 4")
    saved(page)
    spot = draft(page, "tower")["hotspots"][0]
    outline = spot["polygon"]
    assert outline[0][0] < 90 < outline[1][0], "it begins at the upper left"
    assert outline[0][1] > 0 > outline[2][1]
    assert spot["yaw"] == pytest.approx(90, abs=0.5), "the hotspot stands in its middle"
    drag(page, "[data-corner='0']", -40, -30)
    page.click("[data-edge='1']")
    until(page, "document.querySelectorAll('[data-corner]').length === 5")
    page.focus("[data-corner='2']")
    page.keyboard.press("Delete")
    until(page, "document.querySelectorAll('[data-corner]').length === 4")
    shoot(page, "editor-outline")
    saved(page)
    moved = draft(page, "tower")["hotspots"][0]["polygon"]
    assert moved[0][0] < outline[0][0] - 1
    assert moved[1:] == outline[1:]

    # The rest of the scene: tripod, north by pointing, place on the plan by a click.
    page.click("[data-tab=scene]")
    page.click("[data-nadir=fill]")
    look(page, 30, 0)
    page.click("[data-point-north]")
    page.mouse.click(*centre(page))
    assert field(page, "north") == pytest.approx(330, abs=0.2)
    page.click("[data-tab=plan]")
    box = page.locator("[data-plan] svg").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert field(page, "plan_x") == pytest.approx(5, abs=0.2)
    assert field(page, "plan_y") == pytest.approx(5, abs=0.2)
    shoot(page, "editor-plan")
    saved(page)

    # Published at once, though the button is pressed before all is saved: the form waits for that.
    page.click("[data-tab=scene]")
    page.fill("[data-field=nadir_radius]", "31")
    page.click('.headline form[action$="/publish"] button')
    page.wait_for_selector(".headline .state.published")
    scene = hall.get("/api/v1/scenes/tower/tour.json").json()["scene"]
    assert scene["hotspots"][0]["polygon"] == moved
    assert scene["nadir"] == {"kind": "fill", "radius": 31.0}
    assert scene["north"] == pytest.approx(330, abs=0.2)
    assert scene["plan"] == pytest.approx([5, 5], abs=0.2)
    # What visitors see is looked at, and changed in a copy.
    page.wait_for_selector(".look-only")
    assert page.locator("[data-tool]").count() == 0
    page.click("form[action$='/copy'] button")
    page.wait_for_url(f"{hall.url}/admin/scenes/tower-next")
    page.wait_for_selector("[data-tool=link]")
    # The list of all hotspots leads to each of them.
    page.goto(f"{hall.url}/admin/hotspots")
    page.click(".chosen-row a[href*='/tower-next#hotspot-']")
    page.wait_for_selector(".desk [data-field=yaw]", timeout=240_000)
    yaw = field(page, "yaw")
    until(page, f"Math.abs(document.querySelector('museum-tour').view.yaw - {yaw}) < 0.5")
    assert page.evaluate("document.querySelector('museum-tour').getBoundingClientRect().top") > 0


def test_all_by_keyboard_and_numbers(hall: RunningServer, page: Any) -> None:
    log_in(page, hall)
    open_scene(page, hall, "court")
    look(page, 40, 10)
    page.focus("[data-tool=link]")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # The picture has the focus: its middle.
    page.wait_for_selector(".choices button[data-slug=gate]")
    until(page, "document.activeElement?.matches('[data-picker] h2')")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.slug") == "gate":
            break
    page.keyboard.press("Enter")
    until(page, "document.activeElement?.matches('.handle.walk')")
    yaw, pitch = field(page, "yaw"), field(page, "pitch")
    assert (yaw, pitch) == (pytest.approx(40, abs=0.1), -9), "a way to walk lies on the floor"
    assert field(page, "back") == pytest.approx(0, abs=0.1), "by the plan the court lies north of the gate"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert field(page, "yaw") == pytest.approx(yaw + 1.2, abs=0.01)
    assert field(page, "pitch") == pytest.approx(pitch - 1, abs=0.01)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert (field(page, "yaw"), field(page, "pitch")) == (pytest.approx(yaw + 0.2, abs=0.01), pitch)
    page.keyboard.press("Control+Shift+z")
    assert field(page, "yaw") == pytest.approx(yaw + 1.2, abs=0.01)
    page.click("[data-by-plan]")
    assert field(page, "yaw") == pytest.approx(90, abs=0.1)
    saved(page)
    # Numbers, and a frame around a hotspot without a pointer.
    page.keyboard.press("Escape")
    add_note(page, "Framed")
    enter(page, "yaw", "-120.5")
    page.focus("[data-frame]")
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('[data-corner]').length === 4")
    assert field(page, "yaw") == pytest.approx(-120.5, abs=0.01)
    page.focus("[data-corner='0']")
    page.keyboard.press("Shift+ArrowUp")
    saved(page)
    spot = draft(page, "court")["hotspots"][0]
    assert spot["polygon"][0][1] == pytest.approx(spot["polygon"][1][1] + 1, abs=0.01)
    back = draft(page, "gate")["links"]
    assert [(link["target"], round(link["yaw"])) for link in back] == [("court", 0)]


def test_stepping_through_neighbours_without_leaving(hall: RunningServer, page: Any) -> None:
    log_in(page, hall)
    open_scene(page, hall, "court")
    page.evaluate("document.querySelector('museum-tour').mark = 'the same'")
    if page.locator("[data-step=gate]").count() == 0:
        page.click("[data-tool=link]")
        page.mouse.click(*centre(page))
        page.click(".choices button[data-slug=gate]")
        page.wait_for_selector("[data-chosen]")
        page.keyboard.press("Escape")
    add_note(page, "Left behind", 60, -60)
    count = page.locator(".handle.thing").count()
    page.click("[data-step=gate]")
    until(page, "document.querySelector('.headline h1')?.innerText.includes('Gate')")
    assert page.url == f"{hall.url}/admin/scenes/gate"
    assert page.evaluate("document.querySelector('museum-tour').mark") == "the same", "the viewer goes on"
    until(page, "document.querySelectorAll('.handle.way').length === 1")
    assert page.locator("[data-step=court]").count() == 1, "the way back is there"
    assert "Left behind" in titles(page, "court")
    # The page around it is the other scene's, and works.
    assert page.input_value('.fields input[name="title:en"]') == "Gate"
    page.click("[data-tab=scene]")
    enter(page, "initial_yaw", "25")
    saved(page)
    assert draft(page, "gate")["initial_yaw"] == 25
    page.go_back()
    until(page, "document.querySelector('.headline h1')?.innerText.includes('Court')")
    # What was done here before can still be taken back.
    until(page, f"document.querySelectorAll('.handle.thing').length === {count}")
    page.click("[data-do=undo]")
    until(page, f"document.querySelectorAll('.handle.thing').length === {count - 1}")
    saved(page)


def test_nothing_is_lost_without_the_server_nor_between_two(hall: RunningServer, page: Any, chromium: Any) -> None:
    log_in(page, hall)
    crashing = page.context.new_page()
    open_scene(crashing, hall, "gate")
    crashing.route("**/draft.json", lambda route: route.abort())
    add_note(crashing, "Before the crash")
    crashing.wait_for_selector("[data-save=unreachable]")
    # What a page sends while it is closed would arrive; a crash sends nothing.
    crashing.evaluate("() => { window.fetch = () => Promise.reject(new Error('crashed')); }")
    crashing.close()
    open_scene(page, hall, "gate")
    page.wait_for_selector(".left-over")
    shoot(page, "editor-left")
    page.click("[data-left=take]")
    saved(page)
    assert titles(page, "gate") == ["Before the crash"], "what the browser had kept has come back"
    assert page.locator(".left-over").count() == 0
    assert not page.evaluate(LEAVING)
    page.route("**/draft.json", lambda route: route.abort())
    add_note(page, "Written offline")
    page.wait_for_selector("[data-save=unreachable]")
    assert "连不上服务器" in page.inner_text("[data-save]")
    assert page.evaluate(LEAVING), "it warns before the page is left"
    enter(page, "yaw", "12")
    shoot(page, "editor-unreachable")
    page.unroute("**/draft.json")
    saved(page)
    assert not page.evaluate(LEAVING)
    assert "Written offline" in titles(page, "gate")

    # Somebody else turns the same hotspot, and changes something besides.
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, locale="en-GB", coarse=True)
    other = context.new_page()
    log_in(other, hall, "tao")
    open_scene(other, hall, "gate")
    other.click(".spot-row:has-text('Written offline')")
    enter(other, "yaw", "77")
    other.click("[data-tab=scene]")
    enter(other, "initial_fov", "66")
    saved(other)
    context.close()
    enter(page, "yaw", "-33")
    page.wait_for_selector(".conflict-dialog [data-settle]")
    row = page.inner_text(".conflict-dialog tbody tr")
    assert "77°" in row
    assert "-33°" in row
    shoot(page, "editor-conflict")
    assert not violations(page)
    page.click(".conflict-dialog td:nth-of-type(3) input")
    page.click("[data-settle]")
    saved(page)
    kept = draft(page, "gate")
    assert kept["initial_fov"] == 66
    assert 77 in [spot["yaw"] for spot in kept["hotspots"]]
    page.click("[data-do=undo]")
    saved(page)
    assert draft(page, "gate")["initial_fov"] == 66, "what the other did is not hers to undo"


def plan_of(page: Any) -> Any:
    return page.evaluate("fetch('/admin/venues/hall/plan.json').then(answer => answer.json())")


def arrange(page: Any, changes: dict[str, Any]) -> None:
    """What somebody else does to the plan."""
    body = "{method: 'PUT', body: JSON.stringify({changes})}"
    send = f"changes => fetch('/admin/venues/hall/plan.json', {body}).then(answer => answer.status)"
    assert page.evaluate(send, changes) == 200


def test_a_halls_plan_by_pointer_and_by_keys(hall: RunningServer, page: Any, tmp_path: Path) -> None:
    log_in(page, hall)
    page.goto(f"{hall.url}/admin/venues/hall/plan")
    page.wait_for_selector("[data-pin=gate]")
    before = plan_of(page)["leaves"]["scene/court/at"]
    drag(page, "[data-pin=court]", 60, 40)
    saved(page)
    moved = plan_of(page)["leaves"]["scene/court/at"]
    assert (moved[1] > before[1], moved[2] < before[2]) == (True, True), "right is east, down is south"
    # What is chosen has a handle that turns it, and keys move it.
    page.keyboard.press("Tab")
    until(page, "document.activeElement.dataset.handle === 'turn-scene'")
    heading = float(page.get_attribute("[data-handle=turn-scene]", "aria-valuenow"))
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert float(page.get_attribute("[data-handle=turn-scene]", "aria-valuenow")) == (heading + 14) % 360
    page.focus("[data-pin=court]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert (field(page, "x"), field(page, "y")) == (
        pytest.approx(moved[1] + 0.1, abs=0.01),
        pytest.approx(moved[2] + 1, abs=0.01),
    )
    page.keyboard.press("Delete")
    page.wait_for_selector("[data-waits=court]")
    page.focus("[data-waits=court]")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.dataset.pin === 'court'")
    for _ in range(2):
        page.keyboard.press("Control+z")
    assert field(page, "y") == pytest.approx(moved[2] + 1, abs=0.01)
    # Onto the plan by mouse, from the list.
    page.keyboard.press("Control+Shift+z")
    box = page.locator("[data-stage]").bounding_box()
    row = page.locator("[data-waits=court]").bounding_box()
    page.mouse.move(row["x"] + 20, row["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    until(page, "document.activeElement.dataset.pin === 'court'")
    saved(page)

    # A picture of the plan, and its scale from a length that is known.
    picture = draw_panorama(tmp_path / "plan.jpg", 90)
    page.click("[data-tab=floors]")
    page.set_input_files("[data-picture]", picture)
    page.wait_for_selector("[data-stage] image", timeout=240_000)
    saved(page)
    width, (_, x, _) = field(page, "metres"), plan_of(page)["leaves"]["scene/gate/at"]
    if page.is_enabled("[data-along]"):
        page.uncheck("[data-along]")
    page.click("[data-measure]")
    for share in (0.4, 0.6):
        page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] / 2)
    scale = page.evaluate("parseFloat(document.querySelector('.scale-bar path').getAttribute('d').split('H')[1])")
    metres = float(page.text_content(".scale-bar text").split()[0])
    seen = box["width"] * 0.2 / scale * metres
    page.fill("[data-length]", str(seen * 2))
    page.keyboard.press("Enter")
    until(page, "!document.querySelector('[data-length]')")
    assert field(page, "metres") == pytest.approx(width * 2, rel=0.03)
    saved(page)
    assert plan_of(page)["leaves"]["scene/gate/at"][1] == x, "who does not go along stays"
    floor = plan_of(page)["pictures"][0]["source"]
    assert hall.get(floor).status_code == 200, "the hall is public, and so is its plan"

    # Links of the whole hall, made and taken back as one.
    links = plan_of(page)["links"]
    page.click("[data-tab=ways]")
    page.wait_for_selector("[data-join]:not(:disabled)")
    page.click("[data-join]")
    page.wait_for_selector("[data-undo-ways]")
    assert len(plan_of(page)["links"]) > len(links)
    page.click("[data-undo-ways]")
    until(page, "!document.querySelector('[data-undo-ways]')")
    assert plan_of(page)["links"] == links
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("[data-tab=scenes]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []

    # What could not be saved before the page ended is offered, and nobody's change is written over by it.
    crashing = page.context.new_page()
    crashing.goto(f"{hall.url}/admin/venues/hall/plan")
    crashing.wait_for_selector("[data-pin=court]")
    crashing.route("**/plan.json", lambda route: route.abort())
    crashing.focus("[data-pin=court]")
    crashing.keyboard.press("Shift+ArrowLeft")
    crashing.wait_for_selector("[data-save=unreachable]")
    wanted = (field(crashing, "x"), field(crashing, "y"))
    crashing.evaluate("() => { window.fetch = () => Promise.reject(new Error('crashed')); }")
    crashing.close()
    upstairs = {"floor/up/order": [None, 1], "floor/up/title/en": ["", "Upstairs"]}
    arrange(page, upstairs | {"scene/court/at": [plan_of(page)["leaves"]["scene/court/at"], ["main", 2, 2]]})
    page.goto(f"{hall.url}/admin/venues/hall/plan")
    page.wait_for_selector(".left-over")
    shoot(page, "plan-left")
    page.click("[data-left=take]")
    page.wait_for_selector(".conflict-dialog [data-settle]")
    assert "2.00" in page.inner_text(".conflict-dialog tbody tr")
    page.click("[data-settle]")
    saved(page)
    assert tuple(plan_of(page)["leaves"]["scene/court/at"][1:]) == wanted
    assert page.locator(".left-over").count() == 0

    # The scene's own editor has the floors, too.
    open_scene(page, hall, "gate")
    page.click("[data-tab=plan]")
    page.wait_for_selector("[data-plan] image")
    shoot(page, "editor-plan-picture")
    page.select_option("[data-field=floor]", "up")
    until(page, "!document.querySelector('[data-plan] image') && !document.querySelector('[data-plan] .other')")
    page.locator("[data-plan] svg").click()
    saved(page)
    assert draft(page, "gate")["floor"] == "up"
    assert violations(page) == []
