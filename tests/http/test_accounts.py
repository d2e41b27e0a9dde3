"""Accounts: invitations, passwords that are known, second factors, and log-ins that strangers can't hinder."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from typing import Any

import pyotp
import pytest
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient
from sqlalchemy import select, update

from museum.curation import people, sessions, throttle
from museum.curation.account_models import Invitation, SecondFactor
from museum.curation.errors import Refused
from museum.database.base import now
from tests.http.conftest import PASSWORD, LogIn, Museum

JSON = {"Accept": "application/json"}


@pytest.fixture
async def stranger(museum: Museum) -> AsyncIterator[Any]:
    async with TestClient(museum.client.server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield client


async def try_in(client: Any, name: str, password: str = PASSWORD) -> Any:
    return await client.post("/admin/login", data={"name": name, "password": password}, allow_redirects=False)


async def test_an_invitation_makes_one_account(museum: Museum, log_in: LogIn, stranger: Any) -> None:
    administrator, curator = await log_in("administrator"), await log_in("curator")
    address = "/admin/people/invitations"
    assert (await curator.post(address, data={"role": "administrator"}, headers=JSON)).status == 403
    assert (await administrator.post(address, data={"role": "queen"}, headers=JSON)).status == 422
    page = await (await administrator.post(address, data={"role": "editor", "note": "Tao"})).text()
    link = re.findall(r'value="https?://[^/]+(/admin/invitation/[\w-]+)"', page)[0]
    assert "Tao" in page
    assert "/admin/invitation/" not in await (await administrator.get("/admin/people")).text(), "it is shown once"
    assert (await stranger.get(link)).status == 200
    form = {"name": "tao", "display_name": "陶", "password": "password1234"}
    refused = await stranger.post(link, data=form)
    assert refused.status == 422
    assert 'value="tao"' in await refused.text(), "what she typed is still there"
    done = await stranger.post(link, data={**form, "password": "four rivers meet here"}, allow_redirects=False)
    assert done.status == 303
    assert (await stranger.get("/admin/")).status == 200, "she is in"
    async with museum.database.read() as session:
        tao = next(one for one in await people.list_people(session) if one.name == "tao")
    assert (tao.role, tao.display_name) == ("editor", "陶")
    for client in (stranger, museum.client):
        assert (await client.get(link)).status == 404, "it works once"
    await administrator.post(address, data={"role": "guest"})
    async with museum.database.read() as session:
        number = await session.scalar(select(Invitation.id))
    assert (await administrator.post(f"{address}/{number}/end", headers=JSON)).status == 200
    page = await (await administrator.post(address, data={"role": "guest"})).text()
    late = re.findall(r'value="https?://[^/]+(/admin/invitation/[\w-]+)"', page)[0]
    async with museum.database.write() as session:
        await session.execute(update(Invitation).values(expires_at=now()))
    assert (await stranger.get(late)).status == 404, "over"


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        ("short", False),
        ("password1234", False),
        ("passwordpassword", False),
        ("111111111111", False),
        ("qwertyuiop12", False),
        ("lantern under snow", True),
        ("一盏灯笼照亮旧城的雪夜", False),
        ("一盏灯笼照亮旧城的大雪夜晚", True),
    ],
)
def test_passwords_by_length_and_by_what_is_known(password: str, fits: bool) -> None:
    if fits:
        people.check_password("mei", password)
    else:
        with pytest.raises(Refused):
            people.check_password("mei", password)


async def test_a_second_factor_is_asked_for_and_each_code_works_once(
    museum: Museum, log_in: LogIn, stranger: Any
) -> None:
    curator = await log_in("curator")
    page = await (await curator.get("/admin/account")).text()
    assert "<svg" in page
    secret = re.findall(r'name="secret" value="([A-Z2-7]+)"', page)[0]
    totp = pyotp.TOTP(secret)
    form = {"secret": secret, "code": totp.now(), "password": "wrong wrong wrong"}
    assert (await curator.post("/admin/account/second", data=form)).status == 422
    form["password"], form["code"] = PASSWORD, "000000"
    again = await curator.post("/admin/account/second", data=form)
    assert again.status == 422
    assert secret in await again.text(), "what she scanned still holds"
    used = totp.now()
    begun = await curator.post("/admin/account/second", data={**form, "code": used})
    assert begun.status == 200
    codes = re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", await begun.text())
    assert len(codes) == 10

    async def half() -> str:
        answer = await try_in(stranger, "curator")
        assert answer.status == 200
        assert (await stranger.get("/admin/", allow_redirects=False)).status == 303, "half a log-in is none"
        return re.findall(r'name="half" value="([^"]+)"', await answer.text())[0]

    async def second(value: str, code: str) -> int:
        answer = await stranger.post("/admin/login/second", data={"half": value, "code": code}, allow_redirects=False)
        return answer.status

    token = await half()
    assert await second(token, "123456") == 401
    assert await second(token, used) == 401, "the code that began it is used"
    async with museum.database.write() as session:
        await session.execute(update(SecondFactor).values(step=int(time.time()) // 30 - 5))
    forged = await stranger.post("/admin/login/second", data={"half": token[:-3] + "AAA", "code": totp.now()})
    assert forged.url.path == "/admin/login"
    assert await second(token, totp.now()) == 303
    assert (await stranger.get("/admin/")).status == 200
    await stranger.post("/admin/logout")
    assert await second(await half(), codes[0].upper()) == 303, "a recovery code will do"
    await stranger.post("/admin/logout")
    assert await second(await half(), codes[0]) == 401, "once"
    administrator = await log_in("administrator")
    async with museum.database.read() as session:
        person = next(one for one in await people.list_people(session) if one.name == "curator")
    ended = await administrator.post(f"/admin/people/{person.id}/second/end", headers=JSON)
    assert ended.status == 200
    stranger.session.cookie_jar.clear()
    await throttle.forgive(museum.database, "curator", "127.0.0.1")
    assert (await try_in(stranger, "curator")).status == 303


async def test_whoever_hammers_shuts_nobody_out_of_her_own_browser(
    museum: Museum, log_in: LogIn, stranger: Any
) -> None:
    """All of them come from one address, as behind a museum's router."""
    curator = await log_in("curator")
    await curator.post("/admin/logout")
    for _ in range(throttle.FREE_TRIES["account"]):
        assert (await try_in(stranger, "curator", "wrong wrong wrong")).status == 401
    assert (await try_in(stranger, "curator")).status == 429, "from a strange browser she has to wait"
    assert (await try_in(curator, "curator")).status == 303, "from her own she gets in"
    await curator.post("/admin/logout")
    for _ in range(throttle.FREE_TRIES["browser"]):
        assert (await try_in(curator, "curator", "wrong wrong wrong")).status == 401
    assert (await try_in(curator, "curator")).status == 429, "nor may her browser try for ever"
    known = {cookie.key: cookie.value for cookie in curator.session.cookie_jar}["museum_browser"]
    await people.add_person(museum.database, "tao", PASSWORD, role="curator")
    stranger.session.cookie_jar.update_cookies({"museum_browser": known}, museum.client.make_url("/admin/"))
    for _ in range(throttle.FREE_TRIES["account"]):
        assert (await try_in(stranger, "tao", "wrong wrong wrong")).status == 401
    assert (await try_in(stranger, "tao")).status == 429, "a browser is known for those who have logged in there"


