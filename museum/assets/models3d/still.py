"""Stills of a solid: the poster, the frames of a turntable, and the neutral views by which levels are compared."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.models3d.raster import AT_ONCE, Camera, Hits, rasterise
from museum.assets.models3d.solid import Floats, Part, Solid, together, unit
from museum.assets.models3d.standing import Orbit
from museum.assets.models3d.surface import (
    Pixels,
    Pyramids,
    Textures,
    albedo,
    at,
    encoded,
    normal,
    of_part,
)

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
    textures: Textures | Pyramids,
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
    covered = cv2.resize(mask.astype(np.float32), (size, size), interpolation=cv2.INTER_AREA)
    shown = cv2.resize(light, (size, size), interpolation=cv2.INTER_AREA)
    return _display(shown + _backdrop(solid, camera, size) * (1 - covered)[..., None])


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
    painted = Pyramids(textures)
    views = [poster(solid, painted, size, 24.0 + 360.0 * frame / frames, over=1.5) for frame in range(frames)]
    return np.concatenate(views, axis=1)


def sides(solid: Solid, textures: Textures, size: int = 512, camera_of: Solid | None = None) -> list[Pixels]:
    """Views from eight sides on grey; `camera_of` has the framing, so that levels are seen from where the original was."""
    views = []
    painted = Pyramids(textures)
    for number in range(SIDES):
        camera = framed(camera_of or solid, 360.0 * number / SIDES, 12.0 if number % 2 else -4.0)
        light, mask = render(solid, painted, camera, 2 * size)
        whole = np.where(mask[..., None], light, np.float32(0.18))
        views.append(cv2.resize(_display(whole), (size, size), interpolation=cv2.INTER_AREA))
    return views


def render(solid: Solid, textures: Textures | Pyramids, camera: Camera, size: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Linear light (size, size, 3), and where there is something."""
    points, faces, owner = together(solid)
    painted = textures if isinstance(textures, Pyramids) else Pyramids(textures)
    hits = rasterise(points, faces, camera, size)
    picture = np.zeros((size * size, 3), np.float32)
    for start in range(0, len(hits.pixels), AT_ONCE):
        here = hits.some(slice(start, start + AT_ONCE))
        for number, part in enumerate(solid.parts):
            own, mine = of_part(here, owner, number)
            if own.any():
                material = solid.materials[part.material] if part.material >= 0 else {}
                picture[mine.pixels] = _shade(part, material, mine, painted, camera)
    mask = np.zeros(size * size, bool)
    mask[hits.pixels] = True
    return picture.reshape(size, size, 3), mask.reshape(size, size)


def _shade(part: Part, material: dict[str, Any], hits: Hits, textures: Pyramids, camera: Camera) -> Floats:
    """Light from a warm lamp at the upper left, a cool one at the right, one behind, and the sky; rough or shiny, metal or not."""
    axes = camera.axes().astype(np.float32)
    rough = material.get("pbrMetallicRoughness", {})
    color = albedo(part, material, hits, textures)
    if not material and part.colors is None:
        color = color * np.float32(0.62)
    outward = normal(part, material, hits, textures)
    towards = unit(
        (camera.target + camera.axes()[2] * camera.distance).astype(np.float32) - at(part.positions, part, hits)
    )
    # the inside of a surface is lit like its outside
    outward = np.where((outward * towards).sum(axis=1, keepdims=True) < 0, -outward, outward)
    metallic, roughness = float(rough.get("metallicFactor", 1.0)), float(rough.get("roughnessFactor", 1.0))
    if rough.get("metallicRoughnessTexture"):
        metallic, roughness = min(metallic, 0.4), max(roughness, 0.5)
    diffuse = color * (1 - 0.85 * metallic)
    glow = 0.5 + 0.5 * outward[:, 1:2]
    ambient = _SKY.astype(np.float32) * glow + _GROUND.astype(np.float32) * (1 - glow)
    light = diffuse * ambient
    shine = 0.04 * (1 - metallic) + color * metallic
    light = light + shine * ambient * (1.2 - 0.6 * roughness)
    power = float(np.clip(2 / max(roughness, 0.12) ** 3, 2, 600))
    for direction, colour in _LIGHTS:
        lamp = unit((np.array(direction, np.float32) @ axes)[None])[0]
        facing = np.clip(outward @ lamp, 0, None)[:, None]
        half = unit(towards + lamp)
        gloss = np.clip((outward * half).sum(axis=1), 0, None)[:, None] ** power
        light = light + np.array(colour, np.float32) * facing * (
            diffuse * np.float32(0.62) + shine * gloss * ((power + 8) / 25.1)
        )
    return np.asarray(light, np.float32)


def _display(light: Floats) -> Pixels:
    """Linear light to sRGB, bright parts bent rather than cut."""
    bent = np.where(light > 0.76, 0.76 + 0.24 * (1 - np.exp(-(light - 0.76) / 0.24)), light)
    return (encoded(bent) * 255 + 0.5).astype(np.uint8)


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
