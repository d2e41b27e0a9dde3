"""Stills of a solid: the poster, the frames of a turntable, and the neutral views by which levels are compared."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.raster import Camera, Hits, rasterise
from museum.assets.models3d.solid import Floats, Part, Solid, unit
from museum.assets.models3d.standing import Orbit

Pixels = NDArray[Any]
"""Of bytes, (h, w, 3) RGB."""
Textures = dict[int, Pixels]
"""Pixels of textures by number, (h, w, 3) or (h, w, 4)."""
POSTER, FRAME, FRAMES = 960, 320, 24
SIDES = 8
_LIGHTS = (
    # direction in the camera's axes (right, up, towards it), colour
    ((-0.55, 0.65, 0.55), (1.62, 1.52, 1.38)),
    ((0.85, 0.15, 0.25), (0.34, 0.38, 0.46)),
    ((0.35, 0.5, -0.85), (0.55, 0.6, 0.7)),
)
_SKY, _GROUND = np.array((0.40, 0.42, 0.46)), np.array((0.20, 0.18, 0.16))
_MARGIN = 1.16


def framed(solid: Solid, yaw: float, pitch: float) -> Camera:
    """A camera that has the whole of the solid in view from any side."""
    low, high = solid.bounds()
    middle = (low + high) / 2
    points = np.concatenate([part.positions[:: max(1, len(part.positions) // 4000)] for part in solid.parts])
    reach = points.astype(np.float64) - middle
    radius = max(float(np.hypot(reach[:, 0], reach[:, 2]).max()), float(np.abs(reach[:, 1]).max()), 1e-9)
    camera = Camera(yaw, pitch, middle, 1.0)
    distance = _MARGIN * radius / np.tan(np.radians(camera.fov) / 2) + radius * 0.6
    return Camera(yaw, pitch, middle, distance)


def poster(
    solid: Solid,
    textures: Textures,
    size: int = POSTER,
    yaw: float = 24.0,
    over: float = 2.0,
    camera: Camera | None = None,
) -> Pixels:
    """(size, size, 3) RGB: the thing lit on dark ground, with its shadow, from `camera` or from where it is seen whole at `yaw`; rendered
    `over` times as large for smooth edges."""
    fine = round(over * size)
    camera = camera or framed(solid, yaw, _pitch(solid))
    light, mask = render(solid, textures, camera, fine)
    ground = _backdrop(solid, camera, fine)
    whole = np.where(mask[..., None], light, ground)
    return cv2.resize(_display(whole), (size, size), interpolation=cv2.INTER_AREA)


def seen_from(view: Orbit) -> Camera:
    """The camera of a view around the thing."""
    across, down, radius = view.orbit
    return Camera(across, 90.0 - down, np.asarray(view.target, float), radius, view.fov)


def _pitch(solid: Solid) -> float:
    """Degrees from which a thing shows most: what stands from a little above its middle, a dish or a coin that lies from higher up."""
    low, high = solid.bounds()
    x, y, z = high - low
    flat = float(np.clip(1 - y / max(x, z, 1e-9) / 0.6, 0, 1))
    return 9.0 + 39.0 * flat


def turntable(solid: Solid, textures: Textures, size: int = FRAME, frames: int = FRAMES) -> Pixels:
    """(size, frames × size, 3) RGB: one turn, the frames side by side."""
    views = [poster(solid, textures, size, 24.0 + 360.0 * frame / frames, over=1.5) for frame in range(frames)]
    return np.concatenate(views, axis=1)


def sides(solid: Solid, textures: Textures, size: int = 512, camera_of: Solid | None = None) -> list[Pixels]:
    """Views from eight sides on grey; `camera_of` has the framing, so that levels are seen from where the original was."""
    views = []
    for number in range(SIDES):
        camera = framed(camera_of or solid, 360.0 * number / SIDES, 12.0 if number % 2 else -4.0)
        light, mask = render(solid, textures, camera, 2 * size)
        whole = np.where(mask[..., None], light, np.float32(0.18))
        views.append(cv2.resize(_display(whole), (size, size), interpolation=cv2.INTER_AREA))
    return views


def render(solid: Solid, textures: Textures, camera: Camera, size: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Linear light (size, size, 3), and where there is something."""
    starts = np.cumsum([0, *(len(part.positions) for part in solid.parts)])
    points = np.concatenate([part.positions for part in solid.parts])
    faces = np.concatenate([part.faces + np.uint32(start) for part, start in zip(solid.parts, starts, strict=False)])
    owner = np.repeat(np.arange(len(solid.parts)), [len(part.faces) for part in solid.parts])
    hits = rasterise(points, faces, camera, size)
    picture = np.zeros((size * size, 3), np.float32)
    for number, part in enumerate(solid.parts):
        own = owner[hits.faces] == number
        if own.any():
            before = int((owner < number).sum())
            mine = Hits(hits.pixels[own], hits.faces[own] - before, hits.weights[own])
            material = solid.materials[part.material] if part.material >= 0 else {}
            picture[mine.pixels] = _shade(part, material, mine, textures, camera)
    mask = np.zeros(size * size, bool)
    mask[hits.pixels] = True
    return picture.reshape(size, size, 3), mask.reshape(size, size)


