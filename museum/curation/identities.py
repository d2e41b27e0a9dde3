"""Whom a provider of single sign-on knows, and which account is hers.

Nobody gets an account by logging in elsewhere: it is there already under the e-mail address that the provider has verified, or she
follows an invitation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import people
from museum.curation.account_models import Identity, Invitation
from museum.curation.changes import note
from museum.curation.errors import NotFound, Refused
from museum.curation.models import NO_PASSWORD, ROLES, Person
from museum.database.base import now


@dataclass(frozen=True)
class Rules:
    """How the provider's claims become roles: `roles` are ours by what stands in its claim `claim`. Without any, roles are given here."""

    claim: str
    roles: Mapping[str, str]


def read_rules(claim: str, text: str) -> Rules:
    """Rules from the settings, e.g. `museum-editors=editor, museum-admins=administrator`. Raises ValueError."""
    roles: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        said, _, role = part.rpartition("=")
        if not said or role.strip() not in ROLES:
            raise ValueError(
                f"MUSEUM_OIDC_ROLES must be value=role pairs, role being one of {', '.join(ROLES)}, not {part!r}"
            )
        roles[said.strip()] = role.strip()
    if bool(roles) != bool(claim):
        raise ValueError("MUSEUM_OIDC_ROLE_CLAIM and MUSEUM_OIDC_ROLES need each other")
    return Rules(claim, roles)


def role_by(rules: Rules, claims: Mapping[str, Any]) -> str | None:
    """The highest role that her claims give her; None where roles are given here. Raises Refused where they give her none."""
    if not rules.roles:
        return None
    said: Any = claims
    for name in rules.claim.split("."):
        said = said.get(name) if isinstance(said, Mapping) else None
    values = said if isinstance(said, list) else [said]
    given = [rules.roles[one] for one in values if isinstance(one, str) and one in rules.roles]
    if not given:
        raise Refused("sign-on-no-role")
    return max(given, key=ROLES.index)


def _email(claims: Mapping[str, Any]) -> str:
    """Her address, where the provider has verified it."""
    email = claims.get("email")
    verified = claims.get("email_verified") in (True, "true")
    return people.fold_email(email) if verified and isinstance(email, str) else ""


async def log_in(
    session: AsyncSession,
    rules: Rules,
    claims: Mapping[str, Any],
    *,
    invitation: str = "",
    language: str | None = None,
) -> Person:
    """Whose account this is, her role as the provider says. `invitation` is the digest of the invitation's token that she follows.
    Raises Refused."""
    role, issuer, subject, email = role_by(rules, claims), str(claims["iss"]), str(claims["sub"])[:255], _email(claims)
    identity = await session.scalar(select(Identity).where(Identity.issuer == issuer, Identity.subject == subject))
    if identity is not None:
        person: Person | None = await session.get_one(Person, identity.person_id)
    else:
        person = await session.scalar(select(Person).where(Person.email == email)) if email else None
        if person is None and invitation:
            person = await _invited(session, claims, invitation, email, language)
        if person is None:
            raise Refused("sign-on-unknown" if email else "sign-on-unverified")
        session.add(Identity(person_id=person.id, issuer=issuer, subject=subject, email=email))
        note(session, "sign-on-joined", "person", person.name, issuer=issuer)
    if person is None or person.disabled_at is not None:
        raise Refused("sign-on-unknown")
    if role is not None and role != person.role:
        await _take_role(session, person, role)
    return person


async def _take_role(session: AsyncSession, person: Person, role: str) -> None:
    try:
        await people.change_role(session, person, role)
    except Refused as refused:
        # The last administrator stays one, lest nobody can put right what the provider says.
        if refused.code != "last-administrator":
            raise


async def _invited(
    session: AsyncSession, claims: Mapping[str, Any], digest: str, email: str, language: str | None
) -> Person:
    """The account that her invitation stands for. It has no password."""
    query = select(Invitation).where(Invitation.token_digest == digest, Invitation.expires_at > now())
    found = await session.scalar(query.with_for_update())
    if found is None:
        raise NotFound("no-such-invitation")
    name = await _free_name(session, claims, email)
    display_name = claims.get("name")
    person = await people.make_person(
        session,
        name,
        NO_PASSWORD,
        role=found.role,
        display_name=display_name if isinstance(display_name, str) else name,
        language=language,
        email=email or None,
    )
    await session.delete(found)
    return person


async def _free_name(session: AsyncSession, claims: Mapping[str, Any], email: str) -> str:
    """A name that fits and that nobody has yet."""
    for said in (claims.get("preferred_username"), email, claims.get("sub")):
        try:
            name = people.check_name(said[:70]) if isinstance(said, str) else ""
        except Refused:
            continue
        if name:
            break
    else:
        name = "curator"
    taken = set(await session.scalars(select(Person.name).where(Person.name.startswith(name, autoescape=True))))
    return next(one for one in (name, *(f"{name}-{number}" for number in range(2, 10_000))) if one not in taken)
