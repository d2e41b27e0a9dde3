"""The IIIF documents in the API's description. What they hold is said by IIIF's own specifications and schemas."""

from __future__ import annotations

from museum.collection.manifests_query import LISTED
from museum.web.api.openapi_parts import SLUG, Json, in_path, in_query, operation

_MEDIA_TYPES = ("application/ld+json", "application/json")
_KIND: Json = {"type": "string", "enum": list(LISTED)}
_BOX: Json = {"type": "string", "pattern": "^[0-9]{1,9},[0-9]{1,9},[1-9][0-9]{0,8},[1-9][0-9]{0,8}$"}
_ADDRESS: Json = {"type": "string", "format": "uri"}


def _document(kind: str, context: str) -> Json:
    return {
        "type": "object",
        "required": ["@context", "id", "type", "items"],
        "properties": {
            "@context": {"const": context},
            "id": _ADDRESS,
            "type": {"const": kind},
            "label": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
            "items": {"type": "array"},
        },
    }


PRESENTATION_3 = "http://iiif.io/api/presentation/3/context.json"
PRESENTATION_4 = "http://iiif.io/api/presentation/4/context.json"
DISCOVERY_1 = "http://iiif.io/api/discovery/1/context.json"
SCHEMAS: Json = {
    "IiifManifest": _document("Manifest", PRESENTATION_3),
    "IiifCollection": _document("Collection", PRESENTATION_3),
    "IiifModelManifest": _document("Manifest", PRESENTATION_4),
    "IiifChanges": {
        "type": "object",
        "required": ["@context", "id", "type", "first", "last"],
        "properties": {"@context": {"const": DISCOVERY_1}, "id": _ADDRESS, "type": {"const": "OrderedCollection"}},
    },
    "IiifChangesPage": {
        "type": "object",
        "required": ["@context", "id", "type", "partOf", "orderedItems"],
        "properties": {
            "@context": {"const": DISCOVERY_1},
            "id": _ADDRESS,
            "type": {"const": "OrderedCollectionPage"},
            "orderedItems": {"type": "array", "items": {"type": "object", "required": ["type", "object", "endTime"]}},
        },
    },
    "IiifContentState": {
        "type": "object",
        "required": ["@context", "id", "type", "motivation", "target"],
        "properties": {
            "@context": {"const": PRESENTATION_3},
            "id": _ADDRESS,
            "type": {"const": "Annotation"},
            "motivation": {"const": ["contentState"]},
            "target": {"type": "object", "required": ["id", "type"]},
        },
    },
}


def paths() -> Json:
    """The addresses of IIIF documents."""
    root = "/iiif/presentation/3"
    page: Json = {"type": "integer", "minimum": 1, "maximum": 999_999}

    def ref(name: str) -> Json:
        return {"$ref": f"#/components/schemas/{name}"}

    return {
        f"{root}/{{kind}}/{{slug}}/manifest": operation(
            "getManifest",
            "The IIIF manifest of a record that has pictures.",
            ref("IiifManifest"),
            [in_path("kind", _KIND), in_path("slug", SLUG)],
            _MEDIA_TYPES,
        ),
        f"{root}/collection": operation(
            "getCollection", "The IIIF collection of everything.", ref("IiifCollection"), None, _MEDIA_TYPES
        ),
        f"{root}/collection/{{kind}}": operation(
            "getCollectionOfKind",
            "All IIIF manifests of one kind.",
            ref("IiifCollection"),
            [in_path("kind", _KIND)],
            _MEDIA_TYPES,
        ),
        f"{root}/collection/{{kind}}/{{page}}": operation(
            "getCollectionPage",
            "A part of all IIIF manifests of one kind.",
            ref("IiifCollection"),
            [in_path("kind", _KIND), in_path("page", page)],
            _MEDIA_TYPES,
        ),
        "/iiif/content-state/{kind}/{slug}": operation(
            "getContentState",
            "What other viewers open at this record.",
            ref("IiifContentState"),
            [in_path("kind", _KIND), in_path("slug", SLUG)],
            _MEDIA_TYPES,
        ),
        "/iiif/content-state/images/{slug}": operation(
            "getContentStateOfRegion",
            "What other viewers open at this image, or at a region of it.",
            ref("IiifContentState"),
            [in_path("slug", SLUG), in_query("region", "x,y,w,h in pixels of the image.", _BOX)],
            _MEDIA_TYPES,
        ),
        "/iiif/discovery/activity/all-changes": operation(
            "getChanges", "What has changed, for harvesters.", ref("IiifChanges"), None, _MEDIA_TYPES
        ),
        "/iiif/discovery/activity/page/{mark}": operation(
            "getChangesPage",
            "The changes before a mark that another page or the collection names.",
            ref("IiifChangesPage"),
            [in_path("mark", {"type": "string", "pattern": "^[0-9]{1,17}$"})],
            _MEDIA_TYPES,
        ),
        "/iiif/presentation/4/models/{slug}/manifest": operation(
            "getModelManifest",
            "The manifest of a 3D model after the draft of IIIF Presentation 4.",
            ref("IiifModelManifest"),
            [in_path("slug", SLUG)],
            _MEDIA_TYPES,
        ),
    }
