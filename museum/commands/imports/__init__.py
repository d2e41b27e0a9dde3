"""`museum import KIND PATH [--dry-run]`: a module of this folder for each kind, found by its being here."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from museum.commands import modules_of
from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `import` and its kinds."""
    parser = commands.add_parser("import", help="bring in what another museum or program has")
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    for module in modules_of(__name__):
        module.add_parser(kinds)


def add_kind(
    kinds: Any, name: str, run: Callable[[Settings, argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    """Mount one kind, with what all have: `path`, `dry_run`, and where the museum is."""
    parser = kinds.add_parser(name, help=text)
    parser.add_argument("path", type=Path, metavar="PATH")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.set_defaults(run=run)
    add_options(parser, "data", "database_url", "store_url", "log_format", "log_level")
    return parser
