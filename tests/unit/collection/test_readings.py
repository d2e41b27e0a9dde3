"""Chinese words without spaces, cut where a name or a word may end, and reigns by all their names."""

from __future__ import annotations

from museum.collection.readings import readings, renamed
from museum.database.texts import fold


def words(query: str) -> list[str]:
    return fold(query).split()


def first(query: str) -> list[str]:
    found = readings(words(query))
    return found[0] if found else []


def test_runs_are_cut_into_names_pairs_and_a_stray_character() -> None:
    cut = {
        "青花瓷": "青花 瓷",
        "青瓷碗": "青瓷 碗",
        "清乾隆青花瓶": "清乾隆 青花 瓶",
        "宋代钱币": "宋代 钱币",
        "宋瓷": "宋 瓷",
        "乾隆的瓷器": "乾隆 瓷器",
        "青花vase": "青花 vase",
        "vase 青花瓷": "vase 青花 瓷",
    }
    for query, parts in cut.items():
        assert first(query) == words(parts), query
    assert ["粉彩", "山水", "瓶"] in readings(["粉彩山水瓶"])


def test_what_is_one_word_stays_one() -> None:
    sentence = "这是一句很长很长的没有空格的话语"
    for query in ("瓷器", "乾隆", "清乾隆", "山瓶", "瓶", "vase", "famille rose", "的", sentence):
        assert readings(words(query)) == [], query


def test_a_reign_is_looked_for_by_all_its_names() -> None:
    assert renamed(words("Qianlong")) == [["qianlong"], words("乾隆")]
    assert renamed(words("乾隆 vase")) == [words("乾隆 vase"), ["qianlong", "vase"]]
    assert renamed(["ming"]) == [["ming"]]
    assert renamed(["瓷器"]) == [["瓷器"]]
