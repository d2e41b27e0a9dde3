"""The IIIF consortium's own validator (PyPI `iiif-validator`) against a real server process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Picture

from tests.image_museum import make_image_museum
from tests.support import RunningServer, start_server

# The validator looks for libmagic, which the package pylibmagic brings along.
VALIDATE = "import pylibmagic, runpy, sys; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
SQUARE, COUNT = 100, 10


def draw_test_image(path: Path) -> None:
    """The validator's test image, from its own table of colours: ten by ten squares."""
    table = subprocess.run(
        [
            sys.executable,
            "-c",
            "import pylibmagic, json; from iiif_validator.validator import ValidationInfo;"
            "print(json.dumps(ValidationInfo().colorInfo))",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[-1]
    picture = Picture.new("RGB", (SQUARE * COUNT, SQUARE * COUNT))
    colours = [tuple(int(part) for part in parts.split(",")) for parts in re.findall(r"\[(\d+, \d+, \d+)\]", table)]
    assert len(colours) == COUNT * COUNT
    for number, colour in enumerate(colours):
        x, y = divmod(number, COUNT)
        picture.paste(colour, (x * SQUARE, y * SQUARE, (x + 1) * SQUARE, (y + 1) * SQUARE))
    picture.save(path)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("validator")
    draw_test_image(folder / "squares.png")
    settings, _ = make_image_museum(folder / "data", {"validation-squares": folder / "squares.png"})
    running = start_server(settings)
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("prefix", "version", "tests", "contradicting"),
    [
        ("iiif/2", "2.0", 30, []),
        # It wants `!2000,3000` to be refused where the region is smaller: § 4.2 of 3.0 says that the region comes as large as it is.
        ("iiif/3", "3.0", 33, ["size_noup"]),
    ],
)
def test_level_2(server: RunningServer, prefix: str, version: str, tests: int, contradicting: list[str]) -> None:
    run = subprocess.run(
        [
            *(sys.executable, "-c", VALIDATE, str(Path(sys.executable).with_name("iiif-validate.py"))),
            *("-s", server.url.removeprefix("http://"), "-p", prefix, "-i", "validation-squares"),
            *(f"--version={version}", "--level=2"),
        ],
        capture_output=True,
        text=True,
        timeout=580,
    )
    results = dict(re.findall(r"^\[\d+\] test (\w+) (PASS|FAIL)$", run.stderr, re.MULTILINE))
    assert len(results) == tests, run.stderr
    assert [name for name, result in results.items() if result == "FAIL"] == contradicting, run.stderr
    assert f"Done ({tests} tests, {len(contradicting)} failures)" in run.stderr
