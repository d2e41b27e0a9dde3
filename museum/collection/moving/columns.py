"""Which column of a table means what: guessed from its heading, in Chinese or English, or said by whoever brings it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from museum.database.texts import fold
from museum.languages import LANGUAGES, Language, languages
from museum.languages.builtin import ORDER as BUILT_IN

TEXTS = ("title", "period", "material", "dimensions", "source", "condition", "description")
PLAIN = ("accession_number", "slug", "category", "grade", "edtf", "year_from", "year_to", "rights", "images", "state")
_WORDS: Mapping[str, str] = {
    "accession_number": "总登记号 登记号 藏品编号 藏品号 文物编号 馆藏号 编号 accessionnumber accessionno inventorynumber inventoryno invno"
    " objectnumber objectno registrationnumber registrationno identifier dcidentifier workid",
    "slug": "slug 地址",
    "category": "类别 文物类别 藏品类别 分类 category classification type objecttype dctype objectworktype",
    "grade": "级别 文物级别 藏品级别 等级 grade",
    "edtf": "edtf",
    "state": "state 公开状态",
    "year_from": "起始年 起始年份 年代起 最早年 yearfrom datebeginyear objectbegindate begindate datebegin earliestdate startyear",
    "year_to": "截止年 结束年 终止年份 年代止 最晚年 yearto dateendyear objectenddate enddate dateend latestdate endyear",
    "rights": "权利 版权 rights dcrights licence license rightsstatement",
    "images": "图片 图像 影像 照片文件 图片文件 images imagefile imagefiles filename filenames",
    "title": "名称 藏品名称 文物名称 题名 标题 品名 title name objecttitle dctitle",
    "period": "年代 具体年代 时代 朝代 时期 制作年代 period dynasty reign datetext objectdate date dcdate era displaydate",
    "material": "质地 材质 材料 具体质地 material materials medium materialstech dcformat",
    "dimensions": "尺寸 外形尺寸 具体尺寸 规格 dimensions measurements size extent",
    "source": "来源 藏品来源 入藏方式 征集来源 source provenance creditline acquisition dcsource",
    "condition": "完残状况 完残程度 保存状态 现状 condition",
    "description": "描述 说明 简介 文物描述 内容 description dcdescription note notes abstract",
}
_FIELDS = {word: name for name, words in _WORDS.items() for word in words.split()}
_MARKS = (
    ("zh-Hant", re.compile(r"(zh-?_?hant|zh-?_?tw|zh-?_?hk|繁体中文|繁体|繁)")),
    ("zh-Hans", re.compile(r"(zh-?_?hans|zh-?_?cn|简体中文|简体|简)")),
    ("en", re.compile(r"((?<![a-z])en(?![a-z])|英文|英语|(?<=[\W_])english(?!\w)|英(?=\W|$))")),
    ("zh-Hans", re.compile(r"((?<![a-z])zh(?![a-z])|中文)")),
)
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Column:
    """What one column is: a field, and for texts the language, or none where each cell tells its own."""

    field: str
    language: str = ""


@dataclass
class Mapped:
    """Columns by their places; headings that nothing is known of."""

    columns: dict[int, Column] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def column_of(heading: str) -> Column | None:
    """What a heading says: `名称（英文）` and `title_en` are the English title."""
    words = fold(heading).replace("dc:", "dc")
    whole = _FIELDS.get(_BETWEEN.sub("", words))
    if whole:
        return Column(whole)
    added = ((one.tag, _mark(one)) for one in languages() if one.tag not in BUILT_IN)
    for language, mark in (*_MARKS, *added):
        if mark.search(words):
            name = _FIELDS.get(_BETWEEN.sub("", mark.sub("", words, count=1)))
            if name in TEXTS:
                return Column(name, language)
    return None


def _mark(language: Language) -> re.Pattern[str]:
    """How the heading of a column names a language that was added: by its tag or by what it calls itself."""
    tag = re.escape(language.tag.casefold()).replace("\\-", "[-_]?")
    return re.compile(rf"((?<![a-z]){tag}(?![a-z])|{re.escape(fold(language.name))})")


def map_columns(heading: list[str], said: Mapping[str, str]) -> Mapped:
    """The columns of a table; `said` are fields, as `title_en`, by headings, empty for columns that are not to be taken. Raises ValueError
    with a name that is no field, KeyError with one that is no heading."""
    mapped = Mapped()
    for name in said:
        if name not in heading:
            raise KeyError(name)
    for place, name in enumerate(heading):
        if name in said:
            if said[name]:
                mapped.columns[place] = named(said[name])
            continue
        column = column_of(name) if name.strip() else None
        if column is not None:
            mapped.columns[place] = column
        elif name.strip():
            mapped.unknown.append(name)
    return mapped


def named(words: str) -> Column:
    """The column called `title_en`, `grade` …. Raises ValueError."""
    name, _, language = words.rpartition("_")
    if name in TEXTS and language in LANGUAGES:
        return Column(name, language)
    if words in TEXTS or words in PLAIN:
        return Column(words)
    raise ValueError(words)
