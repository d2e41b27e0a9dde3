"""Two eras laid over each other, and neighbours joined, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_batch_upload import check_axe, drop, hall_server, save_sheet
from tests.browser.test_curator_first_scene import draw_panorama, log_in, shoot, until
from tests.support import RunningServer

pytestmark = [pytest.mark.browser, pytest.mark.timeout(480)]
__all__ = ["hall_server"]


def test_machines_propose_and_she_accepts(hall_server: RunningServer, chromium: Any, tmp_path: Path) -> None:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True)
    page = context.new_page()
    log_in(page, hall_server)
    page.goto(f"{hall_server.url}/admin/venues/east-hall/upload")
    panoramas = [draw_panorama(tmp_path / f"gate-{year}.jpg", year % 100, grain=60) for year in (1910, 1990)]
    rows = [["file", "title_en", "year", "place", "plan_x", "plan_y", "north"]]
    rows += [[f"gate-{year}.jpg", f"Gate {year}", year, "Gate", year % 100 / 10, 0, 0] for year in (1910, 1990)]
    drop(page, [*panoramas, save_sheet(tmp_path / "sheet.xlsx", rows)])
    page.click(".plan button.primary")
    until(page, "document.querySelectorAll('[data-lines] > .ready').length === 2", 180)

    page.goto(f"{hall_server.url}/admin/scenes/gate-1990/align")
    page.wait_for_selector("[data-sliders]:not([hidden])")
    until(page, "[...document.querySelectorAll('[data-moving] image')].length === 3")
    page.fill("[data-align] input[name=north]", "90")
    assert page.get_attribute("[data-moving] image:nth-of-type(2)", "x") == "512"
    page.evaluate(
        "const edge = document.querySelector('[data-edge]'); edge.value = 50; edge.dispatchEvent(new Event('input'))"
    )
    assert page.get_attribute("[data-wipe]", "width") == "1024"
    page.wait_for_load_state("networkidle")
    shoot(page, "align")
    check_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shoot(page, "align-390")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.click("[data-align] button.primary")
    page.wait_for_selector(".notice-line.done")
    page.goto(f"{hall_server.url}/admin/scenes/gate-1990")
    assert page.input_value(".fields input[name=north]") == "90.0"

    page.goto(f"{hall_server.url}/admin/venues/east-hall/neighbours")
    shoot(page, "neighbours")
    check_axe(page)
    page.click("main form button.primary")
    page.wait_for_selector(".notice-line.done")
    assert "已建立 2 个链接" in page.inner_text(".notice-line")
    page.click(".notice-line button")
    until(page, "!document.querySelector('.notice-line')?.innerText.includes('已建立')")
    page.goto(f"{hall_server.url}/admin/venues/east-hall/neighbours")
    assert page.locator("input[name=way]").count() == 1, "taken back, it is proposed again"
    context.close()
