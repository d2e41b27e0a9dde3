"""How one panorama has to be turned to lie over another one of the same place. Pure.

Two standard methods, each of which tells on the other: phase correlation along the circles of latitude gives the yaw (Kuglin and Hines
1975; on a sphere a turn about the vertical is a shift along each circle), and matched SIFT features give a whole rotation, robustly by
RANSAC over pairs of rays (TRIAD) and then by least squares (Wahba's problem, solved by SVD as Markley 1988).

Pictures are equirectangular, 2:1, the forward direction in their middle, as `museum.assets.sphere` makes them. Rays have x to the right,
y up and -z ahead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.assets.view import leveller

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint8]

WIDTH = 1536
"""Pixels around at which pictures are compared: 0.23 degrees each."""
_PHASE_WIDTH = 1024
_BAND = 65.0
"""Degrees of pitch beyond which a sphere unrolled is too distorted to compare."""
_PAD = 96
"""Columns repeated beyond the seam, so that features lie across it whole."""
_FEATURES = 3000
_RATIO = 0.8
"""Lowe's test: the best match has to be this much nearer than the second."""
_TRIES = 3000
_JUDGES = 500
"""Matches that judge the tries; all of them take part in the fit."""
_NEAR = math.radians(1.2)
"""Rays that come this near to where they belong agree with a rotation."""
_TILT = math.radians(30)
"""Cameras stand more upright than this."""
_SURE_INLIERS = 24
_SURE_LEAD = 2.5
"""How many times more matches have to agree with the best rotation than with any other."""
_SURE_PEAK = 2.2
"""How many times higher the peak of the phase correlation has to be than any other one."""
_AGREE = 2.0
"""Degrees of yaw within which the two methods bear each other out."""


@dataclass(frozen=True)
class Turn:
    """Degrees as in a scene's record, `north`, `level_pitch` and `level_roll`, under which the moving picture lies over the still one.
    `confidence` is from 0 to 1; where it isn't `sure`, somebody has to look. `inliers` are the matched features that agree."""

    yaw: float
    pitch: float
    roll: float
    confidence: float
    sure: bool
    inliers: int


class _Fit(NamedTuple):
    rotation: Floats
    inliers: int
    lead: float
    matches: int


