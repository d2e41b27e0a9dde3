"""USD and USDZ: the meshes of the default view, where they stand, with the textures of their preview surfaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from museum.assets.models3d.caps import Caps
from museum.assets.models3d.formats import Delivery
from museum.assets.models3d.pictures import keep_picture
from museum.assets.models3d.refusals import refuse
from museum.assets.models3d.solid import Floats, Part, Solid, flipped, joined, moved, unit
from museum.assets.models3d.usd_library import Tf, Usd, UsdGeom, UsdShade


def read_usd(delivery: Delivery, original: Path, folder: Path, caps: Caps) -> Solid:
    """The solid in a USD file or package. Raises JobRefused."""
    with original.open("rb") as file:
        ending = "usdz" if file.read(2) == b"PK" else "usda" if delivery.path.read_bytes()[:5] == b"#usda" else "usdc"
    link = folder / f"model.{ending}"
    # the library goes by the ending, and in a package by the names inside, which is why it gets the package itself
    link.symlink_to(original.resolve() if ending == "usdz" else delivery.path.resolve())
    try:
        stage = Usd.Stage.Open(str(link))
    except Tf.ErrorException as error:
        refuse("damaged", reason=str(error)[:200])
    solid = Solid(up="z" if UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.z else "y", up_from="file")
    solid.metres = float(UsdGeom.GetStageMetersPerUnit(stage))
    reader = _Reader(solid, delivery, folder, caps)
    places = UsdGeom.XformCache()
    for prim in stage.Traverse(Usd.TraverseInstanceProxies(Usd.PrimDefaultPredicate)):
        if prim.IsA(UsdGeom.Points):
            solid.note("points-dropped")
        if prim.IsA(UsdGeom.Mesh):
            matrix = np.array(places.GetLocalToWorldTransform(prim), np.float64).T
            solid.parts += [moved(part, matrix) for part in reader.mesh(UsdGeom.Mesh(prim))]
            if solid.triangles > caps.triangles:
                refuse("model-too-many-triangles", triangles=solid.triangles, most=caps.triangles)
    if not solid.parts:
        refuse("model-point-cloud" if solid.notes.get("points-dropped") else "model-no-surface")
    solid.parts = joined(solid.parts)
    return solid


class _Reader:
    def __init__(self, solid: Solid, delivery: Delivery, folder: Path, caps: Caps) -> None:
        self._solid, self._delivery, self._folder, self._caps = solid, delivery, folder, caps
        self._materials: dict[str, int] = {}
        self._textures: dict[str, int] = {}

    def mesh(self, mesh: Any) -> list[Part]:
        """A part for each material of the mesh."""
        points = np.asarray(mesh.GetPointsAttr().Get() or [], np.float32).reshape(-1, 3)
        counts = np.asarray(mesh.GetFaceVertexCountsAttr().Get() or [], np.int64)
        indices = np.asarray(mesh.GetFaceVertexIndicesAttr().Get() or [], np.int64)
        if not len(points) or not len(counts) or counts.min() < 0 or counts.sum() != len(indices):
            self._solid.note("faces-dropped", len(counts))
            return []
        if len(indices) and (indices.min() < 0 or indices.max() >= len(points)):
            refuse("damaged", reason="an index beyond the last vertex")
        corners, face_of = _triangulated(counts)
        if mesh.GetOrientationAttr().Get() == UsdGeom.Tokens.leftHanded:
            corners = corners[:, ::-1]
        uv = _spread(UsdGeom.PrimvarsAPI(mesh).GetPrimvar("st"), indices, corners, 2)
        normal = _spread_normals(mesh, indices, corners)
        color = _spread(mesh.GetDisplayColorPrimvar(), indices, corners, 3)
        material_of = np.full(len(counts), self.material(UsdShade.MaterialBindingAPI(mesh).ComputeBoundMaterial()[0]))
        for subset in UsdShade.MaterialBindingAPI(mesh).GetMaterialBindSubsets():
            chosen = np.asarray(subset.GetIndicesAttr().Get() or [], np.int64)
            chosen = chosen[(chosen >= 0) & (chosen < len(counts))]
            material_of[chosen] = self.material(UsdShade.MaterialBindingAPI(subset).ComputeBoundMaterial()[0])
        parts = []
        for material in np.unique(material_of[face_of]):
            these = corners[material_of[face_of] == material].ravel()
            rgba = (
                None if color is None else np.concatenate([color[these], np.ones((len(these), 1), np.float32)], axis=1)
            )
            parts.append(
                Part(
                    positions=points[indices[these]],
                    faces=np.arange(len(these), dtype=np.uint32).reshape(-1, 3),
                    normals=None if normal is None else unit(normal[these]),
                    uvs=() if uv is None else (flipped(uv[these]),),
                    colors=rgba if material < 0 else None,
                    material=int(material),
                )
            )
        return parts

    def material(self, material: Any) -> int:
        """The place of a USD material among the solid's; -1 for none."""
        if not material:
            return -1
        path = str(material.GetPath())
        if path not in self._materials:
            self._materials[path] = len(self._solid.materials)
            self._solid.materials.append(self._surface(material))
        return self._materials[path]

    def _surface(self, material: Any) -> dict[str, Any]:
        rough: dict[str, Any] = {"metallicFactor": 0.0, "roughnessFactor": 0.9}
        made: dict[str, Any] = {"name": material.GetPrim().GetName(), "pbrMetallicRoughness": rough}
        shader = material.ComputeSurfaceSource()[0]
        if not shader or shader.GetIdAttr().Get() != "UsdPreviewSurface":
            self._solid.note("materials-missing")
            return made
        texture, value = self._input(shader, "diffuseColor")
        if texture is not None:
            rough["baseColorTexture"] = {"index": texture}
        elif value is not None:
            rough["baseColorFactor"] = [*(float(v) for v in np.clip(np.asarray(value, np.float32), 0, 1)), 1.0]
        texture, _ = self._input(shader, "normal")
        if texture is not None:
            made["normalTexture"] = {"index": texture}
        for name, key in (("roughness", "roughnessFactor"), ("metallic", "metallicFactor")):
            _, value = self._input(shader, name)
            if value is not None:
                rough[key] = float(np.clip(value, 0, 1))
        return made

    def _input(self, shader: Any, name: str) -> tuple[int | None, Any]:
        """The texture or the value of a surface's input."""
        found = shader.GetInput(name)
        if not found:
            return None, None
        source = found.GetConnectedSources()[0]
        if not source:
            return None, found.Get()
        node = UsdShade.Shader(source[0].source.GetPrim())
        asset = node.GetInput("file").Get() if node.GetInput("file") else None
        if asset is None:
            return None, None
        reference = asset.path
        if reference not in self._textures:
            path, _ = self._delivery.files.find(reference, self._delivery.name)
            picture = keep_picture(path, self._folder / "unused", self._caps, self._solid)
            if picture is None:
                return None, None
            self._textures[reference] = len(self._solid.textures)
            self._solid.textures.append({"source": len(self._solid.pictures), "sampler": {}})
            self._solid.pictures.append(picture)
        return self._textures[reference], None


