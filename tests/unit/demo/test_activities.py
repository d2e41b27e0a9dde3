from __future__ import annotations

import numpy as np
import pytest

from museum.demo.records import activities, activity_picture_texts, activity_pictures, draw_activity_picture

LANGUAGES = {"zh-Hans", "zh-Hant", "en"}


def test_activities_are_complete() -> None:
    assert [activity.slug for activity in activities()] == ["decorative-painting", "beitang-seafood"]
    for activity in activities():
        assert 6 <= len(activity.steps) <= 9
        assert activity.cover in activity_pictures()
        for texts in (activity.texts(), *(step.texts() for step in activity.steps)):
            assert all(set(text) == LANGUAGES and all(text.values()) for text in texts.values())
        for step in activity.steps:
            assert step.picture is None or step.picture in activity_pictures()
            if step.kind == "answer":
                assert sum(choice["right"] for choice in step.data["choices"]) == 1
                assert set(step.data["answer"]) == LANGUAGES
            if step.kind == "find":
                left, top, width, height = step.data["at"]
                assert min(left, top, width, height) >= 0
                assert left + width <= 1
                assert top + height <= 1


@pytest.mark.parametrize("key", activity_pictures())
@pytest.mark.parametrize("size", [(400, 300), (240, 360)])
def test_pictures_come_at_any_size_and_shape(key: str, size: tuple[int, int]) -> None:
    picture = draw_activity_picture(key, *size)
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8
    assert picture.std() > 8
    assert all(set(text) == LANGUAGES and all(text.values()) for text in activity_picture_texts(key).values())
