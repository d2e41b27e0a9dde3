"""Colours after ingest against LittleCMS, driven through Pillow: what the profile says is what the visitor sees."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pytest
import pyvips
from PIL import Image, ImageCms

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


@pytest.mark.parametrize("name", ["v_displayp3.jpg", "v_adobergb_jpeg.tif", "v_cmyk.jpg"])
def test_colours_are_those_of_the_profile(corpus: Path, tmp_path: Path, name: str) -> None:
    path = corpus / "derived" / name
    image, notes = upright(open_picture(path), tmp_path)
    assert "converted-to-srgb" in notes
    ours = np.asarray(image.numpy())
    with Image.open(path) as picture:
        profile = picture.info.get("icc_profile") or bytes(pyvips.Image.profile_load("cmyk").get("icc-profile-data"))
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
