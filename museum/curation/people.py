"""People who may log in, and their passwords.

Passwords are kept as Argon2id in the library's recommended strength; a hash of an older strength is replaced at the next log-in.
Hashing takes 64 MiB and tens of milliseconds, so it runs in two threads of its own: more at once would only starve the server.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from zxcvbn import zxcvbn

from museum.curation import second_factor
from museum.curation.audit import CONSOLE, Actor
from museum.curation.changes import changing, note
from museum.curation.errors import NotFound, Refused
from museum.curation.models import ROLES, VENUE_ROLES, LoginSession, Person, VenueRole
from museum.database.base import now
from museum.database.engine import Database
from museum.database.texts import fold
from museum.scenes.models import Venue

T = TypeVar("T")

PAGE = 50
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1024
MEASURED = 72
"""Characters of a password that are looked at for words known from leaks."""
LEAST_SCORE = 2
"""Of zxcvbn's five: from a million guesses up."""

_hasher = PasswordHasher()
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
_EMAIL = re.compile(r"[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+")
_NAME = re.compile(r"[^\s:/\x00-\x1f\x7f]{1,80}")


def fold_name(name: str) -> str:
    """The form in which names are kept and compared, so that `Mei`, `mei` and full-width `ｍｅｉ` are one person."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def fold_email(email: str) -> str:
    """The form in which addresses are kept and compared; empty for what is none."""
    folded = unicodedata.normalize("NFKC", email).strip().casefold()
    return folded if len(folded) <= 254 and _EMAIL.fullmatch(folded) else ""


def check_name(name: str) -> str:
    """The name as it is kept. Raises Refused for a malformed one."""
    folded = fold_name(name)
    if not _NAME.fullmatch(folded):
        raise Refused("name-malformed")
    return folded


def check_password(name: str, password: str) -> None:
    """Raise Refused where `password` is shorter than 12 characters, far too long, the name itself, or known from leaks."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused("password-short", least=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Refused("password-long", most=LONGEST_PASSWORD)
    if fold_name(password) == fold_name(name):
        raise Refused("password-is-name")
    # What is known from leaks, and what is put together from it, is tried first; riddles about capitals and digits help nobody.
    if int(zxcvbn(password[:MEASURED], user_inputs=[name, fold_name(name)])["score"]) < LEAST_SCORE:
        raise Refused("password-known")


async def _in_thread(function: Callable[..., T], *arguments: str) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, function, *arguments)


