"""Chinese lettering from packaged fonts only: a sans from `noto_cjk_sans_otc` and the brush hands Yuji Boku and Ma Shan Zheng."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

import cv2
import noto_cjk_sans_otc
import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont, features

Hand = Literal["sans", "brush"]
SANS_FILE = Path(noto_cjk_sans_otc.__file__).parent / "NotoSansCJK-Regular.ttc"
BRUSH_FOLDER = Path(__file__).parents[3] / "viewer/node_modules/@fontsource"
_BRUSHES = (
    "yuji-boku/files/yuji-boku-japanese-400-normal.woff2",
    "ma-shan-zheng/files/ma-shan-zheng-chinese-simplified-400-normal.woff2",
)
"""The first has nearly all Traditional forms, the second the Simplified ones."""
_MASTERS = (32, 64, 128, 256, 512, 1024)
_TRADITIONAL_FACE = 3  # of the collection: JP, KR, SC, TC, HK


@lru_cache(maxsize=1)
def _brush_files() -> dict[int, Path]:
    """The file of the brush hand that holds each character; empty where the packages are not installed."""
    files: dict[int, Path] = {}
    for path in (BRUSH_FOLDER / name for name in _BRUSHES):
        if path.exists():
            with TTFont(path, lazy=True) as font:
                for code in font.getBestCmap() or {}:
                    files.setdefault(code, path)
    return files


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    if path.suffix == ".ttc":
        return ImageFont.truetype(str(path), size, index=_TRADITIONAL_FACE)
    try:
        return ImageFont.truetype(str(path), size)
    except OSError:  # a FreeType without WOFF2
        assert features.check("freetype2")
        plain = BytesIO()
        with TTFont(path) as font:
            font.flavor = None
            font.save(plain)
        return ImageFont.truetype(BytesIO(plain.getvalue()), size)


def font_of(character: str, hand: Hand) -> Path:
    """The font file that a character is drawn with: never another form of it, but the sans where no brush hand knows it."""
    return _brush_files().get(ord(character), SANS_FILE) if hand == "brush" else SANS_FILE


def hand_for(text: str) -> Hand:
    """The brush hand where it knows a whole text, else the sans: for what must be of one hand."""
    return "brush" if all(ord(c) in _brush_files() for c in text) else "sans"


@lru_cache(maxsize=1024)
def _master(character: str, size: int, hand: Hand, weight: int) -> NDArray[np.uint8]:
    """A glyph drawn by the font itself; opening a font at a size is dear, so only few sizes are used."""
    path = font_of(character, hand)
    picture = Image.new("L", (size, size), 0)
    scale = 0.98 if hand == "brush" else 0.92
    ImageDraw.Draw(picture).text(
        (size / 2, size / 2), character, fill=255, font=_font(path, int(size * scale)), anchor="mm", stroke_width=weight
    )
    return np.asarray(picture).copy()


def glyph(character: str, size: int, hand: Hand = "sans", weight: int = 0) -> NDArray[np.uint8]:
    """One character as coverage (size, size), 0..255, centred in its square; `weight` thickens it by pixels."""
    drawn = next((s for s in _MASTERS if s >= size), _MASTERS[-1])
    master = _master(character, drawn, hand, round(weight * drawn / size))
    if drawn == size:
        return master
    return cv2.resize(master, (size, size), interpolation=cv2.INTER_AREA if drawn > size else cv2.INTER_CUBIC)


def stamp(coverage: NDArray[np.uint8], character: NDArray[np.uint8], x: int, y: int) -> None:
    """Lay a glyph onto a coverage map in place, its upper left corner at (x, y), cut off at the edges."""
    height, width = character.shape
    left, top = max(0, x), max(0, y)
    right, bottom = min(coverage.shape[1], x + width), min(coverage.shape[0], y + height)
    if left < right and top < bottom:
        part = coverage[top:bottom, left:right]
        np.maximum(part, character[top - y : bottom - y, left - x : right - x], out=part)


def column(
    coverage: NDArray[np.uint8],
    text: str,
    x: int,
    y: int,
    size: int,
    hand: Hand = "sans",
    weight: int = 0,
    pitch: float = 1.06,
    rng: np.random.Generator | None = None,
) -> int:
    """Write text downwards from (x, y), the left top of its first square; a generator makes it a hand. Returns the next y."""
    for character in text:
        if not character.isspace():
            each, dx = size, 0
            if rng is not None:
                each = max(8, int(size * rng.uniform(0.86, 1.1)))
                dx = int(size * rng.normal(0, 0.035)) + (size - each) // 2
            stamp(coverage, glyph(character, each, hand, weight), x + dx, y)
        y += int(size * pitch)
    return y


def row(
    coverage: NDArray[np.uint8],
    text: str,
    x: int,
    y: int,
    size: int,
    hand: Hand = "sans",
    weight: int = 0,
    pitch: float = 1.06,
) -> int:
    """Write text from left to right, Latin letters by their own widths; returns the next x."""
    for character in text:
        wide = ord(character) > 0x2E7F
        advance = size * pitch if wide else size * pitch * _font(SANS_FILE, 100).getlength(character) / 100
        if not character.isspace():
            stamp(coverage, glyph(character, size, hand, weight), int(x + (advance - size * pitch) / 2), y)
        x = int(x + advance)
    return x


def width_of(text: str, size: int, pitch: float = 1.06) -> int:
    """How wide `row` writes a text, in pixels."""
    latin = sum(_font(SANS_FILE, 100).getlength(c) / 100 for c in text if ord(c) <= 0x2E7F)
    return int(size * pitch * (latin + sum(ord(c) > 0x2E7F for c in text)))


def seal_face(text: str, size: int, carved: bool, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The impression of a square seal of one to four characters, as coverage (size, size) with worn edges.

    `carved` gives white characters on red (白文), else red characters in a frame (朱文).
    """
    text = (text or "印")[:4]
    face = np.zeros((size, size), np.uint8)
    margin = max(2, int(size * 0.09))
    inner = size - 2 * margin
    columns = 1 if len(text) == 1 else 2
    rows = 1 if len(text) == 1 else 2
    cell_w, cell_h = inner // columns, inner // rows
    base = max(16, 8 * round(max(cell_w, cell_h) / 8))
    for k, character in enumerate(text):
        tall = len(text) == 3 and k == 0  # one character fills the right-hand column
        shape = glyph(character, base, "sans", max(1, base // 40))
        ys, xs = np.nonzero(shape > 60)
        if not len(xs):
            continue
        shape = shape[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
        across = columns - 1 - (0 if k < (1 if len(text) == 3 else rows) else 1)
        down = 0 if tall else ((k - 1) if len(text) == 3 else k % rows)
        height = inner if tall else cell_h
        shape = cv2.resize(
            shape, (max(2, int(cell_w * 0.92)), max(2, int(height * 0.92))), interpolation=cv2.INTER_AREA
        )
        stamp(face, shape, margin + across * cell_w + int(cell_w * 0.04), margin + down * cell_h + int(cell_h * 0.04))
    if carved:
        face = cv2.bitwise_not(face)
    else:
        cv2.rectangle(
            face, (margin // 3, margin // 3), (size - 1 - margin // 3, size - 1 - margin // 3), 255, max(2, margin // 3)
        )
    grid = max(6, size // 14)
    wear = cv2.resize(rng.random((grid, grid), dtype=np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    fine = cv2.resize(
        rng.random((size // 3 + 1, size // 3 + 1), dtype=np.float32), (size, size), interpolation=cv2.INTER_LINEAR
    )
    bite = (wear * 0.72 + fine * 0.4 > 0.26).astype(np.uint8) * np.uint8(255)
    return cv2.bitwise_and(cv2.multiply(face, cv2.convertScaleAbs(fine, alpha=90, beta=165), scale=1 / 255), bite)
