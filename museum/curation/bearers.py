"""What bears texts in languages: records, and the parts of records that carry texts of their own, as hotspots and steps.

A part goes with its record: who may change this may change its texts, it is public where its record is, and every save is one of the
whole record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, literal_column, select

from museum.collection.models import ModelAnnotation
from museum.curation.snapshots import SHAPES, Shape
from museum.scenes.models import Hotspot, Link, Venue

Condition = ColumnElement[bool]

DESCRIBED = ("image", "model")
"""Kinds that need a text in the place of the picture, for those who don't see it."""


@dataclass(frozen=True)
class Bearer:
    """Records of `kind`, or with `part` (the name of the relationship) their parts of that name.

    `needed` are texts of parts, by the conditions on those that cannot be without them: all others have a text only where somebody wrote
    one, and then should have it in all languages. `asked_too` are asked for first beside the title. Of `untold` texts each language has its
    own or none: nobody translates them. `seen` are parts that visitors of a published record see.
    """

    kind: str
    part: str = ""
    needed: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)
    asked_too: tuple[str, ...] = ()
    untold: frozenset[str] = frozenset()
    seen: tuple[Condition, ...] = ()

    @property
    def name(self) -> str:
        """The word for one of them: `scene`, `hotspot`."""
        return self.part.removesuffix("s") or self.kind

    @property
    def owner(self) -> Shape:
        """The shape of the record that it is, or belongs to."""
        return SHAPES[self.kind]

    @property
    def shape(self) -> Shape:
        """Its own shape."""
        return self.owner.parts[self.part] if self.part else self.owner

    @property
    def rows(self) -> Any:
        """The class of its rows."""
        return self.shape.record

    @property
    def text(self) -> Any:
        """The class of its texts."""
        return self.shape.text

    @property
    def belongs_to(self) -> Any:
        """The column of a part that holds the number of its record."""
        return getattr(self.rows, self.shape.owner)

    @property
    def asked(self) -> tuple[str, ...]:
        """The texts that are asked for first: those that records must have, and that parts are known by or consist of."""
        if self.part:
            return ("title", *self.asked_too)
        return ("title", "alt") if self.kind in DESCRIBED else ("title",)

    def in_venue(self, slug: str) -> Condition | None:
        """What a record fulfils that is in a venue; None where none of its kind is in any."""
        record = self.owner.record
        if record is Venue:
            return Venue.slug == slug
        return record.venue_id.in_(select(Venue.id).where(Venue.slug == slug)) if self.may_be_in_venue else None

    @property
    def may_be_in_venue(self) -> bool:
        """Whether such records lie in venues, or are venues."""
        return self.owner.record is Venue or hasattr(self.owner.record, "venue_id")

    def there(self, name: str, *conditions: Condition) -> Select[int]:
        """Ids of those that have a text."""
        # As a literal, so that the index of what there is is found.
        return select(self.text.record_id).where(
            self.text.field == name, self.text.value != literal_column("''"), *conditions
        )


PARTS = (
    Bearer("venue", "floors"),
    Bearer("model", "annotations", {"title": (ModelAnnotation.id > 0,)}),
    Bearer("exhibition", "sections", asked_too=("body",)),
    # A way is called after where it leads to, unless that lies in another museum.
    Bearer("scene", "links", {"title": (Link.target_url.is_not(None),)}),
    # What opens a record goes by that record's name, in each language in which it has none of its own.
    Bearer(
        "scene",
        "hotspots",
        {"title": tuple(Hotspot.kind == kind for kind in ("text", "audio", "video", "web"))},
        seen=(Hotspot.unplaced.is_(False),),
    ),
    Bearer("activity", "steps", asked_too=("body",)),
    # What is spoken, and the captions of it, are of one language only; where there is no recording the browser speaks.
    Bearer("tour", "stops", asked_too=("body",), untold=frozenset({"narration", "captions"})),
)

BEARERS: Mapping[str, Bearer] = {
    one.name: one for kind in SHAPES for one in (Bearer(kind), *(part for part in PARTS if part.kind == kind))
}
"""By name; the parts of a record stand behind it."""


def parts_of(kind: str) -> list[Bearer]:
    """The parts of records of a kind that bear texts."""
    return [one for one in PARTS if one.kind == kind]
