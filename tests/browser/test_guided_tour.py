"""A guided tour in the viewer: it leads, tells, asks, waits for whoever walks away, and can be entered at any stop."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.viewing import HEIGHT, TOUR, WIDTH, apart, rest, seen, until, view, wait_for_scene

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PANEL = f"{TOUR}.shadowRoot.querySelector('.guided')"
ADDRESS = "new URLSearchParams(location.search)"


def open_stop(page: Any, site: str, slug: str, stop: int) -> None:
    page.goto(f"{site}/scenes/{slug}?tour=charts&stop={stop}")
    until(page, f"{TOUR}?.shadowRoot?.querySelector('.guided') != null")
    rest(page)


def press(page: Any, label: str) -> None:
    page.evaluate(f"{PANEL}.querySelector('[aria-label=\"{label}\"]').click()")


def test_it_leads_from_stop_to_stop_and_back(chart_page: Any, chart_site: str) -> None:
    open_stop(chart_page, chart_site, "street-2020", 1)
    assert "第 1 站" in chart_page.evaluate(f"{PANEL}.textContent")
    until(chart_page, f"Math.abs({TOUR}.view.fov - 60) < 0.1 && !{TOUR}.moving")
    rest(chart_page)
    looked = view(chart_page)
    assert abs(looked["yaw"] - 40) < 0.1
    assert looked["pitch"] < 4, "what is shown stands above the panel"
    press(chart_page, "下一站")
    wait_for_scene(chart_page, "room")
    until(chart_page, f"{ADDRESS}.get('stop') === '2' && Math.abs({TOUR}.view.fov - 50) < 0.1")
    assert chart_page.evaluate(f"{ADDRESS}.get('tour')") == "charts"
    rest(chart_page)
    heading, _ = seen(chart_page)
    assert apart(heading, 190 + 15) < 2
    # On a telephone the picture has the room, and the words come when they are asked for.
    chart_page.set_viewport_size({"width": 390, "height": 760})
    until(chart_page, f"{PANEL}.matches('.folded')")
    assert chart_page.evaluate(f"{PANEL}.offsetHeight") < 760 / 4
    assert violations(chart_page) == []
    press(chart_page, "展开讲解词")
    assert chart_page.evaluate(f"{PANEL}.querySelector('.guided-words').textContent")
    chart_page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    press(chart_page, "上一站")
    wait_for_scene(chart_page, "street-2020")
    until(chart_page, f"{ADDRESS}.get('stop') === '1'")
    chart_page.reload()
    until(chart_page, f"{TOUR}?.shadowRoot?.querySelector('.guided')?.textContent.includes('第 1 站')")


def test_it_plays_on_and_waits_for_an_answer(chart_page: Any, chart_site: str) -> None:
    chart_page.emulate_media(reduced_motion="reduce")
    open_stop(chart_page, chart_site, "street-2020", 1)
    chart_page.evaluate(f"{PANEL}.querySelector('.guided-play').click()")
    until(chart_page, f"{PANEL}?.querySelector('.now') != null")
    wait_for_scene(chart_page, "hall")
    until(chart_page, f"{PANEL}.querySelector('.guided-play').textContent.includes('播放')")
    assert not chart_page.evaluate(f"{PANEL}.querySelector('.guided-end') != null"), "it waits"
    answers = f"{PANEL}.querySelectorAll('.answer')"
    chart_page.evaluate(f"{answers}[0].click()")
    until(chart_page, f"{PANEL}.querySelector('.guided-answer') != null")
    assert chart_page.evaluate(f"{answers}[1].className").split() == ["answer", "right"]
    assert "在此" in chart_page.evaluate(f"{PANEL}.querySelector('.guided-answer').textContent")
    assert violations(chart_page) == []
    chart_page.evaluate(f"{PANEL}.querySelector('.guided-play').click()")
    until(chart_page, f"{PANEL}.querySelector('.guided-end') != null")


def test_whoever_walks_away_finds_back(chart_page: Any, chart_site: str) -> None:
    open_stop(chart_page, chart_site, "street-2020", 1)
    chart_page.evaluate(f"{TOUR}.scene = 'hall'")
    wait_for_scene(chart_page, "hall")
    until(chart_page, f"{TOUR}.shadowRoot.querySelector('.guided-away') != null")
    until(chart_page, f"{ADDRESS}.get('tour') === null")
    chart_page.evaluate(f"{TOUR}.shadowRoot.querySelector('.guided-away .pill').click()")
    wait_for_scene(chart_page, "street-2020")
    until(chart_page, f"{PANEL} != null")
    press(chart_page, "结束导览")
    until(chart_page, f"{PANEL} == null && {ADDRESS}.get('tour') === null")


def test_a_tour_that_cannot_be_read_leaves_the_visit_alone(chart_page: Any, chart_site: str) -> None:
    chart_page.goto(f"{chart_site}/scenes/room?tour=nothing")
    wait_for_scene(chart_page, "room")
    until(chart_page, f"{TOUR}.shadowRoot.querySelector('[aria-live]').textContent.includes('导览未能读取')")
