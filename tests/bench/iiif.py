"""The image server beside its peers on one machine: `python -m tests.bench.iiif [--iipsrv PATH] [--rounds 3] [PICTURE]`.

Needs nginx, wrk and iipsrv (Debian: nginx, wrk, iipimage-server, libvips-tools). Serves the same tiles from our server, as files from
nginx, through nginx with our configuration, and from iipsrv behind nginx, each in turn, and prints medians of CPU time a request, which
hold on a shared machine, and their ratios. Then latencies at 200 connections, and of tiles with and without a crawler at work.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from museum.settings import Settings
from tests.bench.servers import IIPSRV, ask, children, cpu_seconds, find, iipsrv, plain_nginx, wrk
from tests.deploy.front import nginx
from tests.image_museum import make_image_museum, paint
from tests.support import RunningServer, start_server

SIZE = (6000, 4500)
TILE = 512
ROOT = Path(__file__).parents[2]


def tile_words(width: int, height: int) -> list[str]:
    """Every whole tile of the full size."""
    return [
        f"{x},{y},{TILE},{TILE}/{TILE},{TILE}/0/default.jpg"
        for y in range(0, height - TILE + 1, TILE)
        for x in range(0, width - TILE + 1, TILE)
    ]


def region_words(width: int, height: int, side: int, count: int, seed: int) -> list[str]:
    """Regions of `side` pixels anywhere, none on the grid of tiles, 512 pixels large when sent."""
    dice = random.Random(seed)
    words: set[str] = set()
    while len(words) < count:
        x, y = dice.randrange(width - side), dice.randrange(height - side)
        if x % TILE and y % TILE:
            words.add(f"{x},{y},{side},{side}/{TILE},{TILE}/0/default.jpg")
    return sorted(words, key=lambda _: dice.random())


class Bench:
    """Servers that run, and what was measured so far, by name: microseconds of CPU a request."""

    def __init__(self, folder: Path, rounds: int, seconds: float) -> None:
        self.folder = folder
        self.rounds = rounds
        self.seconds = seconds
        self.results: dict[str, list[float]] = {}

    def steady(
        self, name: str, base: str, paths: list[str], processes: Callable[[], list[int]], connections: int
    ) -> None:
        """Measure `paths` asked for over and over."""
        before = cpu_seconds(*processes())
        load = wrk(self.folder, base, paths, self.seconds, connections)
        self._note(name, (cpu_seconds(*processes()) - before) / load.requests, load.bad)

    def once(self, name: str, base: str, paths: list[str], processes: Callable[[], list[int]]) -> None:
        """Measure each of `paths` asked for once."""
        before = cpu_seconds(*processes())
        ask(base, paths)
        self._note(name, (cpu_seconds(*processes()) - before) / len(paths), 0)

    def _note(self, name: str, seconds: float, bad: int) -> None:
        if bad:
            raise SystemExit(f"{name}: {bad} requests failed")
        self.results.setdefault(name, []).append(seconds * 1e6)

    def report(self, first: str) -> None:
        """Print medians, and how they compare with the one named `first`."""
        base = statistics.median(self.results[first])
        for name, values in self.results.items():
            median = statistics.median(values)
            spread = f"{min(values):.0f}–{max(values):.0f}"
            print(f"  {name:<58} {median:8.1f} µs  {median / base:7.2f} ×   ({spread})")
        self.results.clear()


def start(settings: Settings, processes: int = 1) -> RunningServer:
    return start_server(settings, "serve", "--processes", str(processes))


def measure_cpu(bench: Bench, settings: Settings, slug: str, pyramid: Path, program: Path) -> None:
    """CPU time a request of tiles, regions and info.json."""
    width, height = SIZE_OF[slug]
    tiles = [f"/iiif/3/{slug}/{words}" for words in tile_words(width, height)]
    peer = bench.folder / "iip"
    peer.mkdir()
    subprocess.run(
        [
            *(find("vips", "libvips-tools"), "tiffsave", str(pyramid), str(peer / "p.tif"), "--pyramid", "--bigtiff"),
            *("--tile", "--tile-width", "512", "--tile-height", "512", "--compression", "jpeg", "--Q", "80"),
        ],
        check=True,
    )
    files = bench.folder / "files"
    files.mkdir()
    server = start(settings)
    ours = lambda: [server.process.pid]  # noqa: E731
    try:
        bodies = ask(server.url, tiles)
        for number, body in enumerate(bodies):
            (files / f"{number}.jpg").write_bytes(body)
        print(
            f"{len(tiles)} tiles of {width} × {height} px, {statistics.mean(map(len, bodies)) / 1024:.0f} KB on average"
        )
        plain = [f"/{number}.jpg" for number in range(len(bodies))]
        with (
            iipsrv(program, peer) as iip,
            plain_nginx(bench.folder / "plain", files, int((peer / "port").read_text())) as (plain_url, worker),
            nginx(bench.folder / "front", server.url) as (front_url, master),
            iipsrv(program, peer, 10) as small,
            plain_nginx(bench.folder / "small", files, int((peer / "port").read_text())) as (small_url, _),
        ):
            # Debian's package sets 10 MB.
            as_debian = (small_url, small)
            iip_tiles = [f"/iip/?IIIF=p.tif/{words}" for words in tile_words(width, height)]
            front_worker = lambda: [children(master)[0]]  # noqa: E731
            ask(front_url, tiles)
            for number in range(bench.rounds):
                bench.steady("ours: IIIF tiles", server.url, tiles, ours, 4)
                bench.steady("iipsrv: IIIF tiles, without its web server", plain_url, iip_tiles, lambda: [iip], 1)
                bench.steady("iipsrv: IIIF tiles, with its web server", plain_url, iip_tiles, lambda: [iip, worker], 1)
                bench.steady("nginx: the same bytes as files", plain_url, plain, lambda: [worker], 4)
                bench.steady(
                    "nginx with deploy/nginx.conf: our tiles from its cache", front_url, tiles, front_worker, 4
                )
                decoded = region_words(width, height, TILE, 200, number)
                bench.once(
                    "ours: unaligned regions, 512 px", server.url, [f"/iiif/3/{slug}/{w}" for w in decoded], ours
                )
                for megabytes, (other_url, other) in {64: (plain_url, iip), 10: as_debian}.items():
                    bench.once(
                        f"iipsrv: unaligned regions, 512 px, {megabytes} MB of decoded tiles",
                        other_url,
                        [f"/iip/?IIIF=p.tif/{w}" for w in decoded],
                        lambda other=other: [other],
                    )
                scaled = region_words(width, height, 1000, 200, number)
                bench.once(
                    "ours: unaligned regions, 1000 px to 512", server.url, [f"/iiif/3/{slug}/{w}" for w in scaled], ours
                )
                bench.once(
                    "iipsrv: unaligned regions, 1000 px to 512",
                    plain_url,
                    [f"/iip/?IIIF=p.tif/{w}" for w in scaled],
                    lambda: [iip],
                )
                bench.steady("ours: info.json", server.url, [f"/iiif/3/{slug}/info.json"], ours, 4)
                bench.steady("iipsrv: info.json", plain_url, ["/iip/?IIIF=p.tif/info.json"], lambda: [iip], 1)
    finally:
        server.stop()
    for _ in range(bench.rounds):
        server = start(settings)
        try:
            ask(server.url, [f"/iiif/3/{slug}/info.json"])
            bench.once("ours: IIIF tiles, each asked for the first time", server.url, tiles, ours)
        finally:
            server.stop()
    bench.report("ours: IIIF tiles")


def measure_latency(bench: Bench, settings: Settings, slug: str) -> None:
    """Times at 200 connections that ask as fast as they can, which is more than the machine answers."""
    tiles = [f"/iiif/3/{slug}/{words}" for words in tile_words(*SIZE_OF[slug])]
    for processes in (1, 2):
        server = start(settings, processes)
        try:
            ask(server.url, tiles)
            loads = [wrk(bench.folder, server.url, tiles, bench.seconds * 2, 200) for _ in range(bench.rounds)]
        finally:
            server.stop()
        rate = statistics.median(load.requests for load in loads) / (bench.seconds * 2)
        p99 = statistics.median(load.p99 for load in loads)
        middle = statistics.median(load.median for load in loads)
        print(
            f"  200 connections, {processes} process(es): median {middle:.1f} ms, 99th percentile {p99:.1f} ms, "
            f"{rate:.0f} tiles/s, {sum(load.bad for load in loads)} failed"
        )


def visitors(bench: Bench, url: str, seconds: float) -> tuple[float, float, int, int]:
    """Visitors at a steady rate: median, 99th percentile, number, errors."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.visitor",
        url,
        str(bench.folder / "visited.txt"),
        str(seconds),
        "20",
        "400",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    median, p99, number, bad = run.stdout.split()
    return float(median), float(p99), int(number), int(bad)


