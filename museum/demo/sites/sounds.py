"""What is heard at the sites: synthesised from a seed, and told in words and captions."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from museum.demo.records.words import Term, Texts, say, sentences
from museum.demo.sites.plan import MomentPlan, SitePlan

Wave = NDArray[np.float64]
RATE = 24_000
SECONDS = 12
"""Samples a second, and length of every sound."""
SYNTHESISED: Term = ("由程式合成，並非錄音。", "Synthesised by a program, not a recording.")


@dataclass(frozen=True)
class Heard:
    """A sound of a site: whence it comes, in degrees from the landmark and from the horizon, what it is called, and what is heard at
    which seconds."""

    turned: float
    pitch: float
    title: Term
    words: Term
    cues: tuple[tuple[int, int, Term], ...]

    def texts(self) -> dict[str, Texts]:
        """Title, description and captions (WebVTT)."""
        told = [(begin, end, say(*words)) for begin, end, words in self.cues]
        captions = {
            language: "WEBVTT\n"
            + "".join(f"\n{_clock(begin)} --> {_clock(end)}\n[{words[language]}]\n" for begin, end, words in told)
            for language in told[0][2]
        }
        return {"title": say(*self.title), "description": sentences(self.words, SYNTHESISED), "captions": captions}


HEARD = {
    "old-railway-station": Heard(
        18, -3,
        ("站前的聲音", "Before the Station"),
        ("列車進站，汽笛與車輪。", "A train comes in: whistle and wheels."),
        ((0, 5, ("車輪聲漸近", "Wheels come nearer")), (5, 9, ("汽笛長鳴", "A long whistle"))),
    ),
    "drum-tower": Heard(
        0, 12,
        ("鼓樓鐘聲", "The Bell of the Tower"),
        ("晨鐘在街市上空迴響。", "The morning bell rings out over the streets."),
        ((0, 4, ("鐘聲", "A bell")), (4, 12, ("鐘聲再起，餘音不絕", "The bell again, and its long echo"))),
    ),
    "hai-river-bridge": Heard(
        -14, -8,
        ("海河水聲", "The River"),
        ("河水拍岸，遠處有船。", "Water against the bank, and a boat far off."),
        ((0, 7, ("水聲拍岸", "Water laps against the bank")), (7, 10, ("遠處船笛", "A boat's horn, far off"))),
    ),
    "five-avenues": Heard(
        26, 10,
        ("樹下鳥鳴", "Birds in the Trees"),
        ("梧桐葉動，鳥在枝頭。", "Leaves stir, and birds call among them."),
        ((0, 12, ("鳥鳴，風過樹葉", "Birdsong, and wind in the leaves")),),
    ),
}  # fmt: skip
"""By the site's slug."""


def write_sound(site: SitePlan, moment: MomentPlan, path: Path) -> None:
    """Write what is heard at a moment of a site as WAV, one channel."""
    rng = np.random.default_rng([moment.year, moment.era])
    made = _SOUNDS[site.slug](rng, moment.era)
    fade = np.minimum(1, np.minimum(_times(), SECONDS - _times()) / 0.8)
    samples = made * fade / max(float(np.abs(made).max()), 1e-9) * 0.7
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples * 32_767).astype("<i2").tobytes())


def _clock(seconds: int) -> str:
    return f"00:{seconds:02d}.000"


def _times() -> Wave:
    return np.arange(RATE * SECONDS) / RATE


def _noise(rng: np.random.Generator, low: float, high: float) -> Wave:
    """Noise between two frequencies, at most 1."""
    size = RATE * SECONDS
    spectrum = np.fft.rfft(rng.standard_normal(size))
    frequencies = np.fft.rfftfreq(size, 1 / RATE)
    spectrum[(frequencies < low) | (frequencies > high)] = 0
    found = np.fft.irfft(spectrum, size)
    return found / np.abs(found).max()


def _swell(rng: np.random.Generator, each: float) -> Wave:
    """Strength 0.2 … 1 that changes about every `each` seconds."""
    steps = rng.uniform(0.2, 1, int(SECONDS / each) + 3)
    return np.interp(_times(), np.arange(len(steps)) * each, steps)


def _struck(at: float, tones: tuple[tuple[float, float, float], ...]) -> Wave:
    """Something struck at `at` seconds that rings in tones (hertz, strength, seconds in which it fades)."""
    since = _times() - at
    rings = sum(
        strength * np.sin(2 * np.pi * hertz * since) * np.exp(-since / fades) for hertz, strength, fades in tones
    )
    return np.where(since >= 0, rings, 0.0)


def _blown(begin: float, end: float, tones: tuple[float, ...]) -> Wave:
    """A horn or whistle from `begin` to `end` seconds."""
    t = _times()
    open_ = np.clip(np.minimum((t - begin) / 0.25, (end - t) / 0.5), 0, 1)
    return open_ * sum(np.sin(2 * np.pi * hertz * t * (1 + 0.001 * np.sin(9 * t))) for hertz in tones) / len(tones)


def _station(rng: np.random.Generator, era: int) -> Wave:
    wheels = _noise(rng, 60, 600) * _swell(rng, 3)
    if era == 2:
        chime = sum(_struck(5 + 0.5 * k, ((hertz, 0.5, 0.7),)) for k, hertz in enumerate((659.3, 523.3, 587.3, 392.0)))
        return 0.5 * wheels + 0.25 * np.sin(2 * np.pi * 100 * _times()) + chime
    beats = np.abs(np.sin(np.pi * np.cumsum(np.linspace(1.5, 3.2, RATE * SECONDS)) / RATE)) ** 6
    return 0.3 * wheels + 0.7 * beats * _noise(rng, 200, 2500) + 0.8 * _blown(5, 8.5, (392, 494, 587))


def _bell(rng: np.random.Generator, era: int) -> Wave:
    tones = tuple((82.0 * ratio, 1 / ratio, 4.5 / ratio**0.6) for ratio in (1, 2.0, 2.4, 3.0, 4.5, 5.3))
    street = _noise(rng, 150, 1800) * _swell(rng, 1.5)
    return _struck(0.6, tones) + _struck(4.6, tones) + (0.10, 0.14, 0.2)[era] * street


def _river(rng: np.random.Generator, era: int) -> Wave:
    lapping = np.maximum(0, np.sin(2 * np.pi * _times() / 2.7)) ** 2
    water = _noise(rng, 300, 5000) * (0.25 + lapping * _swell(rng, 1.1))
    return water + (0.5, 0.4, 0.3)[era] * _blown(7, 9.6, (146.8, 185.0) if era else (220.0, 277.2))


def _garden(rng: np.random.Generator, era: int) -> Wave:
    t = _times()
    made = 0.35 * _noise(rng, 1200, 6000) * _swell(rng, 1.8)
    for _ in range(16 - 3 * era):
        since = t - rng.uniform(0.5, SECONDS - 1)
        song = np.sin(
            2 * np.pi * (rng.uniform(2600, 3600) * since + 260 * np.sin(2 * np.pi * rng.uniform(6, 11) * since))
        )
        made += 0.5 * song * np.where((since > 0) & (since < 0.5), np.sin(np.pi * np.clip(since / 0.5, 0, 1)) ** 2, 0)
    return made


_SOUNDS = {
    "old-railway-station": _station,
    "drum-tower": _bell,
    "hai-river-bridge": _river,
    "five-avenues": _garden,
}
