"""The guides say what there is."""

from dataclasses import fields
from pathlib import Path

import pytest

from museum.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [setting.name for setting in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`MUSEUM_{name.upper()}`" in (ROOT / "docs" / "operators.md").read_text()


def test_links_between_guides_lead_somewhere() -> None:
    import re

    for guide in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)[)#]", guide.read_text()):
            assert (guide.parent / target).exists(), f"{guide.name} links to {target}"


def test_options_win_over_the_environment() -> None:
    settings = read_settings({"port": 1}, {"MUSEUM_PORT": "2", "MUSEUM_HOST": "::1"})
    assert (settings.port, settings.host) == (1, "::1")


@pytest.mark.parametrize(("variable", "value"), [("MUSEUM_PORT", "many"), ("MUSEUM_LOG_FORMAT", "xml")])
def test_a_setting_that_does_not_fit_is_named(variable: str, value: str) -> None:
    with pytest.raises(ValueError, match=variable):
        read_settings({}, {variable: value})
