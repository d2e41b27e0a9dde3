"""Paints a moment of a site: sky, ground, water, and all that stands, far to near."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art.brush import generator
from museum.demo.sites import ground
from museum.demo.sites import stage as stages
from museum.demo.sites.heaven import Weather, paint_ground, paint_sky, paint_water
from museum.demo.sites.landmarks import WATER
from museum.demo.sites.panel import Air, Camera, Pixels, paint_panel
from museum.demo.sites.plan import MomentPlan, SitePlan

EYE = 1.65
RIVER = "hai-river-bridge"
MARK = (255, 0, 255)

WEATHERS: tuple[Weather, ...] = (
    Weather(
        (146, 168, 186), (226, 212, 184), (244, 234, 214), (176, 170, 162), 0.55, (-50, 32), Air((216, 204, 180), 420)
    ),
    Weather(
        (120, 142, 164), (206, 204, 196), (232, 228, 220), (150, 152, 156), 0.72, (55, 38), Air((198, 198, 192), 360)
    ),
    Weather(
        (58, 116, 184), (192, 214, 230), (252, 252, 250), (186, 196, 210), 0.42, (-62, 44), Air((190, 210, 226), 620)
    ),
)
# How colourful and how contrasted each era is, and the tint of its lights.
LOOKS = ((0.62, 0.97, (1.05, 0.98, 0.84)), (0.66, 1.0, (1.0, 0.985, 0.94)), (1.08, 1.06, (1.01, 1.0, 0.985)))


def render_site(site: SitePlan, moment: MomentPlan, width: int = 4096, height: int = 2048) -> NDArray[np.uint8]:
    """A moment as an equirectangular panorama, (height, width, 3) RGB, its middle looking along `moment.north`, yaw clockwise.

    Raises ValueError where the width is not twice the height.
    """
    return paint_moment(site, moment, width, height)


def paint_moment(site: SitePlan, moment: MomentPlan, width: int, height: int, marked: bool = False) -> Pixels:
    """As `render_site`; with `marked` the landmark's own axis is flat magenta, so that its heading can be measured."""
    if width != 2 * height:
        raise ValueError(f"{width} × {height} is not twice as wide as high")
    weather = WEATHERS[moment.era]
    camera = Camera(moment.north - moment.landmark_heading, EYE, width)
    stage = stages.build(site.slug, moment.era)
    groups = sorted(stage.groups, key=lambda group: -group[0])
    seed = 100 + moment.era * 7 + len(site.slug)
    picture = np.zeros((height, width, 3), np.uint8)
    sky = paint_sky(camera, weather, seed)
    picture[: height // 2] = sky
    if site.slug == RIVER:
        half = Camera(camera.forward, EYE, width // 2, WATER)
        mirrored = np.zeros((height // 2, width // 2, 3), np.uint8)
        mirrored[height // 4 :] = cv2.resize(sky[::-1], (width // 2, height // 4), interpolation=cv2.INTER_AREA)
        for distance, panels in groups:
            if distance > 5.7:
                for panel in panels:
                    if panel.middle()[1] > 5.7:
                        paint_panel(mirrored, half, panel, weather.air)
        seen = cv2.resize(mirrored[height // 4 :], (width, height // 2), interpolation=cv2.INTER_LINEAR)
        water = ((112, 106, 82), (92, 96, 84), (62, 88, 92))[moment.era]
        paint_water(picture, seen, camera, WATER, water, weather.air, 46 - 6 * moment.era)
    fine = min(1.0, width / 2048)
    layers = [(ground.ground(stage, 160, 6 * fine), 160.0), (ground.ground(stage, 22, 44 * fine), 22.0)]
    paint_ground(picture, camera, layers, weather.air, _grain(moment.era))
    for _, panels in groups:
        for panel in panels:
            paint_panel(picture, camera, panel, weather.air, MARK if marked and panel.mark else None)
    return picture if marked else _graded(picture, moment.era, seed)


def _grain(era: int) -> Pixels:
    rng = generator(99, "grain")
    tile = rng.normal(128, 22, (512, 512)).astype(np.float32)
    wide = np.tile(tile, (3, 3))
    soft = cv2.GaussianBlur(wide, (0, 0), 3.5)[512:1024, 512:1024]
    mixed = 128 + (tile - 128) * (0.35, 0.3, 0.25)[era] + (soft - 128) * 3.5
    return np.clip(mixed, 0, 255).astype(np.uint8)


def _graded(picture: Pixels, era: int, seed: int) -> Pixels:
    """The colours of the era: hand-coloured and warm, muted, clear."""
    colour, contrast, tint = LOOKS[era]
    luma = np.array((0.299, 0.587, 0.114))
    matrix = (np.eye(3) * colour + (1 - colour) * luma[None]) * contrast * np.array(tint)[:, None]
    lift = ((14, 9, 2), (8, 8, 9), (0, 0, 0))[era]
    shift = np.array(lift) + 118 * (1 - contrast)
    out = cv2.transform(picture, np.column_stack([matrix, shift]).astype(np.float32))
    if era < 2:
        height, width = out.shape[:2]
        rng = generator(seed, "film")
        tile = rng.normal(128, 5 - 2 * era, (256, 256)).clip(0, 255).astype(np.uint8)
        film = np.tile(tile, (height // 256 + 1, width // 256 + 1))[:height, :width]
        film = cv2.merge([film, film, film])
        out = cv2.add(cv2.subtract(out, 128 - np.minimum(film, 128)), np.maximum(film, 128) - 128)
    return out


__all__ = ["Air", "paint_moment", "render_site"]
