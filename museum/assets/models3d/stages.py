"""The stages of making a model, each called in a child process with limits; they hand on what they have made as files in its folder."""

from __future__ import annotations

import pickle
import platform
import time
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models3d import bake, gltf_read, gltf_scan, levels, measure, mend, pictures, standing, still
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.formats import GLB, GLTF, OBJ, USD, Delivery, open_delivery
from museum.assets.models3d.gltf_write import write_glb
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import UPRIGHT, Solid
from museum.jobs.child import report

PACKED, DECODED, SOLID, BUNDLE = "packed.glb", "decoded.glb", "solid.pickle", "bundle.pickle"
POINTS = "points.npy"
POSTER, TURNTABLE, USDZ = "poster.webp", "turntable.webp", "model.usdz"
_STILL_TEXTURE = 2048
Cache = dict[tuple[str, bool, int], pictures.Image]
"""Textures by their path, whether they are colours, and the pixels of their longer side."""


def look(original: str, work: str, caps: Caps) -> dict[str, Any]:
    """Find out what was uploaded, unpack it, and hold a glTF to its claims. `packed` says that node must decode it first."""
    prepare_process(1)
    folder = Path(work)
    delivery = _delivered(original, folder, caps)
    found: dict[str, Any] = {"format": delivery.format, "name": delivery.name[:200], "gltf": False, "packed": False}
    if delivery.format in (GLB, GLTF):
        gltf = gltf_scan.open_gltf(delivery.path, delivery.name, delivery.files, caps)
        found["gltf"], found["packed"] = True, gltf.used(*gltf_scan.PACKED)
        (folder / PACKED).write_bytes(gltf_read.pack(gltf))
        found["mended"] = gltf.mended
    return found


def shape(original: str, work: str, found: dict[str, Any], options: dict[str, Any], caps: Caps) -> dict[str, Any]:
    """Read the model, mend it, measure it, set it upright, and make its levels of detail; facts for the report."""
    prepare_process(1)
    folder = Path(work)
    report(0.0, "read")
    started = time.monotonic()
    solid = _read(original, folder, found, caps)
    facts: dict[str, Any] = {
        "parts": len(solid.parts),
        "sourceTriangles": solid.triangles,
        "sourceVertices": solid.vertices,
    }
    mend.mend(solid)
    seconds = {"read": _since(started)}
    report(0.4, "measure")
    started = time.monotonic()
    measures = measure.measure(solid)
    turn = _turn(solid, options)
    height = mend.upright(solid, turn)
    scale = _scale(solid, options, height)
    bounds, middle = mend.stand(solid, scale)
    seconds["measure"] = _since(started)
    facts |= {
        "materials": [str(material.get("name", "")) for material in solid.materials],
        "textures": [
            {"name": picture.name, "width": picture.width, "height": picture.height} for picture in solid.pictures
        ],
        "bounds": [round(side, 6) for side in bounds],
        "matrix": standing.placing(turn, list(middle), scale),
        "unit": {
            "metres": solid.metres,
            "height": round(height, 6),
            "scale": scale,
            "from": _scale_from(solid, options),
        },
        "up": _up(solid, turn, options),
        "measures": _in_metres(measures, scale),
        "notes": dict(solid.notes),
    }
    report(0.6, "simplify")
    started = time.monotonic()
    facts |= _simplify(solid, folder)
    seconds["simplify"] = _since(started)
    _dump(solid, folder / SOLID)
    facts["seconds"] = seconds
    return facts


