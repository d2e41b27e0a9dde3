"""Panorama viewers side by side: `python -m tests.bench.viewers PANORAMA --peers FOLDER [--rounds 3] [--slower 4] [--only ours,marzipano]`.

Needs chromium and nginx, and in FOLDER the peers: `npm install --prefix FOLDER @photo-sphere-viewer/core@5.15
@photo-sphere-viewer/cubemap-tiles-adapter@5.15 @photo-sphere-viewer/virtual-tour-plugin@5.15 marzipano@0.10.2 pannellum@2.5.7`.

Every viewer shows the same tiles of the same photograph in the same view, each in turn in a new browser with a window of 1920 × 1080 px,
over 1.6 Mbit/s with 150 ms, on a processor four times slower, or `--slower`. What is on the screen is filmed; `film.py` says what counts
as a picture.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from playwright.sync_api import Browser, sync_playwright

from tests.bench.viewers import film, museum, peers
from tests.bench.viewers.front import front
from tests.conftest import CHROMIUM_FLAGS
from tests.support import find_chromium

WINDOW = {"width": 1920, "height": 1080}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
QUIET = 3.5
"""Seconds without a new frame or a request after which a viewer is done."""
LONGEST = 60.0


class Result(NamedTuple):
    opening: film.Seen
    kilobytes: float
    """Over the line until the picture was sharp."""
    requests: int
    jump: film.Seen | None


def settle(page: Any, recorded: film.Film) -> None:
    """Wait until nothing new is seen or fetched."""
    begin = time.monotonic()
    known, since = (0, 0), begin
    while time.monotonic() - since < QUIET and time.monotonic() - begin < LONGEST:
        page.wait_for_timeout(100)
        now = (len(recorded.frames), len(recorded.ends))
        if now != known:
            known, since = now, time.monotonic()


def visit(browser: Browser, address: str, slower: float, save: Path | None) -> Result:
    context = browser.new_context(viewport=WINDOW, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    client = context.new_cdp_session(page)
    recorded = film.Film(client)
    recorded.begin()
    client.send("Network.emulateNetworkConditions", LINE)
    client.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    clock = _clock(client)
    page.goto(address, wait_until="commit")
    settle(page, recorded)
    began = page.evaluate("performance.timeOrigin") / 1000
    opening = film.judge(recorded.frames, began)
    until = began + opening.sharp + clock
    taken = [size for at, size in recorded.ends if at <= until]
    if save:
        page.screenshot(path=str(save))
    before = film.last_pixels(recorded.frames)
    recorded.frames.clear()
    jumped = page.evaluate(
        "(document.querySelector('museum-tour') ? document.querySelector('museum-tour').scene = 'second' : jump(), Date.now())"
    )
    settle(page, recorded)
    jump = film.judge(recorded.frames, jumped / 1000, before)
    context.close()
    return Result(opening, sum(taken) / 1000, len(taken), jump)


def _clock(client: Any) -> float:
    """What the browser's monotonic clock shows at second 0 of the epoch."""
    client.send("Performance.enable", {"timeDomain": "timeTicks"})
    metrics = {metric["name"]: metric["value"] for metric in client.send("Performance.getMetrics")["metrics"]}
    return metrics["Timestamp"] - time.time()


def report(results: dict[str, list[Result]]) -> None:
    print(
        f"{'':<32}{'anything':>10}{'picture':>10}{'sharp':>10}{'KB':>8}{'requests':>10}{'jump: any':>11}{'picture':>10}{'sharp':>10}"
    )
    for name, found in results.items():

        def middle(value: Any, of: list[Result] = found) -> float:
            return statistics.median(value(result) for result in of)

        print(
            f"{peers.NAMES[name]:<32}{middle(lambda r: r.opening.anything):>9.2f}s{middle(lambda r: r.opening.picture):>9.2f}s"
            f"{middle(lambda r: r.opening.sharp):>9.2f}s{middle(lambda r: r.kilobytes):>8.0f}{middle(lambda r: r.requests):>10.0f}"
            f"{middle(lambda r: r.jump.anything):>10.2f}s{middle(lambda r: r.jump.picture):>9.2f}s{middle(lambda r: r.jump.sharp):>9.2f}s"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("panorama", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--slower", type=float, default=4, help="how many times slower than this machine's the processor is to be"
    )
    parser.add_argument("--only", default=",".join(peers.VIEWERS))
    parser.add_argument("--keep", type=Path, help="a folder in which the museum is kept for the next run")
    parser.add_argument("--pictures", type=Path, help="a folder for what each viewer shows in the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = options.keep or Path(temporary) / "museum"
        settings, pyramids = museum.make(data, options.panorama)
        files = Path(temporary) / "files"
        peers.write(files, options.peers, pyramids)
        server = museum.serve(settings)
        results: dict[str, list[Result]] = {}
        try:
            with front(Path(temporary) / "nginx", server.url, files) as base, sync_playwright() as playwright:
                for _ in range(options.rounds):
                    for name in options.only.split(","):
                        httpx.get(peers.address(base, name))  # Servers that have just been started are nobody's.
                        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
                        picture = options.pictures and options.pictures / f"{name}.png"
                        results.setdefault(name, []).append(
                            visit(browser, peers.address(base, name), options.slower, picture)
                        )
                        print(name, results[name][-1], flush=True)
                        browser.close()
        finally:
            server.stop()
        report(results)


if __name__ == "__main__":
    main()
