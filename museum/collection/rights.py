"""Addresses of licences and rights statements: the names that people know them by, and what they let people do.

Creative Commons licences and dedications (https://creativecommons.org), and the statements of https://rightsstatements.org; anything
else is words for people, from which nothing is concluded.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

_LICENCE = re.compile(r"/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)(?:/[a-z]{2})?/?(?:deed.*|legalcode.*)?")
_PUBLIC_DOMAIN = re.compile(r"/publicdomain/(zero|mark)/(\d\.\d)/?(?:deed.*|legalcode.*)?")
_STATEMENT = re.compile(r"/(?:vocab|page)/([A-Za-z-]+)/1\.0/?")
_STATEMENTS = {
    "InC": "In Copyright",
    "InC-OW-EU": "In Copyright – EU Orphan Work",
    "InC-EDU": "In Copyright – Educational Use Permitted",
    "InC-NC": "In Copyright – Non-Commercial Use Permitted",
    "InC-RUU": "In Copyright – Rights-holder(s) Unlocatable or Unidentifiable",
    "NoC-CR": "No Copyright – Contractual Restrictions",
    "NoC-NC": "No Copyright – Non-Commercial Use Only",
    "NoC-OKLR": "No Copyright – Other Known Legal Restrictions",
    "NoC-US": "No Copyright – United States",
    "CNE": "Copyright Not Evaluated",
    "UND": "Copyright Undetermined",
    "NKC": "No Known Copyright",
}
"""Of rightsstatements.org, version 1.0."""


def licence_name(address: str) -> str:
    """What people call the licence at an address: `CC BY-SA 4.0`, `CC0 1.0`; of an unknown one the host."""
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    if host == "creativecommons.org":
        if match := _LICENCE.fullmatch(parts.path):
            return f"CC {match[1].upper()} {match[2]}"
        if match := _PUBLIC_DOMAIN.fullmatch(parts.path):
            return f"{'CC0' if match[1] == 'zero' else 'Public Domain Mark'} {match[2]}"
    if host == "rightsstatements.org" and (match := _STATEMENT.fullmatch(parts.path)) and match[1] in _STATEMENTS:
        return _STATEMENTS[match[1]]
    return host or address


Use = Literal["free", "credited", "reserved", "unknown"]
"""`free`: for any use; `credited`: under the licence's conditions, naming the source; `reserved`: not without asking;
`unknown`: nothing is known, so nothing is offered."""

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:(publicdomain)/(?:zero|mark)|licenses/(by[a-z-]*))(?:/.*)?"
)
_ANY_STATEMENT = re.compile(r"https?://(?:www\.)?rightsstatements\.org/(?:vocab|page)/([A-Za-z-]+)(?:/.*)?")
_FREE_STATEMENTS = {"NoC-US", "NKC"}


def use_of(rights: str | None) -> Use:
    """What a visitor may do with a picture under `rights`."""
    text = (rights or "").strip()
    found = _CREATIVE_COMMONS.fullmatch(text)
    if found:
        return "free" if found[1] else "credited"
    found = _ANY_STATEMENT.fullmatch(text)
    if found is None:
        return "unknown"
    if found[1] in _FREE_STATEMENTS:
        return "free"
    return "unknown" if found[1] in ("UND", "CNE") else "reserved"


def may_download(rights: str | None) -> bool:
    """Whether the page of a picture offers it for download."""
    return use_of(rights) in ("free", "credited")


def rights_over(until: str | None, today: date) -> bool:
    """Whether rights that hold until the day `until` (ISO 8601, that day included) no longer do; without a day they don't end."""
    return until is not None and until < today.isoformat()
