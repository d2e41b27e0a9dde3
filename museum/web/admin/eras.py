"""Pages of what machines propose: how one era lies over another, and which scenes of a hall are neighbours."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from io import BytesIO

import numpy as np
from aiohttp import hdrs, web
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.assets.alignment import Turn, align
from museum.assets.sphere import SPHERE_WIDTH, Sphere
from museum.assets.tiles import TileMissing
from museum.curation import drafting, eras, overview, roles
from museum.curation.errors import NotFound
from museum.scenes.geometry import wrap
from museum.scenes.models import Scene
from museum.scenes.neighbours import FARTHEST
from museum.scenes.view_source import ViewSource
from museum.web import forms
from museum.web.admin import access, flash, pages
from museum.web.errors import Problem
from museum.web.keys import DATABASE
from museum.web.sharing.view_maker import Busy
from museum.web.sharing.views import MAKER

routes = access.Routes()

PITCH_SHOWN = 45
"""Degrees above and below the horizon that the page shows."""
_KEPT = 64


class Aligner:
    """Works out turns one at a time, and keeps those last asked for."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._kept: OrderedDict[tuple[str, str], Turn] = OrderedDict()

    async def between(self, names: tuple[str, str], still: bytes, moving: bytes) -> Turn:
        """The turn between two spheres in JPEG, which go by `names`."""
        async with self._turn:
            if names not in self._kept:
                self._kept[names] = await asyncio.to_thread(_align, still, moving)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return self._kept[names]


ALIGNER = web.AppKey("aligner", Aligner)


def _align(still: bytes, moving: bytes) -> Turn:
    pictures = [np.asarray(Image.open(BytesIO(jpeg)).convert("RGB")) for jpeg in (still, moving)]
    return align(pictures[0], pictures[1])


async def _sphere(request: web.Request, source: ViewSource, pitch: float, roll: float) -> bytes:
    try:
        return await request.app[MAKER].picture(source, Sphere(SPHERE_WIDTH, pitch, roll))
    except TileMissing:
        raise web.HTTPNotFound from None
    except Busy:
        raise Problem(503, "http-503", {hdrs.RETRY_AFTER: "2"}) from None


async def _load(request: web.Request, slug: str) -> tuple[Scene, list[Scene]]:
    """A scene with what its picture is made of, and the other moments of its place."""
    async with request.app[DATABASE].read() as session:
        query = select(Scene).where(Scene.slug == slug)
        query = query.options(selectinload(Scene.texts), selectinload(Scene.venue), selectinload(Scene.panorama))
        scene = await session.scalar(query)
        if scene is None:
            raise NotFound("no-such-scene")
        return scene, await eras.moments(session, scene)


@routes.get("/admin/scenes/{slug}/sphere.jpg", needs="look")
async def sphere(request: web.Request) -> web.StreamResponse:
    """The whole sphere of a scene, put upright by `pitch` and `roll` degrees."""
    scene, _ = await _load(request, request.match_info["slug"])
    levels = [_degrees(request.query.get(name, "0")) for name in ("pitch", "roll")]
    return web.Response(body=await _sphere(request, eras.view_source(scene), *levels), content_type="image/jpeg")


