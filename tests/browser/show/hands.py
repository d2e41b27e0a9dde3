"""Hands that do the same with a mouse or with nothing but a keyboard."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from tests.browser.dropping import drop_files

MOST_STOPS = 400
"""More stops than any page has between the first thing and the last."""
FOCUSED = """selector => {
    let focused = document.activeElement;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused?.matches(selector) ?? false;
}"""


def until(page: Any, condition: str, seconds: float = 120) -> None:
    """Wait for `condition`, asked from outside: the pages' own policy forbids evaluation inside them."""
    limit = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < limit, f"{condition} at {page.url}"
        page.wait_for_timeout(50)


class Hands:
    """Somebody at a page."""

    def __init__(self, page: Any, keyboard: bool) -> None:
        self.page = page
        self.keyboard = keyboard

    def press(self, selector: str) -> None:
        """Press a button or follow a link, the first that matches."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(selector).first.click()

    def tick(self, selector: str) -> None:
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Space")
        else:
            self.page.locator(selector).first.click()

    def write(self, selector: str, words: str) -> None:
        """Type over what a field holds."""
        if self.keyboard:
            self.reach(selector)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(words)
        else:
            self.page.locator(selector).first.fill(words)

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list by its value."""
        if not self.keyboard:
            self.page.locator(selector).first.select_option(value)
            return
        self.reach(selector)
        chosen = "document.activeElement.value"
        options = self.page.evaluate("[...document.activeElement.options].map(option => option.value)")
        steps = options.index(value) - options.index(self.page.evaluate(chosen))
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert self.page.evaluate(chosen) == value

    def give(self, selector: str, paths: list[Path]) -> None:
        """Choose files in the dialog of the system."""
        with self.page.expect_file_chooser() as opened:
            self.press(selector)
        opened.value.set_files(paths)

    def drop(self, zone: str, field: str, paths: list[Path]) -> None:
        """Drop files onto a zone; by keyboard choose them by its field."""
        if self.keyboard:
            self.give(field, paths)
            return
        drop_files(self.page, zone, paths)

    def turn(self, yaw: float) -> None:
        """Turn the view of the viewer on the page to a yaw on the horizon, within four degrees: by dragging the picture, or by arrow keys
        while it has the focus."""
        if self.keyboard:
            self._level()
        view = "document.querySelector('museum-tour').view"
        for _ in range(60):
            by = (yaw - self.page.evaluate(f"{view}.yaw") + 180) % 360 - 180
            if abs(by) < 4:
                return
            if self.keyboard:
                self.page.keyboard.press("ArrowRight" if by > 0 else "ArrowLeft")
            else:
                self._pull(by)
            until(self.page, "!document.querySelector('museum-tour').moving")
        raise AssertionError(f"the view does not turn to {yaw}")

    def _level(self) -> None:
        """Bring the view to the horizon, from wherever it followed the focus to."""
        pitch = "document.querySelector('museum-tour').view.pitch"
        for _ in range(40):
            up = self.page.evaluate(pitch)
            if abs(up) < 4:
                return
            self.page.keyboard.press("ArrowDown" if up > 0 else "ArrowUp")
            until(self.page, "!document.querySelector('museum-tour').moving")
        raise AssertionError("the view does not come to the horizon")

    def _pull(self, by: float) -> None:
        box = self.page.locator("museum-tour").first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.25
        pull = max(min(-by * box["height"] / 75, box["width"] * 0.4), -box["width"] * 0.4)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + pull, y, steps=4)
        # At rest before it is let go, so that it does not swing on.
        self.page.evaluate("new Promise(done => setTimeout(done, 150))")
        self.page.mouse.move(x + pull, y)
        self.page.mouse.up()

    def reach(self, selector: str) -> None:
        """Go on with Tab until it has the focus. Within a component the selector says only what is in it."""
        self.page.locator(selector).first.wait_for(state="attached")
        for _ in range(MOST_STOPS):
            if self.page.evaluate(FOCUSED, selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector} on {self.page.url}")
