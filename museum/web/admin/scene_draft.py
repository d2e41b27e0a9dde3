"""What the scene editor reads and writes: the draft of a scene as JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation import drafting, overview, placing, roles, scene_draft
from museum.curation.differences import Change, Path, flatten
from museum.curation.scene_draft import Contested, Sent
from museum.curation.snapshots import SHAPES, Snapshot
from museum.database.texts import pick
from museum.scenes.models import MAIN_FLOOR, Scene
from museum.scenes.venues_query import FloorCard, floor_cards
from museum.web.admin import access, pages
from museum.web.admin.difference_words import Teller, refers_to
from museum.web.keys import DATABASE
from museum.web.language import area

routes = access.Routes()

UNARRANGED = FloorCard(MAIN_FLOOR, {}, None, 1.0, 0.0, 0.0, 20.0, 0.0)
"""The one floor of a venue whose floors nobody has arranged."""


@routes.get("/admin/scenes/{slug}/draft.json", needs="look")
async def draft(request: web.Request) -> web.StreamResponse:
    """All that the editor shows of a scene:

    `{"version", "state", "title", "editable", "draft", "targets": {"artifact:blue-vase": {"title", "thumbnail"}}, "plan",
    "floors": [{"key", "title", "picture", "ratio", "x", "y", "metres", "turned"}], "others": [{"slug", "title", "floor", "x", "y"}],
    "words"}`; see `museum.curation.scene_draft.Draft`.
    """
    slug = request.match_info["slug"]
    async with request.app[DATABASE].read() as session:
        scene, snapshot = await scene_draft.read(session, slug)
        version, state = scene.version, scene.state
        editable = roles.may_change(access.person_of(request), scene) and state != "published"
        shown = await overview.scene_to_edit(session, slug)
        language: str = request["language"]
        answer = {
            "version": version,
            "state": state,
            "title": pick(overview.title_of(shown), language) or slug,
            "editable": editable,
            "draft": msgspec.to_builtins(scene_draft.draft_of(snapshot)),
            "targets": await _targets(session, shown, language),
            "plan": shown.venue.plan,
            "floors": await _floors(request, session, shown.venue_id),
            "others": [
                {
                    "slug": one.slug,
                    "title": pick(one.title, language) or one.slug,
                    "floor": one.floor,
                    "x": one.x,
                    "y": one.y,
                }
                for one in await overview.placed_scenes(session, shown)
            ],
            "words": area(language, "editor"),
        }
    return web.json_response(answer, dumps=_dumps)


async def _floors(request: web.Request, session: AsyncSession, venue_id: int) -> list[dict[str, Any]]:
    """The floors of its venue, each by a name; one where nobody has arranged any."""
    return [
        {
            "key": one.key,
            "title": pick(one.title, request["language"]) or pages.say(request, "plan.floor-number", number=number),
            "picture": one.source,
            **{name: getattr(one, name) for name in ("ratio", "x", "y", "metres", "turned")},
        }
        for number, one in enumerate(await floor_cards(session, venue_id) or [UNARRANGED], 1)
    ]


async def _targets(session: AsyncSession, scene: Scene, language: str) -> dict[str, Any]:
    """What its links and hotspots lead to, by kind and slug."""
    found: dict[str, Any] = {}
    for link in scene.links:
        if link.target is not None:
            found[f"scene:{link.target.slug}"] = _target(
                overview.title_of(link.target), link.target.slug, overview.preview_of(link.target.panorama), language
            )
    kinds = {spot.id: spot.kind for spot in scene.hotspots}
    for number, choice in (await overview.hotspot_targets(session, scene.hotspots)).items():
        found[f"{kinds[number]}:{choice.slug}"] = _target(choice.title, choice.slug, choice.thumbnail, language)
    return found


def _target(title: dict[str, str], slug: str, thumbnail: str | None, language: str) -> dict[str, Any]:
    return {"title": pick(title, language) or slug, "thumbnail": f"/files/{thumbnail}.jpg" if thumbnail else None}


@routes.put("/admin/scenes/{slug}/draft.json", needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    """Saves a draft, `museum.curation.scene_draft.Sent`: `{"version", "draft", "ids", "backs"}`. Where somebody else changed the same
    things meanwhile it answers 409 with `version`, `draft` (put together, theirs where both changed it) and `contested`: a list of
    `{"path", "part", "label", "was", "mine", "now"}`."""
    slug = request.match_info["slug"]
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        # Whose scene it is comes before what is sent.
        roles.demand_change(person, await drafting.load_scene(session, slug))
    sent = pages.decode_json(await request.read(), Sent)
    try:
        async with pages.changing(request, act=scene_draft.act_of(person, slug, sent.sitting)) as session:
            saved = await scene_draft.save(session, slug, sent, person)
    except Contested as contested:
        return web.json_response(await _contested(request, contested), status=409, dumps=_dumps)
    answer = {"version": saved.version, "draft": saved.draft, "ids": saved.ids, "backs": saved.backs}
    return web.json_response(msgspec.to_builtins(answer, str_keys=True), dumps=_dumps)


async def _contested(request: web.Request, contested: Contested) -> dict[str, Any]:
    base, mine, theirs = contested.sides
    async with request.app[DATABASE].read() as session:
        titles = await overview.titles(session, refers_to("scene", contested.sides))
    rows: list[dict[str, Any]] = []
    for path in contested.paths:
        named, was = _leaf(base, path)
        here, there = _leaf(mine, path)[1], _leaf(theirs, path)[1]
        lines = [
            Teller(request, "scene", base, side, titles).lines([Change(named, was, value)])[0]
            for side, value in ((mine, here), (theirs, there))
        ]
        rows.append(
            {
                "path": list(named),
                "part": lines[0].part,
                "label": lines[0].label,
                "was": lines[0].before.striptags(),
                "mine": lines[0].after.striptags(),
                "now": lines[1].after.striptags(),
            }
        )
    return {
        "version": contested.version,
        "draft": msgspec.to_builtins(scene_draft.draft_of(contested.merged)),
        "contested": rows,
    }


def _leaf(snapshot: Snapshot, path: Path) -> tuple[Path, Any]:
    """What stands at a path, or the whole part where the path ends in a part's number as `(…, "id")`."""
    if len(path) == 3 and path[2] == "id":
        found = next((one for one in snapshot[path[0]] if str(one["id"]) == path[1]), None)
        return path[:2], found
    return path, flatten(SHAPES["scene"], snapshot).get(path)


@routes.get("/admin/scenes/{slug}/way.json", needs="look")
async def way(request: web.Request) -> web.StreamResponse:
    """A way that is about to be made to the scene `to`, at `yaw`: `{"kind", "yaw", "back"}`; see `museum.curation.placing.Way`."""
    async with request.app[DATABASE].read() as session:
        scene = await drafting.load_scene(session, request.match_info["slug"])
        yaw = drafting.numbers(request.query, "yaw")[0]
        found = await placing.propose_way(session, scene, request.query.get("to", ""), yaw, access.person_of(request))
    return web.json_response({"kind": found.kind, "yaw": found.yaw, "back": found.back})


def _dumps(value: Any) -> str:
    return msgspec.json.encode(value).decode()
