"""A real tour that another program made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from museum.assets.store_local import LocalStore
from museum.database import Database
from museum.scenes.moving.bringing import Bringer
from museum.scenes.moving.kinds import read_tour

pytestmark = pytest.mark.corpus


async def test_the_library_comes_whole(corpus: Path, database: Database, tmp_path: Path) -> None:
    folder = corpus / "tours/pannellum-org"
    tour = await read_tour(folder / "configs/peabody-tour.trimmed.json", tmp_path, folder)
    assert tour.left_out == [] and len(tour.assets) == 3
    library = tour.records["scene"]["peabody-tour-trimmed-library"]
    assert (library["north"], library["initial_yaw"], library["initial_pitch"]) == (289, 50, 10)
    assert [spot["kind"] for spot in library["hotspots"]] == ["text", "text", "text", "web"]
    assert {link["target"] for link in library["links"]} == {
        f"peabody-tour-trimmed-{name}" for name in ("gallery", "6th-floor")
    }
    for file in tour.assets[library["panorama"]].originals:
        # Pannellum's own small faces are what the tiles must come to.
        whole = folder / f"images/multires/library/fallback/{file.role}.jpg"
        wanted, seen = (
            np.asarray(Image.open(path).convert("RGB").resize((64, 64), Image.Resampling.BOX)).astype(int)
            for path in (whole, file.path)
        )
        assert np.abs(seen - wanted).mean() < 3, file.role
    done = await Bringer(database, LocalStore(tmp_path / "store"), tour).run(tmp_path)
    assert len(done.made) == 4 and len(done.making) == 3


async def test_of_missing_tiles_the_finest_whole_level_is_taken(corpus: Path, tmp_path: Path) -> None:
    folder = corpus / "tours/pannellum-org"
    tour = await read_tour(folder / "configs/peabody-tour.json", tmp_path, folder)
    assert [one.code for one in tour.left_out] == ["finest"] * 3
    assert all(len(asset.originals) == 6 for asset in tour.assets.values())
