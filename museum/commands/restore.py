"""`museum restore PATH`: a museum from a backup, where there is none yet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from museum.settings import Settings, add_options


def add_parser(commands: Any) -> None:
    """Mount `restore`."""
    parser = commands.add_parser("restore", help="make a museum of a backup; nothing is ever written over one")
    parser.add_argument("path", type=Path, metavar="FILE.tar|DIR")
    parser.add_argument("--check", action="store_true", help="only read the backup, and compare every checksum")
    parser.set_defaults(run=run)
    add_options(parser, "data", "database_url", "store_url", "languages", "log_format", "log_level")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Restore or check; exit status 1 where the backup is not sound or there is a museum already."""
    import asyncio

    from museum.app import Services, in_museum
    from museum.backup.manifest import BackupError, Manifest
    from museum.backup.restore import check_backup, restore
    from museum.saying import bytes_bar

    def said(manifest: Manifest, what: str) -> int:
        rows = sum(table.rows for table in manifest.tables.values())
        print(f"{what} of {manifest.made_at:%Y-%m-%d %H:%M} UTC: {rows} rows, {manifest.file_count} files")
        return 0

    async def act(services: Services) -> int:
        with bytes_bar("Restoring") as told:
            manifest = await restore(
                services.database, services.store, options.path, told, languages=settings.resolved_languages
            )
        return said(manifest, "Restored the museum")

    async def check() -> int:
        with bytes_bar("Checking") as told:
            manifest = await check_backup(options.path, told)
        return said(manifest, "Sound: the museum")

    try:
        return asyncio.run(check()) if options.check else in_museum(settings, act)
    except BackupError as error:
        print(f"museum restore: {error}", file=sys.stderr)
        return 1
