"""A scene in the page of another site: it may stand there and looks where its address says; no other page may."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.browser.tour_site import direction_of
from tests.support import RunningServer

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site: its folder and address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield tmp_path, f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_scene_stands_in_another_site_s_page(museum: RunningServer, page: Any, elsewhere: tuple[Path, str]) -> None:
    folder, address = elsewhere
    html = museum.get("/oembed", params={"url": f"{museum.url}/scenes/lobby?yaw=-60&pitch=12&fov=50&lang=en"}).json()[
        "html"
    ]
    other = f'<iframe src="{museum.url}/scenes/lobby" width="300" height="200"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>A blog</title>{html}{other}")
    page.goto(f"{address}/index.html")
    frame = next(frame for frame in page.frames if "/embed/" in frame.url)
    frame.wait_for_function("() => document.querySelector('museum-tour')?.tour")
    frame.evaluate("() => document.querySelector('museum-tour').ready")
    view = frame.evaluate("() => document.querySelector('museum-tour').view")
    assert view == {"yaw": -60, "pitch": 12, "fov": 50}
    frame.wait_for_function("() => document.querySelector('a.home').search.includes('yaw=-60')")
    home = frame.locator("a.home")
    assert home.get_attribute("href") == "/scenes/lobby?yaw=-60&pitch=12&fov=50"
    assert home.inner_text() == "Museum by Night" and frame.evaluate("() => document.title") == "The lobby"
    # Links leave the frame: no other page of the museum would show in it.
    assert frame.evaluate("() => document.querySelector('base').target") == "_blank"
    shot = np.asarray(Image.open(io.BytesIO(frame.locator("museum-tour").screenshot())).convert("RGB"))
    middle = shot[shot.shape[0] // 2 - 4 : shot.shape[0] // 2 + 4, shot.shape[1] // 2 - 4 : shot.shape[1] // 2 + 4]
    yaw, pitch = direction_of(middle)
    assert abs(yaw + 60) < 2 and abs(pitch - 12) < 2
    (refused,) = [one.url for one in page.frames if one is not page.main_frame and "/embed/" not in one.url]
    assert refused.startswith("chrome-error:"), "a page that is not made for it stands in a foreign frame"


def test_on_a_phone_the_frame_keeps_its_shape(museum: RunningServer, page: Any, elsewhere: tuple[Path, str]) -> None:
    folder, address = elsewhere
    html = museum.get("/oembed", params={"url": f"{museum.url}/scenes/lobby"}).json()["html"]
    head = '<!doctype html><meta charset=utf-8><meta name="viewport" content="width=device-width">'
    (folder / "index.html").write_text(f"{head}<title>A blog</title>{html}")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/index.html")
    box = page.locator("iframe").bounding_box()
    assert box["width"] <= 390 and abs(box["width"] / box["height"] - 16 / 9) < 0.02
