"""A museum of a few files for tests of the viewer: panoramas that state their own directions, their tours, and a server for them.

The chart's colour at a pixel is the direction that the pixel looks in: (R, G, B) = 127.5 + 110 × (X, Y, Z), of the heading, so
that the colour in the middle of a screenshot says where the viewer really looks, whatever it claims.
"""

from __future__ import annotations

import base64
import io
import json
import math
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from museum.web.bundle import BUILD, Bundle
from museum.web.policy import CONTENT_SECURITY_POLICY

FACES = "frblud"
LEVELS = [512, 1024]
TILE = 512
STRIP = 64
AMPLITUDE = 110.0

Pixels = NDArray[np.uint8]
Colour = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Colours, 0 to 255, of unit vectors with the last axis X, Y, Z."""


def chart(north: float, amplitude: float = AMPLITUDE) -> Colour:
    """A chart of headings for a scene whose forward direction heads to `north` degrees."""

    sine, cosine = math.sin(math.radians(north)), math.cos(math.radians(north))

    def colour(rays: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, z = rays[..., 0], rays[..., 1], rays[..., 2]
        return 127.5 + amplitude * np.stack([x * cosine - z * sine, y, x * sine + z * cosine], axis=-1)

    return colour


def direction_of(pixels: Pixels) -> tuple[float, float]:
    """Heading and pitch, in degrees, that the mean colour of a piece of a chart states."""
    x, y, z = pixels.reshape(-1, 3).astype(float).mean(axis=0) - 127.5
    return math.degrees(math.atan2(x, -z)), math.degrees(math.atan2(y, math.hypot(x, z)))


def strength_of(pixels: Pixels) -> float:
    """The amplitude of the chart that the mean colour of a piece shows."""
    return float(np.linalg.norm(pixels.reshape(-1, 3).astype(float).mean(axis=0) - 127.5))


def tilted(colour: Colour, pitch: float, roll: float) -> Colour:
    """What a camera sees of `colour` that `pitch` and `roll`, in degrees, put upright: upright = Rx(pitch) · Rz(-roll) · its own."""
    (sin_p, cos_p), (sin_r, cos_r) = ((math.sin(a), math.cos(a)) for a in (math.radians(pitch), math.radians(roll)))
    lift = np.array([[1, 0, 0], [0, cos_p, -sin_p], [0, sin_p, cos_p]])
    turn = np.array([[cos_r, sin_r, 0], [-sin_r, cos_r, 0], [0, 0, 1]])
    upright = lift @ turn
    return lambda rays: colour(rays @ upright.T)


def rays(face: str, size: int) -> NDArray[np.float64]:
    """Unit vectors of the pixels of a face, in rows from the top."""
    line = (np.arange(size) + 0.5) / size * 2 - 1
    x, y = np.meshgrid(line, -line)
    one = np.ones_like(x)
    found = {
        "f": (x, y, -one),
        "r": (one, y, x),
        "b": (-x, y, one),
        "l": (-one, y, -x),
        "u": (x, one, y),
        "d": (x, -one, -y),
    }[face]
    stacked = np.stack(found, axis=-1)
    return stacked / np.linalg.norm(stacked, axis=-1, keepdims=True)


def cut_panorama(folder: Path, name: str, colour: Colour, levels: list[int] | None = None) -> dict[str, Any]:
    """Write a panorama's tiles and strip under `folder`/tiles/`name`; its `TourPanorama`."""
    levels = levels or LEVELS
    target = folder / "tiles" / name
    strip: list[Pixels] = []
    hashed = b""
    for face in FACES:
        for level, size in enumerate(levels):
            pixels = _painted(colour, face, size)
            for row in range(-(-size // TILE)):
                for column in range(-(-size // TILE)):
                    path = target / str(level) / face / str(row) / f"{column}.jpg"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    piece = pixels[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
                    path.write_bytes(_jpeg(piece))
        strip.append(_painted(colour, face, STRIP))
        hashed += _painted(colour, face, 4).tobytes()
    (target / "strip.jpg").write_bytes(_jpeg(np.concatenate(strip, axis=1)))
    return {
        "tiles": f"/tiles/{name}/{{level}}/{{face}}/{{row}}/{{column}}.jpg",
        "strip": f"/tiles/{name}/strip.jpg",
        "levels": levels,
        "stripSize": STRIP,
        "hash": base64.b64encode(hashed).decode(),
    }


def write_tour(folder: Path, tour: dict[str, Any]) -> None:
    """Write a tour where the museum's API would answer it, and the page of its scene."""
    slug = tour["scene"]["slug"]
    path = folder / "api" / "v1" / "scenes" / slug / "tour.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(tour, ensure_ascii=False), encoding="utf-8")


def texts(hans: str, hant: str, english: str) -> dict[str, str]:
    return {"zh-Hans": hans, "zh-Hant": hant, "en": english}


def page_of(slug: str) -> str:
    """The smallest page with a tour in it."""
    return (
        "<!doctype html><html lang='zh-Hans'><head><meta charset='utf-8'><title>馆</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<link rel='stylesheet' href='/page.css'>{Bundle().head('tour')}</head>"
        f"<body><museum-tour src='/api/v1/scenes/{slug}/tour.json' address></museum-tour></body></html>"
    )


class _Handler(SimpleHTTPRequestHandler):
    """Files of the folder, pages of scenes, the viewer's build and one picture as a IIIF service, under the museum's own policy."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if scene := re.fullmatch(r"/scenes/([\w-]+)", path):
            self.answer("text/html; charset=utf-8", page_of(scene[1]).encode())
        elif path == "/page.css":
            self.answer(
                "text/css", b"html,body{margin:0;height:100%;background:#000}museum-tour{display:block;height:100%}"
            )
        elif path.startswith("/static/build/"):
            file = BUILD / path.removeprefix("/static/build/")
            kind = "text/css" if file.suffix == ".css" else "text/javascript"
            self.answer(kind, file.read_bytes())
        elif piece := re.fullmatch(r"/iiif/3/([\w-]+)/(.+)", path):
            self.picture(piece[1], piece[2])
        else:
            super().do_GET()

    def picture(self, name: str, rest: str) -> None:
        with Image.open(Path(self.directory) / f"{name}.png") as picture:
            if rest == "info.json":
                address = f"http://{self.headers['Host']}/iiif/3/{name}"
                info = {
                    "@context": "http://iiif.io/api/image/3/context.json",
                    "id": address,
                    "type": "ImageService3",
                    "protocol": "http://iiif.io/api/image",
                    "profile": "level2",
                    "width": picture.width,
                    "height": picture.height,
                    "tiles": [{"width": 512, "scaleFactors": [1, 2, 4]}],
                }
                self.answer("application/ld+json", json.dumps(info).encode())
                return
            region, size = rest.split("/")[:2]
            if region != "full":
                x, y, width, height = map(int, region.split(","))
                picture = picture.crop((x, y, x + width, y + height))
            width, _, height = size.partition(",")
            wide = int(width) if width.isdigit() else picture.width
            high = int(height) if height.isdigit() else round(picture.height * wide / picture.width)
            self.answer("image/jpeg", _jpeg(np.asarray(picture.convert("RGB").resize((wide, high)))))

    def answer(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        self.send_header("Access-Control-Allow-Origin", "*")
        # As the museum's own: tiles are kept, records are asked for again.
        if self.path.startswith("/api/"):
            self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port; the server's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _painted(colour: Colour, face: str, size: int) -> Pixels:
    return np.clip(np.rint(colour(rays(face, size))), 0, 255).astype(np.uint8)


def _jpeg(pixels: Pixels) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=100, subsampling=0)
    return file.getvalue()
