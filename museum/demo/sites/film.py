"""A film for the screen in the lobby: one look over a square that goes on through its three eras, and what is heard there."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.records.words import Term, Texts, say, sentences
from museum.demo.sites.paint import render_site
from museum.demo.sites.plan import SitePlan, sites
from museum.demo.sites.sounds import HEARD, RATE, SECONDS, write_sound

Pixels = NDArray[np.uint8]
SITE = "old-railway-station"
WIDTH, HEIGHT, FRAMES = 640, 360, 24
"""Pixels, and frames a second."""
PANORAMA = 2048
"""Width of the panoramas that the film looks around in."""
ACROSS = 62.0
"""Degrees that one sees across."""
TURN = 26.0
"""Degrees that the camera turns from the beginning to the end."""
FADE = 1.2
"""Seconds in which an era becomes the next."""
TITLE: Term = ("一座車站，三個時代", "One Station, Three Eras")
WORDS: Term = (
    "鏡頭緩緩轉過站前廣場，從一八九二年走到一九三七年，再到二〇二〇年。影片與聲音皆由程式計算生成。",
    "A slow look across the station square, from 1892 to 1937 and on to 2020. Picture and sound are computed.",
)


def film_texts() -> dict[str, Texts]:
    """Title, description and captions (WebVTT) of the film's hotspot."""
    return {"title": say(*TITLE), "description": sentences(WORDS), "captions": HEARD[SITE].texts()["captions"]}


def write_film(path: Path) -> None:
    """Write the film as MP4: H.264 and AAC, `SECONDS` long."""
    import av

    site = next(site for site in sites() if site.slug == SITE)
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as film:
        seen = film.add_stream("libx264", rate=FRAMES, options={"preset": "veryfast", "crf": "24"})
        seen.width, seen.height, seen.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        heard = film.add_stream("aac", rate=RATE, layout="mono", bit_rate=64_000)
        for picture in frames(site):
            film.mux(seen.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        film.mux(seen.encode(None))
        for frame in _sound(site, path.with_suffix(".wav")):
            film.mux(heard.encode(frame))
        film.mux(heard.encode(None))


def frames(site: SitePlan) -> Iterator[Pixels]:
    """The pictures of the film, RGB."""
    views = [render_site(site, moment, PANORAMA, PANORAMA // 2) for moment in site.moments]
    columns, rows = _lens()
    count = FRAMES * SECONDS
    each = SECONDS / len(views)
    for number in range(count):
        seconds = number / FRAMES
        heading = site.landmark_heading + TURN * (number / (count - 1) - 0.5)
        era = min(int(seconds / each), len(views) - 1)
        picture = _look(views[era], heading - site.moments[era].north, columns, rows)
        # The next era comes in before its time begins.
        part = (seconds - (era + 1) * each) / FADE + 1
        if part > 0 and era + 1 < len(views):
            following = _look(views[era + 1], heading - site.moments[era + 1].north, columns, rows)
            picture = cv2.addWeighted(picture, 1 - part, following, part, 0)
        dark = min(1.0, (SECONDS - seconds) / 0.6)
        yield picture if dark == 1 else cv2.convertScaleAbs(picture, alpha=dark)


def _lens() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Where in a panorama each pixel of a frame looks that heads to its middle: column and row."""
    focal = WIDTH / 2 / np.tan(np.radians(ACROSS) / 2)
    x, y = np.meshgrid(np.arange(WIDTH) + 0.5 - WIDTH / 2, HEIGHT / 2 - 0.5 - np.arange(HEIGHT))
    yaw, pitch = np.arctan2(x, focal), np.arctan2(y + focal * 0.12, np.hypot(x, focal))
    columns = (0.5 + yaw / (2 * np.pi)) * PANORAMA - 0.5
    rows = (0.5 - pitch / np.pi) * PANORAMA / 2 - 0.5
    return columns.astype(np.float32), rows.astype(np.float32)


def _look(panorama: Pixels, yaw: float, columns: NDArray[np.float32], rows: NDArray[np.float32]) -> Pixels:
    at = columns + np.float32(yaw / 360 * PANORAMA)
    return cv2.remap(panorama, at, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)


def _sound(site: SitePlan, path: Path) -> Iterator[Any]:
    """What is heard in the middle era, in frames of 1024 samples; it is written to `path` on the way."""
    import av

    write_sound(site, site.moments[1], path)
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    for start in range(0, len(samples), 1024):
        part = np.ascontiguousarray(samples[None, start : start + 1024]).astype(np.float32) / 32_768
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = RATE, start
        yield frame
