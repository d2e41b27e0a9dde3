"""Forms that were refused: what was typed into them is in them again when the page is seen next, so that nobody types it twice.

The fields wait on the server for some minutes, for that person alone; the notice says under which token. Passwords and codes are not kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aiohttp import web
from lxml import html
from lxml.etree import ParserError
from lxml.html import builder

from museum.curation import ceremonies
from museum.curation.errors import Refused
from museum.database.texts import writable
from museum.web import forms, rendering
from museum.web.keys import DATABASE

KIND = "refused-form"
MOST = 256 * 1024
"""Characters of a form that is kept."""
WAITING = 8
"""So many forms of one person wait, the last that were refused."""

SECRET = frozenset({"password", "new", "code"})
WRITTEN = frozenset(
    {"text", "search", "number", "email", "url", "tel", "date", "time", "datetime-local", "month", "color", "range"}
)
"""Types of `<input>` into which one writes."""

PAGE = "page-of-form"
"""The field that names the page a form belongs to, where it was sent from another."""

REASON = "why-refused"
"""The id of the sentence at the field, or on top of the form; where it stands the page's notice does not say it once more."""

SAVED = "data-saved"
"""The attribute of a filled field that says what the museum has in it, so that the page knows that what it shows is not saved."""

Fields = Sequence[tuple[str, str]]


async def fields_of(request: web.Request) -> Fields:
    """What a form without files sent; nothing for anything else, whose body is read as it comes and only once."""
    if request.content_type != "application/x-www-form-urlencoded":
        return ()
    return [(name, value) for name, value in (await forms.sent(request)).items() if isinstance(value, str)]


async def keep(request: web.Request, sent: Fields, wrong: str) -> str:
    """The token under which the fields wait; "" where there is nothing to keep. `wrong` names the field that has to be changed, "" where
    it is not one alone."""
    person = request["person"]
    fields = [(writable(name), writable(value)) for name, value in sent if name not in SECRET]
    if person is None or not fields or sum(len(value) for _, value in fields) > MOST:
        return ""
    async with request.app[DATABASE].write() as session:
        return await ceremonies.begin(
            session, KIND, {"action": request.path, "fields": fields, "wrong": wrong}, person.id, most=WAITING
        )


async def send_again(request: web.Request, sent: Fields, page: str) -> web.Response | None:
    """The page, with status 401, from which a form that belongs to `page` is sent once more after logging in again; None where no form
    was sent, or one with a password, which stands in no page."""
    if not sent or any(name in SECRET for name, _ in sent):
        return None
    sent = [*((name, value) for name, value in sent if name != PAGE), (PAGE, page)]
    values = {"notice": None, "person": None, "may": lambda _: False, "action": request.path_qs, "fields": sent}
    return await rendering.render(request, "admin/logged_out.html", status=401, **values)


async def put_back(request: web.Request, response: web.Response, token: str, why: str) -> None:
    """Lets the page's form hold what was typed into it, and say `why` it was refused."""
    person = request["person"]
    if person is None or not isinstance(response.body, bytes):
        return
    try:
        async with request.app[DATABASE].write() as session:
            kept = await ceremonies.finish(session, KIND, token, person.id)
    except Refused:
        return
    fields = [(name, value) for name, value in kept["fields"]]
    filled = refill(response.body, kept["action"], fields, why, kept["wrong"])
    if filled is not None:
        response.body = filled


def refill(page: bytes, action: str, fields: Fields, why: str, wrong: str = "") -> bytes | None:
    """The `page` with `fields` in that of its forms that goes to `action`; None where it has none. Of several it is the one whose hidden
    fields agree best. What is hidden stays as the page has it, so does a version. The keyboard goes to the field called `wrong`, which may
    be one in several languages, else to the first that was changed; `why` stands at the former, else on top of the form."""
    try:
        document = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    except ParserError:
        return None
    alike = [form for form in document.forms if form.get("action") == action and form.method == "POST"]
    if not alike:
        return None
    form = max(alike, key=lambda form: _agreement(form, fields))
    changed = _fill(form, [(name, writable(value)) for name, value in fields])
    at = [field for field in _fields(form) if wrong and field.get("name").partition(":")[0] == wrong]
    for field in at:
        field.set("aria-invalid", "true")
    for field in (at or changed)[:1]:
        field.set("autofocus", "")
        field.set("aria-describedby", REASON)
    _say(form, at, why)
    for around in (at[0] if at else form).iterancestors("details"):
        around.set("open", "")
    return str(html.tostring(document, doctype="<!doctype html>", encoding="unicode")).encode()


