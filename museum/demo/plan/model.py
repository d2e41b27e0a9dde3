"""What a planned museum consists of: halls, rooms, doors, what hangs and stands in them, and where a visitor stands.

Every hall has its own metres: x east, y north, z up from the floor. A wall is named by the side of the room that it bounds (`n`, `e`,
`s`, `w`); along a wall u runs from left to right as seen from inside the room, v is the height above the floor. Headings are degrees
clockwise from north.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Wall = Literal["n", "e", "s", "w"]
WALLS: tuple[Wall, ...] = ("n", "e", "s", "w")
WALL_THICKNESS = 0.36
EYE = 1.6
"""Height in metres of the camera above the floor."""


@dataclass(frozen=True)
class DoorPlan:
    """An opening: `position` is u of its middle, in metres. `to_room` may be a room of another hall (`portal`)."""

    wall: Wall
    position: float
    width: float
    height: float
    to_room: str
    portal: bool = False


@dataclass(frozen=True)
class HangingPlan:
    """A picture. `index` counts within the room, `picture` over the whole museum; `artifact` is what the picture shows, or none.

    `position` is (u, v) of its middle; `width`, `height` are metres. A cut-out stands `inset` metres behind the wall's plane in a
    lit niche; with `case` it stands in that free-standing case instead, and turns to whoever looks (`position` is then (0, v)).
    """

    index: int
    wall: Wall
    position: tuple[float, float]
    width: float
    height: float
    category: str
    artifact: int | None
    picture: int
    cut_out: bool
    inset: float = 0.0
    case: str | None = None


@dataclass(frozen=True)
class NichePlan:
    """A lit recess in a wall, `width` × `height` around (u, v) = `position`, where cut-outs (by their index) stand."""

    wall: Wall
    position: tuple[float, float]
    width: float
    height: float
    depth: float
    hangings: tuple[int, ...]


@dataclass(frozen=True)
class CasePlan:
    """Something free-standing around (x, y): a glass case on a plinth (`vitrine`), a treasure's `stand`, an open `plinth`, or a `bench`.

    `base` is the height of the plinth or seat, `height` that of the whole. A vitrine shows the `hanging` of the room, a stand the
    `treasure` of the museum under glass; on a plinth the treasure is not part of the picture: its 3D model stands there.
    """

    key: str
    kind: Literal["vitrine", "stand", "plinth", "bench"]
    x: float
    y: float
    width: float
    depth: float
    base: float
    height: float
    hanging: int | None = None
    treasure: int | None = None


@dataclass(frozen=True)
class LampPlan:
    """A spot light at (x, y, z), aimed at (u, v) of a wall, or at the floor point below where `wall` is none."""

    x: float
    y: float
    z: float
    wall: Wall | None
    aim: tuple[float, float]
    power: float = 1.0


@dataclass(frozen=True)
class PanelPlan:
    """Lettering on a wall: the hall's title at its entrance (`title`), or the `sign` over a door with the name of the next room; or the
    `screen` that a film runs on."""

    wall: Wall
    position: tuple[float, float]
    width: float
    height: float
    kind: Literal["title", "sign", "screen"]
    text: str
    subtext: str


@dataclass(frozen=True)
class StandingPoint:
    """Where one scene's camera stands; `forward` is the heading in the middle of its panorama, a multiple of 15."""

    key: str
    x: float
    y: float
    forward: float


@dataclass(frozen=True)
class RoomPlan:
    """A room; `x`, `y` is its south-west corner inside the walls. Its title is in (zh-Hant, zh-Hans, en)."""

    key: str
    hall: str
    x: float
    y: float
    width: float
    depth: float
    height: float
    theme: str
    title: tuple[str, str, str]
    doors: tuple[DoorPlan, ...]
    hangings: tuple[HangingPlan, ...]
    niches: tuple[NichePlan, ...]
    cases: tuple[CasePlan, ...]
    lamps: tuple[LampPlan, ...]
    panels: tuple[PanelPlan, ...]
    standing_points: tuple[StandingPoint, ...]

    def wall_length(self, wall: Wall) -> float:
        return self.width if wall in "ns" else self.depth

    def on_wall(self, wall: Wall, u: float, inset: float = 0.0) -> tuple[float, float]:
        """The hall's (x, y) of a place on a wall, `inset` metres behind its plane."""
        if wall == "n":
            return self.x + u, self.y + self.depth + inset
        if wall == "e":
            return self.x + self.width + inset, self.y + self.depth - u
        if wall == "s":
            return self.x + self.width - u, self.y - inset
        return self.x - inset, self.y + u


@dataclass(frozen=True)
class HallPlan:
    """A hall; `key` is its venue's slug. `entrance` is the standing point where one arrives."""

    key: str
    title: tuple[str, str, str]
    rooms: tuple[RoomPlan, ...]
    width: float
    depth: float
    entrance: str


@dataclass(frozen=True)
class ArtifactPlan:
    """A collection record to be written: its category, and the pictures of the museum that show it, the chief one first."""

    index: int
    hall: str
    category: str
    pictures: tuple[int, ...]


@dataclass(frozen=True)
class TreasurePlan:
    """A 3D model's stand."""

    index: int
    hall: str
    room: str
    case: str


@dataclass(frozen=True)
class MuseumPlan:
    seed: int
    halls: tuple[HallPlan, ...]
    artifacts: tuple[ArtifactPlan, ...]
    treasures: tuple[TreasurePlan, ...]

    def __hash__(self) -> int:
        # The whole tree would be walked each time that a cached function is asked about a plan.
        return hash((self.seed, len(self.artifacts)))

    def rooms(self) -> tuple[RoomPlan, ...]:
        return tuple(room for hall in self.halls for room in hall.rooms)

    def room(self, key: str) -> RoomPlan:
        return next(room for room in self.rooms() if room.key == key)

    def scenes(self) -> tuple[tuple[RoomPlan, StandingPoint], ...]:
        return tuple((room, point) for room in self.rooms() for point in room.standing_points)

    def pictures(self) -> tuple[HangingPlan, ...]:
        """All hangings, in the order of their picture numbers."""
        return tuple(sorted((h for room in self.rooms() for h in room.hangings), key=lambda h: h.picture))


@dataclass(frozen=True)
class LinkPlan:
    """A way from one standing point to another, as seen from the source: yaw and pitch in degrees, distance in metres."""

    source: str
    target: str
    kind: Literal["walk", "portal"]
    yaw: float
    pitch: float
    distance: float


@dataclass(frozen=True)
class HotspotPlan:
    """Where a picture, a treasure or a panel is seen: its middle and its corners (yaw, pitch) clockwise from the top left, degrees."""

    kind: Literal["hanging", "treasure", "panel"]
    number: int
    """The picture's or the treasure's number in the museum, the panel's in its room."""
    yaw: float
    pitch: float
    polygon: tuple[tuple[float, float], ...]
    distance: float
    turned: float | None = None
    """Of a treasure that stands there as a model, at `distance` in the direction of its foot: degrees clockwise from showing its front."""
