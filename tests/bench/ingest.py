"""Ingest beside its peers on one machine: our cube pyramid against `vips dzsave` (and `nona` where it is installed).

    python tests/bench/ingest.py PANORAMA.jpg [--rounds 3] [--double]

Prints medians of wall and CPU time, their ratio, and the peak of anonymous memory, sampled 100 times a second. `--double` first
makes a panorama of twice the width and measures that instead. Times are of a fresh process each, start included.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

OURS = """
import sys
from museum.assets.ingest.panorama import make_panorama
make_panorama([(sys.argv[1], "whole")], {}, sys.argv[2])
"""
DZSAVE = """
import sys, pyvips
pyvips.Image.new_from_file(sys.argv[1], access="sequential").dzsave(
    sys.argv[2] + "/dz", tile_size=512, overlap=0, suffix=".jpg[Q=80]")
"""
DOUBLE = """
import sys, pyvips
pyvips.Image.new_from_file(sys.argv[1], access="sequential").resize(2, kernel="linear").jpegsave(sys.argv[2], Q=85)
"""


def anonymous(pid: int) -> int:
    """Bytes of anonymous memory of a process now; 0 once it is gone."""
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def measure(command: list[str]) -> tuple[float, float, int]:
    """Seconds of the clock, seconds of CPU and peak anonymous bytes of one run."""
    before = os.times()
    start = time.perf_counter()
    process = subprocess.Popen(command)
    peak = 0
    while process.poll() is None:
        peak = max(peak, anonymous(process.pid))
        time.sleep(0.01)
    wall = time.perf_counter() - start
    after = os.times()
    if process.returncode:
        raise SystemExit(f"{command[:3]} ended with status {process.returncode}")
    return wall, after[2] + after[3] - before[2] - before[3], peak


def nona_command(panorama: str, folder: str) -> list[str] | None:
    """Six faces at our size, remapped only: nona's tiles cost it extra."""
    if shutil.which("nona") is None:
        return None
    from PIL import Image

    from museum.assets.ingest.projection import face_size

    Image.MAX_IMAGE_PIXELS = None
    with Image.open(panorama) as picture:
        width, height = picture.size
    size = face_size(width)
    turns = ((0, 0), (-90, 0), (180, 0), (90, 0), (0, -90), (0, 90))
    lines = [f'p E0 R0 f0 h{size} w{size} n"TIFF_m" u0 v90', "m g1 i0 f0 m2 p0.00784314"]
    lines += [f'i f4 w{width} h{height} n"{panorama}" v360 r0 p{pitch} y{yaw} a0 b0 c0' for yaw, pitch in turns]
    script = Path(folder) / "cube.pto"
    script.write_text("\n".join(lines) + "\n")
    return ["nona", "-o", f"{folder}/face", str(script)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("panorama")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--double", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/tmp")) as root:
        panorama = str(Path(options.panorama).resolve())
        if options.double:
            panorama = f"{root}/double.jpg"
            subprocess.run([sys.executable, "-c", DOUBLE, options.panorama, panorama], check=True)
        results: dict[str, list[tuple[float, float, int]]] = {}
        for _ in range(options.rounds):
            for name, program in (("ours", OURS), ("dzsave", DZSAVE), ("nona", "")):
                with tempfile.TemporaryDirectory(dir=root) as work:
                    command = (
                        nona_command(panorama, work)
                        if name == "nona"
                        else [sys.executable, "-c", program, panorama, work]
                    )
                    if command is not None:
                        results.setdefault(name, []).append(measure(command))
    medians = {
        name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in results.items()
    }
    for name, (wall, cpu, peak) in medians.items():
        ratio = medians["ours"][0] / wall, medians["ours"][1] / cpu
        print(
            f"{name:8} {wall:7.2f} s   {cpu:7.2f} CPU s   {peak / 1e6:7.0f} MB   ours/{name}: {ratio[0]:.2f} wall, {ratio[1]:.2f} CPU"
        )


if __name__ == "__main__":
    main()
