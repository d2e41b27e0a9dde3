"""What a word tells of a record besides being in its title: what kind of thing it is, of which era, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, func, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.dates import PERIODS, REIGNS, REIGNS_END
from museum.collection.moving.values import CATEGORIES, names_of
from museum.database.base import FACTS, PUBLICATION_STATES
from museum.database.grams import ids_holding, is_titled, is_told_by
from museum.database.texts import fold
from museum.languages import Registry, current

_DYNASTY = "代"
_ERAS = ("时期", _DYNASTY, "朝")
"""What may follow the name of a dynasty, folded."""
_SHORTEST = 3
"""So many Latin letters tell a category: fewer begin too much."""


def tells(record: Any) -> bool:
    """Whether records of a kind have more to be found by than their names."""
    return hasattr(record, "category")


def ways_told(record: Any, word: str, visible: ColumnElement[bool] | None = None) -> list[Select[int]]:
    """Ids of records that a folded word tells of otherwise than by their title, with `visible` only of those: each way goes by an index
    of its own, and soon has some."""
    shown = () if visible is None else (visible,)
    category = select(record.id.label("id")).where(record.category.in_(sorted(categories_called(word))), *shown)
    return [category, *_by_time_and_facts(record, word, visible)]


def _by_time_and_facts(record: Any, word: str, visible: ColumnElement[bool] | None = None) -> list[Select[int]]:
    if not hasattr(record, "year_from"):
        return []
    shown = () if visible is None else (visible,)
    spans = [
        select(record.id.label("id")).where(record.year_from >= first, record.year_to < end, *shown)
        for first, end in spans_called(word)
    ]
    return [*spans, _by_facts(record, word, visible)]


def is_told(record: Any, word: str) -> ColumnElement[bool]:
    """Whether a folded word tells of a record otherwise than by its title, for looking at one record after the other."""
    ways: list[ColumnElement[bool]] = [record.category.in_(sorted(categories_called(word)))]
    if hasattr(record, "year_from"):
        ways += [(record.year_from >= first) & (record.year_to < end) for first, end in spans_called(word)]
        text = record.texts.property.mapper.class_
        fact = select(1).where(text.record_id == record.id, _is_fact(text), text.folded.contains(word, autoescape=True))
        ways.append(exists(fact.correlate_except(text)))
    return or_(*ways)


def newest_told(record: Any, word: str, most: int, *conditions: ColumnElement[bool]) -> list[Select[int]]:
    """The ways of `ways_told` for records that fulfil `conditions`, each to the `most` of them made last."""
    if not tells(record):
        return []
    # In the order of an index come those of one category and one state.
    ways = [
        select(record.id).where(record.category == category, record.state == state, *conditions)
        for category in sorted(categories_called(word))
        for state in PUBLICATION_STATES
    ]
    others = _by_time_and_facts(record, word)
    ways += [select(record.id).where(record.id.in_(way), *conditions) for way in others]
    return [way.order_by(record.id.desc()).limit(most) for way in ways]


def _by_facts(record: Any, word: str, visible: ColumnElement[bool] | None) -> Select[int]:
    text = record.texts.property.mapper.class_
    facts = _facts(text)
    saying = select(facts.c.folded).where(facts.c.folded.contains(word, autoescape=True))
    found = select(text.record_id.label("id")).distinct().where(_is_fact(text), text.folded.in_(saying))
    if visible is None:
        return found
    return found.where(exists(select(1).where(record.id == text.record_id, visible).correlate(text)))


def _is_fact(text: Any) -> ColumnElement[bool]:
    # As literals, so that the index of facts is found.
    return text.field.in_([literal_column(f"'{field}'") for field in FACTS])


@lru_cache(maxsize=2)
def _facts(text: Any) -> CTE:
    """All different facts: one step along their index for each, however many records share it."""
    facts = select(func.min(text.folded).label("folded")).where(_is_fact(text)).cte("facts", recursive=True)
    following = select(func.min(text.folded)).where(_is_fact(text), text.folded > facts.c.folded).scalar_subquery()
    return facts.union_all(select(following).where(facts.c.folded.is_not(None)))


def told_by(
    session: AsyncSession, record: Any, words: Sequence[str], visible: ColumnElement[bool] | None = None
) -> list[Select[int]]:
    """Ways by which what the folded `words` tell of is found otherwise than by a title alone: of a single word one way after the other, so
    that whoever wants but some of it soon has enough."""
    if not tells(record):
        return []
    if len(words) == 1:
        return ways_told(record, words[0], visible)
    shown = () if visible is None else (visible,)
    return [select(record.id.label("id")).where(*told(session, record, words), *shown)]


def told(session: AsyncSession, record: Any, words: Sequence[str]) -> list[ColumnElement[bool]]:
    """Conditions for records of which every one of the folded `words` tells something, be it by a title."""
    return [is_among_or_told(record, word, _titled(session, record, word)) for word in words]


def _titled(session: AsyncSession, record: Any, word: str) -> Any:
    titled = ids_holding(session, record, [word])
    return titled if is_told_by([word]) else select(record.id).where(record.id.in_(titled), is_titled(record, word))


def is_among_or_told(record: Any, word: str, ids: Any) -> ColumnElement[bool]:
    """Whether a record is among `ids`, a statement, or a folded word tells of it otherwise. The ids put together rather than one condition
    of many: each way then goes by its own index."""
    if not tells(record):
        return record.id.in_(ids)
    called = categories_called(word)
    if called == {word}:
        return record.id.in_(union_all(ids, *ways_told(record, word)))
    # Where a word means a category very many are of it: that is seen at each sooner than their ids are put together.
    return or_(record.category.in_(sorted(called)), record.id.in_(union_all(ids, *_by_time_and_facts(record, word))))


def categories_called(word: str) -> set[str]:
    """The museum's own names of the categories that a folded word means, in whatever language; one that a museum made is its own name."""
    return {word, *(code for name, code in _category_names(current()) if _means(word, name))}


