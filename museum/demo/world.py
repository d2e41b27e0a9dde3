"""What stands in the museum and what lies outside: treasures as 3D models, the four sites in three eras each, and a film of one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import cv2
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.originals import begin_asset, keep_original
from museum.assets.store import Store
from museum.collection.models import Model, ModelAnnotation
from museum.database import now
from museum.demo.art.lettering import BRUSH_FOLDER
from museum.demo.catalogue import Row, treasure_slug
from museum.demo.drawing import LIMITS, PANORAMA, write_jpeg
from museum.demo.plan import MuseumPlan
from museum.demo.records import treasure_record
from museum.demo.signs import film_spots, write_film
from museum.demo.sites import MomentPlan, SitePlan, render_site, sites
from museum.demo.sites.sounds import HEARD, write_sound
from museum.demo.writing import write_rows
from museum.jobs import queue
from museum.jobs.task import Handler, Task
from museum.scenes.models import Scene


def handlers(store: Store, work: Path, seed: int, subject: str) -> dict[str, Handler]:
    """The kinds of job that make treasures and sites."""
    world = World(store, work, seed, subject)
    return {
        "demo.treasure": Handler(world.treasure),
        "demo.site": Handler(world.site),
        "demo.film": Handler(world.film),
    }


async def queue_world(session: AsyncSession, plan: MuseumPlan, subject: str) -> None:
    """Queue all treasures, those of the first rooms first, and all moments of the sites."""
    for place, treasure in enumerate(plan.treasures):
        await queue.enqueue(
            session,
            "demo.treasure",
            {"index": treasure.index, "priority": -12 - 10 * place},
            key=f"demo.treasure:{treasure.index}",
            subject=subject,
            priority=-12 - 10 * place,
        )
    for number, site in enumerate(sites()):
        for moment in range(len(site.moments)):
            key = f"demo.site:{site.slug}:{moment}"
            payload = {"site": number, "moment": moment}
            await queue.enqueue(session, "demo.site", payload, key=key, subject=subject, priority=-30 - moment)
    spots = {"spots": film_spots(plan)}
    await queue.enqueue(session, "demo.film", spots, key="demo.film", subject=subject, priority=-31)


class World:
    """The handlers."""

    def __init__(self, store: Store, work: Path, seed: int, subject: str) -> None:
        self._store = store
        self._work = work
        self._seed = seed
        self._subject = subject

    async def treasure(self, task: Task) -> None:
        """Turn one treasure, and hand it to ingest like a curator's scan."""
        index = task.payload["index"]
        folder = self._work / f"treasure-{task.job_id}"
        folder.mkdir(parents=True, exist_ok=True)
        path, spots = await task.in_child(
            turn_treasure, index, self._seed, str(folder), limits=LIMITS, readable=[BRUSH_FOLDER], writable=[folder]
        )
        original = await keep_original(task.database, self._store, Path(path), f"{treasure_slug(index)}.glb")
        async with task.finish() as session:
            await _annotate(session, index, spots)
            asset = await begin_asset(session, "model", [(original.id, "whole")], priority=task.payload["priority"])
            await session.execute(
                update(Model)
                .where(Model.slug == treasure_slug(index))
                .values(state="published", published_at=now(), asset_id=asset.id)
            )
        shutil.rmtree(folder, ignore_errors=True)

    async def site(self, task: Task) -> None:
        """Render one moment of a site and what is heard there, and hand both to ingest."""
        site = sites()[task.payload["site"]]
        moment = site.moments[task.payload["moment"]]
        folder = self._work / f"site-{task.job_id}"
        folder.mkdir(parents=True, exist_ok=True)
        slug = moment_slug(site.slug, moment.year)
        path = await task.in_child(
            paint_moment, task.payload["site"], task.payload["moment"], str(folder / f"{slug}.jpg"), limits=LIMITS,
            readable=[BRUSH_FOLDER],
            writable=[folder],
        )  # fmt: skip
        original = await keep_original(task.database, self._store, Path(path), f"{slug}.jpg")
        heard = await keep_original(task.database, self._store, folder / f"{slug}.wav", f"{slug}.wav")
        async with task.finish() as session:
            asset = await begin_asset(session, "panorama", [(original.id, "whole")], priority=-20)
            sound = await begin_asset(session, "recording", [(heard.id, "whole")], {"kind": "audio"}, priority=-20)
            await session.execute(
                update(Scene)
                .where(Scene.slug == slug)
                .values(state="published", published_at=now(), panorama_id=asset.id)
            )
            await _let_hear(session, slug, site, moment, sound.id)
        shutil.rmtree(folder, ignore_errors=True)

    async def film(self, task: Task) -> None:
        """Make the lobby's film, hand it to ingest and hang it where it is seen."""
        folder = self._work / f"film-{task.job_id}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "film.mp4"
        await task.in_child(shoot, str(path), limits=LIMITS, readable=[BRUSH_FOLDER], writable=[folder])
        original = await keep_original(task.database, self._store, path, "three-eras.mp4")
        async with task.finish() as session:
            film = await begin_asset(session, "recording", [(original.id, "whole")], {"kind": "video"}, priority=-31)
            slugs = [spot["scene"] for spot in task.payload["spots"]]
            found = await session.execute(select(Scene.slug, Scene.id).where(Scene.slug.in_(slugs)))
            scenes = dict(found.tuples().all())
            spots = [spot for spot in task.payload["spots"] if spot["scene"] in scenes]
            await write_film(session, spots, film.id, {"scene": scenes})
        shutil.rmtree(folder, ignore_errors=True)


