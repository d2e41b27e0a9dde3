"""Which language a visitor gets, and that every language has every text."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from museum.languages import LANGUAGES, match_language
from museum.languages.builtin import TEXTS
from museum.web.language import catalog, negotiate, translate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("yue", "zh-Hant"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR, de;q=0.7, en;q=0.3", "en"),
        ("fr, ja", "zh-Hans"),
        ("en;q=0.1, zh-TW;q=0.2", "zh-Hant"),
        ("en;q=0", "zh-Hans"),
        ("en;q=abc, zh-TW;q=0.1", "zh-Hant"),
        ("en;q=nan", "zh-Hans"),
        ("*", "zh-Hans"),
        (";;;,,,=", "zh-Hans"),
    ],
)
def test_negotiation(header: str, language: str) -> None:
    assert negotiate(header) == language


def test_tags_are_matched_whatever_their_case() -> None:
    assert match_language("ZH_tw") == "zh-Hant"
    assert match_language("") is None
    assert match_language("de") is None


def names(text: str) -> set[str]:
    # Years of a reign are counted in figures or in Chinese numerals.
    return {"number" if name == "chinese" else name for _, name, _, _ in Formatter().parse(text) if name}


def test_all_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    first = catalog(LANGUAGES[0])
    assert first
    for language in LANGUAGES[1:]:
        other = catalog(language)
        assert set(other) == set(first), set(other) ^ set(first)
        for key, text in first.items():
            wanted = names(text)
            # 共 1 条结果 and "1 result" need no number to fill in.
            assert names(other[key]) == wanted, key


def test_no_text_is_left_empty_and_scripts_are_not_mixed() -> None:
    for language in LANGUAGES:
        for key, text in catalog(language).items():
            assert text.strip(), f"{language} {key}"
    for key, text in catalog("en").items():
        assert not re.search(r"[\u4e00-\u9fff]", text), f"Chinese in the English text {key}"


def test_no_text_stands_twice_in_a_file() -> None:
    for path in TEXTS.glob("*/*.json"):
        pairs: list[tuple[str, str]] = json.loads(path.read_bytes(), object_pairs_hook=list)
        keys = [key for key, _ in pairs]
        assert len(set(keys)) == len(keys), f"{path}: {[key for key in keys if keys.count(key) > 1]}"


def test_one_thing_is_spoken_of_in_the_singular() -> None:
    assert translate("en", "pages.scene-count", count=1) == "1 scene"
    assert translate("en", "pages.scene-count", count=2) == "2 scenes"
    with pytest.raises(KeyError):
        translate("en", "pages.no-such-text")


def test_there_is_a_folder_for_every_language() -> None:
    assert {path.name for path in TEXTS.iterdir()} == set(LANGUAGES)
