"""From a sound or film as it was delivered to what every browser plays: MP3 or AAC, H.264 in MP4. Runs in children.

What browsers play already is taken over packet by packet, without a loss; all else is encoded anew. The reader is chosen by what the
file is and never guessed by FFmpeg, some of whose readers follow addresses that a file names.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.stream import Disposition
from av.video.frame import VideoFrame

from museum.assets.ingest.sniff import media_type_of_file
from museum.assets.recordings.refusals import refuse
from museum.jobs.child import report

READERS = {
    "video/mp4": "mov",
    "video/webm": "matroska",
    "video/x-msvideo": "avi",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/flac": "flac",
    "audio/aac": "aac",
}
LONGEST = {"audio": 3 * 3600, "video": 3600}
"""Seconds that a sound and a film may last."""
LARGEST = 4096
"""Pixels a side of a film that is read; none is shown larger than SHOWN high."""
SHOWN = 1080
HEAVIEST = 8_000_000
"""Bits a second above which a film is encoded anew, since telephones would wait for it."""
RATE = 48_000
NAME, POSTER = "recording", "poster.jpg"
_WRITERS = {".mp4": "mp4", ".m4a": "ipod", ".mp3": "mp3"}
_LARGEST_POSTER = 1280


def probe(path: str, kind: str, _work: str) -> float:
    """How many seconds a file lasts that is to be heard (`kind` audio) or seen (video); refuses what has no such thing in it, or too
    much of it."""
    with _open(path) as source:
        film, sound = _streams(source, kind)
        if film is None and kind == "video":
            refuse("recording-no-picture")
        if film is None and sound is None:
            refuse("recording-no-sound")
        seconds = _seconds(source)
        if not 0 < seconds <= LONGEST[kind]:
            refuse("recording-too-long", seconds=round(seconds), most=LONGEST[kind])
        width, height = (film.width, film.height) if film is not None else (16, 16)
        if max(width, height) > LARGEST or min(width, height) < 16:
            refuse("film-size", width=width, height=height, most=LARGEST)
        return round(seconds, 3)


def make(path: str, kind: str, work: str) -> dict[str, Any]:
    """Writes `recording.mp4`, `.m4a` or `.mp3`, and of a film `poster.jpg`, into `work`; returns what `RecordingInfo` holds."""
    folder = Path(work)
    with _open(path) as source:
        film, sound = _streams(source, kind)
        seconds = _seconds(source)
        if film is None:
            kept = "mp3" if _coding(sound) == "mp3" else "m4a"
            with _create(folder / f"{NAME}.{kept}") as target:
                _write(source, target, None, sound, seconds)
            return {"kind": "audio", "format": kept, "seconds": seconds}
        with _create(folder / f"{NAME}.mp4") as target:
            _write(source, target, film, sound, seconds)
    width, height = _poster(folder)
    return {"kind": "video", "format": "mp4", "seconds": seconds, "width": width, "height": height}


def _open(path: str) -> InputContainer:
    reader = READERS.get(media_type_of_file(Path(path)))
    if reader is None:
        refuse("not-a-recording", found=media_type_of_file(Path(path)))
    try:
        return av.open(path, format=reader, metadata_errors="replace")
    except FFmpegError as error:
        refuse("recording-damaged", reason=error.strerror)


def _create(path: Path) -> OutputContainer:
    # The index comes first, so that a film begins before it is here whole.
    options = {} if path.suffix == ".mp3" else {"movflags": "+faststart"}
    return av.open(str(path), "w", format=_WRITERS[path.suffix], options=options)


def _streams(source: InputContainer, kind: str) -> tuple[Any, Any]:
    """The film, where it is to be seen, and the sound that are played; a cover is no film."""
    films = [stream for stream in source.streams.video if not stream.disposition & Disposition.attached_pic]
    sounds = source.streams.audio
    return films[0] if films and kind == "video" else None, sounds[0] if sounds else None


def _coding(stream: Any) -> str:
    return stream.codec_context.codec.canonical_name


def _seconds(source: InputContainer) -> float:
    if source.duration is not None:
        return source.duration / 1_000_000
    lasts = [
        float(stream.duration * stream.time_base) for stream in source.streams if stream.duration and stream.time_base
    ]
    return max(lasts, default=0.0)


class _Copied:
    """A stream that goes over as it is."""

    def __init__(self, target: OutputContainer, stream: Any) -> None:
        self.target = target
        self.stream = target.add_stream_from_template(stream)

    def take(self, packet: Any) -> None:
        if packet.dts is not None:
            packet.stream = self.stream
            self.target.mux(packet)

    def end(self) -> None:
        """Nothing is held back."""


class _Heard:
    """A sound, encoded as AAC."""

    def __init__(self, target: OutputContainer, stream: Any) -> None:
        self.target = target
        channels = min(2, stream.codec_context.channels or 2)
        layout = "mono" if channels == 1 else "stereo"
        self.stream = target.add_stream("aac", rate=RATE, layout=layout, bit_rate=80_000 * channels)
        self.resampler = AudioResampler(format="fltp", layout=layout, rate=RATE)

    def take(self, packet: Any) -> None:
        for frame in packet.decode():
            for piece in self.resampler.resample(frame):
                self.target.mux(self.stream.encode(piece))

    def end(self) -> None:
        for piece in self.resampler.resample(None):
            self.target.mux(self.stream.encode(piece))
        self.target.mux(self.stream.encode(None))


class _Seen:
    """A film, upright, at most SHOWN pixels high, encoded as H.264."""

    def __init__(self, target: OutputContainer, stream: Any) -> None:
        self.target = target
        self.source = stream
        rate = stream.average_rate or Fraction(25)
        self.stream = target.add_stream(
            "libx264", rate=min(rate, Fraction(60)), options={"preset": "veryfast", "crf": "22"}
        )
        self.stream.pix_fmt = "yuv420p"
        self.stream.codec_context.thread_count = 2
        self.stream.codec_context.time_base = stream.time_base
        self.graph: Graph | None = None
        self.last = -1

    def take(self, packet: Any) -> None:
        for frame in packet.decode():
            self._encode(frame)

    def _encode(self, frame: VideoFrame) -> None:
        if self.graph is None:
            self.graph = _upright(frame, self.source)
        self.graph.vpush(frame)
        upright = self.graph.vpull()
        # Time goes forward only; a frame without its time comes just after the one before.
        upright.pts = self.last + 1 if upright.pts is None else max(upright.pts, self.last + 1)
        self.last = upright.pts
        if not self.stream.codec_context.is_open:
            self.stream.width, self.stream.height = upright.width, upright.height
        upright.pict_type = 0
        self.target.mux(self.stream.encode(upright))

    def end(self) -> None:
        if self.graph is None:
            refuse("recording-damaged", reason="no picture could be read")
        self.target.mux(self.stream.encode(None))


def _upright(frame: VideoFrame, stream: Any) -> Graph:
    """The filter that turns a film as the camera was held, with square pixels and an even number of them."""
    graph = Graph()
    steps = [graph.add_buffer(template=stream, time_base=stream.time_base)]
    quarter = round(frame.rotation / 90) % 4
    steps += [graph.add("transpose", "cclock") for _ in range(quarter)]
    width, height = (frame.height, frame.width) if quarter % 2 else (frame.width, frame.height)
    aspect = float(stream.sample_aspect_ratio or 1) or 1.0
    wide = width * (1 / aspect if quarter % 2 else aspect)
    scale = min(1.0, SHOWN / min(wide, height), 2 * SHOWN / max(wide, height))
    steps.append(graph.add("scale", f"{max(2, round(wide * scale / 2) * 2)}:{max(2, round(height * scale / 2) * 2)}"))
    steps.append(graph.add("setsar", "1"))
    steps.append(graph.add("format", "pix_fmts=yuv420p"))
    steps.append(graph.add("buffersink"))
    graph.link_nodes(*steps).configure()
    return graph


def _is_light(stream: Any, source: InputContainer) -> bool:
    """Whether browsers play a film as it is, and telephones at once."""
    context = stream.codec_context
    return (
        _coding(stream) == "h264"
        and context.pix_fmt in ("yuv420p", "yuvj420p")
        and min(stream.width, stream.height) <= SHOWN
        and (source.bit_rate or 0) <= HEAVIEST
    )


def _write(source: InputContainer, target: OutputContainer, film: Any, sound: Any, seconds: float) -> None:
    writers: dict[int, Any] = {}
    if film is not None:
        writers[film.index] = _Copied(target, film) if _is_light(film, source) else _Seen(target, film)
    if sound is not None:
        plain = _coding(sound) == "aac" or (film is None and _coding(sound) == "mp3")
        writers[sound.index] = _Copied(target, sound) if plain else _Heard(target, sound)
    try:
        for packet in source.demux([stream for stream in (film, sound) if stream is not None]):
            if packet.dts is not None and packet.time_base:
                report(min(1.0, float(packet.dts * packet.time_base) / max(seconds, 0.1)), "encode")
            writers[packet.stream.index].take(packet)
        for writer in writers.values():
            writer.end()
    except FFmpegError as error:
        refuse("recording-damaged", reason=error.strerror)


def _poster(folder: Path) -> tuple[int, int]:
    """Keeps a picture from a tenth of the way in of the finished film; returns the film's width and height as it is seen."""
    with av.open(str(folder / f"{NAME}.mp4"), format="mov") as film:
        stream = film.streams.video[0]
        film.seek(round((film.duration or 0) / 10), backward=True)
        try:
            frame = next(film.decode(stream))
        except (StopIteration, FFmpegError):
            refuse("recording-damaged", reason="no picture could be read")
        picture = frame.to_image().rotate(frame.rotation, expand=True)
    size = picture.size
    picture.thumbnail((_LARGEST_POSTER, _LARGEST_POSTER))
    picture.convert("RGB").save(folder / POSTER, quality=82, progressive=True)
    return size
