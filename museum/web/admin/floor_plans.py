"""The page of a venue's floor plans, and what it reads and writes: its scenes on them, its floors and their pictures, ways between
neighbours."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from museum.curation import changes, drafting, eras, floor_plans, floor_plans_query, overview, roles
from museum.curation.errors import NotFound, Refused
from museum.curation.floor_plans import Contested, Difference, Sent
from museum.curation.floor_plans_query import Picture
from museum.database.texts import pick
from museum.languages import LANGUAGES, language_named
from museum.web.admin import access, flash, pages, tus
from museum.web.admin.making import explain
from museum.web.keys import DATABASE
from museum.web.language import area

HOME = "/admin/venues/{slug}/plan"

routes = access.Routes()


@routes.get(HOME, needs="look")
async def plan_page(request: web.Request) -> web.StreamResponse:
    async with request.app[DATABASE].read() as session:
        venue = await floor_plans.load(session, request.match_info["slug"])
        arranged = await floor_plans_query.read(session, venue, access.person_of(request))
        return await pages.render(
            request,
            "plan.html",
            venue=venue,
            arranged=arranged,
            floors=floor_plans.floors_of(venue),
            pictures={one.id: one for one in arranged.pictures},
            may=pages.may_in(request, venue),
        )


@routes.get(HOME + ".json", needs="look")
async def arranged(request: web.Request) -> web.StreamResponse:
    """All that the page arranges: `{"arrange", "leaves", "scenes", "links", "pictures", "rooms", "languages", "more", "words"}`; see
    `museum.curation.floor_plans`."""
    language: str = request["language"]
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        venue = await floor_plans.load(session, request.match_info["slug"])
        found = await floor_plans_query.read(session, venue, person)
        rooms = (venue.plan or {}).get("rooms", ())
        answer = {
            "arrange": roles.may(person, "arrange", venue.id),
            "link": roles.may(person, "draft", venue.id),
            "leaves": found.leaves,
            "scenes": [
                {
                    "slug": one.slug,
                    "title": pick(one.title, language) or one.slug,
                    "thumbnail": f"/files/{one.thumbnail}.jpg" if one.thumbnail else None,
                    "yaw": one.yaw,
                    "state": one.state,
                    "editable": one.editable,
                }
                for one in found.scenes
            ],
            "links": found.links,
            "pictures": [_told(request, one) for one in found.pictures],
            "rooms": [{"floor": room.get("floor", "main"), "outline": room["outline"]} for room in rooms],
            "languages": {tag: language_named(tag).name for tag in LANGUAGES},
            "more": found.more,
            "words": {**area(language, "editor"), **area(language, "plan")},
        }
    return web.json_response(answer, dumps=_dumps)


def _told(request: web.Request, one: Picture) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.made.state,
        "progress": round(one.made.progress, 4),
        "again": one.made.state in ("failed", "cancelled") and not one.made.for_good,
        "source": f"/files/{one.file}.jpg" if one.file else None,
        "width": one.width,
        "height": one.height,
        "words": explain(request, "panorama", one.made),
    }


@routes.put(HOME + ".json", needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    """Saves what was changed, `museum.curation.floor_plans.Sent`. Where somebody else changed the same meanwhile it answers 409 with
    `contested`: a list of `{"path", "label", "was", "mine", "now", "value"}`, `value` being what is there now."""
    slug = request.match_info["slug"]
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        # Whose hall it is comes before what is sent.
        roles.demand(person, "draft", (await drafting.load_venue(session, slug)).id)
    sent = pages.decode_json(await request.read(), Sent)
    try:
        async with pages.changing(request, act=floor_plans.act_of(person, slug, sent.sitting)) as session:
            await floor_plans.save(session, slug, sent, person)
    except Contested as contested:
        rows = await _contested(request, contested.differences)
        return web.json_response({"contested": rows}, status=409, dumps=_dumps)
    return web.json_response({})


async def _contested(request: web.Request, differences: list[Difference]) -> list[dict[str, Any]]:
    async with request.app[DATABASE].read() as session:
        wanted = {("scene", one.path.split("/")[1]) for one in differences if one.path.startswith("scene/")}
        titles = await overview.titles(session, wanted)
    rows: list[dict[str, Any]] = []
    for one in differences:
        kind, name, what, *rest = one.path.split("/")
        owner = pick(titles.get((kind, name), {}), request["language"]) if kind == "scene" else ""
        label = pages.say(request, f"plan.leaf-{what}")
        sides = {side: _say(request, what, getattr(one, side)) for side in ("was", "mine", "now")}
        rows.append({"path": one.path, "label": " · ".join((owner or name, label, *rest)), **sides, "value": one.now})
    return rows


def _say(request: web.Request, what: str, value: Any) -> str:
    if value is None or value == "":
        return pages.say(request, "plan.none")
    if what == "at":
        return pages.say(request, "plan.at", x=f"{value[1]:.2f}", y=f"{value[2]:.2f}")
    if what == "frame":
        x, y, metres, turned = (f"{number:.2f}" for number in value)
        return pages.say(request, "plan.frame-at", x=x, y=y, metres=metres, turned=turned)
    return f"{value:.1f}°" if what == "north" else str(value)


@routes.post(HOME + "/pictures", needs="arrange", scoped=True)
async def bring_picture(request: web.Request) -> web.StreamResponse:
    """Make a plan's picture of a finished upload (`upload`), or of a file in the form itself, and say which; with `floor` in the address
    hang it there at once."""
    slug = request.match_info["slug"]
    person = access.person_of(request)
    async with request.app[DATABASE].read() as session:
        # Before a long upload, not after it.
        roles.demand(person, "arrange", (await drafting.load_venue(session, slug)).id)
    files = await tus.files_of(request)
    if len(files) != 1:
        raise Refused("file-missing" if not files else "recording-one")
    async with pages.changing(request) as session:
        venue = await floor_plans.load(session, slug, change=True)
        asset = await floor_plans.begin_picture(session, venue, files[0][0])
        changes.note(session, "uploaded", "venue", slug, originals=[files[0][0]])
        if key := request.query.get("floor", ""):
            leaf = f"floor/{key}/picture"
            present = {
                name: value
                for floor in floor_plans.floors_of(venue)
                for name, value in floor_plans.leaves_of_floor(floor).items()
            }
            await floor_plans.save(session, slug, Sent({leaf: (present.get(leaf), asset.id)}), person)
    if access.wants_json(request):
        return web.json_response({"id": asset.id})
    return flash.redirect(request, HOME.format(slug=slug), "done", pages.say(request, "plan.picture-begun"))


@routes.get(HOME + "/pictures/{id:[0-9]+}.json", needs="look")
async def picture(request: web.Request) -> web.StreamResponse:
    """How a picture is getting on."""
    async with request.app[DATABASE].read() as session:
        venue = await floor_plans.load(session, request.match_info["slug"])
        found = await floor_plans_query.picture(session, venue, pages.identifier(request))
    if found is None:
        raise NotFound("no-such-picture")
    return web.json_response(_told(request, found))


@routes.post(HOME + "/floors", needs="arrange", scoped=True)
async def save_floor(request: web.Request) -> web.StreamResponse:
    """The form of a floor that serves without scripts; without a `key` it makes a floor."""
    form = await pages.read_form(request)
    slug = request.match_info["slug"]
    person = access.person_of(request)
    async with pages.changing(request) as session:
        venue = await floor_plans.load(session, slug, change=True)
        floors = floor_plans.floors_of(venue)
        present = {path: value for floor in floors for path, value in floor_plans.leaves_of_floor(floor).items()}
        key = form.get("key", "") or floor_plans.free_key(floors)
        at = f"floor/{key}"
        wanted: dict[str, Any] = {f"{at}/order": present.get(f"{at}/order", len(floors))}
        if "metres" in form:
            wanted[f"{at}/frame"] = drafting.numbers(form, "x", "y", "metres", "turned")
        titles = pages.texts_from(form, "title")["title"]
        wanted |= {f"{at}/title/{language}": words for language, words in titles.items()}
        changed = {path: (present.get(path), value) for path, value in wanted.items() if present.get(path) != value}
        await floor_plans.save(session, slug, Sent(changed), person)
    return flash.redirect(request, HOME.format(slug=slug), "done", pages.say(request, "saved"))


@routes.get(HOME + "/ways.json", needs="look")
async def ways(request: web.Request) -> web.StreamResponse:
    """Ways that are proposed between neighbours: `{"ways": [{"first", "second", "yaw", "back", "metres"}]}`."""
    async with request.app[DATABASE].read() as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        found = await eras.neighbours(session, venue)
    told = [
        {"first": way.first, "second": way.second, "yaw": way.yaw, "back": way.yaw_back, "metres": way.metres}
        for way in found.ways
    ]
    return web.json_response({"ways": told}, dumps=_dumps)


class Wanted(msgspec.Struct):
    """The ways to make, by their ends."""

    ways: list[tuple[str, str]]


@routes.post(HOME + "/ways.json", needs="draft", scoped=True)
async def join(request: web.Request) -> web.StreamResponse:
    """Make both links of each way as one act: `{"made", "words", "undo"}`; a POST to `undo` takes them all back."""
    person, sent = access.person_of(request), await request.read()
    async with pages.changing(request) as session:
        venue = await drafting.load_venue(session, request.match_info["slug"])
        # Whose hall it is comes before what is sent.
        roles.demand(person, "draft", venue.id)
        wanted = pages.decode_json(sent, Wanted)
        made = await eras.join(session, venue, person, set(wanted.ways))
        undo = pages.undo(session, HOME.format(slug=venue.slug))
    return web.json_response(
        {"made": made, "words": pages.say(request, "eras.joined", count=made), "undo": undo.action}
    )


def _dumps(value: Any) -> str:
    return msgspec.json.encode(value).decode()
