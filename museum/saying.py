"""What commands say, in the museum's languages."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from museum.languages import LANGUAGES

SHOWN = 40
"""Lines of a kind that are printed."""


class Say(Protocol):
    """The text of a key, filled."""

    def __call__(self, key: str, /, **values: object) -> str: ...


def add_language(parser: argparse.ArgumentParser) -> None:
    """Mount `--language`."""
    parser.add_argument(
        "--language", choices=LANGUAGES, help="language of what is said (default: that of the terminal)"
    )


def terminal_language(environment: Mapping[str, str]) -> str:
    """The museum's language that is nearest to the terminal's."""
    from museum.languages import match_language

    words = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return match_language(words.partition(".")[0]) or "en"


def speaker(language: str | None, area: str, otherwise: str = "") -> Say:
    """Says texts of an area of the catalogues, or others by their whole key; `otherwise` is for codes that they don't know."""
    from museum.web.language import has_text, translate

    chosen = language or terminal_language(os.environ)

    def say(key: str, /, **values: object) -> str:
        whole = key if "." in key else f"{area}.{key}"
        if otherwise and not has_text(whole):
            whole = otherwise
        return translate(chosen, whole, **values)

    return say


@contextmanager
def bytes_bar(title: str) -> Iterator[Any]:
    """A bar of bytes for whoever watches, to be told how many of how many are done."""
    from tqdm import tqdm

    with tqdm(desc=title, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as shown:

        def told(done: int, whole: int) -> None:
            shown.total = whole
            shown.update(done - shown.n)

        yield told


def print_some(lines: list[str], say: Say) -> None:
    """The first of many lines, and how many more there are."""
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  {say('more', number=f'{len(lines) - SHOWN:,}')}")
