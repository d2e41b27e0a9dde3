"""Small sounds and films, made here."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.fifo import AudioFifo
from numpy.typing import NDArray

RATE = 44_100


def tone(seconds: float = 1.0) -> Any:
    """A tone in both ears."""
    wave = np.sin(np.arange(int(RATE * seconds)) * 0.06) * 8000
    frame = av.AudioFrame.from_ndarray(wave.astype(np.int16).repeat(2)[None], "s16", "stereo")
    frame.sample_rate, frame.pts = RATE, 0
    return frame


def picture(width: int, height: int) -> NDArray[np.uint8]:
    """Red at the left, blue at the right."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2, 0] = 220
    pixels[:, width // 2 :, 2] = 220
    return pixels


def record(
    path: Path,
    *,
    film: str | None = None,
    sound: str | None = None,
    size: tuple[int, int] = (320, 180),
    seconds: int = 1,
) -> Path:
    """Writes a sound or film, encoded as the codecs `film` and `sound`, in the form that the path's ending says."""
    with av.open(str(path), "w") as target:
        pictures = target.add_stream(film, rate=10) if film else None
        sounds = target.add_stream(sound, rate=RATE, layout="stereo") if sound else None
        if pictures is not None:
            pictures.width, pictures.height = size
            pictures.pix_fmt = "yuv420p"
            for number in range(10 * seconds):
                frame = av.VideoFrame.from_ndarray(picture(*size), "rgb24")
                frame.pts, frame.time_base = number, Fraction(1, 10)
                target.mux(pictures.encode(frame))
            target.mux(pictures.encode(None))
        if sounds is not None:
            fifo = AudioFifo()
            fifo.write(tone(seconds))
            while piece := fifo.read(sounds.codec_context.frame_size or 1024, partial=True):
                target.mux(sounds.encode(piece))
            target.mux(sounds.encode(None))
    return path


def turned(path: Path) -> Path:
    """Has the film of an MP4 shown a quarter turn clockwise, as telephones write what was taken upright (ISO/IEC 14496-12, 8.3.2)."""
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 4 + 36  # version 0: the matrix comes after 36 bytes
    content[at : at + 36] = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    path.write_bytes(content)
    return path