def measure_crawler(bench: Bench, settings: Settings, slug: str, crawled: str) -> None:
    """Times of tiles for visitors, without and with a crawler that asks for large regions on eight connections."""
    width, height = SIZE_OF[crawled]
    (bench.folder / "visited.txt").write_text("\n".join(f"/iiif/3/{slug}/{w}" for w in tile_words(*SIZE_OF[slug])))
    server = start(settings)
    try:
        visitors(bench, server.url, 2)
        alone, beside = [], []
        for _ in range(bench.rounds):
            alone.append(visitors(bench, server.url, bench.seconds * 2))
            command = [sys.executable, "-m", "tests.bench.crawler", server.url, crawled, str(width), str(height), "8"]
            crawler = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            time.sleep(1)
            beside.append(visitors(bench, server.url, bench.seconds * 2))
            crawler.terminate()
            got, put_off, failed = (crawler.communicate(timeout=60)[0] or "0 0 0").split()
            print(f"  the crawler got {got} pictures and was put off {put_off} times, {failed} failed")
    finally:
        server.stop()
    first, second = (statistics.median(run[1] for run in runs) for runs in (alone, beside))
    print(
        f"  tiles at 400/s: 99th percentile {first:.2f} ms alone, {second:.2f} ms beside the crawler: {second / first:.2f} ×; "
        f"medians {statistics.median(r[0] for r in alone):.2f} and {statistics.median(r[0] for r in beside):.2f} ms; "
        f"{sum(r[3] for r in alone + beside)} failed"
    )


