"""Content states on their way through addresses, IIIF Content State 1.0 § 6: JSON, percent-encoded, as base64url without padding. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import msgspec

LONGEST = 8_000
"""Characters, as many as an address may have."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")
_UNRESERVED = "!'()*~"
"""What JavaScript's encodeURIComponent leaves as it is, beyond what Python's quote does."""


class Unreadable(ValueError):
    """The text is no content state."""


def encode(state: Any) -> str:
    """A content state as it goes into an address."""
    text = msgspec.json.encode(state).decode()
    return base64.urlsafe_b64encode(quote(text, safe=_UNRESERVED).encode("ascii")).decode("ascii").rstrip("=")


def decode(text: str) -> Any:
    """The JSON of an encoded content state. Raises Unreadable."""
    if len(text) > LONGEST or not _BASE64URL.fullmatch(text):
        raise Unreadable("not base64url, or too long")
    packed = text.rstrip("=")
    try:
        quoted = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error as error:
        raise Unreadable(str(error)) from None
    return parse(unquote_to_bytes(quoted))


def parse(text: str | bytes) -> Any:
    """The JSON of a content state. Raises Unreadable, however deep it is nested."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