def _at(layer: Floats, part: Part, hits: Hits) -> Floats:
    corners = part.faces[hits.faces]
    return np.einsum("nkc,nk->nc", layer[corners], hits.weights)


def _shade(part: Part, material: dict[str, Any], hits: Hits, textures: Textures, camera: Camera) -> Floats:
    """Light from a warm lamp at the upper left, a cool one at the right, one behind, and the sky; rough or shiny, metal or not."""
    axes = camera.axes().astype(np.float32)
    rough = material.get("pbrMetallicRoughness", {})
    albedo = np.tile(np.array(rough.get("baseColorFactor", [1, 1, 1, 1])[:3], np.float32), (len(hits.pixels), 1))
    base = rough.get("baseColorTexture")
    uvs = part.uvs[base.get("texCoord", 0)] if base and len(part.uvs) > base.get("texCoord", 0) else None
    if base and uvs is not None and base["index"] in textures:
        albedo = albedo * _linear(_sample(textures[base["index"]], uvs, part, hits)[:, :3])
    elif not material and part.colors is None:
        albedo = albedo * np.float32(0.62)
    if part.colors is not None:
        albedo = albedo * _at(part.colors, part, hits)[:, :3]
    normal = unit(_at(part.normals, part, hits)) if part.normals is not None else _flat(part, hits)
    relief = material.get("normalTexture")
    if relief and relief["index"] in textures and part.uvs:
        normal = _with_relief(normal, _sample(textures[relief["index"]], part.uvs[0], part, hits)[:, :3], part, hits)
    towards = unit(
        (camera.target + camera.axes()[2] * camera.distance).astype(np.float32) - _at(part.positions, part, hits)
    )
    # the inside of a surface is lit like its outside
    normal = np.where((normal * towards).sum(axis=1, keepdims=True) < 0, -normal, normal)
    metallic, roughness = float(rough.get("metallicFactor", 1.0)), float(rough.get("roughnessFactor", 1.0))
    if rough.get("metallicRoughnessTexture"):
        metallic, roughness = min(metallic, 0.4), max(roughness, 0.5)
    diffuse = albedo * (1 - 0.85 * metallic)
    glow = 0.5 + 0.5 * normal[:, 1:2]
    ambient = _SKY.astype(np.float32) * glow + _GROUND.astype(np.float32) * (1 - glow)
    light = diffuse * ambient
    shine = 0.04 * (1 - metallic) + albedo * metallic
    light = light + shine * ambient * (1.2 - 0.6 * roughness)
    power = float(np.clip(2 / max(roughness, 0.12) ** 3, 2, 600))
    for direction, colour in _LIGHTS:
        lamp = unit((np.array(direction, np.float32) @ axes)[None])[0]
        facing = np.clip(normal @ lamp, 0, None)[:, None]
        half = unit(towards + lamp)
        gloss = np.clip((normal * half).sum(axis=1), 0, None)[:, None] ** power
        light = light + np.array(colour, np.float32) * facing * (
            diffuse * np.float32(0.62) + shine * gloss * ((power + 8) / 25.1)
        )
    return np.asarray(light, np.float32)


def _flat(part: Part, hits: Hits) -> Floats:
    a, b, c = (part.positions[part.faces[hits.faces, k]] for k in range(3))
    return unit(np.cross(b - a, c - a))


