"""Baking: a light surface of its own, its coordinates laid out anew, and what the original shows painted onto it: colours, normals, gloss.

The coordinates of a scan lie in thousands of small pieces, which a few thousand triangles can't follow: with them a level shows the
texture's wrong corners. Looked up from each pixel of the new texture along the light surface's normal, the original keeps what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d import surface
from museum.assets.models3d.mend import welded, with_normals
from museum.assets.models3d.pictures import NORMALS_LARGEST, from_pixels
from museum.assets.models3d.raster import AT_ONCE, Hits, flat
from museum.assets.models3d.solid import Faces, Floats, Part, Picture, Solid, together, unit

MOST_TRIANGLES = 4_000_000
"""Of an original that is looked up: the tree for finding them takes about 100 bytes for each."""
_NEARLY = 2
"""Times as many triangles as a level may have."""
_TEXELS = 16
_THREADS = 2
"""Numpy and Embree let go of Python's lock."""
_CREASE = 50.0
"""Degrees between triangles beyond which an edge of the light surface stays sharp."""
_PADDING = 4
_BENT = 8.0
"""How much a piece of the surface may be bent to lie flat; xatlas' own 2 gives half as many pieces more, and takes three times as long."""
_EVEN = 1.5 / 255
"""What differs by less is one colour, and needs no texture."""


def can_bake(solid: Solid) -> bool:
    """Whether baking keeps what the solid shows: nothing see-through or glowing, and no extensions of its materials."""
    if find_spec("xatlas") is None or find_spec("embreex") is None or solid.triangles > MOST_TRIANGLES:
        return False
    return all(map(_plain, solid.materials))


def is_better_baked(solid: Solid, triangles: int) -> bool:
    """Whether a level of so many triangles is baked: not where nearly as many are left and all that they show, which corners can hold."""
    plain = not solid.textures and solid.triangles <= _NEARLY * triangles
    return triangles < solid.triangles and not plain and can_bake(solid)


def texture_size(solid: Solid, most: int) -> int:
    """Pixels a side, at most `most`, that hold what the original shows: its largest texture's, or a few for each triangle."""
    largest = max((picture.width * picture.height for picture in solid.pictures), default=0)
    wanted = max(_TEXELS * solid.triangles, largest, 256 * 256)
    return min(most, 1 << math.ceil(math.log2(wanted) / 2))


def _plain(material: dict[str, Any]) -> bool:
    textures = (material.get("pbrMetallicRoughness", {}), material)
    extended = any(
        isinstance(entry, dict) and entry.get("extensions")
        for holder in textures
        for entry in (holder, *holder.values())
    )
    glowing = any(material.get("emissiveFactor", ()))
    return material.get("alphaMode", "OPAQUE") == "OPAQUE" and not extended and not glowing


def unwrapped(points: Floats, faces: Faces, size: int) -> Part:
    """The surface with normals, and coordinates laid out anew for a texture of `size` pixels a side."""
    import xatlas

    chosen, places = np.unique(faces.ravel(), return_inverse=True)
    bare = Part(points[chosen], places.reshape(-1, 3).astype(np.uint32))
    shaped = welded(with_normals(bare, _CREASE))
    assert shaped.normals is not None
    atlas = xatlas.Atlas()
    atlas.add_mesh(shaped.positions, shaped.faces, shaped.normals)
    pack, chart = xatlas.PackOptions(), xatlas.ChartOptions()
    pack.resolution, pack.padding = size, _PADDING
    chart.max_cost = _BENT
    atlas.generate(chart_options=chart, pack_options=pack)
    vertices, indices, uvs = atlas[0]
    return Part(
        shaped.positions[vertices],
        indices.reshape(-1, 3).astype(np.uint32),
        normals=shaped.normals[vertices],
        uvs=(np.asarray(uvs, np.float32),),
        material=0,
    )


