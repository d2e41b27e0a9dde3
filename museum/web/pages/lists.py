"""The lists of exhibitions, activities, guided tours and places, each a page at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.cards import Card
from museum.collection.exhibitions_query import list_activities, list_exhibitions
from museum.collection.models import Activity, Exhibition
from museum.curation.visibility import is_published
from museum.guiding.models import GuidedTour
from museum.guiding.query import list_tours, tour_is_visible
from museum.scenes.models import Place
from museum.scenes.places_query import list_places, place_is_listed
from museum.web.keys import DATABASE
from museum.web.pages.addresses import helpers
from museum.web.pages.paging import Paging, page_number
from museum.web.rendering import render
from museum.web.sharing import about

PER_PAGE = 48


@dataclass(frozen=True)
class Kind:
    """What is listed: `name` is its address and the key of its title; `grid` and `shape` are how its cards lie; `listed` says what of
    `record` is in the list that `cards` reads."""

    name: str
    grid: str
    shape: str
    cards: Callable[..., Awaitable[list[Card]]]
    record: Any
    listed: Callable[[], ColumnElement[bool]]

    @property
    def empty(self) -> str:
        """The key of what is said where there is none."""
        return f"pages.empty-{self.name}"

    async def count(self, session: AsyncSession) -> int:
        """How many there are."""
        return await session.scalar(select(func.count()).select_from(self.record).where(self.listed())) or 0


KINDS = (
    Kind("exhibitions", "three", "", list_exhibitions, Exhibition, lambda: is_published(Exhibition)),
    Kind("activities", "two", "wide", list_activities, Activity, lambda: is_published(Activity)),
    Kind("tours", "two", "wide", list_tours, GuidedTour, tour_is_visible),
    Kind("places", "four", "", list_places, Place, place_is_listed),
)


async def show(kind: Kind, request: web.Request) -> web.StreamResponse:
    """A page of a list."""
    number = page_number(request)
    async with request.app[DATABASE].read() as session:
        cards = await kind.cards(session, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
        total = await kind.count(session) if number > 1 or len(cards) == PER_PAGE else len(cards)
    if not cards and number > 1:
        raise web.HTTPNotFound
    query = {"page": str(number)} if number > 1 else {}
    return await render(
        request,
        "pages/list.html",
        about=about.of_list(request, f"pages.{kind.name}", f"pages.home-{kind.name}-lead", cards, query),
        kind=kind,
        cards_=cards,
        paging=Paging(request, number, PER_PAGE, total),
        **helpers(),
    )


def register(app: web.Application) -> None:
    for kind in KINDS:
        app.router.add_get(f"/{kind.name}", partial(show, kind))