def align(still: Pixels, moving: Pixels) -> Turn:
    """The turn that lays `moving` over `still`, both of shape (height, 2 · height, 3) in any size."""
    a, b = prepared(still), prepared(moving)
    shift, peak = phase_yaw(a, b)
    fit = _fit(a, b)
    if fit is not None:
        yaw, pitch, roll = angles_of(fit.rotation)
        borne_out = abs((yaw - shift + 180) % 360 - 180) <= _AGREE
        strong = fit.inliers >= _SURE_INLIERS and fit.lead >= _SURE_LEAD
        if strong or (borne_out and fit.inliers >= _SURE_INLIERS // 3):
            confidence = _confidence(fit, peak, borne_out)
            return Turn(yaw, pitch, roll, confidence, confidence >= 0.5, fit.inliers)
    # Without features that agree only the yaw can be told.
    confidence = min(0.9, max(0.0, (peak - 1) / (2 * (_SURE_PEAK - 1))))
    return Turn(shift, 0.0, 0.0, confidence, peak >= _SURE_PEAK, fit.inliers if fit else 0)


def _confidence(fit: _Fit, peak: float, borne_out: bool) -> float:
    """Half of it for as many agreeing features, with as great a lead, as is asked; the rest for more of them and for the other method."""
    of_features = min(fit.inliers / _SURE_INLIERS, 1.0) * min(fit.lead / _SURE_LEAD, 1.0)
    more = 1 - math.exp(-fit.inliers / (4 * _SURE_INLIERS))
    return round(
        min(1.0, 0.55 * of_features + 0.15 * more + (0.3 * min(peak / _SURE_PEAK, 1.0) if borne_out else 0.0)), 3
    )


def prepared(picture: Pixels) -> Pixels:
    """The picture in grey and in the size of comparison, its contrast evened out so that haze and colours matter less."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    method = cv2.INTER_AREA if grey.shape[1] > WIDTH else cv2.INTER_CUBIC
    sized = cv2.resize(grey, (WIDTH, WIDTH // 2), interpolation=method)
    return np.asarray(cv2.createCLAHE(3.0, (8, 16)).apply(sized), np.uint8)


def phase_yaw(still: Pixels, moving: Pixels) -> tuple[float, float]:
    """The yaw in degrees by which `moving` has to be turned, and how many times higher its peak is than any other."""
    a, b = (_edges(picture) for picture in (still, moving))
    pitches = (0.5 - (np.arange(a.shape[0]) + 0.5) / a.shape[0]) * np.pi
    weights = np.where(np.abs(pitches) < math.radians(_BAND), np.cos(pitches), 0.0)[:, None]
    cross = (np.fft.rfft(a, axis=1) * np.conj(np.fft.rfft(b, axis=1)) * weights).sum(axis=0)
    # High frequencies hold the grain and the smallest pitch and roll destroy them; the lowest the light.
    frequencies = np.arange(cross.size)
    kept = np.exp(-((frequencies / 110.0) ** 2)) * (frequencies > 2)
    surface = np.fft.irfft(cross / np.maximum(np.abs(cross), 1e-9) * kept, n=a.shape[1])
    best = int(surface.argmax())
    around = surface[[(best - 1) % surface.size, best, (best + 1) % surface.size]]
    bend = around[0] - 2 * around[1] + around[2]
    exact = best + (0.5 * (around[0] - around[2]) / bend if bend else 0.0)
    distance = np.abs((np.arange(surface.size) - best + surface.size // 2) % surface.size - surface.size // 2)
    other = float(surface[distance > surface.size * 6 // 360].max())
    return float((exact * 360.0 / surface.size + 180.0) % 360.0 - 180.0), float(around[1]) / max(other, 1e-9)


def _edges(picture: Pixels) -> Floats:
    small = cv2.resize(picture, (_PHASE_WIDTH, _PHASE_WIDTH // 2), interpolation=cv2.INTER_AREA).astype(np.float64)
    # A little camera tilt moves what lies on a circle of latitude to its neighbours.
    small = cv2.GaussianBlur(small, (0, 0), sigmaX=1.2, sigmaY=4.0)
    return np.hypot(np.roll(small, -1, axis=1) - np.roll(small, 1, axis=1), np.gradient(small, axis=0))


def _fit(still: Pixels, moving: Pixels) -> _Fit | None:
    """The rotation that most matched features agree on; None where there are too few."""
    (rays, descriptors), (other_rays, other_descriptors) = _features(still), _features(moving)
    if min(len(rays), len(other_rays)) < 8:
        return None
    pairs: Any = cv2.BFMatcher(cv2.NORM_L2).knnMatch(other_descriptors, descriptors, k=2)
    good = [pair[0] for pair in pairs if len(pair) == 2 and pair[0].distance < _RATIO * pair[1].distance]
    if len(good) < 6:
        return None
    source = other_rays[[one.queryIdx for one in good]]
    target = rays[[one.trainIdx for one in good]]
    rotation, lead = _ransac(source, target)
    for _ in range(4):
        near = _errors(rotation, source, target) < _NEAR
        if near.sum() < 3:
            return None
        rotation = wahba(source[near], target[near])
    inliers = int((_errors(rotation, source, target) < _NEAR).sum())
    return _Fit(rotation, inliers, lead, len(good))


def _features(picture: Pixels) -> tuple[Floats, Any]:
    padded = np.concatenate([picture[:, -_PAD:], picture, picture[:, :_PAD]], axis=1)
    rows = int(picture.shape[0] * (0.5 - _BAND / 180))
    mask = np.zeros(padded.shape, np.uint8)
    mask[rows:-rows, _PAD // 2 : -_PAD // 2] = 255
    # OpenCV's stubs do not know it.
    sift: Any = getattr(cv2, "SIFT_create")(_FEATURES, contrastThreshold=0.02)  # noqa: B009
    found, descriptors = sift.detectAndCompute(padded, mask)
    if descriptors is None:
        return np.empty((0, 3)), None
    at = np.array([one.pt for one in found])
    yaw = ((at[:, 0] - _PAD + 0.5) / picture.shape[1] - 0.5) * 2 * np.pi
    pitch = (0.5 - (at[:, 1] + 0.5) / picture.shape[0]) * np.pi
    rays = np.stack([np.sin(yaw) * np.cos(pitch), np.sin(pitch), -np.cos(yaw) * np.cos(pitch)], axis=1)
    # RootSIFT (Arandjelović and Zisserman 2012): the square roots of the histograms compare better.
    rooted = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9))
    return rays, rooted.astype(np.float32)


def _ransac(source: Floats, target: Floats) -> tuple[Floats, float]:
    """The rotation with which most pairs of rays agree, and how many times as many as with any that differs by over 10 degrees."""
    chance = np.random.default_rng(7)
    if len(source) > _JUDGES:
        some = chance.choice(len(source), _JUDGES, replace=False)
        source, target = source[some], target[some]
    first, second = chance.integers(0, len(source), (2, _TRIES))
    apart = np.linalg.norm(np.cross(source[first], source[second]), axis=1) > 0.1
    first, second = first[apart], second[apart]
    rotations = _triads(target[first], target[second]) @ np.swapaxes(_triads(source[first], source[second]), 1, 2)
    # The vertical stays about vertical: cameras are not held askew.
    rotations = rotations[rotations[:, 1, 1] > math.cos(_TILT)]
    if not len(rotations):
        return np.eye(3), 0.0
    reached = np.einsum("nij,mj->nmi", rotations, source)
    counts = (np.einsum("nmi,mi->nm", reached, target) > math.cos(_NEAR)).sum(axis=1)
    best = int(counts.argmax())
    traces = np.einsum("nij,ij->n", rotations, rotations[best])
    others = counts[traces < 1 + 2 * math.cos(math.radians(10))]
    return rotations[best], float(counts[best] / max(int(others.max()) if len(others) else 2, 2))


def _triads(one: Floats, two: Floats) -> Floats:
    """Right-angled frames, as columns, of pairs of rays."""
    across = np.cross(one, two)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    return np.asarray(np.stack([one, across, np.cross(one, across)], axis=2), np.float64)


def wahba(source: Floats, target: Floats) -> Floats:
    """The rotation that takes the rays `source` nearest to `target`."""
    left, _, right = np.linalg.svd(target.T @ source)
    found = left @ np.diag([1.0, 1.0, float(np.linalg.det(left) * np.linalg.det(right))]) @ right
    return np.asarray(found, np.float64)


def _errors(rotation: Floats, source: Floats, target: Floats) -> Floats:
    return np.arccos(np.clip(((source @ rotation.T) * target).sum(axis=1), -1, 1))


def rotation_of(yaw: float, pitch: float, roll: float) -> Floats:
    """The matrix that takes a photograph's rays to those of the world: put upright by pitch and roll, then turned to its heading."""
    turn = math.radians(yaw)
    heading = np.array([[math.cos(turn), 0, -math.sin(turn)], [0, 1, 0], [math.sin(turn), 0, math.cos(turn)]])
    return heading @ leveller(pitch, roll)


def angles_of(rotation: Floats) -> tuple[float, float, float]:
    """Yaw, pitch and roll, in degrees, of which `rotation_of` makes the matrix."""
    right, up, back = map(float, rotation @ np.array([0.0, 0.0, -1.0]))
    yaw, pitch = math.degrees(math.atan2(right, -back)), math.degrees(math.asin(min(max(up, -1.0), 1.0)))
    rest = rotation_of(yaw, pitch, 0).T @ rotation
    return yaw, pitch, math.degrees(math.atan2(rest[0, 1], rest[0, 0]))
