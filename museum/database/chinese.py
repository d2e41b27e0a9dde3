"""Chinese from one script into the other, by phrase: 头发 → 頭髮, 发展 → 發展."""

from __future__ import annotations

from functools import cache
from typing import Any

OTHER_SCRIPT = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
_TABLES = {"zh-Hans": "t2s", "zh-Hant": "s2t"}


@cache
def _converter(table: str) -> Any:
    from opencc import OpenCC

    return OpenCC(table)


def into_script(text: str, language: str) -> str:
    """A text of the other script in that of `language`, `zh-Hans` or `zh-Hant`. A machine's proposal: names may need another character."""
    return str(_converter(_TABLES[language]).convert(text))
