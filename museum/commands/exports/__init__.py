"""`museum export KIND DIR`: a module of this folder for each kind, found by its being here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from museum.commands import modules_of
from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `export` and its kinds."""
    parser = commands.add_parser("export", help="write out what others can read")
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    for module in modules_of(__name__):
        module.add_parser(kinds)


def add_kind(
    kinds: Any, name: str, run: Callable[[Settings, argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    """Mount one kind, with what all have: `folder`, and where the museum is."""
    parser = kinds.add_parser(name, help=text)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.set_defaults(run=run)
    add_options(parser, "data", "database_url", "store_url", "log_format", "log_level")
    return parser
