"""Throttled log-ins, by account and by address, in the database so that all processes count together.

A browser in which she has logged in before is counted by itself: whoever hammers at her account, or shares her address, as all of a
museum's school classes do, can't shut her out of it.

A try is counted before its password is looked at and forgiven when it was right: many tries at once gain nothing.
"""

from __future__ import annotations

import ipaddress
import math
import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.account_models import KnownBrowser
from museum.curation.models import LoginThrottle, Person
from museum.curation.people import fold_name
from museum.curation.sessions import digest_token
from museum.database.base import now
from museum.database.engine import Database

FREE_TRIES = {"account": 5, "address": 30, "browser": 10}
"""Tries that cost nothing. A museum's curators often share one address, so it has more."""
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=2)
KNOWN_FOR = timedelta(days=180)
TOKEN_LENGTH = 43
"""Characters of 256 random bits in URL-safe Base64."""


def account_key(name: str) -> str:
    """The key for a name, known or not."""
    return f"account:{fold_name(name)[:80]}"


def address_key(address: str) -> str:
    """The key for a client's address. Of IPv6 the first 64 bits count, since whoever has one address there has them all."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"address:{address[:64]}"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return f"address:{parsed.ipv4_mapped}"
        return f"address:{ipaddress.ip_network((parsed, 64), strict=False)}"
    return f"address:{parsed}"


def wait_after(failures: int, free: int) -> timedelta:
    """How long the next try has to wait after `failures`: nothing while they are free, then 15 s, doubling up to 15 minutes."""
    if failures < free:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failures - free, 16), LONGEST_WAIT)


async def _keys(session: AsyncSession, name: str, address: str, browser: str) -> tuple[str, ...]:
    """What a try counts against: her browser where it is known, else account and address."""
    if browser:
        digest = digest_token(browser)
        query = (
            select(KnownBrowser)
            .join(Person, Person.id == KnownBrowser.person_id)
            .where(KnownBrowser.digest == digest, Person.name == fold_name(name))
        )
        if await session.scalar(query) is not None:
            return (f"browser:{digest}:{fold_name(name)[:80]}",)
    return account_key(name), address_key(address)


async def remember(session: AsyncSession, person: Person, browser: str) -> str:
    """Know the browser with this token as one of hers from now on; the token, a new one where there is none."""
    token = browser if len(browser) == TOKEN_LENGTH else secrets.token_urlsafe(32)
    known = await session.get(KnownBrowser, (digest_token(token), person.id))
    if known is None:
        session.add(KnownBrowser(digest=digest_token(token), person_id=person.id))
    else:
        known.seen_at = now()
    await session.execute(delete(KnownBrowser).where(KnownBrowser.seen_at < now() - KNOWN_FOR))
    return token


async def admit(database: Database, name: str, address: str, browser: str = "") -> int:
    """Count a try and return 0, or return the whole seconds that the account or address still has to wait."""
    moment = now()
    async with database.write() as session:
        rows: list[LoginThrottle] = []
        for key in await _keys(session, name, address, browser):
            row = await session.get(LoginThrottle, key, with_for_update=True)
            if row is None:
                row = LoginThrottle(key=key, failures=0, first_at=moment)
                session.add(row)
            elif moment - max(row.first_at, row.blocked_until or row.first_at) > FORGOTTEN_AFTER:
                row.failures, row.first_at, row.blocked_until = 0, moment, None
            rows.append(row)
        wait = max((row.blocked_until - moment for row in rows if row.blocked_until), default=timedelta(0))
        if wait > timedelta(0):
            return math.ceil(wait.total_seconds())
        for row in rows:
            row.failures += 1
            pause = wait_after(row.failures, FREE_TRIES[row.key.partition(":")[0]])
            row.blocked_until = moment + pause if pause else None
    return 0


async def forgive(database: Database, name: str, address: str, browser: str = "") -> None:
    """After the right password: forget the account's failures, and this try of the address."""
    async with database.write() as session:
        keys = await _keys(session, name, address, browser)
        if len(keys) == 1:
            await session.execute(delete(LoginThrottle).where(LoginThrottle.key == keys[0]))
            return
        await session.execute(delete(LoginThrottle).where(LoginThrottle.key == account_key(name)))
        row = await session.get(LoginThrottle, address_key(address), with_for_update=True)
        if row is not None:
            row.failures = max(row.failures - 1, 0)
            pause = wait_after(row.failures, FREE_TRIES["address"])
            row.blocked_until = None if not pause else row.blocked_until
