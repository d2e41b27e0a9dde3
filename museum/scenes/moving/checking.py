"""Whether the records and pictures of somebody else's tour are what a museum can hold, before anything of it is written."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import JSON, Boolean, Float, Integer, String

from museum.assets.info import FACES, ImageInfo, ModelInfo, PanoramaInfo, RecordingInfo
from museum.assets.models import ASSET_KINDS
from museum.assets.pyramid_file import NotAPyramid, read_index
from museum.assets.recordings.handlers import TYPES
from museum.curation.snapshots import Shape, Snapshot
from museum.database.base import TEXT_STATES
from museum.languages import canonical_tag
from museum.scenes.moving.paths import BadTour
from museum.scenes.moving.tour import TourAsset

LONGEST_TEXT = 100_000
LARGEST_JSON = 4 << 20
Texts = dict[str, str]
Point = tuple[float, float]
Point3 = tuple[float, float, float]
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_ADDRESSES = frozenset({"url", "target_url"})
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


class Room(msgspec.Struct):
    key: str
    title: Texts
    outline: list[Point]
    floor: str | UnsetType = UNSET


class Door(msgspec.Struct):
    x: float
    y: float
    width: float
    floor: str | UnsetType = UNSET


class Plan(msgspec.Struct):
    """See `Venue.plan`."""

    width: float
    depth: float
    rooms: list[Room] = []
    doors: list[Door] = []


class View(msgspec.Struct):
    """See `Model.view`."""

    eye: Point3
    target: Point3
    fov: float


class Choice(msgspec.Struct):
    """See `TourStop.choices`."""

    text: Texts
    right: bool = False


_FORMS: dict[str, Any] = {
    "plan": Plan | None,
    "polygon": list[Point] | None,
    "view": View | None,
    "point": Point3,
    "normal": Point3,
    "choices": list[Choice],
}
"""What columns of JSON hold."""
_INFOS: dict[str, Any] = {"panorama": PanoramaInfo, "image": ImageInfo, "model": ModelInfo, "recording": RecordingInfo}


def check_record(kind: str, slug: str, shape: Shape, snapshot: Snapshot) -> None:
    """Raise BadTour where a record holds what its columns don't."""
    try:
        _check(shape, snapshot)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise BadTour("record-unfit", kind=kind, slug=slug, reason=str(error)[:200]) from None


def _check(shape: Shape, snapshot: Snapshot) -> None:
    table = shape.record.__table__
    for name in shape.plain:
        _check_value(name, table.c[name], snapshot[name])
    for name in shape.references:
        value = snapshot[name.removesuffix("_id")]
        if value is not None and not isinstance(value, str):
            raise ValueError(name)
    for field, values in snapshot.get("texts", {}).items():
        if not isinstance(field, str) or not 0 < len(field) <= 32:
            raise ValueError("texts")
        for language, (words, state) in values.items():
            if canonical_tag(language) != language or state not in TEXT_STATES or not isinstance(words, str):
                raise ValueError(f"texts.{field}.{language}")
            if len(words) > LONGEST_TEXT or "\x00" in words:
                raise ValueError(f"texts.{field}.{language}")
            if field == "narration" and not _is_address(words) and not words.startswith("/"):
                raise ValueError(f"texts.{field}.{language}")
    for name, part in shape.parts.items():
        for one in snapshot.get(name, ()):
            _check(part, one)


def _check_value(name: str, column: Any, value: Any) -> None:
    if value is None:
        if not column.nullable:
            raise ValueError(f"{name} is missing")
    elif isinstance(column.type, JSON) or name in _FORMS:
        if len(msgspec.json.encode(value)) > LARGEST_JSON or b"\\u0000" in msgspec.json.encode(value):
            raise ValueError(name)
        msgspec.convert(value, _FORMS.get(name, dict[str, Any]), strict=False)
    elif isinstance(column.type, String):
        longest = column.type.length or LONGEST_TEXT
        if not isinstance(value, str) or len(value) > longest or "\x00" in value:
            raise ValueError(f"{name} {str(value)[:80]!r}")
        # Rights may be an address or words, but nothing that a link would run.
        if not _is_address(value) and (name in _ADDRESSES or (name == "rights" and _SCHEME.match(value))):
            raise ValueError(f"{name} {value[:80]!r}")
    elif isinstance(column.type, Boolean):
        if not isinstance(value, bool):
            raise ValueError(f"{name} {str(value)[:80]!r}")
    elif isinstance(column.type, (Integer, Float)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError(f"{name} {str(value)[:80]!r}")
        if isinstance(column.type, Integer) and (not isinstance(value, int) or abs(value) > 1 << 31):
            raise ValueError(f"{name} {value!r}")


def _is_address(value: str) -> bool:
    """No scripts, above all: an http or https address with a host."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


async def check_asset(key: str, asset: TourAsset) -> None:
    """Raise BadTour where what was made of an asset is not what its info says, or can't be served."""
    if asset.kind not in ASSET_KINDS or (not asset.originals and asset.ready is None):
        raise BadTour("asset-unfit", name=key, reason=asset.kind)
    roles = [file.role for file in asset.originals]
    if asset.originals and roles != ["whole"] and set(roles) != set(FACES):
        raise BadTour("asset-unfit", name=key, reason=" ".join(roles)[:80])
    for file in [*asset.originals, *(asset.ready.files if asset.ready else [])]:
        if file.digest and not _DIGEST.fullmatch(file.digest):
            raise BadTour("asset-unfit", name=key, reason="digest")
    if asset.ready is None:
        return
    try:
        info = msgspec.convert(asset.ready.info, _INFOS[asset.kind], strict=True)
        files = {file.role: file for file in asset.ready.files}
        if asset.ready.digest not in {file.digest for file in asset.ready.files}:
            raise ValueError("digest")
        if isinstance(info, ModelInfo):
            if not {level.digest for level in info.levels} <= {file.digest for file in asset.ready.files}:
                raise ValueError("levels")
            return
        if isinstance(info, RecordingInfo):
            if files["recording"].media_type != TYPES[info.format] or asset.ready.digest != files["recording"].digest:
                raise ValueError("recording")
            return
        sizes = [(level, level) for level in info.levels] if isinstance(info, PanoramaInfo) else info.levels
        if isinstance(info, ImageInfo) and not _COLOR.fullmatch(info.color):
            raise ValueError("color")
        if isinstance(info, PanoramaInfo) and not re.fullmatch(r"[A-Za-z0-9+/=]{384}", info.hash):
            raise ValueError("hash")
        if isinstance(info, PanoramaInfo) and not re.fullmatch(r"[A-Za-z0-9+/=]{0,12000}", info.glimpse):
            raise ValueError("glimpse")
        await _check_pyramid(files["pyramid"].path, [tuple(size) for size in sizes], isinstance(info, PanoramaInfo))
    except (msgspec.ValidationError, ValueError, KeyError, NotAPyramid) as error:
        raise BadTour("asset-unfit", name=key, reason=str(error)[:200]) from None


async def _check_pyramid(path: Path, sizes: list[Any], is_panorama: bool) -> None:
    with path.open("rb") as file:

        async def read(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        pages = await read_index(read, file.seek(0, 2))
    if len(pages) != (len(FACES) if is_panorama else 1):
        raise ValueError("pages")
    for page in pages:
        if [(level.width, level.height) for level in page] != sizes:
            raise ValueError("levels")
