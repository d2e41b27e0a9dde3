"""Tags of languages, BCP 47 (RFC 5646, section 2.1): language, script, region and variants. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST = 16
"""Characters of a tag: what columns hold."""

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)")


@lru_cache(1024)
def canonical_tag(tag: str) -> str | None:
    """The tag as it is written, `zh-Hant` for `ZH_hant`; None for what is no tag, is longer than LONGEST, or has extensions."""
    found = _TAG.fullmatch(tag.strip().lower().replace("_", "-"))
    if found is None:
        return None
    language, script, region, variants = found.groups()
    made = "-".join([language, *([script.title()] if script else []), *([region.upper()] if region else [])]) + variants
    return made if len(made) <= LONGEST else None


def candidates(tag: str) -> list[str]:
    """What a tag of a visitor may be matched by, in lower case, the nearest first.

    A script counts before a region, wherever it stands: `zh-Hans-HK` is zh-hans, before it could be zh-hk.
    """
    primary, *rest = tag.strip().lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    regions = [part for part in rest if len(part) == 2 or (len(part) == 3 and part.isdigit())]
    whole = "-".join([primary, *rest])
    return list(dict.fromkeys([whole, *(f"{primary}-{part}" for part in (*scripts, *regions)), primary]))
