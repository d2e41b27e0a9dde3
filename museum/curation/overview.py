"""What the curators' pages show. Unlike the visitors' queries these see drafts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.collection.models import Artifact, Exhibition, Image, Model
from museum.curation import working
from museum.curation.errors import NotFound
from museum.curation.finding import named_like, read_page
from museum.curation.placing import OPENS
from museum.curation.snapshots import ASSET, SHAPES
from museum.curation.unmade import may_try_again, question_in
from museum.database.texts import texts_by_field
from museum.scenes.models import Hotspot, Link, Place, Scene, SceneText, Venue

Texts = dict[str, str]
PAGE = 60
MOST_LISTED = 600


@dataclass(frozen=True)
class VenueRow:
    """A venue with the numbers of its scenes."""

    slug: str
    kind: str
    state: str
    title: Texts
    scenes: int
    published: int


@dataclass(frozen=True)
class SceneRow:
    """A scene in a list. `panorama` is the state of its asset or `missing`, `preview` the digest of a small JPEG."""

    slug: str
    state: str
    title: Texts
    venue: str
    venue_title: Texts
    panorama: str
    preview: str | None
    error: dict[str, Any] | None
    year: int | None = None

    @property
    def asks(self) -> bool:
        """Whether making the panorama waits for somebody's answer."""
        return self.panorama == "failed" and question_in(self.error) is not None

    @property
    def again(self) -> bool:
        """Whether trying to make the panorama again may help."""
        return self.panorama == "failed" and may_try_again(self.error)


@dataclass(frozen=True)
class Choice:
    """Something to choose by its picture. `thumbnail` is the digest of a small JPEG."""

    slug: str
    title: Texts
    note: Texts
    thumbnail: str | None
    state: str = "draft"


def preview_of(asset: Asset | None) -> str | None:
    """Digest of the small JPEG of an asset (blobs loaded)."""
    if asset is None or asset.state != "ready":
        return None
    return next((blob.digest for blob in asset.blobs if blob.role in ("preview", "poster")), None)


def texts_of(record: Any) -> dict[str, Texts]:
    """`{field: {language: value}}` of a record with loaded texts."""
    return texts_by_field(record.texts)


def title_of(record: Any) -> Texts:
    """The title in languages of a record with loaded texts."""
    return texts_of(record).get("title", {})


async def titles(session: AsyncSession, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], Texts]:
    """Titles of records by (kind, slug), those that are there; of an asset, named by its number, the name of the uploaded file."""
    found: dict[tuple[str, str], Texts] = {}
    for kind in {kind for kind, _ in named}:
        slugs = [slug for other, slug in named if other == kind]
        if kind == ASSET:
            numbers = [int(slug) for slug in slugs]
            for asset in await session.scalars(select(Asset).where(Asset.id.in_(numbers))):
                name = ", ".join(dict.fromkeys(one.original.filename for one in asset.originals))
                found[kind, str(asset.id)] = {"en": name}
            continue
        # As rows: all that is written about them takes longer to load than what is asked for here.
        record, words = SHAPES[kind].record, SHAPES[kind].text
        titled = (words.record_id == record.id) & (words.field == "title")
        query = select(record.slug, words.language, words.value).outerjoin(words, titled)
        for slug, language, value in await session.execute(query.where(record.slug.in_(slugs))):
            title = found.setdefault((kind, slug), {})
            if language:
                title[language] = value
    return found


async def venue_names(session: AsyncSession) -> list[tuple[str, Texts]]:
    """Slug and title of all venues in their order."""
    query = select(Venue).order_by(Venue.position, Venue.id).options(selectinload(Venue.texts))
    return [(venue.slug, title_of(venue)) for venue in await session.scalars(query)]


async def venue_rows(session: AsyncSession) -> list[VenueRow]:
    """All venues in their order."""
    counts = {
        row[0]: (row[1], row[2])
        for row in await session.execute(
            select(Scene.venue_id, func.count(), func.count().filter(Scene.state == "published")).group_by(
                Scene.venue_id
            )
        )
    }
    venues = await session.scalars(
        select(Venue).order_by(Venue.kind, Venue.position, Venue.id).options(selectinload(Venue.texts))
    )
    return [
        VenueRow(venue.slug, venue.kind, venue.state, title_of(venue), *counts.get(venue.id, (0, 0)))
        for venue in venues
    ]


async def venue_numbers(session: AsyncSession) -> dict[str, int]:
    """Ids of venues by slug."""
    return dict((await session.execute(select(Venue.slug, Venue.id))).all())


_SCENE_OPTIONS = (
    selectinload(Scene.texts),
    selectinload(Scene.venue).selectinload(Venue.texts),
    selectinload(Scene.panorama).selectinload(Asset.blobs),
)


def _scene_row(scene: Scene) -> SceneRow:
    asset = scene.panorama
    return SceneRow(
        slug=scene.slug,
        state=scene.state,
        title=title_of(scene),
        venue=scene.venue.slug,
        venue_title=title_of(scene.venue),
        panorama=asset.state if asset else "missing",
        preview=preview_of(asset),
        error=asset.error if asset else None,
        year=scene.year,
    )


