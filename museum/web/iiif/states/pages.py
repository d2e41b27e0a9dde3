"""From what a content state points at to the page that shows it, and back. Pure."""

from __future__ import annotations

from typing import Any

from museum.assets.sphere import SPHERE_WIDTH
from museum.scenes.geometry import wrap
from museum.web.iiif.presentation import parts
from museum.web.iiif.states.target import Region, Target
from museum.web.pages.addresses import scene_address

Box = tuple[int, int, int, int]

LISTS = {"artifacts": "/collection", "exhibitions": "/exhibitions", "venues": "/venues", "images": "/collection"}
PAGES = ("artifacts", "images", "exhibitions", "venues", "scenes")
"""Kinds with pages and manifests, as they stand in the addresses of both."""
NARROWEST, WIDEST = 5.0, 120.0
"""Fields of view, in degrees, that a scene shows."""


def page_address(target: Target, size: tuple[int, int] | None = None) -> str:
    """Address of the page for a target. `size` is that of the picture that its canvas shows, in pixels; None where it shows none."""
    if target.kind == "collection" or target.slug is None:
        return LISTS.get(target.slug or "", "/")
    if target.kind in ("venues", "scenes") and target.canvas is not None:
        return scene_address(target.canvas, *(_view(target.region) if target.region else ()))
    if target.canvas is not None and target.region is not None and size is not None:
        return image_address(target.canvas, target.region.within(*size))
    return f"/{target.kind}/{target.slug}"


def image_address(slug: str, region: Box) -> str:
    """Address of a region, in pixels of the whole, of an image's page."""
    return f"/images/{slug}?region={','.join(map(str, region))}"


def _view(region: Region) -> tuple[float, float, float]:
    """Yaw, pitch and vertical field of view, in degrees, that show a region of a scene's unrolled panorama."""
    width, height = SPHERE_WIDTH, SPHERE_WIDTH // 2
    x, y, across, down = region.within(width, height)
    yaw = wrap(((x + across / 2) / width - 0.5) * 360)
    pitch = (0.5 - (y + down / 2) / height) * 180
    return yaw, pitch, round(min(max(down / height * 180, NARROWEST), WIDEST), 1)


def state_of(base: str, kind: str, slug: str, region: Box | None = None) -> dict[str, Any]:
    """The target of a content state, § 2.2.3: the manifest of a record, or the canvas of an image or of a scene."""
    manifest = {"id": parts.manifest_address(base, kind, slug), "type": "Manifest"}
    if kind not in ("images", "scenes"):
        return manifest
    canvas = parts.canvas_address(base, kind, slug, slug)
    fragment = f"#xywh={','.join(map(str, region))}" if region else ""
    return {"id": f"{canvas}{fragment}", "type": "Canvas", "partOf": [manifest]}


def annotation_of(address: str, target: dict[str, Any]) -> dict[str, Any]:
    """A content state in full, § 2.2.1, to be found at `address`."""
    return {
        "@context": parts.CONTEXT,
        "id": address,
        "type": "Annotation",
        "motivation": ["contentState"],
        "target": target,
    }
