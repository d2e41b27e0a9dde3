"""The head of a page: how it looks where its address is shared, what it says to programs, and the address that counts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup

from museum.collection.cards import Texts
from museum.database.texts import pick
from museum.languages import language_named, languages, match_language
from museum.web.language import translate
from museum.web.rendering import base_url
from museum.web.sharing import structured
from museum.web.sharing.structured import Node
from museum.web.sharing.views import HEIGHT, WIDTH, view_address

DESCRIPTION = 200
"""Characters of a description; what comes after them no preview shows."""


@dataclass(frozen=True)
class SharedPicture:
    """A picture for previews; `size` is in pixels where it is known."""

    address: str
    size: tuple[int, int] | None = None
    alt: Texts = field(default_factory=dict)


MUSEUM_PICTURE = SharedPicture(view_address(None, {}), (WIDTH, HEIGHT))


@dataclass(frozen=True)
class Shared:
    """How a page looks elsewhere. `query` is the part of its address by which its content differs, `look` the part by which only what is
    seen of it first does. `embeds` says that there is an oEmbed answer."""

    title: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    picture: SharedPicture = MUSEUM_PICTURE
    kind: str = "website"
    query: Mapping[str, str] = field(default_factory=dict)
    look: Mapping[str, str] = field(default_factory=dict)
    data: Sequence[Node] = ()
    embeds: bool = False


class Head:
    """What the head of a page says about it, in the language of the request."""

    def __init__(self, request: web.Request, shared: Shared) -> None:
        self._request = request
        self._shared = shared
        self._base = base_url(request)
        self._language: str = request["language"]
        self.kind = shared.kind
        self.locale = language_named(self._language).locale
        self.other_locales = [one.locale for one in languages() if one.tag != self._language]

    @property
    def title(self) -> str:
        """The page's own title, without the museum's name."""
        return pick(self._shared.title, self._language) or translate(self._language, "pages.museum")

    @property
    def description(self) -> str:
        return shortened(pick(self._shared.description, self._language))

    def address(self, language: str | None = None) -> str:
        """The page in one language, or in whatever language the reader likes."""
        return self._address({**self._shared.query, **({"lang": language} if language else {})})

    @property
    def canonical(self) -> str:
        """The address by which search engines are to know the page: where the address asked for a language, that version."""
        return self.address(match_language(self._request.query.get("lang", "")))

    @property
    def shared_address(self) -> str:
        """The address to share: the canonical one, and where the visitor looked."""
        language = match_language(self._request.query.get("lang", ""))
        return self._address({**self._shared.query, **self._shared.look, **({"lang": language} if language else {})})

    @property
    def oembed(self) -> str:
        """The address of the oEmbed answer, empty where there is none."""
        if not self._shared.embeds:
            return ""
        return f"{self._base}/oembed?{urlencode({'url': self.shared_address, 'format': 'json'})}"

    @property
    def picture(self) -> str:
        return self._base + self._shared.picture.address

    @property
    def picture_size(self) -> tuple[int, int] | None:
        return self._shared.picture.size

    @property
    def picture_alt(self) -> str:
        return pick(self._shared.picture.alt, self._language) or self.title

    @property
    def card(self) -> str:
        """Twitter's card: a picture that is wide fills it."""
        size = self._shared.picture.size
        return "summary_large_image" if size and size[0] >= 1.2 * size[1] else "summary"

    @property
    def data(self) -> Markup:
        """The structured data, such that no text in it can end the element that it stands in."""
        if not self._shared.data:
            return Markup()
        words = json.dumps(structured.document(self._shared.data), ensure_ascii=False, separators=(",", ":"))
        return Markup(words.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704

    def _address(self, query: Mapping[str, str]) -> str:
        return self._base + self._request.path + (f"?{urlencode(query)}" if query else "")


def shortened(text: str, most: int = DESCRIPTION) -> str:
    """A text on one line of at most `most` characters, cut after a sentence or a word where that loses little."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    ends = max(cut.rfind(mark) + 1 for mark in "。！？；.!?")
    if ends > most // 2:
        return cut[:ends]
    space = cut.rfind(" ")
    return (cut[:space] if space > most - 20 else cut).rstrip("，、, ") + "…"
