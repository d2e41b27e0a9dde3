"""`python -m tests.browser.show`: walk from an empty museum to an open hall in each language of the guide, and write the guide of it."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.browser.show.guide import GUIDE, LANGUAGES, Camera, chromium, write_words
from tests.browser.show.house import empty_museum
from tests.browser.show.rooms import House
from tests.browser.show.walk import Walk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="only the words; the pictures stay")
    parser.add_argument("--language", choices=LANGUAGES, help="the pictures of one language only")
    parser.add_argument("--keyboard", action="store_true", help="with nothing but the keyboard")
    options = parser.parse_args()
    write_words()
    if options.words:
        return
    for language in [options.language] if options.language else LANGUAGES:
        with tempfile.TemporaryDirectory(prefix="museum-show-") as folder, chromium() as browser:
            work = Path(folder)
            with empty_museum(work / "museum") as server:
                camera = Camera(GUIDE / language)
                Walk(browser, server, work, House.of(20, language), 60, language, options.keyboard, camera).go()
        print(f"{GUIDE / language}.md")


if __name__ == "__main__":
    main()
