"""What would become of many panoramas, in words: what is wrong with the sheet beside them, and what each file becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiohttp import web

from museum.curation.batches import Line, Plan
from museum.curation.errors import Refused
from museum.curation.scene_sheet import Fault
from museum.database.texts import pick
from museum.web.admin import access, pages
from museum.web.admin.fault_groups import Group, grouped, rows_in_words
from museum.web.language import has_text


def told(request: web.Request, plan: Plan, obstacle: str) -> dict[str, Any]:
    """A plan for the page: `{"batch", "scenes", "summary", "obstacle", "faults": […], "unused": […], "lines": […]}`; a fault is
    `{"words", "link"}`, the link to where it may be put right, `{"address", "words"}` or null; of very many of a kind the last line
    counts the others."""
    return {
        "batch": plan.batch or None,
        "scenes": plan.scenes,
        "summary": pages.say(request, "uploads.would-make", count=plan.scenes, files=len(plan.lines)),
        "obstacle": obstacle,
        "faults": [one for group in grouped(plan.faults) for one in _told(request, group)],
        "unused": [pages.say(request, "uploads.unused", line=row.line, name=row.file) for row in plan.unused],
        "lines": [{"name": line.name, "state": line.state, "words": _line_words(request, line)} for line in plan.lines],
    }


def _told(request: web.Request, group: Group) -> Iterator[dict[str, Any]]:
    for fault in group.told:
        yield {"words": _fault_words(request, fault), "link": _mending(request, fault)}
    if group.more:
        rows = rows_in_words([fault.line for fault in group.more])
        yield {"words": pages.say(request, "uploads.fault-more", count=len(group.more), rows=rows), "link": None}


def _fault_words(request: web.Request, fault: Fault) -> str:
    """Row, column, what is wrong and what to do."""
    key, values = f"uploads.fault-{fault.code}", dict(fault.values)
    if "floors" in values:
        values["floors"] = _floors_in_words(request, values["floors"])
    what = (
        pages.say(request, key, **values)
        if has_text(key)
        else access.refusal_text(request["language"], Refused(fault.code, **values))
    )
    where = "uploads.fault-at" if fault.column else "uploads.fault-row"
    return pages.say(request, where, line=fault.line, column=fault.column, what=what)


def _mending(request: web.Request, fault: Fault) -> dict[str, str] | None:
    """Where what the sheet names can be made, or looked up."""
    if "floors" in fault.values:
        return {
            "address": f"/admin/venues/{fault.values['venue']}/plan",
            "words": pages.say(request, "plan.floor-plan"),
        }
    if fault.code == "no-such-venue":
        return {"address": "/admin/venues", "words": pages.say(request, "venues")}
    return None


def _floors_in_words(request: web.Request, titles: Sequence[Mapping[str, str]]) -> str:
    """The floors of a hall with their numbers, as a cell may name them."""
    names = [pick(title, request["language"]) for title in titles]
    numbered = [f"{number} ({name})" if name else str(number) for number, name in enumerate(names, 1)]
    return pages.say(request, "history.comma").join(numbered)


def _line_words(request: web.Request, line: Line) -> str:
    title = pick(line.title, request["language"]) or line.scene
    if line.state == "refused":
        return access.refusal_text(request["language"], Refused(line.code, **line.values))
    row = pages.say(request, "uploads.from-row", line=line.row) if line.row else pages.say(request, "uploads.from-name")
    words = pages.say(
        request,
        f"uploads.line-{line.state}",
        title=title,
        slug=line.scene,
        source=row,
        same=line.values.get("same", ""),
    )
    return words + (pages.say(request, "uploads.line-spots", count=line.spots) if line.spots else "")
