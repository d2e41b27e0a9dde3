"""A flat picture of what is seen from a scene in one direction, made of tiles of its cube pyramid. Pure.

Faces and angles are those of `museum.assets.ingest.projection`. A flat picture of a flat face is a homography, so that a face is
drawn by one warp: the picture's outline is clipped to the face (Sutherland and Hodgman's algorithm in homogeneous coordinates), which
says both where in the picture the face appears and which of its tiles are needed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from museum.assets.info import FACES
from museum.assets.ingest.projection import ray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]

QUALITY = 82
MOST_FACE_PIXELS = 8_000_000
"""Of one face, as much is decoded at most; beyond that a coarser level must do."""
_SHIFT = 4


class View(NamedTuple):
    """What is looked at: degrees, `fov` from the lower to the upper edge, and the picture's size in pixels. `level_*` put the photograph
    upright, as in `museum.scenes.models.Scene`."""

    yaw: float
    pitch: float
    fov: float
    width: int
    height: int
    level_pitch: float = 0.0
    level_roll: float = 0.0


class Place(NamedTuple):
    """Where a tile lies in a panorama's pyramid."""

    level: int
    face: str
    row: int
    column: int


class Piece(NamedTuple):
    """A face as it appears in a picture.

    `outline` are corners in the picture, in pixels from its top left corner. `matrix` takes such a point (x, y, 1) to homogeneous
    coordinates on the face, whose pixel centres are whole numbers at `size` pixels to its edge. `scale` is how much to shrink the
    face so that its pixels are as large as the picture's. `rows` and `columns` are of the tiles that are needed.
    """

    face: str
    level: int
    size: int
    scale: float
    rows: range
    columns: range
    outline: Floats
    matrix: Floats

    @property
    def places(self) -> Iterator[Place]:
        """The tiles that are needed."""
        return (Place(self.level, self.face, row, column) for row in self.rows for column in self.columns)


def pieces_of(view: View, levels: Sequence[int], tile: int) -> list[Piece]:
    """The faces that a view shows. `levels` are face sizes in pixels, coarsest first, cut into tiles of `tile` pixels."""
    camera = _camera(view)
    found = (_piece(face, camera, view, levels, tile) for face in FACES)
    return [piece for piece in found if piece is not None]


def paint(view: View, pieces: Sequence[Piece], tile: int, tiles: Mapping[Place, bytes]) -> Pixels:
    """The picture, from the JPEGs of all tiles that its pieces need. Raises ValueError where one of them is damaged."""
    picture: Pixels = np.zeros((view.height, view.width, 3), np.uint8)
    for piece in pieces:
        face = joined(list(piece.places), piece.size, tile, tiles)
        _draw(picture, piece, _shrunk(face, piece.scale), tile)
    return picture


def encode(picture: Pixels) -> bytes:
    """The picture as JPEG."""
    return simplejpeg.encode_jpeg(picture, QUALITY, "RGB", "420")


def _camera(view: View) -> Floats:
    """Takes a point of the picture (x, y, 1), in pixels from the top left corner, to the photograph's ray (X right, Y up, Z back)
    through it."""
    yaw, pitch = math.radians(view.yaw), math.radians(view.pitch)
    focal = view.height / 2 / math.tan(math.radians(view.fov) / 2)
    right = np.array([math.cos(yaw), 0.0, math.sin(yaw)])
    up = np.array([-math.sin(yaw) * math.sin(pitch), math.cos(pitch), math.cos(yaw) * math.sin(pitch)])
    forward = np.array([math.sin(yaw) * math.cos(pitch), math.sin(pitch), -math.cos(yaw) * math.cos(pitch)])
    upright = np.stack([right, -up, focal * forward - view.width / 2 * right + view.height / 2 * up], axis=1)
    return leveller(view.level_pitch, view.level_roll).T @ upright


def leveller(level_pitch: float, level_roll: float) -> Floats:
    """Takes a ray of the photograph to the upright scene: Rx(level pitch) · Rz(-level roll), in degrees."""
    pitch, roll = math.radians(level_pitch), math.radians(level_roll)
    raised = [[1, 0, 0], [0, math.cos(pitch), -math.sin(pitch)], [0, math.sin(pitch), math.cos(pitch)]]
    rolled = [[math.cos(roll), math.sin(roll), 0], [-math.sin(roll), math.cos(roll), 0], [0, 0, 1]]
    return np.array(raised) @ np.array(rolled)


def onto_face(face: str) -> Floats:
    """Takes a ray to homogeneous coordinates on a face: x to the right and y up in [-1, 1] after division by the third, which is
    positive before the face. The inverse of `ray`, whose three vectors are at right angles."""
    out = np.array(ray(face, 0.0, 0.0))
    return np.stack([np.array(ray(face, 1.0, 0.0)) - out, np.array(ray(face, 0.0, 1.0)) - out, out])


