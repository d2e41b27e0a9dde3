"""Models: from upload to published, and the light levels beside those of gltfpack and glTF-Transform, by size, seconds and likeness.

    PYTHONPATH=. python tests/bench/models.py MODEL [--large] [--peers NODE_MODULES]

MODEL is a .glb, an archive, or a folder with a .gltf (packed into an archive first). `--large` measures a mesh of 1.6 million triangles,
made here, instead. NODE_MODULES holds gltfpack and @gltf-transform/cli. Likeness is the mean structural similarity (Wang 2004, Gaussian
window of 1.5 px, luma; scikit-image) of renders of 512 px from eight sides, counted where either picture shows the thing, with the levels
read back from what was packed and all from where the original is seen. With `--pictures FOLDER` those are kept. CPU seconds are those of
all processes; the clock runs as the machine lets it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import trimesh

from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models import Asset
from museum.assets.models3d import gltf_read, gltf_scan, handlers, handover, pictures, still
from museum.assets.models3d.archive import Files
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.node import PROGRAM, node
from museum.assets.models3d.solid import Solid, moved
from museum.assets.originals import begin_asset, keep_original
from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.database.migrate import migrate
from museum.jobs.worker import Worker
from tests.unit.assets.likeness import likeness

LIMITS = {25_000: 0.97, 5_000: 0.93}
PEERS = (100_000, *LIMITS)


def archive_of(folder: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    return to


def large_mesh(to: Path) -> Path:
    """A bumpy sphere of 1.6 million triangles with a texture of 4096 pixels, as binary glTF."""
    side = 896
    u, v = np.meshgrid(np.linspace(0, 1, side + 1), np.linspace(0, 1, side + 1))
    turn, rise = u * 2 * np.pi, (v - 0.5) * np.pi
    radius = 1 + 0.04 * np.sin(turn * 23) * np.cos(rise * 17) + 0.01 * np.sin(turn * 101 + rise * 67)
    points = np.stack([np.cos(turn) * np.cos(rise), np.sin(rise), np.sin(turn) * np.cos(rise)], -1) * radius[..., None]
    corner = (np.arange(side)[:, None] * (side + 1) + np.arange(side)[None]).ravel()
    faces = np.concatenate(
        [
            np.stack([corner, corner + side + 1, corner + 1], 1),
            np.stack([corner + 1, corner + side + 1, corner + side + 2], 1),
        ]
    )
    noise = cv2.GaussianBlur(np.random.default_rng(7).integers(0, 255, (4096, 4096, 3), np.uint8), (0, 0), 3)
    from PIL import Image

    material = trimesh.visual.material.PBRMaterial(baseColorTexture=Image.fromarray(noise), metallicFactor=0.0)
    visual = trimesh.visual.TextureVisuals(uv=np.stack([u.ravel(), v.ravel()], 1), material=material)
    mesh = trimesh.Trimesh(points.reshape(-1, 3), faces, visual=visual, process=False)
    to.write_bytes(trimesh.Scene(mesh).export(file_type="glb"))
    return to


async def publish(model: Path, folder: Path) -> tuple[float, dict[str, Any]]:
    """Seconds from the kept upload to the ready asset, through the queue and its worker, and the asset's info."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'museum.db'}")
    await migrate(database.engine)
    store = LocalStore(folder / "store")
    upload = store.scratch / "upload"
    shutil.copy(model, upload)
    started = time.perf_counter()
    original = await keep_original(database, store, upload, model.name)
    async with database.write() as session:
        asset = await begin_asset(session, "model", [(original.id, "whole")])
    stop = asyncio.Event()
    worker = asyncio.create_task(Worker(database, handlers(store), 1).run(stop))
    while True:
        await asyncio.sleep(0.05)
        async with database.read() as session:
            found = await session.get_one(Asset, asset.id)
        if found.state != "pending":
            break
    seconds = time.perf_counter() - started
    stop.set()
    await worker
    await database.close()
    if found.state != "ready":
        raise SystemExit(f"{model.name}: {found.error}")
    return seconds, found.info


