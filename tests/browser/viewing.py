"""Looking at the viewer: what it claims, and what is on the screen."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
from PIL import Image

from tests.browser.tour_site import direction_of, strength_of

WIDTH, HEIGHT = 960, 600
TOUR = "document.querySelector('museum-tour')"


def until(page: Any, expression: str, seconds: float = 120) -> None:
    """Wait until an expression holds. (The page's policy forbids Playwright's own way, which evaluates in the page.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def eventually(page: Any, holds: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until `holds()`, which looks at the page from outside."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, holds
        page.wait_for_timeout(100)


def open_scene(page: Any, address: str) -> None:
    page.goto(address)
    until(page, f"{TOUR}?.tour !== undefined")
    rest(page)


def rest(page: Any) -> None:
    """Wait until nothing moves and the picture is sharp and on the screen."""
    until(page, f"!{TOUR}.moving")
    page.evaluate(f"{TOUR}.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def stand_still(page: Any, seconds: float = 60) -> None:
    """Wait until nothing has been drawn for a second: also not for what is fetched when all is sharp."""
    end = time.monotonic() + seconds
    frames = -1
    while frames != (frames := page.evaluate(f"{TOUR}.statistics.frames")):
        assert time.monotonic() < end, "it is drawn on and on"
        page.wait_for_timeout(1000)


def wait_for_scene(page: Any, slug: str) -> None:
    until(page, f"{TOUR}.scene === '{slug}'")
    rest(page)


def look(page: Any, yaw: float, pitch: float, fov: float = 75.0) -> None:
    page.evaluate(f"view => {{ {TOUR}.view = view }}", {"yaw": yaw, "pitch": pitch, "fov": fov})
    rest(page)


def query(page: Any) -> dict[str, float]:
    """The numbers in the page's address, as the page itself knows it."""
    fields = parse_qs(urlsplit(page.evaluate("location.href")).query)
    return {key: float(value[0]) for key, value in fields.items()}


def view(page: Any) -> dict[str, float]:
    return page.evaluate(f"{TOUR}.view")


def picture(page: Any) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """What is on the screen, without what floats over the panorama."""
    parts = ".overlay, .way-out, .caption, .controls, .corner, .big-year, .poster, .lens, .wipe, .head"
    floating = f"{TOUR}.shadowRoot.querySelectorAll('{parts}')"
    page.evaluate(f"() => {{ for (const part of {floating}) part.style.display = 'none'; }}")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shot = page.screenshot()
    page.evaluate(f"() => {{ for (const part of {floating}) part.style.removeProperty('display'); }}")
    return np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"))


def seen(page: Any, at: tuple[float, float] = (0.5, 0.5)) -> tuple[float, float]:
    """Heading and pitch of what lies at a point of the screen, as shares of its width and height."""
    pixels = picture(page)
    height, width = pixels.shape[:2]
    x, y = round(at[0] * width), round(at[1] * height)
    return direction_of(pixels[y - 8 : y + 8, x - 8 : x + 8])


def apart(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def strength(page: Any, at: tuple[float, float] = (0.5, 0.5)) -> float:
    """The amplitude of the chart at a point of the screen: it tells one moment from another, and blends as they do."""
    pixels = picture(page)
    height, width = pixels.shape[:2]
    x, y = round(at[0] * width), round(at[1] * height)
    return strength_of(pixels[y - 8 : y + 8, x - 8 : x + 8])
