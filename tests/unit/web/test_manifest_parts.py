"""The small parts that manifests are made of."""

from __future__ import annotations

import pytest

from museum.web.iiif.presentation import parts, words

ZERO = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.mark.parametrize(
    ("stated", "rights"),
    [
        ("https://creativecommons.org/publicdomain/zero/1.0/", ZERO),
        (ZERO, ZERO),
        ("https://www.creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
        ("https://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/"),
        ("https://creativecommons.org/publicdomain/", None),
        ("https://example.org/creativecommons.org/licenses/by/4.0/", None),
        ("只供研究", None),
        ("", None),
        (None, None),
    ],
)
def test_rights_are_those_that_the_property_takes(stated: str | None, rights: str | None) -> None:
    assert parts.rights(stated) == rights


def test_rights_of_several_pictures() -> None:
    assert parts.common_rights([ZERO, "https" + ZERO[4:]]) == ZERO
    assert parts.common_rights([ZERO, None]) is None
    assert parts.common_rights([]) is None
    told = parts.rights_in_words({ZERO, "只供研究", None})
    assert [line["value"] for line in told] == [{"none": ["只供研究"]}]


@pytest.mark.parametrize(
    ("text", "meant"), [("<b>x</b>", "<b>x</b> "), (" a < b ", "a < b"), ("<i> and so on", "<i> and so on")]
)
def test_texts_are_never_html(text: str, meant: str) -> None:
    assert words.words({"en": text}) == {"en": [meant]}


def test_languages_come_in_order_and_empty_ones_not_at_all() -> None:
    assert list(words.words({"en": "vase", "zh-Hans": "瓶", "zh-Hant": " "})) == ["zh-Hans", "en"]
    assert words.label({}, "x-1") == {"none": ["x-1"]}
    assert words.pair("pages.period", {}) == []
