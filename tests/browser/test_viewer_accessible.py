"""The viewer in its main states, by axe's rules, on a desk and on a phone; and what a finger has to hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import violations
from tests.browser.viewing import TOUR, open_scene

pytestmark = pytest.mark.browser

FINGER = 44
LEAST = 24


def _help(page: Any) -> None:
    page.locator("museum-tour .stage").focus()
    page.keyboard.press("?")
    page.locator("museum-tour dialog.help[open]").wait_for()


def _exhibit(number: int) -> Callable[[Any], None]:
    def open_it(page: Any) -> None:
        page.locator(f"museum-tour [data-hotspot='{number}']").focus()
        page.keyboard.press("Enter")
        page.locator("museum-exhibit dialog[open]").wait_for()
        page.wait_for_timeout(500)  # the dialog rises, and half transparent words have no contrast

    return open_it


def _label(page: Any) -> None:
    page.locator("museum-tour [data-link='2']").focus()
    page.locator("museum-tour .label.shown").wait_for()


def _more(page: Any) -> None:
    page.locator("museum-tour .more-button").click()
    page.locator("museum-tour .help-button").wait_for()


def _trouble(page: Any) -> None:
    page.context.set_offline(True)
    page.evaluate(f"{TOUR}.scene = 'hall'")
    page.locator("museum-tour [role=alert]").wait_for()


STATES: dict[str, tuple[str, Callable[[Any], None] | None]] = {
    "a scene": ("street-2020?yaw=30&pitch=-10&fov=75", None),
    "a way pointed at": ("street-2020?yaw=30&pitch=-10&fov=75", _label),
    "more to do": ("street-2020", _more),
    "help": ("room", _help),
    "a text": ("room", _exhibit(12)),
    "a picture with its record": ("room?yaw=15&pitch=5&fov=75", _exhibit(11)),
    "a thing with a model": ("hall", _exhibit(21)),
    "the lens": ("street-2020?compare=lens:street-1937", None),
    "two times side by side": ("street-2020?compare=wipe:street-1937", None),
    "a scene that is not there": ("nowhere", None),
    "a way that failed": ("room?yaw=0&pitch=0&fov=75", _trouble),
}

SMALL = """([least, finger]) => {
  const small = [];
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) look(element.shadowRoot);
      if (!element.matches("button, a[href], input:not([type=hidden]), [role=slider]")) continue;
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const { width, height } = element.getBoundingClientRect();
      const needed = element.matches(".round, .pill, .way, .spot") ? finger : least;
      if (width && (width < needed - 0.5 || height < needed - 0.5)) small.push(`${width} x ${height}: ${element.outerHTML.slice(0, 120)}`);
    }
  };
  look(document);
  return small;
}"""


@pytest.mark.parametrize(("width", "height", "language"), [(1280, 800, "zh-CN"), (390, 760, "en-GB")])
def test_every_state_is_accessible(chromium: Any, chart_site: str, width: int, height: int, language: str) -> None:
    found: dict[str, list[str]] = {}
    # One context: what it has compiled and cached need not be done again for each state.
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale=language, reduced_motion="reduce", coarse=True
    )
    for state, (path, bring_about) in STATES.items():
        page = context.new_page()
        try:
            address = f"{chart_site}/scenes/{path}"
            if state == "a scene that is not there":
                page.goto(address)
                page.locator("museum-tour [role=alert]").wait_for()
            else:
                open_scene(page, address)
            if bring_about:
                bring_about(page)
            wrong = [rule for rule in violations(page) if not rule.startswith("document-title")]
            wrong += page.evaluate(SMALL, [LEAST, FINGER])
            if wrong:
                found[state] = wrong
        finally:
            page.close()
            context.set_offline(False)
    context.close()
    assert found == {}