SIZE_OF: dict[str, tuple[int, int]] = {"wall": SIZE, "sheet": SIZE}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("picture", type=Path, nargs="?", help="a picture of your own instead of a computed one")
    parser.add_argument("--iipsrv", type=Path, default=IIPSRV, help="another build of iipsrv")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of each measurement")
    parser.add_argument("--only", choices=("cpu", "latency", "crawler"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = {
            slug: options.picture or paint(*SIZE, folder / f"{slug}.jpg", seed) for seed, slug in enumerate(SIZE_OF)
        }
        if options.picture:
            from PIL import Image

            with Image.open(options.picture) as picture:
                SIZE_OF.update(dict.fromkeys(SIZE_OF, picture.size))
        settings, digests = make_image_museum(folder / "data", pictures)
        digest = digests["wall"]
        bench = Bench(folder, options.rounds, options.seconds)
        if options.only in (None, "cpu"):
            pyramid = folder / "data" / "store" / digest[:2] / digest[2:4] / digest
            measure_cpu(bench, settings, "wall", pyramid, options.iipsrv)
        if options.only in (None, "latency"):
            measure_latency(bench, settings, "wall")
        if options.only in (None, "crawler"):
            measure_crawler(bench, settings, "wall", "sheet")


if __name__ == "__main__":
    main()
