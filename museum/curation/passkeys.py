"""Passkeys (WebAuthn level 2): logging in with what unlocks a phone or a laptop, and without a password.

The authenticator has to know her (user verification), so a passkey is both factors at once. Attestation is not asked for: any make of
authenticator will do.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from museum.curation import ceremonies
from museum.curation.account_models import Passkey
from museum.curation.changes import note
from museum.curation.errors import NotFound, Refused
from museum.curation.models import Person
from museum.database.base import now

T = TypeVar("T")

MOST = 20
"""Passkeys of one person."""
LONGEST = 20_000
"""Characters of what a browser answers."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,1400}")
_TRANSPORTS = frozenset({"usb", "nfc", "ble", "smart-card", "internal", "cable", "hybrid"})


@dataclass(frozen=True)
class Site:
    """What passkeys are bound to: the origin under which browsers see the museum, e.g. `https://tour.example.org`."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Begun:
    """`options` for the browser, and the token with which its answer comes back."""

    token: str
    options: dict[str, Any]


async def of(session: AsyncSession, person: Person) -> list[Passkey]:
    """Hers, the oldest first."""
    return list(await session.scalars(select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)))


async def people_with(session: AsyncSession) -> set[int]:
    """Ids of everybody who has one."""
    return set(await session.scalars(select(Passkey.person_id)))


async def begin_registration(session: AsyncSession, person: Person, site: Site, key: bytes) -> Begun:
    """What her browser needs to make a passkey. `key` is the museum's own: it turns her number into one that says nothing elsewhere.
    Raises Refused where she has too many."""
    held = await of(session, person)
    if len(held) >= MOST:
        raise Refused("passkeys-many", most=MOST)
    options = generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=_handle(key, person.id),
        user_name=person.name,
        user_display_name=person.display_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in held],
    )
    detail = {"challenge": bytes_to_base64url(options.challenge)}
    token = await ceremonies.begin(session, "passkey-made", detail, person.id)
    return Begun(token, json.loads(options_to_json(options)))


def _handle(key: bytes, person_id: int) -> bytes:
    return hmac.digest(key, b"passkey %d" % person_id, "sha256")


async def register(
    session: AsyncSession, person: Person, site: Site, token: str, answer: str, name: str, otherwise: str
) -> Passkey:
    """Keep the passkey that her browser has made, under `name`, or `otherwise` where that says nothing. Raises Refused."""
    detail = await ceremonies.finish(session, "passkey-made", token, person.id)
    credential = _read(answer)
    made = _verified(
        lambda: verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(detail["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    )
    known = bytes_to_base64url(made.credential_id)
    if await session.scalar(select(Passkey.id).where(Passkey.credential == known)) is not None:
        raise Refused("passkey-wrong")
    transports = (credential.get("response") or {}).get("transports")
    passkey = Passkey(
        person_id=person.id,
        credential=known,
        public_key=bytes_to_base64url(made.credential_public_key),
        uses=made.sign_count,
        transports=sorted(_TRANSPORTS.intersection(one for one in transports or () if isinstance(one, str))),
        name=name.strip()[:80] or otherwise[:80],
    )
    session.add(passkey)
    note(session, "passkey-added", "person", person.name, passkey=passkey.name)
    return passkey


async def begin_login(session: AsyncSession, site: Site) -> Begun:
    """What a browser needs to show passkeys of this museum; whose it is, the passkey says."""
    options = generate_authentication_options(rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED)
    token = await ceremonies.begin(session, "passkey-shown", {"challenge": bytes_to_base64url(options.challenge)})
    return Begun(token, json.loads(options_to_json(options)))


async def log_in(session: AsyncSession, site: Site, key: bytes, token: str, answer: str) -> Person:
    """Whose passkey this is. Raises Refused where it is nobody's, was not shown now and here, or its owner is shut out."""
    detail = await ceremonies.finish(session, "passkey-shown", token)
    credential = _read(answer)
    known = str(credential.get("id", ""))
    if not _ID.fullmatch(known):
        raise Refused("passkey-wrong")
    query = select(Passkey).where(Passkey.credential == known)
    passkey = await session.scalar(query.with_for_update())
    if passkey is None:
        raise Refused("passkey-unknown")
    said = (credential.get("response") or {}).get("userHandle")
    shown = _verified(
        lambda: verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(detail["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.uses,
            require_user_verification=True,
        )
    )
    if said and said != bytes_to_base64url(_handle(key, passkey.person_id)):
        raise Refused("passkey-wrong")
    person = await session.get_one(Person, passkey.person_id)
    if person.disabled_at is not None:
        raise Refused("passkey-unknown")
    passkey.uses, passkey.used_at = shown.new_sign_count, now()
    return person


def _read(answer: str) -> dict[str, Any]:
    """What the browser answered. Raises Refused."""
    try:
        credential = json.loads(answer) if len(answer) <= LONGEST else None
    except ValueError:
        credential = None
    if not isinstance(credential, dict) or not isinstance(credential.get("response") or {}, dict):
        raise Refused("passkey-wrong")
    return credential


def _verified(verify: Callable[[], T]) -> T:
    """What the library finds. Whatever it stumbles over was sent by a browser that means ill: the answer is the same."""
    try:
        return verify()
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise Refused("passkey-wrong") from None


async def _get(session: AsyncSession, person: Person, number: int) -> Passkey:
    passkey = await session.get(Passkey, number)
    if passkey is None or passkey.person_id != person.id:
        raise NotFound("no-such-passkey")
    return passkey


async def rename(session: AsyncSession, person: Person, number: int, name: str) -> None:
    """Call one of hers by another name; an empty one changes nothing. Raises NotFound."""
    passkey = await _get(session, person, number)
    passkey.name = name.strip()[:80] or passkey.name


async def remove(session: AsyncSession, person: Person, number: int) -> None:
    """Let one of hers open nothing any more. Raises NotFound."""
    passkey = await _get(session, person, number)
    await session.delete(passkey)
    note(session, "passkey-removed", "person", person.name, passkey=passkey.name)


async def remove_all(session: AsyncSession, person: Person) -> int:
    """Let none of hers open anything any more, as after a theft; how many there were."""
    held = await of(session, person)
    await session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    for one in held:
        note(session, "passkey-removed", "person", person.name, passkey=one.name)
    return len(held)
