"""Many panoramas at once: planned before anything is sent, and a draft scene made of each as it arrives.

A plan is made by making everything and rolling it back, so that it tells the truth. All scenes of a batch are one act, under the
batch's number, however many transactions make them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.ingest.sniff import PICTURES, media_type_of
from museum.assets.models import Asset, AssetOriginal, Original
from museum.curation import drafting, floor_plans, placing, production, revisions, roles, snapshot_rows, usage
from museum.curation.audit import Actor
from museum.curation.batch_orders import Offered, Order, order_of
from museum.curation.changes import changing
from museum.curation.errors import NotAllowed, NotFound, Refused
from museum.curation.floor_names import find_floor
from museum.curation.models import BatchFile, Person, Upload, UploadBatch
from museum.curation.revisions import Restored
from museum.curation.scene_sheet import Fault, SceneRow, Sheet, file_key
from museum.database.engine import Database
from museum.database.texts import fold, language_of, set_texts, texts_by_field
from museum.scenes.models import Floor, Place, PlaceText, Scene, Venue, VenueText

MOST_FILES = 1000
TAKEN_BACK = ("taken-back", "left-out")
"""Why a file is refused that somebody did not want after all: the whole batch, or this one."""


@dataclass(frozen=True)
class Line:
    """What would become of one file: `made` a scene (its slug, title and venue, and how many hotspots), `known` (of which scene it is the
    panorama already), `double` of another file, or `refused`."""

    name: str
    state: str
    scene: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    venue: str = ""
    row: int | None = None
    spots: int = 0
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Plan:
    """What a batch would do. `unused` are rows of the sheet for which there is no file."""

    batch: str = ""
    lines: list[Line] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unused: list[SceneRow] = field(default_factory=list)

    @property
    def scenes(self) -> int:
        """How many scenes it would make."""
        return sum(line.state == "made" for line in self.lines)


class _Never(Exception):
    """Rolls back what was made for a plan."""


async def begin(
    database: Database,
    actor: Actor,
    person: Person,
    venue: str,
    files: Sequence[Offered],
    sheet: Sheet,
    *,
    sheet_name: str = "",
    max_bytes: int,
    dry_run: bool = False,
) -> Plan:
    """A new batch for the hall `venue` (a slug); with `dry_run`, or where the sheet has faults, only the plan of it.

    Raises NotFound, NotAllowed, and Refused at too many files.
    """
    if len(files) > MOST_FILES:
        raise Refused("batch-many", most=MOST_FILES)
    plan = Plan(faults=list(sheet.faults))
    batch = UploadBatch(id=secrets.token_hex(16), person_id=person.id, venue=venue, sheet=sheet_name)
    entries: list[BatchFile] = []
    try:
        async with changing(database, actor, act=batch.id) as session:
            orders = await _orders(session, venue, files, sheet, plan)
            seen: dict[str, str] = {}
            for number, (file, order) in enumerate(zip(files, orders, strict=True)):
                if file.digest in seen:
                    plan.lines.append(Line(file.name, "double", values={"same": seen[file.digest]}))
                    continue
                line = await _planned(session, person, file, order, plan, max_bytes, sheet)
                plan.lines.append(line)
                if file.digest:
                    seen[file.digest] = file.name
                if line.state == "made":
                    entry = BatchFile(batch_id=batch.id, position=number, name=file.name, bytes=file.bytes)
                    entry.row = msgspec.to_builtins(order)
                    entries.append(entry)
            raise _Never
    except _Never:
        pass
    wanted = {file_key(file.name) for file in files}
    plan.unused = [row for key, row in sheet.rows.items() if key not in wanted]
    if dry_run or plan.faults or not entries:
        return plan
    async with database.write() as session:
        session.add(batch)
        await session.flush()
        session.add_all(entries)
    plan.batch = batch.id
    return plan


async def _orders(session: AsyncSession, venue: str, files: Sequence[Offered], sheet: Sheet, plan: Plan) -> list[Order]:
    """What is to become of the files, in their order; halls and floors that don't exist are faults of the sheet."""
    slugs: dict[str, str] = {}
    ends: dict[str, int] = {}
    floors: dict[str, list[Floor]] = {}
    orders: list[Order] = []
    for file in files:
        row = sheet.rows.get(file_key(file.name)) or SceneRow(0, file.name)
        hall = row.hall or venue
        if hall not in slugs:
            try:
                slugs[hall] = (await _find_venue(session, hall)).slug
            except Refused as refused:
                if not row.hall:
                    raise
                plan.faults.append(
                    Fault(row.line, sheet.headed["hall"], refused.code, {"value": row.hall, **refused.values})
                )
                slugs[hall] = venue
        slug = slugs[hall]
        if slug not in ends:
            last = select(func.max(Scene.position)).join(Venue, Scene.venue_id == Venue.id).where(Venue.slug == slug)
            found = await session.scalar(last)
            ends[slug] = 0 if found is None else found + 1
            floors[slug] = floor_plans.floors_of(await floor_plans.load(session, slug))
        floor = _floor(slug, floors[slug], row, sheet, plan)
        orders.append(order_of(slug, ends[slug], floor.key, file, row))
        ends[slug] += 1
    return orders


