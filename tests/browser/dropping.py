"""Files from the desktop, dropped onto a page."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any


def drop_files(page: Any, zone: str, paths: list[Path]) -> None:
    """Drop files onto the element that the selector `zone` names."""
    files = [[base64.b64encode(path.read_bytes()).decode(), path.name] for path in paths]
    transfer = page.evaluate_handle(
        """(files) => {
            const transfer = new DataTransfer();
            for (const [content, name] of files) {
                const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
                transfer.items.add(new File([bytes], name, {lastModified: 1}));
            }
            return transfer;
        }""",
        files,
    )
    page.dispatch_event(zone, "drop", {"dataTransfer": transfer})
