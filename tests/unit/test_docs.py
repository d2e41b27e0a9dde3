"""The guides say what there is."""

from dataclasses import fields
from pathlib import Path

import pytest

from museum.settings import Settings, read_settings
from tests.browser.show import guide

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [setting.name for setting in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`MUSEUM_{name.upper()}`" in (ROOT / "docs" / "operators.md").read_text()


def test_links_between_guides_lead_somewhere() -> None:
    import re

    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)[)#]", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_the_curators_guide_is_that_of_the_walk(language: str) -> None:
    """Made anew by `python -m tests.browser.show`."""
    assert (guide.GUIDE / f"{language}.md").read_text(encoding="utf-8") == guide.words(language)
    pictures = {path.stem: path.stat().st_size for path in (guide.GUIDE / language).iterdir()}
    assert sorted(pictures) == sorted(guide.picture_names())
    assert max(pictures.values()) < 150_000
    assert sum(pictures.values()) < 1_500_000


def test_options_win_over_the_environment() -> None:
    settings = read_settings({"port": 1}, {"MUSEUM_PORT": "2", "MUSEUM_HOST": "::1"})
    assert (settings.port, settings.host) == (1, "::1")


@pytest.mark.parametrize(("variable", "value"), [("MUSEUM_PORT", "many"), ("MUSEUM_LOG_FORMAT", "xml")])
def test_a_setting_that_does_not_fit_is_named(variable: str, value: str) -> None:
    with pytest.raises(ValueError, match=variable):
        read_settings({}, {variable: value})
