"""The command line: what the documents show can be typed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from museum.cli import build_parser

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"^(?:\.venv/bin/)?museum ([a-z].*?)\s*$", re.MULTILINE)


def shown_commands() -> list[str]:
    """Every whole line of README and docs that calls `museum`."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return [line for page in pages for line in SHOWN.findall(page.read_text())]


@pytest.mark.parametrize("line", shown_commands())
def test_a_command_in_the_documents_can_be_typed(line: str) -> None:
    build_parser().parse_args(shlex.split(line, comments=True))


def test_the_documents_show_commands() -> None:
    assert any("user add" in line for line in shown_commands())


@pytest.mark.parametrize("line", ["user add ada --data d", "user --data d add ada"])
def test_where_the_museum_is_may_be_said_at_any_place(line: str) -> None:
    assert build_parser().parse_args(line.split()).data == Path("d")
