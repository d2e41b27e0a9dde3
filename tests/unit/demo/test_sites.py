from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from museum.demo.sites import MomentPlan, SitePlan, render_site, sites
from museum.demo.sites.paint import MARK, paint_moment
from museum.demo.sites.sounds import HEARD, RATE, SECONDS, write_sound
from museum.scenes.captions import read_captions

LANGUAGES = {"zh-Hans", "zh-Hant", "en"}
MOMENTS = [(site, moment) for site in sites() for moment in site.moments]
NAMES = [f"{site.slug}-{moment.year}" for site, moment in MOMENTS]


def test_every_site_is_told_in_three_languages_and_three_eras() -> None:
    assert {site.keyword for site in sites()} == {"老龍頭車站", "鼓樓", "海河鐵橋", "五大道"}
    for site in sites():
        years = [moment.year for moment in site.moments]
        assert years == sorted(set(years))
        assert len(years) == 3
        assert len({moment.north for moment in site.moments}) == 3
        for texts in (site.texts(), site.place_texts(), *(moment.texts() for moment in site.moments)):
            assert set(texts) == {"title", "description"}
            assert all(set(text) == LANGUAGES and all(text.values()) for text in texts.values())
            assert "computed" in texts["description"]["en"]


@pytest.mark.parametrize(("site", "moment"), MOMENTS, ids=NAMES)
def test_the_landmark_is_seen_at_its_true_heading(site: SitePlan, moment: MomentPlan) -> None:
    width = 1024
    marked = paint_moment(site, moment, width, width // 2, marked=True)
    columns = np.flatnonzero((marked == MARK).all(axis=2).any(axis=0))
    assert columns.size > 8
    yaw = np.radians(((columns + 0.5) / width - 0.5) * 360)
    middle = np.angle(np.exp(1j * yaw).sum())
    around = np.angle(np.exp(1j * (yaw - middle)))
    seen = np.degrees(middle + (around.max() + around.min()) / 2)
    expected = site.landmark_heading - moment.north
    assert abs((seen - expected + 180) % 360 - 180) < 1.0
    assert moment.portal_view[0] == pytest.approx((expected + 180) % 360 - 180)


def test_the_same_moment_is_the_same_picture_and_its_edges_meet() -> None:
    site, moment = MOMENTS[5]
    first = render_site(site, moment, 512, 256)
    assert first.shape == (256, 512, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, render_site(site, moment, 512, 256))
    edges = np.abs(first[:, 0].astype(int) - first[:, -1]).mean()
    inside = np.abs(first[:, 1:].astype(int) - first[:, :-1]).mean(axis=(0, 2))
    assert edges < max(1.5 * np.percentile(inside, 95), 6)


def test_a_picture_that_is_not_twice_as_wide_as_high_is_refused() -> None:
    site, moment = MOMENTS[0]
    with pytest.raises(ValueError, match="not twice"):
        render_site(site, moment, 512, 512)


@pytest.mark.parametrize("site", sites(), ids=[site.slug for site in sites()])
def test_every_site_is_heard(site: SitePlan, tmp_path: Path) -> None:
    texts = HEARD[site.slug].texts()
    assert all(set(values) == {"zh-Hans", "zh-Hant", "en"} for values in texts.values())
    assert all(read_captions(captions).count("-->") >= 1 for captions in texts["captions"].values())
    sounds = []
    for number in range(2):
        write_sound(site, site.moments[1], tmp_path / f"{number}.wav")
        with wave.open(str(tmp_path / f"{number}.wav")) as file:
            assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, RATE, RATE * SECONDS)
            sounds.append(np.frombuffer(file.readframes(file.getnframes()), "<i2"))
    assert np.array_equal(*sounds), "computed from a seed"
    assert 0.5 * 32_767 < np.abs(sounds[0].astype(int)).max() < 32_767, "loud, and nowhere cut off"
    assert np.abs(sounds[0][:100].astype(int)).max() < 1000, "it begins without a crack"
