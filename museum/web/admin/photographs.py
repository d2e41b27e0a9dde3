"""The photographs of an artifact, and their order."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import joining, photographs, roles
from museum.web.admin import access, pages
from museum.web.keys import DATABASE

routes = access.Routes()

HOME = "/admin/artifacts/{slug}/photographs"


def home_of(request: web.Request) -> str:
    """The page of the artifact's photographs."""
    return HOME.format(slug=request.match_info["slug"])


@routes.get(HOME, needs="look")
async def photographs_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        artifact = await photographs.load_artifact(session, request.match_info["slug"])
        found = await photographs.photographs_of(session, artifact)
        return await pages.render(
            request,
            "photographs.html",
            artifact=artifact,
            photographs=found,
            asked=await joining.asked_of(session, [one.slug for one in found]),
            editable=roles.may_change(access.person_of(request), artifact),
        )


@routes.post(HOME, needs="draft")
async def add(request: web.Request) -> web.StreamResponse:
    form, person = await pages.read_form(request), access.person_of(request)

    async def do(session: AsyncSession) -> None:
        artifact = await photographs.load_artifact(session, request.match_info["slug"], person)
        await photographs.add(session, artifact, person, form.get("target", ""))

    return await pages.act(request, home_of(request), "exhibits.photograph-added", do)


@routes.post(HOME + "/{image}/{way:earlier|later|delete}", needs="draft")
async def arrange(request: web.Request) -> web.StreamResponse:
    """Have one come earlier or later, or let it go."""
    person, image, way = access.person_of(request), request.match_info["image"], request.match_info["way"]

    async def do(session: AsyncSession) -> None:
        artifact = await photographs.load_artifact(session, request.match_info["slug"], person)
        if way == "delete":
            await photographs.remove(session, artifact, person, image)
        else:
            await photographs.move(session, artifact, person, image, -1 if way == "earlier" else 1)

    said = "exhibits.photograph-removed" if way == "delete" else "exhibits.moved"
    return await pages.act(request, home_of(request), said, do)
