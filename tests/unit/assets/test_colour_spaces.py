"""Colours and uprightness after the whole of ingest, on files whose every patch is known: against littleCMS, driven through Pillow."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import pyvips
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from museum.assets.ingest.image import make_image
from museum.assets.ingest.profiles import adobe_rgb, changes_nothing, is_srgb, says_srgb

PATCH = 64
"""Larger than what JPEG's blocks and halved chroma blur at the edges."""
RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC


def patches(bands: int, deep: bool = False) -> NDArray[Any]:
    """30 patches of strong and of quiet colours, and greys."""
    random = np.random.default_rng(4)
    colours = random.integers(0, 256, (30, bands))
    colours[:3] = [[255 * (band == number % bands) for band in range(bands)] for number in range(3)]
    colours[3:8] = np.linspace(0, 255, 5)[:, None]
    if bands == 4:
        colours[8:, 3] //= 3
    grid = np.kron(colours.reshape(5, 6, bands), np.ones((PATCH, PATCH, 1)))
    return np.asarray(grid * 257, np.uint16) if deep else np.asarray(grid, np.uint8)


def middles(pixels: NDArray[Any]) -> NDArray[np.float64]:
    """The mean of the inner half of each patch."""
    blocks = pixels[..., :3].astype(float).reshape(5, PATCH, 6, PATCH, 3)
    return blocks[:, PATCH // 4 : -PATCH // 4, :, PATCH // 4 : -PATCH // 4].mean(axis=(1, 3))


def difference(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """ΔE of CIE 1976: of strong colours the stricter measure than that of 2000."""
    labs = [
        cv2.cvtColor(np.ascontiguousarray(colours / 255, np.float32), cv2.COLOR_RGB2LAB) for colours in (one, other)
    ]
    return np.linalg.norm(labs[0] - labs[1], axis=-1)


def by_little_cms(pixels: NDArray[np.uint8], profile: bytes) -> NDArray[np.float64]:
    """The patches in sRGB, as littleCMS converts them."""
    mode = {1: "L", 3: "RGB", 4: "CMYK"}[1 if pixels.ndim == 2 else pixels.shape[2]]
    converted = ImageCms.profileToProfile(
        Image.fromarray(pixels, mode),
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=RELATIVE,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert converted is not None
    return middles(np.asarray(converted))


def built_in(name: str) -> bytes:
    """A profile that libvips carries."""
    return bytes(pyvips.Image.profile_load(name))


def linear_srgb() -> bytes:
    """A profile that calls itself sRGB and is linear, as renderers write them: sRGB's primaries, gamma 1."""
    profile = adobe_rgb().replace(b"Adobe RGB (1998) compatible\0", b"sRGB linear\0".ljust(28, b" "))
    for name, values in (
        (b"rXYZ", (0.43607, 0.22249, 0.01392)),
        (b"gXYZ", (0.38515, 0.71687, 0.09708)),
        (b"bXYZ", (0.14307, 0.06061, 0.71410)),
    ):
        at = profile.index(name) + 4
        (offset,) = struct.unpack_from(">I", profile, at)
        words = b"".join(struct.pack(">i", round(value * 65536)) for value in values)
        profile = profile[: offset + 8] + words + profile[offset + 20 :]
    return profile.replace(struct.pack(">IH", 1, 0x0233), struct.pack(">IH", 1, 0x0100))


def finished(path: Path, folder: Path) -> tuple[NDArray[Any], list[str]]:
    """The full picture out of the pyramid that ingest makes of a file, and its notes."""
    work = folder / f"work-{path.name}"
    work.mkdir()
    info = make_image(str(path), str(work))
    return np.asarray(pyvips.Image.tiffload(str(work / "pyramid.tif")).numpy()), info["notes"]


def stored(path: Path) -> NDArray[np.uint8]:
    """The pixels as they lie in a file: JPEG has changed them a little, which is none of a profile's doing."""
    if path.name.endswith("deep.png"):
        return patches(3)
    with Image.open(path) as read:
        return np.asarray(read)


RGB_PROFILES = {"adobe-rgb": adobe_rgb(), "display-p3": built_in("p3"), "linear": linear_srgb()}


@pytest.mark.parametrize("name", RGB_PROFILES)
@pytest.mark.parametrize("ending", ["jpg", "png", "tif", "deep.png", "webp"])
def test_rgb_of_any_profile_comes_out_as_littlecms_has_it(tmp_path: Path, name: str, ending: str) -> None:
    profile = RGB_PROFILES[name]
    path = tmp_path / f"patches.{ending}"
    if ending == "deep.png":
        image = pyvips.Image.new_from_array(patches(3, deep=True)).copy(interpretation="rgb16")
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
        image.pngsave(str(path))
    else:
        options: dict[str, Any] = {"jpg": {"quality": 98, "subsampling": 0}, "webp": {"lossless": True}}.get(ending, {})
        Image.fromarray(patches(3)).save(path, icc_profile=profile, **options)
    found, notes = finished(path, tmp_path)
    wanted = by_little_cms(stored(path), profile)
    assert "converted-to-srgb" in notes
    assert difference(middles(found), wanted).max() < 2
    assert difference(middles(patches(3)), wanted).max() > 5, "without the profile the colours would be others"


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize("ending", ["jpg", "tif"])
def test_cmyk_comes_out_as_littlecms_has_it(tmp_path: Path, ending: str, embedded: bool) -> None:
    profile = built_in("cmyk")
    path = tmp_path / f"patches.{ending}"
    options: dict[str, Any] = {"quality": 98, "subsampling": 0} if ending == "jpg" else {}
    Image.fromarray(patches(4), "CMYK").save(path, **({"icc_profile": profile} if embedded else {}), **options)
    found, _ = finished(path, tmp_path)
    assert difference(middles(found), by_little_cms(stored(path), profile)).max() < 2


def test_srgb_is_left_alone_and_what_only_says_so_is_not(tmp_path: Path) -> None:
    true = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert is_srgb(true) and is_srgb(built_in("srgb"))
    assert says_srgb(linear_srgb()) and not is_srgb(linear_srgb())
    assert not says_srgb(adobe_rgb()) and not changes_nothing(adobe_rgb())
    assert not says_srgb(b"") and not says_srgb(bytes(400)) and changes_nothing(b"no profile")
    path = tmp_path / "srgb.png"
    Image.fromarray(patches(3)).save(path, icc_profile=true)
    found, notes = finished(path, tmp_path)
    assert notes == []
    assert difference(middles(found), middles(patches(3))).max() < 1.5


def test_our_adobe_rgb_is_littlecms_s_too(tmp_path: Path) -> None:
    opened = ImageCms.ImageCmsProfile(io.BytesIO(adobe_rgb()))
    assert ImageCms.getProfileDescription(opened).strip() == "Adobe RGB (1998) compatible"
    # By Adobe RGB (1998), Annex A: its green is out of reach of sRGB, its red and its greys are those of sRGB or nearly.
    colours = np.array([[[0, 255, 0], [255, 0, 0], [128, 128, 128], [255, 255, 255]]], np.uint8)
    rgb = np.asarray(
        ImageCms.profileToProfile(
            Image.fromarray(colours), opened, ImageCms.createProfile("sRGB"), renderingIntent=RELATIVE
        )
    )[0].astype(int)
    assert rgb[0].tolist()[1] == 255 and rgb[1].tolist() == [255, 0, 0]
    assert np.abs(rgb[2] - 128).max() <= 1 and rgb[3].tolist() == [255, 255, 255]


def test_cameras_that_mean_adobe_rgb_and_embed_nothing_are_understood(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 0xFFFF
    exif.get_ifd(0x8769)[0xA005] = {1: "R03", 2: b"0100"}
    path = tmp_path / "camera.jpg"
    Image.fromarray(patches(3)).save(path, quality=98, subsampling=0, exif=exif)
    with Image.open(path) as read:
        assert read.getexif().get_ifd(0xA005)[1] == "R03"
    found, notes = finished(path, tmp_path)
    assert "converted-to-srgb" in notes
    assert difference(middles(found), by_little_cms(stored(path), adobe_rgb())).max() < 2


@pytest.mark.parametrize("orientation", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
@pytest.mark.parametrize("ending", ["jpg", "webp", "png", "tif"])
def test_every_orientation_comes_out_upright(tmp_path: Path, orientation: int, ending: str) -> None:
    upright = np.zeros((60, 100, 3), np.uint8)
    upright[:20, :30], upright[:20, 70:], upright[40:, :30] = (250, 30, 30), (30, 250, 30), (30, 30, 250)
    shown = Image.fromarray(upright)
    undone = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }.get(orientation, [])
    stored = shown
    for step in undone:
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = tmp_path / f"turned.{ending}"
    if ending == "tif":
        stored.save(path, tiffinfo={0x0112: orientation})
    else:
        stored.save(path, exif=exif)
    if 1 <= orientation <= 8:
        with Image.open(path) as read:
            assert np.asarray(ImageOps.exif_transpose(read)).shape == upright.shape
    found, notes = finished(path, tmp_path)
    assert found.shape == upright.shape
    assert np.abs(found.astype(int) - upright).mean() < 12
    for row, column in ((10, 15), (10, 85), (50, 15), (50, 85)):
        assert np.abs(found[row, column].astype(int) - upright[row, column]).max() < 30
    assert ("oriented" in notes) == (2 <= orientation <= 8)
