"""Real panoramas and charts that nobody on the project made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from museum.assets.ingest.panorama import make_panorama
from museum.jobs.child import run_in_child
from museum.jobs.queue import JobRefused

pytestmark = pytest.mark.corpus


async def made(path: Path, work: Path, **options: Any) -> dict[str, Any]:
    return await run_in_child(
        make_panorama, [(str(path), "whole")], options, str(work), readable=[path], writable=[work]
    )


def faces_of(work: Path) -> np.ndarray:
    strip = np.asarray(Image.open(work / "strip.jpg").convert("RGB")).astype(int)
    return np.stack(np.split(strip, 6, axis=1))


async def test_the_chart_has_the_same_faces_as_its_makers_cube(corpus: Path, tmp_path: Path) -> None:
    await made(corpus / "panoramas/test-chart-naver/equi_4096.jpg", tmp_path)
    atlas = Image.open(corpus / "panoramas/test-chart-naver/cubemap.jpg").convert("RGB")
    cells = {"r": (0, 0), "l": (1, 0), "u": (2, 0), "d": (0, 1), "f": (1, 1), "b": (2, 1)}
    for number, face in enumerate("frblud"):
        column, row = cells[face]
        cell = atlas.crop((column * 1536, row * 1536, column * 1536 + 1536, row * 1536 + 1536))
        wanted = np.asarray(cell.resize((256, 256), Image.Resampling.BOX)).astype(int)
        # the lower half holds the small labels; on the poles the atlas has another big word across the middle
        difference = np.abs(faces_of(tmp_path)[number] - wanted)[150:245]
        assert difference.mean() < 12, face


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("panoramas/veste-stereo-sbs-4000x1000.jpg", "stereo-question"),
        ("panoramas/vrview-museum-hall-walrus-stereo-tb-4096.jpg", "stereo-question"),
        ("panoramas/hdr/hall-512.exr", "unsupported-format"),
        ("panoramas/test-chart-naver/eac.jpg", "not-a-panorama"),
        ("tours/pannellum-org/images/charles-street.jpg", "not-a-panorama"),
    ],
)
async def test_what_is_no_mono_panorama_is_turned_away(corpus: Path, tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(JobRefused) as refusal:
        await made(corpus / name, tmp_path)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "name", ["v.avif", "v.heic", "v.webp", "v_adobergb_jpeg.tif", "v_displayp3.jpg", "v_exif_orientation6.jpg"]
)
async def test_every_format_gives_the_same_faces(corpus: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    await made(corpus / "derived/v_gpano_full.jpg", tmp_path / "a")
    await made(corpus / "derived" / name, tmp_path / "b")
    assert np.abs(faces_of(tmp_path / "a") - faces_of(tmp_path / "b")).mean() < 4


async def test_metadata_place_a_cropped_panorama(corpus: Path, tmp_path: Path) -> None:
    info = await made(corpus / "derived/v_gpano_crop_180x90.jpg", tmp_path)
    assert tuple(info["coverage"]) == (-90.0, 90.0, -45.0, 45.0)
    assert info["heading"] == 289.0
