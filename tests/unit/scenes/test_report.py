"""The report on the graph."""

from __future__ import annotations

from pathlib import Path

from museum.assets.store import open_store
from museum.database import Database
from museum.scenes.report import (
    LinkRow,
    SceneRow,
    make_report,
    missing_languages,
    one_way_links,
    reachable,
    read_report,
)
from tests.pages_sample import Sample

SCENES = [SceneRow(n, f"s{n}", "hall", True, n != 3) for n in range(1, 6)]
LINKS = [
    LinkRow(1, 2, "walk"),
    LinkRow(2, 1, "walk"),
    LinkRow(2, 3, "walk"),
    LinkRow(4, 5, "walk"),
    LinkRow(5, 4, "time"),
]


def test_scenes_without_a_way_are_unreachable() -> None:
    assert reachable([1], LINKS, {1, 2, 3, 4, 5}) == {1, 2, 3}
    assert reachable([1], LINKS, {1, 3}) == {1}, "a hidden scene is no way through"
    assert reachable([9], LINKS, {1, 2}) == set()


def test_links_back_may_be_of_another_kind() -> None:
    assert one_way_links(LINKS) == [(2, 3)]


def test_titles_lack_languages() -> None:
    (missing,) = missing_languages("scene", {"a": ["zh-Hans", "zh-Hant", "en"], "b": ["en"]})
    assert (missing.slug, missing.languages) == ("b", ["zh-Hans", "zh-Hant"])


def test_the_report_names_all_that_is_amiss() -> None:
    report = make_report(SCENES, LINKS, [1], {"scene": {"s1": ["en"]}})
    assert report.unreachable == ["s4", "s5"]
    assert report.one_way == [("s2", "s3")]
    assert report.missing_panoramas == ["s3"]
    assert report.dead_ends == ["s3"]
    assert not report.is_clean
    languages = {"scene": {"s1": ["zh-Hans", "zh-Hant", "en"]}}
    assert make_report(SCENES[:2], LINKS[:2], [1], languages).is_clean


async def test_the_museum_is_reported_as_visitors_find_it(database: Database, tmp_path: Path) -> None:
    await Sample(database, open_store(str(tmp_path / "store")), tmp_path).fill()
    report = await database.read_with(read_report)
    assert "draft-scene" not in report.unreachable
    assert "treasures-1" in report.unreachable
    assert "station-1937" not in report.unreachable
    assert ("prologue", "station-1888") in report.one_way
    assert report.missing_panoramas == []
    everything = await database.read_with(read_report, False)
    assert "behind-closed" in everything.unreachable
