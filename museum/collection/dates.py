"""Names of years: dynasty and reign, 民國, 公元.

Reign years count from the year after the accession, as Ming and Qing did; where the reign name changed within a year
the older one names it (1620 is 萬曆四十八年), but 1644, when the dynasty changed, is 順治元年.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from museum.languages import languages, text

Texts = dict[str, str]

REIGNS = (
    1368,
    1399,
    1403,
    1425,
    1426,
    1436,
    1450,
    1457,
    1465,
    1488,
    1506,
    1522,
    1567,
    1573,
    1621,
    1628,
    1644,
    1662,
    1723,
    1736,
    1796,
    1821,
    1851,
    1862,
    1875,
    1909,
    1912,
)
"""First years of reigns; the last of a dynasty ends where the next row begins."""
REIGNS_END = 1949
"""From this year on years are counted by the common era alone."""

DYNASTIES = (
    -2069,
    -1599,
    -1045,
    -769,
    -474,
    -220,
    -205,
    9,
    25,
    220,
    266,
    317,
    420,
    581,
    618,
    907,
    960,
    1127,
    1279,
)
"""First years (astronomical) of the dynasties before those whose reigns are known."""
PERIODS = (*DYNASTIES, 1368, 1644, 1912, REIGNS_END)
"""First years of what they all come to, as periods side by side."""

_DIGITS = "〇一二三四五六七八九"


def era_name(year: int) -> Texts:
    """The period's name for an astronomical year (221 BCE = -220), in all languages that name periods.

    1888 is 清光緒十四年 / Guangxu 14, Qing; -220 is 秦（公元前221年） / Qin, 221 BCE; 2020 is 2020年 / 2020.
    """
    if REIGNS[0] <= year < REIGNS_END:
        first = _at(REIGNS, year)
        number = year - first + 1
        chinese = "元" if number == 1 else chinese_number(number)
        return _said(f"reign-{first}", number=number, chinese=chinese)
    common = common_era(year)
    if year < DYNASTIES[0] or year >= REIGNS_END:
        return common
    names = _said(f"period-{_at(DYNASTIES, year)}")
    return {
        tag: text(tag, "dates.in-period", period=name, year=common[tag]) for tag, name in names.items() if tag in common
    }


def periods_between(first: int, last: int) -> list[tuple[int, int | None, Texts]]:
    """The periods that the years from `first` to `last` touch: first year, year in which the next one begins (None for today's), name.

    Years before the first dynasty belong to none.
    """
    return [
        (since, until, _said(f"period-{since}"))
        for since, until in zip(PERIODS, (*PERIODS[1:], None), strict=True)
        if since <= last and (until is None or until > first)
    ]


def common_era(year: int) -> Texts:
    """The year by the common era: -220 is 公元前221年 / 221 BCE, 668 is 公元668年 / 668 CE, 2020 is 2020年 / 2020."""
    if year <= 0:
        return _said("before-common-era", year=1 - year)
    return _said("early-year" if year < 1000 else "year", year=year)


def _said(key: str, **values: object) -> Texts:
    """A text of the catalogues in each language that has it."""
    return {one.tag: text(one.tag, f"dates.{key}", **values) for one in languages() if f"dates.{key}" in one.texts}


def chinese_number(number: int) -> str:
    """A whole number from 1 to 99 in Chinese characters: 14 is 十四, 20 is 二十. Raises ValueError outside that."""
    if not 1 <= number <= 99:
        raise ValueError(f"only numbers from 1 to 99 are written out, not {number}")
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return words + (_DIGITS[ones] if ones else "")


def _at(starts: Sequence[int], year: int) -> int:
    """The last of `starts` that is not after `year`."""
    return starts[bisect_right(starts, year) - 1]
