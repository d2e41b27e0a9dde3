"""Hanging images and artifacts in an exhibition from where they are: many chosen in a list, or one on its own page."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Exhibition
from museum.curation import beginning, exhibiting, listing, placing, roles
from museum.curation.errors import Refused
from museum.curation.models import Person
from museum.database.texts import pick, texts_by_field, writable
from museum.web import forms
from museum.web.admin import access, flash, kinds, pages
from museum.web.admin.records import HOME
from museum.web.keys import DATABASE

routes = access.Routes()


@routes.post(f"{HOME}/{{shown:{'|'.join(kinds.PLURALS[kind] for kind in exhibiting.SHOWS)}}}/exhibit", needs="draft")
async def hang(request: web.Request) -> web.StreamResponse:
    """Hang what is chosen in the exhibition that the form names, or in a new one with a title; where it says neither, or does not say in
    which of several sections, ask."""
    kind = kinds.KINDS[request.match_info["shown"]]
    form = await forms.sent(request)
    slugs = [writable(str(slug)) for slug in form.getall("slug", [])]
    fields = await pages.read_form(request)
    back = flash.safe_path(fields.get("back", ""), f"{HOME}/{kinds.PLURALS[kind]}")
    listing.check_chosen(slugs)
    title = pages.texts_from(fields, "title")["title"]
    named = fields.get("target", "").strip()
    if not named and not any(words.strip() for words in title.values()):
        return await _ask(request, kind, slugs, back)
    person, section = access.person_of(request), pages.whole(fields, "section")
    if named and section is None:
        async with request.app[DATABASE].read() as session:
            exhibition = await _named(session, named, person)
        if len(exhibition.sections) > 1:
            return await _ask(request, kind, slugs, back, exhibition)
    async with pages.changing(request) as session:
        if named:
            slug = (await _named(session, named, person)).slug
        else:
            made = await beginning.begin(session, "exhibition", person, title=title, plain={})
            slug = made.slug
        exhibition = await exhibiting.load_exhibition(session, slug, person)
        done = await exhibiting.hang_all(session, exhibition, kind, slugs, section if named else None)
        if not named and not done.slugs:
            # Nobody asked for an empty one.
            raise done.refused[0][1]
        name = texts_by_field(exhibition.texts).get("title", {})
        undo = pages.undo(session, back)
    shown = pick(name, request["language"]) or exhibition.slug
    said = pages.say(request, "exhibits.hung", count=len(done.slugs), exhibition=shown)
    text = pages.sentences(request, said, *pages.not_done(request, done.refused))
    return flash.redirect(request, back, "done" if done.slugs else "refused", text, undo if done.slugs else None)


async def _named(session: AsyncSession, named: str, person: Person) -> Exhibition:
    """The exhibition of that slug or title, which has to be hers to change. Raises NotFound, Refused."""
    number = await placing.find_record(session, "exhibition", named)
    exhibition = await exhibiting.load_exhibition(session, (await session.get_one(Exhibition, number)).slug)
    if not roles.may_change(person, exhibition):
        raise Refused("exhibition-public")
    return exhibition


async def _ask(
    request: web.Request, kind: str, slugs: list[str], back: str, exhibition: Exhibition | None = None
) -> web.StreamResponse:
    """Into which exhibition: one that there is, or a new one; or into which section of `exhibition`."""
    async with request.app[DATABASE].read() as session:
        rows = await listing.chosen_rows(session, kind, slugs)
    return await pages.render(
        request,
        "records_exhibit.html",
        kind=kind,
        plural=kinds.PLURALS[kind],
        rows=rows,
        back=back,
        exhibition=exhibition,
    )
