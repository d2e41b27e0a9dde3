"""3D models: as files that manifests offer, and in manifests of their own after the draft of Presentation 4, where a scene (in the sense of
that draft) has the model in its middle. Pure.

The draft is that of May 2026, https://preview.iiif.io/api/prezi-4/presentation/4.0/model/.
"""

from __future__ import annotations

from museum.collection.models import Model
from museum.curation.visibility import READY
from museum.curation.visibility import is_shown as is_public
from museum.database.texts import texts_by_field
from museum.web.iiif.presentation import parts
from museum.web.iiif.presentation.parts import Json
from museum.web.iiif.presentation.words import label, named, pair, spoken, words
from museum.web.language import translate

CONTEXT = "http://iiif.io/api/presentation/4/context.json"


def is_shown(model: Model) -> bool:
    """Whether visitors may see a loaded model of a visible artifact."""
    return is_public(model) and model.asset is not None and model.asset.state == READY


def poster_of(model: Model) -> str | None:
    """The digest of the still of a loaded model that is shown."""
    assert model.asset is not None
    return next((blob.digest for blob in model.asset.blobs if blob.role == "poster"), None)


def model_file(base: str, model: Model) -> Json:
    """The GLB of a loaded model that is shown."""
    assert model.asset is not None
    address = f"{base}/models/{model.asset.digest}.glb"
    return {"id": address, "type": "Model", "label": named("pages.model"), "format": "model/gltf-binary"}


def model_reference(base: str, model: Model) -> Json:
    """The manifest of a model, for those of Presentation 3 to point at."""
    return {
        **parts.reference(address_of(base, model.slug), "Manifest", named("pages.model")),
        "format": f'application/ld+json;profile="{CONTEXT}"',
    }


def address_of(base: str, slug: str) -> str:
    """Address of the manifest of a model."""
    return f"{base}/iiif/presentation/4/models/{slug}/manifest"


def model(base: str, record: Model) -> Json:
    """The manifest of a visible model, its artifact and that one's texts loaded. Lengths in it are metres, as in glTF."""
    address = address_of(base, record.slug)
    scene = f"{address.removesuffix('/manifest')}/scene"
    artifact = record.artifact
    texts = texts_by_field(artifact.texts if artifact is not None else record.texts)
    title = label(texts.get("title", {}), record.slug)
    painting = {
        "id": f"{scene}/painting",
        "type": "Annotation",
        "motivation": ["painting"],
        "body": model_file(base, record),
        "target": {"id": scene, "type": "Scene"},
    }
    space = {
        "id": scene,
        "type": "Scene",
        "label": title,
        "spatialScale": {"type": "Quantity", "quantityValue": 1.0, "unit": "m"},
        "items": [{"id": f"{scene}/page", "type": "AnnotationPage", "items": [painting]}],
    }
    more: Json = {
        "summary": words(texts.get("description", {})),
        "metadata": _height(record.height_m),
        "rights": parts.rights(record.rights),
        "thumbnail": parts.still(base, poster_of(record)),
    }
    if artifact is not None:
        more["homepage"] = parts.homepage(base, f"/artifacts/{artifact.slug}", title)
        more["seeAlso"] = parts.see_also(base, f"/api/v1/artifacts/{artifact.slug}")
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "Manifest",
        "label": title,
        "requiredStatement": parts.credit(artifact.accession_number if artifact is not None else None),
        **parts.filled(more),
        "provider": parts.provider(base),
        "items": [space],
    }


def _height(metres: float | None) -> list[Json]:
    if not metres:
        return []
    return pair(
        "pages.dimensions",
        spoken(lambda language: translate(language, "pages.real-height", height=f"{metres * 100:g}")),
    )
