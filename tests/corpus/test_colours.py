"""Colours after ingest against LittleCMS, driven through Pillow: what the profile says is what the visitor sees."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps

from museum.assets.ingest.normalise import upright
from museum.assets.ingest.open_picture import open_picture

pytestmark = pytest.mark.corpus


def lab(pixels: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of 8-bit sRGB."""
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels).astype(np.float32) / 255, cv2.COLOR_RGB2LAB))


def difference(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """ΔE of CIE 1976, pixel by pixel, of the means of 4 × 4 pixels: decoders differ in how they enlarge chroma, which is no colour."""
    height, width = one.shape[0] // 4 * 4, one.shape[1] // 4 * 4
    means = [
        pixels[:height, :width].reshape(height // 4, 4, width // 4, 4, 3).astype(float).mean(axis=(1, 3))
        for pixels in (one, other)
    ]
    return np.linalg.norm(lab(means[0]) - lab(means[1]), axis=-1)


NAMES = [
    "derived/v_displayp3.jpg",
    "derived/v_adobergb_jpeg.tif",
    "derived/v_cmyk.jpg",
    "objects/aic-caillebotte.tif",
    "objects/aic-seurat.tif",
]


@pytest.mark.parametrize("name", NAMES)
def test_colours_are_those_of_the_profile(corpus: Path, tmp_path: Path, name: str) -> None:
    path = corpus / name
    image, notes = upright(open_picture(path), tmp_path)
    assert "converted-to-srgb" in notes
    ours = np.asarray(image.numpy())
    with Image.open(path) as picture:
        profile = picture.info["icc_profile"]
        wanted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        plain = np.asarray(picture.convert("RGB"))
    assert wanted is not None
    found = difference(ours, np.asarray(wanted))
    assert found.mean() < 1
    assert np.percentile(found, 99) < 2
    # the profile matters: without it the colours are others
    assert difference(plain, np.asarray(wanted)).mean() > 2 * found.mean()


def test_all_orientations_show_the_same_way_up(corpus: Path, tmp_path: Path) -> None:
    with Image.open(corpus / "objects" / "orientation" / "Landscape_1.jpg") as picture:
        first = np.asarray(picture.convert("RGB")).astype(float)
    for number in range(9):
        path = corpus / "objects" / "orientation" / f"Landscape_{number}.jpg"
        image, notes = upright(open_picture(path), tmp_path)
        with Image.open(path) as picture:
            turned = ImageOps.exif_transpose(picture)
            assert (image.width, image.height) == turned.size == (first.shape[1], first.shape[0]), path.name
        found = np.asarray(image.numpy()).astype(float)
        assert np.abs(found - first).mean() < 12, path.name
        assert np.abs(found[:, ::-1] - first).mean() > 20, "the picture is not its own mirror image"
        assert ("oriented" in notes) == (number >= 2)