def _sample(texture: Pixels, uvs: Floats, part: Part, hits: Hits) -> Floats:
    """The texture at every hit, 0 to 1, from the size at which a pixel of it is about a pixel of the picture."""
    corners = uvs[part.faces]
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]) / 2
    seen = float(across[np.unique(hits.faces)].sum()) * texture.shape[0] * texture.shape[1]
    shrink = np.sqrt(max(seen, 1.0) / max(len(hits.pixels), 1))
    if shrink > 1.5:
        size = (max(1, round(texture.shape[1] / shrink)), max(1, round(texture.shape[0] / shrink)))
        texture = cv2.resize(texture, size, interpolation=cv2.INTER_AREA)
    uv = _at(uvs, part, hits)
    height, width = texture.shape[:2]
    x = (uv[:, 0] % 1.0 * width).astype(np.float32) - np.float32(0.5)
    y = (uv[:, 1] % 1.0 * height).astype(np.float32) - np.float32(0.5)
    x0, y0 = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    fx, fy = (x - x0)[:, None], (y - y0)[:, None]
    x0, x1, y0, y1 = x0 % width, (x0 + 1) % width, y0 % height, (y0 + 1) % height
    top = texture[y0, x0] * (1 - fx) + texture[y0, x1] * fx
    bottom = texture[y1, x0] * (1 - fx) + texture[y1, x1] * fx
    return ((top * (1 - fy) + bottom * fy) / 255).astype(np.float32)


def _with_relief(normal: Floats, texel: Floats, part: Part, hits: Hits) -> Floats:
    """Normals bent by a map, in the directions in which its coordinates grow (glTF 2.0 §3.7.2.1)."""
    corners = part.faces[hits.faces]
    p = [part.positions[corners[:, k]] for k in range(3)]
    t = [part.uvs[0][corners[:, k]] for k in range(3)]
    (e1, e2), (d1, d2) = (p[1] - p[0], p[2] - p[0]), (t[1] - t[0], t[2] - t[0])
    area = d1[:, :1] * d2[:, 1:] - d2[:, :1] * d1[:, 1:]
    sign = np.where(area < 0, np.float32(-1), np.float32(1))
    along = (e1 * d2[:, 1:] - e2 * d1[:, 1:]) * sign
    along = unit(along - normal * (along * normal).sum(axis=1, keepdims=True))
    # v grows downwards in the picture while the map's green points up
    across = np.cross(normal, along) * sign
    bent = texel * 2 - 1
    return unit(along * bent[:, :1] + across * bent[:, 1:2] + normal * np.maximum(bent[:, 2:], 0.05))


def _linear(srgb: Floats) -> Floats:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _display(light: Floats) -> Pixels:
    """Linear light to sRGB, bright parts bent rather than cut."""
    bent = np.where(light > 0.76, 0.76 + 0.24 * (1 - np.exp(-(light - 0.76) / 0.24)), light)
    srgb = np.where(bent <= 0.0031308, bent * 12.92, 1.055 * np.clip(bent, 0.0031308, None) ** (1 / 2.4) - 0.055)
    return (np.clip(srgb, 0, 1) * 255 + 0.5).astype(np.uint8)


def _backdrop(solid: Solid, camera: Camera, size: int) -> Floats:
    """Dark ground with a glow behind the thing and its shadow beneath."""
    low, high = solid.bounds()
    rim = np.array(
        [[low[0], low[1], low[2]], [high[0], low[1], low[2]], [low[0], low[1], high[2]], [high[0], low[1], high[2]]]
    )
    flat, _ = camera.project(rim.astype(np.float32), size)
    centre = flat.mean(axis=0)
    wide = max(float(np.ptp(flat[:, 0])) / 2, size * 0.02)
    tall = max(float(np.ptp(flat[:, 1])) / 2, wide * 0.12)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    glow = np.exp(-(((x - size * 0.46) / size) ** 2 + ((y - size * 0.42) / size) ** 2) * 5.5)
    near = ((x - centre[0]) / (wide * 1.25)) ** 2 + ((y - centre[1]) / (tall * 1.35)) ** 2
    shadow = 0.75 * np.exp(-near * 1.2) + 0.25 * np.exp(-near * 0.35)
    floor = np.clip((y - centre[1] + tall) / (size * 0.5), 0, 1)
    tone = (0.011 + 0.045 * glow + 0.012 * floor) * (1 - 0.82 * shadow)
    return np.stack([tone * 1.06, tone, tone * 0.93], axis=-1).astype(np.float32)