def _piece(face: str, camera: Floats, view: View, levels: Sequence[int], tile: int) -> Piece | None:
    onto = onto_face(face) @ camera
    corners = np.array([[0, 0, 1], [view.width, 0, 1], [view.width, view.height, 1], [0, view.height, 1]], np.float64)
    outline = _clipped(corners, onto)
    if len(outline) < 3:
        return None
    seen = outline @ onto.T
    seen = seen[:, :2] / seen[:, 2:]
    finest = _wanted_size(onto, outline.mean(axis=0))
    level = next((number for number, size in enumerate(levels) if size >= 0.99 * finest), len(levels) - 1)
    while True:
        size = levels[level]
        columns = _tiles(seen[:, 0], size, tile)
        rows = _tiles(-seen[:, 1], size, tile)
        if len(columns) * len(rows) * tile * tile <= MOST_FACE_PIXELS or level == 0:
            break
        level -= 1
    half = size / 2
    to_pixels = np.array([[half, 0, half - 0.5], [0, -half, half - 0.5], [0, 0, 1]])
    return Piece(face, level, size, min(1.0, finest / size), rows, columns, outline[:, :2].copy(), to_pixels @ onto)


def _clipped(polygon: Floats, onto: Floats) -> Floats:
    """What of a polygon, in points (x, y, 1) of the picture, lies on the face: |x| and |y| at most the depth."""
    for axis, sign in ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0)):
        inside = polygon @ (onto[2] - sign * onto[axis])
        kept: list[Floats] = []
        for number, point in enumerate(polygon):
            before = number - 1
            if (inside[number] >= 0) != (inside[before] >= 0):
                share = inside[before] / (inside[before] - inside[number])
                kept.append(polygon[before] + share * (point - polygon[before]))
            if inside[number] >= 0:
                kept.append(point)
        if not kept:
            return np.empty((0, 3))
        polygon = np.stack(kept)
    return polygon


def _wanted_size(onto: Floats, point: Floats) -> float:
    """The size of a face at which its pixels are as large as the picture's, about one point of the picture."""
    x, y, depth = onto @ point
    # derivative of (x, y) / depth by the picture's pixels
    jacobian = (onto[:2, :2] * depth - np.array([x, y])[:, None] * onto[2, :2]) / depth**2
    return 2.0 / math.sqrt(max(abs(float(np.linalg.det(jacobian))), 1e-12))


def _tiles(at: Floats, size: int, tile: int) -> range:
    """Which tiles hold positions in [-1, 1], and a pixel around them that the kernel needs."""
    first = (float(at.min()) + 1) / 2 * size - 2
    last = (float(at.max()) + 1) / 2 * size + 2
    count = -(-size // tile)
    start = min(max(int(first // tile), 0), count - 1)
    return range(start, max(start, min(int(last // tile), count - 1)) + 1)


def joined(places: Sequence[Place], size: int, tile: int, tiles: Mapping[Place, bytes]) -> Pixels:
    """The part of a face of `size` pixels that a rectangle of its tiles, row by row, covers. Raises ValueError where one is damaged."""
    first, last = places[0], places[-1]
    height = min(size, (last.row + 1) * tile) - first.row * tile
    width = min(size, (last.column + 1) * tile) - first.column * tile
    face: Pixels = np.empty((height, width, 3), np.uint8)
    for place in places:
        pixels = simplejpeg.decode_jpeg(tiles[place], "RGB", fastdct=False)
        top, left = (place.row - first.row) * tile, (place.column - first.column) * tile
        room = face[top : top + tile, left : left + tile]
        if pixels.shape != room.shape:
            raise ValueError(f"{place} has {pixels.shape[1]} × {pixels.shape[0]} pixels")
        room[...] = pixels
    return face


def _shrunk(face: Pixels, scale: float) -> Pixels:
    """The face with its pixels averaged, so that none is passed over."""
    height, width = max(1, round(face.shape[0] * scale)), max(1, round(face.shape[1] * scale))
    if scale > 0.95:
        return face
    return np.asarray(cv2.resize(face, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _draw(picture: Pixels, piece: Piece, face: Pixels, tile: int) -> None:
    """Warp what there is of a face to where it appears in the picture."""
    covered_width = min(piece.size, piece.columns.stop * tile) - piece.columns.start * tile
    covered_height = min(piece.size, piece.rows.stop * tile) - piece.rows.start * tile
    x, y = face.shape[1] / covered_width, face.shape[0] / covered_height
    left, top = piece.columns.start * tile, piece.rows.start * tile
    # centres of pixels at whole numbers, before and after the shrinking
    shrink = np.array([[x, 0, (0.5 - left) * x - 0.5], [0, y, (0.5 - top) * y - 0.5], [0, 0, 1]])
    first_x, first_y = (max(0, math.floor(low) - 1) for low in piece.outline.min(axis=0))
    stop_x, stop_y = (math.ceil(high) + 1 for high in piece.outline.max(axis=0))
    room = picture[first_y:stop_y, first_x:stop_x]
    # pixel (i, j) of the picture has its centre at (i + ½, j + ½)
    begin = np.array([[1, 0, first_x + 0.5], [0, 1, first_y + 0.5], [0, 0, 1]])
    warped = cv2.warpPerspective(
        face,
        shrink @ piece.matrix @ begin,
        (room.shape[1], room.shape[0]),
        flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    mask = np.zeros(room.shape[:2], np.uint8)
    corners = np.rint((piece.outline - [first_x + 0.5, first_y + 0.5]) * (1 << _SHIFT)).astype(np.int32)
    cv2.fillConvexPoly(mask, corners, 255, lineType=cv2.LINE_8, shift=_SHIFT)
    np.copyto(room, warped, where=mask[..., None] > 0)
