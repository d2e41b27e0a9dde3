"""Vessels of porcelain: the lathe profile of a form, and the painted pattern that wraps around it."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from museum.demo.art import ornament
from museum.demo.art.brush import darken, fbm, generator, plain, tiled
from museum.demo.art.ornament import Canvas, Palette

FORMS = ("vase", "meiping", "bowl", "jar", "bottle", "gourd", "plate")
STYLES = (
    "blue-and-white",
    "famille-rose",
    "doucai",
    "underglaze-red",
    "cizhou",
    "yellow",
    "celadon",
    "crackle",
    "monochrome",
)
FLOWERS = ("lotus", "peony", "chrysanthemum", "prunus")

# Half profiles as (radius, height) in parts of the height, foot first.
_PROFILES: dict[str, tuple[tuple[float, float], ...]] = {
    "vase": (
        (0.2, 0),
        (0.205, 0.03),
        (0.24, 0.2),
        (0.33, 0.42),
        (0.345, 0.55),
        (0.25, 0.68),
        (0.125, 0.78),
        (0.11, 0.88),
        (0.17, 0.98),
        (0.185, 1.0),
    ),
    "meiping": (
        (0.17, 0),
        (0.17, 0.03),
        (0.17, 0.2),
        (0.23, 0.45),
        (0.315, 0.7),
        (0.31, 0.82),
        (0.2, 0.91),
        (0.09, 0.945),
        (0.08, 0.97),
        (0.11, 1.0),
    ),
    "bowl": ((0.42, 0), (0.42, 0.1), (0.62, 0.18), (0.88, 0.42), (1.02, 0.72), (1.1, 0.95), (1.14, 1.0)),
    "jar": (
        (0.29, 0),
        (0.3, 0.03),
        (0.36, 0.2),
        (0.47, 0.48),
        (0.49, 0.66),
        (0.42, 0.82),
        (0.26, 0.91),
        (0.24, 0.94),
        (0.25, 1.0),
    ),
    "bottle": (
        (0.18, 0),
        (0.19, 0.03),
        (0.28, 0.14),
        (0.325, 0.28),
        (0.27, 0.42),
        (0.13, 0.54),
        (0.075, 0.68),
        (0.07, 0.85),
        (0.095, 0.97),
        (0.1, 1.0),
    ),
    "gourd": (
        (0.2, 0),
        (0.21, 0.03),
        (0.3, 0.15),
        (0.335, 0.3),
        (0.26, 0.45),
        (0.15, 0.54),
        (0.19, 0.64),
        (0.215, 0.73),
        (0.15, 0.85),
        (0.065, 0.93),
        (0.075, 1.0),
    ),
    "plate": ((1.7, 0), (1.72, 0.2), (2.1, 0.35), (2.6, 0.62), (3.1, 0.85), (3.3, 1.0)),
}
_HEIGHTS = {"vase": 0.38, "meiping": 0.34, "bowl": 0.085, "jar": 0.3, "bottle": 0.33, "gourd": 0.32, "plate": 0.055}


def profile(form: str, seed: int) -> NDArray[np.float64]:
    """The outer half profile of a turned vessel.

    Returns (n, 2): radius and height in metres, from the foot ring (height 0) up to the lip; heights never fall.
    Each seed gives slightly other proportions. Raises KeyError for a form not in FORMS.
    """
    rng = generator(seed, "profile", form)
    points = np.array(_PROFILES[form])
    inner = slice(1, -1)
    points[inner, 0] *= 1 + rng.normal(0, 0.035, len(points) - 2)
    points[inner, 1] += rng.normal(0, 0.010, len(points) - 2)
    points[:, 0] *= rng.uniform(0.9, 1.12)
    points[:, 1] = np.maximum.accumulate(points[:, 1])
    smooth = ornament.curve(points, 12)
    smooth[:, 1] = np.clip(np.maximum.accumulate(smooth[:, 1]), 0, None)
    smooth[:, 1] /= smooth[-1, 1]
    smooth[:, 0] = np.maximum(smooth[:, 0], 0.02)
    return smooth * (_HEIGHTS[form] * rng.uniform(0.82, 1.2))


def palette(style: str, seed: int) -> Palette:
    """The colours of a style; raises KeyError for a style not in STYLES."""
    rng = generator(seed, "palette", style)
    cobalt = ((24, 44, 118), (36, 62, 146), (30, 36, 92), (44, 74, 150))[int(rng.integers(4))]
    pale = tuple(int(c * 0.45 + 0.55 * w) for c, w in zip(cobalt, (236, 242, 247), strict=True))
    mid = tuple(int(c * 0.75 + 0.25 * w) for c, w in zip(cobalt, (236, 242, 247), strict=True))
    blue = Palette((236, 241, 243), cobalt, mid, (214, 225, 238), mid, pale, pale)  # type: ignore[arg-type]
    red = (142, 44, 38)
    table: dict[str, Palette] = {
        "blue-and-white": blue,
        "famille-rose": Palette(
            ((246, 243, 236), (250, 236, 214), (232, 240, 228), (244, 228, 230))[int(rng.integers(4))],
            (92, 38, 44),
            (206, 92, 116),
            (248, 214, 216),
            (70, 138, 96),
            (216, 74, 104),
            (222, 176, 72),
        ),
        "doucai": Palette(
            (243, 243, 238),
            (34, 52, 122),
            (84, 148, 104),
            (246, 226, 170),
            (92, 158, 96),
            (196, 64, 48),
            (232, 186, 72),
        ),
        "underglaze-red": Palette(
            (240, 236, 230),
            (122, 30, 28),
            (168, 66, 56),
            (238, 210, 200),
            (150, 50, 44),
            (196, 108, 94),
            (214, 150, 130),
        ),
        "cizhou": Palette(
            (236, 224, 198), (42, 30, 24), (74, 54, 42), (222, 206, 176), (48, 36, 28), (88, 62, 46), (150, 116, 80)
        ),
        "yellow": Palette(
            (232, 178, 44), (120, 62, 20), (214, 150, 34), (244, 204, 96), (70, 118, 60), red, (250, 226, 140)
        ),
        "celadon": Palette(
            (158, 184, 160),
            (112, 146, 122),
            (142, 172, 148),
            (176, 200, 176),
            (128, 160, 136),
            (136, 166, 142),
            (168, 192, 168),
        ),
        "crackle": Palette(
            (206, 204, 186),
            (188, 186, 166),
            (198, 196, 176),
            (214, 212, 196),
            (192, 190, 170),
            (196, 194, 176),
            (210, 208, 192),
        ),
    }
    if style == "monochrome":
        ground = (
            (122, 20, 26),
            (28, 46, 112),
            (232, 184, 52),
            (70, 120, 92),
            (214, 226, 222),
            (54, 34, 30),
            (172, 96, 110),
        )[int(rng.integers(7))]
        near = tuple(int(c * 0.86) for c in ground)
        return Palette(ground, near, near, tuple(min(255, int(c * 1.07)) for c in ground), near, near, near)  # type: ignore[arg-type]
    chosen = table[style]
    if style == "blue-and-white" and rng.random() < 0.16:  # white reserved on blue
        chosen = replace(
            blue,
            ground=mid,
            outline=cobalt,
            light=(240, 244, 246),
            wash=(226, 234, 242),
            leaf=(232, 238, 244),
            accent=(240, 244, 246),
        )
    return chosen


def _bands(rng: np.random.Generator, canvas: Canvas, colours: Palette, form_flower: str) -> None:
    """Paint the bands from lip to foot: borders, shoulder, the main band, skirt."""
    width, height = canvas.width, canvas.height
    around = max(6, round(width / height * 6))
    rings: list[float] = []
    lip = height * rng.uniform(0.035, 0.055)
    y = height * 0.012
    if rng.random() < 0.6:
        ornament.meander(canvas, y + lip * 0.2, lip * 0.7, around * 6, colours.outline)
    else:
        ornament.diaper(canvas, y, lip, around * 8, colours)
    rings += [y, y + lip * 1.1]
    y += lip * 1.15
    collar = height * rng.uniform(0.1, 0.15)
    ornament.panels(canvas, y + collar * 0.05, collar, around * 2, colours, pointed=rng.random() < 0.7)
    y += collar * 1.08
    rings.append(y)
    shoulder = height * rng.uniform(0.09, 0.13)
    ornament.ruyi(canvas, y, shoulder, around, colours)
    for k in range(around):
        ornament.flower(canvas, k * width / around, y + shoulder * 0.55, shoulder * 0.2, colours, "rosette")
    y += shoulder * 1.1
    rings.append(y)
    foot = height * rng.uniform(0.1, 0.15)
    bottom = height * 0.985 - foot
    skirt = height * rng.uniform(0.04, 0.06)
    main = bottom - skirt - y
    middle = y + main / 2
    theme = int(rng.integers(5))
    if theme == 0:
        flow = max(2, round(width / (main * 1.5)))
        ornament.scroll(canvas, middle, main, flow, colours, form_flower)
    elif theme == 1:
        beasts = max(1, round(width / (main * 2.2)))
        for _ in range(beasts * 9):
            ornament.cloud(
                canvas,
                rng.uniform(0, width),
                y + rng.uniform(0.08, 0.92) * main,
                main * rng.uniform(0.045, 0.075),
                colours,
                bool(rng.random() < 0.5),
            )
        for k in range(beasts):
            ornament.dragon(canvas, middle, main, (k + 0.12) * width / beasts, width / beasts * 0.8, colours)
            ornament.pearl(canvas, (k + 0.03) * width / beasts, middle - main * 0.1, main * 0.045, colours)
    elif theme == 2:
        _garden(rng, canvas, y, main, colours, form_flower)
    elif theme == 3:
        rows = 3
        for row in range(rows):
            for k in range(around * 2):
                x = (k + 0.5 * (row % 2)) * width / (around * 2)
                cy = y + main * (row + 0.5) / rows
                ornament.flower(
                    canvas,
                    x,
                    cy,
                    min(main / rows * 0.42, width / around * 0.2),
                    colours,
                    form_flower if (k + row) % 2 else "rosette",
                )
                for side in (-1, 1):
                    ornament.leaf(
                        canvas,
                        x + side * width / around * 0.15,
                        cy + main * 0.06,
                        main * 0.09,
                        side * 1.1,
                        colours,
                        side * 0.3,
                    )
    else:
        ornament.waves(canvas, y + main * 0.72, main * 0.24, around * 2, colours)
        for k in range(around):
            ornament.cloud(
                canvas, (k + 0.5) * width / around, y + main * (0.18 + 0.14 * (k % 3)), main * 0.07, colours, k % 2 == 0
            )
        for k in range(max(2, around // 2)):
            _peak(
                canvas,
                (k + 0.5) * width / max(2, around // 2),
                y + main * 0.78,
                main * rng.uniform(0.4, 0.62),
                colours,
                rng,
            )
    y = bottom - skirt
    rings += [y, bottom]
    ornament.meander(canvas, y + skirt * 0.2, skirt * 0.62, around * 5, colours.outline)
    ornament.panels(canvas, bottom + foot * 0.06, foot * 0.94, around * 2, colours)
    rings.append(height * 0.985)
    for ring in rings:
        for offset, thick in ((0.0, height * 0.004), (height * 0.008, 1)):
            row = round(ring + offset)
            cv2.line(canvas.pixels, (0, row), (width, row), colours.outline, max(1, round(thick)))


def _peak(canvas: Canvas, x: float, y: float, size: float, colours: Palette, rng: np.random.Generator) -> None:
    """A rock standing in the waves, in facets."""
    ridge = np.column_stack(
        (np.linspace(-0.4, 0.4, 9), -np.array([0, 0.3, 0.55, 0.5, 1.0, 0.62, 0.7, 0.28, 0]) * rng.uniform(0.85, 1.1, 9))
    )
    points = ridge * size + (x, y)
    canvas.shape(points, colours.wash, colours.outline, max(1.0, size * 0.012))
    for k in range(1, 8):
        inner = np.vstack(
            (
                points[k],
                (points[k] * 0.45 + np.array([x, y]) * 0.55) + (size * 0.05, 0),
                (points[k] * 0.1 + np.array([x, y]) * 0.9),
            )
        )
        canvas.line(inner, colours.light if k % 2 else colours.outline, max(1.0, size * 0.014))


def _garden(rng: np.random.Generator, canvas: Canvas, top: float, height: float, colours: Palette, kind: str) -> None:
    """A branch growing from rocks around the vessel, in blossom, with birds."""
    width = canvas.width
    groups = max(1, round(width / (height * 1.7)))
    for group in range(groups):
        x0 = (group + rng.uniform(0.1, 0.3)) * width / groups
        reach = width / groups * 0.8
        _peak(canvas, x0, top + height * 0.97, height * 0.36, colours, rng)
        for branch in range(3):
            knots = np.array(
                [
                    [0, 0.9],
                    [0.18, 0.62 - 0.12 * branch],
                    [0.45, 0.5 - 0.16 * branch + rng.uniform(-0.1, 0.1)],
                    [0.95, 0.3 + 0.24 * branch - 0.2],
                ]
            )
            knots[:, 0] = x0 + knots[:, 0] * reach * rng.uniform(0.75, 1.0)
            knots[:, 1] = top + np.clip(knots[:, 1], 0.1, 0.92) * height
            path = ornament.curve(knots, 10)
            canvas.fill(ornament.ribbon(path, np.linspace(height * 0.035, height * 0.008, len(path))), colours.outline)
            for at in range(8, len(path), 3):
                side = -1 if at % 2 else 1
                turn = side * rng.uniform(0.5, 1.9)
                px, py = path[at]
                ornament.leaf(canvas, px, py, height * rng.uniform(0.07, 0.11), turn, colours, 0.3 * side)
                if rng.random() < 0.5:
                    size = height * rng.uniform(0.035, 0.085)
                    ornament.flower(
                        canvas, px + np.sin(turn) * size, py - abs(np.cos(turn)) * size, size, colours, kind, turn
                    )
        bx, by, size = x0 + reach * rng.uniform(0.5, 0.8), top + height * rng.uniform(0.1, 0.2), height * 0.07
        for wing in (-1, 1):
            feather = ornament.curve(
                np.array([[0, 0], [0.9 * wing, -0.8], [1.9 * wing, -0.5], [0.9 * wing, -0.1], [0, 0.2]]), 5
            )
            canvas.shape(feather * size + (bx, by), colours.wash, colours.outline, 1)
        body = ornament.curve(
            np.array([[-0.9, -0.25], [-0.4, -0.3], [0.4, 0.0], [1.4, 0.5], [0.2, 0.3], [-0.5, 0.1], [-0.9, -0.25]]), 4
        )
        canvas.shape(body * size + (bx, by), colours.accent, colours.outline, 1)


def _crackle(
    pixels: NDArray[np.uint8], rng: np.random.Generator, strength: float, colour: tuple[int, int, int]
) -> None:
    """Lay a net of fine cracks over the glaze, joined at the sides."""
    height, width = pixels.shape[:2]
    around = 1024 * max(1, round(width / 1024))  # whole tiles, so that the cracks join
    net = cv2.resize(tiled("crackle", height, around, rng), (width, height), interpolation=cv2.INTER_AREA)
    darken(pixels, cv2.convertScaleAbs(net, alpha=strength), colour)


def vessel_pattern(seed: int, style: str, width: int, height: int) -> NDArray[np.uint8]:
    """The unrolled painted surface of a vessel: (height, width, 3) uint8 RGB, albedo without light.

    The first row is the lip, the last one the foot; left and right edges join seamlessly. Raises KeyError for a style
    not in STYLES.
    """
    rng = generator(seed, "vessel", style)
    colours = palette(style, seed)
    pixels = plain(height, width, colours.ground)
    canvas = Canvas(pixels, seamless=True)
    unpainted = style in ("monochrome", "crackle")
    if not unpainted:
        flower = FLOWERS[int(rng.integers(len(FLOWERS)))]
        _bands(rng, canvas, colours, flower)
        if style in ("famille-rose", "doucai", "yellow"):
            cv2.rectangle(pixels, (0, 0), (width, max(1, height // 120)), colours.gold, -1)
    if style in ("blue-and-white", "underglaze-red"):  # the pigment pools and runs a little
        soft = cv2.GaussianBlur(pixels, (0, 0), max(0.6, height / 1100))
        cv2.addWeighted(pixels, 0.55, soft, 0.45, 0, dst=pixels)
        pool = fbm(rng, height // 4, width // 4, 18, 4)
        pool = np.minimum(pool, pool[:, ::-1]) * 0.9
        shade = cv2.resize((pool * 110).astype(np.uint8), (width, height))
        ink = cv2.subtract(np.full((height, width), 235, np.uint8), np.ascontiguousarray(pixels[..., 0]))
        darken(pixels, cv2.multiply(shade, ink, scale=1 / 150), colours.outline)
    if style == "celadon":  # the glaze lies deeper in the cuts
        pixels[:] = cv2.GaussianBlur(pixels, (0, 0), max(0.6, height / 900))
    if unpainted:
        shade = fbm(rng, max(2, height // 8), max(2, width // 8), 24, 4)
        shade = np.minimum(shade, shade[:, ::-1])
        darken(pixels, cv2.resize((shade * 90).astype(np.uint8), (width, height)), colours.outline)
    if style == "crackle" or (style in ("celadon", "cizhou") and rng.random() < 0.5):
        _crackle(pixels, rng, 0.8 if style == "crackle" else 0.3, (70, 50, 34))
    pits = tiled("grain", height, width, rng)
    darken(pixels, cv2.subtract(pits, 168), (110, 104, 98))
    return pixels