def moment_slug(site: str, year: int) -> str:
    """`drum-tower-1937`."""
    return f"{site}-{year}"


async def _let_hear(session: AsyncSession, slug: str, site: SitePlan, moment: MomentPlan, recording: int) -> None:
    """Place the sound of a moment where it comes from."""
    scene = await session.scalar(select(Scene.id).where(Scene.slug == slug))
    if scene is None:
        return
    heard = HEARD[site.slug]
    yaw = (moment.landmark_yaw + heard.turned + 180) % 360 - 180
    values = {"kind": "audio", "position": 0, "yaw": yaw, "pitch": heard.pitch, "recording_id": recording}
    row = Row(values, heard.texts(), {"scene_id": ("scene", slug)})
    await write_rows(session, "hotspot", [row], {"scene": {slug: scene}})


async def _annotate(session: AsyncSession, index: int, spots: list[dict[str, Any]]) -> None:
    """Write the treasure's annotations at the places that were found on it."""
    slug = treasure_slug(index)
    model = await session.scalar(select(Model.id).where(Model.slug == slug))
    if model is None:
        return
    await session.execute(delete(ModelAnnotation).where(ModelAnnotation.model_id == model))
    notes = treasure_record(index).notes
    rows = [
        Row({"position": number, **spot}, note.texts(), {"model_id": ("model", slug)})
        for number, (note, spot) in enumerate(zip(notes, spots, strict=True))
    ]
    await write_rows(session, "model_annotation", rows, {"model": {slug: model}})


def turn_treasure(index: int, seed: int, folder: str) -> tuple[str, list[dict[str, Any]]]:
    """Make the model of a treasure; the path of its GLB, and where its annotations lie."""
    from museum.demo.treasures import build_glb
    from museum.demo.treasures.spots import spots_of

    cv2.setNumThreads(1)
    path = Path(folder, "model.glb")
    path.write_bytes(build_glb(index, seed))
    return str(path), spots_of(treasure_record(index), seed)


def shoot(path: str) -> None:
    """Make the film; its sound lies beside it meanwhile."""
    from museum.demo.sites import film

    cv2.setNumThreads(1)
    film.write_film(Path(path))


def paint_moment(site: int, moment: int, path: str) -> str:
    """Render one moment of a site to a JPEG, and write what is heard there beside it, as WAV."""
    cv2.setNumThreads(1)
    chosen = sites()[site]
    write_sound(chosen, chosen.moments[moment], Path(path).with_suffix(".wav"))
    write_jpeg(Path(path), render_site(chosen, chosen.moments[moment], *PANORAMA))
    return path


__all__ = ["handlers", "moment_slug", "queue_world"]
