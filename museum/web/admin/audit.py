"""Who did what, for administrators: with filters, and to take away as CSV or JSON."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from aiohttp import hdrs, web

from museum.curation import audit, changes
from museum.curation.audit import Filter, Spell
from museum.curation.models import AuditEvent
from museum.curation.snapshots import SHAPES
from museum.web.admin import access, pages
from museum.web.admin.difference_words import fields_changed
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/audit"
COLUMNS = ("id", "at", "person", "address", "action", "kind", "slug", "detail", "digest")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def filter_of(request: web.Request) -> Filter:
    """What the address asks for; days are the museum's, and what is no day is passed over."""
    query = request.query
    return Filter(
        person=query.get("person", "")[:120],
        action=query.get("action", "")[:32],
        record=query.get("record", "").strip()[:140],
        since=_day(query.get("since", "")),
        until=_day(query.get("until", ""), after=1),
    )


def _day(text: str, after: int = 0) -> datetime | None:
    """When the day begins, or the one so many days after it."""
    try:
        return (datetime.strptime(text, "%Y-%m-%d") + timedelta(days=after)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@routes.get(HOME, needs="audit")
async def audit_page(request: web.Request) -> web.StreamResponse:
    page = pages.page_of(request)
    query = {name: value for name, value in request.query.items() if name not in ("page", "before", "lang") and value}
    each = bool(request.query.get("each"))
    more, following = False, None
    async with request.app[DATABASE].read() as session:
        if each:
            events, more = await audit.page_of(session, filter_of(request), page)
            spells = [Spell(event, event.at, changed=list(event.detail.get("changed", ()))) for event in events]
        else:
            spells, following = await audit.spells_of(session, filter_of(request), _before(request))
        people, actions = await audit.choices(session)
    return await pages.render(
        request,
        "audit.html",
        spells=spells,
        each=each,
        following=following,
        begun="before" not in request.query,
        page=page,
        more=more,
        people=people,
        actions=actions,
        chosen=query,
        filters=urlencode(query),
        did=lambda action: pages.say_known(request, f"history.did-{action}", action),
        kind_name=lambda kind: pages.say_known(request, f"history.kind-{kind}", kind),
        fields=lambda spell: fields_changed(request, spell.changed),
        has_history=lambda kind: kind in SHAPES,
    )


def _before(request: web.Request) -> int | None:
    text = request.query.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _plain(event: AuditEvent) -> dict[str, Any]:
    values = {name: getattr(event, name) for name in COLUMNS}
    return {**values, "at": event.at.astimezone(UTC).isoformat(timespec="seconds")}


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula, as a name could otherwise be."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_lines(rows: list[dict[str, Any]], *, head: bool) -> bytes:
    """Rows as CSV (RFC 4180) in UTF-8, with a byte order mark before the head, without which spreadsheets spoil Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    if head:
        writer.writerow(COLUMNS)
    for row in rows:
        said = {**row, "detail": msgspec.json.encode(row["detail"]).decode()}
        writer.writerow([safe_cell(said[name]) for name in COLUMNS])
    return (b"\xef\xbb\xbf" if head else b"") + out.getvalue().encode()


@routes.get(HOME + ".{format:csv|json|jsonl}", needs="audit")
async def export(request: web.Request) -> web.StreamResponse:
    """All that the filters let through, the earliest first; a JSON export is an array, or with `jsonl` a line for
    each. Taking it away is itself written down."""
    form, chosen = request.match_info["format"], filter_of(request)
    async with pages.changing(request) as session:
        changes.note(session, "audit-exported", **{**request.query, "format": form})
    name = f"audit-{datetime.now().astimezone():%Y%m%d}.{form}"
    headers = {hdrs.CONTENT_DISPOSITION: f'attachment; filename="{name}"', hdrs.CACHE_CONTROL: "no-store"}
    response = web.StreamResponse(headers=headers)
    response.content_type = {"csv": "text/csv", "json": "application/json", "jsonl": "application/jsonl"}[form]
    response.charset = "utf-8"
    await response.prepare(request)
    if request.method == hdrs.METH_HEAD:
        return response
    await response.write({"csv": csv_lines([], head=True), "json": b"[", "jsonl": b""}[form])
    first = True
    async with request.app[DATABASE].read() as session:
        async for event in audit.all_of(session, chosen):
            row = _plain(event)
            if form == "csv":
                await response.write(csv_lines([row], head=False))
            elif form == "jsonl":
                await response.write(msgspec.json.encode(row) + b"\n")
            else:
                await response.write((b"\n" if first else b",\n") + msgspec.json.encode(row))
            first = False
    if form == "json":
        await response.write(b"\n]\n")
    await response.write_eof()
    return response