def _floor(venue: str, floors: Sequence[Floor], row: SceneRow, sheet: Sheet, plan: Plan) -> Floor:
    """The floor that a row names, the first where it names none, or, with a fault, none that there is."""
    if not row.floor:
        return floors[0]
    try:
        return find_floor(floors, row.floor)
    except Refused as refused:
        known = [texts_by_field(floor.texts).get("title", {}) for floor in floors]
        plan.faults.append(
            Fault(
                row.line,
                sheet.headed["floor"],
                refused.code,
                {"value": row.floor[:40], "floors": known, "venue": venue},
            )
        )
        return floors[0]


async def _find_venue(session: AsyncSession, named: str) -> Venue:
    titled = select(VenueText.record_id).where(VenueText.field == "title", VenueText.folded == fold(named))
    for match in (Venue.slug == named, Venue.id.in_(titled)):
        found = list(await session.scalars(select(Venue).where(match).limit(2)))
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused("target-ambiguous", name=named)
    raise NotFound("no-such-venue")


async def _planned(
    session: AsyncSession,
    person: Person,
    file: Offered,
    order: Order,
    plan: Plan,
    max_bytes: int,
    sheet: Sheet,
) -> Line:
    refusal = _refusal(file, max_bytes)
    row = sheet.rows.get(file_key(file.name))
    if refusal:
        return Line(file.name, "refused", row=row.line if row else None, code=refusal[0], values=refusal[1])
    known = await _scene_of(session, file.digest) if file.digest else None
    if known is not None:
        return Line(file.name, "known", known.slug, _title(known), known.venue.slug)
    lost: list[tuple[int, Refused]] = []
    try:
        scene = await _make_scene(session, person, order, lost)
    except Refused as refused:
        if row is None:
            return Line(file.name, "refused", code=refused.code, values=refused.values)
        plan.faults.append(Fault(row.line, sheet.headed.get("file", ""), refused.code, refused.values))
        return Line(file.name, "refused", row=row.line, code=refused.code, values=refused.values)
    # The picture is none the worse for it: once its hotspots are put right it becomes a scene.
    column = sheet.headed.get("target", "")
    plan.faults += [Fault(line, column, refused.code, refused.values) for line, refused in lost]
    return Line(file.name, "made", scene.slug, order.title, order.venue, row.line if row else None, len(order.spots))


def _refusal(file: Offered, max_bytes: int) -> tuple[str, dict[str, Any]] | None:
    """Why a file can't become a panorama, as far as its size and first bytes tell."""
    if file.bytes <= 0:
        return "file-empty", {}
    if file.bytes > max_bytes:
        return "upload-large", {"most": max_bytes}
    if file.head and media_type_of(file.head) not in PICTURES:
        return "file-kind", {}
    return None


async def _scene_of(session: AsyncSession, digest: str) -> Scene | None:
    """The scene that has the file with this digest for its panorama."""
    return await session.scalar(
        select(Scene)
        .join(AssetOriginal, AssetOriginal.asset_id == Scene.panorama_id)
        .join(Original, Original.id == AssetOriginal.original_id)
        .where(Original.digest == digest, AssetOriginal.role == "whole")
        .order_by(Scene.id)
        .limit(1)
        .options(selectinload(Scene.texts), selectinload(Scene.venue))
    )


def _title(scene: Scene) -> dict[str, str]:
    return texts_by_field(scene.texts).get("title", {})


async def _make_scene(
    session: AsyncSession, person: Person, order: Order, lost: list[tuple[int, Refused]] | None = None
) -> Scene:
    """The draft that an order asks for. With `lost` it takes up the hotspots that can't be made, each with its row of the sheet, and the
    draft is without them. Raises Refused, NotFound, NotAllowed."""
    venue = await drafting.load_venue(session, order.venue, change=True)
    roles.demand(person, "draft", venue.id)
    texts = {"title": order.title} | ({"description": order.description} if order.description else {})
    scene = await drafting.create_scene(session, venue, texts=texts, slug=order.slug)
    scene.position = order.position
    scene.room = order.room or None
    # Should the floor have gone meanwhile, the scene stands on no plan until somebody puts it on another.
    scene.floor = order.floor
    scene.plan_x, scene.plan_y = order.plan_x, order.plan_y
    if order.north is not None:
        scene.north = order.north % 360.0
    scene.year = order.year
    if order.place:
        scene.place_id = (await _find_or_make_place(session, venue, order.place)).id
    await session.flush()
    for spot in order.spots:
        try:
            await placing.add_hotspot(
                session,
                scene,
                kind=spot.kind,
                target=spot.target,
                yaw=spot.yaw,
                pitch=spot.pitch,
                texts=spot.texts,
                unplaced=spot.unplaced,
            )
        except Refused as refused:
            if lost is None:
                raise
            lost.append((spot.line, refused))
    return scene