def _degrees(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    # A hundredth of a degree is a twentieth of a pixel: fewer pictures are made, and kept.
    return round(min(max(number, -45.0), 45.0), 2) if math.isfinite(number) else 0.0


@routes.get("/admin/scenes/{slug}/align", needs="look")
async def align_page(request: web.Request) -> web.StreamResponse:
    """The scene laid over another moment of its place, `with`, as the machine proposes it."""
    scene, others = await _load(request, request.match_info["slug"])
    wanted = request.query.get("with", "")
    other = next((one for one in others if one.slug == wanted), others[0] if others else None)
    proposal: Turn | None = None
    if other is not None:
        proposal = await _propose(request, scene, other)
    async with request.app[DATABASE].read() as session:
        preview = await overview.titles(session, {("scene", one.slug) for one in (scene, *others)})
    return await pages.render(
        request,
        "align.html",
        scene=scene,
        other=other,
        others=others,
        titles=preview,
        proposal=proposal,
        north=round((proposal.yaw + other.north) % 360, 2) if proposal and other else scene.north,
        editable=roles.may_change(access.person_of(request), scene),
    )


async def _propose(request: web.Request, scene: Scene, other: Scene) -> Turn:
    still_source, source = eras.view_source(other), eras.view_source(scene)
    levels = (other.level_pitch, other.level_roll)
    still, moving = await asyncio.gather(_sphere(request, still_source, *levels), _sphere(request, source, 0, 0))
    return await request.app[ALIGNER].between((f"{still_source.digest}{levels}", source.digest), still, moving)


@routes.post("/admin/scenes/{slug}/align", needs="draft", scoped=True)
async def accept(request: web.Request) -> web.StreamResponse:
    form = await pages.read_form(request)
    home = f"/admin/scenes/{request.match_info['slug']}/align"
    async with pages.changing(request) as session:
        scene = await drafting.load_scene(
            session, request.match_info["slug"], access.person_of(request), pages.version_from(form)
        )
        await eras.lay_over(session, scene, *drafting.numbers(form, "north", "level_pitch", "level_roll"))
        undo = pages.undo(session, home)
    other = form.get("with", "")
    back = f"{home}?with={other}" if other.replace("-", "").isalnum() and other.isascii() else home
    return flash.redirect(request, back, "done", pages.say(request, "eras.accepted"), undo)


@routes.get("/admin/venues/{slug}/neighbours", needs="look")
async def neighbours_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        found = await eras.neighbours(session, venue)
        shown = [*found.scenes.values(), *found.unplaced]
        known = await overview.scene_titles(session, [scene.id for scene in shown])
        titles = {scene.slug: known.get(scene.id, {}) for scene in shown}
        return await pages.render(
            request,
            "neighbours.html",
            venue=venue,
            found=found,
            titles=titles,
            plan=(plan := _plan(found)),
            height=round(max((y for _, y in plan.values()), default=920) + 80),
            farthest=f"{FARTHEST:.0f}",
            yaw=lambda heading: f"{wrap(heading):.0f}",
            editable=roles.may(access.person_of(request), "draft", venue.id),
        )


def _plan(found: eras.Neighbours) -> dict[str, tuple[float, float]]:
    """Where the scenes lie in a drawing 1000 units wide at most, north on top."""
    points = {slug: (float(s.plan_x or 0), -float(s.plan_y or 0)) for slug, s in found.scenes.items()}
    if not points:
        return {}
    left, top = (min(point[axis] for point in points.values()) for axis in (0, 1))
    size = max(1.0, *(max(point[axis] for point in points.values()) - (left, top)[axis] for axis in (0, 1)))
    return {slug: (80 + (x - left) / size * 840, 40 + (y - top) / size * 840) for slug, (x, y) in points.items()}


@routes.post("/admin/venues/{slug}/neighbours", needs="draft", scoped=True)
async def join(request: web.Request) -> web.StreamResponse:
    """Make the links of the ways that are ticked (`way`, as `first/second`; `nearer` and `further` as a whole)."""
    form = await forms.sent(request)
    ways = {(str(one).partition("/")[0], str(one).partition("/")[2]) for one in form.getall("way", [])}
    home = f"/admin/venues/{request.match_info['slug']}/neighbours"
    async with pages.changing(request) as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        tokens = (str(form.get(name, "")) for name in ("nearer", "further"))
        count = await eras.join(session, venue, access.person_of(request), ways, *tokens)
        undo = pages.undo(session, home)
    return flash.redirect(request, home, "done", pages.say(request, "eras.joined", count=count), undo)


def register(app: web.Application) -> None:
    app[ALIGNER] = Aligner()
