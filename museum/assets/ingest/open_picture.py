"""Opening a picture that nobody vouches for: its header is judged before a pixel is decoded.

Only six formats are decoded, each by one named loader of libvips (HEIC by libheif through pillow-heif); everything else in libvips
is switched off in the process. Runs in a child process with limits, which catches what gets past this.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pyvips

from museum.assets.ingest.refusals import refuse
from museum.assets.ingest.sniff import AVIF, HEIC, JPEG, PICTURES, PNG, TIFF, WEBP, media_type_of_file

Image = Any
"""A pyvips image: its operations are made at run time, so no type checker knows them."""

MAX_PIXELS = 600_000_000
"""32768 × 16384 and a little more."""
MAX_WHOLE_PIXELS = 150_000_000
"""For what must be decoded in one piece, in memory: progressive JPEG, interlaced PNG, WebP, HEIC, AVIF."""
PIXELS_PER_BYTE = 100
"""What a file of many pixels may unfold to for each of its bytes. Photographs stay below 30, drawings below this; deflate goes
up to 1030 grey pixels, JPEG, WebP and AVIF further, and TIFF may have all its strips share one."""
_FEW_PIXELS = 64_000_000
"""Up to here nothing takes long, however small its file."""
LARGE_FILE = 8 << 20
"""Bytes from which more than the least time is allowed."""
DECODE_SECONDS = 12
"""CPU time for decoding anything smaller."""
_LOADERS = {
    JPEG: ("jpegload", "VipsForeignLoadJpeg"),
    PNG: ("pngload", "VipsForeignLoadPng"),
    WEBP: ("webpload", "VipsForeignLoadWebp"),
    TIFF: ("tiffload", "VipsForeignLoadTiff"),
    AVIF: ("heifload", "VipsForeignLoadHeif"),
}
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_TRUNCATED = ("premature end", "truncated", "end of file", "read error", "not enough", "unexpected end", "eof")
_MEMORY = ("out of memory", "unable to allocate", "cannot allocate", "insufficient memory")


class Picture(msgspec.Struct):
    """An opened picture. `image` decodes from top to bottom, once; `width` and `height` are before `orientation` is applied."""

    image: Image
    media_type: str
    width: int
    height: int
    orientation: int
    xmp: bytes
    one_piece: bool

    @property
    def turned_size(self) -> tuple[int, int]:
        """Width and height once the orientation is applied."""
        return (self.height, self.width) if self.orientation >= 5 else (self.width, self.height)


def prepare_process(threads: int) -> None:
    """Set libvips up for hostile files in this process: the named loaders only, nothing cached, `threads` at work."""
    import cv2

    _keep_memory()
    cv2.setNumThreads(1)
    pyvips.cache_set_max(0)
    pyvips.concurrency_set(threads)  # pyright: ignore[reportAttributeAccessIssue]
    pyvips.block_untrusted_set(True)
    pyvips.operation_block_set("VipsForeignLoad", True)
    for _, operation in _LOADERS.values():
        pyvips.operation_block_set(operation, False)


def _keep_memory() -> None:
    """Have glibc take large blocks from its heap and keep them when they are freed: every pixel passes through several short-lived
    buffers of megabytes, and mapping each anew, page by page, took a third of the time of a large panorama."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for option, value in ((_MMAP_THRESHOLD, 1 << 30), (_TRIM_THRESHOLD, 1 << 30), (_ARENA_MAX, 1)):
            mallopt(option, value)