def _simplify(solid: Solid, folder: Path) -> dict[str, Any]:
    """Make all levels' triangles, or the orders for making them elsewhere; which levels are to be baked."""
    targets = levels.TARGETS
    whole = levels.bundle(solid)
    _dump(whole, folder / BUNDLE)
    numbers = [number for number, target in enumerate(targets) if number and target < solid.triangles]
    to_bake = numbers if bake.can_bake(solid) else []
    ways = [(whole, [(target, f"level-{number}.bin") for number, target in enumerate(targets)])]
    if to_bake:
        bare = levels.bare(solid)
        np.save(folder / POINTS, bare.positions)
        names = {targets[number]: f"bare-{number}.bin" for number in to_bake}
        ways.append((bare, [(step, names.get(step, "")) for step in levels.stairs(list(names))]))
    facts: dict[str, Any] = {"simplified": levels.can_simplify_here(), "bake": to_bake}
    if not facts["simplified"]:
        facts["orders"] = [
            _simplify_order(bundle, steps, folder / f"order-{n}") for n, (bundle, steps) in enumerate(ways)
        ]
        return facts
    for bundle, steps in ways:
        made = levels.simplified(bundle, [step for step, _ in steps])
        for (_, name), faces in zip(steps, made, strict=True):
            if name:
                faces.astype("<u4").tofile(folder / name)
    return facts


def paint(work: str, number: int) -> dict[str, Any]:
    """Give level `number` coordinates and textures of its own, baked from the original; the seconds that it took."""
    prepare_process(1)
    cv2.setNumThreads(1)
    folder = Path(work)
    report(0.0, "bake")
    started = time.monotonic()
    solid: Solid = _load(folder / SOLID)
    level = [level for level in levels.LEVELS if not level.ktx2][number]
    faces = np.fromfile(folder / f"bare-{number}.bin", "<u4").reshape(-1, 3)
    part = bake.unwrapped(np.load(folder / POINTS), faces, level.texture)
    report(0.4, "bake")
    sizes = {number: solid.pictures[texture["source"]] for number, texture in enumerate(solid.textures)}
    largest = min(max((max(picture.width, picture.height) for picture in sizes.values()), default=0), 2 * level.texture)
    textures = _arrays(solid, largest, {})
    low, high = solid.bounds()
    made = folder / f"baked-{number}"
    made.mkdir(exist_ok=True)
    light = bake.baked(solid, textures, part, level.texture, levels.ASTRAY * float((high - low).max()), made)
    _dump(light, folder / f"baked-{number}.pickle")
    return {"seconds": _since(started)}