async def drafts(session: AsyncSession, most: int = 30) -> list[SceneRow]:
    """The drafts last changed."""
    scenes = await session.scalars(
        select(Scene)
        .where(Scene.state == "draft")
        .order_by(Scene.updated_at.desc(), Scene.id.desc())
        .limit(most)
        .options(*_SCENE_OPTIONS)
    )
    return [_scene_row(scene) for scene in scenes]


async def failed_scenes(session: AsyncSession, most: int = 30) -> list[SceneRow]:
    """Scenes whose panorama could not be made."""
    scenes = await session.scalars(
        select(Scene)
        .where(Scene.panorama_id.in_(select(Asset.id).where(Asset.state == "failed")))
        .order_by(Scene.updated_at.desc())
        .limit(most)
        .options(*_SCENE_OPTIONS)
    )
    return [_scene_row(scene) for scene in scenes]


async def venue_scenes(session: AsyncSession, venue: Venue, page: int = 1) -> list[SceneRow]:
    """One page of a venue's scenes, in their order."""
    scenes = await session.scalars(
        select(Scene)
        .where(Scene.venue_id == venue.id)
        .order_by(Scene.position, Scene.id)
        .offset((page - 1) * PAGE)
        .limit(PAGE)
        .options(*_SCENE_OPTIONS)
    )
    return [_scene_row(scene) for scene in scenes]


async def scene_to_edit(session: AsyncSession, slug: str) -> Scene:
    """A scene with all that its page shows. Raises NotFound."""
    scene = await session.scalar(
        select(Scene)
        .where(Scene.slug == slug)
        .options(
            *_SCENE_OPTIONS,
            selectinload(Scene.place),
            selectinload(Scene.links).options(
                selectinload(Link.texts), selectinload(Link.target).options(*_SCENE_OPTIONS)
            ),
            selectinload(Scene.hotspots).selectinload(Hotspot.texts),
        )
    )
    if scene is None:
        raise NotFound("no-such-scene")
    return scene


@dataclass(frozen=True)
class Placed:
    """A scene on a floor plan of its venue, in metres."""

    slug: str
    title: Texts
    floor: str
    x: float
    y: float


async def placed_scenes(session: AsyncSession, scene: Scene) -> list[Placed]:
    """The other scenes of the venue that stand on its floor plans, at most `MOST_LISTED`; working copies stand where their originals
    do."""
    rows = await session.execute(
        select(Scene.id, Scene.slug, Scene.floor, Scene.plan_x, Scene.plan_y)
        .where(
            Scene.venue_id == scene.venue_id,
            Scene.id != scene.id,
            Scene.plan_x.is_not(None),
        )
        .order_by(Scene.position, Scene.id)
        .limit(MOST_LISTED)
    )
    found = rows.all()
    titles = await scene_titles(session, [row.id for row in found])
    return [Placed(row.slug, titles.get(row.id, {}), row.floor, row.plan_x, row.plan_y) for row in found]


async def scene_titles(session: AsyncSession, ids: Collection[int]) -> dict[int, Texts]:
    """Titles of scenes by id; as rows, without all that is written about them."""
    query = select(SceneText.record_id, SceneText.language, SceneText.value)
    titles: dict[int, Texts] = {}
    for record, language, value in await session.execute(
        query.where(SceneText.field == "title", SceneText.record_id.in_(ids))
    ):
        titles.setdefault(record, {})[language] = value
    return titles


async def hotspot_targets(session: AsyncSession, hotspots: Collection[Hotspot]) -> dict[int, Choice]:
    """What each hotspot opens, by the hotspot's id."""
    found: dict[int, Choice] = {}
    for kind in OPENS:
        wanted = {hotspot.id: getattr(hotspot, f"{kind}_id") for hotspot in hotspots if hotspot.kind == kind}
        known = await shown_as(session, kind, wanted.values())
        found |= {hotspot: known[target] for hotspot, target in wanted.items()}
    return found


async def shown_as(session: AsyncSession, kind: str, ids: Collection[int]) -> dict[int, Choice]:
    """The records of `kind` with these ids, by id."""
    if not ids:
        return {}
    record, _ = OPENS[kind]
    rows = await session.scalars(select(record).where(record.id.in_(set(ids))).options(*_choice_options(kind)))
    return {row.id: _choice(row) for row in rows}


async def picture_of(session: AsyncSession, record: Any) -> str | None:
    """The digest of a small JPEG that shows the record; None where it has none."""
    if isinstance(record, (Artifact, Exhibition, Image, Model)):
        kind = type(record)
        name = next(name for name, (one, _) in OPENS.items() if one is kind)
        found = await session.scalar(select(kind).where(kind.id == record.id).options(*_choice_options(name)))
        return _choice(found).thumbnail
    number = getattr(record, "panorama_id", None)
    if number is None and getattr(record, "cover_id", None) is not None:
        number = await session.scalar(select(Image.asset_id).where(Image.id == record.cover_id))
    query = select(Asset).where(Asset.id == number).options(selectinload(Asset.blobs))
    return preview_of(await session.scalar(query)) if number is not None else None