def _means(word: str, name: str) -> bool:
    if not word.isascii():
        return word in name
    return len(word) >= _SHORTEST and any(part.startswith(word) for part in name.split())


@lru_cache(maxsize=2)
def _category_names(languages: Registry) -> list[tuple[str, str]]:
    """Folded names and the categories that bear them; `other` is nothing that one looks for."""
    return [
        (fold(name), code)
        for code in CATEGORIES
        if code != "other"
        for name in {*names_of(code), *_in_all(languages, f"pages.category-{code}")}
    ]


def is_name(word: str) -> bool:
    """Whether a folded word is the whole name of a category, a dynasty or a reign: 宋 is one, as it is in 宋代."""
    if any(word == name for name, _ in _category_names(current())):
        return True
    return bool(spans_called(word) or (len(word) == 1 and spans_called(word + _DYNASTY)))


def other_names(word: str) -> list[str]:
    """What else, folded, a reign is called that a folded word names; without the dynasty's name, which titles may leave out."""
    names = list(_reigns(current()))
    spans = {span for name, span in names if name == word}
    found = {name for name, span in names if span in spans and name != word}
    return sorted(name for name in found if not any(name != short and name.endswith(short) for short, _ in names))


def spans_called(word: str) -> list[tuple[int, int]]:
    """First years, and those after the last, of the dynasties and reigns that a folded word names."""
    plain = next((word.removesuffix(end) for end in _ERAS if word.endswith(end) and word != end), word)
    named = plain != word
    return [span for name, span in _eras(current()) if name == plain or _ends(name, plain, named)]


def _ends(name: str, word: str, named: bool) -> bool:
    """Whether a name is that of a part of what a word names: 宋代 of 北宋 and 南宋, Song of Northern Song."""
    return name.endswith(f" {word}") if word.isascii() else named and len(word) == 1 and name.endswith(word)


@lru_cache(maxsize=2)
def _eras(languages: Registry) -> list[tuple[str, tuple[int, int]]]:
    return [*_periods(languages), *_reigns(languages)]


def _periods(languages: Registry) -> Iterator[tuple[str, tuple[int, int]]]:
    for first, end in pairwise(PERIODS):
        for name in _in_all(languages, f"dates.period-{first}"):
            yield fold(name), (first, end)


def _reigns(languages: Registry) -> Iterator[tuple[str, tuple[int, int]]]:
    """Reigns by their names alone, in Chinese also with the dynasty's before it: 乾隆, 清乾隆, Qianlong."""
    for first, end in pairwise((*REIGNS, REIGNS_END)):
        for name in {fold(name.partition("{")[0]) for name in _in_all(languages, f"dates.reign-{first}")}:
            yield name, (first, end)
            if len(name) == 3 and not name.isascii():
                yield name[1:], (first, end)


def _in_all(languages: Registry, key: str) -> list[str]:
    return [one.texts[key] for one in languages.languages if key in one.texts]