def _say(form: html.FormElement, at: list[html.HtmlElement], why: str) -> None:
    """Put the sentence behind the field in its label, or, where it is one in several languages, under their common name; else on top of
    the form."""
    as_line = {"id": REASON, "class": "notice-line refused"}
    legends = at[0].xpath("ancestor::fieldset[1]/legend") if at and ":" in at[0].get("name", "") else []
    if legends:
        legends[0].addnext(builder.P(writable(why), **as_line))
    elif at and at[0].xpath("ancestor::label"):
        at[0].addnext(builder.SPAN(writable(why), **as_line))
    else:
        form.insert(0, builder.P(writable(why), **as_line))


def _agreement(form: html.FormElement, fields: Fields) -> int:
    sent = set(fields)
    return sum(
        (field.get("name"), field.get("value", "")) in sent for field in form.iter("input") if _type(field) == "hidden"
    )


def _fill(form: html.FormElement, fields: Fields) -> list[html.HtmlElement]:
    """Fill the form; the fields of it that hold something else than before."""
    left = Counter(fields)
    values = {name: [value for other, value in fields if other == name] for name, _ in fields}
    others: list[html.HtmlElement] = []
    for field in _fields(form):
        name = field.get("name")
        if field.tag == "select":
            changed = _choose(field, values.get(name, []))
        elif _type(field) in ("checkbox", "radio"):
            changed = _tick(field, left[name, field.get("value", "on")] > 0)
        elif values.get(name):
            changed = _write(field, values[name].pop(0))
        else:
            continue
        if changed:
            others.append(field)
    return others


def _fields(form: html.FormElement) -> list[html.HtmlElement]:
    """What of the form a person fills in, in the order of the page; also what only names it by `form`."""
    inside = [field for field in form.iter("input", "textarea", "select") if field.get("form") is None]
    named = form.getroottree().xpath("//*[@form=$name]", name=form.get("id")) if form.get("id") else []
    return [
        field
        for field in (*inside, *named)
        if field.get("name")
        and (field.tag in ("textarea", "select") or _type(field) in WRITTEN | {"checkbox", "radio"})
    ]


def _type(field: html.HtmlElement) -> str:
    return field.get("type", "text").lower() if field.tag == "input" else ""


def _write(field: html.HtmlElement, value: str) -> bool:
    if field.tag == "textarea":
        before, value = field.text or "", value.replace("\r\n", "\n")
        # A browser takes away a line feed right behind the tag.
        field.text = "\n" + value if value.startswith("\n") else value
        changed = before.splitlines() != value.splitlines()
    else:
        before = field.get("value", "")
        field.set("value", value)
        changed = before != value
    if changed:
        field.set(SAVED, before)
    return changed


def _tick(field: html.HtmlElement, ticked: bool) -> bool:
    before = field.get("checked") is not None
    field.attrib.pop("checked", None)
    if ticked:
        field.set("checked", "")
    if before != ticked:
        field.set(SAVED, "on" if before else "")
    return before != ticked


def _choose(field: html.HtmlElement, chosen: list[str]) -> bool:
    """Select the options; where the page has none of them any more, what it proposes stays."""
    options = [(option, option.get("value", (option.text or "").strip())) for option in field.iter("option")]
    if not any(value in chosen for _, value in options):
        return False
    held = [value for option, value in options if option.get("selected") is not None]
    if not held and field.get("multiple") is None:
        # The first one, that is, without anybody's saying so.
        held = [options[0][1]]
    for option, value in options:
        option.attrib.pop("selected", None)
        if value in chosen:
            option.set("selected", "")
    changed = set(held) != {value for _, value in options if value in chosen}
    if changed:
        field.set(SAVED, "\n".join(held))
    return changed