async def _find_or_make_place(session: AsyncSession, venue: Venue, named: str) -> Place:
    """The place with this slug or title; a new draft where there is none."""
    titled = select(PlaceText.record_id).where(PlaceText.field == "title", PlaceText.folded == fold(named))
    for match in (Place.slug == named, Place.id.in_(titled)):
        found = await session.scalar(select(Place).where(match).order_by(Place.id).limit(1))
        if found is not None:
            return found
    number = await session.scalar(select(func.count()).select_from(Place))
    wanted = drafting.slug_of(named) or f"{venue.slug}-place-{(number or 0) + 1}"
    place = Place(slug=await drafting.free_slug(session, Place, wanted), venue_id=venue.id, texts=[])
    set_texts(place, "title", {language_of(named): named[:200]})
    session.add(place)
    await session.flush()
    return place


async def take_back(session: AsyncSession, batch_id: str, person: Person) -> Restored:
    """Undo all that a batch made, and have nothing more made of what is still on its way. Raises NotFound."""
    waiting = select(BatchFile).where(BatchFile.batch_id == batch_id, BatchFile.state == "waiting")
    for file in await session.scalars(waiting.with_for_update()):
        file.state, file.error = "refused", {"code": "taken-back", "values": {}}
    made = await session.scalar(select(func.count()).where(BatchFile.batch_id == batch_id, BatchFile.state == "made"))
    return await revisions.undo(session, batch_id, person) if made else Restored()


async def leave_out(session: AsyncSession, batch_id: str, position: int, person: Person) -> str:
    """Take one file out of a batch: have nothing made of it when it arrives, or delete the draft scene whose panorama failed. Gives the
    upload that was bringing it, empty where none is. Raises NotFound, NotAllowed, Refused."""
    file = await _load_file(session, batch_id, position)
    if file.state == "made":
        scene = await drafting.load_scene(session, file.scene, person)
        asset = await session.get(Asset, scene.panorama_id) if scene.panorama_id else None
        if asset is not None and asset.state == "ready":
            raise Refused("file-ready")
        await usage.remove(session, "scene", await snapshot_rows.load(session, "scene", scene.slug))
        return ""
    if file.state != "waiting":
        raise Refused("file-settled")
    batch = await session.get_one(UploadBatch, batch_id)
    if batch.person_id != person.id:
        raise NotAllowed("not-allowed")
    file.state, file.error = "refused", {"code": "left-out", "values": {}}
    return file.upload_id or ""


async def note_upload(database: Database, batch_id: str, position: int, upload: Upload) -> None:
    """Remember which upload brings a file of a batch, so that it goes on from any browser. Raises NotFound."""
    async with database.write() as session:
        file = await _load_file(session, batch_id, position)
        batch = await session.get_one(UploadBatch, batch_id)
        if batch.person_id != upload.person_id or file.bytes != upload.length:
            raise NotFound("no-such-batch")
        file.upload_id = upload.id


async def arrived(database: Database, actor: Actor, person: Person, upload: Upload) -> None:
    """Make a scene of a whole upload that belongs to a batch; nothing where it belongs to none or that is done already."""
    if upload.original_id is None:
        return
    async with database.read() as session:
        found = await session.scalar(select(BatchFile).where(BatchFile.upload_id == upload.id))
    if found is not None:
        await take_in(database, actor, person, found.batch_id, found.position, upload.original_id)


async def take_in(
    database: Database, actor: Actor, person: Person, batch_id: str, position: int, original_id: int
) -> None:
    """Make the scene of a file that has arrived as an original. What stands in the way is noted with the file. Raises NotFound."""
    try:
        async with changing(database, actor, act=batch_id) as session:
            file = await _load_file(session, batch_id, position)
            if file.state != "waiting":
                return
            original = await session.get_one(Original, original_id)
            known = await _scene_of(session, original.digest)
            if known is not None:
                file.state, file.scene = "known", known.slug
                return
            if original.media_type not in PICTURES:
                raise Refused("file-kind")
            scene = await _make_scene(session, person, msgspec.convert(file.row, Order))
            await production.begin_panorama(session, scene, [(original.id, "whole")])
            file.state, file.scene = "made", scene.slug
    except NotFound as missing:
        if missing.code == "no-such-batch":
            raise
        await _refuse(database, batch_id, position, missing)
    except Refused as refused:
        await _refuse(database, batch_id, position, refused)


async def _refuse(database: Database, batch_id: str, position: int, refused: Refused) -> None:
    async with database.write() as session:
        file = await _load_file(session, batch_id, position)
        if file.state == "waiting":
            file.state, file.error = "refused", {"code": refused.code, "values": dict(refused.values)}


async def _load_file(session: AsyncSession, batch_id: str, position: int) -> BatchFile:
    query = select(BatchFile).where(BatchFile.batch_id == batch_id, BatchFile.position == position)
    file = await session.scalar(query.with_for_update())
    if file is None:
        raise NotFound("no-such-batch")
    return file
