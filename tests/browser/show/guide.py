"""The curators' guide: the words of the chapters with the pictures of a walk, in `docs/guide/`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

from tests.browser.show.chapters import all_chapters
from tests.browser.show.hands import until

GUIDE = Path(__file__).parents[3] / "docs" / "guide"
LANGUAGES = ("en", "zh-Hans")
WIDTH = 1100
"""Pixels across a picture of a desk's screen."""
HEADS = {
    "en": (
        "An open hall in an afternoon",
        "From an empty museum, a folder of panoramas and a spreadsheet to a hall that visitors walk through. The pictures are those of a "
        "run in a real browser. Whatever else there is stands in [For curators](../curators.md).",
    ),
    "zh-Hans": (
        "一个下午开一座展馆",
        "从空博物馆、一文件夹全景和一张表格，到观众可以走进的展馆。图片均摄自真实浏览器中的一次完整操作。其余功能见[策展人手册](../curators.md)（英文）。",
    ),
}


def words(language: str) -> str:
    """The guide in a language, in Markdown."""
    title, lead = HEADS[language]
    parts = [
        "<!-- Made by `python -m tests.browser.show`; its words stand beside the steps in tests/browser/show/. -->"
    ]
    parts += [f"# {title}", lead]
    for number, one in enumerate(all_chapters(), 1):
        parts += [f"## {number}. {one.title(language)}", one.words(language)]
        parts += [f"![{one.title(language)}]({language}/{name}.webp)" for name in one.pictures]
    return "\n\n".join(parts) + "\n"


def write_words() -> None:
    GUIDE.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        (GUIDE / f"{language}.md").write_text(words(language), encoding="utf-8")


def picture_names() -> list[str]:
    return [name for one in all_chapters() for name in one.pictures]


def settle(page: Any) -> None:
    """Wait until the page is whole: its fonts and pictures are there, and nothing fades."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    seen = "[...document.images].filter(image => image.getBoundingClientRect().top < innerHeight)"
    until(page, f"{seen}.every(image => image.complete)")
    until(page, "document.getAnimations().every(one => one.playState !== 'running')")


class Camera:
    """Takes pictures into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, page: Any, name: str) -> None:
        settle(page)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        if picture.width > WIDTH:
            picture = picture.resize((WIDTH, picture.height * WIDTH // picture.width), Image.Resampling.LANCZOS)
        picture.save(self.folder / f"{name}.webp", quality=74, method=6)


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from tests.conftest import CHROMIUM_FLAGS
    from tests.support import find_chromium

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()
