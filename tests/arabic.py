"""A few words of Arabic: a language of an operator's file, written from right to left, with all forms for so many things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCENES = {
    "": "{count} مشهد",
    ".zero": "لا مشاهد",
    ".one": "مشهد واحد",
    ".two": "مشهدان",
    ".few": "{count} مشاهد",
    ".many": "{count} مشهدًا",
}
VIEWER = {
    "zoomIn": "تكبير",
    "zoomOut": "تصغير",
    "close": "إغلاق",
    "walkTo": "اذهب إلى {title}",
    "xrEnter": "شاهده بنظارة الواقع الافتراضي",
    "xrLeave": "غادر النظارة",
    "xrComfort": "الراحة",
    "scenes": "مشاهد القاعة",
    **{f"scenesCount{form}": words for form, words in SCENES.items()},
}
PAGES = {
    "museum": "المتحف",
    "home": "الرئيسية",
    "venues": "القاعات",
    "collection": "المجموعة",
    "exhibitions": "معارض على الإنترنت",
    "activities": "أنشطة",
    "search": "بحث",
    "enter-venue": "ادخل",
    **{f"scene-count{form}": words for form, words in SCENES.items()},
}
HEAD: dict[str, Any] = {"name": "العربية", "short": "ع", "direction": "rtl", "fallbacks": ["en"], "comma": "، "}


def write_file(folder: Path) -> None:
    """The language's file, as an operator puts it there."""
    folder.mkdir(parents=True)
    said = {"language": "ar", **HEAD, "texts": {"pages": PAGES, "viewer": VIEWER}}
    (folder / "ar.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def write_answers(folder: Path) -> None:
    """What a museum that speaks it answers to a viewer on somebody's page."""
    told = {"tag": "ar", **HEAD, "also": [], "voices": ["ar"], "space": " ", "words": "/ar.json"}
    (folder / "api" / "v1" / "languages").write_text(json.dumps({"languages": [told]}), encoding="utf-8")
    (folder / "ar.json").write_text(json.dumps({"viewer": VIEWER}), encoding="utf-8")
