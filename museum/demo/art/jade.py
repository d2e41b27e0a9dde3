"""Jades: discs, tubes, pendants, arcs and cups, carved and translucent."""

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import Colour, Pixels, darken, fbm, generator, tiled
from museum.demo.art.ornament import Canvas, Palette
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.solid import Material, cast_shadow, compose, ground, relight

_STONES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((226, 228, 212), (112, 116, 96), (176, 132, 78)),
    ((154, 182, 148), (48, 72, 54), (206, 214, 190)),
    ((104, 140, 110), (26, 48, 36), (54, 78, 58)),
    ((210, 190, 142), (96, 74, 42), (140, 84, 44)),
    ((186, 196, 188), (70, 82, 78), (98, 108, 92)),
)
_LEVELS = Palette(
    (90, 90, 90), (70, 70, 70), (170, 170, 170), (200, 200, 200), (185, 185, 185), (215, 215, 215), (235, 235, 235)
)


def _grains(canvas: Canvas, c: tuple[float, float], inner: float, outer: float, curl: bool) -> None:
    """Rows of raised grains (穀紋) between two circles, set like seeds."""
    step = (outer - inner) / max(4, round((outer - inner) / (outer * 0.075)))
    rings = round((outer - inner) / step)
    hook = ornament.spiral(0.8, 14)
    for ring in range(rings):
        radius = inner + (ring + 0.5) * step
        count = max(6, int(2 * np.pi * radius / step))
        for k in range(count):
            turn = 2 * np.pi * (k + 0.5 * (ring % 2)) / count
            x, y = c[0] + radius * np.cos(turn), c[1] + radius * np.sin(turn)
            canvas.disc(x, y, step * 0.33, (190, 190, 190))
            if curl:
                canvas.line(ornament.place(hook, x, y, step * 0.42, turn), (225, 225, 225), max(1.0, step * 0.1))