async def test_a_new_password_ends_all_other_sessions(museum: Museum, log_in: LogIn, stranger: Any) -> None:
    curator = await log_in("curator")
    assert (await try_in(stranger, "curator")).status == 303
    address = "/admin/account/password"
    for form in (
        {"password": "wrong wrong", "new": "four rivers meet here"},
        {"password": PASSWORD, "new": "password1234"},
    ):
        assert (await curator.post(address, data=form)).status == 422
    done = await curator.post(address, data={"password": PASSWORD, "new": "four rivers meet here"})
    assert done.status == 200
    assert (await stranger.get("/admin/", allow_redirects=False)).status == 303
    assert (await curator.get("/admin/", allow_redirects=False)).status == 200


async def test_log_ins_come_a_page_at_a_time(museum: Museum, log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "PAGE", 2)
    head = await log_in("administrator")
    for role in ("curator", "editor"):
        await log_in(role)
    handles: set[str] = set()
    for page, shown in ((1, 2), (2, 1)):
        text = await (await head.get(f"/admin/sessions?page={page}")).text()
        found = set(re.findall(r"/admin/sessions/(\w+)/revoke", text))
        assert len(found) == shown
        assert ('rel="next"' in text) == (page == 1)
        handles |= found
    assert len(handles) == 3
