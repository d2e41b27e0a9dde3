"""3D models as a curator makes them: from an uploaded scan to what visitors turn, its size and its way up, and whether they see it.

All functions work inside the caller's transaction. A model that visitors see may be changed by whoever may publish.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from museum.assets.models import Asset
from museum.assets.models3d import standing
from museum.assets.models3d.steps import states_of
from museum.assets.originals import begin_asset, newer_asset
from museum.collection.models import Artifact, Model, ModelAnnotation
from museum.curation import drafting, overview, placing, roles, snapshot_rows, usage
from museum.curation.drafting import Texts, check_texts
from museum.curation.errors import NotFound, Overtaken, Refused
from museum.curation.models import Person
from museum.curation.production import PRIORITY, Production, asset_progress, cancel_asset, follow, retry_asset
from museum.curation.visibility import forget_with_commit
from museum.database.texts import set_texts
from museum.jobs import queue
from museum.jobs.models import Job
from museum.scenes.models import Hotspot

PAGE = 60
FOR_GOOD = frozenset(
    {
        *("empty-file", "damaged", "model-format-unknown", "model-format-fbx", "archive-kind", "archive-encrypted"),
        *("archive-damaged", "archive-too-large", "archive-too-many", "archive-names", "archive-no-model"),
        *("archive-several-models", "model-outside-file", "model-file-missing", "model-claims-too-much"),
        *("model-too-deep", "model-extension-unknown", "model-no-surface", "model-point-cloud", "model-not-finite"),
        "model-too-many-triangles",
    }
)
"""Refusals that lie in the file, so that only another file helps."""
SMALLEST, LARGEST = 0.001, 1000.0
"""Metres that a thing in a museum may be high."""


@dataclass(frozen=True)
class ModelRow:
    """A model in a list. `making` is missing, pending, failed or ready; `poster` the digest of its still."""

    slug: str
    title: Texts
    state: str
    making: str
    poster: str | None
    triangles: int
    bytes: int


async def model_rows(session: AsyncSession, page: int = 1) -> tuple[list[ModelRow], int]:
    """A page of models, the latest first, and how many there are."""
    total = await session.scalar(select(func.count()).select_from(Model)) or 0
    statement = select(Model).order_by(Model.id.desc()).limit(PAGE).offset((page - 1) * PAGE)
    rows = await session.scalars(
        statement.options(selectinload(Model.texts), selectinload(Model.asset).selectinload(Asset.blobs))
    )
    return [_row(model) for model in rows], total


def _row(model: Model) -> ModelRow:
    asset = model.asset
    sizes = {blob.role: blob.bytes for blob in asset.blobs} if asset else {}
    return ModelRow(
        model.slug,
        overview.title_of(model),
        model.state,
        asset.state if asset else "missing",
        overview.preview_of(asset),
        int(asset.info.get("triangles", 0)) if asset else 0,
        sizes.get("model", 0),
    )


async def create_model(session: AsyncSession, *, texts: Mapping[str, Texts], slug: str = "") -> Model:
    """A new model that nobody sees yet. Raises Refused."""
    drafting.require_title(texts)
    check_texts(texts)
    wanted = drafting.wanted_slug(slug, texts)
    if not wanted:
        wanted = f"model-{(await session.scalar(select(func.max(Model.id))) or 0) + 1}"
    model = Model(slug=await drafting.free_slug(session, Model, wanted), texts=[])
    for field, values in texts.items():
        set_texts(model, field, values)
    session.add(model)
    await session.flush()
    return model


async def load_model(session: AsyncSession, slug: str, person: Person | None = None) -> Model:
    """The model with its texts, asset, artifact. With `person` it is locked for a change, which on one that visitors see or
    that is in review takes the right to publish. Raises NotFound, NotAllowed."""
    statement = (
        select(Model)
        .where(Model.slug == slug)
        .options(
            selectinload(Model.texts),
            selectinload(Model.asset).selectinload(Asset.blobs),
            selectinload(Model.artifact).selectinload(Artifact.texts),
            selectinload(Model.annotations).selectinload(ModelAnnotation.texts),
        )
    )
    model = await session.scalar(statement.with_for_update(of=Model) if person else statement)
    if model is None:
        raise NotFound("no-such-target", name=slug)
    if person:
        roles.demand_change(person, model)
    return model


async def update_model(
    session: AsyncSession, model: Model, version: int, *, texts: Mapping[str, Texts], artifact: str, rights: str
) -> None:
    """Save a model's words, its artifact (slug or number; empty for none) and the address of its licence. Raises Overtaken, Refused."""
    if model.version != version:
        raise Overtaken
    check_texts(texts)
    for field, values in texts.items():
        set_texts(model, field, values)
    if model.state == "published" and not any(row.field == "title" for row in model.texts):
        raise Refused("title-needed", field="title")
    model.artifact_id = await placing.find_record(session, "artifact", artifact) if artifact.strip() else None
    model.rights = placing.check_address(rights) if rights.strip() else None
    model.version += 1
    forget_with_commit(session)


