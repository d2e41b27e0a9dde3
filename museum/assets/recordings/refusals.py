"""Every reason for which a sound or a film is turned away. The texts that say what to do lie in museum/web/texts, key `ingest.{code}`."""

from __future__ import annotations

from typing import Any, NoReturn

from museum.jobs.queue import JobRefused

CODES = (
    "not-a-recording",
    "recording-damaged",
    "recording-no-picture",
    "recording-no-sound",
    "recording-too-long",
    "recording-took-too-long",
    "film-size",
)


def refuse(code: str, **detail: Any) -> NoReturn:
    """Give up on the file for good, for one of `CODES`."""
    assert code in CODES, code
    raise JobRefused(code, **detail)
