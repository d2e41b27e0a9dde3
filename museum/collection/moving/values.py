"""Cells of records, read: categories and grades by the names that museums use, dates as years and in EDTF."""

from __future__ import annotations

import re
from itertools import pairwise

from museum.collection.dates import PERIODS, REIGNS, REIGNS_END
from museum.collection.models import GRADES
from museum.curation.drafting import slug_of
from museum.database.texts import fold
from museum.languages import text

_CATEGORIES = {
    "porcelain": "瓷器 瓷 porcelain ceramics ceramic",
    "coin": "钱币 货币 coin coins",
    "bronze": "青铜器 铜器 bronze bronzes",
    "seal": "玺印符牌 玺印 印章 seal seals",
    "jade": "玉石器宝石 玉器 玉石器 jade jades",
    "painting": "绘画 书画 painting paintings",
    "calligraphy": "书法 法帖 calligraphy",
    "photograph": "照片 摄影 photograph photographs photography",
    "map": "地图 舆图 map maps",
    "poster": "招贴 海报 poster posters",
    "document": "文件宣传品 档案文书 古籍图书 文献 document documents manuscripts",
    "other": "其他 其它 other",
}
CATEGORIES = tuple(_CATEGORIES)
"""The museum's own names of categories."""
_CATEGORY = {word: name for name, words in _CATEGORIES.items() for word in words.split()}
_GRADE = {
    **{grade: grade for grade in GRADES},
    **dict(zip(("一级", "二级", "三级", "一般", "未定级"), GRADES, strict=True)),
    **dict(zip(("一级文物", "二级文物", "三级文物", "一般文物", "未定级文物"), GRADES, strict=True)),
}
_BETWEEN = re.compile(r"[\W_]+")
_CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th) (?:century|c\.)( ?bce?)?|(公元前)?(\d{1,2})世纪")
_RANGE = re.compile(r"(\d{3,4})\s*[-–—~/至到]\s*(\d{3,4})")
_YEAR = re.compile(r"(?<!\d)(公元前)?(\d{3,4})(?!\d)\s*(bce?)?|公元前(\d{1,2})|(?<!\d)(\d{1,2}) bce?")
_EDTF_YEAR = r"(?:Y?-?\d{4,}|-?\d{3}X|-?\d{2}XX)(?:-\d{2}(?:-\d{2})?)?[~?%]?"
_EDTF = re.compile(rf"{_EDTF_YEAR}(?:/(?:{_EDTF_YEAR}|\.\.)?)?|(?:\.\.)?/{_EDTF_YEAR}")


def names_of(category: str) -> list[str]:
    """What museums call one of `CATEGORIES`, in Chinese and English."""
    return _CATEGORIES[category].split()


def category_of(words: str) -> str:
    """The museum's own name of a category; one in Latin letters becomes one of its own, any other `other`."""
    known = _CATEGORY.get(_BETWEEN.sub("", fold(words)))
    return known or slug_of(words)[:32].strip("-") or "other"


def grade_of(words: str) -> str | None:
    """The grade that is meant, None where it is none."""
    return _GRADE.get(fold(words))


def is_edtf(words: str) -> bool:
    """Whether it is a date or an interval as EDTF writes them, as far as this museum uses it."""
    return len(words) <= 64 and _EDTF.fullmatch(words) is not None


def years_of_edtf(words: str) -> tuple[int, int]:
    """First and last year of a date in EDTF; an open end is the other one."""
    first, _, last = words.partition("/")
    ends = [one for one in (first, last) if one not in ("", "..")]
    years = [_edtf_years(one) for one in ends]
    return min(low for low, _ in years), max(high for _, high in years)


def _edtf_years(words: str) -> tuple[int, int]:
    words = words.rstrip("~?%").removeprefix("Y")
    sign = -1 if words.startswith("-") else 1
    digits = words.lstrip("-").partition("-")[0]
    low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
    return (low, high) if sign > 0 else (-high, -low)


def years_of(words: str) -> tuple[int, int] | None:
    """The years that a date in words covers, astronomical: `18th century`, `清乾隆`, `公元前221年`; None where it has none."""
    plain = fold(words)
    if found := _RANGE.search(plain):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last else None
    if found := _CENTURY.search(plain):
        number = int(found[1] or found[4])
        if number == 0:
            return None
        before = bool(found[2] or found[3])
        return (1 - 100 * number, -100 * (number - 1)) if before else (100 * number - 99, 100 * number)
    if found := _YEAR.search(plain):
        year = int(found[2] or found[4] or found[5])
        before = bool(found[1] or found[3] or found[4] or found[5])
        return (1 - year, 1 - year) if before else (year, year)
    return _reign(plain)


def _reign(plain: str) -> tuple[int, int] | None:
    """The years of a reign, else of a dynasty, that Chinese words name."""
    for first, end in pairwise((*REIGNS, REIGNS_END)):
        name = _chinese(f"reign-{first}")
        if name != "民国" and name[1:] in plain:
            return first, end - 1
    for first, end in pairwise(PERIODS):
        if plain in (_chinese(f"period-{first}") + ending for ending in ("", "代", "朝", "时期")):
            return first, end - 1
    return None


def _chinese(key: str) -> str:
    """What Chinese calls a reign or a period, without the count of its years, folded."""
    return fold(text("zh-Hans", f"dates.{key}").partition("{")[0])
