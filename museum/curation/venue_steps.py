"""How far a venue is on the way from panoramas to an open hall."""

from __future__ import annotations

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.curation.visibility import PUBLISHED
from museum.scenes.models import Link, Scene, Venue


async def steps_done(session: AsyncSession, venue: Venue) -> frozenset[str]:
    """Those of `upload`, `plan`, `link`, `scenes`, `send` and `open` that are done: scenes are there, all stand on the plan, all lead on,
    all are published, none is a draft any more, and the venue is published."""
    scenes = Scene.venue_id == venue.id
    leads_on = exists(select(1).where(Link.source_id == Scene.id, Link.kind == "walk"))
    count, placed, linked, published, sent = (
        await session.execute(
            select(
                func.count(),
                func.count(Scene.plan_x),
                func.count().filter(leads_on),
                func.count().filter(Scene.state == PUBLISHED),
                func.count().filter(Scene.state != "draft"),
            ).where(scenes)
        )
    ).one()
    done = {
        "upload": count > 0,
        "plan": placed == count > 0,
        "link": linked == count > 0,
        "scenes": published == count > 0,
        "send": sent == count > 0,
        "open": venue.state == PUBLISHED,
    }
    return frozenset(step for step, is_done in done.items() if is_done)
