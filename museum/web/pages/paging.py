"""Long lists, a page at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

LAST_PAGE = 10_000


def page_number(request: web.BaseRequest) -> int:
    """The page that `?page=` asks for, counted from 1. Raises 404 for anything that is no such number."""
    text = request.query.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= LAST_PAGE):
        raise web.HTTPNotFound
    return int(text)


@dataclass(frozen=True)
class Paging:
    """Where one is in a list of `total` records, `size` to the page."""

    request: web.BaseRequest
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, math.ceil(self.total / self.size))

    @property
    def shown(self) -> list[int]:
        """Pages to offer: the first, the last and those about the present one."""
        near = {1, self.pages, *range(max(1, self.number - 2), min(self.pages, self.number + 2) + 1)}
        return sorted(near)

    def address(self, number: int) -> str:
        """Address of page `number` with the same query."""
        query = [(name, value) for name, value in self.request.query.items() if name not in ("page", "lang")]
        if number > 1:
            query.append(("page", str(number)))
        return self.request.path + (f"?{urlencode(query)}" if query else "")
