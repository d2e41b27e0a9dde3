"""What a content state points at: a manifest or a canvas of this museum, and a region of it. Pure.

Section numbers are those of IIIF Content State 1.0. Nothing in a state is ever fetched or redirected to: of all that it says only names of
our own things are taken, in the form that our addresses have.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from museum.web.iiif.states.coding import LONGEST, Unreadable, decode, parse

MOST_PIXELS = 10**9

_SLUG = "[a-z0-9-]{1,120}"
_MANIFEST = re.compile(
    rf"/iiif/presentation/[34]/(?P<kind>[a-z]+)/(?P<slug>{_SLUG})(?:/manifest|/scene|/range/[0-9]+)?"
)
_CANVAS = re.compile(rf"/iiif/presentation/3/(?P<kind>[a-z]+)/(?P<slug>{_SLUG})/canvas/(?P<canvas>{_SLUG})")
_STATE = re.compile(rf"/iiif/content-state/(?P<kind>[a-z]+)/(?P<slug>{_SLUG})")
_COLLECTION = re.compile(r"/iiif/presentation/3/collection(?:/(?P<kind>[a-z]+)(?:/[0-9]+)?)?")
_BOX = re.compile(r"(?P<unit>pixel:|percent:|pct:)?(?P<numbers>[0-9.]+,[0-9.]+,[0-9.]+,[0-9.]+)")


class Elsewhere(Unreadable):
    """The state is of something that this museum does not have; `host` is whose it seems to be."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


class Region(NamedTuple):
    """A part of a canvas, from its top left corner: units of the canvas, or with `percent` hundredths of it."""

    x: float
    y: float
    width: float
    height: float
    percent: bool = False

    def within(self, width: int, height: int) -> tuple[int, int, int, int]:
        """x, y, width and height in whole units of a canvas of that size, at least one unit each way."""
        across, down = (width / 100, height / 100) if self.percent else (1.0, 1.0)
        left, top = min(round(self.x * across), width - 1), min(round(self.y * down), height - 1)
        return (
            left,
            top,
            max(1, min(round(self.width * across), width - left)),
            max(1, min(round(self.height * down), height - top)),
        )


class Target(NamedTuple):
    """A thing of ours. `kind` is the word in addresses, `collection` for a list of those or, without a `slug`, of everything;
    `canvas` is the name of one of its canvases."""

    kind: str
    slug: str | None = None
    canvas: str | None = None
    region: Region | None = None


def read_state(text: str, hosts: Collection[str]) -> Target:
    """What the value of `iiif-content` points at, in any of the forms of § 2.2: an address, or a JSON object, encoded; a bare one is
    understood too. `hosts` are the names under which this server is reached. Raises Unreadable, and Elsewhere."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Unreadable("empty, or too long")
    if re.match(r"https?://", text, re.IGNORECASE):
        return _named(text, hosts)
    state = parse(text) if text.startswith("{") else decode(text)
    if not isinstance(state, Mapping):
        raise Unreadable("not an object")
    if state.get("type") == "Annotation" or "motivation" in state:
        if not _is_content_state(state):
            raise Unreadable("an annotation, but no content state")
        state = state.get("target")
    # Of several targets, for viewers that compare, the first.
    if isinstance(state, list) and state:
        state = state[0]
    return _thing(state, hosts)


def _is_content_state(annotation: Mapping[str, Any]) -> bool:
    motivation = annotation.get("motivation")
    return motivation == "contentState" or (isinstance(motivation, list) and "contentState" in motivation)


def _thing(thing: Any, hosts: Collection[str]) -> Target:
    """A target: an address, a resource, or a specific resource of one, § 2.2.3 and § 5."""
    if isinstance(thing, str):
        return _named(thing, hosts)
    if not isinstance(thing, Mapping):
        raise Unreadable("no target")
    if thing.get("type") == "SpecificResource" or "source" in thing:
        found = _thing_without_source(thing.get("source"), hosts)
        return found._replace(region=_selected(thing.get("selector")) or found.region)
    return _thing_without_source(thing, hosts)


def _thing_without_source(thing: Any, hosts: Collection[str]) -> Target:
    address = thing.get("id") if isinstance(thing, Mapping) else thing
    if not isinstance(address, str):
        raise Unreadable("a target without an id")
    return _named(address, hosts)


def _selected(selector: Any) -> Region | None:
    """The region that the first selector for one states."""
    for one in selector if isinstance(selector, list) else [selector]:
        if isinstance(one, Mapping) and one.get("type") == "FragmentSelector" and isinstance(one.get("value"), str):
            found = _region(one["value"])
            if found is not None:
                return found
    return None


def _named(address: str, hosts: Collection[str]) -> Target:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Unreadable(str(error)) from None
    if parts.netloc.lower() not in hosts:
        raise Elsewhere(parts.netloc[:100])
    canvas = _CANVAS.fullmatch(parts.path)
    if canvas:
        return Target(canvas["kind"], canvas["slug"], canvas["canvas"], _region(unquote(parts.fragment)))
    manifest = _MANIFEST.fullmatch(parts.path)
    if manifest:
        return Target(manifest["kind"], manifest["slug"])
    state = _STATE.fullmatch(parts.path)
    if state:
        region = _region(f"xywh={parse_qs(parts.query).get('region', [''])[0]}")
        return Target(state["kind"], state["slug"], state["slug"] if region else None, region)
    collection = _COLLECTION.fullmatch(parts.path)
    if collection:
        return Target("collection", collection["kind"])
    raise Elsewhere(parts.netloc[:100])


def _region(fragment: str) -> Region | None:
    """The region in a media fragment, e.g. `xywh=percent:25,25,50,50`; None where it has none that makes sense."""
    for part in fragment.split("&"):
        name, _, value = part.partition("=")
        box = _BOX.fullmatch(value) if name == "xywh" else None
        if box is None:
            continue
        try:
            numbers = [float(number) for number in box["numbers"].split(",")]
        except ValueError:
            continue
        x, y, width, height = numbers
        if all(math.isfinite(number) and number <= MOST_PIXELS for number in numbers) and width > 0 and height > 0:
            return Region(x, y, width, height, percent=box["unit"] in ("percent:", "pct:"))
    return None
