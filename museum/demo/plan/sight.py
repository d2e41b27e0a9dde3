"""Lines of sight: which scene leads to which, and what is seen from where, in the scene's own angles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import atan2, cos, degrees, hypot, radians

from museum.demo.plan.model import (
    EYE,
    WALL_THICKNESS,
    CasePlan,
    DoorPlan,
    HangingPlan,
    HotspotPlan,
    LinkPlan,
    MuseumPlan,
    RoomPlan,
    StandingPoint,
)

MOST_LINKS = 6
MOST_HOTSPOTS = 24
FARTHEST = 9.0
"""Metres beyond which a picture is no hotspot, unless it has no nearer scene."""
STEEPEST = 70.0
"""Degrees off its normal beyond which a picture is no hotspot."""
FEET = 0.35
"""Height in metres at which a link's arrow points."""

Point3 = tuple[float, float, float]


def direction(point: StandingPoint, target: Point3) -> tuple[float, float]:
    """(yaw, pitch) in degrees of a place of the hall as seen from the standing point's camera. yaw is in [-180, 180)."""
    dx, dy, dz = target[0] - point.x, target[1] - point.y, target[2] - EYE
    yaw = (degrees(atan2(dx, dy)) - point.forward + 180.0) % 360.0 - 180.0
    return yaw, degrees(atan2(dz, hypot(dx, dy)))


def blocked(a: tuple[float, float], b: tuple[float, float], cases: Iterable[CasePlan], margin: float = 0.0) -> bool:
    """Whether the line a–b passes through the ground of one of the cases, each grown by `margin` metres."""
    return any(_crosses(a, b, case, margin) for case in cases)


def _crosses(a: tuple[float, float], b: tuple[float, float], case: CasePlan, margin: float) -> bool:
    near, far = 0.0, 1.0
    for start, end, middle, half in (
        (a[0], b[0], case.x, case.width / 2 + margin),
        (a[1], b[1], case.y, case.depth / 2 + margin),
    ):
        low, high, run = middle - half - start, middle + half - start, end - start
        if abs(run) < 1e-9:
            if low > 0 or high < 0:
                return False
            continue
        first, second = sorted((low / run, high / run))
        near, far = max(near, first), min(far, second)
        if near > far:
            return False
    return True


def counterpart(plan: MuseumPlan, room: RoomPlan, door: DoorPlan) -> tuple[RoomPlan, DoorPlan]:
    """The room behind a door, and the same opening as a door of that room."""
    behind = plan.room(door.to_room)
    return behind, next(other for other in behind.doors if other.to_room == room.key)


def offset_through(room: RoomPlan, door: DoorPlan, behind: RoomPlan, other: DoorPlan) -> tuple[float, float]:
    """What to add to `room`'s (x, y) to have them in `behind`'s hall, the two faces of the wall one wall's thickness apart."""
    here = room.on_wall(door.wall, door.position, WALL_THICKNESS)
    there = behind.on_wall(other.wall, other.position)
    return there[0] - here[0], there[1] - here[1]


@lru_cache(maxsize=4)
def links(plan: MuseumPlan) -> list[LinkPlan]:
    """All ways on, in both directions: within rooms along lines of sight, and through every door between the scenes nearest to it.

    At most six leave a scene, and from every scene every other can be reached.
    """
    found: list[LinkPlan] = []
    used: dict[str, int] = {}
    inside = {room.key: _pairs(room) for room in plan.rooms()}
    for pairs, tree in inside.values():
        for a, b in pairs[:tree]:
            _join(found, used, a, b)
    for room in plan.rooms():
        for door in room.doors:
            if room.key < door.to_room:
                _through(found, used, plan, room, door)
    for pairs, tree in inside.values():
        for a, b in pairs[tree:]:
            if used.get(a.key, 0) < MOST_LINKS and used.get(b.key, 0) < MOST_LINKS:
                _join(found, used, a, b)
    order = {point.key: i for i, (_, point) in enumerate(plan.scenes())}
    return sorted(found, key=lambda link: (order[link.source], link.kind, link.distance))


