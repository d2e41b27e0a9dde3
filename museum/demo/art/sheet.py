"""Paper and silk to work on, seals and inscriptions set onto it."""

import cv2
import numpy as np

from museum.demo.art.brush import Colour, Pixels, darken, fbm, plain, tiled
from museum.demo.art.lettering import column, seal_face

PAPERS: tuple[Colour, ...] = (
    (236, 226, 202),
    (224, 206, 170),
    (242, 236, 222),
    (206, 182, 140),
    (230, 214, 186),
    (216, 196, 158),
)
VERMILION: tuple[Colour, ...] = ((184, 40, 32), (166, 34, 34), (198, 58, 40))


def sheet(rng: np.random.Generator, height: int, width: int, base: Colour, age: float, silk: bool = False) -> Pixels:
    """A sheet of paper or silk: cloudy tone, fibres or weave, foxing, darker edges. `age` is 0..1."""
    small_h, small_w = max(16, height // 8), max(16, width // 8)
    tone = fbm(rng, small_h, small_w, 3, 6, 0.6)
    y, x = np.mgrid[0:small_h, 0:small_w].astype(np.float32)
    rim = np.minimum(np.minimum(x, small_w - 1 - x), np.minimum(y, small_h - 1 - y)) / max(4, min(small_h, small_w))
    edge = np.exp(-rim * 22) * 0.5
    spots = np.clip((fbm(rng, small_h, small_w, 26, 3) - 0.78) * 5, 0, 1) * 0.5
    stain = np.clip((tone * 0.42 + edge + spots) * (0.35 + 0.65 * age), 0, 1)
    dark = np.array(base, np.float32) * (0.62, 0.52, 0.4)
    small = np.array(base, np.float32) * (1 - stain[..., None]) + dark * stain[..., None]
    pixels = cv2.resize(small.astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    texture = (
        tiled("silk", height, width, rng)
        if silk
        else cv2.addWeighted(tiled("grain", height, width, rng), 1.0, tiled("fibre", height, width, rng), 0.32, 0)
    )
    lift = cv2.convertScaleAbs(cv2.subtract(texture, 118), alpha=0.34 if silk else 0.4)
    return cv2.subtract(
        pixels, cv2.merge([lift, cv2.convertScaleAbs(lift, alpha=1.1), cv2.convertScaleAbs(lift, alpha=1.3)])
    )


def press_seal(pixels: Pixels, rng: np.random.Generator, text: str, x: int, y: int, size: int) -> None:
    """Print a small red seal in place; parts off the sheet are left out."""
    height, width = pixels.shape[:2]
    x, y = max(0, min(x, width - size)), max(0, min(y, height - size))
    if size < 8 or size > min(width, height):
        return
    patch = np.ascontiguousarray(pixels[y : y + size, x : x + size])
    face = seal_face(text, size, bool(rng.random() < 0.5), rng)
    darken(patch, cv2.convertScaleAbs(face, alpha=0.9), VERMILION[int(rng.integers(len(VERMILION)))])
    pixels[y : y + size, x : x + size] = patch


def inscribe(
    pixels: Pixels,
    rng: np.random.Generator,
    lines: list[str],
    right: int,
    top: int,
    size: int,
    ink: Colour = (30, 28, 27),
) -> int:
    """Write short columns from the right to the left in place; returns the x of the last column."""
    coverage = np.zeros(pixels.shape[:2], np.uint8)
    x = right - size
    for line in lines:
        column(coverage, line, x, top, size, "brush", 0, 1.08, rng)
        x -= int(size * 1.3)
    left, box_top = max(0, x), max(0, top - size)
    part = np.ascontiguousarray(pixels[box_top:, left:right])
    darken(part, np.ascontiguousarray(coverage[box_top:, left:right]), ink)
    pixels[box_top:, left:right] = part
    return x


def mount(pixels: Pixels, rng: np.random.Generator, border: Colour) -> Pixels:
    """Set a work into its silk mounting: the same size, the work a little smaller, a thin line around it."""
    height, width = pixels.shape[:2]
    side, top = int(min(width, height) * 0.055), int(min(width, height) * (0.16 if height > width else 0.055))
    if width > height * 1.4:
        side, top = int(min(width, height) * 0.16), int(min(width, height) * 0.055)
    frame = plain(height, width, border)
    weave = cv2.convertScaleAbs(cv2.subtract(tiled("silk", height, width, rng), 100), alpha=0.4)
    frame = cv2.subtract(frame, cv2.cvtColor(weave, cv2.COLOR_GRAY2RGB))
    frame[top : height - top, side : width - side] = pixels[top : height - top, side : width - side]
    cv2.rectangle(
        frame, (side - 3, top - 3), (width - side + 2, height - top + 2), tuple(int(c * 0.62) for c in border), 2
    )
    return frame


POEMS: tuple[str, ...] = (
    "白日依山盡黃河入海流欲窮千里目更上一層樓",
    "千山鳥飛絕萬徑人蹤滅孤舟蓑笠翁獨釣寒江雪",
    "空山不見人但聞人語響返景入深林復照青苔上",
    "春眠不覺曉處處聞啼鳥夜來風雨聲花落知多少",
    "朝辭白帝彩雲間千里江陵一日還兩岸猿聲啼不住輕舟已過萬重山",
    "月落烏啼霜滿天江楓漁火對愁眠姑蘇城外寒山寺夜半鐘聲到客船",
    "遠上寒山石徑斜白雲生處有人家停車坐愛楓林晚霜葉紅於二月花",
    "兩個黃鸝鳴翠柳一行白鷺上青天窗含西嶺千秋雪門泊東吳萬里船",
    "故人西辭黃鶴樓煙花三月下揚州孤帆遠影碧空盡唯見長江天際流",
    "日照香爐生紫煙遙看瀑布掛前川飛流直下三千尺疑是銀河落九天",
    "獨在異鄉為異客每逢佳節倍思親遙知兄弟登高處遍插茱萸少一人",
    "渭城朝雨浥輕塵客舍青青柳色新勸君更盡一杯酒西出陽關無故人",
    "人閒桂花落夜靜春山空月出驚山鳥時鳴春澗中",
    "水光瀲灩晴方好山色空濛雨亦奇欲把西湖比西子淡妝濃抹總相宜",
)
SEALS = ("津門", "墨緣", "長樂", "山水", "清賞", "寶玩", "雲山", "平生", "沽上", "秋水", "得意", "珍藏")