async def begin_model(session: AsyncSession, model: Model, original_id: int) -> Asset:
    """Make the model of an upload. A ready one stays until the curator takes the new one, so that visitors never look at a hole."""
    return await _order(session, model, original_id, {"height": model.height_m} if model.height_m else {})


@dataclass(frozen=True)
class Pose:
    """How a thing is to stand: its real height in metres, else metres for one unit of its file; and what turns the file's axes upright.
    None leaves it as the file says."""

    height: float | None = None
    scale: float | None = None
    orientation: list[float] | None = None


def pose_of(asset: Asset | None) -> Pose:
    """What the curator has said of an asset so far."""
    options = asset.options if asset else {}
    return Pose(options.get("height"), options.get("scale"), options.get("orientation"))


async def set_pose(session: AsyncSession, model: Model, pose: Pose) -> bool:
    """Say how the thing is to stand; made anew where that changes something. False where it doesn't. Raises Refused."""
    if pose.height is not None and not SMALLEST <= pose.height <= LARGEST:
        raise Refused("height-range", least=SMALLEST, most=LARGEST)
    if pose.scale is not None and not 0 < pose.scale < math.inf:
        raise Refused("answer-unknown")
    if pose.orientation is not None and not _is_orientation(pose.orientation):
        raise Refused("answer-unknown")
    asset = await current(session, model)
    if asset is None or not asset.originals or pose == pose_of(asset):
        return False
    wanted = {"height": pose.height, "scale": pose.scale, "orientation": pose.orientation}
    options = {key: value for key, value in wanted.items() if value}
    if asset.id == model.asset_id and _stands_so(asset, pose):
        asset.options = {key: value for key, value in asset.options.items() if key not in wanted} | options
        _know_height(model, asset)
        model.version += 1
        return False
    if model.view:
        options["view"] = model.view
    await _order(session, model, asset.originals[0].original_id, options)
    return True


def _stands_so(asset: Asset, pose: Pose) -> bool:
    """Whether a ready asset has the height that is only being confirmed."""
    if asset.state != "ready" or pose.height is None or pose.orientation != pose_of(asset).orientation:
        return False
    return math.isclose(asset.info["bounds"][1], pose.height, rel_tol=1e-5)


def _know_height(model: Model, asset: Asset) -> None:
    """The real height is what the curator has said, by a height, a length or a unit; else nobody knows."""
    pose = pose_of(asset)
    known = round(asset.info["bounds"][1], 6) if asset.info and (pose.height or pose.scale) else pose.height
    model.height_m = known


async def straighten(
    session: AsyncSession, model: Model, orientation: list[float] | None, turned: list[float] | None = None
) -> bool:
    """Turn the thing upright, its size staying what it is: to an `orientation`, None being as the file has it, or by `turned` from how it
    stands now (both quaternions). False where that changes nothing. Raises Refused."""
    asset = await current(session, model)
    if turned is not None:
        if asset is None or asset.state != "ready":
            raise Refused("model-not-ready")
        if not _is_orientation(turned):
            raise Refused("answer-unknown")
        now = standing.turn_of(asset.info["matrix"])
        orientation = standing.orientation_of(standing.turning(turned) @ now)
    pose = pose_of(asset)
    if (pose.height or pose.scale) and asset is not None and asset.info:
        # a height is one of another side from now on
        pose = replace(pose, height=None, scale=standing.scale_of(asset.info["matrix"]))
    return await set_pose(session, model, replace(pose, orientation=orientation))


