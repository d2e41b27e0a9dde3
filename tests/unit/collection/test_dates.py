"""Names of years."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from museum.collection.dates import DYNASTIES, REIGNS, REIGNS_END, chinese_number, era_name, periods_between
from museum.languages import LANGUAGES, text


@pytest.mark.parametrize(
    ("year", "simplified", "traditional", "english"),
    [
        (1888, "清光绪十四年", "清光緒十四年", "Guangxu 14, Qing"),
        (1937, "民国二十六年", "民國二十六年", "Republic of China 26"),
        (1912, "民国元年", "民國元年", "Republic of China 1"),
        (1722, "清康熙六十一年", "清康熙六十一年", "Kangxi 61, Qing"),
        (1723, "清雍正元年", "清雍正元年", "Yongzheng 1, Qing"),
        (1949, "1949年", "1949年", "1949"),
        (2020, "2020年", "2020年", "2020"),
        (-220, "秦（公元前221年）", "秦（公元前221年）", "Qin, 221 BCE"),
        (668, "唐（公元668年）", "唐（公元668年）", "Tang, 668 CE"),
        (-6999, "公元前7000年", "公元前7000年", "7000 BCE"),
    ],
)
def test_years_have_their_names(year: int, simplified: str, traditional: str, english: str) -> None:
    assert era_name(year) == {"zh-Hans": simplified, "zh-Hant": traditional, "en": english}


def test_every_year_has_a_name_of_its_own_in_every_language() -> None:
    for language in LANGUAGES:
        names = [era_name(year)[language] for year in range(-3000, 2100)]
        assert all(names)
        assert len(set(names)) == len(names)


def test_periods_follow_one_another() -> None:
    for table in (REIGNS, DYNASTIES):
        assert list(table) == sorted(set(table))
    assert DYNASTIES[-1] < REIGNS[0] < REIGNS_END


@pytest.mark.corpus
def test_reigns_are_as_long_as_the_palace_museum_says(corpus: Path) -> None:
    """The emperors' years in position in public data, for those that ruled under one name for all of it."""
    emperors = json.loads((corpus / "metadata" / "gugong.json").read_text())["empires"]
    length = {
        text("zh-Hans", f"dates.reign-{first}").partition("{")[0]: end - first
        for first, end in pairwise((*REIGNS, REIGNS_END))
    }
    for name in ("康熙", "雍正", "乾隆", "嘉庆", "道光", "咸丰", "光绪", "宣统"):
        (years,) = [emperor["years_in_position"] for emperor in emperors if emperor["epoch_name"] == name]
        assert abs(length[f"清{name}"] - years) <= 1, name


def test_periods_are_those_that_the_years_touch() -> None:
    found = [(since, until, title["zh-Hant"]) for since, until, title in periods_between(1892, 2020)]
    assert found == [(1644, 1912, "清"), (1912, 1949, "民國"), (1949, None, "新中國")]
    assert [title["en"] for _, _, title in periods_between(-220, -220)] == ["Qin"]
    assert periods_between(-9000, -8000) == []
    assert [since for since, _, _ in periods_between(1911, 1912)] == [1644, 1912]


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (14, "十四"), (20, "二十"), (61, "六十一")])
def test_numbers_in_characters(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize("number", [0, 100, -1])
def test_numbers_out_of_reach_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        chinese_number(number)
