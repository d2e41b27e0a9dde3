"""The demonstration museum's pictures: all categories draw, each seed its own, with real detail and packaged letters."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from fontTools.ttLib import TTFont

from museum.demo.art import CATEGORIES, Traits, draw, lettering, size_for
from museum.demo.art.brush import generator, tiled
from museum.demo.art.lettering import BRUSH_FOLDER, SANS_FILE, font_of, glyph, seal_face
from museum.demo.art.pattern import FORMS, STYLES, profile, vessel_pattern

OBJECTS = {"porcelain", "coin", "bronze", "seal", "jade"}
PERIODS = ("ming", "qing", "song", "tang", "han", "warring-states", "republic", "modern")
SIZE = 480


def small(category: str, seed: int, traits: Traits | None = None) -> np.ndarray:
    return draw(category, seed, SIZE, SIZE, traits or Traits()).pixels


@pytest.mark.parametrize(
    ("category", "period"),
    [(category, PERIODS[(i + step) % len(PERIODS)]) for i, category in enumerate(CATEGORIES) for step in (0, 3, 6)],
)
def test_draws_every_category_of_several_periods(category: str, period: str) -> None:
    picture = draw(category, 5, 420, 360, Traits(title="天津圖", period=period, reign="乾隆"))
    assert picture.pixels.shape == (360, 420, 3)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.std() > 12
    assert (picture.mask is not None) == (category in OBJECTS)


@pytest.mark.parametrize("category", CATEGORIES)
def test_same_arguments_give_the_same_bytes(category: str) -> None:
    traits = Traits(title="海河", inscription="春色")
    assert draw(category, 3, 300, 400, traits).pixels.tobytes() == draw(category, 3, 300, 400, traits).pixels.tobytes()


@pytest.mark.parametrize("category", CATEGORIES)
def test_no_two_seeds_look_alike(category: str) -> None:
    thumbnails = [
        cv2.resize(small(category, seed), (64, 64), interpolation=cv2.INTER_AREA).astype(int) for seed in range(5)
    ]
    for a in range(len(thumbnails)):
        for b in range(a):
            assert np.abs(thumbnails[a] - thumbnails[b]).mean() > 1.0, (a, b)


@pytest.mark.parametrize("category", CATEGORIES)
def test_detail_goes_down_to_the_pixel(category: str) -> None:
    grey = cv2.cvtColor(small(category, 1), cv2.COLOR_RGB2GRAY)
    soft = cv2.resize(cv2.resize(grey, (SIZE // 2, SIZE // 2), interpolation=cv2.INTER_AREA), (SIZE, SIZE))
    assert cv2.Laplacian(grey, cv2.CV_64F).var() > 1.5 * cv2.Laplacian(soft, cv2.CV_64F).var()


@pytest.mark.parametrize("category", sorted(OBJECTS))
@pytest.mark.parametrize("variant", range(3))
def test_masks_cut_the_object_out(category: str, variant: int) -> None:
    mask = draw(category, 20 + variant, 400, 440, Traits(variant=variant)).mask
    assert mask is not None
    assert mask.shape == (440, 400)
    assert mask.dtype == np.uint8
    assert 0.06 < (mask > 127).mean() < 0.85
    edges = np.concatenate((mask[0], mask[-1], mask[:, 0], mask[:, -1]))
    assert (edges > 127).mean() < 0.02


def test_sizes_vary_between_two_and_twelve_megapixels() -> None:
    sizes = [size_for(category, seed) for category in CATEGORIES for seed in range(200)]
    areas = np.array([width * height / 1e6 for width, height in sizes])
    assert areas.min() >= 2
    assert areas.max() <= 12
    assert 2.6 < areas.mean() < 3.4
    assert len({round(width / height, 1) for width, height in sizes}) > 8


def test_title_is_written_on_the_poster() -> None:
    one, other = small("poster", 2, Traits(title="北洋火柴")), small("poster", 2, Traits(title="長蘆精鹽"))
    difference = np.abs(one.astype(int) - other).max(2) > 40
    assert difference[: SIZE // 4].mean() > 0.02
    assert difference[SIZE // 2 :].mean() < 0.001


def test_titles_choose_form_and_glaze() -> None:
    plate = draw("porcelain", 4, 400, 400, Traits(title="青花龍紋盤")).mask
    bottle = draw("porcelain", 4, 400, 400, Traits(title="青花龍紋玉壺春瓶")).mask
    assert plate is not None and bottle is not None
    ys, xs = np.nonzero(plate > 127)
    assert abs((ys.max() - ys.min()) - (xs.max() - xs.min())) < 6
    ys, xs = np.nonzero(bottle > 127)
    assert ys.max() - ys.min() > 1.2 * (xs.max() - xs.min())


def test_refuses_unknown_categories_and_tiny_sizes() -> None:
    with pytest.raises(ValueError, match="unknown category"):
        draw("hologram", 1, 400, 400, Traits())
    with pytest.raises(ValueError, match="too small"):
        draw("map", 1, 40, 400, Traits())


def test_letters_come_from_the_packages() -> None:
    assert "noto_cjk_sans_otc" in str(SANS_FILE)
    assert font_of("龍", "sans") == SANS_FILE
    for character in "龍龙":
        assert BRUSH_FOLDER in font_of(character, "brush").parents
    assert font_of("\U00020000", "brush") == SANS_FILE
    missing = glyph("\ue123", 64)  # not a character of any font
    assert np.abs(glyph("津", 64).astype(int) - missing).mean() > 10
    assert np.abs(glyph("津", 64).astype(int) - glyph("海", 64)).mean() > 10


def test_carved_seals_are_red_around_the_characters() -> None:
    red, white = (seal_face("長樂未央", 200, carved, generator(1, "t")).mean() for carved in (False, True))
    assert white > red > 20


@pytest.mark.parametrize("style", STYLES)
def test_vessel_patterns_join_at_the_sides(style: str) -> None:
    pattern = vessel_pattern(7, style, 512, 300).astype(int)
    assert pattern.shape == (300, 512, 3)
    # in eights, so that it is shapes that are compared and not where a line falls between two pixels
    coarse = pattern[:296].reshape(37, 8, 64, 8, 3).mean(axis=(1, 3))
    inner = np.abs(np.diff(coarse, axis=1)).mean(axis=(0, 2))
    seam = np.abs(coarse[:, 0] - coarse[:, -1]).mean()
    assert seam <= inner.max()


@pytest.mark.parametrize("form", FORMS)
def test_profiles_stand_up(form: str) -> None:
    for seed in range(6):
        points = profile(form, seed)
        assert points.shape[1] == 2
        assert points[0, 1] == 0
        assert (np.diff(points[:, 1]) >= 0).all()
        assert (points[:, 0] > 0.005).all()
        assert 0.03 < points[-1, 1] < 0.6
    assert not np.array_equal(profile(form, 0), profile(form, 1))


@pytest.mark.parametrize("kind", ["grain", "film", "silk", "dry", "stone"])
def test_textures_repeat_without_a_seam(kind: str) -> None:
    twice = tiled(kind, 40, 2048, generator(0, "seam")).astype(int)
    steps = np.abs(np.diff(twice, axis=1)).mean(0)
    assert steps.max() < steps.mean() * 2.5


def test_every_letter_is_in_the_font_that_it_is_drawn_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """No empty boxes, and nothing written in another form than it is meant to have."""
    written: set[tuple[str, Path]] = set()
    choose = lettering.font_of

    def font_of(character: str, hand: lettering.Hand) -> Path:
        found = choose(character, hand)
        written.add((character, found))
        return found

    monkeypatch.setattr(lettering, "font_of", font_of)
    lettering._master.cache_clear()
    for category in CATEGORIES:
        for seed in range(4):
            draw(category, seed, 260, 200, Traits())
    known: dict[Path, set[int]] = {}
    for path in {path for _, path in written}:
        with TTFont(path, fontNumber=3 if path.suffix == ".ttc" else -1, lazy=True) as font:
            known[path] = set(font.getBestCmap())
    assert len(written) > 100
    assert [character for character, path in written if ord(character) not in known[path]] == []
    han = [path for character, path in written if ord(character) > 0x2E7F]
    assert any(BRUSH_FOLDER in path.parents for path in han)