def baked(original: Solid, textures: surface.Textures, part: Part, size: int, within: float, folder: Path) -> Solid:
    """The light surface `part` as `original` looks where it is no further away than `within`; pictures are written into `folder`."""
    layers, found = _painted(original, textures, part, size, within)
    if not found.any():
        raise RuntimeError("a light surface that is nowhere near its original")
    return _dressed(original, part, layers, found, size, folder)


def _painted(
    original: Solid, textures: surface.Textures, part: Part, size: int, within: float
) -> tuple[dict[str, NDArray[np.uint8]], NDArray[np.bool_]]:
    """What the original shows at each pixel, as three layers of bytes (size², 3), and where there is something."""
    texels = flat(part.positions, part.faces, part.uvs[0], size)
    layers = {name: np.zeros((size * size, 3), np.uint8) for name in ("color", "normal", "gloss")}
    found = np.zeros(size * size, bool)
    points, faces, owner = together(original)
    look = _finder(points, faces, within)
    painted = surface.Pyramids(textures)

    def paint(start: int) -> None:
        here = texels.some(slice(start, start + AT_ONCE))
        outward = unit(surface.at(part.normals, part, here))  # pyright: ignore[reportArgumentType]
        hit, there = look(surface.at(part.positions, part, here), outward, here)
        found[there.pixels] = True
        along, across = surface.directions(part, part.uvs[0], here, outward)
        frame = tuple(axis[hit] for axis in (along, across, outward))
        for name, values in _shown(original, owner, painted, there, frame).items():
            layers[name][there.pixels] = (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)

    with ThreadPoolExecutor(_THREADS) as threads:
        for _ in threads.map(paint, range(0, len(texels.pixels), AT_ONCE)):
            pass
    return layers, found


Frame = tuple[Floats, ...]
Finder = Callable[[Floats, Floats, Hits], tuple[NDArray[np.int64], Hits]]


def _finder(points: Floats, faces: Faces, within: float) -> Finder:
    """Finds, for points and the directions outward there, what of the original is nearest straight above or below."""
    from embreex.mesh_construction import TriangleMesh
    from embreex.rtcore_scene import EmbreeScene

    scene = EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(points, np.float32), faces.astype(np.int32))
    aside = np.float32(within * 1e-3)

    def cast(origins: Floats, directions: Floats, reach: Floats) -> tuple[Any, NDArray[np.int64], Floats]:
        met = scene.run(
            (origins - directions * aside).astype(np.float32), directions.astype(np.float32), dists=reach, output=1
        )
        return met, met["primID"].astype(np.int64), np.abs(met["tfar"] - aside)

    def look(origins: Floats, outward: Floats, here: Hits) -> tuple[NDArray[np.int64], Hits]:
        best = np.full(len(origins), np.inf, np.float32)
        triangle = np.full(len(origins), -1, np.int64)
        weights = np.zeros((len(origins), 3), np.float32)
        for direction in (outward, -outward):
            # what is no nearer than what was found is not looked for
            met, number, distance = cast(origins, direction, np.minimum(best, np.float32(within)) + aside)
            # the far side of something thin is not what is looked for
            turned = (unit(met["Ng"]) * outward).sum(axis=1) < 0
            distance = np.where(turned, distance + np.float32(4 * within), distance)
            nearer = (number >= 0) & (distance < best)
            best[nearer], triangle[nearer] = distance[nearer], number[nearer]
            u, v = met["u"][nearer], met["v"][nearer]
            weights[nearer] = np.stack([1 - u - v, u, v], axis=1)
        hit = np.flatnonzero(triangle >= 0)
        return hit, Hits(here.pixels[hit], triangle[hit], weights[hit], here.reach[hit])

    return look


