"""The charts' museum in one small window, and the sample museum on a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chart_museum
from tests.browser.sample_museum import sample_museum
from tests.browser.tour_site import serve
from tests.browser.viewing import HEIGHT, WIDTH
from tests.support import RunningServer


@pytest.fixture(scope="session")
def chart_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("charts")
    chart_museum.build(folder)
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="session")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The sample museum; tests look at it and change nothing."""
    with sample_museum(tmp_path_factory.mktemp("museum")) as running:
        yield running


@pytest.fixture(scope="module")
def chart_window(chromium: Any) -> Iterator[Any]:
    """One small window for all tests: software draws it fast enough, and what it has cached need not be compiled again."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN")
    context.add_init_script(
        "window.blocked = []; document.addEventListener('securitypolicyviolation', "
        "event => window.blocked.push(`${event.violatedDirective} ${event.sourceFile}`))"
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def chart_page(chart_window: Any) -> Iterator[Any]:
    """The window; the test fails on an error in its scripts."""
    errors: list[str] = []

    def keep(error: Any) -> None:
        errors.append(str(error))

    chart_window.on("pageerror", keep)
    yield chart_window
    chart_window.remove_listener("pageerror", keep)
    chart_window.context.set_offline(False)
    chart_window.emulate_media(reduced_motion="no-preference")
    chart_window.goto("about:blank")
    assert not errors, errors
