"""Writing texts of records and of their parts side by side, so that nobody's are lost.

Every save is a revision of the whole record. Where somebody has saved the record since the page was made, what only one of them changed is
put together; a text that both changed is not written, and both sides are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.curation import drafting, inlaid, revisions, roles
from museum.curation.bearers import BEARERS, Bearer
from museum.curation.errors import Refused
from museum.curation.languages import UNREAD, Choice, lacking, propose, values_of
from museum.curation.models import Person
from museum.curation.snapshots import Snapshot
from museum.database.chinese import OTHER_SCRIPT
from museum.database.texts import set_texts, source_of, texts_by_field, tidy
from museum.scenes.captions import read_captions

MOST_TOGETHER = 500
"""Records, or texts that are taken, in one act."""
LONGEST = 20_000


class Wording(NamedTuple):
    """Where a text stands: in the field of a record, or with `number` in that of one of its parts."""

    slug: str
    bearer: str
    number: int
    field: str


@dataclass(frozen=True)
class Disputed:
    """A text that both changed: `was` when her page was made (None where that is not known), hers, and what somebody else has saved."""

    was: str | None
    mine: str
    now: str


@dataclass
class Outcome:
    """How many texts were written; how many of records that she may not change, and of parts that are gone; and what is disputed."""

    written: int = 0
    kept: int = 0
    gone: int = 0
    disputed: dict[Wording, Disputed] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """What a page sends: texts, the versions of the records that it was made from (None: whatever they are now), and which of the texts
    that are left as they were, or as the machine proposes them, she has read; None means all but what the machine proposes. `missing` ones
    are written only where there is none."""

    texts: Mapping[Wording, str]
    versions: Mapping[str, int | None]
    read: Collection[Wording] | None = None
    missing: bool = False


async def write(session: AsyncSession, kind: str, language: str, person: Person, sent: Sent) -> Outcome:
    """Make what was sent the texts of records of a kind and of their parts; empty ones leave all as it is. What is the machine's proposal,
    unchanged, is a draft unless she has read it; a draft that is sent again is reviewed. Raises Refused."""
    texts = {wording: tidy(value) for wording, value in sent.texts.items() if value.strip()}
    if len({wording.slug for wording in texts}) > MOST_TOGETHER:
        raise Refused("texts-many", most=MOST_TOGETHER)
    for wording in texts:
        _check_name(wording)
    records = await _locked(session, kind, {wording.slug for wording in texts})
    bearing = await _bearing(session, kind, records, texts)
    outcome = Outcome()
    for slug, record in records.items():
        mine = {wording: value for wording, value in texts.items() if wording.slug == slug}
        if not roles.may_change(person, record):
            outcome.kept += 1
            continue
        version = sent.versions.get(slug)
        overtaken = version is not None and version != record.version
        base = await revisions.snapshot_at(session, kind, slug, version) if overtaken and version is not None else None
        written = 0
        for wording, value in mine.items():
            one, was = bearing.get(wording[:3]), _texts_in(base, wording)
            if one is None or not _is_offered(one, wording, was):
                outcome.gone += 1
                continue
            read = None if sent.read is None else wording in sent.read
            value = _checked(one, wording, language, value, was)
            desk = _Desk(one, wording, language, value, was, overtaken, read)
            disputed = desk.disputed()
            if disputed is not None:
                outcome.disputed[wording] = disputed
            elif not (sent.missing and desk.now):
                written += desk.write()
        record.version += 1 if written else 0
        outcome.written += written
    return outcome


def _group_of(wording: Wording) -> str | None:
    return inlaid.group_of(wording.bearer, wording.field)


def _is_offered(one: Any, wording: Wording, was: States | None) -> bool:
    """Whether pages offer a text: what is asked for, or is, or was, there in some language."""
    bearer = BEARERS[wording.bearer]
    if values_of(bearer, one, wording.field):
        return True
    return not _group_of(wording) and (wording.field in bearer.asked or bool(was))


def _check_name(wording: Wording) -> None:
    """Raise Refused where a part has no such text, or none that is translated."""
    untold = wording.field in BEARERS[wording.bearer].untold or wording.field not in drafting.LONGEST
    if wording.number and not _group_of(wording) and untold:
        raise Refused("answer-unknown")


def _checked(one: Any, wording: Wording, language: str, value: str, was: States | None) -> str:
    """The text as it is kept. How long it is where she left it as it is, was or is proposed is not hers to answer for: it may come from an
    import. Raises Refused."""
    bearer = BEARERS[wording.bearer]
    values = values_of(bearer, one, wording.field)
    if value in (tidy(values.get(language, "")), (was or {}).get(language, ("", ""))[0]):
        return value
    most = longest(bearer, wording.field)
    if len(value) > most and value != propose(values, language):
        raise Refused("text-long", most=most)
    if _group_of(wording) or not wording.number or wording.field != "captions":
        return value
    try:
        return read_captions(value)
    except ValueError as error:
        raise Refused("captions-unreadable") from error


async def _locked(session: AsyncSession, kind: str, slugs: Iterable[str]) -> dict[str, Any]:
    record = BEARERS[kind].rows
    query = select(record).where(record.slug.in_(slugs)).order_by(record.id).options(selectinload(record.texts))
    query = query.with_for_update(of=record).execution_options(populate_existing=True)
    return {one.slug: one for one in await session.scalars(query)}


async def _bearing(
    session: AsyncSession, kind: str, records: Mapping[str, Any], wordings: Iterable[Wording]
) -> dict[tuple[str, str, int], Any]:
    """The records and parts whose texts are meant, by (slug, bearer, number)."""
    found: dict[tuple[str, str, int], Any] = {(slug, kind, 0): record for slug, record in records.items()}
    slugs = {record.id: slug for slug, record in records.items()}
    numbers: dict[str, set[int]] = {}
    for wording in wordings:
        if wording.number:
            numbers.setdefault(wording.bearer, set()).add(wording.number)
    for name, ids in numbers.items():
        bearer = BEARERS[name]
        if bearer.kind != kind or not bearer.part:
            raise Refused("answer-unknown")
        rows = bearer.rows
        query = select(rows).where(rows.id.in_(ids), bearer.belongs_to.in_(slugs)).options(selectinload(rows.texts))
        for one in await session.scalars(query.execution_options(populate_existing=True)):
            found[slugs[getattr(one, bearer.shape.owner)], name, one.id] = one
    return found


class _Desk:
    """One text that was sent, beside what is there `now` and, where her page is `overtaken`, what was there when it was made (`base`; None
    where that is not known). `read` tells whether she has read what she left as it was; None where
    she has said nothing of it: then she has, but for what the machine proposes."""

    def __init__(
        self,
        one: Any,
        wording: Wording,
        language: str,
        mine: str,
        base: States | None,
        overtaken: bool,
        read: bool | None,
    ) -> None:
        self._one, self._language, self._mine, self._read = one, language, mine, read
        self._bearer, self._field, self._inlaid = wording.bearer, wording.field, _group_of(wording)
        values = values_of(BEARERS[wording.bearer], one, wording.field)
        self._values = {tag: tidy(value) for tag, value in values.items()}
        self._base = base
        self.now = self._values.get(language, "")
        self._was: str | None = self.now
        if overtaken:
            self._was = None if base is None else base.get(language, ("", ""))[0]

    def _left(self) -> bool:
        """Whether she left the text as it was, or as the machine proposed it."""
        before = self._values if self._base is None else {tag: value for tag, (value, _) in self._base.items()}
        return self._mine == self._was or (not self._was and self._mine == propose(before, self._language))

    def disputed(self) -> Disputed | None:
        """Both sides, where somebody else has saved another text since and she has changed it, too."""
        if self.now == self._mine or self._left():
            return None
        if self._is_another() or (self.now and self.now != self._was):
            return Disputed(self._was, self._mine, self.now)
        return None

    def _is_another(self) -> bool:
        """Whether it may be another text by now, as where somebody has taken away the answer before this one: in no other language does it
        say what it said."""
        if not self._inlaid or self._base is None:
            return False
        said = {tag: value for tag, (value, _) in self._base.items() if tag != self._language}
        return bool(said) and all(self._values.get(tag) != value for tag, value in said.items())

    def write(self) -> bool:
        """Make it the text; whether anything is changed by that."""
        if self.now == self._mine:
            if self._inlaid:
                return False
            row = self._row()
            if row.state not in UNREAD or self._read is False:
                return False
            row.state = "reviewed"
        elif self._left() and (self.now != self._was or self._is_another()):
            # Somebody else's: she has not touched it.
            return False
        elif self._inlaid:
            inlaid.put(self._bearer, self._one, self._field, self._language, self._mine)
        else:
            fresh = not self.now and self._mine == propose(self._values, self._language)
            state = "draft" if fresh and not self._read else "reviewed"
            set_texts(self._one, self._field, {self._language: self._mine}, state)
        if self._source_changed():
            # What she has read, or written, says what the source said then.
            self._row().state = "stale"
        return True

    def _row(self) -> Any:
        return next(row for row in self._one.texts if row.field == self._field and row.language == self._language)

    def _source_changed(self) -> bool:
        if self._base is None:
            return False
        source = source_of({row.language: row.state for row in self._one.texts if row.field == self._field})
        if source is None or source == self._language:
            return False
        return self._base.get(source, ("", ""))[0] != self._values.get(source, "")


States = Mapping[str, tuple[str, str]]
"""(text, state) by language."""


def _texts_in(snapshot: Snapshot | None, wording: Wording) -> States | None:
    """A text as a snapshot of its record has it; of a part that was not there then, in no language."""
    if snapshot is None:
        return None
    found: Any = snapshot
    if wording.number:
        parts = snapshot.get(BEARERS[wording.bearer].part, ())
        found = next((part for part in parts if part["id"] == wording.number), {})
    if _group_of(wording):
        words = inlaid.texts_in(wording.bearer, found.get).get(wording.field, {})
        return {tag: (tidy(value), "reviewed") for tag, value in words.items()}
    texts = found.get("texts", {}).get(wording.field, {})
    return {tag: (tidy(value), state) for tag, (value, state) in texts.items()}


def longest(bearer: Bearer, name: str) -> int:
    """How long a text may be."""
    group = name if name in inlaid.GROUPS.get(bearer.name, ()) else inlaid.group_of(bearer.name, name)
    if group:
        return inlaid.LONGEST[group]
    return drafting.LONGEST.get(name, LONGEST) if bearer.part else LONGEST


async def named(session: AsyncSession, bearer: Bearer, wordings: Iterable[Wording]) -> list[tuple[int, str]]:
    """Texts by the ids of the records or parts in which they stand, and their names."""
    wordings = list(wordings)
    if bearer.part:
        return [(wording.number, wording.field) for wording in wordings]
    slugs = {wording.slug for wording in wordings}
    rows = await session.execute(select(bearer.rows.id, bearer.rows.slug).where(bearer.rows.slug.in_(slugs)))
    ids = {row.slug: row.id for row in rows}
    return [(ids[wording.slug], wording.field) for wording in wordings if wording.slug in ids]


async def take_all(
    session: AsyncSession, bearer: Bearer, name: str, language: str, choice: Choice, person: Person
) -> Outcome:
    """Take the machine's proposals for up to MOST_TOGETHER texts of the choice that are lacking."""
    if language not in OTHER_SCRIPT or name in inlaid.GROUPS.get(bearer.name, ()):
        # What knows no states could not be marked as made by machine.
        raise Refused("no-proposals")
    rows, text = bearer.rows, bearer.text
    source = bearer.there(name, text.language == OTHER_SCRIPT[language]).where(text.record_id == rows.id)
    proposed = exists(source.correlate_except(text))
    lacked = lacking(session, bearer, name, language, choice, proposed, most=MOST_TOGETHER)
    query = select(rows).where(rows.id.in_(lacked)).order_by(rows.id).options(selectinload(rows.texts))
    found = list(await session.scalars(query))
    slugs = await _slugs_of(session, bearer, found)
    texts = {
        Wording(slugs[one.id], bearer.name, one.id if bearer.part else 0, name): propose(
            texts_by_field(one.texts).get(name, {}), language
        )
        for one in found
    }
    return await write(session, bearer.kind, language, person, Sent(texts, {}, missing=True))


async def _slugs_of(session: AsyncSession, bearer: Bearer, found: list[Any]) -> dict[int, str]:
    """By the ids of records or parts the slugs of the records."""
    if not bearer.part:
        return {one.id: one.slug for one in found}
    record = bearer.owner.record
    owners = {one.id: getattr(one, bearer.shape.owner) for one in found}
    rows = await session.execute(select(record.id, record.slug).where(record.id.in_(owners.values())))
    slugs = {row.id: row.slug for row in rows}
    return {number: slugs[owner] for number, owner in owners.items()}
