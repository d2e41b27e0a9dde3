from __future__ import annotations

import pytest
from opencc import OpenCC

from museum.demo.catalogue import Namesakes, artifact_rows, image_rows
from museum.demo.plan import plan_museum
from museum.demo.records import (
    CATEGORIES,
    ArtifactRecord,
    artifact_record,
    exhibitions,
    hall_texts,
    image_record,
    simplified,
    treasures,
)
from museum.demo.records.chronology import ERAS, edtf_year

LANGUAGES = {"zh-Hans", "zh-Hant", "en"}


@pytest.fixture(scope="module")
def records() -> list[ArtifactRecord]:
    return [artifact_record(CATEGORIES[i % len(CATEGORIES)], i, 20) for i in range(1123)]


def test_every_text_is_there_in_three_languages(records: list[ArtifactRecord]) -> None:
    for record in records:
        for field, texts in record.texts().items():
            assert set(texts) == LANGUAGES, (record.accession_number, field)
            assert all(texts.values()), (record.accession_number, field)


def test_accession_numbers_are_unique(records: list[ArtifactRecord]) -> None:
    assert len({record.accession_number for record in records}) == len(records)


def test_years_match_the_edtf_and_the_era(records: list[ArtifactRecord]) -> None:
    for record in records:
        ends = [int(end.rstrip("~")) for end in record.edtf.split("/")]
        assert (ends[0], ends[-1]) == (record.year_from, record.year_to)
        era = ERAS[record.era]
        assert era.year_from <= record.year_from <= record.year_to <= era.year_to
        assert record.period["zh-Hant"].startswith(era.hant)


def test_years_before_the_common_era_are_astronomical() -> None:
    assert edtf_year(-220) == "-0220"
    assert ERAS["qin"].edtf == "-0220~/-0206~"
    assert ERAS["qianlong"].edtf == "1736/1795"


def test_coins_bear_the_name_of_their_reign(records: list[ArtifactRecord]) -> None:
    coins = [record for record in records if record.category == "coin" and "通寶" in record.title["zh-Hant"]]
    reigns = [ERAS[coin.era].reign for coin in coins]
    assert any(reigns)
    assert all(reign is None or coin.traits.inscription[:2] == reign for coin, reign in zip(coins, reigns, strict=True))


def test_simplified_holds_no_traditional_character(records: list[ArtifactRecord]) -> None:
    convert = OpenCC("t2s").convert
    for record in records[::7]:
        for texts in record.texts().values():
            assert convert(texts["zh-Hans"]) == texts["zh-Hans"]


def test_the_name_of_the_qianlong_emperor_stays() -> None:
    assert simplified("清乾隆粉彩瓷瓶") == "清乾隆粉彩瓷瓶"


def test_the_same_seed_writes_the_same_record_and_another_seed_others(records: list[ArtifactRecord]) -> None:
    assert artifact_record("porcelain", 5, 20) == records[5]
    changed = sum(artifact_record(r.category, r.index, 21).title != r.title for r in records)
    assert changed > len(records) * 0.9


def test_titles_read_like_a_collection(records: list[ArtifactRecord]) -> None:
    assert len({record.title["zh-Hant"] for record in records}) > len(records) * 0.85


@pytest.mark.parametrize("scale", [30, None])
def test_no_two_artifacts_and_no_two_sheets_are_called_the_same(scale: int | None) -> None:
    plan = plan_museum(1, scale)
    things = [row.texts["title"] for row in artifact_rows(plan)]
    sheets = [row.texts["title"] for row in image_rows(plan) if not row.references]
    for language in LANGUAGES:
        for titles in (things, sheets):
            assert len({title[language] for title in titles}) == len(titles) > 0


def test_namesakes_are_numbered() -> None:
    namesakes = Namesakes()
    title = {"zh-Hant": "《天津府城圖》", "en": "Map"}
    assert [namesakes.tell_apart(title) for _ in range(2)] == [
        title,
        {"zh-Hant": "《天津府城圖》（二）", "en": "Map (2)"},
    ]


def test_a_photograph_of_an_artifact_shows_that_artifact(records: list[ArtifactRecord]) -> None:
    image = image_record("porcelain", 7, 20, records[5], 1)
    assert image.traits == records[5].traits
    assert image.title["en"].startswith(records[5].title["en"])
    assert all(set(texts) == LANGUAGES for texts in image.texts().values())


def test_everything_says_that_it_is_a_demonstration(records: list[ArtifactRecord]) -> None:
    for record in records:
        assert "演示" in record.description["zh-Hant"]
        assert "demonstration" in record.description["en"].lower()
    assert "演示" in hall_texts("coins")["description"]["zh-Hans"]


def test_there_are_twenty_one_exhibitions_with_items(records: list[ArtifactRecord]) -> None:
    shown = exhibitions()
    assert len({exhibition.slug for exhibition in shown}) == 21
    for exhibition in shown:
        assert 3 <= len(exhibition.sections) <= 5
        for section in exhibition.sections:
            chosen = section.selector.choose(records)
            assert 3 <= len(chosen) <= section.selector.count
            assert len(set(chosen)) == len(chosen)
            assert all(records[k].category in section.selector.categories for k in chosen)


def test_treasures_are_told_apart() -> None:
    listed = treasures()
    assert len(listed) == len({treasure.title["zh-Hant"] for treasure in listed}) == 15
