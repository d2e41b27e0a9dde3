"""Two eras of one place, derived from real panoramas: a known turn, other colours, grain, haze, a third painted over, another size."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest

from museum.assets.alignment import Pixels, align, rotation_of

pytestmark = [pytest.mark.corpus, pytest.mark.timeout(900)]

PANORAMAS = (
    "derived/peabody_8192.jpg",
    "panoramas/vrview-museum-hall-walrus-stereo-tb-4096.jpg",
    "panoramas/veste-oberhaus-2000.jpg",
    "panoramas/vrview-petra-2048.jpg",
    "panoramas/test-chart-naver/equi_4096.jpg",
)
EACH = 8
PAIRS = [(name, number) for name in PANORAMAS for number in range(EACH)]


def turned(picture: Pixels, rotation: np.ndarray, width: int) -> Pixels:
    """The panorama as a camera saw it whose rays `rotation` takes to the world's."""
    yaw = ((np.arange(width) + 0.5) / width - 0.5) * 2 * np.pi
    pitch = (0.5 - (np.arange(width // 2) + 0.5) / (width // 2)) * np.pi
    flat = np.cos(pitch)[:, None]
    rays = np.stack(
        [flat * np.sin(yaw), np.broadcast_to(np.sin(pitch)[:, None], (width // 2, width)), -flat * np.cos(yaw)], -1
    )
    world = rays @ rotation.T
    height, across = picture.shape[:2]
    column = (np.arctan2(world[..., 0], -world[..., 2]) / (2 * np.pi) + 0.5) * across - 0.5
    row = np.clip((0.5 - np.arcsin(np.clip(world[..., 1], -1, 1)) / np.pi) * height - 0.5, 0, height - 1)
    return cv2.remap(
        picture,
        (column % across).astype(np.float32),
        row.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    )


def other_era(picture: Pixels, chance: np.random.Generator) -> Pixels:
    """The same view as another time's camera may have had it."""
    height, width = picture.shape[:2]
    values = picture.astype(np.float64) / 255
    mixed = values @ (np.eye(3) * 0.5 + chance.uniform(0, 0.35, (3, 3)))
    if chance.random() < 0.4:
        mixed = np.repeat(mixed.mean(axis=2, keepdims=True), 3, axis=2) * np.array([1.0, 0.9, 0.75])
    mixed = np.clip(mixed, 0, 1) ** chance.uniform(0.6, 1.7)
    haze = chance.uniform(0.1, 0.45)
    mixed = mixed * (1 - haze) + haze * 0.8
    mixed += chance.normal(0, chance.uniform(0.01, 0.05), mixed.shape)
    painted = (np.clip(mixed, 0, 1) * 255).astype(np.uint8)
    area = 0
    while area < height * width / 3:
        w, h = int(width * chance.uniform(0.05, 0.2)), int(height * chance.uniform(0.15, 0.5))
        x, y = int(chance.integers(0, width - w)), int(chance.integers(0, height - h))
        painted[y : y + h, x : x + w] = chance.integers(0, 255, 3)
        area += w * h
    return painted


def pair(corpus: Path, name: str, number: int) -> tuple[Pixels, Pixels, tuple[float, float, float]]:
    """The panorama, another era of it, and the turn between them."""
    chance = np.random.default_rng([number, sum(name.encode())])
    read = cv2.imread(str(corpus / name))
    assert read is not None
    still = np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2RGB), np.uint8)
    if "stereo-tb" in name:
        still = still[: still.shape[0] // 2]  # one eye of the two
    still = np.asarray(cv2.resize(still, (2048, 1024), interpolation=cv2.INTER_AREA), np.uint8)
    turn = (chance.uniform(-180, 180), chance.uniform(-6, 6), chance.uniform(-6, 6))
    width = int(chance.choice([900, 1200, 1600, 2048]))
    return still, other_era(turned(still, rotation_of(*turn), width), chance), turn


def off(found: float, wanted: float) -> float:
    return abs((found - wanted + 180) % 360 - 180)


def test_forty_pairs(corpus: Path) -> None:
    wrong: list[str] = []
    lies: list[str] = []
    tilted = 0
    for name, number in PAIRS:
        still, moving, (yaw, pitch, roll) = pair(corpus, name, number)
        found = align(still, moving)
        said = f"{name} {number}: {off(found.yaw, yaw):.2f}° off, confidence {found.confidence:.2f}, {found.inliers} features"
        if off(found.yaw, yaw) > 1:
            wrong.append(said)
            if found.sure:
                lies.append(said)
        tilted += math.hypot(found.pitch - pitch, found.roll - roll) < 1
    assert len(PAIRS) == 40
    assert len(wrong) <= 2, wrong
    assert not lies, lies
    assert tilted >= 36


def test_pictures_of_different_places_are_nothing_to_be_sure_of(corpus: Path) -> None:
    for number, name in enumerate(PANORAMAS):
        still, _, _ = pair(corpus, name, 0)
        _, moving, _ = pair(corpus, PANORAMAS[(number + 1) % len(PANORAMAS)], 1)
        assert not align(still, moving).sure, name


def test_a_chart_that_looks_alike_all_around_is_nothing_to_be_sure_of(corpus: Path) -> None:
    """A lattice of equal squares has as many good turns as squares: it has to be said that nobody can know."""
    for number in range(3):
        still, moving, (yaw, _, _) = pair(corpus, "panoramas/psv-test-sphere-4000.jpg", number)
        found = align(still, moving)
        assert not found.sure or off(found.yaw, yaw) <= 1