def _carve(rng: np.random.Generator, kind: int, width: int, height: int) -> tuple[Pixels, Pixels]:
    """Relief and mask of one piece."""
    canvas = Canvas(np.full((height, width, 3), 130, np.uint8))
    shape = Canvas(np.zeros((height, width, 3), np.uint8))
    x, y, size = width / 2, height / 2, min(width, height) * 0.42
    white, black = (255, 255, 255), (0, 0, 0)
    if kind == 0:  # bi
        hole = size * rng.uniform(0.2, 0.36)
        shape.fill(ornament.circle(x, y, size, 240), white)
        shape.fill(ornament.circle(x, y, hole, 120), black)
        _grains(canvas, (x, y), hole * 1.22, size * 0.92, bool(rng.random() < 0.5))
        for radius in (hole * 1.14, size * 0.95):
            canvas.line(ornament.circle(x, y, radius, 180), (215, 215, 215), max(2, size * 0.02), closed=True)
    elif kind == 1:  # cong, from the side: a round tube in a square one, with masks on its corners
        wide, tall = size * rng.uniform(0.5, 0.62), size * rng.uniform(0.75, 1.05)
        shape.fill(
            np.array(
                [
                    [-0.8, -1.06],
                    [0.8, -1.06],
                    [0.8, -1],
                    [1, -0.98],
                    [1, 0.98],
                    [0.8, 1],
                    [0.8, 1.06],
                    [-0.8, 1.06],
                    [-0.8, 1],
                    [-1, 0.98],
                    [-1, -0.98],
                    [-0.8, -1],
                ]
            )
            * (wide, tall)
            + (x, y),
            white,
        )
        storeys = int(rng.integers(2, 6))
        for storey in range(storeys):
            top, step = y - tall + storey * 2 * tall / storeys, 2 * tall / storeys
            for side in (-1, 1):
                cx = x + side * wide * 0.55
                box = np.array([[-0.43, 0.05], [0.43, 0.05], [0.43, 0.92], [-0.43, 0.92]]) * (wide, step) + (cx, top)
                canvas.shape(box, (175, 175, 175), (80, 80, 80), 2)
                for k in range(5):
                    level = top + step * (0.12 + 0.04 * k)
                    canvas.line(np.array([[cx - wide * 0.4, level], [cx + wide * 0.4, level]]), (90, 90, 90), 1)
                for eye in (-0.24, 0.24):
                    centre = (cx + eye * wide, top + step * 0.52)
                    for radius, value in ((0.13, 215), (0.09, 110), (0.05, 220)):
                        canvas.disc(*centre, min(wide, step) * radius, (value, value, value))
                nose = np.array([[-0.2, 0.72], [0.2, 0.72], [0.2, 0.84], [-0.2, 0.84]]) * (wide, step) + (cx, top)
                canvas.shape(nose, (220, 220, 220), (80, 80, 80), 2)
            canvas.line(np.array([[x - wide, top], [x + wide, top]]), (50, 50, 50), max(2, step * 0.03))
    elif kind == 2:  # a plaque of flowers in openwork
        turn = np.linspace(0, 2 * np.pi, 160, endpoint=False)
        lobes = int(rng.integers(4, 9))
        outline = np.column_stack((np.cos(turn), np.sin(turn))) * (size * (0.92 + 0.06 * np.cos(lobes * turn)))[
            :, None
        ] * (1, rng.uniform(0.8, 1.1)) + (x, y)
        shape.fill(outline, white)
        canvas.line(outline * 0.94 + np.array([x, y]) * 0.06, (220, 220, 220), max(2, size * 0.03), closed=True)
        for k in range(lobes):
            angle = 2 * np.pi * k / lobes
            px, py = x + np.sin(angle) * size * 0.42, y - np.cos(angle) * size * 0.42
            ornament.leaf(canvas, px, py, size * 0.34, angle + 0.4, _LEVELS)
            hole = ornament.place(
                ornament.petal(0.28),
                x + np.sin(angle + 0.45) * size * 0.5,
                y - np.cos(angle + 0.45) * size * 0.5,
                size * 0.24,
                angle + 0.45,
            )
            shape.fill(hole, black)
        ornament.flower(
            canvas, x, y, size * 0.46, _LEVELS, ("peony", "lotus", "chrysanthemum", "prunus")[int(rng.integers(4))]
        )
        shape.disc(x, y - size * 0.84, size * 0.03, black)
    elif kind == 3:  # huang, a dragon-headed arc
        t = np.linspace(np.pi * 1.04, np.pi * 1.96, 80)
        path = np.column_stack((x + np.cos(t) * size * 0.95, y + size * 0.42 + np.sin(t) * size * 0.95))
        thick = np.full(80, size * 0.36)
        thick[:8] = thick[-8:] = size * 0.4
        shape.fill(ornament.ribbon(path, thick), white)
        shape.disc(path[40, 0], path[40, 1] - size * 0.12, size * 0.025, black)
        for k in range(8, 72, 3):
            for lane in (-0.11, 0.0, 0.11):
                px, py = path[k] + (np.array([x, y + size * 0.42]) - path[k]) * lane
                canvas.disc(px, py, size * 0.03, (200, 200, 200))
                canvas.line(
                    ornament.place(ornament.spiral(0.9, 14), px, py, size * 0.04, t[k]),
                    (230, 230, 230),
                    max(1.0, size * 0.008),
                )
        for end in (3, 76):
            px, py = path[end]
            canvas.disc(px, py - size * 0.06, size * 0.05, (225, 225, 225))
            canvas.disc(px, py - size * 0.06, size * 0.022, (60, 60, 60))
            canvas.line(
                np.array([[px - size * 0.16, py + size * 0.03], [px + size * 0.16, py + size * 0.03]]),
                (60, 60, 60),
                max(2, size * 0.02),
            )
    else:  # a lobed cup with two handles
        knots = np.array([[0.72, -0.55], [0.7, -0.3], [0.58, 0.15], [0.3, 0.42], [0.26, 0.5], [0.32, 0.62]])
        half = ornament.curve(knots, 10)
        for side in (-1, 1):
            loop = ornament.curve(np.array([[0.66, -0.42], [1.02, -0.5], [1.0, 0.02], [0.6, 0.12]]), 10) * (side, 1)
            shape.fill(ornament.ribbon(loop * size + (x, y), np.full(31, size * 0.1)), white)
        shape.fill(np.vstack((half, (half * (-1, 1))[::-1])) * size + (x, y), white)
        ornament.meander(
            Canvas(
                canvas.pixels[int(y - size * 0.5) : int(y - size * 0.36), int(x - size * 0.7) : int(x + size * 0.7)]
            ),
            2,
            size * 0.12,
            22,
            (205, 205, 205),
        )
        for k in (-1, 0, 1):
            ornament.flower(
                canvas,
                x + k * size * 0.4,
                y - size * (0.02 if k == 0 else 0.08),
                size * (0.22 if k == 0 else 0.13),
                _LEVELS,
                "lotus",
            )
            ornament.leaf(canvas, x + (k + 0.5) * size * 0.4, y + size * 0.1, size * 0.16, 0.6 * k, _LEVELS)
    return np.ascontiguousarray(canvas.pixels[..., 0]), np.ascontiguousarray(shape.pixels[..., 0])


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One jade lying on a dark ground."""
    rng = generator(seed, "jade")
    named = next(
        (
            k
            for k, words in enumerate(("璧環瑗", "琮", "佩牌飾墜", "璜", "杯盃碗"))
            if any(w in traits.title for w in words)
        ),
        None,
    )
    kind = named if named is not None else choose(traits.variant, rng, 5)
    relief, mask = _carve(rng, kind, width, height)
    base, shade, vein = _STONES[choose(traits.palette, rng, len(_STONES))]
    size = min(width, height)
    quarter = cv2.resize(mask, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    reach = size * (0.14 if kind in (1, 4) else 0.022) / 4
    depth = np.minimum(cv2.distanceTransform((quarter > 127).astype(np.uint8), cv2.DIST_L2, 5) / reach, 1)
    bulge = cv2.GaussianBlur(np.sqrt(np.maximum(1 - (1 - depth) ** 2, 0)), (0, 0), max(1.0, reach * 0.12))
    surface = cv2.resize(bulge * (reach * 4 * 0.8), (width, height), interpolation=cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(relief, (0, 0), max(0.9, size / 900))
    surface = cv2.scaleAdd(soft.astype(np.float32), size / 90 / 255, surface)
    surface = cv2.scaleAdd(tiled("grain", height, width, rng).astype(np.float32), 0.004, surface)
    material = Material(base, shade, 0.7, 46.0, 0.12, 0.35)
    pixels = relight(surface, material, 1.0)
    cloud = fbm(rng, height // 4, width // 4, 4, 7, 0.6)
    streak = np.clip(1 - np.abs(cloud - 0.52) * 9, 0, 1) ** 1.5 * 0.5 + np.clip((cloud - 0.58) * 3.2, 0, 1) * float(
        rng.uniform(0.25, 0.8)
    )
    darken(pixels, cv2.resize((np.clip(streak, 0, 1) * 210).astype(np.uint8), (width, height)), vein)
    thin = cv2.resize((1 - depth) * 60, (width, height))  # light comes through where the stone is thin
    pixels = cv2.add(pixels, cv2.merge([cv2.convertScaleAbs(thin, alpha=a) for a in (0.9, 1.0, 0.75)]))
    flaw = cv2.convertScaleAbs(cv2.subtract(tiled("stone", height, width, rng), 158), alpha=1.1)
    darken(pixels, flaw, tuple(int(c * 0.7) for c in shade))  # type: ignore[arg-type]
    fleck = cv2.convertScaleAbs(cv2.subtract(tiled("grain", height, width, rng), 150), alpha=0.7)
    pixels = cv2.add(pixels, cv2.cvtColor(fleck, cv2.COLOR_GRAY2RGB))
    under = ground(rng, height, width, int(rng.integers(6)), None)
    cast_shadow(under, mask, (size * 0.014, size * 0.02), size * 0.02, 0.9)
    return Picture(compose(under, pixels, mask), mask)