def _pairs(room: RoomPlan) -> tuple[list[tuple[StandingPoint, StandingPoint]], int]:
    """Pairs of a room's points: first those (so many) that span it as a tree, then others in sight within 5.5 m, nearest first."""
    points = room.standing_points
    pairs = [(a, b) for i, a in enumerate(points) for b in points[i + 1 :]]

    def cost(pair: tuple[StandingPoint, StandingPoint]) -> float:
        a, b = pair
        hidden = blocked((a.x, a.y), (b.x, b.y), room.cases, 0.1)
        return hypot(a.x - b.x, a.y - b.y) + (1000.0 if hidden else 0.0)

    pairs.sort(key=cost)
    group = {point.key: point.key for point in points}
    tree: list[tuple[StandingPoint, StandingPoint]] = []
    rest: list[tuple[StandingPoint, StandingPoint]] = []
    for a, b in pairs:
        if group[a.key] != group[b.key]:
            old, new = group[a.key], group[b.key]
            group = {key: new if value == old else value for key, value in group.items()}
            tree.append((a, b))
        elif cost((a, b)) < 5.5:
            rest.append((a, b))
    return tree + rest, len(tree)


def _join(found: list[LinkPlan], used: dict[str, int], a: StandingPoint, b: StandingPoint) -> None:
    distance = hypot(a.x - b.x, a.y - b.y)
    for source, target in ((a, b), (b, a)):
        yaw, pitch = direction(source, (target.x, target.y, FEET))
        found.append(LinkPlan(source.key, target.key, "walk", yaw, pitch, distance))
        used[source.key] = used.get(source.key, 0) + 1


def _through(found: list[LinkPlan], used: dict[str, int], plan: MuseumPlan, room: RoomPlan, door: DoorPlan) -> None:
    """Joins the two scenes, one on each side, that are nearest to the opening and have a link to spare."""
    behind, other = counterpart(plan, room, door)
    gates = (room.on_wall(door.wall, door.position), behind.on_wall(other.wall, other.position))
    ends: list[StandingPoint] = []
    for side, gate in zip((room, behind), gates, strict=True):
        spare = [point for point in side.standing_points if used.get(point.key, 0) < MOST_LINKS]
        ends.append(min(spare, key=lambda p: _reach(p, gate, side.cases)))
    steps = [hypot(end.x - gate[0], end.y - gate[1]) for end, gate in zip(ends, gates, strict=True)]
    for source, target, gate in ((ends[0], ends[1], gates[0]), (ends[1], ends[0], gates[1])):
        yaw, pitch = direction(source, (gate[0], gate[1], FEET))
        kind = "portal" if door.portal else "walk"
        found.append(LinkPlan(source.key, target.key, kind, yaw, pitch, sum(steps) + WALL_THICKNESS))
        used[source.key] = used.get(source.key, 0) + 1


def _reach(point: StandingPoint, gate: tuple[float, float], cases: Iterable[CasePlan]) -> float:
    return hypot(point.x - gate[0], point.y - gate[1]) + (1000.0 if blocked((point.x, point.y), gate, cases) else 0.0)


def corners(room: RoomPlan, hanging: HangingPlan, point: StandingPoint) -> tuple[Point3, Point3, Point3, Point3]:
    """A picture's corners in the hall, clockwise from the top left as seen from the standing point."""
    u, v = hanging.position
    half = hanging.width / 2
    low, high = v - hanging.height / 2, v + hanging.height / 2
    if hanging.case is None:
        left = room.on_wall(hanging.wall, u - half, hanging.inset)
        right = room.on_wall(hanging.wall, u + half, hanging.inset)
    else:
        case = next(case for case in room.cases if case.key == hanging.case)
        left, right = facing(case, point, half)
    return (*left, high), (*right, high), (*right, low), (*left, low)


