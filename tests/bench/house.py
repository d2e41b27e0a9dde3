"""Measures the curators' pages on the server: `python tests/bench/house.py [SCENES]` (46,800 unless told: a hundred reference museums).

Makes a museum of that many scenes, with five times as many images and half as many artifacts as images, and all that curators leave
behind (`house_records.py`), in a SQLite file of its own or in the database that MUSEUM_DATABASE_URL names, and asks for every list and form
in turn as an administrator, through the whole application. The clock is the server's and the client's together, so is the
processor's time, which tells more where other work goes on beside it. `--opened HALL` opens that hall in the end with all its drafts and
closes it again, while somebody else saves: its museum is another one then.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select, text

from museum.assets.store import open_store
from museum.curation import people
from museum.curation.audit import CONSOLE
from museum.curation.changes import changing
from museum.curation.models import Revision
from museum.database import Database
from museum.database.migrate import migrate
from museum.scenes.models import Scene
from museum.settings import Settings
from museum.web.admin import kinds
from museum.web.application import build_application
from tests.bench.house_records import fill_house
from tests.bench.tour import fill

PASSWORD = "lantern under snow"
TIMES = 7
LIMIT_MS = 150
SOUGHT = ("天海", "瓷", "777", "天海 12", "nothing like this")
"""Two characters, one, digits, several words, and what no title holds."""
VISITED = ("/", "/venues", "/tours", "/exhibitions", "/places", "/activities", "/collection", "/api/v1/museum")
PAGES = (
    *(
        "/admin/",
        "/admin/museum",
        "/admin/account",
        "/admin/sessions",
        "/admin/people",
        "/admin/reviews",
        "/admin/deleted",
    ),
    *(
        "/admin/jobs",
        "/admin/jobs.json",
        "/admin/batches",
        f"/admin/batches/{7:032x}",
        f"/admin/batches/{7:032x}/status.json",
    ),
    *("/admin/venues", "/admin/venues/hall-1", "/admin/venues/hall-1?page=100", "/admin/venues/hall-1/scenes/new"),
    *("/admin/venues/hall-1/upload", "/admin/venues/hall-1/neighbours"),
    *("/admin/venues/hall-1/open", "/admin/venues/hall-4/open"),
    *("/admin/scenes/scene-777", "/admin/scenes/scene-777/draft.json", "/admin/scenes/scene-777/tour.json"),
    *("/admin/scenes/scene-777/delete", "/admin/scenes/scene-777/history", "/admin/scenes/scene-777/compare?b={scene}"),
    *(
        "/admin/images/image-777/review",
        "/admin/artifacts/artifact-777/review",
        "/admin/exhibitions/exhibition-7/review",
    ),
    *("/admin/places/place-7/review", "/admin/activities/activity-7/review"),
    *("/admin/exhibitions/exhibition-7/exhibits", "/admin/artifacts/artifact-777/photographs"),
    *(f"/admin/records/{plural}/new" for plural in ("artifacts", "places", "exhibitions")),
    *("/admin/artifacts/artifact-777/history", "/admin/artifacts/artifact-777/history?page=5"),
    "/admin/artifacts/artifact-777/compare?b={artifact}",
    *("/admin/tours", "/admin/tours/tour-7", "/admin/models", "/admin/models/model-7"),
    *(f"/admin/records/{plural}" for plural in kinds.KINDS),
    *(
        "/admin/hotspots",
        "/admin/hotspots?kind=text&venue=hall-1",
        "/admin/hotspots?wanting=unplaced",
        "/admin/hotspots?wanting=hidden",
    ),
    *(f"/admin/hotspots?q={quote(words)}" for words in SOUGHT),
    *(
        f"/admin/hotspots?q={quote(words)}&{others}"
        for words in SOUGHT[:3]
        for others in ("venue=hall-1", "kind=image", "wanting=hidden", "wanting=waiting", "wanting=hidden&venue=hall-1")
    ),
    "/admin/hotspots?venue=hall-1&page=500",
    "/admin/hotspots?wanting=waiting",
    *("/admin/records/images?state=draft", "/admin/records/images?page=4000", "/admin/records/artifacts?state=review"),
    "/admin/records/scenes?venue=hall-1&state=published",
    *(f"/admin/records/images?q={quote(words)}" for words in SOUGHT),
    *(f"/admin/records/images?state=draft&q={quote(words)}" for words in SOUGHT[:2]),
    *(f"/admin/records/artifacts?q={quote(words)}" for words in ("A777", "瓷", "清代", "瓷 清")),
    f"/admin/records/images?q={quote('瓷')}&page=1000",
    f"/admin/records/scenes?state=review&q={quote('瓷')}",
    *(f"/admin/records/scenes?venue=hall-1&q={quote(words)}" for words in ("天海", "777")),
    *(
        f"/admin/choices.json?kind={kind}&q={quote('天海')}"
        for kind in ("scene", "image", "artifact", "model", "exhibition")
    ),
    "/admin/choices.json?kind=scene&near=scene-777",
    f"/admin/choices.json?kind=image&q={quote('瓷')}",
    *("/admin/languages", "/admin/languages?state=published", "/admin/languages?venue=hall-1"),
    *("/admin/languages/image/alt/en", "/admin/languages/image/title/zh-Hant?state=published"),
    *("/admin/languages/scene/description/en?venue=hall-1", "/admin/languages/image/alt/en?page=1000"),
    *("/admin/languages/hotspot/title/en", "/admin/languages/hotspot/title/en?page=400"),
    *("/admin/languages/hotspot/description/en?venue=hall-1", "/admin/languages/hotspot/title/zh-Hant?state=published"),
    *("/admin/languages/link/title/en", "/admin/scenes/scene-777/translate/en", "/admin/tours/tour-7/translate/en"),
    *("/admin/audit", "/admin/audit?page=4000", "/admin/audit?person=Curator+7", "/admin/audit?person=nobody"),
    *("/admin/audit?action=withdrawn", "/admin/audit?record=scene/scene-777", "/admin/audit?record=scene-777"),
    *("/admin/audit?record=nothing-like-this", "/admin/audit?since=2024-06-01&until=2024-06-02"),
    "/admin/audit?record=image&since=2024-06-01&until=2024-06-02",
    "/admin/audit?person=Curator+7&action=withdrawn",
    *VISITED,
    "/venues/hall-1",
    "/venues/hall-1?page=20",
    "/scenes/scene-777",
    *(f"/search?q={quote(words)}" for words in (*SOUGHT, "青花瓷瓶")),
    *(f"/api/v1/images?q={quote(words)}" for words in SOUGHT),
)
"""With the number of a revision of scene-777 and of artifact-777. The last few are the visitors'."""


