"""The curators' pages under `/admin`: everything here demands a role, see `access`."""

from __future__ import annotations

from aiohttp import web

from museum.web.admin import (
    access,
    account,
    audit,
    batch_list,
    batches,
    deleted,
    eras,
    exhibits,
    floor_plans,
    hanging,
    history,
    home,
    hotspots,
    images,
    jobs,
    languages,
    login,
    marking,
    models,
    museum,
    order,
    passkeys,
    people,
    photographs,
    recordings,
    records,
    review,
    reviews,
    rights,
    scene_draft,
    scenes,
    schedule,
    sessions,
    sign_on,
    spots,
    steps,
    tours,
    translating,
    tus,
    venues,
    words,
)


def register(app: web.Application) -> None:
    app.middlewares.append(access.identify)
    app.middlewares.append(access.guard)
    app[access.NEEDS] = {}
    app[access.SCOPED] = set()
    sign_on.register(app)
    tus.register(app)
    eras.register(app)
    home.register(app)
    languages.register(app)
    schedule.register(app)
    for module in (
        login,
        account,
        passkeys,
        sign_on,
        home,
        deleted,
        images,
        jobs,
        languages,
        museum,
        venues,
        floor_plans,
        hotspots,
        scenes,
        scene_draft,
        models,
        marking,
        spots,
        recordings,
        tours,
        tus,
        eras,
        batch_list,
        batches,
        sessions,
        people,
        records,
        order,
        hanging,
        exhibits,
        photographs,
        steps,
        history,
        audit,
        review,
        reviews,
        rights,
        schedule,
        translating,
        words,
    ):
        access.mount(app, module.routes)
