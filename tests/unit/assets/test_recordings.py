"""Sounds and films: what comes of each kind of file, and which are turned away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image as Picture

from museum.assets.recordings import make
from museum.jobs.queue import JobRefused
from museum.scenes.captions import read_captions
from tests.unit.assets.recordings import record, turned


def made(path: Path, kind: str) -> tuple[dict[str, Any], Path]:
    """What becomes of a file, and its folder."""
    folder = path.parent / f"{path.name}.made"
    folder.mkdir()
    assert make.probe(str(path), kind, str(folder)) == pytest.approx(1, abs=0.2)
    return make.make(str(path), kind, str(folder)), folder


def coded(path: Path) -> list[str]:
    with av.open(str(path)) as found:
        return [stream.codec_context.codec.canonical_name for stream in found.streams]


@pytest.mark.parametrize(
    ("name", "codec", "kept"),
    [("a.mp3", "libmp3lame", "mp3"), ("a.m4a", "aac", "m4a"), ("a.wav", "pcm_s16le", "m4a"), ("a.flac", "flac", "m4a")],
)
def test_a_sound_is_what_browsers_play(tmp_path: Path, name: str, codec: str, kept: str) -> None:
    info, folder = made(record(tmp_path / name, sound=codec), "audio")
    assert (info["kind"], info["format"]) == ("audio", kept) and info["seconds"] == pytest.approx(1, abs=0.1)
    assert coded(folder / f"recording.{kept}") == ["mp3" if kept == "mp3" else "aac"]


def test_a_film_that_browsers_play_goes_over_without_a_loss(tmp_path: Path) -> None:
    source = record(tmp_path / "a.mp4", film="libx264", sound="aac")
    info, folder = made(source, "video")
    assert (info["kind"], info["width"], info["height"]) == ("video", 320, 180)

    def frames(path: Path) -> list[bytes]:
        with av.open(str(path)) as film:
            return [bytes(packet) for packet in film.demux(video=0) if packet.size]

    assert frames(folder / "recording.mp4") == frames(source)
    content = (folder / "recording.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat"), "it begins before it is here whole"
    left, right = (np.asarray(Picture.open(folder / "poster.jpg"))[90, column] for column in (40, 280))
    assert left[0] > 150 > left[2] and right[2] > 150 > right[0]


def test_other_films_are_encoded_anew_and_no_larger_than_is_shown(tmp_path: Path) -> None:
    info, folder = made(record(tmp_path / "a.avi", film="mpeg4", sound="pcm_s16le", size=(2560, 1440)), "video")
    assert (info["width"], info["height"]) == (1920, 1080)
    assert coded(folder / "recording.mp4") == ["h264", "aac"]


@pytest.mark.parametrize("codec", ["libx264", "mpeg4"])
def test_a_film_taken_upright_stands_upright(tmp_path: Path, codec: str) -> None:
    info, folder = made(turned(record(tmp_path / "a.mp4", film=codec)), "video")
    assert (info["width"], info["height"]) == (180, 320)
    above, below = (np.asarray(Picture.open(folder / "poster.jpg"))[row, 90] for row in (40, 280))
    assert above[0] > 150 > above[2] and below[2] > 150 > below[0], "what was at the left is above"


def test_a_sound_may_be_taken_from_a_film(tmp_path: Path) -> None:
    info, folder = made(record(tmp_path / "a.mp4", film="libx264", sound="aac"), "audio")
    assert info["format"] == "m4a" and coded(folder / "recording.m4a") == ["aac"]


def refusal(path: Path, kind: str) -> str:
    with pytest.raises(JobRefused) as caught:
        made(path, kind)
    return caught.value.code


def test_what_can_not_be_played_is_turned_away(tmp_path: Path) -> None:
    whole = record(tmp_path / "a.mp4", film="libx264", sound="aac").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[:2000])
    assert refusal(tmp_path / "cut.mp4", "video") == "recording-damaged"
    assert refusal(record(tmp_path / "b.mp3", sound="libmp3lame"), "video") == "recording-no-picture"
    assert refusal(record(tmp_path / "c.mp4", film="libx264"), "audio") == "recording-no-sound"
    # A list of addresses that FFmpeg would follow, if it were let.
    (tmp_path / "list.mp4").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:1/a.ts\n")
    assert refusal(tmp_path / "list.mp4", "video") == "not-a-recording"


def test_too_long_is_said_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(make.LONGEST, "audio", 0.5)
    assert refusal(record(tmp_path / "a.wav", sound="pcm_s16le"), "audio") == "recording-too-long"


def test_captions_are_read_in_both_forms() -> None:
    want = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n天津\n"
    assert read_captions("WEBVTT\r\n\r\n00:01.000 --> 00:02.500\r\n天津") == want
    assert read_captions("\ufeff1\n00:00:01,000 --> 00:00:02,500\n天津\n") == want
    for wrong in ("天津", "WEBVTT\n", "WEBVTT\n\n00:03.000 --> 00:02.000\n天津\n"):
        with pytest.raises(ValueError):
            read_captions(wrong)
