"""Exhibitions as a curator makes them: their sections, what hangs in each and in which order, and the picture that stands for the whole.

All functions work inside the caller's transaction. An exhibition has one version with all its parts: whoever changes a part changes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from museum.collection.models import Exhibition, ExhibitionItem, ExhibitionSection
from museum.curation import drafting, ordering, overview, placing, roles, snapshot_rows
from museum.curation.drafting import Texts
from museum.curation.errors import NotFound, Refused
from museum.curation.listing import Done, check_chosen
from museum.curation.models import Person
from museum.curation.overview import Choice
from museum.curation.snapshots import SHAPES
from museum.database.base import now
from museum.database.texts import set_texts

SHOWS = ("image", "artifact")
"""Kinds of what may hang in an exhibition."""
MOST_SECTIONS = 60
MOST_ITEMS = 500
MOST_LISTED = 30
SECTION_FIELDS = ("title", "body")


async def load_exhibition(
    session: AsyncSession, slug: str, person: Person | None = None, version: int | None = None
) -> Exhibition:
    """The exhibition with its texts, sections and items. With `person` it is locked for a change. Raises NotFound, NotAllowed, and
    Overtaken where `version` is given and no longer the present one."""
    exhibition = await snapshot_rows.load(session, "exhibition", slug, change=person is not None)
    if exhibition is None:
        raise NotFound("no-such-exhibition")
    roles.admit(exhibition, person, version)
    return exhibition


def touch(exhibition: Exhibition) -> None:
    """Note that something of it changed: pages made before this are overtaken."""
    exhibition.version += 1
    exhibition.updated_at = now()


async def hung(session: AsyncSession, exhibition: Exhibition) -> dict[int, tuple[str, Choice]]:
    """The kind of what hangs in the exhibition, and how it is shown, by the item's id."""
    found: dict[int, tuple[str, Choice]] = {}
    items = [item for section in exhibition.sections for item in section.items]
    for kind in SHOWS:
        wanted = {item.id: number for item in items if (number := getattr(item, f"{kind}_id")) is not None}
        known = await overview.shown_as(session, kind, wanted.values())
        found |= {item: (kind, known[number]) for item, number in wanted.items()}
    return found


async def count_unseen(session: AsyncSession, exhibition: Exhibition) -> int:
    """How many of its exhibits visitors would not see, since they are not public themselves."""
    return sum(shown.state != "published" for _, shown in (await hung(session, exhibition)).values())


async def exhibitions_with(session: AsyncSession, kind: str, number: int) -> list[Choice]:
    """The exhibitions, drafts too, in which the image or artifact with this id hangs, in the museum's order."""
    holding = select(ExhibitionSection.exhibition_id).join(ExhibitionItem)
    found = await session.scalars(
        select(Exhibition.id)
        .where(Exhibition.id.in_(holding.where(getattr(ExhibitionItem, f"{kind}_id") == number)))
        .order_by(Exhibition.position, Exhibition.id)
        .limit(MOST_LISTED)
    )
    ids = list(found)
    known = await overview.shown_as(session, "exhibition", ids)
    return [known[one] for one in ids]


async def cover_of(session: AsyncSession, exhibition: Exhibition) -> Choice | None:
    """The picture that stands for the exhibition."""
    number = exhibition.cover_id
    return None if number is None else (await overview.shown_as(session, "image", [number]))[number]


async def set_cover(session: AsyncSession, exhibition: Exhibition, named: str) -> None:
    """Have the image of that slug or title stand for the exhibition; empty takes it away. Raises NotFound, Refused."""
    exhibition.cover_id = await placing.find_record(session, "image", named) if named.strip() else None
    touch(exhibition)


def find_section(exhibition: Exhibition, number: int) -> ExhibitionSection:
    """The section with this id. Raises NotFound."""
    return ordering.find(exhibition.sections, number, "no-such-section")


async def add_section(session: AsyncSession, exhibition: Exhibition, texts: Mapping[str, Texts]) -> ExhibitionSection:
    """A new last section. Its title may be empty: an exhibition of one section needs none."""
    if len(exhibition.sections) >= MOST_SECTIONS:
        raise Refused("sections-many", most=MOST_SECTIONS)
    section = ExhibitionSection(position=ordering.after(exhibition.sections), texts=[], items=[])
    exhibition.sections.append(section)
    update_section(exhibition, section, texts)
    await session.flush()
    return section


