"""`museum backup PATH`: everything, in one folder or tar archive, while the museum goes on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from museum.saying import bytes_bar
from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `backup`."""
    parser = commands.add_parser(
        "backup", help="keep the whole museum in a folder, which later backups bring up to date, or a tar archive"
    )
    parser.add_argument("path", type=Path, metavar="FILE.tar|DIR")
    parser.set_defaults(run=run)
    add_options(parser, "data", "database_url", "store_url", "languages", "log_format", "log_level")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Make a backup; exit status 1 where none could be made."""
    from museum.app import Services, in_museum
    from museum.backup.backup import make_backup
    from museum.backup.manifest import BackupError

    async def act(services: Services) -> int:
        try:
            with bytes_bar("Backup") as told:
                made = await make_backup(
                    services.database, services.store, options.path, told, languages=settings.resolved_languages
                )
        except BackupError as error:
            print(f"museum backup: {error}", file=sys.stderr)
            return 1
        rows = sum(table.rows for table in made.tables.values())
        print(f"{options.path}: {rows} rows, {made.file_count} files, {made.file_bytes / 1e9:.2f} GB")
        return 0

    return in_museum(settings, act)
