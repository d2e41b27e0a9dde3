"""What all documents of the Presentation API are built of. Pure: `base` is the server's own address, e.g. https://tour.example.org.

Property and section names are those of https://iiif.io/api/presentation/3.0/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from museum.collection.cards import Picture
from museum.languages import LANGUAGES
from museum.web.iiif.presentation.words import Words, named, pair, spoken, unspoken
from museum.web.language import translate

Json = dict[str, Any]

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
UNITS = 1000
"""The edge of a canvas that is not measured in pixels."""
IMAGE_2_LEVEL_2 = "http://iiif.io/api/image/2/level2.json"

_COMMON_RIGHTS = re.compile(
    r"https?://(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/|rightsstatements\.org/vocab/)(.+)"
)


def root(base: str, kind: str, slug: str) -> str:
    """What the addresses of a manifest and of everything in it begin with."""
    return f"{base}/iiif/presentation/3/{kind}/{slug}"


def manifest_address(base: str, kind: str, slug: str) -> str:
    """Address of the manifest of a record; `kind` is as in the API's addresses, e.g. artifacts."""
    return f"{root(base, kind, slug)}/manifest"


def canvas_address(base: str, kind: str, slug: str, name: str) -> str:
    """Name of a canvas in the manifest of a record. A picture's canvas has the picture's slug for a `name`."""
    return f"{root(base, kind, slug)}/canvas/{name}"


def collection_address(base: str, kind: str | None = None, page: int | None = None) -> str:
    """Address of the collection of everything, of all manifests of a kind, or of a page of those."""
    return "/".join(str(part) for part in (f"{base}/iiif/presentation/3/collection", kind, page) if part is not None)


def image_services(base: str, slug: str) -> list[Json]:
    """The image service of a picture in both versions, the newer first."""
    return [
        {"id": f"{base}/iiif/3/{slug}", "type": "ImageService3", "profile": "level2"},
        {"@id": f"{base}/iiif/2/{slug}", "@type": "ImageService2", "profile": IMAGE_2_LEVEL_2},
    ]


def still(base: str, digest: str | None) -> list[Json]:
    """A thumbnail: a small JPEG in the store. Empty where there is none."""
    return [{"id": f"{base}/files/{digest}.jpg", "type": "Image", "format": "image/jpeg"}] if digest else []


def canvas(address: str, label: Words, width: int, height: int, body: Json | None, **more: Any) -> Json:
    """A canvas of `width` × `height` units painted with `body`, or with nothing; `more` are further properties, empty ones left out."""
    made: Json = {"id": address, "type": "Canvas", "label": label, "width": width, "height": height, **filled(more)}
    if body is not None:
        painting = {
            "id": f"{address}/painting",
            "type": "Annotation",
            "motivation": "painting",
            "body": body,
            "target": address,
        }
        made["items"] = [{"id": f"{address}/page", "type": "AnnotationPage", "items": [painting]}]
    return made


def picture_canvas(address: str, label: Words, base: str, picture: Picture, **more: Any) -> Json:
    """A canvas painted with a picture that zooms, one unit to its pixel: a region of the canvas is the same region of the image."""
    assert picture.slug is not None
    body = {
        "id": f"{base}/iiif/3/{picture.slug}/full/max/0/default.jpg",
        "type": "Image",
        "format": "image/jpeg",
        "width": picture.width,
        "height": picture.height,
        "service": image_services(base, picture.slug),
    }
    thumbnail = still(base, picture.preview)
    return canvas(address, label, picture.width, picture.height, body, thumbnail=thumbnail, **more)


def rights(statement: str | None) -> str | None:
    """A licence as `rights` takes it, § 3.1: Creative Commons and RightsStatements.org with http, and no others."""
    found = _COMMON_RIGHTS.fullmatch(statement or "")
    return f"http://{found[1]}{found[2]}" if found else None


def common_rights(statements: Iterable[str | None]) -> str | None:
    """The rights that hold for all of several pictures; None where they differ or one has none."""
    found = {rights(statement) for statement in statements}
    return found.pop() if len(found) == 1 else None


def rights_in_words(statements: Iterable[str | None]) -> list[Json]:
    """Licences that `rights` does not take, as metadata."""
    told = sorted({statement for statement in statements if statement and not rights(statement)})
    return [line for statement in told for line in pair("pages.rights", unspoken(statement))]


def homepage(base: str, path: str, label: Words) -> list[Json]:
    """The page that people read."""
    page = {"id": f"{base}{path}", "type": "Text", "label": label, "format": "text/html"}
    return [{**page, "language": list(LANGUAGES)}]


def see_also(base: str, path: str) -> list[Json]:
    """The record that programs read."""
    description = {
        "id": f"{base}{path}",
        "type": "Dataset",
        "label": named("iiif.record"),
        "format": "application/json",
    }
    return [{**description, "profile": f"{base}/api/openapi.json"}]


def provider(base: str) -> list[Json]:
    """The museum."""
    name = named("pages.museum")
    return [{"id": f"{base}/#museum", "type": "Agent", "label": name, "homepage": homepage(base, "/", name)}]


def credit(number: str | None = None) -> Json:
    """`requiredStatement`: whose it is, and under which number it is registered there."""
    if number is None:
        value = named("pages.museum")
    else:
        value = spoken(
            lambda language: translate(
                language, "iiif.credit", museum=translate(language, "pages.museum"), number=number
            )
        )
    return {"label": named("iiif.attribution"), "value": value}


def manifest(base: str, kind: str, slug: str, label: Words, canvases: list[Json], **more: Any) -> Json:
    """A manifest with what all of ours have; `more` are further properties, empty ones left out. It holds at least one canvas."""
    return {
        "@context": CONTEXT,
        "id": manifest_address(base, kind, slug),
        "type": "Manifest",
        "label": label,
        **filled({"requiredStatement": credit(), **more}),
        "provider": provider(base),
        "homepage": homepage(base, f"/{kind}/{slug}", label),
        "seeAlso": see_also(base, f"/api/v1/{kind}/{slug}"),
        "partOf": [reference(collection_address(base, kind), "Collection", named(f"pages.{kind}"))],
        "items": canvases or [empty_canvas(base, kind, slug, label)],
    }


def empty_canvas(base: str, kind: str, slug: str, label: Words) -> Json:
    """What a manifest shows while there is no picture: it may not be without any canvas, § 5.2."""
    return canvas(canvas_address(base, kind, slug, "empty"), label, UNITS, UNITS, None)


def reference(address: str, kind: str, label: Words | None = None, **more: Any) -> Json:
    """Something that is described elsewhere."""
    return {"id": address, "type": kind, **filled({"label": label, **more})}


def range_(address: str, label: Words, items: list[Json], **more: Any) -> Json:
    """A part of a manifest: canvases, or parts again."""
    return {"id": address, "type": "Range", "label": label, **filled(more), "items": items}


def filled(properties: Json) -> Json:
    """The properties that hold something."""
    return {name: value for name, value in properties.items() if value}
