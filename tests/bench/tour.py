"""Measures tour.json on the server: `python tests/bench/tour.py [SCENES …]` (468 and 46,800 unless told).

Makes a museum of that many scenes in a SQLite file of its own, then asks the application, without a network in between, for the
tours of scenes picked at random. *Build* is reading and assembling the document; *answer* also encodes, tags and compresses it.
Cold means that this scene was not asked for before in this process.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import gzip
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import insert

from museum.assets.models import Asset, AssetBlob
from museum.collection.models import Artifact, ArtifactText, Image, ImageText
from museum.database import Database
from museum.database.tables import metadata
from museum.database.texts import fold
from museum.languages import LANGUAGES
from museum.scenes.models import Hotspot, Link, LinkText, Place, PlaceText, Scene, SceneText, Venue, VenueText
from museum.scenes.tour_build import make_tour
from museum.web.answers import COMPRESSED, Compressed
from museum.web.api.tour import museum_title, tour
from museum.web.keys import DATABASE

LINKS, HOTSPOTS, MOMENTS = 6, 8, 3
BATCH = 5_000
WORDS = "津沽天海河衛城鼓樓橋街館廳堂瓷銅幣玉印畫書圖百年舊新門窗光影晨昏春夏秋冬"


def phrase(random_: random.Random, length: int) -> str:
    return "".join(random_.choice(WORDS) for _ in range(length))


def texts(kind: Any, numbers: range, field: str, length: int, random_: random.Random) -> list[dict[str, Any]]:
    return [
        {
            "record_id": number,
            "field": field,
            "language": language,
            "state": "source",
            "value": (value := phrase(random_, length) + str(number)),
            "folded": fold(value),
        }
        for number in numbers
        for language in LANGUAGES
    ]


async def fill(database: Database, scenes: int) -> None:
    """A museum of `scenes` scenes in five halls, each with links, hotspots and, at every third, a place of three moments."""
    random_ = random.Random(20)
    images, places = scenes * 5, max(1, scenes // 30)
    numbers, image_numbers, place_numbers = range(1, scenes + 1), range(1, images + 1), range(1, places + 1)

    def panorama(number: int) -> dict[str, Any]:
        return {
            "levels": [512, 1024, 2048],
            "strip": 128,
            "hash": base64.b64encode(random_.randbytes(288)).decode(),
            "tile": 512,
            "coverage": None,
        }

    room = {"key": "r", "title": {"zh-Hans": "展厅"}, "outline": [[0, 0], [8.5, 0], [8.5, 12.25], [0, 12.25]]}
    tables: list[tuple[Any, list[dict[str, Any]]]] = [
        (
            Asset,
            [
                {"id": n, "kind": "panorama", "state": "ready", "digest": f"{n:064x}", "info": panorama(n)}
                for n in numbers
            ],
        ),
        (
            Asset,
            [
                {
                    "id": scenes + n,
                    "kind": "image",
                    "state": "ready",
                    "digest": f"{scenes + n:064x}",
                    "info": {
                        "width": 3000,
                        "height": 2000,
                        "levels": [[750, 500], [1500, 1000], [3000, 2000]],
                        "color": "#aabbcc",
                    },
                }
                for n in image_numbers
            ],
        ),
        (
            AssetBlob,
            [
                {
                    "asset_id": scenes + n,
                    "role": "preview",
                    "digest": random_.randbytes(32).hex(),
                    "bytes": 9000,
                    "media_type": "image/jpeg",
                }
                for n in image_numbers
            ],
        ),
        (
            Venue,
            [
                {
                    "id": n,
                    "slug": f"hall-{n}",
                    "state": "published",
                    "plan": {"width": 60, "depth": 40, "rooms": [room] * 8, "doors": []},
                }
                for n in range(1, 6)
            ],
        ),
        (Place, [{"id": n, "slug": f"place-{n}", "state": "published", "venue_id": n % 5 + 1} for n in place_numbers]),
        (
            Scene,
            [
                {
                    "id": n,
                    "slug": f"scene-{n}",
                    "state": "published",
                    "venue_id": n % 5 + 1,
                    "place_id": (n // 10) % places + 1 if n % 10 == 0 else None,
                    "year": 1900 + n % 120,
                    "panorama_id": n,
                    # Three metres apart, each hall for itself.
                    "plan_x": n // 5 % 97 * 3.0,
                    "plan_y": n // 5 // 97 * 3.0,
                    "north": n % 360,
                }
                for n in numbers
            ],
        ),
        (
            Link,
            [
                {
                    "id": n * 10 + i,
                    "source_id": n,
                    "target_id": (n + step - 1) % scenes + 1,
                    "kind": "walk",
                    "position": i,
                    "yaw": 60 * i - 170.25,
                }
                for n in numbers
                for i, step in enumerate((1, 2, 3, -1, -2, 5)[:LINKS])
            ],
        ),
        (
            Artifact,
            [
                {
                    "id": n,
                    "slug": f"artifact-{n}",
                    "state": "published",
                    "accession_number": f"A{n}",
                    "category": "porcelain",
                }
                for n in image_numbers[: images // 2]
            ],
        ),
        (
            Image,
            [
                {
                    "id": n,
                    "slug": f"image-{n}",
                    "state": "published",
                    "asset_id": scenes + n,
                    "category": "porcelain",
                    "artifact_id": n if n <= images // 2 else None,
                }
                for n in image_numbers
            ],
        ),
        (
            Hotspot,
            [
                {
                    "id": n * 10 + i,
                    "scene_id": n,
                    "kind": "artifact" if i % 2 else "image",
                    "artifact_id": random_.randrange(images // 2) + 1 if i % 2 else None,
                    "image_id": None if i % 2 else random_.randrange(images) + 1,
                    "position": i,
                    "yaw": 40 * i - 160.5,
                    "polygon": [
                        [40 * i - 165.25, 8.5],
                        [40 * i - 155.75, 8.5],
                        [40 * i - 155.75, -8.5],
                        [40 * i - 165.25, -8.5],
                    ],
                }
                for n in numbers
                for i in range(HOTSPOTS)
            ],
        ),
        (VenueText, texts(VenueText, range(1, 6), "title", 6, random_)),
        (PlaceText, texts(PlaceText, place_numbers, "title", 6, random_)),
        (SceneText, texts(SceneText, numbers, "title", 8, random_)),
        (SceneText, texts(SceneText, numbers, "description", 80, random_)),
        (LinkText, texts(LinkText, range(10, scenes * 10, 50), "title", 6, random_)),
        (ArtifactText, texts(ArtifactText, image_numbers[: images // 2], "title", 9, random_)),
        (ImageText, texts(ImageText, image_numbers, "title", 9, random_)),
    ]
    async with database.engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    async with database.write() as session:
        for table, rows in tables:
            for start in range(0, len(rows), BATCH):
                # A Core insert with all columns given: one executemany, no mapped records.
                await session.execute(insert(table), rows[start : start + BATCH])


def summary(name: str, seconds: list[float], cpu: float) -> str:
    ordered = sorted(seconds)
    return (
        f"{name:<12} wall median {statistics.median(ordered) * 1000:6.2f} ms, 95th percentile "
        f"{ordered[int(len(ordered) * 0.95)] * 1000:6.2f} ms; CPU {cpu / len(ordered) * 1000:6.2f} ms each"
    )


async def measure(scenes: int, asked: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{Path(folder) / 'museum.db'}")
        began = time.perf_counter()
        await fill(database, scenes)
        print(f"{scenes} scenes (made in {time.perf_counter() - began:.0f} s)")
        app = web.Application()
        app[DATABASE], app[COMPRESSED] = database, Compressed()
        random_ = random.Random(4)
        slugs = [f"scene-{number}" for number in random_.sample(range(1, scenes + 1), min(scenes, asked + 20))]

        requests = {
            slug: make_mocked_request(
                "GET", "/", headers={"Accept-Encoding": "gzip"}, match_info={"slug": slug}, app=app
            )
            for slug in slugs
        }
        answers: dict[str, web.Response] = {}

        async def build(slug: str) -> None:
            assert await database.read_with(make_tour, slug, "public", museum_title())

        async def answer(slug: str) -> None:
            answers[slug] = await tour(requests[slug])

        for slug in slugs[:20]:
            await answer(slug)
        for name, function in (("build", build), ("answer cold", answer), ("answer warm", answer)):
            seconds: list[float] = []
            cpu = time.process_time()
            for slug in slugs[20:]:
                began = time.perf_counter()
                await function(slug)
                seconds.append(time.perf_counter() - began)
            print("  " + summary(name, seconds, time.process_time() - cpu))
        bodies = [answer.body for answer in answers.values() if isinstance(answer.body, bytes)]
        assert len(bodies) == len(slugs) and all(gzip.decompress(body).startswith(b'{"museum"') for body in bodies)
        sizes = [len(body) for body in bodies]
        print(f"  compressed  median {statistics.median(sizes):.0f} bytes, largest {max(sizes)} bytes")
        await database.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenes", type=int, nargs="*", default=[468, 46_800])
    parser.add_argument("--asked", type=int, default=300, help="how many tours to ask for")
    arguments = parser.parse_args()
    for number in arguments.scenes:
        asyncio.run(measure(number, arguments.asked))
