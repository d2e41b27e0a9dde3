"""From an empty museum to an open hall, chapter by chapter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.show.chapters import all_chapters
from tests.browser.show.hands import Hands, until
from tests.browser.show.rooms import House, Room, paint
from tests.support import RunningServer

PASSWORD = "lantern under snow"
HALL = "hall-of-landscapes"
UNPLACED = 2
"""Hotspots that the spreadsheet names without saying where they are."""
BY_HAND = 4
TOUR = "document.querySelector('museum-tour')"
Camera = Callable[[Any, str], None]
"""Takes the picture of a page under a name."""


class Walk:
    """One walk through all chapters, with `spots` hotspots in the end. `head` has logged in nowhere yet."""

    def __init__(
        self,
        browser: Any,
        server: RunningServer,
        work: Path,
        house: House,
        spots: int,
        language: str,
        keyboard: bool,
        camera: Camera,
    ) -> None:
        self.browser, self.server, self.house, self.spots = browser, server, house, spots
        self.language, self.keyboard, self.camera = language, keyboard, camera
        self.errors: list[str] = []
        self.photographs = house.photograph(work / "panoramas")
        self.sheet = work / "hall.xlsx"
        house.write_sheet(self.sheet, spots - BY_HAND, UNPLACED)
        self.pictures = paint(work / "pictures", BY_HAND, language)
        self.head, self.mei, self.tao = (self.somebody() for _ in range(3))

    def somebody(self, width: int = 1440, height: int = 900) -> Hands:
        """Somebody in a browser of her own."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale=self.language, reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        return Hands(page, self.keyboard)

    def go(self) -> None:
        for one in all_chapters():
            one.walk(self)
        assert not self.errors, self.errors

    def log_in(self, hands: Hands, name: str) -> None:
        hands.page.goto(f"{self.server.url}/admin/")
        hands.write("input[name=name]", name)
        hands.write("input[name=password]", PASSWORD)
        hands.press(".login button.primary")
        hands.page.wait_for_url(f"{self.server.url}/admin/")

    def to(self, hands: Hands, *links: str) -> None:
        """Follow links, by their addresses."""
        for link in links:
            with hands.page.expect_navigation():
                hands.press(f"a[href='{link}']")

    def done(self, hands: Hands) -> str:
        """What the page says that was done."""
        hands.page.wait_for_selector(".notice-line.done")
        return hands.page.inner_text(".notice-line.done")

    def look(self, hands: Hands, name: str) -> None:
        self.camera(hands.page, name)

    def arrive(self, hands: Hands) -> None:
        hands.page.wait_for_selector(".editor.scripted .tabs")
        until(hands.page, f"{TOUR}?.tour !== undefined && !{TOUR}.moving")
        hands.page.evaluate(f"{TOUR}.ready")

    def saved(self) -> None:
        until(self.tao.page, "document.querySelector('[data-save]')?.dataset.save === 'saved'")

    def at(self, page: Any, slug: str) -> None:
        until(page, f"{TOUR}?.scene === '{slug}' && !{TOUR}.moving && {TOUR}.tour !== undefined")
        page.evaluate(f"{TOUR}.ready")

    def tour(self, slug: str) -> dict[str, Any]:
        """A public scene as visitors get it."""
        return self.server.get(f"/api/v1/scenes/{slug}/tour.json").json()["scene"]


def slug_of(room: Room, place: bool = False) -> str:
    """The address name of a room's scene; `place` of the one that is seen at two times."""
    return re.sub(r"[^a-z0-9]+", "-", room.title(place)[1].lower())
