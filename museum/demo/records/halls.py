# ruff: noqa: E501 (sentences in two languages side by side)
"""Texts of the museum, its halls, rooms and scenes."""

from __future__ import annotations

from museum.demo.records.words import Texts, say, sentences, simplified

DEMONSTRATION = (
    "本館為演示，一切展品與景物皆由程式計算生成。",
    "This museum is a demonstration: every object and view in it is computed.",
)

_HALLS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "tianjin-century": (
        ("中華百年看天津", "Tianjin through a Century"),
        ("汽笛、電車、報館與新學堂：一百年間，許多中國人的「第一次」發生在海河兩岸。循著照片與招貼走進街市，再從畫中走到實地，看同一地點的三個時代。", "Whistles, trams, presses and new schools: for a hundred years many of China's firsts happened along the Hai River. Walk into the streets by photograph and poster, and out of the picture to the place itself in three eras."),
    ),
    "tianjin-origins": (
        ("天津人文的由來", "Origins of Tianjin"),
        ("九河下梢，退海成陸。運河帶來漕糧與口音，鹽田帶來財富與書畫；一座城由水而生，也由水邊的人寫下自己的來歷。", "Where nine rivers end the sea drew back and left land. The canal brought grain and accents, the salt fields wealth and painting: a city born of water, its story written by those who lived beside it."),
    ),
    "treasures": (
        ("耀世奇珍", "Treasures"),
        ("山水、法書、吉金、禮玉、御瓷同聚一堂。燈只照著器物，其餘退入暗處；請走近，再走近一些。", "Landscapes, calligraphy, bronzes, ritual jades and imperial porcelain under one roof. The lamp falls on the object and all else steps back. Come close, and then closer."),
    ),
    "porcelain": (
        ("瓷都芳華", "Porcelain of Jingdezhen, Ming and Qing"),
        ("從永樂、宣德的青花到雍正、乾隆的粉彩，景德鎮的窯火五百年不熄。一室一朝，看泥土如何在火中開花。", "From the blue-and-white of Yongle and Xuande to the famille rose of Yongzheng and Qianlong, the fires of Jingdezhen burned for five hundred years. Reign by reign, see clay blossom in the flame."),
    ),
    "coins": (
        ("幣覽春秋", "Coins through the Ages"),
        ("由貝而布，由刀而圓，由銅而銀，由手鑄而機製。一枚小錢裡，有書法、有冶煉、有一個朝代的興衰。", "From cowrie to spade, from knife to round, from bronze to silver, from mould to machine: in one small coin are calligraphy, metallurgy, and a dynasty's rise and fall."),
    ),
}  # fmt: skip


def museum_texts() -> dict[str, Texts]:
    """Title, subtitle and description of the museum."""
    return {
        "title": say("津沽數字博物館（演示）", "Jingu Digital Museum (demonstration)"),
        "subtitle": say("五座展館，一條海河，三個時代", "Five halls, one river, three eras"),
        "description": sentences(
            ("由序廳步入五座展館，每一幅畫、每一件器物都可以打開、放大。", "From the lobby walk into five halls where every picture and every object opens and enlarges."),
            DEMONSTRATION,
        ),
    }  # fmt: skip


def hall_texts(key: str) -> dict[str, Texts]:
    """Title and description of a hall. Raises KeyError for an unknown one."""
    title, description = _HALLS[key]
    return {"title": say(*title), "description": sentences(description, DEMONSTRATION)}


def scene_texts(hall_key: str, title: tuple[str, str, str], number: int, count: int) -> dict[str, Texts]:
    """Title and description of the `number`-th of `count` scenes in a room whose title is (zh-Hant, zh-Hans, en)."""
    hall = _HALLS[hall_key][0]
    name = _titled(title)
    if count > 1:
        name = {
            language: f"{text} {number}" if language == "en" else f"{text} · {number}"
            for language, text in name.items()
        }
    hall_hans = simplified(hall[0])
    description = {
        "zh-Hant": f"{hall[0]}展館「{title[0]}」展廳，{count} 個觀看點之 {number}。",
        "zh-Hans": f"{hall_hans}展馆“{title[1]}”展厅，{count} 个观看点之 {number}。",
        "en": f"The room “{title[2]}” of the hall {hall[1]}, standing point {number} of {count}.",
    }
    return {"title": name, "description": description}


def _titled(title: tuple[str, str, str]) -> Texts:
    return {"zh-Hant": title[0], "zh-Hans": title[1], "en": title[2]}