def finish(work: str, view: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write the levels as plain glTF, the package for iOS, the poster and the turntable; what each level holds. `view` is an `Orbit` from
    where the poster shows it."""
    prepare_process(1)
    cv2.setNumThreads(1)
    folder = Path(work)
    solid: Solid = _load(folder / SOLID)
    made: list[dict[str, Any]] = []
    seconds: dict[str, float] = {}
    cache: Cache = {}
    solids = {target: _light(solid, number, folder) for number, target in enumerate(levels.TARGETS)}
    sizes: set[tuple[int, int]] = set()
    can_pack = find_spec("alktx2") is not None
    for number, level in enumerate(levels.LEVELS):
        report(0.05 + 0.5 * number / len(levels.LEVELS), "levels")
        started = time.monotonic()
        light = solids[level.triangles]
        sides = max((max(picture.width, picture.height) for picture in light.pictures), default=0)
        kind = (light.triangles, min(sides, level.texture))
        if (level.ktx2 and not (light.textures and can_pack)) or (not level.ktx2 and kind in sizes):
            continue  # it would be a level that is there already
        sizes.add(kind)
        textures = _textures(light, level, cache)
        media_type = "image/ktx2" if level.ktx2 else "image/webp"
        path = folder / f"{level.role}.plain.glb"
        path.write_bytes(write_glb(light, textures, media_type))
        seconds[level.role] = _since(started)
        made.append(
            {"role": level.role, "triangles": light.triangles, "vertices": light.vertices, "texture": kind[1],
             "materials": len(light.parts)}
        )  # fmt: skip
    report(0.6, "usdz")
    started = time.monotonic()
    usdz = _usdz(solids[levels.TARGETS[0]], cache, folder)
    seconds["usdz"] = _since(started)
    report(0.7, "picture")
    started = time.monotonic()
    _stills(solids, cache, folder, view)
    seconds["picture"] = _since(started)
    return {"levels": made, "seconds": seconds, "usdz": usdz, "tools": tools()}


def _light(solid: Solid, number: int, folder: Path) -> Solid:
    """The level, baked where it has been."""
    baked = folder / f"baked-{number}.pickle"
    if baked.exists():
        return _load(baked)
    faces = np.fromfile(folder / f"level-{number}.bin", "<u4").reshape(-1, 3)
    return levels.split(solid, _load(folder / BUNDLE), faces)


def _dump(value: Any, path: Path) -> None:
    with path.open("wb") as file:
        pickle.dump(value, file, protocol=5)


def _load(path: Path) -> Any:
    with path.open("rb") as file:
        return pickle.load(file)  # noqa: S301  (written by another stage, in a child with the same limits)


def _delivered(original: str, folder: Path, caps: Caps) -> Delivery:
    unpacked = folder / "in"
    unpacked.mkdir(exist_ok=True)
    for leftover in unpacked.iterdir():
        leftover.unlink()
    return open_delivery(Path(original), unpacked, caps)


def _read(original: str, folder: Path, found: dict[str, Any], caps: Caps) -> Solid:
    made = folder / "textures"
    made.mkdir(exist_ok=True)
    for leftover in made.iterdir():
        leftover.unlink()
    if found["gltf"]:
        path = folder / (DECODED if found["packed"] else PACKED)
        from museum.assets.models3d.archive import Files

        gltf = gltf_scan.open_gltf(path, path.name, Files(), caps)
        gltf.mended = found.get("mended", 0)
        return gltf_read.read_gltf(gltf, made, caps)
    delivery = _delivered(original, folder, caps)
    if delivery.format == OBJ:
        from museum.assets.models3d.read_obj import read_obj

        return read_obj(delivery.path, delivery.name, delivery.files, made, caps)
    if delivery.format == USD:
        if find_spec("pxr") is None:
            refuse("model-format-unknown", found=USD)
        from museum.assets.models3d.read_usd import read_usd

        return read_usd(delivery, Path(original), made, caps)
    from museum.assets.models3d.read_mesh import read_mesh

    return read_mesh(delivery, made, caps)


def _since(started: float) -> float:
    return round(time.monotonic() - started, 2)


def _turn(solid: Solid, options: dict[str, Any]) -> NDArray[Any]:
    """What brings the thing upright: as the curator turned it, else the file's axis that points up."""
    orientation = options.get("orientation")
    return standing.turning(orientation) if orientation else UPRIGHT[solid.up]


def _up(solid: Solid, turn: NDArray[Any], options: dict[str, Any]) -> dict[str, Any]:
    """The axis of the file nearest to up, and the degrees between them."""
    up = np.asarray(turn, float)[1]
    axis = int(np.abs(up).argmax())
    lean = float(np.degrees(np.arccos(min(1.0, abs(float(up[axis]))))))
    return {
        "axis": ("-" if up[axis] < 0 else "") + "xyz"[axis],
        "lean": round(lean, 1),
        "from": "curator" if options.get("orientation") else solid.up_from,
    }


def _scale(solid: Solid, options: dict[str, Any], height: float) -> float:
    """Metres for one unit of the file: by the real height or the scale that the curator gave, else as the file says."""
    if options.get("height", 0) > 0 and height > 0:
        return float(options["height"]) / height
    if options.get("scale", 0) > 0:
        return float(options["scale"])
    return solid.metres if solid.metres and solid.metres > 0 else 1.0


def _scale_from(solid: Solid, options: dict[str, Any]) -> str:
    return "curator" if options.get("height") or options.get("scale") else "file" if solid.metres else "convention"


def _in_metres(measures: measure.Measures, scale: float) -> dict[str, Any]:
    found = msgspec.to_builtins(measures)
    found["area"] = measures.area * scale**2
    found["volume"] = None if measures.volume is None else measures.volume * scale**3
    return found


def _simplify_order(whole: levels.Bundle, steps: list[tuple[int, str]], folder: Path) -> dict[str, Any]:
    """The order for `model-tools simplify`, with the arrays that it names; results go beside `folder`."""
    folder.mkdir(exist_ok=True)
    weights = [float(weight) for weight in whole.weights]
    order: dict[str, Any] = {"weights": weights, "error": levels.ERROR, "enough": levels.ENOUGH}
    for name, array in (
        ("indices", whole.faces),
        ("positions", whole.positions),
        ("attributes", whole.attributes),
        ("flags", whole.flags),
    ):
        path = folder / f"{name}.bin"
        np.ascontiguousarray(array).tofile(path)
        order[name] = str(path)
    order["targets"] = [[3 * step, str(folder.parent / name) if name else ""] for step, name in steps]
    return order


def _pixels(solid: Solid, number: int, color: bool, largest: int, cache: Cache) -> pictures.Image:
    """A texture at most `largest` pixels a side; the smaller ones are made of the larger ones."""
    picture = solid.pictures[solid.textures[number]["source"]]
    path = str(picture.path)
    if (path, color, largest) not in cache:
        whole = cache.get((path, color, 0))
        if whole is None:
            whole = cache[path, color, 0] = pictures.load(picture, levels.LEVELS[0].texture, color=color)
        scale = largest / max(whole.width, whole.height)
        cache[path, color, largest] = whole.resize(scale, kernel="lanczos3").copy_memory() if scale < 1 else whole
    return cache[path, color, largest]


def _arrays(solid: Solid, largest: int, cache: Cache) -> still.Textures:
    """All textures as (h, w, 3 or 4) bytes."""
    roles = pictures.roles_of(solid.materials)
    arrays = {
        number: np.asarray(_pixels(solid, number, roles.get(number, True), largest, cache).numpy())
        for number in range(len(solid.textures))
    }
    return {
        number: pixels
        if pixels.ndim == 3 and pixels.shape[2] > 2
        else np.repeat(pixels.reshape(*pixels.shape[:2], -1)[..., :1], 3, axis=2)
        for number, pixels in arrays.items()
    }


def _textures(solid: Solid, level: levels.Level, cache: Cache) -> list[bytes]:
    roles = pictures.roles_of(solid.materials)
    made = []
    for number in range(len(solid.textures)):
        color = roles.get(number, True)
        normal = level.ktx2 and _is_normal(solid, number)
        largest = min(level.texture, pictures.NORMALS_LARGEST) if normal else level.texture
        image = _pixels(solid, number, color, largest, cache)
        if level.ktx2:
            made.append(pictures.as_ktx2(image, color=color, normal=normal))
        else:
            made.append(pictures.as_webp(image, color=color))
    return made


def _is_normal(solid: Solid, number: int) -> bool:
    return any(material.get("normalTexture", {}).get("index") == number for material in solid.materials)


def _usdz(solid: Solid, cache: Cache, folder: Path) -> bool:
    try:
        from pxr import Usd  # noqa: F401

        from museum.assets.models3d.usdz import TEXTURE, write_usdz
    except ImportError:
        return False
    roles = pictures.roles_of(solid.materials)
    images = {
        number: _pixels(solid, number, roles.get(number, True), TEXTURE, cache) for number in range(len(solid.textures))
    }
    write_usdz(solid, images, folder, folder / USDZ)
    return True


def _stills(solids: dict[int, Solid], cache: Cache, folder: Path, view: dict[str, Any] | None) -> None:
    """The poster of the finest level, and the turntable of the middle one."""
    fine, middle = (solids[target] for target in levels.TARGETS[:2])
    camera = still.seen_from(msgspec.convert(view, standing.Orbit)) if view else None
    _save_webp(still.poster(fine, _arrays(fine, _STILL_TEXTURE, cache), camera=camera), folder / POSTER)
    report(0.8, "picture")
    _save_webp(still.turntable(middle, _arrays(middle, _STILL_TEXTURE // 2, cache)), folder / TURNTABLE)


def _save_webp(pixels: still.Pixels, path: Path) -> None:
    pictures.from_pixels(pixels).webpsave(str(path), Q=84, effort=3, keep="none")


def tools() -> dict[str, str]:
    """What made it, and in which version."""
    found = {"python": platform.python_version()}
    for name in ("museum", "almeshopt", "xatlas", "embreex", "alktx2", "trimesh", "usd-core", "pyvips"):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found