@contextmanager
def decode_budget(size: int) -> Iterator[None]:
    """Hold what decodes `size` bytes of files to its share of this process's CPU time: a decoder that hangs or was made to toil is ended
    by the kernel (SIGXCPU) long before the limit that leaves room for all the work on a large sound picture."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = DECODE_SECONDS if size < LARGE_FILE else 60 + 6 * (size >> 20)
    lower = int(time.process_time()) + allowed
    if hard == resource.RLIM_INFINITY or lower < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (lower, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


@contextmanager
def decoding() -> Iterator[None]:
    """Turn what a decoder complains of into a refusal."""
    try:
        yield
    except pyvips.Error as error:
        text = str(error).lower()
        reason = " ".join(str(error).split())[:200]
        if "no space left" in text or "write error" in text:
            raise OSError(errno.ENOSPC, reason) from error
        if any(word in text for word in _MEMORY):
            refuse("too-much-memory", reason=reason)
        if any(word in text for word in _TRUNCATED):
            refuse("truncated", reason=reason)
        refuse("damaged", reason=reason)


def open_picture(path: Path) -> Picture:
    """Open the picture at `path`. Raises JobRefused with one of `museum.assets.ingest.refusals.CODES`."""
    if path.stat().st_size == 0:
        refuse("empty-file")
    media_type = media_type_of_file(path)
    if media_type not in PICTURES:
        refuse("unsupported-format", found=media_type)
    with decoding():
        picture = _open_heic(path) if media_type == HEIC else _open_with_vips(path, media_type)
    if picture.image.format not in ("uchar", "char", "ushort", "short") or not 1 <= picture.image.bands <= 5:
        refuse("unsupported-pixels", format=str(picture.image.format), bands=int(picture.image.bands))
    return picture


def check_size(width: int, height: int, file_bytes: int, one_piece: bool = False) -> None:
    """Refuse what could not be decoded within the limits, or unfolds from next to nothing."""
    limit = MAX_WHOLE_PIXELS if one_piece else MAX_PIXELS
    limit = min(limit, max(_FEW_PIXELS, PIXELS_PER_BYTE * file_bytes))
    if width < 1 or height < 1:
        refuse("damaged", reason="no pixels")
    if width * height > limit or max(width, height) > 1 << 17:
        refuse("too-many-pixels", width=width, height=height, limit=limit)


def _open_with_vips(path: Path, media_type: str) -> Picture:
    size = path.stat().st_size
    one_piece = media_type in (WEBP, AVIF) or (media_type == PNG and _is_interlaced(path))
    if media_type == PNG:
        check_size(*_png_size(path), size, one_piece)
    loader = getattr(pyvips.Image, _LOADERS[media_type][0])
    # a TIFF may lay its strips in any order and share them between pages; its pages are read as they lie
    image = loader(str(path), access="sequential", fail_on="truncated")
    fields = set(image.get_fields())
    one_piece = one_piece or ("jpeg-multiscan" in fields and bool(image.get("jpeg-multiscan")))
    check_size(image.width, image.height, size, one_piece)
    orientation = int(image.get("orientation")) if "orientation" in fields and media_type != AVIF else 1
    return Picture(
        image=image,
        media_type=media_type,
        width=image.width,
        height=image.height,
        orientation=orientation if 1 <= orientation <= 8 else 1,
        xmp=bytes(image.get("xmp-data")) if "xmp-data" in fields else b"",
        one_piece=one_piece,
    )


def _png_size(path: Path) -> tuple[int, int]:
    with path.open("rb") as file:
        head = file.read(26)
    if len(head) < 26 or head[12:16] != b"IHDR":
        refuse("damaged", reason="no IHDR at the start of the PNG")
    return struct.unpack(">II", head[16:24])


def _is_interlaced(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(29)
    return len(head) == 29 and head[28] == 1


def _open_heic(path: Path) -> Picture:
    """libheif turns and mirrors the picture itself, so there is no orientation left to apply."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    try:
        heif = pillow_heif.open_heif(path, convert_hdr_to_8bit=True)
        width, height = heif.size
        check_size(width, height, path.stat().st_size, one_piece=True)
        bands = 4 if heif.has_alpha else 3
        pixels = memoryview(heif.to_pillow().convert("RGBA" if bands == 4 else "RGB").tobytes())
    except (ValueError, OSError, EOFError, RuntimeError, SyntaxError, IndexError, KeyError) as error:
        reason = " ".join(str(error).split())[:200]
        refuse("truncated" if any(word in reason.lower() for word in _TRUNCATED) else "damaged", reason=reason)
    image = pyvips.Image.new_from_memory(pixels, width, height, bands, "uchar").copy(interpretation="srgb")
    profile = heif.info.get("icc_profile")
    if profile:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    xmp = heif.info.get("xmp") or b""
    return Picture(image, HEIC, width, height, 1, bytes(xmp), True)


def available_threads() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
