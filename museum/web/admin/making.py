"""How the making of a panorama or a model is told of."""

from __future__ import annotations

from aiohttp import web

from museum.curation.production import Production
from museum.web.admin import pages


def explain(request: web.Request, states: str, made: Production) -> dict[str, str]:
    """The production in words: what it is doing, what went wrong, what to do about it, and `why`: these two together. `states` is
    the family of words for its state."""
    code = str((made.error or {}).get("code", "cancelled" if made.state == "cancelled" else "other"))
    failed = made.state in ("failed", "cancelled")
    error, advice = (pages.word(request, of, code) if failed else "" for of in ("ingest", "advice"))
    return {
        "state": pages.word(request, states, made.state),
        "step": pages.word(request, "step", made.step) if made.state == "running" and made.step else "",
        "error": error,
        "advice": advice,
        "why": pages.sentences(request, error, advice),
    }
