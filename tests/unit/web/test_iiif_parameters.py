"""From words in an address to pixels, and back to the canonical words."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from museum.web.iiif.canonical import canonical
from museum.web.iiif.levels import best_level, cost, stored_tile
from museum.web.iiif.parameters import (
    LONGEST_SIDE,
    MAX_CANVAS,
    MAX_PIXELS,
    BadParameter,
    Box,
    Rotation,
    Version,
    canvas_size,
    read_request,
    read_rotation,
    read_size,
)

TILE = 512


def halved(width: int, height: int) -> list[tuple[int, int]]:
    """The levels that libvips makes: halves, rounded down, until one fits into a tile."""
    levels = [(width, height)]
    while max(levels[0]) > TILE:
        levels.insert(0, (max(1, levels[0][0] // 2), max(1, levels[0][1] // 2)))
    return levels


@pytest.mark.parametrize(
    ("version", "words", "size"),
    [
        (3, "max", (3000, 2000)),
        (3, "^max", (7348, 4899)),
        (3, "pct:150", 400),
        (3, "^pct:150", (4500, 3000)),
        (3, "!600,600", (600, 400)),
        (3, "!9000,9000", (3000, 2000)),
        (3, "^!6000,6000", (6000, 4000)),
        (3, "^!60000,60000", (7348, 4899)),
        (3, "3001,", 400),
        (3, ",1", (2, 1)),
        (3, "^60000,60000", 413),
        (3, "full", 400),
        (2, "full", (3000, 2000)),
        (2, "max", (3000, 2000)),
        (2, "^max", 400),
        (2, "4500,", (4500, 3000)),
        (2, "!9000,9000", (3000, 2000)),
        (2, "pct:33.3", (999, 666)),
        (2, "50000,50000", 413),
        *(
            (version, words, 400)
            for version in (2, 3)
            for words in ("", ",", "0,", ",0", "pct:0", "!0,5", "-1,", "1e3,", "٣,")
        ),
    ],
)
def test_sizes(version: Version, words: str, size: tuple[int, int] | int) -> None:
    box = Box(0, 0, 3000, 2000)
    if isinstance(size, int):
        with pytest.raises(BadParameter) as refused:
            read_size(version, words, box, 65_500)
        assert refused.value.status == size
    else:
        assert read_size(version, words, box, 65_500) == size


def test_what_is_larger_than_may_be_had_comes_as_large_as_it_may() -> None:
    huge = Box(0, 0, 100_000, 50_000)
    for words in ("max", "^max", "!90000,90000"):
        width, height = read_size(3, words, huge, LONGEST_SIDE["jpg"])
        assert MAX_PIXELS * 0.999 < width * height <= MAX_PIXELS
        assert abs(width / height - 2) < 0.001
    assert read_size(3, "max", Box(0, 0, 100_000, 100), LONGEST_SIDE["webp"]) == (16_383, 16)
    with pytest.raises(BadParameter):
        read_size(2, "full", huge, LONGEST_SIDE["jpg"])


@pytest.mark.parametrize(
    ("words", "rotation"),
    [
        ("0", Rotation(False, 0)),
        ("360", Rotation(False, 0)),
        ("!270", Rotation(True, 270)),
        ("22.5", Rotation(False, 22.5)),
        ("!.5", Rotation(True, 0.5)),
    ],
)
def test_rotations(words: str, rotation: Rotation) -> None:
    assert read_rotation(words) == rotation


@pytest.mark.parametrize("words", ["", "!", "-1", "360.1", "+90", "90!", "1e1", "NaN", "0x10", "٩٠", "9" * 4000])
def test_no_rotations(words: str) -> None:
    with pytest.raises(BadParameter):
        read_rotation(words)


def test_a_turned_picture_fits_its_canvas() -> None:
    assert canvas_size(300, 200, Rotation(False, 180)) == (300, 200)
    assert canvas_size(300, 200, Rotation(True, 90)) == (200, 300)
    assert canvas_size(100, 100, Rotation(False, 45)) == (142, 142)
    with pytest.raises(BadParameter) as refused:
        # A long strip on its edge takes up a square.
        read_request(3, (60_000, 500), "full", "max", "45", "default", "jpg")
    assert refused.value.status == 413


numbers = st.integers(0, 12_000)
regions = st.one_of(
    st.sampled_from(["full", "square"]),
    st.tuples(numbers, numbers, numbers, numbers).map(lambda four: ",".join(map(str, four))),
    st.tuples(*[st.floats(0, 150, allow_nan=False)] * 4).map(lambda four: "pct:" + ",".join(f"{n:.3f}" for n in four)),
)
sizes = st.one_of(
    st.sampled_from(["max", "^max", "full"]),
    st.tuples(st.sampled_from(["", "^", "!", "^!"]), numbers, numbers).map(lambda t: f"{t[0]}{t[1]},{t[2]}"),
    st.tuples(st.sampled_from(["", "^"]), numbers).map(lambda t: f"{t[0]}{t[1]},"),
    st.floats(0, 200, allow_nan=False).map(lambda n: f"pct:{n:.2f}"),
)
rotations = st.tuples(st.sampled_from(["", "!"]), st.integers(0, 360 * 10**9)).map(
    lambda t: f"{t[0]}{t[1] // 10**9}.{t[1] % 10**9:09d}"
)
qualities = st.sampled_from(["default", "color", "gray", "bitonal"])
formats = st.sampled_from(["jpg", "png", "webp"])
images = st.tuples(st.integers(1, 12_000), st.integers(1, 12_000))
words = st.text("0123456789.,:!^%-pctfulmaxsqre/ \x00é", max_size=30)


@given(st.sampled_from([2, 3]), images, regions, sizes, rotations, qualities, formats)
def test_the_canonical_words_ask_for_the_same_picture(
    version: int, image: tuple[int, int], region: str, size: str, rotation: str, quality: str, ending: str
) -> None:
    version = cast(Version, version)
    try:
        asked = read_request(version, image, region, size, rotation, quality, ending)
    except BadParameter:
        return
    same = canonical(version, asked, *image).split("/")
    again = read_request(version, image, *same[:3], *same[3].split("."))
    assert again._replace(quality=asked.quality) == asked
    assert asked.width * asked.height <= MAX_PIXELS
    canvas = canvas_size(asked.width, asked.height, asked.rotation)
    assert canvas[0] * canvas[1] <= MAX_CANVAS
    levels = halved(*image)
    level = best_level(asked, len(levels))
    assert cost(asked, len(levels), TILE) >= 1
    # No coarser level than is needed, unless it is the finest.
    factor = 1 << (len(levels) - 1 - level)
    assert factor == 1 or (asked.width * factor <= asked.box.width and asked.height * factor <= asked.box.height)


@given(st.sampled_from([2, 3]), images, words, words, words, words, words)
def test_nonsense_is_refused_and_nothing_else_happens(
    version: int, image: tuple[int, int], region: str, size: str, rotation: str, quality: str, ending: str
) -> None:
    with pytest.raises(BadParameter) as refused:
        read_request(cast(Version, version), image, region, size, rotation, quality, ending)
    assert refused.value.status in (400, 413, 501)


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_every_tile_that_a_client_asks_for_is_a_stored_one(width: int, height: int) -> None:
    """As viewers count: both sizes of a tile at an edge rounded up."""
    levels = halved(width, height)
    for level, stored in enumerate(levels):
        scale = 1 << (len(levels) - 1 - level)
        for y in range(0, height, TILE * scale):
            for x in range(0, width, TILE * scale):
                box = min(TILE * scale, width - x), min(TILE * scale, height - y)
                size = -(-box[0] // scale), -(-box[1] // scale)
                asked = read_request(
                    3, (width, height), f"{x},{y},{box[0]},{box[1]}", f"{size[0]},{size[1]}", "0", "default", "jpg"
                )
                place = stored_tile(asked, levels, TILE)
                row, column = y // (TILE * scale), x // (TILE * scale)
                if column * TILE < stored[0] and row * TILE < stored[1]:
                    assert place == (level, row, column, *size)
                else:
                    # Halving dropped its only row or column. A finer level may have a tile of just these pixels at this size.
                    if place is not None:
                        finer = TILE << (len(levels) - 1 - place.level)
                        assert place.level > level and size == (place.width, place.height)
                        assert (place.column * finer, place.row * finer) == (x, y)
                        assert box == (min(finer, width - x), min(finer, height - y))
