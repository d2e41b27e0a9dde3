"""The two ways of writing Chinese in the demonstration museum: each text in its own, none mixed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from opencc import OpenCC

from museum.demo.build import NAMES
from museum.demo.catalogue import artifact_rows, image_rows, model_rows, scene_rows, venue_rows
from museum.demo.plan import plan_museum
from museum.demo.records import activities, exhibitions, simplified
from museum.demo.records.halls import museum_texts
from museum.demo.records.tours import guided_tours
from museum.demo.sites import sites
from museum.demo.sites.film import film_texts
from museum.demo.sites.sounds import HEARD

BOTH = frozenset("厘采里咸后皂群吃游台")
"""Characters that Simplified Chinese writes for others too, and that Traditional Chinese has as well."""


def texts_in(found: Any) -> Iterator[dict[str, str]]:
    """All texts, by language, that something holds."""
    if isinstance(found, dict):
        if "zh-Hant" in found:
            yield found
        else:
            for value in found.values():
                yield from texts_in(value)
    elif isinstance(found, (list, tuple)):
        for value in found:
            yield from texts_in(value)
    elif is_dataclass(found):
        yield from texts_in([getattr(found, field.name) for field in fields(found)])


def everything() -> list[dict[str, str]]:
    plan = plan_museum(1, 60)
    makers = (venue_rows, scene_rows, artifact_rows, image_rows, model_rows)
    rows = [row.texts for make in makers for row in make(plan)]
    heard = [heard.texts() for heard in HEARD.values()]
    places = [one.texts() for site in sites() for one in (site, *site.moments)]
    told = [*activities(), *exhibitions(), *guided_tours()]
    return list(
        texts_in(
            [rows, heard, places, [site.place_texts() for site in sites()], told, NAMES, museum_texts(), film_texts()]
        )
    )


def test_each_text_is_written_in_its_own_script() -> None:
    to_simplified, to_traditional = OpenCC("t2s").convert, OpenCC("s2t").convert
    texts = everything()
    assert len(texts) > 500
    traditional = {one for text in texts for one in text["zh-Hans"] if to_simplified(one) != one}
    assert traditional <= set("乾"), "only 乾隆 keeps a character that by itself would be another"
    assert not [text["zh-Hans"] for text in texts if "著" in text["zh-Hans"] or "程式" in text["zh-Hans"]]
    simple = {one for text in texts for one in text["zh-Hant"] if to_traditional(one) != one}
    assert simple <= BOTH


def test_words_are_those_that_are_said_there() -> None:
    assert simplified("循著照片，著名的著作由程式計算") == "循着照片，著名的著作由程序计算"
