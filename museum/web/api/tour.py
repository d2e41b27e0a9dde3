"""`/api/v1/scenes/{slug}/tour.json`."""

from __future__ import annotations

from aiohttp import web

from museum.languages import LANGUAGES
from museum.scenes.tour import Texts
from museum.scenes.tour_build import make_tour
from museum.web.answers import PRIVATE, REVALIDATE, add_public, json_answer, sees_drafts
from museum.web.api.query import check_names
from museum.web.errors import not_found
from museum.web.keys import DATABASE
from museum.web.language import translate


def museum_title() -> Texts:
    """The museum's name in all languages."""
    return {language: translate(language, "pages.museum") for language in LANGUAGES}


async def tour(request: web.Request) -> web.Response:
    """All that the viewer needs for one scene. With `?preview=1` somebody logged in sees drafts too."""
    check_names(request, "preview")
    previews = "preview" in request.query and sees_drafts(request)
    document = await request.app[DATABASE].read_with(
        make_tour, request.match_info["slug"], "curator" if previews else "public", museum_title()
    )
    if document is None:
        raise not_found()
    return json_answer(request, document, cache=PRIVATE if previews else REVALIDATE)


def register(app: web.Application) -> None:
    add_public(app, "/api/v1/scenes/{slug:[a-z0-9-]{1,120}}/tour.json", tour)
