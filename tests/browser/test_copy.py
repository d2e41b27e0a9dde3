"""A copy of the museum in a folder below a plain web server: a scene opens, one walks on, a picture opens and zooms."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from museum.assets.store_local import LocalStore
from museum.curation import drafting, placing
from museum.settings import Settings
from museum.web.application import build_application
from museum.web.copying.copier import Copier
from tests.browser.viewing import TOUR, eventually, open_scene, until, wait_for_scene
from tests.unit.scenes.moving.test_round_trip import build, museum

pytestmark = pytest.mark.browser


async def copy(folder: Path) -> None:
    async with museum(folder / "museum") as (database, _):
        store = LocalStore(folder / "museum" / "store")
        await build(database, store, folder / "work")
        async with database.write() as session:
            one = await drafting.load_scene(session, "one")
            await placing.add_hotspot(session, one, kind="image", target="photo", yaw=0, pitch=0)
        app = build_application(Settings(data=folder / "museum"), database, store)
        await Copier(app, folder / "stick" / "museum").run()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("copy")
    asyncio.run(copy(folder))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    with subprocess.Popen(
        command, cwd=folder / "stick", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        address = f"http://127.0.0.1:{port}/museum/"
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(address)
                break
            time.sleep(0.05)
        yield address
        process.terminate()


def test_a_visit_without_a_server_of_ours(site: str, page: Any) -> None:
    asked: list[str] = []
    lost: list[str] = []
    page.on("response", lambda answer: (lost if answer.status >= 400 else asked).append(answer.url))
    open_scene(page, f"{site}scenes/one/index.html")
    # Through the door that the first scene has.
    page.evaluate(f"{TOUR}.turnTo({{yaw: 10, pitch: -5, fov: 75}}, 0)")
    until(page, f"!{TOUR}.moving")
    page.locator("museum-tour [data-link]").first.click()
    wait_for_scene(page, "two")
    assert page.evaluate("location.href").startswith(f"{site}scenes/two/index.html")
    page.locator("[data-language=en]").first.click()
    until(page, "location.pathname.startsWith('/museum/en/scenes/two/')")
    open_scene(page, f"{site}en/scenes/one/index.html")
    # A picture opens out of the scene, and zooms there.
    page.locator("museum-tour [data-hotspot]").first.evaluate("button => button.click()")
    exhibit = f"{TOUR}.renderRoot.querySelector('museum-exhibit')"
    until(page, f"!!{exhibit}.renderRoot.querySelector('museum-zoom')?.region", 15)
    eventually(page, lambda: any("/iiif/3/photo/" in one and one.endswith("/default.jpg") for one in asked), 15)
    assert f"{site}en/api/v1/images/photo.json" in asked
    asked.clear()
    page.goto(f"{site}en/index.html")
    assert page.locator("form[role=search]").count() == 0
    page.goto(f"{site}en/images/photo/index.html")
    until(page, "!!document.querySelector('museum-zoom')?.region", 15)
    eventually(page, lambda: any("/iiif/3/photo/" in one and one.endswith("/default.jpg") for one in asked), 15)
    assert lost == []
