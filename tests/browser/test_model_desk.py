"""The curator's model in a real browser: what she points at and turns is what the museum is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from math import radians, tan
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import trimesh

from museum.web.admin.models import DESK_WORDS
from museum.web.bundle import Bundle
from tests.browser.tour_site import serve, texts
from tests.browser.viewing import until

pytestmark = pytest.mark.browser

DESK = "document.querySelector('model-desk')"
HEIGHT = 0.2
NOTE = {
    "id": 7,
    "title": texts("足", "足", "Foot"),
    "position": [0, 0.02, 0.05],
    "normal": [0, 0, 1],
    "view": {"orbit": [0, 90, 0.5], "target": [0, 0.02, 0], "fov": 30},
}
VIEW = {"orbit": [0, 90, 0.8], "target": [0, HEIGHT / 2, 0], "fov": 30}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("desk")
    box = trimesh.creation.box(extents=(0.1, HEIGHT, 0.1))
    box.apply_translation((0, HEIGHT / 2, 0))
    (folder / "box.glb").write_bytes(box.export(file_type="glb"))
    data = {"notes": [NOTE], "view": VIEW, "words": {key: key for key in DESK_WORDS} | {"move-hint": "move {title}"}}
    attributes = " ".join(f"data-{name}='{escape(json.dumps(value))}'" for name, value in data.items())
    hidden = "".join(
        f"<input type=hidden name={name}>" for name in ("asset", "point", "normal", "orbit", "target", "fov")
    )
    (folder / "desk.html").write_text(
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Desk</title>"
        f"<meta name='viewport' content='width=device-width'>{Bundle().head('site', 'admin')}</head>"
        "<body class='admin'><main><h1>Desk</h1><div class='model-stage'>"
        f"<model-desk data-src='/box.glb' data-asset='3' data-home='/home' data-alt='Box' {attributes}></model-desk></div>"
        f"<form method='post' action='/home/annotations' data-new-note hidden>{hidden}<input name='title:en'>"
        "<button>save</button></form><button data-move-note='7' hidden>Move: Foot</button></main></body></html>",
        encoding="utf-8",
    )
    with serve(folder) as address:
        yield address


@pytest.fixture
def desk(page: Any, site: str) -> Iterator[Any]:
    """The desk with its model; `page.sent` are the addresses and fields of what it sends."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.sent = []

    def take(route: Any) -> None:
        body = route.request.post_data_buffer or b""
        page.sent.append((route.request.url.split("/home/")[1], body))
        route.fulfill(status=200, content_type="text/html", body="<!doctype html><title>sent</title>")

    page.route("**/home/**", take)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{site}/desk.html")
    until(page, f"{DESK}?.dataset.ready === ''", 120)
    yield page
    assert errors == []


def tool(page: Any, key: str) -> None:
    page.locator(f"model-desk [data-key='{key}']").click()


def press(page: Any, up: float = 0.0) -> None:
    """Click on the middle of the thing, or that many CSS pixels above it; once its picture has the size that the tools leave it."""
    viewer = f"{DESK}.querySelector('model-viewer')"
    middle = f"(({{ left, top, width, height }}) => [left + width / 2, top + height / 2 - ({up})])({viewer}.getBoundingClientRect())"
    until(page, f"{viewer}.positionAndNormalFromPoint(...{middle}) !== null")
    page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"
    )
    page.mouse.click(*page.evaluate(middle))


def sent(page: Any) -> tuple[str, dict[str, str]]:
    """Where the last form went, and its fields."""
    until(page, "document.title === 'sent'")
    where, body = page.sent[-1]
    return where, {name: values[0] for name, values in parse_qs(body.decode()).items()}


def test_a_click_on_the_surface_places_an_annotation(desk: Any) -> None:
    tool(desk, "annotate")
    press(desk)
    until(desk, "document.activeElement?.name === 'title:en'")
    desk.keyboard.type("Seam")
    desk.get_by_role("button", name="save").click()
    where, fields = sent(desk)
    assert (where, fields["title:en"], fields["asset"]) == ("annotations", "Seam", "3")
    x, y, z = map(float, fields["point"].split())
    assert abs(x) < 0.01 and abs(y - HEIGHT / 2) < 0.01 and z == pytest.approx(0.05, abs=0.002), "on the front"
    assert [round(float(value)) for value in fields["normal"].split()] == [0, 0, 1]
    assert [round(float(value), 1) for value in fields["orbit"].split()] == [0, 90, 0.8], "as she sees it"


def test_an_annotation_is_moved_to_where_she_points(desk: Any) -> None:
    desk.get_by_role("button", name="Move: Foot").click()
    assert desk.locator(".desk-hints").inner_text().startswith("move Foot")
    tool(desk, "here")
    where, fields = sent(desk)
    assert where == "annotations/7/place"
    assert float(fields["point"].split()[1]) == pytest.approx(0.02, abs=0.01), "seen from its own view, by keys alone"


def test_two_ends_and_a_length_set_the_scale(desk: Any) -> None:
    tool(desk, "length")
    press(desk, -40)
    tall = desk.evaluate(f"{DESK}.querySelector('model-viewer').clientHeight")
    press(desk, 40)
    desk.locator("input[name='real']").fill("30")
    tool(desk, "set-length")
    where, fields = sent(desk)
    # 80 pixels of the front, which is 75 cm from a camera that sees 30 degrees up and down.
    expected = 80 / tall * 2 * 75 * tan(radians(15))
    assert where == "length" and fields["real"] == "30"
    assert float(fields["shown"]) == pytest.approx(expected, rel=0.06)


def test_what_is_tipped_and_faced_is_how_it_stands(desk: Any) -> None:
    tool(desk, "straighten")
    tool(desk, "forward")
    tool(desk, "turn-left")
    tool(desk, "as-was")
    tool(desk, "turn-left")
    tool(desk, "set-upright")
    where, fields = sent(desk)
    assert where == "upright"
    assert [round(float(value), 3) for value in fields["turned"].split()] == [0, 0.707, 0, 0.707]


def test_the_poster_is_what_the_square_shows(desk: Any) -> None:
    tool(desk, "frame")
    with desk.expect_request("**/home/view") as asked:
        tool(desk, "save-frame")
    body = asked.value.post_data_buffer
    assert b'name="fov"' in body and b'filename="poster.webp"' in body and b"WEBP" in body
