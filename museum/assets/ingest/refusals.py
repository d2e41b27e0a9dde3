"""Every reason for which ingest turns a file away. The texts that say what to do lie in museum/web/texts, key `ingest.{code}`."""

from __future__ import annotations

from typing import Any, NoReturn

from museum.jobs.child import ChildFailed
from museum.jobs.queue import JobRefused

CODES = (
    "empty-file",
    "unsupported-format",
    "unsupported-pixels",
    "damaged",
    "truncated",
    "too-many-pixels",
    "too-much-memory",
    "took-too-long",
    "decoder-failed",
    "too-small",
    "not-a-panorama",
    "projection-unsupported",
    "stereo-question",
    "coverage-invalid",
    "cube-incomplete",
    "cube-not-square",
    "cube-sizes-differ",
)


_BY_FAILURE = {
    "memory": "too-much-memory",
    "cpu": "took-too-long",
    "timeout": "took-too-long",
    "crash": "decoder-failed",
}


def refusal_of(failure: ChildFailed) -> str | None:
    """The code for a file over which a child broke down; None where that says nothing about the file."""
    return _BY_FAILURE.get(failure.reason, "decoder-failed") if failure.blames_input else None


def refuse(code: str, **detail: Any) -> NoReturn:
    """Give up on the file for good, for one of `CODES`."""
    assert code in CODES, code
    raise JobRefused(code, **detail)