def _shown(
    original: Solid, owner: NDArray[np.int64], textures: surface.Pyramids, hits: Hits, frame: Frame
) -> dict[str, Floats]:
    """What the original shows at the hits, as textures have it, 0 to 1: `normal` as seen from the light surface's own directions."""
    made = {name: np.zeros((len(hits.pixels), 3), np.float32) for name in ("color", "normal", "gloss")}
    for number, part in enumerate(original.parts):
        own, mine = surface.of_part(hits, owner, number)
        if not own.any():
            continue
        material = original.materials[part.material] if part.material >= 0 else {}
        made["color"][own] = surface.encoded(surface.albedo(part, material, mine, textures))
        made["gloss"][own] = surface.gloss(part, material, mine, textures)
        facing = surface.normal(part, material, mine, textures)
        along, across, outward = (axis[own] for axis in frame)
        facing = np.where((facing * outward).sum(axis=1, keepdims=True) < 0, -facing, facing)
        bent = np.stack([(facing * axis).sum(axis=1) for axis in (along, across, outward)], axis=1)
        made["normal"][own] = unit(bent) * np.float32(0.5) + np.float32(0.5)
    return made


def _dressed(
    original: Solid, part: Part, layers: dict[str, Any], found: NDArray[np.bool_], size: int, folder: Path
) -> Solid:
    """The surface with one material of the layers; a layer that is the same all over is a number instead."""
    made = Solid([part], [{"name": "baked"}])
    rough: dict[str, Any] = {}
    material = made.materials[0]
    shown = {name: layer[found] for name, layer in layers.items()}

    def texture(name: str) -> dict[str, int]:
        path = folder / f"{name}.png"
        side = min(size, NORMALS_LARGEST) if name == "normal" else size
        pixels = cv2.resize(_spread(layers[name], found, size), (side, side), interpolation=cv2.INTER_AREA)
        from_pixels(pixels).pngsave(str(path), compression=1)
        made.pictures.append(Picture(path, side, side))
        made.textures.append({"source": len(made.pictures) - 1, "sampler": {}})
        return {"index": len(made.textures) - 1}

    if _even(shown["color"]):
        color = surface.linear(shown["color"].mean(axis=0) / np.float32(255))
        rough["baseColorFactor"] = [*(float(value) for value in color), 1.0]
    else:
        rough["baseColorTexture"] = texture("color")
    if _even(shown["gloss"]):
        _, roughness, metallic = (shown["gloss"].mean(axis=0) / 255).tolist()
        rough |= {"roughnessFactor": round(roughness, 3), "metallicFactor": round(metallic, 3)}
    else:
        rough["metallicRoughnessTexture"] = texture("gloss")
        if any("occlusionTexture" in one for one in original.materials):
            material["occlusionTexture"] = dict(rough["metallicRoughnessTexture"])
    material["pbrMetallicRoughness"] = rough
    material["normalTexture"] = texture("normal")
    if any(one.get("doubleSided") for one in original.materials):
        material["doubleSided"] = True
    return made


def _even(values: NDArray[Any]) -> bool:
    return bool((np.ptp(values.astype(np.int16), axis=0) <= _EVEN * 255).all())


def _spread(layer: NDArray[Any], found: NDArray[np.bool_], size: int) -> NDArray[Any]:
    """The layer as a picture in which what is not known takes after what is near, so that no level of it brings in a strange colour."""
    known: Floats = found.reshape(size, size).astype(np.float32)
    picture: Floats = layer.reshape(size, size, 3).astype(np.float32) * known[..., None]
    steps = [(picture, known)]
    while min(known.shape) > 1:
        half = max(1, known.shape[1] // 2), max(1, known.shape[0] // 2)
        picture, known = (np.asarray(cv2.resize(one, half, interpolation=cv2.INTER_AREA)) for one in (picture, known))
        steps.append((picture, known))
    filled = picture
    for picture, known in reversed(steps):
        larger = cv2.resize(filled, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
        own = picture / np.maximum(known, 1e-6)[..., None]
        filled = np.where(known[..., None] > 0, own, larger)
    return np.clip(filled + 0.5, 0, 255).astype(np.uint8)
