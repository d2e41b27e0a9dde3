"""The panorama of a scene: the room's box, what recedes into its walls, what stands in it, and what its doors show."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.plan.model import EYE, WALL_THICKNESS, WALLS, DoorPlan, MuseumPlan, NichePlan, RoomPlan, StandingPoint
from museum.demo.plan.sight import counterpart, offset_through
from museum.demo.render.bake import BakedRoom, bake_room
from museum.demo.render.box import Box, exits, paint_box
from museum.demo.render.frames import PictureTexture
from museum.demo.render.furniture import paint_case, paint_cut_out
from museum.demo.render.material import THEMES, noise, spread
from museum.demo.render.solid import Solid
from museum.demo.render.texture import Texture, blend, stretched
from museum.demo.render.view import Pixels, Upright, View, Window

COLUMNS = 4096
NEAR_SCALE, FAR_SCALE = 300.0, 120.0
"""Pixels per metre of the walls of the room one stands in, and of the rooms seen through its doors."""
GLIMPSE_SCALE = 36.0
"""And of the rooms seen through a door of those."""
ROOMS_DEEP = 2


MOST_KEPT = (1, 10, 40)
"""Rooms kept baked, by how many doors lie between: all of one room's scenes see the same."""


class Studio:
    """Renders the scenes of a museum, keeping the rooms baked last. Render scenes room by room.

    `textures` needs the pictures of the room and of its neighbours, by picture number; what is missing hangs blank. `treasures` are
    the models on the stands, by treasure number; `titles` what the labels say, by picture number (else its category).
    """

    def __init__(
        self,
        plan: MuseumPlan,
        textures: Mapping[int, PictureTexture],
        treasures: Mapping[int, Solid] | None = None,
        columns: int = COLUMNS,
        titles: Mapping[int, str] | None = None,
    ) -> None:
        self.plan = plan
        self.textures = textures
        self.treasures = treasures or {}
        self.columns = columns
        self.titles = titles or {}
        self._kept: tuple[OrderedDict[str, BakedRoom], ...] = (OrderedDict(), OrderedDict(), OrderedDict())

    def baked(self, room: RoomPlan, deep: int) -> BakedRoom:
        """The room as it is seen from within (0), through a door (1) or through two (2)."""
        kept = self._kept[deep]
        if room.key not in kept:
            scale = (NEAR_SCALE, FAR_SCALE, GLIMPSE_SCALE)[deep] * min(1.0, self.columns / COLUMNS)
            kept[room.key] = bake_room(room, self.textures if deep < 2 else {}, scale, self.titles)
            while len(kept) > MOST_KEPT[deep]:
                kept.popitem(last=False)
        kept.move_to_end(room.key)
        return kept[room.key]

    def render(self, room: RoomPlan, point: StandingPoint) -> NDArray[np.uint8]:
        """The panorama (columns / 2, columns, 3), RGB, with the point's forward direction in the middle."""
        view = View(point.x, point.y, EYE, point.forward, self.columns)
        whole = Window(0, view.columns, 0, view.rows)
        picture = self._room(view, room, whole, 0, None)
        _reflect(picture, view, self.baked(room, 0).box)
        return _finish(picture)

    def _room(self, view: View, room: RoomPlan, window: Window, deep: int, entered: DoorPlan | None) -> Pixels:
        baked = self.baked(room, deep)
        out = paint_box(view, baked.box, window)
        if deep == 0:
            for niche in room.niches:
                self._niche(out, view, window, room, niche)
        for door in room.doors:
            if door is not entered:
                self._door(out, view, window, room, door, deep)
        if deep < 2:
            cases = sorted(room.cases, key=lambda c: -((c.x - view.x) ** 2 + (c.y - view.y) ** 2))
            for case in cases:
                paint_case(out, view, window, room, case, self.textures, self.treasures)
        return out

    def _door(self, out: Pixels, view: View, window: Window, room: RoomPlan, door: DoorPlan, deep: int) -> None:
        left, right = door.position - door.width / 2, door.position + door.width / 2
        near = Upright(room.on_wall(door.wall, left), room.on_wall(door.wall, right), 0.0, door.height)
        far = Upright(
            room.on_wall(door.wall, left, WALL_THICKNESS),
            room.on_wall(door.wall, right, WALL_THICKNESS),
            0.0,
            door.height,
        )
        if not near.faces(view):
            return
        for part in near.windows(view, window):
            inside = paint_box(view, _passage(near, far), part)
            for beyond in far.windows(view, part):
                if deep + 1 > ROOMS_DEEP:
                    blend(
                        inside[beyond.inside(part)],
                        np.full((*beyond.shape, 3), (58, 44, 30), np.uint8),
                        far.coverage(view, beyond),
                    )
                    continue
                behind, other = counterpart(self.plan, room, door)
                dx, dy = offset_through(room, door, behind, other)
                seen = self._room(view.moved(dx, dy), behind, beyond, deep + 1, other)
                blend(inside[beyond.inside(part)], seen, far.coverage(view, beyond))
            blend(out[part.inside(window)], inside, near.coverage(view, part))

    def _niche(self, out: Pixels, view: View, window: Window, room: RoomPlan, niche: NichePlan) -> None:
        (u, v), half = niche.position, niche.width / 2
        low, high = v - niche.height / 2, v + niche.height / 2
        front = Upright(room.on_wall(niche.wall, u - half), room.on_wall(niche.wall, u + half), low, high)
        back = room.on_wall(niche.wall, u - half, niche.depth), room.on_wall(niche.wall, u + half, niche.depth)
        if not front.faces(view):
            return
        box = _niche_box(front, back, niche, room.theme)
        for part in front.windows(view, window):
            inside = paint_box(view, box, part)
            for number in niche.hangings:
                hanging = room.hangings[number]
                ends = [
                    room.on_wall(niche.wall, hanging.position[0] + side * hanging.width / 2, hanging.inset)
                    for side in (-1, 1)
                ]
                texture = self.textures.get(hanging.picture)
                if texture is not None:
                    bottom = hanging.position[1] - hanging.height / 2
                    paint_cut_out(inside, view, part, (ends[0], ends[1]), bottom, hanging.height, texture, low)
            _glass(inside, part, view)
            blend(out[part.inside(window)], inside, front.coverage(view, part))


