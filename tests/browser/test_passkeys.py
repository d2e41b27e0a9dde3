"""Passkeys in a real browser with virtual authenticators: made, named, used with and without a button, lost and removed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from museum.curation import people
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.browser.axe import violations
from tests.browser.test_curator_first_scene import PASSWORD, shoot
from tests.support import RunningServer, start_server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


async def _fill(settings: Settings) -> None:
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    for name, role in (("Mei", "curator"), ("Head", "administrator")):
        await people.add_person(database, name, PASSWORD, role=role)
    await database.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """An empty museum under a name: passkeys are bound to one, and an address is none."""
    settings = Settings(data=tmp_path_factory.mktemp("museum") / "museum", port=0, workers=0)
    settings.data.mkdir()
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    running.url = running.url.replace("127.0.0.1", "localhost")
    yield running
    running.stop()


class Authenticators:
    """Authenticators of one page, by DevTools."""

    def __init__(self, page: Any) -> None:
        self.devtools = page.context.new_cdp_session(page)
        self.devtools.send("WebAuthn.enable")

    def add(self, transport: str, *, touched: bool = True) -> str:
        options = {
            "protocol": "ctap2",
            "transport": transport,
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": touched,
        }
        return str(self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])

    def credentials(self, authenticator: str) -> list[dict[str, Any]]:
        return list(self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"])

    def set(self, what: str, authenticator: str, value: bool) -> None:
        name = {"AutomaticPresenceSimulation": "enabled", "UserVerified": "isUserVerified"}[what]
        self.devtools.send(f"WebAuthn.set{what}", {"authenticatorId": authenticator, name: value})

    def remove(self, authenticator: str) -> None:
        self.devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": authenticator})


def make(page: Any, name: str, password: str = PASSWORD) -> None:
    form = "[data-passkey-new]"
    page.fill(f"{form} input[name=name]", name)
    page.fill(f"{form} input[name=password]", password)
    page.click(f"{form} button")


def log_out(page: Any) -> None:
    page.click(".admin-who form button")
    page.wait_for_url("**/admin/login")


def test_passkeys_from_the_first_to_the_lost(site: RunningServer, chromium: Any) -> None:
    context = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    keys = Authenticators(page)
    page.goto(f"{site.url}/admin/account")
    page.fill("input[name=name]", "mei")
    page.fill(".login form:first-of-type input[name=password]", PASSWORD)
    page.click(".login button.primary")
    page.wait_for_url("**/admin/account")
    laptop = keys.add("internal")

    make(page, "Laptop", "wrong wrong wrong")
    page.wait_for_selector("[data-passkey-new] .problem:has-text('not your present password')")
    make(page, "Laptop")
    page.wait_for_selector("#passkeys li input[value=Laptop]")
    assert len(keys.credentials(laptop)) == 1
    make(page, "Laptop once more")
    page.wait_for_selector("[data-passkey-new] .problem:has-text('this device has one already')")
    keys.set("AutomaticPresenceSimulation", laptop, False)
    stick = keys.add("usb")
    make(page, "")
    page.wait_for_selector("#passkeys li:nth-of-type(2)")
    page.fill("#passkeys li:nth-of-type(2) input[name=name]", "Key on the ring")
    page.click("#passkeys li:nth-of-type(2) button:has-text('Rename')")
    page.wait_for_selector("#passkeys li input[value='Key on the ring']")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not violations(page)
        shoot(page, f"account-passkeys-{width}")
    page.set_viewport_size({"width": 1440, "height": 900})

    # By the button, with the stick.
    keys.set("AutomaticPresenceSimulation", stick, False)
    log_out(page)
    assert not violations(page)
    shoot(page, "login-passkey")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.url.endswith("/passkey") else None)
    keys.set("AutomaticPresenceSimulation", stick, True)
    page.click("[data-passkey-login] button")
    page.wait_for_url("**/admin/")
    page.goto(f"{site.url}/admin/sessions")
    assert "by passkey" in page.inner_text("li:has(.state.published)")
    page.goto(f"{site.url}/admin/account")
    assert "last used" in page.inner_text("#passkeys li:nth-of-type(2)")
    answer = httpx.post(f"{site.url}/admin/login/passkey", data=dict(parse_qsl(sent[0])))
    assert answer.status_code == 401, "what was shown once opens nothing again"
    assert "从头再来" in answer.text

    # Without a button: the browser offers it where it fills in names.
    keys.remove(stick)
    keys.set("AutomaticPresenceSimulation", laptop, True)
    page.click(".admin-who form button")
    page.wait_for_url("**/admin/")

    # A phone in other hands: it does not know her, so it opens nothing.
    keys.set("AutomaticPresenceSimulation", laptop, False)
    log_out(page)
    keys.set("UserVerified", laptop, False)
    keys.set("AutomaticPresenceSimulation", laptop, True)
    page.click("[data-passkey-login] button")
    page.wait_for_selector("[data-passkey-login] .problem:has-text('No passkey was shown')")
    keys.set("UserVerified", laptop, True)

    # Lost: the console takes them all away, and the page says what to do.
    command = [sys.executable, "-m", "museum", "user", "unlock", "mei", "--data", str(site.settings.data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "passkeys removed: 2" in done.stdout
    page.click("[data-passkey-login] button")
    page.wait_for_selector(".problem:has-text('does not know that passkey')")
    context.close()