def _triangulated(counts: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Fans of all polygons: places among the corners, (n, 3), and the polygon of each triangle."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    fans = np.maximum(counts - 2, 0)
    face_of = np.repeat(np.arange(len(counts)), fans)
    step = np.arange(len(face_of)) - np.repeat(np.cumsum(fans) - fans, fans)
    first = starts[face_of]
    return np.stack([first, first + step + 1, first + step + 2], axis=1), face_of


def _spread(primvar: Any, indices: np.ndarray[Any, Any], corners: np.ndarray[Any, Any], width: int) -> Floats | None:
    """A primvar's value at every corner."""
    if not primvar or not primvar.HasValue():
        return None
    values = np.asarray(primvar.ComputeFlattened(), np.float32).reshape(-1, width)
    return _at_corners(values, str(primvar.GetInterpolation()), indices, str(UsdGeom.Tokens.faceVarying))


def _spread_normals(mesh: Any, indices: np.ndarray[Any, Any], corners: np.ndarray[Any, Any]) -> Floats | None:
    values = mesh.GetNormalsAttr().Get()
    if values is None:
        return None
    return _at_corners(
        np.asarray(values, np.float32).reshape(-1, 3), str(mesh.GetNormalsInterpolation()), indices, "faceVarying"
    )


def _at_corners(values: Floats, how: str, indices: np.ndarray[Any, Any], varying: str) -> Floats | None:
    if how == varying:
        return values if len(values) == len(indices) else None
    if how in ("vertex", "varying"):
        return values[indices] if len(values) > indices.max(initial=-1) else None
    return np.repeat(values[:1], len(indices), axis=0) if how == "constant" and len(values) else None
