"""Every reason for which a model is turned away. The texts that say what to do lie in museum/web/texts, key `ingest-{code}`."""

from __future__ import annotations

from typing import Any, NoReturn

from museum.jobs.queue import JobRefused

CODES = (
    "empty-file",
    "damaged",
    "too-much-memory",
    "took-too-long",
    "decoder-failed",
    "model-format-unknown",
    "model-format-fbx",
    "archive-kind",
    "archive-encrypted",
    "archive-damaged",
    "archive-too-large",
    "archive-too-many",
    "archive-names",
    "archive-no-model",
    "archive-several-models",
    "model-outside-file",
    "model-file-missing",
    "model-claims-too-much",
    "model-too-deep",
    "model-extension-unknown",
    "model-no-surface",
    "model-point-cloud",
    "model-not-finite",
    "model-too-many-triangles",
)


def refuse(code: str, **detail: Any) -> NoReturn:
    """Give up on the file for good, for one of `CODES`."""
    assert code in CODES, code
    raise JobRefused(code, **detail)
