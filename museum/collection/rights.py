"""Addresses of licences and rights statements by the names that people know them by."""

from __future__ import annotations

import re
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