def facing(case: CasePlan, point: StandingPoint, half: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Left and right ends of what stands in the middle of a case and turns to the standing point."""
    dx, dy = case.x - point.x, case.y - point.y
    away = hypot(dx, dy)
    dx, dy = dx / away * half, dy / away * half
    return (case.x - dy, case.y + dx), (case.x + dy, case.y - dx)


def hotspots(plan: MuseumPlan, scene: str) -> list[HotspotPlan]:
    """What can be opened from a scene: the pictures and treasures of its room that are in sight, largest first, about 24 at most.

    Every picture is a hotspot of the scene that sees it best, however far. Raises KeyError for a scene that does not exist.
    """
    return list(_all_hotspots(plan)[scene])


@lru_cache(maxsize=4)
def _all_hotspots(plan: MuseumPlan) -> dict[str, tuple[HotspotPlan, ...]]:
    return {key: spots for room in plan.rooms() for key, spots in _room_hotspots(room).items()}


def _room_hotspots(room: RoomPlan) -> dict[str, tuple[HotspotPlan, ...]]:
    seen: dict[str, dict[int, tuple[float, HotspotPlan]]] = {point.key: {} for point in room.standing_points}
    needed: dict[str, set[int]] = {point.key: set() for point in room.standing_points}
    for hanging in room.hangings:
        sights = {point.key: _sight(room, hanging, point) for point in room.standing_points}
        best = max(sights, key=lambda key: sights[key][0])
        needed[best].add(hanging.picture)
        for key, (size, spot) in sights.items():
            if key == best or (size > 0 and spot.distance <= FARTHEST):
                seen[key][hanging.picture] = (size, spot)
    result: dict[str, tuple[HotspotPlan, ...]] = {}
    for point in room.standing_points:
        mine, must = seen[point.key], needed[point.key]
        ranked = sorted(mine, key=lambda picture: (picture not in must, -mine[picture][0]))
        chosen = ranked[: max(MOST_HOTSPOTS, len(must))]
        treasures = [_treasure(room, case, point) for case in room.cases if case.treasure is not None]
        result[point.key] = (*treasures, *(mine[picture][1] for picture in sorted(chosen, key=lambda p: -mine[p][0])))
    return result


def _sight(room: RoomPlan, hanging: HangingPlan, point: StandingPoint) -> tuple[float, HotspotPlan]:
    """How large a picture is seen (square degrees; negative where it is hidden or too much from the side), and its hotspot."""
    places = corners(room, hanging, point)
    middle = tuple(sum(place[i] for place in places) / 4 for i in range(3))
    x, y, z = middle[0], middle[1], middle[2]
    yaw, pitch = direction(point, (x, y, z))
    distance = hypot(x - point.x, y - point.y, z - EYE)
    across = (places[1][0] - places[0][0], places[1][1] - places[0][1])
    along = (across[0] * (x - point.x) + across[1] * (y - point.y)) / (hypot(*across) * distance)
    slant = max(0.0, 1.0 - along * along) ** 0.5
    size = hanging.width * hanging.height * slant * (57.3 / distance) ** 2
    others = [case for case in room.cases if case.kind != "bench" and case.key != hanging.case]
    limit = 45.0 if hanging.inset else STEEPEST
    if slant < cos(radians(limit)) or blocked((point.x, point.y), (x, y), others):
        size -= 100000.0
    polygon = tuple(direction(point, place) for place in places)
    return size, HotspotPlan("hanging", hanging.picture, yaw, pitch, polygon, distance)


def _treasure(room: RoomPlan, case: CasePlan, point: StandingPoint) -> HotspotPlan:
    left, right = facing(case, point, case.width / 2)
    stands = case.kind == "plinth"
    # What stands in the open has its foot, to which it points, within what can be clicked.
    low, high = case.base - (0.1 if stands else 0.0), case.height
    places = ((*left, high), (*right, high), (*right, low), (*left, low))
    at = case.base if stands else (low + high) / 2
    yaw, pitch = direction(point, (case.x, case.y, at))
    distance = hypot(case.x - point.x, case.y - point.y, at - EYE)
    number = -1 if case.treasure is None else case.treasure
    turned = _turned(case, room.standing_points[0], point) if stands else None
    return HotspotPlan("treasure", number, yaw, pitch, tuple(direction(point, p) for p in places), distance, turned)


def _turned(case: CasePlan, front: StandingPoint, point: StandingPoint) -> float:
    """Degrees clockwise from showing its front to `point`, of a thing that shows it to `front`."""
    shown, seen = (degrees(atan2(other.x - case.x, other.y - case.y)) for other in (front, point))
    return (shown - seen + 180.0) % 360.0 - 180.0
