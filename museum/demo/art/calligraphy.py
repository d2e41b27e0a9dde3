"""Calligraphy: verses in columns, couplets and great single characters, with flying white and seals."""

import cv2
import numpy as np

from museum.demo.art import ornament
from museum.demo.art.brush import darken, fbm, generator, tiled
from museum.demo.art.lettering import column, glyph, stamp
from museum.demo.art.picture import Picture, Traits, choose
from museum.demo.art.sheet import PAPERS, POEMS, SEALS, inscribe, mount, press_seal, sheet

_COLOURED = ((204, 92, 66), (196, 164, 96), (150, 172, 152), (226, 196, 176), (58, 62, 84))


def draw(seed: int, width: int, height: int, traits: Traits) -> Picture:
    """One sheet of writing, mounted."""
    rng = generator(seed, "calligraphy")
    form = choose(traits.variant, rng, 4)
    tinted = bool(rng.random() < 0.3)
    which = int(rng.integers(len(_COLOURED)))
    base = _COLOURED[which] if tinted else PAPERS[int(rng.integers(len(PAPERS)))]
    pixels = sheet(rng, height, width, base, float(rng.uniform(0.2, 0.8)), bool(rng.random() < 0.3))
    unit = min(width, height)
    pale_ink = tinted and which == 4  # gold on indigo
    ink = (222, 188, 108) if pale_ink else ((24, 22, 22), (34, 28, 26), (20, 22, 28))[int(rng.integers(3))]
    if tinted or rng.random() < 0.3:  # gold flecks, or a faint printed ground of clouds
        flecks = cv2.convertScaleAbs(cv2.subtract(tiled("stone", height, width, rng), 186), alpha=6)
        darken(pixels, flecks, (218, 180, 98))
        tone = tuple(int(c * 0.9) for c in base)
        canvas = ornament.Canvas(pixels)
        colours = ornament.Palette(base, tone, base, base, base, base, base)  # type: ignore[arg-type]
        if rng.random() < 0.5:
            for _ in range(26):
                ornament.cloud(
                    canvas,
                    rng.uniform(0, width),
                    rng.uniform(0, height),
                    unit * 0.06,
                    colours,
                    bool(rng.random() < 0.5),
                )
    edge_x = int(unit * (0.11 if height > width else 0.2))
    edge_y = int(unit * (0.21 if height > width else 0.1))
    inner_w, inner_h = width - 2 * edge_x, height - 2 * edge_y
    verse = traits.inscription or POEMS[int(rng.integers(len(POEMS)))]
    coverage = np.zeros((height, width), np.uint8)
    if form == 0 and not traits.inscription:
        verse = "福壽龍虎和靜禪德道寧樂春"[int(rng.integers(12))]
        size = int(min(inner_w, inner_h) * 0.82)
        stamp(
            coverage,
            glyph(verse, size, "brush", max(0, size // 160)),
            (width - size) // 2 + int(unit * 0.03),
            (height - size) // 2,
        )
        signed = width // 2 - size // 2 + int(unit * 0.02)
        cell = int(unit * 0.05)
    else:
        signature = int(inner_w * 0.12)
        best, count = 0, 1
        for columns in range(1, 12):
            cell = int(min((inner_w - signature) / columns / 1.24, inner_h / -(-len(verse) // columns) / 1.08))
            if cell > best:
                best, count = cell, columns
        cell, per = best, -(-len(verse) // count)
        step = (inner_w - signature) / count
        for k in range(count):
            x = int(width - edge_x - (k + 0.5) * step - cell / 2)
            top = edge_y + int(max(0, inner_h - per * cell * 1.08) * 0.4)
            column(coverage, verse[k * per : (k + 1) * per], x, top, cell, "brush", 0, 1.08, rng)
            if form == 1:
                rule = edge_x + int(k * step)
                darken_line = np.zeros_like(coverage)
                cv2.line(
                    darken_line,
                    (rule + signature, edge_y),
                    (rule + signature, height - edge_y),
                    120,
                    max(1, unit // 500),
                    cv2.LINE_AA,
                )
                darken(pixels, darken_line, (170, 70, 58))
        signed = edge_x + signature
    # the brush runs dry along the column: streaks open in the strokes where the ink is spent
    streaks = cv2.rotate(tiled("dry", width, height, rng), cv2.ROTATE_90_CLOCKWISE)
    spent = cv2.resize((fbm(rng, height // 8, width // 8, 7, 3) * 255).astype(np.uint8), (width, height))
    load = cv2.add(
        cv2.convertScaleAbs(cv2.subtract(streaks, 60), alpha=1.5),
        cv2.convertScaleAbs(cv2.subtract(np.full_like(spent, 215), spent), alpha=2.2),
    )
    rough = cv2.add(
        coverage,
        cv2.convertScaleAbs(
            cv2.multiply(
                cv2.GaussianBlur(coverage, (0, 0), 2.2),
                cv2.subtract(tiled("grain", height, width, rng), 108),
                scale=1 / 60,
            ),
            alpha=1.0,
        ),
    )
    rough = cv2.multiply(cv2.convertScaleAbs(cv2.subtract(rough, 40), alpha=1.22), cv2.max(load, 70), scale=1 / 255)
    darken(pixels, rough, ink)
    small = max(12, min(int(unit * 0.045), int(cell * 0.42)))
    who = ("沽上漁人", "津門客", "直沽老人", "海河釣徒", "問津主人", "潞河生")[int(rng.integers(6))]
    when = "甲子乙丑丙寅丁卯戊辰己巳庚午辛未"[2 * int(rng.integers(8)) :][:2]
    left = inscribe(
        pixels,
        rng,
        [f"{when}{'春夏秋冬'[int(rng.integers(4))]}日{who}書"],
        max(signed, small * 2),
        int(height * 0.42),
        small,
        ink,
    )
    for k in range(2):
        press_seal(
            pixels,
            rng,
            (who[:2], SEALS[int(rng.integers(len(SEALS)))])[k],
            left + small,
            int(height * 0.42) + int(small * (10.2 + 1.9 * k)),
            int(small * 1.6),
        )
    press_seal(
        pixels,
        rng,
        SEALS[int(rng.integers(len(SEALS)))],
        width - edge_x - small,
        edge_y + int(unit * 0.01),
        int(small * 1.5),
    )
    return Picture(
        mount(
            pixels,
            rng,
            ((146, 138, 118), (100, 108, 104), (160, 146, 116), (88, 92, 106), (128, 110, 92))[int(rng.integers(5))],
        )
    )
