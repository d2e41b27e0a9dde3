"""A treasure as glTF 2.0 binary: metres, y up, standing at y = 0."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import trimesh
from numpy.typing import NDArray
from PIL import Image
from trimesh.visual.material import PBRMaterial
from trimesh.visual.texture import TextureVisuals

from museum.demo.records.treasures import TreasureRecord, treasure_record
from museum.demo.treasures import surfaces
from museum.demo.treasures.forms import shape
from museum.demo.treasures.shapes import Part, smoothed

TEXTURE_QUALITY = 88


def parts_of(record: TreasureRecord, seed: int) -> list[Part]:
    """The surfaces of a treasure with normals, at its real height in metres."""
    parts = shape(record.form, seed + record.index)
    low = min(part.vertices[:, 1].min() for part in parts)
    high = max(part.vertices[:, 1].max() for part in parts)
    scale = record.height_m / (high - low)
    return [smoothed(replace(part, vertices=(part.vertices - (0, low, 0)) * scale)) for part in parts]


def textures_of(record: TreasureRecord, seed: int) -> tuple[dict[str, NDArray[np.uint8]], NDArray[np.uint8] | None]:
    """Base colours by material name, and the relief of the body, (H, W), where it has one."""
    body, relief = surfaces.body(record.form, record.style, record.legend, seed + record.index)
    bare = surfaces.plain(record.style, seed + record.index)
    return {"body": body, "plain": bare, "side": bare}, relief


def _jpeg(pixels: NDArray[np.uint8]) -> Image.Image:
    """The pixels as a picture that trimesh will write as JPEG."""
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=TEXTURE_QUALITY, subsampling=0)
    buffer.seek(0)
    return Image.open(buffer)


def build_glb(index: int, seed: int) -> bytes:
    """The `index`-th treasure as a GLB file. Raises IndexError beyond the last.

    Smooth normals, texture coordinates, physically based materials with JPEG textures, and a normal map where the surface has relief.
    """
    record = treasure_record(index)
    parts = parts_of(record, seed)
    colours, relief = textures_of(record, seed)
    metallic, roughness = surfaces.material_of(record.style)
    scene = trimesh.Scene()
    for name in ("body", "plain", "side"):
        chosen = [part for part in parts if part.material == name]
        if not chosen:
            continue
        starts = np.cumsum([0, *(len(part.vertices) for part in chosen[:-1])])
        material = PBRMaterial(
            name=name,
            baseColorTexture=_jpeg(colours[name]),
            metallicFactor=metallic,
            roughnessFactor=roughness,
        )
        if name == "body" and relief is not None:
            material.normalTexture = _jpeg(surfaces.normal_map(relief))
        mesh = trimesh.Trimesh(
            np.concatenate([part.vertices for part in chosen]),
            np.concatenate([part.faces + start for part, start in zip(chosen, starts, strict=True)]),
            vertex_normals=np.concatenate([part.normals for part in chosen]),
            visual=TextureVisuals(uv=np.concatenate([part.uv for part in chosen]), material=material),
            process=False,
        )
        scene.add_geometry(mesh, node_name=name, geom_name=name)
    return bytes(scene.export(file_type="glb", include_normals=True))
