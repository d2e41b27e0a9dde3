# ruff: noqa: E501 (sentences in two languages side by side)
"""Annotations of the treasures, by the form of the thing: where the eye should rest, and what it sees there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from museum.demo.records.words import Texts, say


@dataclass(frozen=True)
class NoteRecord:
    """A note at the place that is met first by a ray towards the thing's axis: from the `side`, at `angle` degrees to the right of its
    front and a share `at` of its height; or from `above`, at `angle` and a share `at` of its greatest radius."""

    way: Literal["side", "above"]
    angle: float
    at: float
    title: Texts
    description: Texts

    def texts(self) -> dict[str, Texts]:
        """Texts of the annotation by field name."""
        return {"title": self.title, "description": self.description}


def _note(
    way: Literal["side", "above"], angle: float, at: float, hant: str, en: str, told: str, told_en: str
) -> NoteRecord:
    return NoteRecord(way, angle, at, say(hant, en), say(told, told_en))


NOTES: dict[str, tuple[NoteRecord, ...]] = {
    "meiping": (
        _note(
            "side",
            20,
            0.95,
            "小口",
            "The mouth",
            "口只容一枝梅花的瘦骨，瓶因此得名。原有蓋，蓋亦可作酒杯。",
            "The mouth holds no more than the bare branch of a plum: hence the name. It once had a lid, which served as a cup.",
        ),
        _note(
            "side",
            0,
            0.72,
            "豐肩",
            "The shoulder",
            "器身最寬處，纏枝到這裡展得最開。瓶分段拉坯，接痕在裡面還摸得到。",
            "The widest part, where the scroll opens furthest. The body was thrown in sections; the joint can still be felt inside.",
        ),
        _note(
            "side",
            -25,
            0.2,
            "脛部",
            "The foot",
            "收束的脛部留出一圈空白，使全器看來像立起身的鶴。",
            "The drawn-in foot leaves a band of white, which makes the whole seem to stand like a crane.",
        ),
    ),
    "ding": (
        _note(
            "side",
            0,
            0.62,
            "獸面紋",
            "The animal mask",
            "以中線為鼻，左右對稱展開的獸面，雙目最先看見。側光下紋飾的深淺最清楚。",
            "A mask unfolded to both sides of its nose: the eyes are what one sees first. Raking light shows best how deep it is cut.",
        ),
        _note(
            "side",
            88,
            0.985,
            "立耳",
            "An upright handle",
            "以杠穿過雙耳便可抬動。八十六公分高的鼎，空著也要數人合力。",
            "A pole through both handles carried it. At 86 cm the vessel takes several people even when empty.",
        ),
        _note(
            "side",
            0,
            0.2,
            "柱足",
            "A pillar leg",
            "三足鼎立，地不平也穩。足內有範芯，鑄時省銅，冷卻也較均勻。",
            "Three legs stand firm on any ground. A clay core within saved bronze and let them cool evenly.",
        ),
    ),
    "bell": (
        _note(
            "side",
            0,
            0.7,
            "枚",
            "The bosses",
            "成列的乳釘不只是裝飾：它們使振動很快衰減，樂音才不致相混。",
            "The rows of bosses are no mere ornament: they damp the sound quickly, so that notes do not run together.",
        ),
        _note(
            "side",
            0,
            0.14,
            "正鼓",
            "Where the first note is struck",
            "敲這裡得一音；敲旁側的側鼓，得另一音，相差約三度。",
            "Struck here it gives one note; struck at the side it gives another, about a third apart.",
        ),
    ),
    "gourd": (
        _note(
            "side",
            15,
            0.75,
            "上腹",
            "The upper bulb",
            "上下兩腹分開拉坯，趁濕接合，接縫藏在束腰處。",
            "The two bulbs were thrown apart and joined while wet; the seam hides in the waist.",
        ),
        _note(
            "side",
            -10,
            0.3,
            "粉彩花卉",
            "The enamelled flowers",
            "彩料中加了砷，燒成後不透明如粉，能染出花瓣的深淺。",
            "Arsenic in the enamel made it opaque as powder, so that petals could be shaded.",
        ),
    ),
    "cong": (
        _note(
            "side",
            45,
            0.8,
            "轉角",
            "A corner",
            "四角成對刻出橫槽，遠看如層層相疊的簡化人面。",
            "Grooves are cut in pairs across the four corners: from afar like simplified faces, one above the other.",
        ),
        _note(
            "above",
            0,
            0.9,
            "中孔",
            "The bore",
            "從兩端對鑽而成，中間略有錯位的臺階。外方內圓，古人以禮地。",
            "Drilled from both ends, with a slight step where the borings meet. Square without and round within, it served in rites to the earth.",
        ),
    ),
    "moonflask": (
        _note(
            "side",
            0,
            0.45,
            "圓腹",
            "The moon",
            "兩片圓形模製的瓶腹相合，正中的團花像月中之影。",
            "Two moulded discs joined into one body; the medallion at its centre is like the shadow in the moon.",
        ),
        _note(
            "side",
            90,
            0.85,
            "雙耳",
            "A handle",
            "耳由頸彎到肩，原可穿繫繩帶。此形從西亞的扁壺而來。",
            "The handle bends from neck to shoulder and could take a cord. The shape came from the flasks of western Asia.",
        ),
    ),
    "cash": (
        _note(
            "side",
            0,
            0.85,
            "面文",
            "The legend",
            "四字直讀，上下右左。換成素胎與側光，字口的起伏分明可見。",
            "Four characters, read top, bottom, right, left. In plain clay and raking light their relief stands out.",
        ),
        _note(
            "side",
            3,
            0.968,
            "外郭",
            "The rim",
            "邊緣凸起的郭護住文字，磨損先磨到它。",
            "The raised rim guards the characters: wear reaches it first.",
        ),
    ),
    "plate": (
        _note(
            "above",
            0,
            0.15,
            "盤心",
            "The well",
            "先以青花勾勒入窯，出窯後填彩，再以低溫燒一次。",
            "Outlined in blue and fired; then filled in with enamels and fired again at a lower heat.",
        ),
        _note(
            "above",
            60,
            0.92,
            "口沿",
            "The rim",
            "口沿的一線青花收住全盤的顏色。",
            "A line of blue at the rim holds in the colours of the whole dish.",
        ),
    ),
    "seal": (
        _note(
            "side",
            0,
            0.75,
            "獸鈕",
            "The beast knob",
            "獸伏於印臺，可穿繩佩帶，也便於握持。",
            "The beast crouches on the block: a cord can pass it, and a hand holds it well.",
        ),
        _note(
            "side",
            0,
            0.25,
            "印臺",
            "The block",
            "壽山石溫潤易刻。印文在底面，把器物翻過來看。",
            "Shoushan stone is mild and cuts easily. The characters are below: turn it over.",
        ),
    ),
    "spade": (
        _note(
            "side",
            0,
            0.45,
            "幣文",
            "The legend",
            "「安陽」二字分列中線兩側，標明鑄地。",
            "The two characters of Anyang stand at both sides of the middle line and name the mint.",
        ),
        _note(
            "side",
            88,
            0.05,
            "方足",
            "A foot",
            "平首方足，是由鏟形農具簡化而來。",
            "The flat head and square feet are what is left of a farmer's spade.",
        ),
    ),
    "gu": (
        _note(
            "side",
            0,
            0.9,
            "喇叭口",
            "The trumpet mouth",
            "口沿外侈，飲酒其實不便：到商代晚期它已是禮器。",
            "So wide a mouth is awkward to drink from: by late Shang it was a vessel for rites.",
        ),
        _note(
            "side",
            0,
            0.5,
            "腰部",
            "The waist",
            "兩道扉棱之間是夔龍，只有一足。",
            "Between two flanges is the kui dragon, which has but one foot.",
        ),
        _note(
            "side",
            0,
            0.15,
            "高足",
            "The foot",
            "足上的紋飾與腰部相呼應，一範鑄成。",
            "The pattern of the foot answers that of the waist; both came from one mould.",
        ),
    ),
    "bi": (
        _note(
            "side",
            0,
            0.82,
            "穀紋",
            "The grain",
            "小渦成行，如禾苗初生。側光之下，每一粒都有影子。",
            "Small curls in rows like seedlings. In raking light every grain has its shadow.",
        ),
        _note(
            "side",
            2,
            0.96,
            "外緣",
            "The edge",
            "邊緣一圈素帶，磨得最平。",
            "A plain band runs around the edge, ground flattest of all.",
        ),
    ),
    "teapot": (
        _note(
            "above",
            0,
            0.02,
            "寶珠鈕",
            "The pearl",
            "蓋鈕如珠，中有氣孔：按住它，茶就倒不出來。",
            "The knob is a pearl with an air hole: stop it, and no tea will pour.",
        ),
        _note(
            "side",
            90,
            0.55,
            "短流",
            "The spout",
            "流口與壺口齊平，才能斟得滿。",
            "The tip of the spout is level with the rim, or the pot could not be filled.",
        ),
        _note(
            "side",
            0,
            0.35,
            "圓腹",
            "The belly",
            "粉彩花卉繞壺一周，沒有首尾。",
            "Flowers run all around the pot, without beginning or end.",
        ),
    ),
    "bottle": (
        _note(
            "side",
            0,
            0.85,
            "長頸",
            "The neck",
            "頸部與腹部分段拉坯，接痕藏在釉下。",
            "Neck and belly were thrown apart; the joint hides beneath the glaze.",
        ),
        _note(
            "side",
            0,
            0.3,
            "釉裡紅",
            "The copper red",
            "溫度高一分則飛，低一分則黑。此處紅得正好。",
            "A little too hot and the red flies off, a little too cool and it turns black. Here it is right.",
        ),
    ),
    "bowl": (
        _note(
            "side",
            0,
            0.6,
            "外壁",
            "The wall",
            "黃釉滿覆，花卉以青花畫在釉下。",
            "The yellow covers all; the flowers lie beneath it in blue.",
        ),
        _note(
            "above",
            0,
            0.1,
            "碗心",
            "The centre",
            "釉在低處積得略厚，色也更深。",
            "The glaze gathers where it is lowest, and is deeper in colour there.",
        ),
    ),
}
"""The notes of each form, in the order in which they are read."""