def _bounds(near: Upright, far: tuple[tuple[float, float], tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(near.a, near.b, *far, strict=True)
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _flat(colour: tuple[float, float, float]) -> Texture:
    return Texture(np.full((4, 4, 3), np.clip(colour, 0, 255), np.uint8), 4.0)


@lru_cache(maxsize=1)
def _jamb() -> Texture:
    """Dark wood, lighter towards its middle."""
    tone = 30 + 12 * np.sin(np.linspace(0, np.pi, 64))[:, None] + spread(noise(11, 128, 1, 10), 64, 32) * 1.5
    return Texture(np.clip(tone[..., None] * (1.1, 0.92, 0.78), 0, 255).astype(np.uint8), 32.0)


def _passage(near: Upright, far: Upright) -> Box:
    x, y, width, depth = _bounds(near, (far.a, far.b))
    return Box(
        x, y, width, depth, near.low, near.high, dict.fromkeys(WALLS, _jamb()), _flat((38, 33, 29)), _flat((26, 22, 19))
    )


def _niche_box(
    front: Upright, back: tuple[tuple[float, float], tuple[float, float]], niche: NichePlan, theme: str
) -> Box:
    """A recess lined with silk and lit from a strip under its top: bright above, softly falling."""
    x, y, width, depth = _bounds(front, back)
    lining, side, ground, top = _silk(theme)
    walls = {
        wall: stretched(lining, niche.width) if wall == niche.wall else stretched(side, niche.depth) for wall in WALLS
    }
    return Box(x, y, width, depth, front.low, front.high, walls, stretched(ground, width), stretched(top, width))


@lru_cache(maxsize=8)
def _silk(theme: str) -> tuple[Pixels, Pixels, Pixels, Pixels]:
    """Back, sides, ground and top of a niche."""
    silk = np.array(THEMES[theme].silk, np.float32) * np.array((1.04, 1.0, 0.92), np.float32)
    fall = (np.linspace(1.02, 0.52, 96) ** 1.3)[:, None, None]
    u = np.linspace(0, 1, 96)
    edge = (1 - 0.3 * np.exp(-u / 0.06) - 0.3 * np.exp(-(1 - u) / 0.06))[None, :, None]
    weave = (1 + noise(12, 128, 0.6, 0.6)[:96, :96] * 0.012)[..., None]
    lining = np.clip(silk * fall * edge * weave, 0, 255).astype(np.uint8)
    side = np.clip(silk * 0.7 * fall * np.ones((1, 96, 1)), 0, 255).astype(np.uint8)
    ground = np.full((16, 16, 3), np.clip(silk * 0.74, 0, 255), np.uint8)
    top = np.full((16, 16, 3), (250, 238, 214), np.uint8)
    return lining, side, ground, top


def _glass(inside: Pixels, part: Window, view: View) -> None:
    """A pane's faint sheen: two slanting bands."""
    rows, columns = part.shape
    at = (np.arange(columns, dtype=np.float32) + np.float32(part.left))[None, :] + np.arange(rows, dtype=np.float32)[
        :, None
    ] * 0.6
    at /= np.float32(view.columns * 0.03)
    sheen = np.clip(np.sin(at) - 0.55, 0, 1) * 14
    cv2.add(inside, cv2.merge([sheen.astype(np.uint8)] * 3), dst=inside)


def _reflect(picture: Pixels, view: View, box: Box) -> None:
    """Mirrors walls and doors dimly in the polished floor, more the flatter one looks at it (Schlick's approximation)."""
    factor = 4
    small = cv2.resize(picture, (view.columns // factor, view.rows // factor), interpolation=cv2.INTER_AREA)
    rows, columns = small.shape[:2]
    coarse = replace(view, columns=columns)
    distance, _, _ = exits(coarse, box, 0, columns)
    horizon = rows // 2
    slopes = -coarse.slopes(horizon, rows)[:, None]
    up = np.arctan(slopes - 2 * view.eye / distance[None, :])
    source = (0.5 - up / np.pi) * rows - 0.5
    map_x = np.broadcast_to(np.arange(columns, dtype=np.float32), source.shape)
    wrapped = cv2.copyMakeBorder(small, 0, 0, 16, 16, cv2.BORDER_WRAP)
    soft = cv2.GaussianBlur(wrapped, (0, 0), 1.6, sigmaY=5.0)[:, 16:-16]
    mirror = cv2.remap(soft, map_x, source.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    sine = slopes / np.sqrt(1 + slopes * slopes)
    weight = (0.05 + 0.62 * (1 - sine) ** 4) * np.clip(slopes * distance[None, :] / view.eye - 1, 0, 0.15) / 0.15
    shine = np.clip(mirror * weight[..., None], 0, 255).astype(np.uint8)
    size = (view.columns, view.rows - view.rows // 2)
    lower = picture[view.rows // 2 :]
    lower[...] = cv2.add(lower, cv2.resize(shine, size, interpolation=cv2.INTER_LINEAR))


def _finish(picture: Pixels) -> NDArray[np.uint8]:
    """Bloom around what is brightest, and black kept a little open."""
    rows, columns = picture.shape[:2]
    small = cv2.resize(picture, (columns // 8, rows // 8), interpolation=cv2.INTER_AREA)
    bright = cv2.subtract(small, 150)
    wrapped = cv2.copyMakeBorder(bright, 0, 0, 32, 32, cv2.BORDER_WRAP)
    bloom = cv2.GaussianBlur(wrapped, (0, 0), max(2.0, columns / 512))[:, 32:-32]
    return cv2.add(picture, cv2.resize(cv2.convertScaleAbs(bloom, alpha=0.35), (columns, rows)), dst=picture)


def render_scene(
    room: RoomPlan,
    scene: StandingPoint,
    textures: Mapping[int, PictureTexture],
    plan: MuseumPlan,
    columns: int = COLUMNS,
) -> NDArray[np.uint8]:
    """One scene's panorama, RGB (columns / 2, columns, 3). For several use a `Studio`, which keeps what it baked."""
    return Studio(plan, textures, columns=columns).render(room, scene)
