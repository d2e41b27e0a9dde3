"""Building the demonstration museum as durable jobs: records first, then room after room, the lobby before all others.

A room's pictures are drawn (`demo.draw`), then its panoramas are rendered (`demo.render`). What comes out are originals, handed to
ingest like a curator's. Records appear to visitors as their pictures get ready.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from tqdm import tqdm

from museum.assets.originals import begin_asset, keep_original
from museum.assets.store import Store
from museum.collection.building import SUBJECT, building_of
from museum.collection.house import describe_house
from museum.collection.models import Artifact, Image
from museum.database import Database, now
from museum.demo import catalogue, programme, world
from museum.demo.art.lettering import BRUSH_FOLDER
from museum.demo.drawing import LIMITS, draw_pictures, read_plan, render_room, write_plan
from museum.demo.opening import open_exhibitions
from museum.demo.plan import MuseumPlan
from museum.demo.writing import Ids, write_rows
from museum.jobs import queue
from museum.jobs.models import Job
from museum.jobs.task import Handler, Task
from museum.scenes.models import Scene, Venue
from museum.settings import Settings

SEED = 1
NAMES = {
    "title": {"zh-Hans": "夜游博物馆", "zh-Hant": "夜遊博物館", "en": "Museum by Night"},
    "note": {
        "zh-Hans": "一座可以走进去的博物馆",
        "zh-Hant": "一座可以走進去的博物館",
        "en": "A museum you can walk into",
    },
}
"""What the demonstration museum calls itself."""
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)
"""When rooms are rendered that wait for their pictures: their jobs are queued from the start, so that progress knows of them."""


async def begin(database: Database, scale: int | None) -> None:
    """Ask for the museum to be built, unless it has been asked for before."""
    async with database.write() as session:
        await queue.enqueue(session, "demo.begin", {"scale": scale}, key="demo:begin", subject=SUBJECT, priority=-1)


def handlers(store: Store, settings: Settings) -> dict[str, Handler]:
    """The kinds of job that build the museum."""
    builder = Builder(store, settings.work / "demo")
    return {
        "demo.begin": Handler(builder.begin),
        "demo.draw": Handler(builder.draw),
        "demo.render": Handler(builder.render),
        **world.handlers(store, settings.work / "demo", SEED, SUBJECT),
    }


class Order:
    """In which order rooms are built."""

    def __init__(self, plan: MuseumPlan) -> None:
        self.rooms = {room.key: room for room in plan.rooms()}
        self.rank = {key: number for number, key in enumerate(self.rooms)}

    def render_priority(self, room: str) -> int:
        """Panoramas of a room come before anything of the rooms after it."""
        return -10 - 10 * self.rank[room]

    def draw_priority(self, room: str) -> int:
        """Its pictures are drawn just before."""
        return self.render_priority(room) - 1

    def picture_priority(self, room: str) -> int:
        """The zoomable pictures of a room follow its panoramas."""
        return self.render_priority(room) - 8


@lru_cache(maxsize=1)
def order_of(plan: MuseumPlan) -> Order:
    """The order for a plan, worked out once."""
    return Order(plan)


class Builder:
    """The handlers of building, working in `work`."""

    def __init__(self, store: Store, work: Path) -> None:
        self._store = store
        self._work = work
        self._plan_file = work / "plan.pickle"
        self._textures = work / "textures"

    async def _plan(self, payload: dict[str, Any], task: Task) -> MuseumPlan:
        if not self._plan_file.exists():
            await task.in_child(
                write_plan,
                str(self._plan_file),
                SEED,
                payload["scale"],
                limits=LIMITS,
                readable=[BRUSH_FOLDER],
                writable=[self._work],
            )
        return await asyncio.to_thread(_cached_plan, str(self._plan_file))

    async def begin(self, task: Task) -> None:
        """Write all records, as drafts where they wait for a picture, and queue the rooms."""
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        plan = await self._plan(task.payload, task)
        rows = await asyncio.to_thread(_all_rows, plan)
        order = order_of(plan)
        async with task.finish() as session:
            await describe_house(session, NAMES, demonstration=True)
            ids: Ids = {}
            for name, table_rows in rows.items():
                await write_rows(session, name, table_rows, ids)
            for hall in plan.halls:
                await session.execute(
                    update(Venue).where(Venue.slug == hall.key).values(entrance_id=ids["scene"][hall.entrance])
                )
            await programme.write_programme(session, plan, ids)
            await world.queue_world(session, plan, SUBJECT)
            for room in order.rooms:
                await self._queue(session, "demo.draw", task.payload, room, order.draw_priority(room))
                await self._queue(session, "demo.render", task.payload, room, order.render_priority(room), NOT_YET)

    async def _queue(
        self,
        session: AsyncSession,
        kind: str,
        payload: dict[str, Any],
        room: str,
        priority: int,
        after: datetime | None = None,
    ) -> None:
        await queue.enqueue(
            session,
            kind,
            {"scale": payload["scale"], "room": room},
            key=f"{kind}:{room}",
            subject=SUBJECT,
            priority=priority,
            run_after=after,
        )

    async def draw(self, task: Task) -> None:
        """Draw the pictures of a room, and hand them to ingest."""
        plan = await self._plan(task.payload, task)
        order = order_of(plan)
        key = task.payload["room"]
        orders = catalogue.drawing_orders(plan, order.rooms[key])
        folder = self._work / f"draw-{task.job_id}"
        folder.mkdir(parents=True, exist_ok=True)
        self._textures.mkdir(parents=True, exist_ok=True)
        made = await task.in_child(
            draw_pictures,
            orders,
            str(folder),
            str(self._textures),
            limits=LIMITS,
            readable=[BRUSH_FOLDER],
            writable=[folder, self._textures],
        )
        originals = await self._keep(task, [Path(row["path"]) for row in made])
        async with task.finish() as session:
            for row, original in zip(made, originals, strict=True):
                asset = await begin_asset(session, "image", [(original, "whole")], priority=order.picture_priority(key))
                slug = catalogue.image_slug(row["picture"])
                await _publish(session, Image, slug, asset_id=asset.id)
                shown = catalogue.shown_pictures(plan)[row["picture"]]
                if shown.artifact:
                    await _publish(session, Artifact, catalogue.artifact_slug(shown.artifact))
            await open_exhibitions(session)
            await self._release(session, key)
        shutil.rmtree(folder, ignore_errors=True)

    async def _keep(self, task: Task, paths: list[Path]) -> list[int]:
        kept: list[int] = []
        for path in paths:
            original = await keep_original(task.database, self._store, path, path.name)
            kept.append(original.id)
        return kept

    async def _release(self, session: AsyncSession, room: str) -> None:
        """Let a room be rendered: its pictures are there."""
        await session.execute(
            update(Job)
            .where(Job.key == f"demo.render:{room}", Job.state == "queued")
            .values(run_after=now())
            .execution_options(synchronize_session=False)
        )

    async def render(self, task: Task) -> None:
        """Render the panoramas of a room, and hand them to ingest."""
        plan = await self._plan(task.payload, task)
        order = order_of(plan)
        key = task.payload["room"]
        folder = self._work / f"render-{task.job_id}"
        folder.mkdir(parents=True, exist_ok=True)
        made = await task.in_child(
            render_room,
            str(self._plan_file),
            key,
            str(self._textures),
            str(folder),
            limits=LIMITS,
            readable=[self._work, BRUSH_FOLDER],
            writable=[folder],
        )
        originals = await self._keep(task, [Path(path) for _, path in made])
        async with task.finish() as session:
            for (scene, _), original in zip(made, originals, strict=True):
                asset = await begin_asset(
                    session, "panorama", [(original, "whole")], priority=order.render_priority(key) + 1
                )
                await _publish(session, Scene, scene, panorama_id=asset.id)
        shutil.rmtree(folder, ignore_errors=True)
        await self._clear_textures(task)

    async def _clear_textures(self, task: Task) -> None:
        """Textures are gigabytes that nobody needs once every room stands; a room that failed may still be tried again."""
        async with task.database.read() as session:
            unfinished = await session.scalar(
                select(func.count()).where(Job.kind.in_(("demo.draw", "demo.render")), Job.state != "done")
            )
        if not unfinished:
            await asyncio.to_thread(shutil.rmtree, self._textures, ignore_errors=True)


async def _publish(session: AsyncSession, record: type[Any], slug: str, **values: Any) -> None:
    await session.execute(
        update(record)
        .where(record.slug == slug)
        .values(state="published", published_at=now(), **values)
        .execution_options(synchronize_session=False)
    )


@lru_cache(maxsize=1)
def _cached_plan(path: str) -> MuseumPlan:
    return read_plan(path)


def _all_rows(plan: MuseumPlan) -> dict[str, list[catalogue.Row]]:
    makers: dict[str, Callable[[MuseumPlan], Any]] = {
        "venue": catalogue.venue_rows,
        "scene": catalogue.scene_rows,
        "link": catalogue.link_rows,
        "artifact": catalogue.artifact_rows,
        "image": catalogue.image_rows,
        "model": catalogue.model_rows,
        "hotspot": catalogue.hotspot_rows,
    }
    return {name: list(make(plan)) for name, make in makers.items()}


async def show_progress(database: Database, stop: asyncio.Event) -> None:
    """Say in the terminal how the building gets on, as a bar or, where nobody watches, in lines, until it ends or `stop` is set."""
    watched = sys.stderr.isatty()
    with tqdm(total=100, bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}", disable=not watched) as bar:
        shown = -1
        while not stop.is_set():
            async with database.read() as session:
                building = await building_of(session)
            if building is None:
                return
            if building.state == "failed":
                print(f"Building the demonstration museum failed: {building.error}", flush=True)
                return
            if building.state == "done":
                bar.n = 100
                bar.refresh()
                print(f"The demonstration museum stands: {building.made} pictures, scenes and models", flush=True)
                return
            percent = max(shown, building.percent)
            bar.n = percent
            made = (
                f"{building.made} of {building.wanted} pictures, scenes and models"
                if building.wanted
                else "planning it"
            )
            bar.set_description_str(f"Building the demonstration museum: {made}")
            if not watched and percent // 10 != shown // 10:
                print(f"Building the demonstration museum: {percent}%, {made}", flush=True)
            shown = percent
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 0.5)
