"""The photographs, pictures and spreadsheet that curators come with: a hall of rooms, five in a row, each with doors to its neighbours and
pictures on its walls, computed ray by ray.

A room is a box, 4.8 m square and 3.2 m high, the camera in its middle. Walls are numbered clockwise from north.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from PIL import Image

ACROSS = 5
APART = 5.0
"""Metres from one standing point to the next."""
HALF, EYE, DOOR, LINTEL = 2.4, 1.6, 0.62, 0.7
"""Half a room's width, the height of the eye and half of the room's, half a door's width and its top above the eye."""
FRAME, HUNG = 0.52, 1.5
"""Half a picture's width, and how far from the middle of the wall it hangs."""
SIZE = (1024, 512)
ENLARGED = (2048, 1024)
"""Pixels that are computed, and those of the photograph, which nobody looks at so closely."""
OLD_YEAR, YEAR = 1936, 2026
OLD_NORTH = 70.0
"""The true heading of the old photograph's front, which the spreadsheet does not know."""
SUBJECTS = (
    ("早春", "Early spring"), ("夏山", "Summer hills"), ("秋江", "Autumn river"), ("寒林", "Winter woods"),
    ("归舟", "Boats returning"), ("远浦", "The far shore"), ("晴岚", "Clearing mist"), ("夜雨", "Night rain"),
    ("落雁", "Wild geese alighting"), ("晚钟", "Evening bell"),
)  # fmt: skip
NUMERALS = "零一二三四五六七八九"
_NORTHWARD = ((0, 1), (1, 0), (0, -1), (-1, 0))
"""Steps east and north through the four walls."""


