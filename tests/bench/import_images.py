"""`museum import images` beside `vips dzsave` in a loop over the same files, with all cores each, in turn, on one machine.

    PYTHONPATH=. python tests/bench/import_images.py [DIR] [--files 48] [--size 4000x3000] [--rounds 3]

Without DIR it takes photographs of its own making. The peer is `vips dzsave --suffix .jpg[Q=80] --tile-size 512 --overlap 0`, as many at
a time as there are cores with one thread each, and one at a time with as many threads; the better of the two counts. Ours also keeps
the original, forces everything to the disk, and writes the records. Its children work at low priority beside whatever else the machine
does; so does the peer here. Prints medians and the ratio of throughputs (limit: at least 0.90).
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from museum.jobs.child import Limits

PR_SET_CHILD_SUBREAPER = 36
CORES = len(os.sched_getaffinity(0))
DZSAVE = 'exec vips dzsave "$1" "$2/$(basename "$1")" --suffix ".jpg[Q=80]" --tile-size 512 --overlap 0'


def make_photographs(folder: Path, count: int, width: int, height: int) -> None:
    """JPEGs like a camera's: soft and hard edges with grain, about 3 bits to the pixel, each its own."""
    import cv2
    import simplejpeg

    for number in range(count):
        random = np.random.default_rng(number)
        soft = cv2.resize(
            random.integers(0, 255, (12, 16, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        for _ in range(60):
            centre = (int(random.integers(width)), int(random.integers(height)))
            colour = tuple(map(float, random.integers(0, 255, 3)))
            cv2.circle(soft, centre, int(random.integers(20, width // 8)), colour, -1, cv2.LINE_AA)
        grain = cv2.GaussianBlur(random.normal(0, 14, (height, width, 3)).astype(np.float32), (0, 0), 0.8)
        pixels = np.clip(soft + grain, 0, 255).astype(np.uint8)
        (folder / f"photograph-{number:04}.jpg").write_bytes(simplejpeg.encode_jpeg(pixels, 92, "RGB", "420"))


def measure(command: list[str], **options: object) -> tuple[float, float]:
    """Seconds of the clock, and of CPU, of a command and all that it starts."""
    os.sync()
    before = os.times()
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    seconds = time.perf_counter() - began
    reap()
    after = os.times()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system


def reap() -> None:
    """Wait for what the command has left running, the server that children are forked from, so that its time is counted too."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def ours(folder: Path, work: Path) -> tuple[float, float]:
    command = [
        sys.executable,
        "-m",
        "museum",
        "import",
        "images",
        str(folder),
        "--data",
        str(work),
        "--min-free-bytes",
        "0",
    ]
    return measure(command)


def peer(folder: Path, work: Path, at_once: int) -> tuple[float, float]:
    environment = os.environ | {"VIPS_CONCURRENCY": str(CORES // at_once)}
    files = b"\0".join(os.fsencode(path) for path in sorted(folder.iterdir()))
    command = [
        "nice",
        "-n",
        str(Limits().nice),
        "xargs",
        "-0",
        "-n",
        "1",
        "-P",
        str(at_once),
        "sh",
        "-c",
        f"{DZSAVE.replace('$2', str(work)).replace('$1', '$0')}",
    ]
    return measure(command, input=files, env=environment)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--files", type=int, default=48)
    parser.add_argument("--size", default="4000x3000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if shutil.which("vips") is None:
        raise SystemExit("needs vips: apt-get install libvips-tools")
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as root:
        folder = options.folder or Path(root) / "photographs"
        if options.folder is None:
            folder.mkdir()
            make_photographs(folder, options.files, *map(int, options.size.split("x")))
        count = sum(1 for _ in folder.iterdir())
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"{count} files, {size / 1e6:.0f} MB, {CORES} cores")
        results: dict[str, list[tuple[float, float]]] = {}
        for number in range(options.rounds):
            for name in ("ours", "dzsave, files side by side", "dzsave, threads side by side"):
                work = Path(root) / f"work-{number}"
                work.mkdir()
                at_once = CORES if "files" in name else 1
                results.setdefault(name, []).append(
                    ours(folder, work) if name == "ours" else peer(folder, work, at_once)
                )
                shutil.rmtree(work)
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in results.items()
    }
    for name, (wall, cpu) in medians.items():
        print(f"{name:30} {wall:7.2f} s  {count / wall:6.2f} files/s  {cpu:7.2f} CPU s")
    wall, cpu = medians.pop("ours")
    best = min(medians.values())
    print(f"throughput, ours / the better peer: {best[0] / wall:.2f} by the clock, {best[1] / cpu:.2f} by CPU time")


if __name__ == "__main__":
    main()