def update_section(exhibition: Exhibition, section: ExhibitionSection, texts: Mapping[str, Texts]) -> None:
    """Save a section's texts."""
    drafting.check_texts(texts)
    for field, values in texts.items():
        set_texts(section, field, values)
    touch(exhibition)


def move_section(exhibition: Exhibition, section: ExhibitionSection, by: int) -> None:
    """Move a section with all that hangs in it."""
    ordering.shift(exhibition.sections, section, by)
    touch(exhibition)


def remove_section(exhibition: Exhibition, section: ExhibitionSection) -> None:
    """Take a section away with all that hangs in it; the things themselves stay in the museum."""
    exhibition.sections.remove(section)
    touch(exhibition)


def find_item(exhibition: Exhibition, number: int) -> ExhibitionItem:
    """The item with this id. Raises NotFound."""
    return ordering.find((item for section in exhibition.sections for item in section.items), number, "no-such-item")


async def add_item(
    session: AsyncSession, exhibition: Exhibition, *, section: int | None, kind: str, named: str
) -> ExhibitionItem:
    """Hang the image or artifact of that slug, number or title last in a section; without one in the last, which is made where there is
    none yet. Raises NotFound, Refused."""
    if kind not in SHOWS:
        raise Refused("answer-unknown")
    if sum(len(one.items) for one in exhibition.sections) >= MOST_ITEMS:
        raise Refused("exhibits-many", most=MOST_ITEMS)
    number = await placing.find_record(session, kind, named)
    where = await _section(session, exhibition, section)
    if any(getattr(item, f"{kind}_id") == number for item in where.items):
        raise Refused("exhibit-there")
    item = ExhibitionItem(position=ordering.after(where.items), **{f"{kind}_id": number})
    where.items.append(item)
    touch(exhibition)
    await session.flush()
    return item


async def _section(session: AsyncSession, exhibition: Exhibition, number: int | None) -> ExhibitionSection:
    if number is not None:
        return find_section(exhibition, number)
    return exhibition.sections[-1] if exhibition.sections else await add_section(session, exhibition, {})


async def hang_all(
    session: AsyncSession, exhibition: Exhibition, kind: str, slugs: Sequence[str], section: int | None = None
) -> Done:
    """Hang the images or artifacts with these slugs last in a section, without one in the last, in this order; what hangs anywhere in the
    exhibition already, or is no longer there, hinders no other. Raises NotFound, and Refused for what can't hang, none, or too many."""
    if kind not in SHOWS:
        raise Refused("answer-unknown")
    check_chosen(slugs)
    record, column = SHAPES[kind].record, f"{kind}_id"
    rows = await session.execute(select(record.slug, record.id).where(record.slug.in_(slugs)))
    numbers: dict[str, int] = dict(rows.all())
    there = {getattr(item, column) for section in exhibition.sections for item in section.items}
    room = MOST_ITEMS - sum(len(section.items) for section in exhibition.sections)
    where, done = await _section(session, exhibition, section), Done()
    for slug in dict.fromkeys(slugs):
        number = numbers.get(slug)
        if number is None:
            done.refused.append((slug, NotFound(f"no-such-{kind}")))
        elif number in there:
            done.refused.append((slug, Refused("exhibit-in")))
        elif len(done.slugs) >= room:
            done.refused.append((slug, Refused("exhibits-many", most=MOST_ITEMS)))
        else:
            where.items.append(ExhibitionItem(position=ordering.after(where.items), **{column: number}))
            done.slugs.append(slug)
    if done.slugs:
        touch(exhibition)
    await session.flush()
    return done


def move_item(exhibition: Exhibition, item: ExhibitionItem, by: int) -> None:
    """Move an item one place back (-1) or forth (1): from a section's end into the one beside it, at the exhibition's it stays."""
    sections = list(exhibition.sections)
    at = next(number for number, section in enumerate(sections) if item in section.items)
    here = sections[at]
    place = here.items.index(item) + by
    if 0 <= place < len(here.items) or not 0 <= at + by < len(sections):
        ordering.shift(here.items, item, by)
    else:
        there = sections[at + by]
        order = [item, *there.items] if by > 0 else [*there.items, item]
        here.items.remove(item)
        there.items.append(item)
        ordering.number(here.items)
        ordering.number(order)
    touch(exhibition)


def remove_item(exhibition: Exhibition, item: ExhibitionItem) -> None:
    """Take one thing down."""
    next(section for section in exhibition.sections if item in section.items).items.remove(item)
    touch(exhibition)
