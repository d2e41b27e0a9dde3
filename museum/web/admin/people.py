"""Who may log in, and what each may do: for administrators."""

from __future__ import annotations

from aiohttp import web

from museum.curation import invitations, overview, passkeys, people, second_factor, sessions
from museum.curation.errors import NotFound, Refused
from museum.curation.models import ROLES, VENUE_ROLES, Person
from museum.languages import LANGUAGES
from museum.web.admin import access, flash, login, pages
from museum.web.keys import DATABASE
from museum.web.rendering import base_url

routes = access.Routes()

HOME = "/admin/people"


@routes.get(HOME, needs="people")
async def people_page(request: web.Request) -> web.StreamResponse:
    return await show(request)


async def show(
    request: web.Request,
    *,
    status: int = 200,
    problem: str = "",
    form: dict[str, str] | None = None,
    invited: str = "",
) -> web.Response:
    """Everybody with her open sessions; with `form` what was typed for a new person, but for the password."""
    async with request.app[DATABASE].read() as session:
        venues = await overview.venue_rows(session)
        numbers = await overview.venue_numbers(session)
        everybody = await people.list_people(session)
        invitations_ = await invitations.open_invitations(session)
        secured = await second_factor.people_with(session)
        with_passkeys = await passkeys.people_with(session)
        open_sessions: dict[int, int] = {}
        for one in await sessions.list_sessions(session):
            open_sessions[one.person_id] = open_sessions.get(one.person_id, 0) + 1
    return await pages.render(
        request,
        "people.html",
        status=status,
        people=everybody,
        open_sessions=open_sessions,
        roles=ROLES,
        venue_roles=VENUE_ROLES,
        venues=venues,
        venue_titles={numbers[venue.slug]: (venue.slug, venue.title) for venue in venues},
        least=people.SHORTEST_PASSWORD,
        invited=invited,
        invitations=invitations_,
        secured=secured,
        with_passkeys=with_passkeys,
        problem=problem,
        sign_on=login.sign_on_offered(request),
        form=form or {},
    )


@routes.post(HOME, needs="people")
async def add(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    language = form.get("language") or None
    if language is not None and language not in LANGUAGES:
        raise Refused("language-unknown")
    try:
        person = await people.add_person(
            request.app[DATABASE],
            form.get("name", ""),
            form.get("password", ""),
            role=form.get("role", ""),
            display_name=form.get("display_name", "")[:120],
            language=language,
            email=form.get("email", ""),
            actor=pages.actor(request),
        )
    except Refused as refused:
        return await show(request, status=422, problem=access.refusal_text(request["language"], refused), form=form)
    return _said(request, "person-added", person)


@routes.post(HOME + "/invitations", needs="people")
async def invite(request: web.Request) -> web.StreamResponse:
    """Make a link by which somebody makes her own account. It is shown this once."""
    form = await pages.read_form(request)
    async with pages.changing(request) as session:
        token = await invitations.invite(session, access.person_of(request), form.get("role", ""), form.get("note", ""))
    return await show(request, invited=f"{base_url(request)}/admin/invitation/{token}")


@routes.post(HOME + "/invitations/{id:[0-9]+}/end", needs="people")
async def end_invitation(request: web.Request) -> web.StreamResponse:
    async with pages.changing(request) as session:
        await invitations.withdraw(session, pages.identifier(request))
    return flash.redirect(request, HOME, "done", pages.say(request, "account.invitation-ended"))


@routes.post(HOME + "/{id:[0-9]+}/second/end", needs="people")
async def end_second_factor(request: web.Request) -> web.StreamResponse:
    """For somebody who has lost her phone and her recovery codes."""
    await _name(request, other=True)
    async with pages.changing(request) as session:
        person = await session.get_one(Person, pages.identifier(request))
        await second_factor.end(session, person)
    return _said(request, "account.second-ended-of", person)


@routes.post(HOME + "/{id:[0-9]+}/passkeys/end", needs="people")
async def remove_passkeys(request: web.Request) -> web.StreamResponse:
    """For somebody whose devices were lost or stolen."""
    await _name(request, other=True)
    async with pages.changing(request) as session:
        person = await session.get_one(Person, pages.identifier(request))
        await passkeys.remove_all(session, person)
    return _said(request, "account.passkeys-ended-of", person)


@routes.post(HOME + "/{id:[0-9]+}/email", needs="people")
async def set_email(request: web.Request) -> web.StreamResponse:
    """The address by which single sign-on knows her."""
    form = await pages.read_form(request)
    name = await _name(request)
    person = await people.set_email(request.app[DATABASE], name, form.get("email", ""), actor=pages.actor(request))
    return _said(request, "account.email-set", person)


async def _name(request: web.Request, *, other: bool = False) -> str:
    """The name of the person in the address; with `other` not of who asks, lest she shut herself out."""
    if other and pages.identifier(request) == access.person_of(request).id:
        raise Refused("not-yourself")
    async with request.app[DATABASE].read() as session:
        person = await session.get(Person, pages.identifier(request))
    if person is None:
        raise NotFound("no-such-person")
    return person.name


@routes.post("/admin/people/{id:[0-9]+}/role", needs="people")
async def set_role(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    name = await _name(request, other=True)
    person = await people.set_role(request.app[DATABASE], name, form.get("role", ""), actor=pages.actor(request))
    return _said(request, "role-set", person)


@routes.post("/admin/people/{id:[0-9]+}/disable", needs="people")
async def disable(request: web.Request) -> web.StreamResponse:
    name = await _name(request, other=True)
    return _said(
        request, "person-disabled", await people.disable_person(request.app[DATABASE], name, actor=pages.actor(request))
    )


@routes.post("/admin/people/{id:[0-9]+}/enable", needs="people")
async def enable(request: web.Request) -> web.StreamResponse:
    name = await _name(request)
    actor = pages.actor(request)
    person = await people.disable_person(request.app[DATABASE], name, disabled=False, actor=actor)
    return _said(request, "person-enabled", person)


@routes.post("/admin/people/{id:[0-9]+}/sessions", needs="people")
async def end_sessions(request: web.Request) -> web.StreamResponse:
    name = await _name(request, other=True)
    return _said(
        request, "sessions-ended", await people.end_sessions(request.app[DATABASE], name, actor=pages.actor(request))
    )


@routes.post("/admin/people/{id:[0-9]+}/venues", needs="people")
async def set_venue_role(request: web.Request) -> web.StreamResponse:
    """Give a role in one venue; with an empty role take it away."""
    form = await pages.read_form(request)
    role = form.get("role", "") or None
    name = await _name(request)
    person = await people.set_venue_role(
        request.app[DATABASE], name, form.get("venue", ""), role, actor=pages.actor(request)
    )
    return _said(request, "review.role-given" if role else "review.role-taken", person)


def _said(request: web.Request, key: str, person: Person) -> web.Response:
    return flash.redirect(request, HOME, "done", pages.say(request, key, name=person.display_name))
