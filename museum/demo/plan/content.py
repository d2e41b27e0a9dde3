"""Which pictures and artifacts belong to which room."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from museum.demo.plan.halls import CATEGORIES, Hall
from museum.demo.plan.shares import apportion


@dataclass
class Item:
    """A picture that is to hang: `width`, `height` in metres."""

    picture: int
    category: str
    artifact: int | None
    cut_out: bool
    width: float
    height: float


def fill_rooms(
    hall: Hall,
    pictures: int,
    artifacts: int,
    weights: list[float],
    first_picture: int,
    first_artifact: int,
    random: Random,
) -> list[list[Item]]:
    """The items of each room of a hall. Every room leans towards one category; each category of the hall occurs.

    An artifact's first picture shows the object itself (cut out, where its category is); further ones (at most two) and pictures
    without an artifact hang in frames.
    """
    per_room = apportion(pictures, weights, 1)
    shares = [min(count, round(count * artifacts / pictures)) for count in per_room]
    order = sorted(range(len(shares)), key=lambda i: -per_room[i])
    while sum(shares) != artifacts:
        step = 1 if sum(shares) < artifacts else -1
        room = next(i for i in order if 0 <= shares[i] + step <= per_room[i])
        order.append(order.pop(order.index(room)))
        shares[room] += step
    rooms: list[list[Item]] = []
    picture, artifact, seen = first_picture, first_artifact, 0
    for number, (count, objects) in enumerate(zip(per_room, shares, strict=True)):
        leaning = hall.categories[number % len(hall.categories)]
        extras = [0] * objects
        spare = count - objects
        for i in range(objects):
            extras[i] = min(spare, random.choices((0, 1, 2), (78, 15, 7))[0])
            spare -= extras[i]
        groups = [(True, 1 + extra) for extra in extras] + [(False, 1)] * spare
        random.shuffle(groups)
        items: list[Item] = []
        for is_artifact, shown in groups:
            if is_artifact and seen < len(hall.categories):
                category = hall.categories[seen]
            else:
                factors = [CATEGORIES[key].weight * (4 if key == leaning else 1) for key in hall.categories]
                category = random.choices(hall.categories, factors)[0]
            seen += is_artifact
            for view in range(shown):
                items.append(_item(category, picture, artifact if is_artifact else None, view, random))
                picture += 1
            artifact += is_artifact
        rooms.append(items)
    return rooms


def _item(category: str, picture: int, artifact: int | None, view: int, random: Random) -> Item:
    kind = CATEGORIES[category]
    cut_out = kind.cut_out and artifact is not None and view == 0
    low, high = kind.heights
    if kind.cut_out and not cut_out:
        low, high = 0.55, 0.85
    proportion = random.choice(kind.proportions)
    height = random.uniform(low, high)
    if proportion > 1.5:
        height *= 0.62
    return Item(picture, category, artifact, cut_out, round(height * proportion, 3), round(height, 3))