async def measure(client: TestClient, path: str) -> tuple[int, float, float]:  # type: ignore[type-arg]
    """The answer's status and the medians of its times in milliseconds by the clock and by the processor, the first left out."""
    taken: list[tuple[float, float]] = []
    status = 0
    for _ in range(TIMES + 1):
        began, worked = time.perf_counter(), time.process_time()
        async with client.get(path, allow_redirects=False) as answer:
            await answer.read()
            status = answer.status
        taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
    clock, processor = (statistics.median(times) for times in zip(*taken[1:], strict=True))
    return status, clock, processor


async def save_meanwhile(database: Database, over: asyncio.Event) -> float:
    """Saves another scene again and again until something is over; the longest that one of these took, in seconds."""
    longest = 0.0
    while not over.is_set():
        began = time.perf_counter()
        async with changing(database, CONSOLE) as session:
            scene = await session.scalar(select(Scene).where(Scene.slug == "scene-777").with_for_update())
            assert scene is not None
            scene.north = (scene.north + 1) % 360
        longest = max(longest, time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return longest


async def press(client: TestClient, database: Database, what: str, address: str, form: dict[str, str]) -> None:  # type: ignore[type-arg]
    """Sends a form and says how long that took, and how long somebody else who saved meanwhile had to wait."""
    over = asyncio.Event()
    other = asyncio.create_task(save_meanwhile(database, over))
    await asyncio.sleep(0.2)
    began, worked = time.perf_counter(), time.process_time()
    async with client.post(address, data=form, allow_redirects=False) as answer:
        clock, processor = time.perf_counter() - began, time.process_time() - worked
    over.set()
    print(f"{what}: {answer.status}, {clock:.1f} s, processor {processor:.1f} s, others waited {await other:.2f} s")


async def open_hall(client: TestClient, database: Database, hall: str) -> None:  # type: ignore[type-arg]
    """Opens a hall with all that is fine in it, and takes that back."""
    async with client.get(f"/admin/venues/{hall}/open") as answer:
        rows = (await answer.text()).split("<li")
    ticked = [
        re.search(r'name="((?:take|rest):[^"]+)" value="(\w+)" checked', row) for row in rows if "<strong>" not in row
    ]
    form = {one[1]: one[2] for one in ticked if one}
    await press(client, database, f"{hall} opened", f"/admin/venues/{hall}/open", form)
    async with client.get(f"/admin/venues/{hall}") as answer:
        undo = re.findall(r'action="(/admin/acts/\w+/undo)"', await answer.text())
    await press(client, database, f"{hall} closed again", undo[0], {"back": "/admin/"})


async def name(database: Database, path: str) -> str:
    """The address with the numbers of the latest revisions that it asks for."""
    for kind in ("scene", "artifact"):
        if f"{{{kind}}}" in path:
            async with database.read() as session:
                query = select(func.max(Revision.id)).where(Revision.kind == kind, Revision.slug == f"{kind}-777")
                path = path.replace(f"{{{kind}}}", str(await session.scalar(query)))
    return path


async def run(scenes: int, folder: Path, only: str, opened: str) -> None:
    settings = Settings(data=folder, port=0, database_url=os.environ.get("MUSEUM_DATABASE_URL", ""))
    database = Database(settings.resolved_database_url)
    if not (folder / "filled").exists():
        began = time.perf_counter()
        await migrate(database.engine)
        await fill(database, scenes)
        await fill_house(database, scenes)
        await people.add_person(database, "head", PASSWORD, role="administrator")
        if not database.is_sqlite:
            # As PostgreSQL does by itself some minutes after so much has come; a server has SQLite do it as it starts.
            async with database.write() as session:
                await session.execute(text("ANALYZE"))
        (folder / "filled").touch()
        print(f"{scenes} scenes made in {time.perf_counter() - began:.0f} s", flush=True)
    server = TestServer(build_application(settings, database, open_store(settings.resolved_store_url)))
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        await client.post("/admin/login", data={"name": "head", "password": PASSWORD})
        over = 0
        for path in [await name(database, path) for path in PAGES if only in path]:
            status, clock, processor = await measure(client, path)
            over += clock > LIMIT_MS or status != 200
            mark = " !" if clock > LIMIT_MS else ""
            print(f"{path:60} {status} {clock:8.1f} ms{mark:2} processor {processor:8.1f} ms", flush=True)
        print(f"{len(PAGES)} pages, {over} over {LIMIT_MS} ms")
        if opened:
            await open_hall(client, database, opened)
    await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", nargs="?", type=int, default=46_800)
    parser.add_argument("--keep", type=Path, help="folder in which the museum is kept for the next time")
    parser.add_argument("--only", default="", help="only the addresses that hold this")
    parser.add_argument("--opened", default="", help="a hall to open at the end, with all its drafts")
    options = parser.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        asyncio.run(run(options.scenes, options.keep, options.only, options.opened))
        return
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        asyncio.run(run(options.scenes, Path(folder), options.only, options.opened))


if __name__ == "__main__":
    main()
