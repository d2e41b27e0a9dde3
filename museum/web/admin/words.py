"""Saving the words of records that share one page, and what else those of artifacts and images say."""

from __future__ import annotations

from aiohttp import web

from museum.curation import facts, photographs, snapshot_rows, wording
from museum.curation.errors import NotFound
from museum.web.admin import access, conflict, flash, kinds, pages

routes = access.Routes()


@routes.post(f"{kinds.PATTERN}/words", needs="draft", scoped=True)
async def save(request: web.Request) -> web.StreamResponse:
    kind, slug = kinds.named(request)
    form = await pages.read_form(request)
    home = flash.safe_path(form.get("back", ""), kinds.page(kind, slug))

    async def write(form: dict[str, str]) -> web.StreamResponse:
        async with pages.changing(request) as session:
            record = await snapshot_rows.load(session, kind, slug, change=True)
            if record is None:
                raise NotFound(f"no-such-{kind}")
            texts = pages.texts_from(form, *wording.FIELDS.get(kind, ()))
            wording.write(record, access.person_of(request), pages.version_from(form), texts)
        return flash.redirect(request, home, "done", pages.say(request, "saved"))

    return await conflict.settle(request, kind, home, form, write)


@routes.post("/admin/artifacts/{slug}/facts", needs="draft")
async def save_facts(request: web.Request) -> web.StreamResponse:
    slug = request.match_info["slug"]
    home = kinds.page("artifact", slug)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        said = facts.Facts(
            form.get("accession_number", ""),
            form.get("category", ""),
            form.get("grade", ""),
            pages.whole(form, "year_from"),
            pages.whole(form, "year_to"),
            form.get("edtf"),
        )
        async with pages.changing(request) as session:
            person = access.person_of(request)
            artifact = await photographs.load_artifact(session, slug, person)
            await facts.write(session, artifact, person, pages.version_from(form), said)
        return flash.redirect(request, home, "done", pages.say(request, "saved"))

    return await conflict.settle(request, "artifact", home, await pages.read_form(request), write)


@routes.post("/admin/images/{slug}/facts", needs="draft")
async def save_image_facts(request: web.Request) -> web.StreamResponse:
    slug = request.match_info["slug"]
    home = kinds.page("image", slug)

    async def write(form: dict[str, str]) -> web.StreamResponse:
        said = facts.ImageFacts(
            form.get("category", ""),
            form.get("rights", ""),
            pages.decimal(form, "width_mm"),
            pages.decimal(form, "height_mm"),
        )
        async with pages.changing(request) as session:
            image = await snapshot_rows.load(session, "image", slug, change=True)
            if image is None:
                raise NotFound("no-such-image")
            await facts.write_image(session, image, access.person_of(request), pages.version_from(form), said)
        return flash.redirect(request, home, "done", pages.say(request, "saved"))

    return await conflict.settle(request, "image", home, await pages.read_form(request), write)
