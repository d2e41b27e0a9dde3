"""The rules of the draft of Presentation 4.0 (May 2026) for what our manifests of models are made of.

Presentation 4 has no schema that could be kept here: the IIIF's validator has one, but no licence, and is not in a package index. The
rules are those of the draft's own lists of properties, https://preview.iiif.io/api/prezi-4/presentation/4.0/model/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

CONTEXT = "http://iiif.io/api/presentation/4/context.json"
DESCRIPTIVE = frozenset(
    ("label", "metadata", "summary", "provider", "thumbnail", "requiredStatement", "rights", "seeAlso", "homepage")
)
LINKS = ("format", "label", "language", "profile")
LISTS = ("items", "metadata", "provider", "thumbnail", "seeAlso", "homepage", "motivation", "language")


class Rules(NamedTuple):
    """The properties that a resource must and may have, as far as ours have them."""

    must: tuple[str, ...]
    may: frozenset[str]


RULES = {
    "Manifest": Rules(("id", "type", "label", "items"), DESCRIPTIVE | {"@context"}),
    "Scene": Rules(("id", "type", "items"), DESCRIPTIVE | {"duration", "backgroundColor", "spatialScale"}),
    "AnnotationPage": Rules(("id", "type", "items"), DESCRIPTIVE),
    "Annotation": Rules(("id", "type", "target", "motivation"), DESCRIPTIVE | {"body"}),
    "Quantity": Rules(("type", "quantityValue", "unit"), frozenset(("id", "label"))),
    "Agent": Rules(("id", "type", "label"), frozenset(("homepage", "logo", "seeAlso"))),
    "Model": Rules(("id", "type"), DESCRIPTIVE | {*LINKS}),
    "Image": Rules(("id", "type"), DESCRIPTIVE | {*LINKS, "width", "height", "service"}),
    "Text": Rules(("id", "type"), frozenset(LINKS)),
    "Dataset": Rules(("id", "type"), frozenset(LINKS)),
}
PAINTED = {"Scene": ("Model", "Scene", "Canvas", "SpecificResource")}
"""What may be painted into a container: a picture or a sound only by a canvas or an emitter."""


def draft_failures(manifest: dict[str, Any]) -> list[str]:
    """What in a manifest with scenes is not as the draft wants it."""
    top = [] if manifest.get("@context") == CONTEXT else ["manifest: no @context"]
    return [*top, *_failures(manifest)]


def _failures(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _failures(one)
    if not isinstance(part, dict):
        return
    kind = part.get("type")
    if kind is None and ("label" in part or "value" in part):
        yield from (f"{name}: no language map" for name in part if not _speaks(part[name]))
        return
    if kind is None:
        return
    yield from _own_failures(kind, part)
    for name, value in part.items():
        # A target only names what is described elsewhere.
        if name != "target":
            yield from _failures(value)
    if kind == "Scene":
        for painting in (one for page in part["items"] for one in page["items"]):
            body = painting["body"]["type"]
            if body not in PAINTED[kind]:
                yield f"{kind}: painted with {body}"


def _own_failures(kind: str, part: dict[str, Any]) -> Iterator[str]:
    rules = RULES.get(kind)
    if rules is None:
        yield f"no resource is a {kind}"
        return
    yield from (f"{kind}: no {name}" for name in rules.must if name not in part)
    yield from (f"{kind}: has no {name}" for name in part if name not in rules.must and name not in rules.may)
    yield from (f"{kind}: {name}" for name, value in part.items() if not _fits(name, value))


def _fits(name: str, value: Any) -> bool:
    if name == "id":
        return isinstance(value, str) and value.startswith(("http://", "https://"))
    if name in LISTS:
        return isinstance(value, list) and bool(value)
    if name in ("label", "summary"):
        return _speaks(value)
    if name in ("body", "target"):
        return isinstance(value, dict) and "type" in value and "id" in value
    if name == "quantityValue":
        return isinstance(value, float)
    return value == "m" if name == "unit" else True


def _speaks(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(words, list) and words for words in value.values())
