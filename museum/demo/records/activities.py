# ruff: noqa: E501 (sentences in two languages side by side)
"""Activities for learners, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as data_field
from typing import Any, Literal

from museum.demo.records.words import Term, Texts, say

StepKind = Literal["look", "read", "find", "answer", "draw"]


@dataclass(frozen=True)
class StepRecord:
    """One step. `picture` is a key of `activity_pictures()`; `data` what its kind needs: choices and answer, or what to find and where."""

    kind: StepKind
    title: Texts
    body: Texts
    picture: str | None = None
    data: dict[str, Any] = data_field(default_factory=dict[str, Any])

    def texts(self) -> dict[str, Texts]:
        return {"title": self.title, "body": self.body}


@dataclass(frozen=True)
class ActivityRecord:
    """An activity with its address, the key of its cover picture, and its steps."""

    slug: str
    title: Texts
    description: Texts
    cover: str
    steps: tuple[StepRecord, ...]

    def texts(self) -> dict[str, Texts]:
        return {"title": self.title, "description": self.description}


def _step(kind: StepKind, title: Term, body: Term, picture: str | None = None, **data: Any) -> StepRecord:
    return StepRecord(kind, say(*title), say(*body), picture, data)


def _find(title: Term, body: Term, picture: str, what: Term, at: tuple[float, float, float, float]) -> StepRecord:
    """`at`: left, top, width and height as parts of the picture."""
    return _step("find", title, body, picture, what=say(*what), at=list(at))


def _answer(title: Term, body: Term, picture: str | None, right: int, because: Term, *choices: Term) -> StepRecord:
    listed = [{"text": say(*choice), "right": number == right} for number, choice in enumerate(choices)]
    return _step("answer", title, body, picture, choices=listed, answer=say(*because))


def activities() -> list[ActivityRecord]:
    """Both activities."""
    return [_painting(), _seafood()]


def _painting() -> ActivityRecord:
    return ActivityRecord(
        "decorative-painting",
        say("畫一幅裝飾畫", "Draw a Decorative Painting"),
        say("瓷瓶身上的花，本來就是一幅圍成圓的畫。把它展開、描下、填上自己的顏色：一張紙，一支筆，半個鐘頭。", "The flowers on a vase are a painting bent into a circle. Unroll it, trace it, and fill it with colours of your own: one sheet, one pencil, half an hour."),
        "pattern-coloured",
        (
            _step("look", ("看一隻瓶", "Look at a vase"), ("先遠看：瓶從上到下分成幾層？再近看：哪些花樣一再重複？", "From afar: into how many bands is the vase divided? Then from close by: which shapes come again and again?"), "vase"),
            _step("read", ("把瓶身展開", "Unroll the vase"), ("像剝橘子皮一樣，把畫從瓶上揭下來攤平，左邊與右邊正好接上。工匠畫瓶以前，心裡就有這樣一張圖。", "Peel the painting off like the skin of an orange and lay it flat: its left and right edges meet. Painters had such a sheet in mind before they touched the vase."), "pattern-unrolled"),
            _find(("找一找", "Find it"), ("主花在最寬的一層，也是瓶子最鼓的地方。它在哪裡？", "The chief flower sits in the widest band, where the vase swells most. Where is it?"), "pattern-coloured", ("正中的大蓮花", "The great lotus in the middle"), (0.36, 0.3, 0.28, 0.4)),
            _answer(("想一想", "Think"), ("為什麼花紋常常排成一條一條的帶？", "Why are patterns so often set in bands?"), "pattern-unrolled", 1, ("瓶子一面轉、一面畫，筆停在同一高度，就畫出一圈帶。", "The vase turns on its wheel while the brush stays at one height, and a band comes about by itself."), ("帶子可以省顏料", "Bands save paint"), ("瓶在輪上轉，筆不動就是一圈", "The vase turns, and a resting brush draws a ring"), ("古人不會畫大畫", "Nobody could paint large pictures")),
            _step("draw", ("第一步：起稿", "Step one: outlines"), ("只畫輪廓。先定中線，左右對稱，花在中間，葉向兩邊捲。", "Outlines only. Begin with the middle line, keep both sides alike: flower in the middle, leaves curling outward."), "pattern-outline"),
            _step("draw", ("第二步：添花紋", "Step two: patterns"), ("給上下邊框添上回紋與水波，空白處點上小花，疏密要有節奏。", "Give the upper and lower borders meanders and waves, dot small flowers into the gaps, and mind the rhythm of dense and open."), "pattern-ornament"),
            _step("draw", ("第三步：填色", "Step three: colour"), ("青花只用一種藍，也能分出濃淡。選三種顏色：一種深，一種淺，一種最亮的留給花心。", "Blue-and-white needs only one blue, dark and pale. Choose three colours: one deep, one light, and the brightest for the flower's heart."), "pattern-coloured"),
            _step("look", ("掛起來", "Hang it up"), ("退後三步，瞇起眼睛：最先看到的是哪裡？那就是你的主花。", "Step back three paces and squint: what do you see first? That is your chief flower."), "classroom"),
        ),
    )  # fmt: skip


def _seafood() -> ActivityRecord:
    return ActivityRecord(
        "beitang-seafood",
        say("北塘海鮮", "Beitang Seafood"),
        say("從北塘人家的飯桌出發，走上碼頭，潛到渤海灣底，再回到教室：一條魚是怎樣來到盤裡的？", "From a table in Beitang out to the pier, down to the floor of the Bohai Bay and back to the classroom: how does a fish come to the plate?"),
        "table",
        (
            _step("look", ("一桌海味", "A table from the sea"), ("春吃梭魚，秋吃蟹。桌上有幾樣海鮮？數一數，說出它們的名字。", "Mullet in spring, crab in autumn. How many kinds of seafood lie on the table? Count them and name them."), "table"),
            _find(("找到螃蟹", "Find the crab"), ("蒸過的螃蟹變紅了。牠在哪一隻盤裡？", "Steaming has turned the crab red. On which plate is it?"), "table", ("紅色的蒸蟹", "The red steamed crab"), (0.34, 0.26, 0.32, 0.42)),
            _step("read", ("碼頭的清晨", "Morning at the pier"), ("北塘在薊運河口，鹹水與淡水在這裡相會。天未亮，漁船隨潮水回港，秤聲、人聲和海鷗聲響成一片。", "Beitang lies at the mouth of the Jiyun River, where salt water meets fresh. Before dawn the boats come home on the tide, and scales, voices and gulls are heard all at once."), "pier"),
            _step("look", ("潛下去", "Dive"), ("越往下越暗。魚游在中間，蝦貼近沙，蟹與蛤住在海底。", "It grows darker the deeper we go. Fish swim in the middle, shrimp keep near the sand, crabs and clams live on the bottom."), "sea"),
            _find(("誰藏在沙裡？", "Who hides in the sand?"), ("兩片殼合在一起，只露出一點邊。", "Two shells close tight, with only a rim to be seen."), "sea", ("沙裡的蛤蜊", "The clams in the sand"), (0.06, 0.88, 0.3, 0.12)),
            _answer(("想一想", "Think"), ("為什麼夏天漁船要停在港裡？", "Why do the boats stay in harbour in summer?"), "pier", 2, ("夏天是魚蝦產卵長大的時候。休漁，明年才有魚。", "In summer fish and shrimp spawn and grow. Resting the nets means fish next year."), ("夏天人們不吃魚", "Nobody eats fish in summer"), ("水太熱，船會壞", "The water is too warm for boats"), ("讓魚蝦產卵、長大", "To let fish and shrimp spawn and grow")),
            _step("draw", ("畫一條食物鏈", "Draw a food chain"), ("從海藻畫起：誰吃海藻，誰又吃牠？最後一格畫你自己。", "Begin with seaweed: who eats it, and who eats them? Draw yourself in the last box."), "food-chain"),
            _step("read", ("回到教室", "Back in the classroom"), ("把你的畫貼在黑板上。明天吃飯的時候，想一想盤裡的魚昨天在哪裡。", "Pin your drawing to the board. At tomorrow's meal, think where the fish on your plate was yesterday."), "classroom"),
        ),
    )  # fmt: skip
