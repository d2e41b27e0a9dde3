"""The states in which things are, with their weights, and where they came from."""

from __future__ import annotations

from museum.demo.records.words import Term

CONDITIONS: tuple[tuple[str, str, int], ...] = (
    ("完整", "Intact", 46),
    ("基本完整", "Largely intact", 26),
    ("口沿微磕", "Slight chips", 9),
    ("局部磨損", "Worn in places", 10),
    ("有沖線", "Hairline crack", 4),
    ("曾經修補", "Repaired of old", 5),
)
PAPER_CONDITIONS: tuple[tuple[str, str, int], ...] = (
    ("完整", "Intact", 42),
    ("基本完整", "Largely intact", 28),
    ("有折痕", "Creased", 10),
    ("局部水漬", "Water stains in places", 8),
    ("邊緣磨損", "Edges rubbed", 8),
    ("曾經重裱", "Remounted", 4),
)
SOURCES: tuple[Term, ...] = (
    ("移交（演示）", "Transferred (demonstration)"),
    ("徵集（演示）", "Acquired (demonstration)"),
    ("捐贈（演示）", "Gift (demonstration)"),
    ("舊藏（演示）", "Old collection (demonstration)"),
    ("發掘出土（演示）", "Excavated (demonstration)"),
)
