"""Mirador and Universal Viewer, from an origin of their own, open our manifests and ask for our tiles."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Picture
from sqlalchemy import select

from museum.assets.ingest.image import make_image
from museum.assets.models import Asset
from museum.assets.store import open_store
from museum.collection.models import Image
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.conformance.clients import MIRADOR, UNIVERSAL_VIEWER, folder
from tests.http.conftest import keep_derivatives
from tests.pages_sample import Sample
from tests.support import RunningServer, start_server

pytestmark = pytest.mark.browser

PATIENCE = 240_000
"""Milliseconds after which something will not happen any more."""
PICTURES = ("vase-front", "wall-map")
MIRADOR_PAGE = """<!doctype html><meta charset="utf-8"><title>Mirador</title><div id="here" style="position: absolute; inset: 0"></div>
<script src="dist/mirador.min.js"></script><script>
const wanted = new URLSearchParams(location.search);
window.mirador = Mirador.viewer({id: "here", language: wanted.get("lang"), windows: [{manifestId: wanted.get("manifest")}]});
</script>"""


class Files(SimpleHTTPRequestHandler):
    """A folder's files, quietly."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serve(here: Path) -> Iterator[str]:
    """A server of the files in `here`, on a port and so an origin of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(here)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def mirador(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with Mirador, which opens `?manifest=`."""
    site = tmp_path_factory.mktemp("mirador")
    (site / "dist").symlink_to(folder(MIRADOR) / "dist")
    (site / "index.html").write_text(MIRADOR_PAGE)
    with serve(site) as origin:
        yield f"{origin}/index.html"


@pytest.fixture(scope="module")
def universal_viewer() -> Iterator[str]:
    """Universal Viewer's own page, which opens `#?manifest=`."""
    with serve(folder(UNIVERSAL_VIEWER) / "dist") as origin:
        yield f"{origin}/uv.html"


async def _fill(settings: Settings) -> None:
    """The sample museum, its two pictures with real pyramids."""
    database = Database(settings.resolved_database_url)
    await migrate(database.engine)
    work = settings.data / "sample"
    work.mkdir()
    store = open_store(settings.resolved_store_url)
    await Sample(database, store, work).fill()
    Picture.effect_mandelbrot((3000, 2250), (-2, -1.2, 1, 1.2), 40).convert("RGB").save(work / "original.jpg")
    info = make_image(str(work / "original.jpg"), str(work))
    async with database.write() as session:
        found = await session.scalars(select(Asset).join(Image).where(Image.slug.in_(PICTURES)))
        for asset in found.all():
            await keep_derivatives(session, store, asset, work, info)
    await database.close()


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    settings = Settings(data=tmp_path_factory.mktemp("museum"), port=0, workers=0, min_free_bytes=0)
    # Playwright's synchronous interface keeps a loop of its own in this thread.
    thread = threading.Thread(target=lambda: asyncio.run(_fill(settings)))
    thread.start()
    thread.join()
    running = start_server(settings)
    yield running
    running.stop()


@pytest.fixture
def tab(chromium: Any) -> Iterator[Any]:
    """A page in a profile of its own. What other people's viewers write into their console is theirs."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


def wait_for_lines(museum: RunningServer, pattern: str, page: Any, count: int = 1) -> list[str]:
    """Lines of our access log that match, once there are `count` different ones."""
    until = time.monotonic() + PATIENCE / 1000
    while True:
        found = {line[0] for line in (re.search(pattern, line) for line in list(museum.output)) if line}
        if len(found) >= count:
            return sorted(found)
        if time.monotonic() > until:
            raise AssertionError(f"{len(found)} of {count} lines like {pattern}:\n" + "".join(museum.output[-60:]))
        page.wait_for_timeout(100)


def tile_of(slug: str) -> str:
    """The line of our access log that tells of a tile, not of the whole picture made small."""
    return rf"GET /iiif/[23]/{slug}/\d+,\d+,\d+,\d+/\d+,\d*/0/default\.jpg 200"


def nothing_failed(museum: RunningServer) -> None:
    assert [line for line in museum.output if re.search(r"(GET|OPTIONS) /(iiif|files|models)/\S* [45]\d\d", line)] == []


def test_mirador_opens_an_artifact_in_the_readers_language(museum: RunningServer, mirador: str, tab: Any) -> None:
    manifest = f"{museum.url}/iiif/presentation/3/artifacts/vase/manifest"
    tab.goto(f"{mirador}?manifest={manifest}&lang=en")
    tab.get_by_text("Blue-and-white vase with lotus scrolls").first.wait_for(timeout=PATIENCE)
    wait_for_lines(museum, tile_of("vase-front"), tab, 4)
    nothing_failed(museum)


def test_universal_viewer_opens_an_exhibition(museum: RunningServer, universal_viewer: str, tab: Any) -> None:
    manifest = f"{museum.url}/iiif/presentation/3/exhibitions/show-0/manifest"
    tab.goto(f"{universal_viewer}#?manifest={manifest}&cv=1")
    tab.get_by_text("Between River and Sea 0").first.wait_for(timeout=PATIENCE)
    wait_for_lines(museum, tile_of("wall-map"), tab, 4)
    nothing_failed(museum)


def test_universal_viewer_opens_a_detail_that_we_share(museum: RunningServer, universal_viewer: str, tab: Any) -> None:
    state = museum.get("/iiif/content-state/images/wall-map?region=2100,1600,300,200&form=encoded").text
    tab.goto(f"{universal_viewer}#?iiif-content={state}")
    # A tile of the full resolution, which only a close look at that corner needs.
    wait_for_lines(museum, r"GET /iiif/[23]/wall-map/2048,1536,512,512/512,512/0/default\.jpg 200", tab)
    nothing_failed(museum)
