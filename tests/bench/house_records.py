"""What fills a large museum besides scenes, images and artifacts: exhibitions, tours, models, and what curators have left behind."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import (
    Activity,
    ActivityText,
    Exhibition,
    ExhibitionItem,
    ExhibitionSection,
    ExhibitionSectionText,
    ExhibitionText,
    Image,
    ImageText,
    Model,
    ModelText,
)
from museum.curation.models import (
    AuditEvent,
    BatchFile,
    Comment,
    LoginSession,
    Person,
    Planned,
    PreviewLink,
    Revision,
    UploadBatch,
)
from museum.database import Database
from museum.guiding.models import GuidedTour, GuidedTourText, TourStop, TourStopText
from museum.jobs.models import Job
from museum.scenes.models import Hotspot, HotspotText, Scene
from tests.bench.tour import BATCH, HOTSPOTS, texts

LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
ACTIONS = ("changed", "made", "published", "withdrawn", "uploaded", "logged-in")


def _moment(number: int) -> datetime:
    return LONG_AGO + timedelta(seconds=40 * number)


def _shown(scenes: int, random_: random.Random) -> list[tuple[Any, list[dict[str, Any]]]]:
    """What visitors may see: for each reference museum (468 scenes) 21 exhibitions, 15 models, 2 activities, 3 tours."""
    images = scenes * 5
    exhibitions, models = range(1, scenes * 21 // 468 + 1), range(1, scenes * 15 // 468 + 1)
    activities, tours = range(1, scenes * 2 // 468 + 1), range(1, scenes * 3 // 468 + 1)
    first = scenes + images
    sections = range(1, len(exhibitions) * 5 + 1)

    def record(kind: str, numbers: range, **more: Any) -> list[dict[str, Any]]:
        return [{"id": n, "slug": f"{kind}-{n}", "state": "published", "position": n, **more} for n in numbers]

    return [
        (
            Asset,
            [{"id": first + n, "kind": "model", "state": "ready", "digest": f"{first + n:064x}"} for n in models],
        ),
        (
            AssetBlob,
            [
                {
                    "asset_id": first + n,
                    "role": "poster",
                    "digest": random_.randbytes(32).hex(),
                    "bytes": 9000,
                    "media_type": "image/jpeg",
                }
                for n in models
            ],
        ),
        (Model, [{"id": n, "slug": f"model-{n}", "state": "published", "asset_id": first + n} for n in models]),
        (Exhibition, [{**one, "cover_id": one["id"]} for one in record("exhibition", exhibitions)]),
        (ExhibitionSection, [{"id": n, "exhibition_id": (n - 1) // 5 + 1, "position": n % 5} for n in sections]),
        (
            ExhibitionItem,
            [
                {"section_id": n, "position": i, "image_id": random_.randrange(images) + 1, "artifact_id": None}
                for n in sections
                for i in range(12)
            ],
        ),
        (Activity, record("activity", activities)),
        (GuidedTour, record("tour", tours)),
        (
            TourStop,
            [
                {"id": n * 12 + i, "tour_id": n, "position": i, "scene_id": (n * 150 + i) % scenes + 1, "yaw": 10.0 * i}
                for n in tours
                for i in range(12)
            ],
        ),
        (ModelText, texts(ModelText, models, "title", 9, random_)),
        (ExhibitionText, texts(ExhibitionText, exhibitions, "title", 9, random_)),
        (ExhibitionSectionText, texts(ExhibitionSectionText, sections, "title", 6, random_)),
        (ActivityText, texts(ActivityText, activities, "title", 9, random_)),
        (GuidedTourText, texts(GuidedTourText, tours, "title", 9, random_)),
        (TourStopText, texts(TourStopText, range(12, (len(tours) + 1) * 12), "body", 60, random_)),
        # A word on the wall of each scene; one in five has not been translated.
        (
            Hotspot,
            [
                {"id": n * 10 + HOTSPOTS, "scene_id": n, "kind": "text", "position": HOTSPOTS, "yaw": 170.5}
                for n in range(1, scenes + 1)
            ],
        ),
        (
            HotspotText,
            [
                one
                for field, length in (("title", 6), ("description", 60))
                for one in texts(HotspotText, range(10 + HOTSPOTS, scenes * 10 + 10, 10), field, length, random_)
                if one["language"] != "en" or one["record_id"] // 10 % 5
            ],
        ),
        # Some of what opens something has a name of its own there.
        (HotspotText, texts(HotspotText, range(10, scenes * 10 + 10, 40), "title", 6, random_)),
        # Every second picture has been described.
        (ImageText, texts(ImageText, range(1, images + 1, 2), "alt", 16, random_)),
    ]


def _left(scenes: int) -> list[tuple[Any, list[dict[str, Any]]]]:
    """What curators leave behind: revisions, the audit, jobs that are over, uploads, comments."""
    images = scenes * 5
    kinds = [("scene", scenes), ("image", images), ("artifact", images // 2)]
    made = [(kind, n) for kind, count in kinds for n in range(1, count + 1)]
    changes = [*made, *[("artifact", 777)] * 300, *[("scene", 777)] * 300]
    return [
        (
            Person,
            [
                {"id": n, "name": f"p{n}", "display_name": f"Curator {n}", "password_hash": "!", "role": "curator"}
                for n in range(2, 202)
            ],
        ),
        (
            LoginSession,
            [
                {"token_digest": f"{n:064x}", "person_id": n % 200 + 2, "expires_at": _moment(n + 3_000_000)}
                for n in range(2_000)
            ],
        ),
        (
            Revision,
            [
                {
                    "kind": kind,
                    "slug": f"{kind}-{n}",
                    "version": index % 300 + 1,
                    "state": "published",
                    # Two hundred were deleted and are still there: brought back with another number.
                    "action": "deleted" if index % 2000 == 0 else "changed",
                    "act": f"{index:032x}",
                    "at": _moment(index),
                    "person_id": index % 200 + 2,
                    "person": f"Curator {index % 200 + 2}",
                    "changed": ["texts.title.en"],
                    "snapshot": {"state": "published", "texts": {"title": {"en": [f"Title {index}", "source"]}}},
                }
                for index, (kind, n) in enumerate(changes)
            ],
        ),
        (
            AuditEvent,
            [
                {
                    "at": _moment(index),
                    "person_id": index % 200 + 2,
                    "person": f"Curator {index % 200 + 2}",
                    "address": "192.0.2.1",
                    "action": ACTIONS[index % len(ACTIONS)],
                    "kind": kind,
                    "slug": f"{kind}-{n}",
                    "detail": {"changed": ["texts.title.en"]},
                    "digest": f"{index:064x}",
                }
                for index, (kind, n) in enumerate(made * 2)
            ],
        ),
        (
            Job,
            [
                {
                    "kind": "image",
                    "key": f"job-{n}",
                    "subject": f"asset:{n}",
                    "state": "failed" if n % 1000 == 0 else "queued" if n % 1001 == 0 else "done",
                    "progress": 1.0,
                    "error": {"code": "damaged"} if n % 1000 == 0 else None,
                }
                for n in range(1, scenes + images + 1)
            ],
        ),
        (
            UploadBatch,
            [{"id": f"{n:032x}", "person_id": n % 200 + 2, "venue": "hall-1"} for n in range(scenes // 200)],
        ),
        (
            BatchFile,
            [
                {
                    "batch_id": f"{n:032x}",
                    "position": i,
                    "name": f"{i}.jpg",
                    "bytes": 9_000_000,
                    "state": "made",
                    "scene": f"scene-{n * 200 + i + 1}",
                    "row": {},
                }
                for n in range(scenes // 200)
                for i in range(200)
            ],
        ),
        (
            Comment,
            [
                {"kind": "scene", "slug": f"scene-{n}", "person": "Curator 7", "person_id": 7, "word": "sent"}
                for n in range(1, scenes + 1, 5)
            ],
        ),
        (
            Planned,
            [
                {
                    "kind": "scene",
                    "slug": f"scene-{n}",
                    "action": "withdraw",
                    "at": _moment(4_000_000),
                    "person": "Curator 7",
                }
                for n in range(1, 200)
            ],
        ),
        (
            PreviewLink,
            [
                {"kind": "scene", "slug": f"scene-{n}", "person": "Curator 7", "expires_at": _moment(4_000_000)}
                for n in range(1, scenes + 1, 9)
            ],
        ),
    ]


async def fill_house(database: Database, scenes: int) -> None:
    """Add to a museum made by `tests.bench.tour.fill` all else that the curators' pages list."""
    random_ = random.Random(21)
    async with database.write() as session:
        for table, rows in (*_shown(scenes, random_), *_left(scenes)):
            for start in range(0, len(rows), BATCH):
                await session.execute(insert(table), rows[start : start + BATCH])
        for record in (Scene, Image):
            await session.execute(update(record).where(record.id % 20 == 3).values(state="draft"))
            await session.execute(update(record).where(record.id % 400 == 9).values(state="review"))
        await session.execute(
            update(Asset).where(Asset.id % 3000 == 3).values(state="failed", error={"code": "damaged"})
        )
        await session.execute(update(Image).where(Image.id % 500 == 5).values(rights_until="2026-12-20"))
