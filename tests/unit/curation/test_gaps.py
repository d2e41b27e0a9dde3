"""Which records, and which of their parts, lack a text: the same as by looking at each of them."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.collection.models import Image, ImageText
from museum.curation import gaps
from museum.curation.bearers import BEARERS
from museum.database import Database
from museum.database.base import TEXT_STATES
from museum.languages import LANGUAGES
from museum.scenes.models import Hotspot, HotspotText, Scene, Venue

FIELDS = ("title", "caption")
"""One that all need, and one that only those need which have it in some language."""


@pytest.fixture
async def images(database: Database) -> list[Image]:
    """Sixty images with texts here and there."""
    random_ = random.Random(7)
    async with database.write() as session:
        for number in range(60):
            image = Image(slug=f"image-{number}", category="coin", state=random_.choice(("draft", "review")), texts=[])
            for field in FIELDS:
                for language in LANGUAGES:
                    state = random_.choice((*TEXT_STATES, None))
                    if state is not None and (field == "title" or number % 3):
                        words = random_.choice(("", "words"))
                        image.texts.append(ImageText(field=field, language=language, value=words, state=state))
            session.add(image)
    async with database.read() as session:
        return list(await session.scalars(select(Image).order_by(Image.id).options(selectinload(Image.texts))))


def has(image: Image | Hotspot, field: str, language: str | None = None, states: tuple[str, ...] = TEXT_STATES) -> bool:
    return any(
        text.field == field and text.value and text.state in states and language in (None, text.language)
        for text in image.texts
    )


@pytest.mark.parametrize("states", [TEXT_STATES, ("source", "reviewed")])
async def test_those_that_lack_a_text_are_found(
    database: Database, images: list[Image], states: tuple[str, ...]
) -> None:
    async with database.read() as session:
        for field in FIELDS:
            for language in LANGUAGES:
                expected = [
                    image.id
                    for image in images
                    if not has(image, field, language, states) and (field == "title" or has(image, field))
                ]
                assert 0 < len(expected) < 60
                lacked = gaps.lacking(session, BEARERS["image"], field, language, states=states)
                assert list(await session.scalars(lacked)) == expected
                assert await session.scalar(gaps.count(lacked)) == len(expected)
                part = gaps.lacking(session, BEARERS["image"], field, language, states=states, most=5, after=3)
                assert list(await session.scalars(part)) == expected[3:8]
                some = gaps.lacking(session, BEARERS["image"], field, language, Image.state == "review", states=states)
                chosen = {image.id for image in images if image.state == "review"}
                assert list(await session.scalars(some)) == [number for number in expected if number in chosen]


async def test_the_texts_that_only_some_have(database: Database, images: list[Image]) -> None:
    async with database.read() as session:
        assert await gaps.others(session, BEARERS["image"]) == ["caption"]
        assert await gaps.others(session, BEARERS["artifact"]) == []


STATES = ((1, "draft"), (2, "review"))


@pytest.fixture
async def spots(database: Database) -> list[Hotspot]:
    """Sixty hotspots of two scenes, some of which open an image, with texts here and there."""
    random_ = random.Random(11)
    async with database.write() as session:
        session.add(Venue(id=1, slug="hall", texts=[]))
        await session.flush()
        session.add(Image(id=1, slug="map", category="map"))
        session.add_all(Scene(id=number, slug=f"scene-{number}", venue_id=1, state=state) for number, state in STATES)
        await session.flush()
        for number in range(60):
            opens = random_.choice(("image", "text", "audio"))
            spot = Hotspot(scene_id=1 + number % 2, kind=opens, yaw=0.0, unplaced=number % 5 == 0, texts=[])
            spot.image_id = 1 if opens == "image" else None
            for language in LANGUAGES:
                state = random_.choice((*TEXT_STATES, None, None))
                if state is not None:
                    words = random_.choice(("", "words"))
                    spot.texts.append(HotspotText(field="title", language=language, value=words, state=state))
            session.add(spot)
    async with database.read() as session:
        return list(await session.scalars(select(Hotspot).order_by(Hotspot.id).options(selectinload(Hotspot.texts))))


@pytest.mark.parametrize("states", [TEXT_STATES, ("source", "reviewed")])
async def test_parts_that_lack_a_text_are_found(
    database: Database, spots: list[Hotspot], states: tuple[str, ...]
) -> None:
    bearer = BEARERS["hotspot"]
    async with database.read() as session:
        for language in LANGUAGES:
            lacking = [
                spot
                for spot in spots
                if (spot.kind != "image" or has(spot, "title")) and not has(spot, "title", language, states)
            ]
            assert 5 < len(lacking) < 60
            lacked = gaps.lacking(session, bearer, "title", language, states=states)
            assert list(await session.scalars(lacked)) == [spot.id for spot in lacking]
            part = gaps.lacking(session, bearer, "title", language, states=states, most=5, after=3)
            assert list(await session.scalars(part)) == [spot.id for spot in lacking[3:8]]
            placed = Hotspot.unplaced.is_(False)
            some = gaps.lacking(
                session, bearer, "title", language, Scene.state == "review", own=(placed,), states=states
            )
            wanted = [spot.id for spot in lacking if spot.scene_id == 2 and not spot.unplaced]
            assert list(await session.scalars(some)) == wanted
            assert await session.scalar(gaps.count(some)) == len(wanted)
            numbers = await gaps.numbers(
                session, bearer, "title", Scene.state == "review", own=(placed,), states=states
            )
            assert numbers[language] == len(wanted)
