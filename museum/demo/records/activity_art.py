# ruff: noqa: E501 (sentences in two languages side by side)
"""The sheets of the activities: flat illustrations, and a vessel's pattern in steps."""

from __future__ import annotations

from collections.abc import Callable

from museum.demo.records.activity_poster import PAPER, Pixels, Poster
from museum.demo.records.activity_scenes import classroom, food_chain, pier, sea, table
from museum.demo.records.activity_vessel import pattern, unrolled, vase
from museum.demo.records.words import Term, Texts, say, sentences

COMPUTED: Term = ("插圖由程式計算生成。", "A computed illustration.")
_DRAW: dict[str, tuple[Callable[[Poster], None], Term, Term]] = {
    "table": (table, ("北塘家宴", "A table in Beitang"), ("木桌上的魚、蟹、蝦、蛤與一碗米飯。", "Fish, crab, shrimp, clams and a bowl of rice on a wooden table.")),
    "pier": (pier, ("碼頭清晨", "Morning at the pier"), ("朝陽下的漁船、木棧橋與魚筐。", "Fishing boats, a wooden pier and baskets of fish at sunrise.")),
    "sea": (sea, ("渤海灣底", "Under the Bohai Bay"), ("從水面到沙底：魚群、蝦、蟹與蛤蜊。", "From the surface to the sand: fish, shrimp, a crab and clams.")),
    "food-chain": (food_chain, ("一條食物鏈", "A food chain"), ("海藻、蝦、魚與人，由箭頭連成一行。", "Seaweed, shrimp, fish and a person, joined by arrows.")),
    "classroom": (classroom, ("教室", "The classroom"), ("黑板上貼著三張畫，四個孩子坐在桌前。", "Three drawings on the board, four children at their desks.")),
    "vase": (vase, ("青花梅瓶", "A blue-and-white vase"), ("燈下的青花梅瓶，花紋分成幾層。", "A blue-and-white vase under a lamp, its pattern in bands.")),
    "pattern-unrolled": (unrolled, ("展開的瓶身", "The vase unrolled"), ("瓶身花紋攤平成一張長方形的畫。", "The vase's pattern laid flat as a rectangle.")),
    "pattern-outline": (lambda p: pattern(p, 0), ("裝飾畫：起稿", "Decorative painting: outlines"), ("只有輪廓線的花與葉。", "Flowers and leaves in outline only.")),
    "pattern-ornament": (lambda p: pattern(p, 1), ("裝飾畫：花紋", "Decorative painting: patterns"), ("添上回紋、水波與小花的線稿。", "The outlines with meanders, waves and small flowers.")),
    "pattern-coloured": (lambda p: pattern(p, 2), ("裝飾畫：填色", "Decorative painting: coloured"), ("填滿顏色的裝飾畫，正中一朵大蓮花。", "The painting in full colour, a great lotus in its middle.")),
}  # fmt: skip


def activity_pictures() -> list[str]:
    """The keys of all sheets."""
    return list(_DRAW)


def activity_picture_texts(key: str) -> dict[str, Texts]:
    """Title, caption and alternative text of a sheet. Raises KeyError for an unknown one."""
    _, title, words = _DRAW[key]
    return {"title": say(*title), "caption": sentences(words, COMPUTED), "alt": say(*words)}


def draw_activity_picture(key: str, width: int = 2000, height: int = 1500) -> Pixels:
    """Draw a sheet at any size and shape: (height, width, 3) RGB. Raises KeyError for an unknown key."""
    poster = Poster(width, height, PAPER)
    _DRAW[key][0](poster)
    return poster.pixels
