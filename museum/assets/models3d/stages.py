"""The first stages of making a model: what was uploaded is read, mended, measured and made lighter. Each is called in a child process with
limits, and leaves files in the job's folder."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models3d import bake, gltf_read, gltf_scan, levels, measure, mend, standing
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.formats import GLB, GLTF, OBJ, USD, Delivery, open_delivery
from museum.assets.models3d.handover import BUNDLE, DECODED, PACKED, POINTS, SOLID, dump, dump_solid, since
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import UPRIGHT, Solid
from museum.jobs.child import report


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
    seconds = {"read": since(started)}
    report(0.4, "measure")
    started = time.monotonic()
    measures = measure.measure(solid)
    turn = _turn(solid, options)
    height = mend.upright(solid, turn)
    scale = _scale(solid, options, height)
    bounds, middle = mend.stand(solid, scale)
    seconds["measure"] = since(started)
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
    seconds["simplify"] = since(started)
    dump_solid(solid, folder, SOLID)
    facts["seconds"] = seconds
    return facts


def _simplify(solid: Solid, folder: Path) -> dict[str, Any]:
    """Make all levels' triangles, or the orders for making them elsewhere; which levels are to be baked."""
    targets = levels.TARGETS
    whole = levels.bundle(solid)
    dump(whole, folder / BUNDLE)
    to_bake = [number for number, target in enumerate(targets) if number and bake.is_better_baked(solid, target)]
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