async def hash_password(password: str) -> str:
    """The Argon2id hash of `password`, with its salt and strength."""
    return await _in_thread(_hasher.hash, password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


async def authenticate(database: Database, name: str, password: str) -> Person | None:
    """The person of `name` if `password` is hers and she is not disabled.

    An unknown name takes as long as a wrong password, so that the answer's time does not tell who has an account.
    """
    async with database.read() as session:
        person = await session.scalar(select(Person).where(Person.name == fold_name(name)))
    if len(password) > LONGEST_PASSWORD:
        return None
    if person is None or person.disabled_at is not None:
        await _in_thread(lambda: _verify(_hash_of_nobody(), password))
        return None
    if not await _in_thread(_verify, person.password_hash, password):
        return None
    if _hasher.check_needs_rehash(person.password_hash):
        renewed = await hash_password(password)
        async with database.write() as session:
            # Only over the hash just verified: a password changed meanwhile must stay changed.
            await session.execute(
                update(Person)
                .where(Person.id == person.id, Person.password_hash == person.password_hash)
                .values(password_hash=renewed)
            )
    return person


async def add_person(
    database: Database,
    name: str,
    password: str,
    *,
    role: str,
    display_name: str = "",
    language: str | None = None,
    email: str = "",
    actor: Actor = CONSOLE,
) -> Person:
    """A new person. Raises Refused for a name or an address that is taken or malformed, an unknown role or a weak password."""
    check_name(name)
    if role not in ROLES:
        raise Refused("role-unknown", role=role)
    check_password(name, password)
    password_hash = await hash_password(password)
    async with changing(database, actor) as session:
        return await make_person(
            session,
            name,
            password_hash,
            role=role,
            display_name=display_name,
            language=language,
            email=await _free_email(session, email),
        )


async def make_person(
    session: AsyncSession,
    name: str,
    password_hash: str,
    *,
    role: str,
    display_name: str = "",
    language: str | None = None,
    email: str | None = None,
) -> Person:
    """The record of a new person. Raises Refused for a name that is taken."""
    folded = check_name(name)
    if await session.scalar(select(Person.id).where(Person.name == folded)):
        raise Refused("name-taken", name=folded)
    person = Person(
        name=folded,
        display_name=display_name.strip()[:120] or name.strip(),
        password_hash=password_hash,
        role=role,
        language=language,
        email=email,
    )
    session.add(person)
    note(session, "person-added", "person", folded, role=role)
    await session.flush()
    return person


async def _free_email(session: AsyncSession, email: str, person: Person | None = None) -> str | None:
    """The address as it is kept, None for an empty one. Raises Refused where it is malformed or somebody else's."""
    if not email.strip():
        return None
    folded = fold_email(email)
    if not folded:
        raise Refused("email-malformed")
    holder = await session.scalar(select(Person.id).where(Person.email == folded))
    if holder is not None and (person is None or holder != person.id):
        raise Refused("email-taken", email=folded)
    return folded


async def set_email(database: Database, name: str, email: str, *, actor: Actor = CONSOLE) -> Person:
    """The address by which single sign-on knows a person; an empty one takes it away. Raises NotFound, Refused."""
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        note(session, "email-set", "person", person.name, before=person.email, after=email.strip())
        person.email = await _free_email(session, email, person)
    return person


async def list_people(session: AsyncSession) -> list[Person]:
    """Everybody, disabled or not, by name."""
    return list(await session.scalars(select(Person).order_by(Person.name)))


@dataclass(frozen=True)
class Search:
    """Who is looked for: words in names and addresses, a role, and whether they are `disabled` or not. Empty, or None, is anybody."""

    words: str = ""
    role: str = ""
    disabled: bool | None = None


async def page_of(session: AsyncSession, search: Search, page: int = 1) -> tuple[list[Person], bool]:
    """One page of people by name; and whether there are more."""
    found: list[ColumnElement[bool]] = []
    if search.role:
        found.append(Person.role == search.role)
    if search.disabled is not None:
        found.append(Person.disabled_at.is_not(None) if search.disabled else Person.disabled_at.is_(None))
    words = fold(search.words)
    if words:
        named = await session.execute(select(Person.id, Person.name, Person.display_name, Person.email).where(*found))
        found.append(Person.id.in_([row[0] for row in named if any(words in fold(name or "") for name in row[1:])]))
    query = select(Person).where(*found).order_by(Person.name).offset((page - 1) * PAGE).limit(PAGE + 1)
    people = list(await session.scalars(query))
    return people[:PAGE], len(people) > PAGE


async def find_person(session: AsyncSession, name: str) -> Person:
    """The person of a name. Raises NotFound."""
    person = await session.scalar(select(Person).where(Person.name == fold_name(name)))
    if person is None:
        raise NotFound("no-such-person", name=name)
    return person


async def _revoke_sessions(session: AsyncSession, person: Person) -> None:
    await session.execute(
        update(LoginSession)
        .where(LoginSession.person_id == person.id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=now())
    )


async def _keep_an_administrator(session: AsyncSession, person: Person) -> None:
    """Raise Refused where without `person` nobody could deal with people any more."""
    administrators = await session.scalars(
        select(Person.id).where(Person.role == "administrator", Person.disabled_at.is_(None)).with_for_update()
    )
    if set(administrators) == {person.id}:
        raise Refused("last-administrator")


async def set_role(database: Database, name: str, role: str, *, actor: Actor = CONSOLE) -> Person:
    """Let a person do more or less, from her next click on. Raises NotFound, Refused."""
    if role not in ROLES:
        raise Refused("role-unknown", role=role)
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        await change_role(session, person, role)
    return person


async def change_role(session: AsyncSession, person: Person, role: str) -> None:
    """Let a person do more or less. Raises Refused for the last administrator."""
    if role != "administrator":
        await _keep_an_administrator(session, person)
    note(session, "role-set", "person", person.name, before=person.role, after=role)
    person.role = role


async def end_sessions(database: Database, name: str, *, actor: Actor = CONSOLE) -> Person:
    """Log a person out everywhere; she may log in again."""
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        await _revoke_sessions(session, person)
        note(session, "sessions-ended", "person", person.name)
    return person


async def disable_person(database: Database, name: str, *, disabled: bool = True, actor: Actor = CONSOLE) -> Person:
    """Shut a person out at once, her open sessions included, or let her in again. What she made stays.
    Raises NotFound, and Refused for the last administrator."""
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        note(session, "person-disabled" if disabled else "person-enabled", "person", person.name)
        if disabled:
            await _keep_an_administrator(session, person)
        person.disabled_at = now() if disabled else None
        if disabled:
            await _revoke_sessions(session, person)
    return person


async def set_password(database: Database, name: str, password: str, *, actor: Actor = CONSOLE) -> Person:
    """Give a person a new password, and log her out everywhere."""
    check_password(name, password)
    password_hash = await hash_password(password)
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        person.password_hash = password_hash
        note(session, "password-set", "person", person.name)
        await _revoke_sessions(session, person)
    return person


async def unlock(database: Database, name: str, *, actor: Actor = CONSOLE) -> tuple[bool, int]:
    """For somebody who has lost what she logs in with beside the password: end her second factor and remove her passkeys. Whether she had
    the one, and how many she had of the others. Raises NotFound."""
    # Every command knows this module, and the library of passkeys takes as long to load as all the rest.
    from museum.curation import passkeys

    async with changing(database, actor) as session:
        person = await find_person(session, name)
        had_factor = await second_factor.of(session, person) is not None
        if had_factor:
            await second_factor.end(session, person)
        return had_factor, await passkeys.remove_all(session, person)


async def set_venue_role(
    database: Database, name: str, venue: str, role: str | None, *, actor: Actor = CONSOLE
) -> Person:
    """Let a person do more in one venue, named by its slug, from her next click on; None takes that away. Raises NotFound, Refused."""
    if role is not None and role not in VENUE_ROLES:
        raise Refused("role-unknown", role=role)
    async with changing(database, actor) as session:
        person = await find_person(session, name)
        venue_id = await session.scalar(select(Venue.id).where(Venue.slug == venue))
        if venue_id is None:
            raise NotFound("no-such-venue")
        held = next((one for one in person.venue_roles if one.venue_id == venue_id), None)
        if role is None:
            if held is not None:
                person.venue_roles.remove(held)
                note(session, "venue-role-ended", "person", person.name, venue=venue, before=held.role)
        elif held is None:
            person.venue_roles.append(VenueRole(venue_id=venue_id, role=role))
            note(session, "venue-role-set", "person", person.name, venue=venue, after=role)
        else:
            note(session, "venue-role-set", "person", person.name, venue=venue, before=held.role, after=role)
            held.role = role
    return person
