"""What visitors may have of a 3D model: its files, its size, its rights."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from museum.assets.models import Asset, Original
from museum.assets.models3d.standing import Orbit
from museum.collection.cards import Texts, visible_models
from museum.collection.model_notes import Note, notes_of, opening_of
from museum.collection.models import Model
from museum.collection.rights import may_download
from museum.curation.visibility import is_shown
from museum.database.texts import texts_by_field


@dataclass(frozen=True)
class FileSize:
    """A file by its digest, `bytes` long."""

    digest: str
    bytes: int


@dataclass(frozen=True)
class ModelFiles:
    """A light model. `model` is its finest level (GLB), `poster` the digest of a still, `turntable` that of 24 frames side by side,
    `usdz` the package for iPhones, `original` what the model was made of. `bounds` are its extents in metres (x, y up, z), `height_m`
    the real thing's height where a curator knows it, `view` how the curator framed it.
    """

    slug: str
    title: Texts
    alt: Texts
    model: FileSize
    poster: str | None
    turntable: str | None
    usdz: FileSize | None
    triangles: int
    bounds: tuple[float, ...]
    height_m: float | None
    rights: str | None
    original: FileSize | None
    view: Orbit | None
    notes: list[Note]


def files_of(model: Model) -> ModelFiles | None:
    """The files of a loaded model of a visible artifact; None where visitors may not see it."""
    asset = model.asset
    if not is_shown(model) or asset is None or asset.state != "ready" or asset.digest is None:
        return None
    blobs = {blob.role: blob for blob in asset.blobs}
    texts = texts_by_field(model.texts)
    usdz = blobs.get("usdz")
    return ModelFiles(
        slug=model.slug,
        title=texts.get("title", {}),
        alt=texts.get("alt", {}),
        model=FileSize(asset.digest, blobs["model"].bytes if "model" in blobs else 0),
        poster=blobs["poster"].digest if "poster" in blobs else None,
        turntable=blobs["turntable"].digest if "turntable" in blobs else None,
        usdz=FileSize(usdz.digest, usdz.bytes) if usdz else None,
        triangles=int(asset.info.get("triangles", 0)),
        bounds=tuple(float(side) for side in asset.info.get("bounds", ())),
        height_m=model.height_m,
        rights=model.rights,
        original=_original(asset),
        view=opening_of(model),
        notes=notes_of(model),
    )


def _original(asset: Asset) -> FileSize | None:
    found = asset.originals[0].original if asset.originals else None
    return FileSize(found.digest, found.bytes) if found else None


async def original_of(session: AsyncSession, digest: str) -> Original | None:
    """The file that the visible model with this finest level was made of, where its rights let visitors have it."""
    models = await session.scalars(visible_models().where(Model.asset.has(Asset.digest == digest)))
    model = next((found for found in models if may_download(found.rights)), None)
    if model is None or model.asset is None or not model.asset.originals:
        return None
    return model.asset.originals[0].original
