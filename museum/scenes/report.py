"""A report on the tour's graph: what a visitor cannot reach, cannot leave, cannot see or cannot read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from museum.assets.models import Asset
from museum.languages import LANGUAGES
from museum.scenes.models import Link, Scene, SceneText, Venue, VenueText


class SceneRow(NamedTuple):
    """A scene as the report needs it. `has_panorama` says whether it is ready."""

    id: int
    slug: str
    venue: str
    published: bool
    has_panorama: bool


class LinkRow(NamedTuple):
    source: int
    target: int
    kind: str


class MissingLanguages(msgspec.Struct, frozen=True):
    """A record whose title lacks these languages; `kind` is `venue` or `scene`."""

    kind: str
    slug: str
    languages: list[str]


class GraphReport(msgspec.Struct, frozen=True, rename="camel"):
    """Slugs of what is amiss. `one_way` are (from, to) of scenes with a link one way and none back."""

    unreachable: list[str]
    one_way: list[tuple[str, str]]
    missing_panoramas: list[str]
    missing_languages: list[MissingLanguages]
    dead_ends: list[str]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is amiss."""
        return not (
            self.unreachable or self.one_way or self.missing_panoramas or self.missing_languages or self.dead_ends
        )

    @property
    def has_errors(self) -> bool:
        """Whether visitors run into something: ways that lead one way alone and texts in too few languages may be meant."""
        return bool(self.unreachable or self.missing_panoramas or self.dead_ends)

    def lines(self) -> list[str]:
        """One line for each thing that is amiss; none where nothing is."""
        lines = [f"scene {slug}: no way leads there from the entrance" for slug in self.unreachable]
        lines += [f"scene {slug}: no way leads on" for slug in self.dead_ends]
        lines += [f"scene {slug}: no finished panorama" for slug in self.missing_panoramas]
        lines += [f"scene {source}: leads to {target}, but no way leads back" for source, target in self.one_way]
        for missing in self.missing_languages:
            lines.append(f"{missing.kind} {missing.slug}: no title in {', '.join(missing.languages)}")
        return lines


def print_report(report: GraphReport) -> int:
    """Print what is amiss in the tour; the exit status, 1 where visitors run into it."""
    for line in report.lines():
        print(line)
    print("The tour has faults" if report.has_errors else "Every scene of the tour can be seen, reached and left")
    return int(report.has_errors)


def reachable(starts: Iterable[int], links: Iterable[LinkRow], allowed: set[int]) -> set[int]:
    """Scenes among `allowed` to which links lead from `starts`, those among them included."""
    ways: dict[int, list[int]] = {}
    for link in links:
        ways.setdefault(link.source, []).append(link.target)
    return follow(starts, ways, allowed)


def follow(starts: Iterable[int], ways: Mapping[int, Iterable[int]], allowed: set[int]) -> set[int]:
    """As `reachable`, by scenes of where links lead from them."""
    found = {start for start in starts if start in allowed}
    waiting = deque(found)
    while waiting:
        for target in ways.get(waiting.popleft(), ()):
            if target in allowed and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def one_way_links(links: Iterable[LinkRow]) -> list[tuple[int, int]]:
    """(source, target) of links without any link back, each pair once, in order."""
    pairs = {(link.source, link.target) for link in links}
    return sorted((source, target) for source, target in pairs if (target, source) not in pairs)


def missing_languages(kind: str, titles: Mapping[str, Iterable[str]]) -> list[MissingLanguages]:
    """Records of `kind` whose titles lack a language, from the languages that they have by slug."""
    found: list[MissingLanguages] = []
    for slug in sorted(titles):
        lacking = [language for language in LANGUAGES if language not in set(titles[slug])]
        if lacking:
            found.append(MissingLanguages(kind, slug, lacking))
    return found


def make_report(
    scenes: list[SceneRow],
    links: list[LinkRow],
    entrances: Iterable[int],
    titles: Mapping[str, Mapping[str, Iterable[str]]],
) -> GraphReport:
    """The report on `scenes`. A visit begins at `entrances`; `titles` are languages by kind and slug."""
    slugs = {scene.id: scene.slug for scene in scenes}
    found = reachable(entrances, links, set(slugs))
    leads_on = {link.source for link in links if link.target in slugs}
    return GraphReport(
        unreachable=sorted(scene.slug for scene in scenes if scene.id not in found),
        one_way=[(slugs[a], slugs[b]) for a, b in one_way_links(links) if a in slugs and b in slugs],
        missing_panoramas=sorted(scene.slug for scene in scenes if not scene.has_panorama),
        missing_languages=[missing for kind in sorted(titles) for missing in missing_languages(kind, titles[kind])],
        dead_ends=sorted(scene.slug for scene in scenes if scene.id not in leads_on),
    )


def read_report(connection: Connection, only_published: bool = True) -> GraphReport:
    """The report on the museum as it stands; with `only_published` on what visitors get to see of it.

    A visit begins at the entrance of the first hall in the museum's order that has one.
    """
    rows = connection.execute(
        select(Scene.id, Scene.slug, Venue.slug, Scene.state, Venue.state, Asset.state)
        .join(Venue, Venue.id == Scene.venue_id)
        .outerjoin(Asset, Asset.id == Scene.panorama_id)
        .order_by(Scene.id)
    )
    scenes = [
        SceneRow(number, slug, venue, state == "published" and hall == "published", asset == "ready")
        for number, slug, venue, state, hall, asset in rows
    ]
    if only_published:
        scenes = [scene for scene in scenes if scene.published]
    known = {scene.id for scene in scenes}
    links = [
        LinkRow(source, target, kind)
        for source, target, kind in connection.execute(
            select(Link.source_id, Link.target_id, Link.kind).where(Link.target_id.is_not(None))
        )
        if target is not None and source in known and target in known
    ]
    entrances = connection.execute(
        select(Venue.entrance_id)
        .where(Venue.kind == "hall", Venue.entrance_id.is_not(None))
        .order_by(Venue.position, Venue.id)
    ).scalars()
    first = next((number for number in entrances if number in known), None)
    titles: dict[str, dict[str, list[str]]] = {
        "scene": {scene.slug: [] for scene in scenes},
        "venue": {scene.venue: [] for scene in scenes},
    }
    for kind, record, text in (("scene", Scene, SceneText), ("venue", Venue, VenueText)):
        statement = select(record.slug, text.language).join(record, record.id == text.record_id)
        for slug, language in connection.execute(statement.where(text.field == "title")):
            if slug in titles[kind]:
                titles[kind][slug].append(language)
    return make_report(scenes, links, () if first is None else (first,), titles)