class Memory:
    """What all children of this process hold together at the most: a page that several share counts once (proportional set size)."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            self.peak = max(self.peak, sum(map(held, children_of(os.getpid()))))


def children_of(process: int) -> list[int]:
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found: list[int] = []
    for candidate in parents:
        above = candidate
        while above in parents and above != process:
            above = parents[above]
        if above == process and candidate != process:
            found.append(candidate)
    return found


def held(process: int) -> int:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    return 0


STAGE = """
import json, resource, sys
from museum.assets.models3d import finishing, stages
from museum.assets.models3d.caps import Caps
name, arguments = sys.argv[1], json.loads(sys.argv[2])
if name in ("look", "shape"): arguments.append(Caps())
print(json.dumps(getattr(stages if hasattr(stages, name) else finishing, name)(*arguments)))
"""


SAME = """
import json, sys
from pathlib import Path
from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models3d import finishing, gltf_read, gltf_scan, levels, mend
from museum.assets.models3d.archive import Files
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.gltf_write import write_glb
prepare_process(1)
whole, to, triangles, texture = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
(to.parent / "same").mkdir(exist_ok=True)
solid = gltf_read.read_gltf(gltf_scan.open_gltf(whole, whole.name, Files(), Caps()), to.parent / "same", Caps())
mend.mend(solid)
bundle = levels.bundle(solid)
light = levels.split(solid, bundle, levels.simplified(bundle, [triangles])[0])
to.write_bytes(write_glb(light, finishing.textures(light, levels.Level("same", triangles, texture), {}), "image/webp"))
print(json.dumps({}))
"""
"""What the peers do and no more: a level that keeps the coordinates of its texture."""


def same_work(whole: Path, folder: Path, target: int) -> tuple[Path, float]:
    """Our own level as the peers make theirs, and its CPU seconds."""
    plain, packed = folder / f"same-{target}.plain.glb", folder / f"same-{target}.glb"
    size = {100_000: 4096, 25_000: 2048}.get(target, 1024)
    _, cpu, _ = run([sys.executable, "-c", SAME, str(whole), str(plain), str(target), str(size)])
    return packed, cpu + tool("compress", {"files": [[str(plain), str(packed)]]}, folder)[0]


def stage(name: str, *arguments: Any) -> tuple[Any, float, int]:
    """The answer of a stage in a process of its own, its CPU seconds and its peak of resident bytes."""
    return run([sys.executable, "-c", STAGE, name, json.dumps(arguments)])


def run(command: list[str]) -> tuple[Any, float, int]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise SystemExit(f"{command} ended with {status}: {said[-600:].decode(errors='replace')}")
    answer = json.loads(said) if said.startswith(b"{") else said
    return answer, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def tool(command: str, order: dict[str, Any], folder: Path) -> tuple[float, int]:
    path = folder / f"{command}.json"
    path.write_text(json.dumps(order))
    _, cpu, peak = run([str(node()), str(PROGRAM), command, str(path)])
    return cpu, peak


def by_stages(model: Path, folder: Path) -> tuple[dict[str, float], int, list[float]]:
    """CPU seconds of each stage, the peak of resident bytes of the largest, and the matrix that makes it stand."""
    work = str(folder)
    spent: dict[str, float] = {}
    peaks: list[int] = []

    def kept(name: str, cpu: float, peak: int) -> None:
        spent[name] = spent.get(name, 0.0) + cpu
        peaks.append(peak)

    def staged(name: str, *arguments: Any) -> Any:
        answer, cpu, peak = stage(name, *arguments)
        kept(name, cpu, peak)
        return answer

    found = staged("look", str(model), work)
    if found["packed"]:
        kept(
            "decode", *tool("decode", {"from": f"{work}/{handover.PACKED}", "to": f"{work}/{handover.DECODED}"}, folder)
        )
    facts = staged("shape", str(model), work, found, {})
    for level in facts["bake"]:
        staged("paint", work, level)
    made = [level for name in ("show", "light_levels", "for_headsets") for level in staged(name, work)["levels"]]
    files = [[f"{work}/{one['role']}.plain.glb", f"{work}/{one['role']}.glb"] for one in made]
    kept("validate", *tool("validate", {"files": [[start, f"{start}.json"] for start, _ in files], "most": 9}, folder))
    kept("compress", *tool("compress", {"files": files}, folder))
    return spent, max(peaks), facts["matrix"]


def read_back(path: Path, folder: Path, matrix: list[float] | None = None) -> tuple[Solid, still.Textures]:
    """A packed GLB as a visitor's browser unpacks it, moved by `matrix` where it stands elsewhere."""
    folder.mkdir(exist_ok=True)
    plain = folder / f"{path.stem}.read.glb"
    tool("decode", {"from": str(path), "to": str(plain)}, folder)
    gltf = gltf_scan.open_gltf(plain, plain.name, Files(), Caps())
    textures = folder / path.stem
    textures.mkdir(exist_ok=True)
    solid = gltf_read.read_gltf(gltf, textures, Caps())
    if matrix:
        solid.parts = [moved(part, np.array(matrix).reshape(4, 4)) for part in solid.parts]
    return solid, textures_of(solid)