async def places(session: AsyncSession) -> list[tuple[str, Texts]]:
    """Slug and title of every place."""
    return await names_of(session, Place, Place.slug)


async def names_of(session: AsyncSession, record: Any, *order: Any) -> list[tuple[str, Texts]]:
    """Slug and title of every record of a kind, in an order; as rows, since there may be thousands."""
    text = record.texts.property.mapper.class_
    titled = (text.record_id == record.id) & (text.field == "title")
    query = select(record.slug, text.language, text.value).outerjoin(text, titled).order_by(*order)
    found: dict[str, Texts] = {}
    for slug, language, value in await session.execute(query):
        titles = found.setdefault(slug, {})
        if language:
            titles[language] = value
    return list(found.items())


async def link_choices(session: AsyncSession, scene: Scene) -> list[tuple[Texts, list[tuple[str, Texts]]]]:
    """Scenes that a link of `scene` can lead to, by venue, its own first: the venue's title, and slug and title of each.
    At most `MOST_LISTED`; the rest is reached by name. Working copies are none of them, as in `choices`."""
    query = select(Scene.id, Scene.slug, Scene.venue_id).where(Scene.id != scene.id, working.is_original(Scene))
    # One after the other, each in the order of an index: together all scenes of the museum would be sorted.
    own = query.where(Scene.venue_id == scene.venue_id).order_by(Scene.position, Scene.id).limit(MOST_LISTED)
    rows = list(await session.execute(own))
    if len(rows) < MOST_LISTED:
        others = query.where(Scene.venue_id != scene.venue_id).order_by(Scene.venue_id, Scene.position, Scene.id)
        rows += await session.execute(others.limit(MOST_LISTED - len(rows)))
    titles = await scene_titles(session, [row.id for row in rows])
    venues = await session.scalars(
        select(Venue).where(Venue.id.in_({row.venue_id for row in rows})).options(selectinload(Venue.texts))
    )
    names = {venue.id: title_of(venue) or {"zh-Hans": venue.slug} for venue in venues}
    groups: dict[int, list[tuple[str, Texts]]] = {}
    for row in rows:
        groups.setdefault(row.venue_id, []).append((row.slug, titles.get(row.id, {})))
    return [(names[venue_id], found) for venue_id, found in groups.items()]


def _choice_options(kind: str) -> tuple[Any, ...]:
    record = OPENS[kind][0]
    if record is Artifact:
        return (
            selectinload(Artifact.texts),
            selectinload(Artifact.images).selectinload(Image.asset).selectinload(Asset.blobs),
        )
    if record is Exhibition:
        return (
            selectinload(Exhibition.texts),
            selectinload(Exhibition.cover).selectinload(Image.asset).selectinload(Asset.blobs),
        )
    return (selectinload(record.texts), selectinload(record.asset).selectinload(Asset.blobs))


def _choice(record: Any) -> Choice:
    texts = texts_of(record)
    if isinstance(record, Artifact):
        thumbnail = next((found for image in record.images if (found := preview_of(image.asset))), None)
        note = texts.get("period") or {"zh-Hans": record.accession_number}
    elif isinstance(record, Exhibition):
        thumbnail = preview_of(record.cover.asset) if record.cover else None
        note = texts.get("subtitle", {})
    else:
        thumbnail, note = preview_of(record.asset), texts.get("caption", {})
    return Choice(record.slug, texts.get("title", {}), note, thumbnail, record.state)


async def choices(session: AsyncSession, kind: str, query: str, *, near: str = "", most: int = 24) -> list[Choice]:
    """Records of `kind` whose title, slug or number holds `query`. Scenes of the venue of the scene `near` come first. Working copies are
    none of them: they look like their originals, onto which they will be put."""
    if kind == "scene":
        return await _scene_choices(session, query, near, most)
    record, _ = OPENS[kind]
    statement = select(record).order_by(record.id).limit(most).options(*_choice_options(kind))
    if kind in working.COPIED:
        statement = statement.where(working.is_original(record))

    async def find(words: str, _: int) -> list[Choice]:
        found = await session.scalars(statement.where(*named_like(session, record, words)))
        return [_choice(row) for row in found]

    return await read_page(find, query, 1)


async def _scene_choices(session: AsyncSession, query: str, near: str, most: int) -> list[Choice]:
    here = await session.scalar(select(Scene.venue_id).where(Scene.slug == near)) if near else None
    statement = select(Scene).where(Scene.slug != near).limit(most).options(*_SCENE_OPTIONS)
    if here is not None:
        statement = statement.order_by((Scene.venue_id != here), Scene.venue_id, Scene.position, Scene.id)
    else:
        statement = statement.order_by(Scene.venue_id, Scene.position, Scene.id)
    statement = statement.where(working.is_original(Scene))

    async def find(words: str, _: int) -> list[Choice]:
        found = await session.scalars(statement.where(*named_like(session, Scene, words)))
        rows = [_scene_row(scene) for scene in found]
        return [Choice(row.slug, row.title, row.venue_title, row.preview) for row in rows]

    return await read_page(find, query, 1)
