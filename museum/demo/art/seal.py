"""Seals: the stone with its carved knob, and its red impression on paper beside it."""

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, darken, fbm, generator, tiled
from museum.demo.art.lettering import column, seal_face
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.solid import Material, cast_shadow, compose, contact_shadow, ground, relight

_STONES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((214, 186, 128), (70, 48, 24), (160, 90, 50)),
    ((206, 92, 70), (66, 18, 14), (236, 206, 170)),
    ((150, 170, 132), (38, 52, 36), (206, 210, 176)),
    ((226, 222, 208), (92, 84, 72), (184, 80, 62)),
    ((92, 88, 92), (18, 17, 20), (160, 150, 140)),
    ((222, 174, 92), (84, 50, 16), (248, 214, 150)),
)
_TEXTS = (
    "漁樵耕讀",
    "寧靜致遠",
    "津沽過客",
    "平安",
    "長樂未央",
    "吉祥如意",
    "山水清音",
    "寶愛",
    "御覽之寶",
    "墨緣",
    "得其神",
    "永寶用享",
)


def _knob(
    rng: np.random.Generator, kind: int, x: float, y: float, w: float, h: float
) -> list[tuple[np.ndarray, float]]:
    """Polygons (and how far they stand out) of a knob with its foot at (x, y): ring, beast, peak or tile."""
    if kind == 0:
        ring = ornament.circle(0, -0.5, 0.5, 50) * (w * 0.7, h) + (x, y)
        return [(ring, 0.3)]
    if kind == 1:  # a lying lion
        parts = [
            (
                ornament.curve(
                    np.array(
                        [[-0.42, 0], [-0.44, -0.4], [-0.1, -0.62], [0.3, -0.5], [0.44, -0.2], [0.42, 0], [-0.42, 0]]
                    ),
                    8,
                ),
                0.3,
            ),
            (ornament.circle(-0.24, -0.68, 0.25, 40), 0.55),
            (ornament.circle(-0.4, -0.6, 0.12, 30), 0.65),
            (ornament.circle(-0.1, -0.86, 0.08, 20), 0.5),
            (ornament.circle(-0.36, -0.88, 0.08, 20), 0.5),
            (ornament.circle(0.28, -0.18, 0.2, 30), 0.55),
            (ornament.circle(-0.28, -0.12, 0.13, 30), 0.6),
            (
                ornament.ribbon(
                    ornament.curve(np.array([[0.4, -0.2], [0.52, -0.5], [0.34, -0.78]]), 8), np.linspace(0.14, 0.2, 17)
                ),
                0.4,
            ),
        ]
        parts += [
            (ornament.circle(-0.24 + 0.22 * np.cos(t), -0.68 + 0.22 * np.sin(t), 0.085, 18), 0.75)
            for t in np.linspace(-1.6, 1.6, 7)
        ]
        return [(p * (w, h) + (x, y), lift) for p, lift in parts]
    if kind == 2:
        ridge = np.column_stack(
            (
                np.linspace(-0.5, 0.5, 13),
                -np.concatenate(([0], rng.uniform(0.25, 0.75, 5), [1.0], rng.uniform(0.25, 0.75, 5), [0])),
            )
        )
        front = np.column_stack((np.linspace(-0.5, 0.5, 9), -np.concatenate(([0], rng.uniform(0.1, 0.45, 7), [0]))))
        return [(ornament.curve(ridge, 4) * (w, h) + (x, y), 0.15), (ornament.curve(front, 4) * (w, h) + (x, y), 0.5)]
    tile = ornament.curve(np.array([[-0.5, 0], [-0.45, -0.5], [0, -0.78], [0.45, -0.5], [0.5, 0]]), 8)
    return [(tile * (w, h) + (x, y), 0.3), (ornament.circle(0, -0.28, 0.13, 30) * (w, h) + (x, y), 0.7)]


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """The stone at the left, a card with the impression and its reading at the right."""
    rng = generator(seed, "seal")
    text = traits.inscription or (
        traits.title if 0 < len(traits.title) <= 4 else _TEXTS[choose(traits.variant, rng, len(_TEXTS))]
    )
    text = text[:4]
    base, shade, vein = _STONES[choose(traits.palette, rng, len(_STONES))]
    size = min(height * 0.78, width * 0.56)
    foot, x = height * 0.5 + size * 0.46, width * 0.27
    wide, tall = size * rng.uniform(0.4, 0.5), size * rng.uniform(0.5, 0.64)
    turn = rng.uniform(0.62, 0.74)  # where the edge between the two visible faces stands
    tilt = size * 0.035
    mask = np.zeros((height, width), np.uint8)
    heights = np.zeros((height // 2, width // 2), np.float32)
    left, edge, right = x - wide / 2, x - wide / 2 + wide * turn, x + wide / 2
    faces = (
        (np.array([[left, foot - tilt], [edge, foot], [edge, foot - tall], [left, foot - tall - tilt]]), -0.28),
        (
            np.array(
                [[edge, foot], [right, foot - tilt * 1.2], [right, foot - tall - tilt * 1.2], [edge, foot - tall]]
            ),
            1.0,
        ),
    )
    yy, xx = np.mgrid[0 : height // 2, 0 : width // 2].astype(np.float32)
    for face, slope in faces:
        part = np.zeros_like(heights, dtype=np.uint8)
        cv2.fillPoly(part, [np.rint(face * 8).astype(np.int32)], 1, shift=4)
        cv2.fillPoly(mask, [np.rint(face * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        heights = np.where(part > 0, size - (xx * 2 - np.float32(edge)) * np.float32(slope) + yy * 0.1, heights)
    top = np.array(
        [
            [left, foot - tall - tilt],
            [edge, foot - tall],
            [right, foot - tall - tilt * 1.2],
            [left + wide * (1 - turn), foot - tall - tilt * 2.1],
        ]
    )
    cv2.fillPoly(mask, [np.rint(top * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
    part = np.zeros_like(heights, dtype=np.uint8)
    cv2.fillPoly(part, [np.rint(top * 8).astype(np.int32)], 1, shift=4)
    heights = np.where(part > 0, size + yy * 2.2, heights)
    for points, lift in _knob(rng, int(rng.integers(4)), x, foot - tall - tilt * 0.8, wide * 0.86, size * 0.3):
        part = np.zeros_like(heights, dtype=np.uint8)
        cv2.fillPoly(part, [np.rint(points * 8).astype(np.int32)], 1, shift=4)
        cv2.fillPoly(mask, [np.rint(points * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        reach = wide * 0.16
        depth = np.minimum(cv2.distanceTransform(part, cv2.DIST_L2, 5) * 2 / reach, 1)
        heights = np.where(
            part > 0, size * 2 + lift * wide * 0.2 + reach * np.sqrt(np.maximum(1 - (1 - depth) ** 2, 0)), heights
        )
    surface = cv2.resize(cv2.GaussianBlur(heights, (0, 0), 1.3), (width, height), interpolation=cv2.INTER_LINEAR)
    surface = cv2.scaleAdd(tiled("stone", height, width, rng).astype(np.float32), 0.0012, surface)
    stone = relight(surface, Material(base, shade, 0.7, 36.0, 0.10, 0.3), 1.0)
    cloud = fbm(rng, height // 4, width // 4, 7, 7, 0.6)
    streak = np.clip(1 - np.abs(cloud - 0.5) * 12, 0, 1) * 0.6 + np.clip((cloud - 0.56) * 4, 0, 1) * float(
        rng.uniform(0.2, 0.8)
    )
    darken(stone, cv2.resize((np.clip(streak, 0, 1) * 200).astype(np.uint8), (width, height)), vein)

    under = ground(rng, height, width, int(rng.integers(6)), min(0.93, foot / height + 0.02))
    contact_shadow(under, (x + wide * 0.08, foot - tilt * 0.4), (wide * 0.66, tilt * 1.6))
    s = int(min(width * 0.38, height * 0.62))
    cw, ch = int(s * 1.12), int(s * 1.34)
    cx, cy = int(width * 0.71 - cw / 2), int((height - ch) / 2)
    card = np.empty((ch, cw, 3), np.uint8)
    card[:] = (238, 231, 214)
    darken(card, cv2.resize((fbm(rng, ch // 8, cw // 8, 4, 4) * 50).astype(np.uint8), (cw, ch)), (190, 160, 112))
    darken(card, cv2.convertScaleAbs(tiled("fibre", ch, cw, rng), alpha=0.32), (150, 128, 92))
    darken(card, cv2.convertScaleAbs(cv2.subtract(tiled("grain", ch, cw, rng), 132), alpha=0.9), (150, 128, 96))
    print_size = int(s * 0.8)
    face_print = np.zeros((ch, cw), np.uint8)
    face_print[
        int(s * 0.12) : int(s * 0.12) + print_size, (cw - print_size) // 2 : (cw - print_size) // 2 + print_size
    ] = seal_face(text, print_size, bool(rng.random() < 0.5), rng)
    blot = cv2.resize((fbm(rng, ch // 6, cw // 6, 9, 4) * 70).astype(np.uint8), (cw, ch))
    darken(
        card,
        cv2.subtract(face_print, cv2.bitwise_and(blot, face_print)),
        ((188, 36, 30), (170, 30, 34), (200, 52, 34))[int(rng.integers(3))],
    )
    words = np.zeros((ch, cw), np.uint8)
    cell = int(s * 0.085)
    for k, character in enumerate(text):
        column(
            words,
            character,
            int(cw / 2 - len(text) * cell * 0.7 + k * cell * 1.4 + cell * 0.2),
            int(ch * 0.82),
            cell,
            "brush",
        )
    darken(card, words, (34, 30, 28))
    card_mask = np.zeros_like(mask)
    card_mask[cy : cy + ch, cx : cx + cw] = 255
    cast_shadow(under, card_mask, (s * 0.02, s * 0.025), s * 0.03, 0.75)
    under[cy : cy + ch, cx : cx + cw] = card
    return Picture(compose(under, stone, mask), cv2.max(mask, card_mask))