def chinese(number: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


@dataclass(frozen=True)
class Room:
    """A standing point: its cell of the hall, and the heading of its panorama's front; `old` is how it was long ago."""

    number: int
    cell: tuple[int, int]
    north: float
    doors: tuple[bool, ...]
    old: bool = False

    @property
    def file(self) -> str:
        return f"room-{self.number:02d}{'-1936' if self.old else ''}.jpg"

    @property
    def plan(self) -> tuple[float, float]:
        return self.cell[0] * APART, self.cell[1] * APART

    def title(self, place: bool) -> tuple[str, str]:
        """In Chinese and English."""
        if place:
            return (f"中庭，{OLD_YEAR} 年", f"Courtyard in {OLD_YEAR}") if self.old else ("中庭", "Courtyard")
        return ("序厅", "Lobby") if self.number == 1 else (f"第{chinese(self.number)}室", f"Room {self.number}")

    def pictures(self) -> list[tuple[int, float]]:
        """Wall, and metres to the right of its middle, of each picture."""
        return [(wall, side * HUNG) for wall in range(4) for side in (-1, 1)]

    def yaw(self, wall: int, across: float) -> float:
        """Where a picture is seen, in degrees to the right of the front."""
        return (90 * wall + math.degrees(math.atan2(across, HALF)) - self.north + 180) % 360 - 180


@dataclass(frozen=True)
class House:
    """A hall of `count` panoramas, the last of them an old one of the room in the middle."""

    count: int = 20
    rooms: list[Room] = field(default_factory=list)
    language: str = "zh-Hans"
    """In which the pictures and the place are named."""

    @classmethod
    def of(cls, count: int, language: str = "zh-Hans") -> House:
        cells = [(number % ACROSS, number // ACROSS) for number in range(count - 1)]
        rooms = []
        for number, (east, north) in enumerate(cells, 1):
            doors = tuple((east + by, north + up) in cells for by, up in _NORTHWARD)
            rooms.append(Room(number, (east, north), (30.0 * (number - 1)) % 360, doors))
        middle = rooms[len(rooms) // 2]
        return cls(count, [*rooms, Room(middle.number, middle.cell, OLD_NORTH, middle.doors, old=True)], language)

    @property
    def place(self) -> Room:
        """The room that is seen at two times, as it is today."""
        return next(room for room in self.rooms if room.number == self.rooms[-1].number)

    @property
    def ways(self) -> int:
        """Pairs of neighbours."""
        return sum(sum(room.doors) for room in self.rooms[:-1]) // 2

    def photograph(self, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for room in self.rooms:
            paths.append(folder / room.file)
            picture = Image.fromarray(photograph(room)).resize(ENLARGED, Image.Resampling.BICUBIC)
            picture.save(paths[-1], quality=88)
        return paths

    def write_sheet(self, path: Path, spots: int, unplaced: int) -> None:
        """A row for each panorama, then one for each of `spots` hotspots, of which the last `unplaced`, in the lobby, are said without a
        direction."""
        book = openpyxl.Workbook()
        sheet: Any = book.active
        sheet.append(
            [
                "文件",
                "标题",
                "title_en",
                "年份",
                "地点",
                "平面图x",
                "平面图y",
                "方位角",
                "打开",
                "水平角",
                "俯仰角",
                "说明",
            ]
        )
        for room in self.rooms:
            placed = room.number == self.place.number
            chinese_title, english = room.title(placed)
            place = "中庭" if self.language == "zh-Hans" else "Courtyard"
            time = [OLD_YEAR if room.old else YEAR, place] if placed else ["", ""]
            sheet.append([room.file, chinese_title, english, *time, *room.plan, "" if room.old else room.north])
        rooms = self.rooms[:-1]
        for number in range(spots - unplaced):
            room = rooms[1 + number % (len(rooms) - 1)]
            wall, across = room.pictures()[2 * (number // (len(rooms) - 1)) % 8 + number // (4 * (len(rooms) - 1))]
            self._row(sheet, room, number, [round(room.yaw(wall, across), 1), 2])
        for number in range(spots - unplaced, spots):
            self._row(sheet, rooms[0], number, ["", ""])
        book.save(path)

    def _row(self, sheet: Any, room: Room, number: int, where: list[Any]) -> None:
        subject = SUBJECTS[number % len(SUBJECTS)]
        title = [
            f"《{subject[0]}》之{chinese(1 + number // len(SUBJECTS))}",
            f"{subject[1]} {1 + number // len(SUBJECTS)}",
        ]
        sheet.append(
            [room.file, *title, "", "", "", "", "", "文字", *where, f"第{chinese(room.number)}室所藏山水册页。"]
        )


def directions(north: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """East, north and up of each pixel."""
    width, height = SIZE
    heading = np.radians((np.arange(width, dtype=np.float32) + 0.5) / width * 360 - 180 + north)[None, :]
    pitch = np.radians(90 - (np.arange(height, dtype=np.float32) + 0.5) / height * 180)[:, None]
    return np.cos(pitch) * np.sin(heading), np.cos(pitch) * np.cos(heading), np.broadcast_to(np.sin(pitch), SIZE[::-1])


def photograph(room: Room) -> np.ndarray:
    """What the camera sees: (512, 1024, 3) of bytes."""
    east, north, up = directions(room.north)
    reach = HALF / np.maximum(np.maximum(np.abs(east), np.abs(north)), 1e-6)
    height = EYE / np.maximum(np.abs(up), 1e-6)
    flat = height < reach
    far = np.where(flat, height, reach)
    x, y, z = east * far, north * far, up * far
    seen = np.where(flat[..., None], _floor_and_ceiling(x, y, z, room), 0.0)
    facing = np.where(np.abs(east) > np.abs(north), np.where(east > 0, 1, 3), np.where(north > 0, 0, 2))
    for wall in range(4):
        across = (x, -y, -x, y)[wall]
        here = ~flat & (facing == wall)
        seen[here] = _wall(room, wall, across[here], z[here])
    shade = (1.1 - 0.09 * far)[..., None]
    grain = np.random.default_rng(room.number + 100 * room.old).normal(0, 0.012, (*far.shape, 1)).astype(np.float32)
    colours = np.clip(seen * shade + grain, 0, 1)
    if room.old:
        grey = colours @ np.array([0.3, 0.6, 0.1], np.float32)
        colours = grey[..., None] * np.array([1.0, 0.88, 0.7], np.float32)
    return (colours * 255).astype(np.uint8)


def _hue(number: int) -> np.ndarray:
    turn = number * 2.4
    return np.array(
        [0.46 + 0.12 * math.sin(turn), 0.36 + 0.07 * math.sin(turn + 2), 0.3 + 0.12 * math.sin(turn + 4)], np.float32
    )


def _floor_and_ceiling(x: np.ndarray, y: np.ndarray, z: np.ndarray, room: Room) -> np.ndarray:
    tiles = (np.floor(x / 0.6) + np.floor(y / 0.6)) % 2
    joint = (np.abs(x / 0.6 % 1 - 0.5) > 0.48) | (np.abs(y / 0.6 % 1 - 0.5) > 0.48)
    floor = (0.3 + 0.08 * tiles - 0.1 * joint)[..., None] * np.array([1.0, 0.82, 0.62], np.float32)
    beams = ((np.abs(x) % 1.2 < 0.12) | (np.abs(y) % 1.2 < 0.12))[..., None]
    lamp = (np.hypot(x, y) < 0.45)[..., None]
    ceiling = np.where(lamp, np.float32(1.0), np.where(beams, 0.3, 0.52) * np.array([1.0, 0.92, 0.8], np.float32))
    return np.where((z < 0)[..., None], floor, ceiling)


def _wall(room: Room, wall: int, across: np.ndarray, z: np.ndarray) -> np.ndarray:
    colour = np.where((z < -0.9)[:, None], 0.55, 1.0) * (_hue(room.number) * (1 + 0.06 * np.cos(across * 14))[:, None])
    if room.doors[wall]:
        frame = (np.abs(across) < DOOR + 0.1) & (z < LINTEL + 0.1)
        way = (np.abs(across) < DOOR) & (z < LINTEL)
        colour[frame] = (0.2, 0.1, 0.06)
        beyond = 0.25 + 0.3 * np.exp(-((across / 0.5) ** 2) - ((z - 0.1) / 1.2) ** 2)
        colour[way] = beyond[way][:, None] * np.array([1.0, 0.86, 0.62], np.float32)
    else:
        colour = _hang(colour, across / (1.3 * FRAME), z / (1.1 * FRAME), room.number * 8 + wall + 4)
    for side in (-1, 1):
        colour = _hang(colour, (across - side * HUNG) / FRAME, z / FRAME, room.number * 8 + 2 * wall + (side > 0))
    return colour


def _hang(colour: np.ndarray, a: np.ndarray, b: np.ndarray, number: int) -> np.ndarray:
    """A framed landscape where |a|, |b| < 1."""
    frame = (np.abs(a) < 1.14) & (np.abs(b) < 1.14)
    inside = (np.abs(a) < 1) & (np.abs(b) < 1)
    made = np.where(frame[:, None], np.array([0.42, 0.27, 0.1], np.float32), colour)
    made[inside] = landscape(a[inside], b[inside], number)
    return made


def landscape(a: np.ndarray, b: np.ndarray, number: int) -> np.ndarray:
    """Hills before a sky, in colours from 0 to 1; `a` goes right and `b` up, from -1 to 1."""
    draw = np.random.default_rng(number)
    sky, hill = draw.uniform(0.6, 0.95, 3), draw.uniform(0.1, 0.5, 3)
    made = sky[None, :] * (0.8 + 0.2 * b[:, None])
    sun = np.hypot(a - draw.uniform(-0.6, 0.6), b - 0.55) < 0.16
    made[sun] = (0.85, 0.25, 0.15)
    for depth in range(3):
        line = (
            0.35
            - 0.4 * depth
            + sum(draw.uniform(0.05, 0.22) / k * np.sin(k * 2.1 * a + draw.uniform(0, 6)) for k in (1, 2, 4))
        )
        made = np.where((b < line)[:, None], hill[None, :] * (1.5 - 0.45 * depth), made)
    return np.clip(made, 0, 1).astype(np.float32)


def paint(folder: Path, count: int, language: str) -> list[Path]:
    """Pictures for the collection, named after what they show."""
    folder.mkdir(parents=True, exist_ok=True)
    a, b = np.meshgrid(np.linspace(-1, 1, 900), np.linspace(1, -1, 700))
    paths = []
    for number in range(count):
        colours = landscape(a.ravel(), b.ravel(), 9 + number).reshape(700, 900, 3)
        chinese_name, english = SUBJECTS[number]
        paths.append(folder / (f"{chinese_name}图.jpg" if language == "zh-Hans" else f"{english}.jpg"))
        Image.fromarray((colours * 255).astype(np.uint8)).save(paths[-1], quality=90)
    return paths
