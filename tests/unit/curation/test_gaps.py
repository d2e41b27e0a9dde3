"""Which records lack a text: the same as by looking at each of them."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from museum.collection.models import Image, ImageText
from museum.curation import gaps
from museum.database import Database
from museum.database.base import TEXT_STATES
from museum.languages import LANGUAGES

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


def has(image: Image, field: str, language: str | None = None, states: tuple[str, ...] = TEXT_STATES) -> bool:
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
                lacked = gaps.lacking(session, "image", field, language, states=states)
                assert list(await session.scalars(lacked)) == expected
                assert await session.scalar(gaps.count(lacked)) == len(expected)
                part = gaps.lacking(session, "image", field, language, states=states, most=5, after=3)
                assert list(await session.scalars(part)) == expected[3:8]
                some = gaps.lacking(session, "image", field, language, Image.state == "review", states=states)
                chosen = {image.id for image in images if image.state == "review"}
                assert list(await session.scalars(some)) == [number for number in expected if number in chosen]


async def test_the_texts_that_only_some_have(database: Database, images: list[Image]) -> None:
    async with database.read() as session:
        assert await gaps.others(session, "image") == ["caption"]
        assert await gaps.others(session, "artifact") == []
