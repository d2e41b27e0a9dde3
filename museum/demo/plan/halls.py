"""The five halls: titles, themes, what hangs in them and their share of everything."""

from __future__ import annotations

from dataclasses import dataclass

FULL_SCENES = 468
FULL_PICTURES = 2342
FULL_ARTIFACTS = 1123
FULL_TREASURES = 15


@dataclass(frozen=True)
class Category:
    """How pictures of a category hang: heights in metres (least, most), proportions width : height, in a frame or cut out, weight."""

    key: str
    heights: tuple[float, float]
    proportions: tuple[float, ...]
    cut_out: bool
    weight: float


CATEGORIES = {
    category.key: category
    for category in (
        Category("photograph", (0.5, 0.85), (4 / 3, 4 / 3, 3 / 4), False, 5),
        Category("map", (0.9, 1.4), (5 / 4, 3 / 4), False, 2),
        Category("poster", (0.85, 1.25), (2 / 3,), False, 3),
        Category("calligraphy", (1.0, 1.7), (2 / 5, 1 / 2, 1.0), False, 3),
        Category("landscape", (0.8, 1.7), (1 / 2, 2.0, 1.0), False, 3),
        Category("seal", (0.3, 0.36), (1.0,), True, 2),
        Category("bronze", (0.5, 0.72), (1.0,), True, 2),
        Category("jade", (0.3, 0.4), (1.0,), True, 2),
        Category("porcelain", (0.42, 0.66), (3 / 4,), True, 3),
        Category("coin", (0.3, 0.38), (1.0,), True, 3),
    )
}
"""Cut-outs have one proportion each: the picture is as wide as the object's own photograph."""


@dataclass(frozen=True)
class Hall:
    key: str
    title: tuple[str, str, str]
    theme: str
    categories: tuple[str, ...]
    scenes: int
    artifact_share: float
    rooms: tuple[tuple[str, str, str], ...]


HALLS = (
    Hall(
        "tianjin-century",
        ("中華百年看天津", "中华百年看天津", "Tianjin through a Century"),
        "indigo",
        ("photograph", "map", "poster"),
        112,
        0.30,
        (
            ("三岔河口", "三岔河口", "Where Three Rivers Meet"),
            ("開埠", "开埠", "The Treaty Port"),
            ("老龍頭車站", "老龙头车站", "The Old Station"),
            ("洋務", "洋务", "Arsenal and Academy"),
            ("電車與街市", "电车与街市", "Trams and Markets"),
            ("五大道", "五大道", "The Five Avenues"),
            ("近代工業", "近代工业", "Works and Chimneys"),
            ("新學", "新学", "New Schools"),
            ("解放橋", "解放桥", "The Iron Bridge"),
            ("月份牌", "月份牌", "Calendar Posters"),
            ("戲園與報館", "戏园与报馆", "Theatres and Presses"),
            ("海河", "海河", "The Hai River"),
            ("北塘", "北塘", "Beitang by the Sea"),
            ("新城", "新城", "The New City"),
        ),
    ),
    Hall(
        "tianjin-origins",
        ("天津人文的由來", "天津人文的由来", "Origins of Tianjin"),
        "ink",
        ("map", "calligraphy", "landscape", "seal", "bronze"),
        98,
        0.45,
        (
            ("退海成陸", "退海成陆", "Land from the Sea"),
            ("薊縣古道", "蓟县古道", "The Old Road of Ji"),
            ("運河", "运河", "The Grand Canal"),
            ("漕糧入海", "漕粮入海", "Grain Barges"),
            ("設衛築城", "设卫筑城", "A Garrison Walled"),
            ("長蘆鹽業", "长芦盐业", "Salt of Changlu"),
            ("天后宮", "天后宫", "The Sea Goddess"),
            ("水西莊", "水西庄", "The Garden West of the Water"),
            ("文人書畫", "文人书画", "Scholars' Brush"),
            ("金石", "金石", "Bronze and Stone"),
            ("印譜", "印谱", "Books of Seals"),
            ("城廂", "城厢", "Inside the Walls"),
            ("鼓樓", "鼓楼", "The Drum Tower"),
        ),
    ),
    Hall(
        "treasures",
        ("耀世奇珍", "耀世奇珍", "Treasures"),
        "oxblood",
        ("landscape", "calligraphy", "jade", "bronze", "porcelain"),
        84,
        0.58,
        (
            ("山水", "山水", "Mountains and Water"),
            ("法書", "法书", "Masters of the Brush"),
            ("禮玉", "礼玉", "Ritual Jades"),
            ("吉金", "吉金", "Auspicious Bronze"),
            ("御窯", "御窑", "The Imperial Kiln"),
            ("長卷", "长卷", "The Long Scroll"),
            ("鼎彝", "鼎彝", "Tripods and Vessels"),
            ("玉佩", "玉佩", "Jade to Wear"),
            ("扇面", "扇面", "Fans"),
            ("珍賞", "珍赏", "The Connoisseur's Table"),
            ("清供", "清供", "The Scholar's Studio"),
            ("壓卷", "压卷", "The Last Leaf"),
        ),
    ),
    Hall(
        "porcelain",
        ("瓷都芳華", "瓷都芳华", "Porcelain of Jingdezhen, Ming and Qing"),
        "celadon",
        ("porcelain",),
        92,
        0.56,
        (
            ("高嶺", "高岭", "Kaolin"),
            ("永宣青花", "永宣青花", "Blue and White of Yongle and Xuande"),
            ("成化鬥彩", "成化斗彩", "Doucai of Chenghua"),
            ("嘉萬五彩", "嘉万五彩", "Wucai of Jiajing and Wanli"),
            ("康熙", "康熙", "Kangxi"),
            ("雍正", "雍正", "Yongzheng"),
            ("乾隆", "乾隆", "Qianlong"),
            ("粉彩", "粉彩", "Famille Rose"),
            ("單色釉", "单色釉", "Single Glazes"),
            ("窯火", "窑火", "Kiln and Fire"),
            ("外銷", "外销", "Across the Sea"),
            ("文房", "文房", "For the Desk"),
            ("珠山八友", "珠山八友", "Painters of Zhushan"),
        ),
    ),
    Hall(
        "coins",
        ("幣覽春秋", "币览春秋", "Coins through the Ages"),
        "ochre",
        ("coin",),
        82,
        0.54,
        (
            ("貝與布", "贝与布", "Cowrie and Spade"),
            ("刀幣", "刀币", "Knives"),
            ("半兩", "半两", "Half-Liang of Qin"),
            ("五銖", "五铢", "Five Zhu of Han"),
            ("開元通寶", "开元通宝", "Kaiyuan Tongbao"),
            ("兩宋", "两宋", "The Two Songs"),
            ("會子與寶鈔", "会子与宝钞", "Paper Notes"),
            ("永樂通寶", "永乐通宝", "Yongle Tongbao"),
            ("五帝錢", "五帝钱", "Coins of Five Emperors"),
            ("銀錠", "银锭", "Silver Ingots"),
            ("機製幣", "机制币", "Struck by Machine"),
            ("天津造幣廠", "天津造币厂", "The Tianjin Mint"),
        ),
    ),
)

LOBBY_TITLE = ("序廳", "序厅", "Lobby")