def textures_of(solid: Solid) -> still.Textures:
    roles = pictures.roles_of(solid.materials)
    return {
        number: np.asarray(
            pictures.load(solid.pictures[texture["source"]], 4096, color=roles.get(number, True)).numpy()
        )
        for number, texture in enumerate(solid.textures)
    }


def peers(whole: Path, modules: Path, folder: Path, triangles: int) -> dict[str, tuple[Path, float]]:
    """What gltfpack and `gltf-transform optimize` make of a plain GLB for each number of triangles, with their CPU seconds."""
    made: dict[str, tuple[Path, float]] = {}
    for target in PEERS:
        share = target / triangles
        size = {100_000: 4096, 25_000: 2048}.get(target, 1024)
        packed = folder / f"gltfpack-{target}.glb"
        command = [
            str(node()),
            str(modules / "gltfpack" / "cli.js"),
            "-i",
            str(whole),
            "-o",
            str(packed),
            "-cc",
        ]
        _, cpu, _ = run([*command, "-si", f"{share:.5f}", "-sp"])
        made[f"gltfpack {target}"] = (packed, cpu)
        optimized = folder / f"optimize-{target}.glb"
        command = [
            str(node()),
            str(modules / "@gltf-transform" / "cli" / "bin" / "cli.js"),
            "optimize",
            str(whole),
            str(optimized),
        ]
        options = [
            "--compress",
            "meshopt",
            "--texture-compress",
            "webp",
            "--texture-size",
            str(size),
            "--simplify-ratio",
            f"{share:.5f}",
        ]
        _, cpu, _ = run([*command, *options, "--simplify-error", "1"])
        made[f"gltf-transform optimize {target}"] = (optimized, cpu)
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--only-published", action="store_true")
    parser.add_argument("--pictures", type=Path)
    arguments = parser.parse_args()
    prepare_process(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model = large_mesh(folder / "large.glb") if arguments.large else arguments.model
        if model.is_dir():
            model = archive_of(model, folder / "model.zip")
        with Memory() as memory:
            seconds, info = asyncio.run(publish(model, folder))
        print(f"{info['report']['sourceTriangles']:,} triangles, {model.stat().st_size / 1e6:.1f} MB")
        print(
            f"upload to published: {seconds:.1f} s by the clock (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)"
        )
        print(f"all children of the job together: {memory.peak / 1e6:.0f} MB at the most")
        print(info["report"]["seconds"])
        if arguments.only_published:
            return
        work = folder / "work"
        work.mkdir()
        spent, peak, matrix = by_stages(model, work)
        print(
            f"all stages: {sum(spent.values()):.1f} s of CPU, peak {peak / 1e6:.0f} MB resident in the largest process"
        )
        print("; ".join(f"{name} {seconds:.1f}" for name, seconds in spent.items()))
        original, textures = whole_of(work)
        sides = still.sides(original, textures)
        if arguments.pictures:
            arguments.pictures.mkdir(exist_ok=True)
            keep(arguments.pictures / "original.png", sides)
        whole = work / (handover.DECODED if (work / handover.DECODED).exists() else handover.PACKED)
        candidates = {
            level["role"]: (work / f"{level['role']}.glb", 0.0)
            for level in info["levels"]
            if "headset" not in level["role"]
        }
        # only the finest level keeps the coordinates of its texture
        candidates["ours, the peers' work"] = same_work(whole, folder, PEERS[0])
        if arguments.peers:
            candidates |= peers(whole, arguments.peers, folder, info["report"]["sourceTriangles"])
        for label, (path, spent) in candidates.items():
            solid, its = read_back(path, folder / "read", None if path.parent == work else matrix)
            seen = still.sides(solid, its, camera_of=original)
            alike = likeness(sides, seen)
            if arguments.pictures:
                keep(arguments.pictures / f"{label.replace(' ', '-')}.png", seen)
            took = f"{spent:6.1f} s CPU" if spent else " " * 12
            print(
                f"{label:34} {solid.triangles:8,} triangles {path.stat().st_size / 1e6:7.2f} MB {took}  likeness {alike:.4f}"
            )


def keep(path: Path, views: list[still.Pixels]) -> None:
    rows = [np.concatenate(views[start : start + 4], axis=1) for start in (0, 4)]
    pictures.from_pixels(np.concatenate(rows)).pngsave(str(path))


def whole_of(work: Path) -> tuple[Solid, still.Textures]:
    """The original, as it stands before it is made lighter."""
    solid = handover.load_solid(work, handover.SOLID)
    return solid, textures_of(solid)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
