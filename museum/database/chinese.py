"""Chinese from one script into the other, by phrase: 头发 → 頭髮, 发展 → 發展."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

OTHER_SCRIPT = {"zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
_WRITTEN = re.compile("(?<![名原論论專专合遺遗編编土顯显昭卓])著(?![名作述錄录書书稱称者])")
"""著 where it is 着 in Simplified, which the table by phrase leaves: 循着, but 著名 and 名著."""
_TABLES = {"zh-Hans": "t2s", "zh-Hant": "s2t"}


@cache
def _converter(table: str) -> Any:
    from opencc import OpenCC

    return OpenCC(table)


def into_script(text: str, language: str) -> str:
    """A text of the other script in that of `language`, `zh-Hans` or `zh-Hant`. A machine's proposal: names may need another character."""
    converted = str(_converter(_TABLES[language]).convert(text))
    return _WRITTEN.sub("着", converted) if language == "zh-Hans" else converted