async def set_length(session: AsyncSession, model: Model, *, shown: float, real: float) -> bool:
    """Size the thing by a length that is `shown` now and `real` in truth, in the same unit. Raises Refused."""
    asset = await current(session, model)
    if asset is None or asset.state != "ready":
        raise Refused("model-not-ready")
    if not (0 < shown < math.inf and 0 < real < math.inf):
        raise Refused("answer-unknown")
    height = asset.info["bounds"][1] * real / shown
    if not SMALLEST <= height <= LARGEST:
        raise Refused("height-range", least=SMALLEST, most=LARGEST)
    return await set_pose(session, model, replace(pose_of(asset), height=height, scale=None))


def _is_orientation(values: list[float]) -> bool:
    return len(values) == 4 and all(map(math.isfinite, values)) and 0.5 < math.hypot(*values) < 2


async def _order(session: AsyncSession, model: Model, original_id: int, options: dict[str, Any]) -> Asset:
    asset = await begin_asset(session, "model", [(original_id, "whole")], options, PRIORITY, owner=f"model:{model.id}")
    present = await session.get(Asset, model.asset_id) if model.asset_id else None
    if present is None or present.state != "ready":
        model.asset_id = asset.id
        _know_height(model, asset)
        model.version += 1
    return asset


async def newer(session: AsyncSession, model: Model) -> Asset | None:
    """What is to replace the ready file of `model`; None where there is nothing newer."""
    return await newer_asset(session, f"model:{model.id}", model.asset_id)


async def current(session: AsyncSession, model: Model) -> Asset | None:
    """The asset that the curator is waiting for: a newer one where there is one, else the model's own."""
    found = await newer(session, model)
    if found is not None and not found.options.get("dismissed"):
        return found
    return await session.get(Asset, model.asset_id) if model.asset_id else None


async def production_of(session: AsyncSession, model: Model) -> Production:
    """How the model is getting on."""
    asset = await current(session, model)
    if asset is None:
        return Production("missing")
    return await follow(session, asset, replacing=asset.id != model.asset_id, for_good=FOR_GOOD)


async def steps_of(session: AsyncSession, made: Production) -> dict[str, str]:
    """The steps of the making and their states, as `museum.assets.models3d.steps` has them; none where nothing is made or all is."""
    if made.job_id is None or made.state == "ready":
        return {}
    return states_of(await session.scalar(select(Job.checkpoints).where(Job.id == made.job_id)) or {})


async def use_newer(session: AsyncSession, model: Model) -> None:
    """Show the newer file from now on. Raises NotFound, or Refused where it is not ready."""
    found = await newer(session, model)
    if found is None:
        raise NotFound("no-such-target", name=model.slug)
    if found.state != "ready":
        raise Refused("model-not-ready")
    model.asset_id = found.id
    _know_height(model, found)
    model.version += 1
    forget_with_commit(session)


async def dismiss_newer(session: AsyncSession, model: Model) -> None:
    """Keep the present file, and stop the making of the newer one. Raises NotFound."""
    found = await newer(session, model)
    if found is None:
        raise NotFound("no-such-target", name=model.slug)
    found.options = {**found.options, "dismissed": True}
    progress = await asset_progress(session, found)
    if progress is not None and found.state == "pending":
        await queue.request_cancel(session, progress.job_id)


async def retry(session: AsyncSession, model: Model) -> bool:
    """Try again what failed or was cancelled."""
    return await retry_asset(session, await current(session, model))


async def cancel(session: AsyncSession, model: Model) -> bool:
    """Stop the making."""
    return await cancel_asset(session, await current(session, model))


async def delete(session: AsyncSession, model: Model) -> None:
    """Delete a draft that no hotspot opens. Its original and what was made of it stay in the store. Raises Refused."""
    used = await session.scalar(select(func.count()).select_from(Hotspot).where(Hotspot.model_id == model.id))
    if used:
        raise Refused("model-in-use", count=used)
    await usage.remove(session, "model", await snapshot_rows.load(session, "model", model.slug))
