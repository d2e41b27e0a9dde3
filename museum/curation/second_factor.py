"""Second factors: codes of an authenticator (RFC 6238, 30 seconds, six digits), and recovery codes for when the phone is lost."""

from __future__ import annotations

import hashlib
import secrets
import time

from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.account_models import RecoveryCode, SecondFactor
from museum.curation.changes import note
from museum.curation.errors import Refused
from museum.curation.models import Person

CODES = 10
SECONDS = 30
DRIFT = 1
"""Steps by which her clock may be off."""
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_secret() -> str:
    """A secret for an authenticator."""
    return random_base32()


def address(secret: str, person: Person, museum: str) -> str:
    """What the QR code says (otpauth://)."""
    return TOTP(secret).provisioning_uri(name=person.name, issuer_name=museum)


def matching_step(secret: str, code: str, after: int = 0) -> int | None:
    """The step, later than `after`, whose code this is; None where it is none of now."""
    given = "".join(code.split())
    present = int(time.time()) // SECONDS
    totp = TOTP(secret)
    for step in range(present - DRIFT, present + DRIFT + 1):
        if step > after and secrets.compare_digest(totp.at(step * SECONDS).encode(), given.encode()):
            return step
    return None


def _digest(code: str) -> str:
    return hashlib.sha256("".join(code.lower().replace("-", "").split()).encode()).hexdigest()


async def of(session: AsyncSession, person: Person) -> SecondFactor | None:
    """Her second factor; None where she has none."""
    return await session.get(SecondFactor, person.id)


async def people_with(session: AsyncSession) -> set[int]:
    """Ids of everybody who has one."""
    return set(await session.scalars(select(SecondFactor.person_id)))


async def begin(session: AsyncSession, person: Person, secret: str, code: str) -> list[str]:
    """Ask for codes from now on; returns the recovery codes, which are shown this once. Raises Refused for a wrong code."""
    try:
        step = matching_step(secret, code) if len(secret) >= 16 else None
    except ValueError:
        step = None
    if step is None:
        raise Refused("code-wrong")
    await _forget(session, person)
    session.add(SecondFactor(person_id=person.id, secret=secret, step=step))
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(12)) for _ in range(CODES)]
    session.add_all(RecoveryCode(digest=_digest(one), person_id=person.id) for one in codes)
    note(session, "second-factor-begun", "person", person.name)
    return ["-".join((one[:4], one[4:8], one[8:])) for one in codes]


async def end(session: AsyncSession, person: Person) -> None:
    """Ask for no codes any more."""
    await _forget(session, person)
    note(session, "second-factor-ended", "person", person.name)


async def _forget(session: AsyncSession, person: Person) -> None:
    await session.execute(delete(SecondFactor).where(SecondFactor.person_id == person.id))
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


async def accept(session: AsyncSession, person: Person, code: str) -> bool:
    """Whether this is a code of now or a recovery code; either works once."""
    factor = await session.get(SecondFactor, person.id, with_for_update=True)
    if factor is None:
        return False
    step = matching_step(factor.secret, code, factor.step) if len(code) < 40 else None
    if step is not None:
        factor.step = step
        return True
    used = await session.scalar(
        select(RecoveryCode).where(RecoveryCode.person_id == person.id, RecoveryCode.digest == _digest(code[:60]))
    )
    if used is None:
        return False
    await session.delete(used)
    note(session, "recovery-code-used", "person", person.name)
    return True
