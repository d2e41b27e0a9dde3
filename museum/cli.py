"""The command `museum`. What its commands do stands in `museum/commands/`, one module each."""

from __future__ import annotations

import argparse
import sys

from museum.commands import modules_of
from museum.languages.adding import add_languages, tell
from museum.logs import set_up_logs
from museum.settings import read_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        settings = read_settings(vars(options))
    except ValueError as error:
        print(f"museum: {error}", file=sys.stderr)
        return 2
    set_up_logs(settings.log_format, settings.log_level)
    faults = add_languages(settings.resolved_languages)
    if not getattr(options, "tells_faults", False):
        tell(faults)
    try:
        return options.run(settings, options)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"museum: {error}", file=sys.stderr)
        return 1


def build_parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    parser = argparse.ArgumentParser(prog="museum", description="An open content server for virtual museum tours.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in modules_of("museum.commands"):
        module.add_parser(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
