"""Who may log in, and what each may do: for administrators."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from museum.curation import changes, invitations, overview, passkeys, people, second_factor, sessions
from museum.curation.audit import Actor
from museum.curation.errors import NotFound, Refused
from museum.curation.models import ROLES, VENUE_ROLES, Person
from museum.curation.people import Search
from museum.database import Database
from museum.languages import LANGUAGES
from museum.web.admin import access, flash, login, pages
from museum.web.keys import DATABASE
from museum.web.rendering import base_url

routes = access.Routes()

HOME = "/admin/people"
STATES = {"enabled": False, "disabled": True}
FEW = 6
"""Where so few are shown, what can be done to them is, too."""


def _state(request: web.Request) -> str:
    state = request.query.get("state", "")
    return state if state in STATES else ""


def _search(request: web.Request) -> Search:
    role = request.query.get("role", "")
    words = request.query.get("q", "")[:200]
    return Search(words, role if role in ROLES else "", STATES.get(_state(request)))


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
    """Those who are looked for, with their open sessions; with `form` what was typed for a new person, but for the password."""
    search, page = _search(request), pages.page_of(request)
    async with request.app[DATABASE].read() as session:
        venues = await overview.venue_rows(session)
        numbers = await overview.venue_numbers(session)
        found, more = await people.page_of(session, search, page)
        invitations_ = await invitations.open_invitations(session)
        secured = await second_factor.people_with(session)
        with_passkeys = await passkeys.people_with(session)
        open_sessions = await sessions.count_by_person(session)
    said = {"q": search.words, "role": search.role, "state": _state(request)}
    query = urlencode({name: value for name, value in said.items() if value})
    return await pages.render(
        request,
        "people.html",
        status=status,
        people=found,
        open_at_once=len(found) <= FEW,
        search=search,
        states=tuple(STATES),
        state=_state(request),
        query=query,
        page=page,
        more=more,
        back=pages.with_page(HOME, query, page),
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


@dataclass(frozen=True)
class Asked:
    """What somebody asks for beside a person's name: of whom, who asks, and what her form says."""

    database: Database
    name: str
    actor: Actor
    form: Mapping[str, str]


Act = Callable[[Asked], Awaitable[tuple[str, Person]]]


def _beside(word: str, *, other: bool = True) -> Callable[[Act], Act]:
    """Have the decorated function do what the form `word` beside a person asks for; it gives the key of what there is to say then. With
    `other` nobody does it to herself, lest she shut herself out."""

    def add(act: Act) -> Act:
        async def view(request: web.Request) -> web.StreamResponse:
            form = await pages.read_form(request)
            name = await _name(request, other=other)
            said, person = await act(Asked(request.app[DATABASE], name, pages.actor(request), form))
            return _said(request, said, person, form.get("back", ""))

        routes.post(f"{HOME}/{{id:[0-9]+}}/{word}", needs="people")(view)
        return act

    return add


async def _name(request: web.Request, *, other: bool) -> str:
    if other and pages.identifier(request) == access.person_of(request).id:
        raise Refused("not-yourself")
    async with request.app[DATABASE].read() as session:
        person = await session.get(Person, pages.identifier(request))
    if person is None:
        raise NotFound("no-such-person")
    return person.name


@_beside("second/end")
async def end_second_factor(asked: Asked) -> tuple[str, Person]:
    """For somebody who has lost her phone and her recovery codes."""
    async with changes.changing(asked.database, asked.actor) as session:
        person = await people.find_person(session, asked.name)
        await second_factor.end(session, person)
    return "account.second-ended-of", person


@_beside("passkeys/end")
async def remove_passkeys(asked: Asked) -> tuple[str, Person]:
    """For somebody whose devices were lost or stolen."""
    async with changes.changing(asked.database, asked.actor) as session:
        person = await people.find_person(session, asked.name)
        await passkeys.remove_all(session, person)
    return "account.passkeys-ended-of", person


@_beside("email", other=False)
async def set_email(asked: Asked) -> tuple[str, Person]:
    """The address by which single sign-on knows her."""
    email = asked.form.get("email", "")
    return "account.email-set", await people.set_email(asked.database, asked.name, email, actor=asked.actor)


@_beside("role")
async def set_role(asked: Asked) -> tuple[str, Person]:
    role = asked.form.get("role", "")
    return "role-set", await people.set_role(asked.database, asked.name, role, actor=asked.actor)


@_beside("disable")
async def disable(asked: Asked) -> tuple[str, Person]:
    return "person-disabled", await people.disable_person(asked.database, asked.name, actor=asked.actor)


@_beside("enable", other=False)
async def enable(asked: Asked) -> tuple[str, Person]:
    person = await people.disable_person(asked.database, asked.name, disabled=False, actor=asked.actor)
    return "person-enabled", person


@_beside("sessions")
async def end_sessions(asked: Asked) -> tuple[str, Person]:
    return "sessions-ended", await people.end_sessions(asked.database, asked.name, actor=asked.actor)


@_beside("venues", other=False)
async def set_venue_role(asked: Asked) -> tuple[str, Person]:
    """Give a role in one venue; with an empty role take it away."""
    venue, role = asked.form.get("venue", ""), asked.form.get("role", "") or None
    person = await people.set_venue_role(asked.database, asked.name, venue, role, actor=asked.actor)
    return "review.role-given" if role else "review.role-taken", person


def _said(request: web.Request, key: str, person: Person, back: str = "") -> web.Response:
    return flash.redirect(
        request, flash.safe_path(back, HOME), "done", pages.say(request, key, name=person.display_name)
    )
