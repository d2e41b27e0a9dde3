"""The museum itself: what it calls itself, in its languages, and whether it is the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from museum.database import Database
from museum.database.base import Base, BigId, Identified, TextColumns, now, text_checks
from museum.database.generation import Generation, advance_with_commit
from museum.database.texts import set_texts, texts_by_field

FIELDS = ("title", "note", "imprint")
GENERATION = "house"
_ONLY = 1


class House(Identified, Base):
    """The one record of the museum itself. Without it the museum goes by the plain words of the catalogues."""

    __tablename__ = "house"

    demonstration: Mapped[bool] = mapped_column(default=False)
    """Whether what it shows is made up, which every page then says."""
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    texts: Mapped[list[HouseText]] = relationship(cascade="all, delete-orphan", lazy="raise")

    __table_args__ = (CheckConstraint(f"id = {_ONLY}", name="only_one"),)


class HouseText(TextColumns, Base):
    """Fields: title; note, the line below it; imprint, at the foot of every page."""

    __tablename__ = "house_text"
    record_id: Mapped[int] = mapped_column(BigId, ForeignKey("house.id", ondelete="CASCADE"), primary_key=True)
    __table_args__ = text_checks()


@dataclass(frozen=True)
class Identity:
    """What pages say of the museum itself: texts by field, each by language."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    demonstration: bool = False


class Known:
    """The museum's identity, read again only when it was changed, by whatever process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._generation = Generation(database, GENERATION)
        self._number: int | None = None
        self.identity = Identity()

    async def current(self) -> Identity:
        """The identity as it is now."""
        number = await self._generation.current()
        if number != self._number:
            async with self._database.read() as session:
                house = await load_house(session)
            self.identity = Identity(texts_by_field(house.texts), house.demonstration) if house else Identity()
            self._number = number
        return self.identity


async def load_house(session: AsyncSession, *, change: bool = False) -> House | None:
    """The record with its texts, locked where it is to be changed; None where the museum has not said anything of itself."""
    query = select(House).options(selectinload(House.texts))
    return await session.scalar(query.with_for_update(of=House) if change else query)


async def describe_house(
    session: AsyncSession, texts: Mapping[str, Mapping[str, str]], *, demonstration: bool | None = None
) -> House:
    """Change what the museum says of itself, making the record where there is none, in the caller's transaction."""
    house = await load_house(session, change=True)
    if house is None:
        house = House(id=_ONLY, version=0, texts=[])
        session.add(house)
    for name, values in texts.items():
        set_texts(house, name, values)
    if demonstration is not None:
        house.demonstration = demonstration
    house.version += 1
    advance_with_commit(session, GENERATION)
    return house
