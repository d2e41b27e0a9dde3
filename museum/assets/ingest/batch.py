"""Several images in one child process: for imports of thousands of files, whose starts would otherwise cost as much as small pictures.

What is finished lies in its folder, so that a file which takes the process down takes nothing else with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from museum.assets.ingest.image import make_image
from museum.assets.ingest.open_picture import decode_budget, open_picture, prepare_process
from museum.jobs.child import report
from museum.jobs.queue import JobRefused

RESULT = "result.json"


def make_images(orders: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """`make_image` for each pair (original, folder to work in); what became of each, as in `read_result`."""
    results: list[dict[str, Any]] = []
    for number, (original, work) in enumerate(orders):
        report(number / len(orders), "image")
        result = _attempt(make_image, original, work)
        (Path(work) / RESULT).write_bytes(msgspec.json.encode(result))
        results.append(result)
    return results


def read_result(work: Path) -> dict[str, Any] | None:
    """What became of an image in a child that has ended since: {"made": an ImageInfo's fields} or {"refused": [code, detail]}. None
    where the child did not come to its end."""
    try:
        return msgspec.json.decode((work / RESULT).read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def inspect_images(originals: list[str]) -> list[dict[str, Any]]:
    """What would become of each as far as its header tells: {"made": {"width", "height"}} or {"refused": [code, detail]}."""
    prepare_process(1)
    return [_attempt(_inspect, original) for original in originals]


def _inspect(original: str) -> dict[str, Any]:
    path = Path(original)
    with decode_budget(path.stat().st_size):
        width, height = open_picture(path).turned_size
    return {"width": width, "height": height}


def _attempt(function: Any, *args: str) -> dict[str, Any]:
    try:
        return {"made": function(*args)}
    except JobRefused as refusal:
        return {"refused": [refusal.code, refusal.detail]}
