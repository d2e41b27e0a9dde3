"""People, passwords, sessions, throttle and roles."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from museum.curation import people, roles, sessions, throttle
from museum.curation.errors import NotAllowed, NotFound, Refused
from museum.curation.models import ROLES, LoginSession, LoginThrottle, Person
from museum.database import Database
from museum.database.base import now

PASSWORD = "lantern under snow"


async def add(database: Database, name: str = "Mei", role: str = "curator") -> Person:
    return await people.add_person(database, name, PASSWORD, role=role)


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("mei", "short", "password-short"),
        ("mei-of-the-museum", "Mei-of-the-Museum", "password-is-name"),
        ("mei", "x" * 2000, "password-long"),
        ("two words", PASSWORD, "name-malformed"),
        ("", PASSWORD, "name-malformed"),
        ("a:b", PASSWORD, "name-malformed"),
    ],
)
async def test_weak_people_are_refused(database: Database, name: str, password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        await people.add_person(database, name, password, role="curator")
    assert refused.value.code == code
    async with database.read() as session:
        assert await people.list_people(session) == []


async def test_one_person_by_any_writing_of_her_name(database: Database) -> None:
    await add(database)
    with pytest.raises(Refused, match="name-taken"):
        await add(database, "ｍｅｉ")
    found = await people.authenticate(database, " MEI ", PASSWORD)
    assert found is not None
    assert found.display_name == "Mei"
    assert PASSWORD not in found.password_hash
    assert found.password_hash.startswith("$argon2id$")
    assert await people.authenticate(database, "mei", PASSWORD + "!") is None
    assert await people.authenticate(database, "nobody", PASSWORD) is None


async def test_old_hash_is_renewed(database: Database) -> None:
    await add(database)
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    async with database.write() as session:
        await session.execute(update(Person).values(password_hash=weak))
    assert await people.authenticate(database, "mei", PASSWORD)
    async with database.read() as session:
        kept = await session.scalar(select(Person.password_hash))
    assert kept != weak
    assert await people.authenticate(database, "mei", PASSWORD)


async def test_session_opens_and_ends(database: Database) -> None:
    person = await add(database)
    token = await sessions.open_session(database, person, address="192.0.2.1", agent="Browser")
    login = await sessions.find_session(database, token)
    assert login is not None
    assert login.person.name == "mei"
    assert token not in login.token_digest
    assert await sessions.find_session(database, token + "x") is None
    assert await sessions.find_session(database, login.token_digest) is None
    async with database.write() as session:
        with pytest.raises(NotFound):
            await sessions.revoke_session(session, sessions.handle(login), person.id + 1)
        await sessions.revoke_session(session, sessions.handle(login), person.id)
    assert await sessions.find_session(database, token) is None


@pytest.mark.parametrize("change", ["idle", "absolute", "disabled", "password"])
async def test_session_does_not_outlive_its_reason(database: Database, change: str) -> None:
    person = await add(database)
    token = await sessions.open_session(database, person)
    if change == "disabled":
        await people.disable_person(database, "mei")
        assert await people.authenticate(database, "mei", PASSWORD) is None
    elif change == "password":
        await people.set_password(database, "mei", PASSWORD + " again")
        assert await people.authenticate(database, "mei", PASSWORD) is None
    else:
        column = "seen_at" if change == "idle" else "expires_at"
        earlier = now() - (sessions.IDLE if change == "idle" else timedelta(0))
        async with database.write() as session:
            await session.execute(update(LoginSession).values({column: earlier}))
    assert await sessions.find_session(database, token) is None


async def test_seldom_seen_is_written(database: Database) -> None:
    person = await add(database)
    token = await sessions.open_session(database, person)
    earlier = now() - timedelta(hours=1)
    async with database.write() as session:
        await session.execute(update(LoginSession).values(seen_at=earlier))
    await sessions.find_session(database, token)
    async with database.read() as session:
        seen = await session.scalar(select(LoginSession.seen_at))
    assert seen is not None
    assert seen > earlier
    await sessions.find_session(database, token)
    async with database.read() as session:
        assert await session.scalar(select(LoginSession.seen_at)) == seen


async def test_account_waits_longer_each_time(database: Database) -> None:
    for number in range(throttle.FREE_TRIES["account"]):
        assert await throttle.admit(database, "Mei", f"192.0.2.{number}") == 0
    wait = await throttle.admit(database, "mei", "198.51.100.1")
    assert 0 < wait <= throttle.FIRST_WAIT.total_seconds()
    assert await throttle.admit(database, "tao", "198.51.100.1") == 0, "others may still log in"
    async with database.write() as session:
        await session.execute(update(LoginThrottle).values(blocked_until=now() - timedelta(seconds=1)))
    assert await throttle.admit(database, "mei", "198.51.100.2") == 0
    longer = await throttle.admit(database, "mei", "198.51.100.2")
    assert longer > throttle.FIRST_WAIT.total_seconds()
    await throttle.forgive(database, "mei", "198.51.100.2")
    assert await throttle.admit(database, "mei", "198.51.100.2") == 0


async def test_address_waits_whatever_the_names(database: Database) -> None:
    waits = [
        await throttle.admit(database, f"name-{number}", f"2001:db8:1:2::{number:x}")
        for number in range(throttle.FREE_TRIES["address"] + 1)
    ]
    assert waits[:-1] == [0] * throttle.FREE_TRIES["address"]
    assert waits[-1] > 0
    assert await throttle.admit(database, "name", "2001:db8:1:3::1") == 0


def test_wait_is_bounded() -> None:
    waits = [throttle.wait_after(failures, 5) for failures in range(200)]
    assert waits == sorted(waits)
    assert waits[4] == timedelta(0)
    assert waits[-1] == throttle.LONGEST_WAIT


def test_each_role_may_more() -> None:
    for lesser, greater in pairwise(ROLES):
        assert roles.ALLOWED[lesser] <= roles.ALLOWED[greater]
    assert not any(roles.may(None, action) for action in roles.ACTIONS)
    assert not roles.may(Person(role="contributor"), "publish")
    assert roles.may(Person(role="curator"), "publish")
    assert not roles.may(Person(role="editor"), "people")
    with pytest.raises(NotAllowed):
        roles.demand(Person(role="contributor"), "publish")
    with pytest.raises(KeyError):
        roles.may(None, "anything")


async def test_somebody_may_always_deal_with_people(database: Database) -> None:
    await add(database, "head", "administrator")
    for change in (people.set_role(database, "head", "editor"), people.disable_person(database, "head")):
        with pytest.raises(Refused, match="last-administrator"):
            await change
    await add(database, "deputy", "administrator")
    await people.set_role(database, "head", "editor")
    with pytest.raises(Refused, match="last-administrator"):
        await people.disable_person(database, "deputy")


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("guest", {"look"}),
        ("contributor", {"look", "draft"}),
        ("curator", {"look", "draft", "publish", "arrange", "work"}),
        ("editor", {"look", "draft", "publish", "arrange", "work", "open"}),
        ("administrator", {"look", "draft", "publish", "arrange", "work", "open", "people", "audit"}),
    ],
)
def test_each_role_reaches_so_far(role: str, actions: set[str]) -> None:
    assert {action for action in roles.ACTIONS if roles.may(Person(role=role), action)} == actions
