"""Which floor of a venue somebody means: by its name in any language, by its number in the order of the floors, or by its key. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from museum.curation.errors import NotFound, Refused
from museum.database.texts import fold, texts_by_field
from museum.scenes.models import Floor

_NUMBER = re.compile(r"(?:floor|第|f)? ?([0-9]{1,3}) ?(?:f|层|楼)?")
"""A floor's number as it is written, folded: 2, 2F, Floor 2, 第2层."""


def find_floor(floors: Sequence[Floor], named: str) -> Floor:
    """The one of `floors`, in their order, that `named` means; a name comes before a number. Raises NotFound, Refused."""
    wanted = fold(named)
    titled = [floor for floor in floors if wanted in map(fold, texts_by_field(floor.texts).get("title", {}).values())]
    if len(titled) > 1:
        raise Refused("floor-ambiguous")
    if titled:
        return titled[0]
    number = _NUMBER.fullmatch(wanted)
    if number and 1 <= int(number[1]) <= len(floors):
        return floors[int(number[1]) - 1]
    for floor in floors:
        if floor.key == named.strip():
            return floor
    raise NotFound("no-such-floor")
