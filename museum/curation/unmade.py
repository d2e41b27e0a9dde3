"""What the error with which the making of a panorama ended means for whoever waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ASKING = "stereo"
"""How the codes begin of what is no failure, but asks the curator how her picture is laid out."""
FOR_GOOD = frozenset(
    {
        *(
            "empty-file",
            "unsupported-format",
            "unsupported-pixels",
            "damaged",
            "truncated",
            "too-many-pixels",
            "too-small",
        ),
        *("not-a-panorama", "projection-unsupported", "coverage-invalid"),
        *("cube-incomplete", "cube-not-square", "cube-sizes-differ"),
    }
)
"""Refusals that lie in the file, so that only another file helps."""

Error = Mapping[str, Any] | None


def question_in(error: Error) -> str | None:
    """What the making of a panorama asks where it ended with this error, as `stereo`; None where it asks nothing."""
    return ASKING if _code(error).startswith(ASKING) else None


def may_try_again(error: Error) -> bool:
    """Whether trying again may help: neither is another file needed, nor an answer."""
    return _code(error) not in FOR_GOOD and question_in(error) is None


class Making:
    """What is being made, or was to be: the `state` that its job has come to, and the `error` with which that ended."""

    state: str
    error: dict[str, Any] | None

    @property
    def asks(self) -> bool:
        """Whether it waits for somebody's answer."""
        return self.state == "failed" and question_in(self.error) is not None

    @property
    def again(self) -> bool:
        """Whether trying again may help."""
        return self.state in ("failed", "cancelled") and may_try_again(self.error)


def _code(error: Error) -> str:
    return str((error or {}).get("code", ""))
