"""A provider of single sign-on, by OpenID Connect Core 1.0: the authorization code flow with PKCE (RFC 7636), state and nonce.

What the provider says of itself (Discovery 1.0) is asked for once an hour, its keys whenever a token names one that is not known yet:
so they may change at any time. Only what is signed with a public key counts; a token is checked for issuer, audience, expiry and nonce.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus, urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout, encode_basic_auth
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from museum.curation.errors import Refused
from museum.settings import Settings

log = logging.getLogger(__name__)

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
LEEWAY = 60
"""Seconds by which clocks may differ."""
KNOWN_SECONDS = 3600
LONGEST = 1 << 20
"""Bytes of an answer."""
TIMEOUT = ClientTimeout(total=15, connect=5)


class Provider:
    """The one provider that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer
        self.client = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._scopes = settings.oidc_scopes
        self._http: ClientSession | None = None
        self._said: dict[str, Any] = {}
        self._said_at = float("-inf")
        self._keys: KeySet | None = None

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()

    async def address(self, *, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser is sent to log in; it comes back to `back`. Raises Refused where the provider does not answer."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": self.client,
            "redirect_uri": back,
            "scope": self._scopes,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return _with_query(await self._endpoint("authorization_endpoint"), query)

    async def leave_address(self, back: str) -> str | None:
        """Where the browser is sent to log out at the provider, too (RP-Initiated Logout 1.0); None where it offers no such thing."""
        address = (await self._metadata()).get("end_session_endpoint")
        if not isinstance(address, str):
            return None
        return _with_query(address, {"client_id": self.client, "post_logout_redirect_uri": back})

    async def claims(self, *, code: str, back: str, nonce: str, verifier: str) -> dict[str, Any]:
        """What the provider says of whoever has logged in, for the code that her browser brought. Raises Refused."""
        tokens = await self._tokens(code, back, verifier)
        claims = await self._checked(str(tokens.get("id_token", "")), nonce)
        access = tokens.get("access_token")
        address = (await self._metadata()).get("userinfo_endpoint")
        if isinstance(access, str) and isinstance(address, str):
            said = await self._ask("GET", address, headers={"Authorization": f"Bearer {access}"})
            if said.get("sub") != claims["sub"]:
                raise _refused("userinfo is of somebody else")
            claims = {**said, **claims}
        return claims

    async def _tokens(self, code: str, back: str, verifier: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        ways = (await self._metadata()).get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        how: dict[str, Any] = {}
        if self._secret and "client_secret_basic" in ways:
            how["headers"] = {"Authorization": encode_basic_auth(quote_plus(self.client), quote_plus(self._secret))}
        else:
            form["client_id"] = self.client
            if self._secret:
                form["client_secret"] = self._secret
        return await self._ask("POST", await self._endpoint("token_endpoint"), data=form, **how)

    async def _checked(self, token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token of this provider, for us, for this log-in, still good."""
        known = self._keys is not None
        try:
            return self._read(token, nonce, self._keys or await self._fetch_keys())
        except JoseError as error:
            if not known:
                raise _refused(f"ID token: {error}") from None
        try:
            # Signed with a key that was not there when we last looked.
            return self._read(token, nonce, await self._fetch_keys())
        except JoseError as error:
            raise _refused(f"ID token: {error}") from None

    def _read(self, token: str, nonce: str, keys: KeySet) -> dict[str, Any]:
        try:
            claims = dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
        except ValueError as error:
            raise _refused(f"ID token: {error}") from None
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
        audience = claims["aud"]
        if (isinstance(audience, list) and len(audience) > 1 and "azp" not in claims) or (
            claims.get("azp", self.client) != self.client
        ):
            raise _refused("ID token: issued for somebody else")
        return claims

    async def _fetch_keys(self) -> KeySet:
        said = await self._ask("GET", await self._endpoint("jwks_uri"))
        keys = []
        for one in said.get("keys", []):
            try:
                keys.append(JWKRegistry.import_key(one))
            except (JoseError, ValueError, KeyError, TypeError):
                continue  # of a kind that we don't know, so nothing that we read is signed with it
        self._keys = KeySet(keys)
        return self._keys

    async def _endpoint(self, name: str) -> str:
        address = (await self._metadata()).get(name)
        if not isinstance(address, str):
            raise _refused(f"it names no {name}", "sign-on-unreachable")
        return address

    async def _metadata(self) -> dict[str, Any]:
        if time.monotonic() - self._said_at > KNOWN_SECONDS:
            said = await self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if said.get("issuer") != self.issuer:
                raise _refused(f"it calls itself {said.get('issuer')!r}, not {self.issuer!r}", "sign-on-unreachable")
            self._said, self._said_at = said, time.monotonic()
        return self._said

    async def _ask(self, method: str, address: str, **how: Any) -> dict[str, Any]:
        """A JSON object from the provider. Raises Refused."""
        self._http = self._http or ClientSession(timeout=TIMEOUT)
        headers = {"Accept": "application/json", **how.pop("headers", {})}
        try:
            async with self._http.request(method, address, headers=headers, allow_redirects=False, **how) as answer:
                body = await answer.content.read(LONGEST)
                while len(body) < LONGEST and (more := await answer.content.read(LONGEST - len(body))):
                    body += more
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise _refused(f"{address}: {error!r}", "sign-on-unreachable") from None
        if answer.status != 200:
            code = "sign-on-wrong" if answer.status == 400 else "sign-on-unreachable"
            raise _refused(f"{address} answers {answer.status}: {body[:300]!r}", code)
        try:
            said = json.loads(body)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            raise _refused(f"{address} answers with what is no JSON object", "sign-on-unreachable")
        return said


def _with_query(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _refused(why: str, code: str = "sign-on-wrong") -> Refused:
    """Whoever logs in is told what to do; what was wrong is for the operator."""
    log.warning("single sign-on: %s", why)
    return Refused(code)
