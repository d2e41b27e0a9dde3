"""Posters that curators frame in their page: pictures from a browser, trusted no more than any upload."""

from __future__ import annotations

from pathlib import Path

from museum.assets.ingest.open_picture import prepare_process
from museum.assets.models3d.caps import Caps
from museum.assets.models3d.pictures import from_pixels_of, load
from museum.assets.models3d.solid import Picture
from museum.assets.models3d.still import POSTER
from museum.assets.store import Blob, Store
from museum.jobs.child import ChildFailed, run_in_child
from museum.jobs.queue import JobRefused
from museum.jobs.task import Limits

MOST_BYTES = 8 << 20
_LIMITS = Limits(memory=512 << 20, cpu_seconds=20, seconds=120)


async def keep_poster(store: Store, upload: Path) -> Blob:
    """The picture at `upload` as a poster in the store. Raises JobRefused where it is none."""
    made = upload.with_suffix(".webp")
    try:
        await run_in_child(_make, str(upload), str(made), limits=_LIMITS, readable=[upload], writable=[upload.parent])
        return await store.put(made)
    except ChildFailed as failure:
        raise JobRefused("damaged", reason=failure.text[-200:]) from failure


def _make(upload: str, made: str) -> None:
    from museum.assets.ingest.open_picture import open_picture

    prepare_process(1)
    picture = open_picture(Path(upload))
    width, height = picture.turned_size
    if width * height > Caps().texture_pixels:
        raise JobRefused("damaged", reason="too many pixels")
    from_pixels_of(load(Picture(Path(upload), width, height), POSTER, color=True)).webpsave(
        made, Q=86, effort=3, keep="none"
    )
